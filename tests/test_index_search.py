"""Hits: snippets and their marks, copies shown once, pages, and what a search process loads."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import part_id
from corpus.model import AgendaItem, AnyPart, Body, Document, Message
from index.build import IndexWriter
from index.engines.base import EngineName
from index.plan import Mark
from index.query import QueryError
from index.search import explain, search
from index.snippets import WIDTH, Marker, cut
from index.text import Analyser


def document(name: str, *parts: AnyPart) -> Document:
    digest = sha256(name.encode()).hexdigest()
    return Document(
        path=name, sha256=digest, media_type="text/plain", reader="text/1", extractor_version="1", parts=list(parts)
    )


def message(
    text: str, fingerprint: str, *, quoted: bool = False, index: int = 0, message_id: str | None = None
) -> Message:
    return Message(
        index=index,
        title="Lamper",
        text=text,
        fingerprint=fingerprint,
        quoted=quoted,
        sent="2024-03-05T10:12",
        message_id=message_id,
    )


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_two_mails_of_the_same_words_are_two_hits_and_a_quotation_is_none(
    tmp_path: Path, engine: EngineName, order: tuple[int, ...]
) -> None:
    scan = "Se det skannede ark."
    papers = [
        document("scan-1.eml", message(scan, "f1", message_id="<1@fjordby.example>")),
        document("scan-2.eml", message(scan, "f1", message_id="<2@fjordby.example>")),
        document("kopi.eml", message(f"{scan} ", "f1", message_id="<2@fjordby.example>")),
        document("svar.txt", message("Tak.", "f2"), message(f"> {scan}", "f1", quoted=True, index=1)),
    ]
    with IndexWriter(tmp_path / "index", engine) as writer:
        for number in order:
            writer.replace(papers[number], [papers[number].path])
    results = search(tmp_path / "index", "skannede")

    assert results.total == 2
    assert {tuple(sorted([hit.path, *hit.also_in])) for hit in results.hits} == {
        ("scan-1.eml", "svar.txt"),
        ("kopi.eml", "scan-2.eml", "svar.txt"),
    }


LONG = (
    "Forvaltningen har set på sagen. " * 30
    + "Udvalget ønsker\nat støttepædagogkorpset\tfår  1.000.000 kr. til indsatsen i Fjordby. "
    + "Sagen er herefter lukket. " * 30
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("search") / "index"
    with IndexWriter(folder) as writer:
        writer.replace(
            document("lang.txt", Body(index=0, title="Lang", text=LONG, page_first=4)), ["b/lang.txt", "a/lang.txt"]
        )
        writer.replace(document("en.eml", message("Kære alle. Gadelamperne er slukket.", "f1")), ["en.eml"])
        thread = [message("Tak for det.", "f2"), message("> Gadelamperne er slukket.", "f1", quoted=True, index=1)]
        writer.replace(document("to.eml", *thread), ["to.eml", "kopi/to.eml"])
        for number in range(25):
            writer.replace(
                document(f"{number}.txt", Body(index=0, title=None, text=f"Cykelsti {number}")), [f"{number}.txt"]
            )
    return folder


def test_a_hit_says_where_it_is(index: Path) -> None:
    (hit,) = search(index, "støtte").hits

    assert (hit.id, hit.part) == (part_id(sha256(b"lang.txt").hexdigest(), 0), 0)
    assert (hit.path, hit.also_in, hit.page, hit.title) == ("b/lang.txt", ["a/lang.txt"], 4, "Lang")
    assert (hit.kind, hit.part_kind, hit.match, hit.rank) == ("other", "body", "all", 1)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("støtte", ["støtte"]),
        ("pædagogerne", ["pædagog"]),
        ("korps", ["korpset"]),
        ("støttepædagog", ["støttepædagog"]),
        ("støttekorps", ["støtte", "korpset"]),
        ("støttepædagogkorps", ["støttepædagogkorpset"]),
        ("indsats", ["indsatsen"]),
        ("1000000", ["1.000.000"]),
        ("støtte*", ["støttepædagogkorpset"]),
        ('"til indsatsen"', ["til", "indsatsen"]),
        ("stoette fjordby", ["støtte", "Fjordby"]),
    ],
)
def test_the_words_found_are_marked_in_the_snippet(index: Path, query: str, marked: list[str]) -> None:
    hit = search(index, query).hits[0]

    assert [hit.snippet[start:end] for start, end in hit.matches] == marked
    assert "\n" not in hit.snippet
    assert "  " not in hit.snippet
    assert len(hit.snippet) <= WIDTH + 2


def test_a_filter_alone_shows_the_beginning(index: Path) -> None:
    hits = search(index, "kind:message").hits

    assert all(hit.matches == [] and hit.snippet for hit in hits)


def test_copies_of_a_message_are_one_hit_that_names_the_others(index: Path) -> None:
    results = search(index, "gadelampe")
    (hit,) = results.hits

    assert (results.total, results.total_all, results.exact) == (1, 1, True)
    assert hit.path == "en.eml"
    assert hit.also_in == ["kopi/to.eml", "to.eml"]


def test_pages_of_hits_follow_each_other(index: Path) -> None:
    pages = [search(index, "cykelsti", limit=10, offset=offset) for offset in (0, 10, 20, 30)]

    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert [hit.rank for page in pages for hit in page.hits] == list(range(1, 26))
    assert len({hit.path for page in pages for hit in page.hits}) == 25


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (1, -1)])
def test_senseless_pages_are_refused(index: Path, limit: int, offset: int) -> None:
    with pytest.raises(ValueError, match="limit"):
        search(index, "cykelsti", limit=limit, offset=offset)


def test_parts_with_every_word_come_before_those_with_most(index: Path) -> None:
    hits = search(index, "cykelsti 7").hits

    assert (hits[0].path, hits[0].match) == ("7.txt", "all")
    assert {hit.match for hit in hits[1:]} == {"some"}


def test_a_query_is_explained(index: Path) -> None:
    told = json.loads(explain(index, "støttekorps amount:>1mio").json())

    assert told["query"]["items"][0]["text"] == "støttekorps"
    assert "korps" in json.dumps(told["plan"])
    with pytest.raises(QueryError):
        explain(index, "(")


# --- snippets -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["støtte", "og", "budget", "indsats.", "\n", "  ", "1.000", "Å", "it-system", "x" * 300, "–"])


@given(st.lists(WORDS, max_size=120), st.integers(0, 200))
def test_marks_are_words_of_the_snippet_in_any_text(words: list[str], start: int) -> None:
    text = " ".join(words)
    marker = Marker([Mark(exact=frozenset({"stoette"})), Mark(exact=frozenset({"budget"}))], lambda terms: set())
    best, _ = cut(text, min(start, len(text)), marker)
    snippet, matches = best.text, best.matches

    assert {snippet[begin:end] for begin, end in matches} <= {"støtte", "budget"}
    assert bool(matches) == bool({"støtte", "budget"} & set(words))
    assert all(end <= later for (_, end), (later, _) in pairwise(matches))


def test_a_snippet_shows_the_place_with_most_of_the_words() -> None:
    text = "Kun budget her. " + "Fyld og mere fyld. " * 40 + "Her er budget og støtte sammen. " + "Fyld. " * 40
    marker = Marker([Mark(exact=frozenset({"budget"})), Mark(exact=frozenset({"stoette"}))], lambda terms: set())
    best, _ = cut(text, 0, marker)
    snippet, matches = best.text, best.matches

    assert "budget og støtte sammen" in snippet
    assert [snippet[begin:end] for begin, end in matches] == ["budget", "støtte"]


# --- what a search loads --------------------------------------------------------------------------------------

HEAVY = ("spacy", "pdfplumber", "sqlalchemy", "simplemma", "whoosh", "numpy", "pypdfium2")
LOADED = """
import sys
from pathlib import Path
from index.search import search
print(search(Path({index!r}), {query!r}).total)
print(*[name for name in {heavy!r} if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("query", "total"), [("støttepædagogkorpset indsatsen", "1"), ("gadelamperne kind:email", "0"), ("1.000.000", "1")]
)
def test_a_search_for_known_words_loads_nothing_heavy(index: Path, query: str, total: str) -> None:
    script = LOADED.format(index=str(index), query=query, heavy=HEAVY)
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True)

    assert run.stdout == f"{total}\n\n"


def test_a_search_compiles_no_pattern_that_it_does_not_use(index: Path) -> None:
    script = LOADED.format(index=str(index), query="gadelamperne", heavy=("tempfile",))
    script += """
from corpus import cprapart
from index import query
print(*[name for name in ("_SPOKEN", "_AGAIN") if "compiled" in vars(getattr(cprapart, name))], end="")
print(*[name for name in ("PLAIN", "FLAT") if "compiled" in vars(getattr(query, name))])
"""
    root = Path(__file__).resolve().parents[1]
    run = subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True)

    assert run.stdout.splitlines()[1:] == ["", "PLAIN"]


def test_an_unseen_form_is_looked_up(index: Path) -> None:
    assert search(index, "støttepædagogkorpsenes").hits[0].path == "b/lang.txt"
    assert Analyser().word("støttepædagogkorpsenes").lemmas == Analyser().word("støttepædagogkorpset").lemmas


@pytest.mark.parametrize(("limit", "offset"), [(10, 10**9), (10**9, 0), (10**9, 10**9), (1, 10**6)])
def test_a_page_far_beyond_the_last_hit_costs_nothing(index: Path, limit: int, offset: int) -> None:
    found = search(index, "cykelsti", limit=limit, offset=offset)

    assert found.total == 25
    assert len(found.hits) == (0 if offset else 25)


@pytest.mark.parametrize(("limit", "offset"), [(10, 10**9 + 1), (10, 99_999_999_999), (2**70, 0)])
def test_a_page_beyond_all_measure_is_refused(index: Path, limit: int, offset: int) -> None:
    with pytest.raises(ValueError, match="at most 1000000000"):
        search(index, "cykelsti", limit=limit, offset=offset)


@pytest.mark.parametrize("text", ["x" * 500_000, "Se her: " + "x" * 500_000 + " og der", "x" * 500_000 + " y"])
def test_a_snippet_is_short_however_long_a_word_is(text: str) -> None:
    marker = Marker([Mark(terms=frozenset({"x" * 500_000}), exact=frozenset({"x" * 500_000}), prefixes=("xx",))], set)
    best, _ = cut(text, 0, marker)
    snippet, spans = best.text, best.matches

    assert len(snippet) <= 400
    assert all(0 <= start < end <= len(snippet) for start, end in spans)


def test_a_query_that_is_too_long_is_not_shown_again(index: Path) -> None:
    for query, says in (
        ("gade " * 2_000, "the query has 10000 characters; it can have 8000 at most"),
        ("gade " * 1_000, "the query has 1000 words and filters; it can have 500 at most (at character 2501)"),
        (
            "gade OR " * 999 + "gade",
            "the query has 1000 words and filters; it can have 500 at most (at character 4001)",
        ),
    ):
        with pytest.raises(QueryError) as caught:
            search(index, query)

        assert str(caught.value) == says
        seen = caught.value.shown(query)
        assert seen is None or len(seen[0]) <= 102


@pytest.mark.parametrize("query", ["committe" + "x" * 1_900 + ":a", "kind:" + "x" * 1_900, "?" * 1_900, "(" * 1_900])
def test_the_message_about_a_long_query_is_short(index: Path, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        search(index, query)

    assert len(str(caught.value)) < 700


@given(st.text(alphabet="ab cæ", min_size=1, max_size=400), st.data())
def test_a_long_query_is_shown_around_the_mistake(query: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(query) - 1))
    shown = QueryError("forkert", position).shown(query)

    assert shown is not None
    assert len(shown[0]) <= 102
    assert shown[0][shown[1]] == query[position]


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_case_number_is_found_with_its_zeros_and_without(tmp_path: Path, engine: EngineName) -> None:
    texts = {
        "padded": "Sag 2023-004512 er klar.", "bare": "Sag 2023-4512 er klar.", "other": "Sag 2023-0045120 er klar.",
        "code": "Se EMN-2020-00123.", "slash": "Sag 20/0077.", "version": "Afsnit 3.05 og 3.5.",
    }  # fmt: skip
    with IndexWriter(tmp_path, engine) as writer:
        for name, text in texts.items():
            writer.replace(document(name, Body(index=0, title=None, text=text)), [name])

    def found(query: str) -> dict[str, str]:
        hits = search(tmp_path, query).hits
        return {hit.path: hit.snippet[hit.matches[0][0] : hit.matches[0][1]] for hit in hits}

    assert found("2023-4512") == found("2023-004512") == {"padded": "2023-004512", "bare": "2023-4512"}
    assert found("EMN-2020-123").keys() == found("2020-123").keys() == {"code"}
    assert found("20/77").keys() == found("20/0077").keys() == {"slash"}
    assert found("2023-45120").keys() == {"other"}
    assert found('"2023-4512"').keys() == {"bare"}
    assert found("3.05") == {"version": "3.05"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("nummer:2023-77", {"it"}),
        ("nummer:2023-0077", {"it"}),
        ("nr:2023-00*", {"it"}),
        ("nr:2023-7*", {"it", "other"}),
        ("nr:2023-077", {"it"}),
        ("nr:2023-770", {"other"}),
    ],
)
def test_a_number_is_asked_for_with_its_zeros_and_without(tmp_path: Path, query: str, names: set[str]) -> None:
    with IndexWriter(tmp_path) as writer:
        for name, number in (("it", "2023-0077"), ("other", "2023-0770"), ("third", "2022-77")):
            item = AgendaItem(index=0, title=None, text="Punktet.", number=number)
            writer.replace(document(name, item), [name])

    assert {hit.path for hit in search(tmp_path, query).hits} == names
