"""The query language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.query import QueryError, _parse_in_full, parse
from index.tree import AllOf, AnyNode, AnyOf, Filter, Group, Name, Phrase, Prefix, Span, Without, Words


@settings(deadline=None)
@given(st.lists(st.sampled_from(["støtte", "OG", "og", "_", "10", "æ1", "\u2003", "\x1c"]), min_size=1, max_size=6))
def test_plain_words_are_read_as_the_grammar_reads_them(words: list[str]) -> None:
    query = " ".join(words)

    assert outcome(parse, query) == outcome(_parse_in_full, query)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["støtte", "OG", "æ1*", "s*", '"ekstra midler"', '""', "udvalg:BUU", "amount:>=1mio", "mio", "2",
             "kommitte:x", "date:2020..2021", "from:", "http://a.dk", '"a"b', "-x", "year:2020",
             "title:skole*", "a~1", "role:saving"]
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([" ", "  ", "\n"]),
)  # fmt: skip
def test_what_stands_beside_each_other_is_read_as_the_grammar_reads_it(things: list[str], blank: str) -> None:
    query = blank + blank.join(things)

    assert told(parse, query) == told(_parse_in_full, query)


def told(read: Callable[[str], AnyNode], query: str) -> object:
    try:
        return read(query)
    except QueryError as error:
        return str(error), error.position, error.suggestion


def outcome(read: Callable[[str], AnyNode], query: str) -> object:
    try:
        return read(query)
    except QueryError:
        return "refused"


def test_words_phrases_and_stars_keep_their_places() -> None:
    assert parse('støtte "ekstra midler" skol*') == Group(
        (Words("støtte", 0), Phrase("ekstra midler", 7), Prefix("skol", 23))
    )


@pytest.mark.parametrize(
    ("query", "numbers"),
    [("§ 85", ["85"]), ("§§ 85 86", ["85", "86"]), ("15,5 %", ["15,5"]), ("(5 % 6 ‰)", ["5", "6"])],
)
def test_a_sign_of_a_number_may_stand_apart_from_it(query: str, numbers: list[str]) -> None:
    node = parse(query)

    assert isinstance(node, Group)
    assert [item.text for item in node.items if isinstance(item, Words)] == numbers


@pytest.mark.parametrize("query", ["a AND b", "a OG b"])
def test_and(query: str) -> None:
    assert isinstance(parse(query), AllOf)


@pytest.mark.parametrize("query", ["a OR b", "a ELLER b"])
def test_or(query: str) -> None:
    assert isinstance(parse(query), AnyOf)


@pytest.mark.parametrize("query", ["a NOT b", "a IKKE b", "a -b", "a -(b OR c)", 'a -"b c"', "a -kind:email"])
def test_not(query: str) -> None:
    node = parse(query)

    assert isinstance(node, Group)
    assert isinstance(node.items[1], Without)


def test_and_binds_tighter_than_or_and_parentheses_tightest() -> None:
    node = parse("a OR b AND (c OR d)")

    assert isinstance(node, AnyOf)
    assert isinstance(node.items[1], AllOf)
    assert isinstance(node.items[1].items[1], AnyOf)


@pytest.mark.parametrize(
    "query",
    [
        "og",
        "or and not",
        "10:15",
        "covid-19",
        "ORkan",
        "2020-0012345",
        "f.eks.",
        "a/b",
        "x+y",
        "R&D",
        "§17",
        "<a@b.dk>",
    ],
)
def test_what_looks_like_an_operator_and_is_a_word(query: str) -> None:
    node = parse(query)

    assert isinstance(node, Group)
    assert all(isinstance(item, Words) for item in node.items)


@pytest.mark.parametrize(
    ("query", "field", "expected"),
    [
        ("committee:BUU", "committee", Name("BUU")),
        ('udvalg:"Børne- og Ungdomsudvalget"', "committee", Name("Børne- og Ungdomsudvalget")),
        ("UDVALG:BUU", "committee", Name("BUU")),
        ("committee:Børne*", "committee", Name("Børne", prefix=True)),
        ("kommune:København", "municipality", Name("København")),
        ("type:referat", "kind", Name("minutes")),
        ("har:beløb", "has", Name("amount")),
        ("rolle:besparelse", "role", Name("saving")),
        ("fra:skole.example", "from", Name("skole.example")),
        ("til:Holm", "to", Name("Holm")),
        ("nummer:ISU42", "number", Name("ISU42")),
        ("amount:500.000", "amount", Span(50_000_000, 50_000_000)),
        ("amount:1mio", "amount", Span(100_000_000, 100_000_000)),
        ("beløb:1,5mia", "amount", Span(150_000_000_000, 150_000_000_000)),
        ("amount:1.5mio", "amount", Span(150_000_000, 150_000_000)),
        ('amount:"1,5 mio. kr."', "amount", Span(150_000_000, 150_000_000)),
        ("amount:200t.kr.", "amount", Span(20_000_000, 20_000_000)),
        ("amount:500,-", "amount", Span(50_000, 50_000)),
        ("amount:>=1mio", "amount", Span(100_000_000, None)),
        ("amount:>1", "amount", Span(101, None)),
        ("amount:<0", "amount", Span(None, -1)),
        ("amount:<=-1mio", "amount", Span(None, -100_000_000)),
        ("amount:1mio..2mio", "amount", Span(100_000_000, 200_000_000)),
        ("amount:1mio..", "amount", Span(100_000_000, None)),
        ("amount:-2mio..-1mio", "amount", Span(-200_000_000, -100_000_000)),
        ("amount:0..2mio", "amount", Span(0, 200_000_000)),
        ("fte:<0", "fte", Span(None, -1)),
        ("årsværk:1,125", "fte", Span(1125, 1125)),
        ("year:2024", "year", Span(2024, 2024)),
        ("år:2019..2021", "year", Span(2019, 2021)),
        ("date:2020", "date", Span(20200101, 20201231)),
        ("date:2020-02", "date", Span(20200201, 20200229)),
        ("date:2020-01-31", "date", Span(20200131, 20200131)),
        ("dato:31-01-2020", "date", Span(20200131, 20200131)),
        ("dato:3.1.2020", "date", Span(20200103, 20200103)),
        ('date:"jan 2020"', "date", Span(20200101, 20200131)),
        ('date:"3. marts 2020"', "date", Span(20200303, 20200303)),
        ("date:2020-01..2021", "date", Span(20200101, 20211231)),
        ("date:>2020", "date", Span(20210101, None)),
        ("date:>=2020-02", "date", Span(20200201, None)),
        ("date:<2020-02", "date", Span(None, 20200131)),
        ("date:<=2020-02", "date", Span(None, 20200229)),
    ],
)
def test_filters(query: str, field: str, expected: Name | Span) -> None:
    assert parse(query) == Group((Filter(field, expected, 0),))


@pytest.mark.parametrize(
    ("query", "position", "says"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ('a "b', 2, "quote"),
        ('a ""', 2, "nothing between"),
        ("(a", 0, "opened and not closed"),
        ("a)", 1, "not open"),
        ("()", 1, "nothing in"),
        ("AND", 0, "AND"),
        ("a AND", 5, "missing at the end"),
        ("a OR OR b", 5, "OR"),
        ("-a", 0, "leave out"),
        ("NOT kind:email", 0, "leave out"),
        ("-a OR -b", 0, "leave out"),
        ("a b*c", 2, "star"),
        ("a *", 2, "star"),
        ("it-sys*", 0, "star"),
        ("a*", 0, "at least 2"),
        ('"skol*"', 5, "star"),
        ("a -", 2, "not understood"),
        ("a !!", 2, "nothing to look for"),
        ("a §", 2, "nothing to look for"),
        ("% 5", 0, "nothing to look for"),
        ("beløb:5 %", 8, "nothing to look for"),
        ("besparelse |skat", 11, "OR and AND"),
        ("skat&", 0, "OR and AND"),
        ("udvalg :BSU", 7, "no blank between"),
        ("udvalg : BSU", 7, "no blank between"),
        ("udvalg=BSU", 6, "a filter is written udvalg:"),
        ("skat =vej", 5, "= before a word"),
        ("a ;b", 2, "; before a word"),
        ("a -:b", 3, ": before a word"),
        ("skat >5", 5, "> before a word"),
        ("http://fjordby.dk", 0, "no filter http"),
        ("kind:", 5, "needs a value"),
        ("kind:film", 5, "one of email"),
        ("committee:>3", 10, "no greater"),
        ("committee:*", 10, "star"),
        ("from:2020-01-01", 5, "not a date"),
        ("amount:abc", 7, "no number"),
        ("amount:1.5", 7, "decimal comma"),
        ("amount:1.50.000", 7, "no Danish number"),
        ("amount:1..2mio", 7, "two ways"),
        ("amount:2mio..1mio", 7, "empty"),
        ("amount:..", 7, "one end or two"),
        ("amount:1,234", 7, "decimals"),
        ("amount:1 mio", 9, "not part of the filter"),
        ("amount:5EUR", 7, "unit"),
        ("amount:99999999999999999999", 7, ""),
        ("fte:1mio", 4, "unit"),
        ("year:20", 5, "no year"),
        ("date:jan 2020", 5, "no date"),
        ("date:2020-13", 5, "calendar"),
        ("date:31-02-2020", 5, "calendar"),
        ("date:0000", 5, "calendar"),
        ("year:1850", 5, "from 1900 to 2099"),
        ("year:2024,2100", 5, "from 1900 to 2099"),
        ("year:>=1850", 5, "from 1900 to 2099"),
        ("year:1850..2024", 5, "from 1900 to 2099"),
        ("year:>2099", 5, "none is >"),
        ("year:<1900", 5, "none is <"),
        ("amount:(year:1850)", 13, "from 1900 to 2099"),
        ("amount:(year:>2099)", 13, "none is >"),
        ("fte:(>0 year:2150)", 13, "from 1900 to 2099"),
        ("amount:(role:saving OR year:1850)", 28, "from 1900 to 2099"),
        ("date:1599", 5, "from 1600 to 2199"),
        ("date:<1600", 5, "none is <"),
        ("date:2020..2200", 5, "from 1600 to 2199"),
        ("amount:(OR role:saving)", 8, "OR stands between"),
        ("amount:(NOT role:saving)", 8, "left out"),
        ("udvalg:(BUU OR OR SOU)", 15, "OR stands between"),
        ("a - kind:email", 2, "not understood"),
        ("a OR - b", 5, "not understood"),
        ("- a", 0, "not understood"),
        ("(" * 100 + "a" + ")" * 100, 0, "nested"),
    ],
)
def test_what_is_refused_is_refused_with_its_place(query: str, position: int, says: str) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(query)

    assert refusal.value.position == position
    assert says in refusal.value.message


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("støj - trafik", "støj   trafik"),
        ("plan 2 – (støj — vej)", "plan 2   (støj   vej)"),
        ('"a - b" a', '"a - b" a'),
    ],
)
def test_a_dash_alone_between_words_says_nothing(query: str, same: str) -> None:
    assert parse(query) == parse(same)
    assert parse('"a - b" a') != parse('"a   b" a')


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("kommitte:BUU", "committee:"),
        ("comitee:BUU", "committee:"),
        ("komune:x", "kommune:"),
        ("kind:emial", "kind:email"),
        ("har:tabell", "har:tabel"),
        ("rolle:besparelsse", "rolle:besparelse"),
        ("type:refrat", "type:referat"),
        ("fra:2020", "date:>=2020"),
        ("qqqqqqq:x", None),
        ("udvalg :BSU", "udvalg:BSU"),
        ("udvalg : BSU", "udvalg:BSU"),
        ("beløb >= 1mio", "beløb:>=1mio"),
        ("beløb>1mio", "beløb:>1mio"),
        ("udvalg =BSU", "udvalg:BSU"),
        ("skat |vej", "skat OR vej"),
        ("skat|vej", "skat OR vej"),
        ("skat &&vej", "skat AND vej"),
        ("a && b || c", "a AND b OR c"),
        ("beløb:5mioo", "beløb:5mio"),
        ("årsværk:2årsværg", "årsværk:2årsværk"),
        ("år:24", "år:2024"),
        ("år:>=98", "år:>=1998"),
        (":vej", "vej"),
        ("beløb:>=1,500", "beløb:>=1.500"),
        ("beløb:<±1,500", "beløb:<+-1.500"),
        ("beløb:1,500..", "beløb:1.500.."),
        ("fte:>=1.5", "fte:>=1,5"),
        ("beløb:>=1..2", "beløb:1..2"),
    ],
)
def test_what_was_perhaps_meant(query: str, suggestion: str | None) -> None:
    with pytest.raises(QueryError) as refusal:
        parse(query)

    assert refusal.value.suggestion == suggestion
    assert suggestion is None or suggestion in str(refusal.value)


ALPHABET = st.one_of(
    st.sampled_from(
        [*'"()*:-~<>=.,æA1 ', " AND ", " OR ", " NOT ", "kind:", "amount:", "date:", "from:", "..", "mio", "²"]
    ),
    st.characters(),
)


@settings(deadline=None)
@given(st.lists(ALPHABET, max_size=40).map("".join))
@example("amount:²")
@example("date:²²²²")
@example("year:٢٠٢٠")
@example("kind:\x00")
@example("\ud800")
@example("NOT " * 300 + "a")
@example("-" * 900 + "a")
def test_any_text_is_parsed_or_refused_in_its_place(text: str) -> None:
    try:
        parse(text)
    except QueryError as error:
        refusal = error
    else:
        return
    assert refusal.position is None or 0 <= refusal.position <= len(text)
    assert refusal.message
