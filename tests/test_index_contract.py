"""The contract of every engine: the same index, the same questions, the same parts found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract import CHILDREN, ENGINES, EVERY, K0, K1, M0, M1, R0, R1, in_each_engine, shown

from index.engines.base import Everything, Request
from index.search import Searcher

# query, the parts with everything asked for, the parts with most of it
CASES: list[tuple[str, set[str], set[str]]] = [
    # words: lemma, compound member, spelling
    ("støtte", {K0, M0, M1}, set()),
    ("STØTTE", {K0, M0, M1}, set()),
    ("stoette", {K0, M0, M1}, set()),
    ("pædagog", {K0, M1}, set()),
    ("pædagogerne", {K0, M1}, set()),
    ("korps", {K0, M1}, set()),
    ("støttepædagog", {K0, M1}, set()),
    ("støttepædagogkorps", {K0, M1}, set()),
    ("indsats", {R0}, set()),
    ("indsatserne", {R0}, set()),
    ("budget", {M1}, set()),
    ("budgetter", {M1}, set()),
    ("børn", {M0, M1}, set()),
    ("barnets", {M0, M1}, set()),
    ("bestyrelse", {M1}, set()),
    ("skole", {M1, R1}, set()),
    ("Århus", {M0}, set()),
    ("aarhus", {M0}, set()),
    ("mal", set(), set()),
    ("mål", {M1}, set()),
    ("lampe", {R1}, set()),
    ("ældre", {R0}, set()),
    ("pleje", {R0}, set()),
    ("findesikke", set(), set()),
    # numbers, codes, abbreviations
    ("1.000.000", {K0}, set()),
    ("1000000", {K0}, set()),
    ("1,5", {K1}, set()),
    ("2020-0012345", {K1}, set()),
    ("0012345", {K1}, set()),
    ("12345", {K1}, set()),
    ("ISU42", {K0}, set()),
    ("isu", {K0}, set()),
    ("buu", {M0}, set()),
    ("it-system", {K1}, set()),
    ("itsystem", {K1}, set()),
    ("system", {K1}, set()),
    ("21.30", {R1}, set()),
    # all and most
    ("budget pædagog", {M1}, {K0}),
    ("ældre indsats budget", set(), {R0}),
    ("indsats gadelamper skole budget", set(), {R1, M1}),
    # phrases
    ('"ekstra midler"', {R1}, set()),
    ('"midler ekstra"', set(), set()),
    ('"støtte"', {M0, M1}, set()),
    ('"stoette til"', {M0, M1}, set()),
    ('"1.000.000 kr"', {K0}, set()),
    ('"sag 2020-0012345"', {K1}, set()),
    ('"it systemet"', {K1}, set()),
    ('"it-systemet"', {K1}, set()),
    # prefixes
    ("støtte*", {K0, M0, M1}, set()),
    ("stoett*", {K0, M0, M1}, set()),
    ("ISU*", {K0}, set()),
    ("2020*", {K1}, set()),
    ("zz*", set(), set()),
    # titles, whose words do not run on into the text
    ('"Lavere normering"', {K1}, set()),
    ('"sv støtte til"', {M0}, set()),
    ('"normering normeringen"', set(), set()),
    ('"it systemet lavere"', set(), set()),
    ('"normering lavere"~0', {K1}, set()),
    ('"normering sænkes"~1', set(), set()),
    ("lavere*", {K1}, set()),
    ("støttekorp~1", {K0}, set()),
    # operators
    ("indsats OR budget", {R0, M1}, set()),
    ("indsats ELLER budget", {R0, M1}, set()),
    ("pædagog AND korps", {K0, M1}, set()),
    ("pædagog OG mål", {M1}, set()),
    ("pædagog NOT mål", {K0}, set()),
    ("pædagog IKKE mål", {K0}, set()),
    ("pædagog -mål", {K0}, set()),
    ("(indsats OR normering) -ældre", {K1}, set()),
    ("(pædagog OR skole) gadelamper", {R1}, {K0, M1}),
    ('støtte -"stoette til"', {K0}, set()),
    ("skole AND NOT (mål OR budget)", {R1}, set()),
    ("indsats OR (skole -budget)", {R0, R1}, set()),
    # filters
    ("committee:BUU", {R0}, set()),
    ('udvalg:"Børne- og Ungdomsudvalget"', {K0, R0}, set()),
    ('committee:"børne- og ungdomsudvalg"', {K0, R0}, set()),
    ("committee:Børne*", {K0, R0}, set()),
    ("committee:socialudvalget", {K1}, set()),
    ("municipality:København", {K0, K1}, set()),
    ('kommune:"Københavns Kommune"', {K0, K1}, set()),
    ("kommune:fjordby", {R0, R1}, set()),
    ("kind:minutes", {R0, R1}, set()),
    ("kind:referat", {R0, R1}, set()),
    ("kind:proposal", {K0, K1}, set()),
    ("kind:email støtte", {M0, M1}, set()),
    ("from:fjordby.dk", {M0}, set()),
    ("fra:@kfo.example", {M1}, set()),
    ("from:Holm", {M0}, set()),
    ('to:"Åse Dam"', {M0}, set()),
    ('til:"Karen Marie"', {M1}, set()),
    ("from:kmh@fjordby.dk", {M0}, set()),
    ("number:ISU42", {K0}, set()),
    ('number:"isu 42"', {K0}, set()),
    ("number:ISU042", {K0}, set()),
    ("nummer:ISU-43", {K1}, set()),
    ("nummer:ISU04*", {K1}, set()),
    ("nummer:isu4*", {K0, K1}, set()),
    ("number:2020-0012345", {K1}, set()),
    ("reference:2020-0012345", {K1}, set()),
    ("title:støttekorps", {K0}, set()),
    ("titel:børn", {M0, M1}, set()),
    ("has:table", {K0}, set()),
    ("has:beløb", {K0, K1, M0, M1}, set()),
    ("has:attachment", {M0}, set()),
    ("has:problem", {R1}, set()),
    ("status:decided", {R0}, set()),
    ("status:vedtaget", {R0}, set()),
    ("role:saving", {K0, K1, M0, M1}, set()),
    ("amount:>=1mio", {K1, M1}, set()),
    ("amount:<0", {K0}, set()),
    ("amount:11mio", {M1}, set()),
    ("amount:2mio..3mio", {K1}, set()),
    ("amount:2.500.000", {K1}, set()),
    ("amount:500", set(), set()),
    ("beløb:..0", {K0}, set()),
    ("fte:<0", {K1}, set()),
    ("årsværk:-1,5", {K1}, set()),
    ("fte:-1..0", set(), set()),
    ("date:2020", {K0, K1}, set()),
    ("date:2020-01", {K0, K1}, set()),
    ("date:2020-02", set(), set()),
    ("date:2020-01-31..2021", {K0, K1, R0, R1}, set()),
    ('dato:"jan 2020"', {K0, K1}, set()),
    ("date:>2021", {M0, M1}, set()),
    ("date:<=2020", {K0, K1}, set()),
    ("date:05-03-2022", {M0}, set()),
    ("year:2026", {K0, K1}, set()),
    ("year:2023", {R1}, set()),
    ("år:2024..2025", {K0, R0}, set()),
    ("støtte amount:>1mio", {M1}, set()),
    ("støtte date:2022 amount:>1mio", {M1}, set()),
    ("budget pædagog kind:email", {M1}, set()),
    ("støtte OR committee:socialudvalget", {K0, M0, M1, K1}, set()),
    ("støtte -kind:email", {K0}, set()),
    ("date:2020..2023 -has:table -kind:email", {K1, R0, R1}, set()),
    ("year:2020..2030 OR has:problem OR kind:email", {K0, K1, R0, R1, M0, M1}, set()),
    # near, and slips of the pen
    ('"midler ekstra"~0', {R1}, set()),
    ('"midler ekstra"~1', {R1}, set()),
    ('"ekstra gadelamper"~2', {R1}, set()),
    ('"gadelamper ekstra"~2', {R1}, set()),
    ('"ekstra gadelamper"~1', set(), set()),
    ('"ekstra gadelamper skoler"~4', {R1}, set()),
    ('"ekstra gadelamper skoler"~3', {R1}, set()),
    ('"støtte børn"~1', {M0, M1}, set()),
    ('"støtte børn"~0', set(), set()),
    ("indsats~1", set(), set()),
    ("budgetet~1", {M1}, set()),
    ("gadelampr~1", {R1}, set()),
    ("gadelmaper~1", {R1}, set()),
    ("gadelmpr~2", {R1}, set()),
    ("korpset~1", set(), set()),
    ('-"ekstra midler"~1 skole', {M1}, set()),
    # one record, sizes without sign, lists
    ("amount:(>=1mio role:saving)", {K0, K1, M1}, set()),
    ("amount:(<0 year:2025)", {K0}, set()),
    ("amount:(>=1mio year:2025)", set(), set()),
    ("amount:(role:saving year:2025)", {K0}, set()),
    ("amount:(role:expense)", set(), set()),
    ("beløb:(<0 rolle:besparelse år:2025)", {K0}, set()),
    ("amount:(2mio..3mio)", {K1}, set()),
    ("amount:±1mio", {K0}, set()),
    ("amount:>=±1mio", {K0, K1, M1}, set()),
    ("fte:(<0 year:2026)", {K1}, set()),
    ("fte:(<0 year:2025)", set(), set()),
    ("årsværk:±1,5", {K1}, set()),
    ("committee:(BUU OR Socialudvalget)", {K1, R0}, set()),
    ("fte:>=±1", {K1}, set()),
    # more filters
    ("kind:email,minutes", {M0, M1, R0, R1}, set()),
    ("year:2024,2026", {K0, K1, R0}, set()),
    ("role:saving,expense", {K0, K1, M0, M1}, set()),
    ("status:decided,rejected", {R0}, set()),
    ("(committee:BUU OR kind:email)", {M0, M1, R0}, set()),
    ("NOT kind:email kind:proposal", {K0, K1}, set()),
    ("kind:email -from:fjordby.dk", {M1}, set()),
    ("titel:støtte", {M0, M1}, set()),
    ('title:"støtte til"', {M0, M1}, set()),
    ("title:støtte*", {K0, M0, M1}, set()),
    ("fra:karen*", {M0}, set()),
    ("til:kfo.example", {M0}, set()),
    ("kommune:Fjord*", {R0, R1}, set()),
    ("number:ISU*", {K0, K1}, set()),
    ("reference:2020*", {K1}, set()),
    ("has:fte", {K1}, set()),
    ("has:decision", {R0}, set()),
    ("har:tabel", {K0}, set()),
    ("has:date", {R1}, set()),
    ("has:committee", {R0}, set()),
    ("has:reference", {K1}, set()),
    ("date:2022-03-04..2022-03-05", {M0, M1}, set()),
    ("date:>=2022-03-05", {M0}, set()),
    ('date:"marts 2022"', {M0, M1}, set()),
    ("date:<2020", set(), set()),
    ("dato:31.1.2020", {K0, K1}, set()),
    ("year:>2025", {K0, K1}, set()),
    ("amount:1mio..", {K1, M1}, set()),
    ("amount:..-1", {K0}, set()),
    ("-støtte kind:email", set(), set()),
    # more words
    ("støtte OR indsats OR gadelamper", {K0, M0, M1, R0, R1}, set()),
    ("(støtte OR indsats) (børn OR ældre)", {M0, M1, R0}, {K0}),
    ("støtte NOT (korps OR budget)", {M0}, set()),
    ("indsats AND (ældre OR budget)", {R0}, set()),
    ('"forslag isu42"', {K0}, set()),
    ('"5-2"', {R0}, set()),
    ("5-2", {R0}, set()),
    ("kl.", {R1}, set()),
    ("11 mio", {M1}, set()),
    ("kmh@fjordby.dk", set(), set()),
    ('"kl 21.30"', {R1}, set()),
    ("støt* budget", {M1}, {K0, M0}),
    ("gade* OR norm*", {K1, R1}, set()),
    ('børn -"til børn"', set(), set()),
    ("skolebestyrelsen", {M1}, set()),
    ("besluttet", set(), set()),
    ("vedtagelse", set(), set()),
    ("Åse", {M0}, set()),
    ("aase", {M0}, set()),
    ("BUU's", {M0}, set()),
    ("kommuner", set(), set()),
    ("1,5 årsværk", {K1}, set()),
]


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Searcher]]:
    with in_each_engine(tmp_path_factory.mktemp("index")) as opened:
        yield opened


@pytest.fixture(params=ENGINES)
def searcher(request: pytest.FixtureRequest, searchers: dict[str, Searcher]) -> Searcher:
    return searchers[request.param]


@pytest.mark.parametrize(("query", "everything", "most"), CASES, ids=[query for query, _, _ in CASES])
def test_every_engine_finds_the_same_parts(
    searcher: Searcher, query: str, everything: set[str], most: set[str]
) -> None:
    results = searcher.search(query, limit=100)
    found = {match: {shown(hit) for hit in results.hits if hit.match == match} for match in ("all", "some")}

    assert found == {"all": everything, "some": most}
    assert (results.total_all, results.total) == (len(everything), len(everything) + len(most))
    assert [hit.rank for hit in results.hits] == list(range(1, results.total + 1))


def test_all_words_leaves_out_what_has_only_most(searcher: Searcher) -> None:
    assert [shown(hit) for hit in searcher.search("budget pædagog").hits] == [M1, K0]
    assert [shown(hit) for hit in searcher.search("budget pædagog", all_words=True).hits] == [M1]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("date", [K0, K1, R0, R1, M1, M0]),
        ("-date", [M0, M1, R0, R1, K0, K1]),
        ("-amount", [M1, K1, K0]),
        ("amount", [K0, K1, M1]),
        ("fte", [K1]),
    ],
)
def test_parts_are_sorted_and_those_without_a_value_come_last(searcher: Searcher, sort: str, first: list[str]) -> None:
    query = "kind:email OR kind:minutes OR kind:proposal"
    hits = searcher.search(query, sort=sort).hits  # type: ignore[arg-type]
    order = [shown(hit) for hit in hits]

    assert set(order) == EVERY
    assert order[: len(first)] == first


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("støttepædagogkorpset", K0, M1),
        ("korps", M1, K0),
        ("gadelamper ekstra", R1, None),
    ],
)
def test_the_word_itself_ranks_above_its_pieces_and_a_compound_with_it(
    searcher: Searcher, query: str, better: str, worse: str | None
) -> None:
    order = [shown(hit) for hit in searcher.search(query).hits]

    assert order[0] == better
    assert worse is None or worse in order[1:]


def test_facets_show_a_name_once_and_as_printed(searcher: Searcher) -> None:
    counts = searcher._reader.facets(Request(Everything()), ("kind", "municipality", "committee", "year", "from"), 10)

    assert counts == {
        "kind": [("budget-catalogue", 2), ("email", 2), ("minutes", 2)],
        "municipality": [("Fjordby Kommune", 2), ("Københavns Kommune", 2)],
        "committee": [(CHILDREN, 2), ("Socialudvalget", 1)],
        "year": [("2026", 2), ("2023", 1), ("2024", 1), ("2025", 1)],
        "from": [("aase.dam@kfo.example", 1), ("kmh@fjordby.dk", 1)],
    }
