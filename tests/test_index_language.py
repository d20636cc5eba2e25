"""The query language as a whole: its page, its printer, its explanation, and what happens to any text at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from meaning import built, table
from query_page import examples, page

from index import plan as plans
from index.engines import base
from index.explain import explained
from index.fields import choices, fields
from index.plan import Planner, plan
from index.printer import printed
from index.query import LONGEST_QUERY, MOST_THINGS, QueryError, parse
from index.search import Searcher
from index.signs import without_signs
from index.text import Word, fold
from index.tree import AllOf, AnyOf, Group, Node, Without
from pipeline.cli.app import run

ROOT = Path(__file__).resolve().parents[1]
NODES_PER_LETTER = 60
Capture = pytest.CaptureFixture[str]


def word(form: str) -> Word:
    """A word without a dictionary."""
    return Word(fold(form), (fold(form),), ("del",), 1)


def similar(form: str, distance: int) -> list[str]:
    return [form, *(f"{form}{number}" for number in range(20 * distance))]


def placeless(node: Any) -> Any:
    """The tree without the places of what was typed."""
    if isinstance(node, Without):
        return Without(placeless(node.item))
    if isinstance(node, Group | AllOf | AnyOf):
        return msgspec.structs.replace(node, items=tuple(map(placeless, node.items)))
    return msgspec.structs.replace(node, position=0)


def size(node: Any) -> int:
    """How many questions an engine is asked."""
    if isinstance(node, base.AllOf | base.AnyOf):
        return 1 + sum(map(size, node.children))
    if isinstance(node, base.Near):
        return base.placings(node.values, node.slop)
    return 1 + size(node.child) if isinstance(node, base.Boost | base.Without) else 1


# --- the page -------------------------------------------------------------------------------------------------


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "query-language.md").read_text(encoding="utf-8") == page()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the samples."""
    root: Path = tmp_path_factory.mktemp("akt") / "rum"
    samples = [path for path in (ROOT / "corpus" / "samples").iterdir() if path.suffix not in (".json", ".py")]
    assert run(["--workspace", str(root), "ingest", *map(str, samples)]) in (0, 3)
    return root


@pytest.mark.parametrize("query", [row["query"] for row in examples()])
def test_an_example_of_the_page_finds_something(workspace: Path, query: str, capfd: Capture) -> None:
    capfd.readouterr()
    code = run(["--workspace", str(workspace), "search", "--all-words", "--format", "jsonl", "--", query])

    assert code == 0
    assert json.loads(capfd.readouterr().out.splitlines()[0])["match"] == "all"


def test_every_field_and_every_choice_has_names_of_its_own() -> None:
    named = [fold(name) for field in set(fields().values()) for name in (field.name, *field.synonyms)]

    assert len(named) == len(set(named)) == len(fields())
    assert set(choices()) == {field.name for field in fields().values() if field.kind == "choice"}


# --- tree to text and back --------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", [case["query"] for case in table("case")] + [row["query"] for row in examples()])
def test_a_printed_tree_is_read_as_the_same_tree(query: str) -> None:
    node = parse(query)

    assert placeless(parse(printed(node))) == placeless(node)


LEAVES = """
støtte|2 mio|"ekstra midler"|"a b"~2|skol*|indsats~1|kind:email,minutes|udvalg:B*|amount:1|beløb:>1|amount:<0|jan
amount:>=±2,5|fte:<=0,125|fte:-1..1|år:2020,2022..|dato:>2020|date:2020-02..2021|date:1.1.2020|from:"Holm, Anna"
amount:(>1 role:saving OR year:2020..)
"""
LEAF = st.sampled_from(LEAVES.replace("\n", "|").strip("|").split("|"))
QUERY = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" AND ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join),
        inner.map("({})".format),
        inner.map("NOT ({})".format),
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(QUERY)
def test_any_tree_is_printed_so_that_it_is_read_again(query: str) -> None:
    try:
        node = parse(query)
    except QueryError:
        return
    text = printed(node)

    assert placeless(parse(text)) == placeless(node)
    assert printed(parse(text)) == text


# --- any text at all ----------------------------------------------------------------------------------------------

SIGNS = [*'"()*:-~<>=.,æÅ1 +|^?!&', "±", "²", "“", "»", "（", "：", "..", "~1", "a\u030a"]
UNSEEN = ["\u00a0", "\u200b", "\u202e", "\x00", "\n"]
WORDS = [" AND ", " OR ", " NOT ", " og ", "kind:", "amount:", "amount:(", "date:", "from:", "mio", "støtte", "2020"]
PIECES = st.sampled_from([*SIGNS, *UNSEEN, *WORDS, "role:saving"])
TEXT = st.one_of(
    st.lists(PIECES, max_size=40).map("".join),
    st.text(max_size=60),
    st.lists(st.one_of(PIECES, st.characters()), max_size=30).map("".join),
)
HARD = ["(" * 4_000, '"' * 4_001, "NOT " * 2_000 + "a", "-" * 7_999 + "a", "a OR " * 499 + "a", "amount:(" * 900]
HARD += ["x" * 8_000, "~" * 8_000, "a~" * 4_000, "a:" * 4_000, "1" * 8_000, "amount:" + "9" * 7_000, "*" * 8_000]
HARD += ["a\u030a" * 4_000, "\u202e" * 8_000, '"a b"~249 ' * 400, "date:2020..", "aa* " * 500, "\ud800", "a " * 4_000]


def tried(text: str) -> plans.Plan | None:
    """The plan for a text; None for one that is refused, which is checked to have a place and a reason."""
    try:
        return plan(parse(text), word, similar)
    except QueryError as error:
        refusal = error
    assert refusal.message
    assert refusal.position is None or 0 <= refusal.position <= len(text)
    return None


@settings(deadline=None, max_examples=1_000, suppress_health_check=list(HealthCheck))
@given(TEXT)
def test_any_text_is_planned_or_refused_in_steps_that_grow_with_it(text: str) -> None:
    found = tried(text)

    assert found is None or size(found.all.must) <= NODES_PER_LETTER * len(text)


@pytest.mark.parametrize("text", HARD, ids=[f"{text[:12]!r}x{len(text)}" for text in HARD])
def test_the_worst_queries_are_planned_or_refused_in_few_steps(text: str) -> None:
    found = tried(text)

    assert found is None or size(found.all.must) <= NODES_PER_LETTER * MOST_THINGS


def test_a_query_one_letter_too_long_is_refused() -> None:
    assert tried("x" * LONGEST_QUERY) is not None
    assert tried("x" * (LONGEST_QUERY + 1)) is None
    assert tried("ab " * MOST_THINGS) is not None
    assert tried("ab " * (MOST_THINGS + 1)) is None
    assert tried("lampe~2 gade~1 bænk~1 lygte~2 vejen~2 lampe~2") is not None
    assert tried("lampe~2 gade~1 bænk~1 lygte~2 vejen~2 stien~2") is None


@settings(deadline=None, max_examples=1_000, suppress_health_check=list(HealthCheck))
@given(TEXT)
@example("-x")
@example("--help")
@example("\ud800")
def test_any_text_given_to_the_command_is_answered_or_refused(workspace: Path, capfd: Capture, text: str) -> None:
    code = run(["--workspace", str(workspace), "search", "--limit", "1", "--", text.replace("\x00", " ")])
    said = capfd.readouterr()

    assert code in (0, 2, 4)
    assert "Traceback" not in said.err
    assert "error of Akt itself" not in said.err
    assert (code == 0) == bool(said.out)


# --- the explanation ----------------------------------------------------------------------------------------------


def told(query: str) -> str:
    return explained(query, parse(query), Planner(word, similar)).text


def test_an_explanation_shows_the_tree_and_the_terms() -> None:
    assert told('støtte -lukning (kind:email OR beløb:>=1mio) "ekstra midler"~2') == (
        'Read as: støtte NOT lukning (kind:email OR amount:>=1.000.000) "ekstra midler"~2\n'
        "\n"
        "all of these; then parts with most of them:\n"
        "  word: støtte\n"
        "      in body, parts, title: stoette\n"
        "      in the same part, where few parts have all words: del\n"
        "  not:\n"
        "    word: lukning\n"
        "        in body, parts, title: lukning\n"
        "        in the same part, where few parts have all words: del\n"
        "  one of these (OR):\n"
        "    kind: email\n"
        "        in kind: email\n"
        "    amount: >=1.000.000 kr. (with its sign, as printed)\n"
        "        in amount: 100000000..\n"
        '  near: "ekstra midler"~2\n'
        '      in exact, title_exact: "ekstra midler"~2\n'
    )


def test_the_command_explains_for_people_and_as_data(workspace: Path, capfd: Capture) -> None:
    for form in ("table", "json", "jsonl"):
        assert run(["--workspace", str(workspace), "search", "--explain", "--format", form, "vikar* -kind:email"]) == 0
        out = capfd.readouterr().out
        if form == "table":
            assert out.startswith("Read as: vikar* NOT kind:email\n")
        else:
            assert json.loads(out)["read"] == "vikar* NOT kind:email"
            assert json.loads(out)["query"]["items"][1]["item"]["field"] == "kind"
    assert run(["--workspace", str(workspace), "search", "--explain", "--format", "csv", "vikar*"]) == 2
    assert run(["--workspace", str(workspace), "search", "--explain", "vikar* ("]) == 2


# --- signs --------------------------------------------------------------------------------------------------------


def test_a_search_tells_of_amounts_with_a_minus(tmp_path: Path) -> None:
    searcher = Searcher(built(tmp_path / "index", "tantivy"))

    def more(query: str) -> int:
        node: Node = parse(query)
        return searcher.parts_with_all(without_signs(node)) - searcher.parts_with_all(parse(query))

    assert more("amount:1mio") == 1
    assert more("amount:(>=1mio year:2025)") == 1
    assert more("korps fte:>=1") == 1
    assert [more(query) for query in ("amount:<0", "amount:>=±1mio", "amount:>=3mio", "korps")] == [0, 0, 0, 0]
    searcher.close()
