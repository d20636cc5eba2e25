"""A line end within a paragraph changes nothing: dates, amounts, bodies and decisions go on behind it."""

from __future__ import annotations

import textwrap

import msgspec
import pytest

from corpus.model import Record
from pipeline.extract import extract_bytes

SENTENCES = [
    "Byrådet vedtog den 27. december 2025 at afsætte 3,5 mio. kr. til hallen, og Børne- og Ungdomsudvalget ser på den.",
    "Økonomiudvalget anbefalede torsdag den 4. april 2024, en bevilling på 1.250.000 kr. til diget i 2025 og 2026.",
    "Udvalget for Klima og Miljø godkendte den 1. marts 2024 en bevilling på 450.000 kr. og 2,5 årsværk til vejene.",
    "Kommunen får et tilskud fra staten på kr. 2.300.000 i 2025, og udgiften er 11,5 millioner kroner i 2025-2028.",
    "Sagen om 12 mio. kr. til skolen blev udsat til mødet i Teknik- og Miljøudvalget den 14. maj 2024 kl. 16.30.",
    "Der spares 2-3 mio. kr. årligt fra 2026, og taksten er 50 kr. pr. barn pr. måned i skoleåret 2025/26.",
    "Forslag BSU07 medfører 1,5 årsværk færre og en besparelse på 800 t.kr. i 2025, jf. sagsnr. 2024-0012345.",
    "Social- og Sundhedsudvalget besluttede på sit møde den 3. juni 2024 ikke at afsætte 2 mio. kr. til projektet.",
    "Byrådet fulgte indstillingen fra Økonomiudvalget den 30. april 2024 om at købe grunden for 4,2 mio. kr.",
    "Bo Friis fra Kultur- og Fritidsudvalget skrev i uge 12 i 2024, at klubben fik 15.000 i tilskud og 10.000 kr.",
]
PLACES = {"start", "end", "evidence", "bbox", "page", "part", "links"}


def read(lines: list[str]) -> list[dict[str, object]]:
    """The records of a letter, without their places and with blanks for line ends."""
    body = "\n".join(lines)
    document = extract_bytes(f"Kære Bo\n\n{body}\n\nVenlig hilsen\nAne Lund\n".encode(), "brev.txt")
    assert document.problems == []
    return [_plain(record) for record in document.records]


def _plain(record: Record) -> dict[str, object]:
    fields = {name: value for name, value in msgspec.to_builtins(record).items() if name not in PLACES}
    links = [" ".join(link.text.split()) for link in getattr(record, "links", None) or []]
    return {**fields, "text": " ".join(record.text.split()), "links": links}


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.split(None, 1)[0])
def test_a_paragraph_says_the_same_at_every_width(sentence: str) -> None:
    whole = read([sentence])

    assert len(whole) > 3
    for width in range(40, 100, 3):
        assert read(textwrap.wrap(sentence, width, break_long_words=False, break_on_hyphens=False)) == whole


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        (["Byrådet vedtog den", "27. december 2025 ikke at afsætte penge."], ["Byrådet", "27. december 2025"]),
        (["Fristen er lørdag den 27. december", "2025 for alle borgere."], ["27. december 2025"]),
        (["Vi sender sagen til Børne- og", "Ungdomsudvalget i dag."], ["Børne- og Ungdomsudvalget"]),
    ],
)
def test_a_short_line_that_ends_in_no_sentence_goes_on(lines: list[str], texts: list[str]) -> None:
    found = read(lines)

    assert [each["text"] for each in found if each["type"] in ("committee", "date")] == texts
    assert [each["status"] for each in found if each["type"] == "decision"] in ([], ["decided"], ["rejected"])


def test_a_decision_keeps_its_negation_behind_the_line_end() -> None:
    found = read(["Socialudvalget besluttede på sit møde den", "3. juni 2024 ikke at afsætte 2 mio. kr."])

    assert [(each["status"], each["date"]) for each in found if each["type"] == "decision"] == [
        ("rejected", "2024-06-03")
    ]


def test_a_line_of_history_is_no_end_of_a_sentence() -> None:
    found = read(["Byrådet fulgte indstillingen fra", "Økonomiudvalget den 30. april 2024", "om at købe grunden."])

    assert [(each["body"], each["status"]) for each in found if each["type"] == "decision"] == [("Byrådet", "decided")]
