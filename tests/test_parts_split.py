"""Whatever the text, its parts are the whole text, and everything in them lies inside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import AgendaItem, AnyPart, Body, Message, Proposal
from corpus.reading import Page, Reading
from pipeline.headings import sections
from pipeline.parts import LONG, split

PIECES = st.sampled_from(
    [
        "Prioriteringsforslag\n",
        "Nr. SKU12\n",
        "Forslag nr. 12: Færre vikarer\n",
        "Overskrift\nFærre vikarer\n",
        "Titel: \n",
        "Udvalg Skoleudvalget\n",
        "Udvalg: Skole- og\n",
        "| Nr. | 12 |\n|---|---|\n",
        "| Nr. | Udvalg |\n|---|---|\n| 3 | Kulturudvalget |\n",
        "Beløb i 1.000 kr.\n2023 2024 2025 2026\n-206 -413 -413 -413\n",
        "1. Resumé\nTekst.\n",
        "2. Status\n",
        "3. \n",
        "Referat\n",
        "Punkt 1: Budget\nBeslutning\nGodkendt.\n",
        "Punkt 2 ........ 4\n",
        "7. Orientering\nSagsfremstilling\n",
        "Beslutning fra Byrådet den 3. maj 2024\n",
        "## Baggrund\n",
        "**Økonomi:** 2 mio. kr.\n",
        "   \n",
        "\n",
        "\f",
        "|",
        "a\u00a0b ½ æ\n",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=25).map("".join)


def reading_of(text: str, page_length: int | None = None) -> Reading:
    step = page_length or len(text) or 1
    pages = [
        Page(number=number, width=595, height=842, start=start, end=min(start + step, len(text)))
        for number, start in enumerate(range(0, len(text), step), 1)
    ]
    return Reading(media_type="text/plain", reader="text/1", text=text, pages=pages if page_length else [])


def assert_sound(parts: list[AnyPart], text: str, paged: bool) -> None:
    assert "".join(part.text for part in parts) == text
    assert [part.index for part in parts] == list(range(len(parts)))
    for part in parts:
        assert part.text
        assert 0 <= part.body_start <= len(part.text)
        assert (part.page_first is not None) == (part.page_last is not None) == paged
        assert len(part.page_breaks) == (part.page_last or 0) - (part.page_first or 0)
        assert part.page_breaks == sorted(part.page_breaks)
        assert all(0 <= place <= len(part.text) for place in part.page_breaks)
        if isinstance(part, Proposal):
            edges = [edge for section in part.sections for edge in (section.start, section.end)]
            assert edges == sorted(edges)
            assert all(0 <= edge <= len(part.text) for edge in edges)
        if isinstance(part, AgendaItem) and part.decision_start is not None:
            assert "eslutning" in part.text[part.decision_start :].split("\n")[0]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.integers(1, 400)))
def test_the_parts_are_the_text(text: str, page_length: int | None) -> None:
    parts, _ = split(reading_of(text, page_length))

    assert_sound(parts, text, page_length is not None)


def test_pages_of_parts_rise_and_cover() -> None:
    text = "Referat\n\n" + "".join(f"Punkt {n}: Sag {n}\nBeslutning\n{'Godkendt. ' * 40}\n" for n in range(1, 9))
    parts, _ = split(reading_of(text, 500))

    edges = [page for part in parts for page in (part.page_first, part.page_last)]
    assert edges == sorted(edges, key=lambda page: page or 0)
    assert (edges[0], edges[-1]) == (1, (len(text) - 2) // 500 + 1)


def test_parts_say_where_their_pages_begin() -> None:
    text = "Referat\n\n" + "".join(f"Punkt {n}: Sag {n}\nBeslutning\n{'Godkendt. ' * 40}\n" for n in range(1, 9))
    parts, _ = split(reading_of(text, 150))

    position = 0
    for part in parts:
        starts = [position + place for place in part.page_breaks]
        assert starts == [(page - 1) * 150 for page in range((part.page_first or 0) + 1, (part.page_last or 0) + 1)]
        position += len(part.text)
    assert max(len(part.page_breaks) for part in parts) > 1


def test_a_long_text_is_cut_at_its_headings() -> None:
    prose = "Kommunen har i dag 12 institutioner. " * 150
    names = ["Baggrund", "Økonomi", "Proces"]
    text = "Notat\n\n" + "".join(f"{n}. {name}\n{prose}\n\n" for n, name in enumerate(names, 1))
    parts, _ = split(reading_of(text))

    assert len(text) > LONG
    assert [part.title for part in parts] == [None, *names]


def test_a_long_text_without_headings_is_cut_by_page() -> None:
    text = "kommunen har i dag 12 institutioner, og de er åbne. " * 500
    parts, _ = split(reading_of(text, 9_000))

    assert [(part.page_first, part.page_last) for part in parts] == [(1, 1), (2, 2), (3, 3)]
    assert all(isinstance(part, Body) for part in parts)


def test_a_short_text_is_one_part() -> None:
    (part,) = split(reading_of("Kære Bo\n\nTak.\n"))[0]

    assert isinstance(part, Body)


def test_a_mail_thread_is_asked_first() -> None:
    text = (
        "Fra: Bo Holm <bo@fjordby.example>\nSendt: 3. maj 2024 10:12\nTil: Ida Lund\nEmne: Prioriteringsforslag\n\n"
        "Nr. SKU12\nOverskrift Færre vikarer\nUdvalg Skoleudvalget\nForslagsstiller MED\n"
    )

    assert [type(part) for part in split(reading_of(text))[0]] == [Message]


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize(
    "piece",
    [
        "1. Resumé\n",
        "Nr. A1\nTitel: B\nUdvalg: C\n",
        "Punkt 1\n",
        "| Nr. | 1 | Udvalg | X |",
        "Udvalg: Udvalg: ",
        "Beslutning i ",
        "1 ",
        ". ",
        "Forslag nr. 1 ",
        "....\n",
    ],
)
def test_hostile_repetition_takes_no_long_time(piece: str) -> None:
    """Ten times the text takes about ten times as long, not a hundred."""
    text = piece * (200_000 // len(piece))
    split(reading_of("Referat\n" + text))


def test_sections_of_nothing() -> None:
    assert sections("") == []
    assert sections("Kære Bo\n\nTak.\n") == []
