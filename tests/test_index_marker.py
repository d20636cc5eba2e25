"""Which words, and which parts of words, are marked in a text, and how snippets are cut around them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import IndexWriter
from index.marker import member_spans
from index.plan import Mark
from index.search import search
from index.snippets import Marker, cut
from index.text import Analyser, fold
from index.tokens import tokens
from pipeline.extract import extract_bytes


def test_snippets_overlap_nowhere() -> None:
    text = "Her er budget. " * 400
    marker = Marker([Mark(exact=frozenset({"budget"}))], lambda terms: set())
    _, several = cut(text, 0, marker, 8)

    assert len(several) == 8
    assert sum(len(snippet.matches) for snippet in several) == sum(snippet.text.count("budget") for snippet in several)
    assert sum(len(snippet.text) for snippet in several) <= len(text)


@pytest.mark.parametrize(
    ("form", "term", "marked"),
    [
        ("støttepædagogkorpset", "paedagog", "pædagog"),
        ("støttepædagogkorpset", "korps", "korpset"),
        ("besparelsesforslaget", "besparelse", "besparelse"),
        ("børnehavebørnene", "barn", "børn"),
        ("skolebestyrelsesmøder", "bestyrelse", "bestyrelse"),
        ("skolebestyrelsesmøder", "skolebestyrelse", "skolebestyrelse"),
        ("daginstitutionsomraadet", "omraade", "omraadet"),
    ],
)
def test_the_part_of_a_compound_is_marked_where_it_stands(form: str, term: str, marked: str) -> None:
    word = Analyser().word(form)
    spans = member_spans(form, word, frozenset({term}))

    assert term in word.members
    assert any(form[start:end].startswith(marked) for start, end in spans)
    assert sum(end - start for start, end in spans) < len(form)


@pytest.mark.parametrize(
    ("text", "form", "marked"),
    [
        ("Sagen går til Børne- og Ungdomsudvalget i maj.", "børneudvalget", ["Børne", "udvalget"]),
        ("Af ungdoms-, børne- og skoleområdet er to med.", "ungdomsområdet", ["ungdoms", "området"]),
        ("Se ansøgningsfrist og -krav i bilaget.", "ansøgningskrav", ["ansøgnings", "krav"]),
        ("Se børne- og ungdomsudvalget i bilaget.", "ansøgningskrav", []),
        (f"Se børne- og {'x' * 100_000}udvalget i bilaget.", "børneudvalget", []),
    ],
)
def test_both_pieces_of_a_word_that_another_completes_are_marked(text: str, form: str, marked: list[str]) -> None:
    marker = Marker([Mark(terms=frozenset({form}))], lambda terms: {form})

    assert [text[place.start : place.end] for place in marker.places(text)] == marked


def test_a_word_that_another_completes_is_marked_in_its_hit(tmp_path: Path) -> None:
    document = extract_bytes("Sagen går til Børne- og Ungdomsudvalget i maj.".encode(), "sag.txt")
    with IndexWriter(tmp_path) as writer:
        writer.replace(document, [document.path])

    (hit,) = search(tmp_path, "børneudvalg").hits

    assert [hit.snippet[start:end] for start, end in hit.matches] == ["Børne", "udvalget"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ('"ekstra midler"~1', ["ekstra", "midler", "Midler", "ekstra"]),
        ('"midler ekstra"~3', ["ekstra", "midler", "Midler", "ekstra"]),
        ('"ekstra midler"~0', ["Midler", "ekstra"]),
        ('"midler blev få"~2', ["midler", "blev", "få"]),
        ('"ekstra midler ekstra"~4', ["ekstra", "midler", "Midler", "ekstra"]),
    ],
)
def test_of_words_near_each_other_only_those_are_marked_that_are(tmp_path: Path, query: str, marked: list[str]) -> None:
    text = (
        "Et ekstra møde holdes i maj om det hele. Der er givet ekstra til midler i 2024. Midler ekstra til de unge. "
        "Sådan blev det, og der er ingen midler. Der er ikke flere midler, dem blev der få af. Ekstra er intet."
    )
    with IndexWriter(tmp_path) as writer:
        document = extract_bytes(text.encode(), "sag.txt")
        writer.replace(document, [document.path])
    (hit,) = search(tmp_path, query, snippets=5).hits

    assert [found.text[start:end] for found in hit.snippets for start, end in found.matches] == marked


@pytest.mark.parametrize(
    ("text", "phrase", "marked"),
    [
        ("Det nye bibliotek er nyt. Et nye hus, et bibliotek.", "nye bibliotek", ["nye", "bibliotek"]),
        ("Et nye hus, et bibliotek.", "nye bibliotek", []),
        ("Bibliotek nye.", "nye bibliotek", []),
        ("Der er 1.000 kr. i 1.000 kasser, og kr. er kr.", "1.000 kr", ["1.000", "kr"]),
        ("Det nye\nbibliotek, nye.", "nye bibliotek", ["nye", "bibliotek"]),
        ("Aa og Åben: åben skole, ÅBEN skole.", "aaben skole", ["åben", "skole", "ÅBEN", "skole"]),
        ("Se lege-\npladsen lukke, og lukke igen.", "legepladsen lukke", ["lege-\npladsen", "lukke"]),
        ("den og den og den", "og den og", ["og", "den", "og"]),
    ],
)
def test_of_a_phrase_only_its_words_side_by_side_are_marked(text: str, phrase: str, marked: list[str]) -> None:
    words = tuple(fold(token.form) for token in tokens(phrase))
    marker = Marker([Mark(exact=frozenset(words), phrase=words)], lambda terms: set())

    assert [text[place.start : place.end] for place in marker.places(text)] == marked


def test_a_word_asked_for_beside_its_phrase_is_marked_everywhere(tmp_path: Path) -> None:
    document = extract_bytes(b"Det nye bibliotek. Et nyt hus med bibliotek.", "sag.txt")
    with IndexWriter(tmp_path) as writer:
        writer.replace(document, [document.path])

    (alone,) = search(tmp_path, '"nye bibliotek"').hits
    (both,) = search(tmp_path, '"nye bibliotek" bibliotek').hits

    assert [alone.snippet[start:end] for start, end in alone.matches] == ["nye", "bibliotek"]
    assert [both.snippet[start:end] for start, end in both.matches] == ["nye", "bibliotek", "bibliotek"]


def test_both_halves_of_a_word_broken_at_a_line_end_are_marked() -> None:
    marker = Marker([Mark(terms=frozenset({"legeplads"}))], lambda terms: {"legeplads", "legepladsen"})
    text = "Se på lege-\n  pladsen i dag."

    assert [text[place.start : place.end] for place in marker.places(text)] == ["lege-\n  pladsen"]
