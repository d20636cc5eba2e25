"""Minutes printed as one paragraph: "Beslutning Byrådet den 03-05-2024 Godkendt." amid it is a heading."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from corpus.problems import Code
from pipeline.extract import extract_bytes


def read(text: str) -> list[tuple[str | None, str, str, str | None]]:
    """Body, verb, status and day of each decision."""
    records = extract_bytes(f"{text}\n".encode(), "referat.txt").records
    return [(each.body, each.verb, each.status, each.date) for each in records if isinstance(each, Decision)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sagen er kort. Beslutning Byrådet den 27-03-2008 Godkendt. Fraværende: Ingen.",
            [("Byrådet", "godkende", "decided", "2008-03-27")],
        ),
        (
            "Beslutning Byrådet den 27-03-2008 Udsat. Beslutning Økonomiudvalget, 18.03.2008 Anbefales. Imod: A.",
            [
                ("Byrådet", "udsætte", "postponed", "2008-03-27"),
                ("Økonomiudvalget", "anbefale", "recommended", "2008-03-18"),
            ],
        ),
        (
            "Sagen er kort. Beslutning i Økonomiudvalget den 3. maj 2024: Anbefales.",
            [("Økonomiudvalget", "anbefale", "recommended", "2024-05-03")],
        ),
        (
            "Beslutning Økonomiudvalget, 18.02.2019 Ad 1 - 4 anbefales Byrådet godkendt. Ad 5 udsættes.",
            [
                ("Økonomiudvalget", "anbefale", "recommended", "2019-02-18"),
                ("Økonomiudvalget", "udsætte", "postponed", "2019-02-18"),
            ],
        ),
        ("Vejen er slidt. Beslutning Taget til efterretning.", [(None, "tage til efterretning", "decided", None)]),
        (
            "Sagen er ny. Økonomiudvalget den 07-maj-2002 Anbefales. Byrådet den 15. maj 2002 Godkendt.",
            [
                ("Økonomiudvalget", "anbefale", "recommended", "2002-05-07"),
                ("Byrådet", "godkende", "decided", "2002-05-15"),
            ],
        ),
        ("Byrådet den 15. maj 2002 Godkendt regnskab er vedlagt.", []),
        ("Brev til Byrådet den 15. maj 2002 Godkendt.", []),
        ("Se bilag. Beslutning Godkendt regnskab er vedlagt.", []),
        ("Læs Beslutning Byrådet den 27-03-2008 Godkendt regnskab er vedlagt.", []),
        ("Se bilag. Beslutning Byrådet den 27-03-2008 er vedlagt.", []),
    ],
)
def test_a_heading_amid_a_paragraph_heads_the_sentence_behind_it(
    text: str, expected: list[tuple[str | None, str, str, str | None]]
) -> None:
    assert read(text) == expected


def test_what_is_taken_from_a_verdict_belongs_to_it() -> None:
    text = "Sagen er kort. Beslutning Byrådet den 27-03-2008 Godkendt. Dog udsættes punkt 3."
    assert [status for _, _, status, _ in read(text)] == ["decided", "postponed"]


def test_what_is_not_read_under_such_a_heading_is_told() -> None:
    text = (
        "Fjordby Kommune\nReferat\nByrådet torsdag den 27. marts 2008\n\n1. Vejen\n\n"
        "Sagen er kort. Beslutning Byrådet den 27-03-2008 Borgmesteren fremlagde et kort. Sagen er lang.\n"
    )
    document = extract_bytes(text.encode(), "referat.txt")
    (message,) = [each.message for each in document.problems if each.code == Code.DECISION_UNREAD]
    assert "Borgmesteren fremlagde et kort." in message
    assert read(text) == []
