"""Sums over budget lines: nothing is added to what contains it, to a copy of itself, or to what is of another kind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from figures import paper, proposal, summed, table, values
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from corpus.model import Check
from corpus.store.entries import PartOutline
from pipeline.figures.model import Level, Reason, Stage
from pipeline.figures.papers import committee_in
from pipeline.figures.printed import notes, sum_table
from pipeline.figures.request import MixedError
from pipeline.figures.stages import stage_of_heading, stage_of_place, stage_of_title
from pipeline.figures.structure import levels
from pipeline.figures.sums import Budget

BASIC = (("Besparelse", (-300, -600)), ("Investering", (50, None)), ("Samlet ændring (netto)", (-250, -600)))


def left_out(found: Budget) -> set[tuple[str, Reason | None]]:
    return {(figure.label, figure.left_out) for figure in found.left_out}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(BASIC, "part part sum", id="net"),
        pytest.param(
            [
                *[("Skoler", (10, 20)), ("Klubber", (5, 7)), ("I alt", (15, 27))],
                *[("Veje", (3, 4)), ("Parker", (1, 1)), ("I alt", (4, 5)), ("Samlet i alt", (19, 32))],
            ],
            "part part inner part part inner sum",
            id="subtotals",
        ),
        pytest.param(
            [
                ("Driftsudgifter", (61240, 61900)),
                ("Skatter", (-89240, -89315)),
                ("Resultat af drift", (-28000, -27415)),
            ],
            "part part sum",
            id="no word marks it",
        ),
        pytest.param(
            [("Dagtilbud", (15200, 16100)), ("Vuggestuer", (9100, 9350)), ("Børnehaver", (6100, 6750))],
            "sum part part",
            id="over its parts",
        ),
        pytest.param(
            [("Lærere", (100, 200)), ("Pædagoger", (50, 100)), ("Sosu", (150, 300))],
            "free free free",
            id="round figures that add up in one proportion prove nothing",
        ),
        pytest.param([("Drift", (10, 20)), ("heraf løn", (8, 9)), ("I alt", (10, 20))], "part within sum", id="heraf"),
        pytest.param([("Besparelse", (-5, -5)), ("Ændring i årsværk", (-1, -1))], "whole whole", id="units apart"),
        pytest.param([("I alt", (5, 5)), ("Noget andet", (7, 8))], "bare free", id="a sum without its rows"),
    ],
)
def test_rows_are_told_from_the_sums_of_them(rows: Sequence[tuple[str, Sequence[int | None]]], expected: str) -> None:
    assert " ".join(levels(table(*rows))) == expected


figure = st.integers(-9000, 9000)
group = st.lists(st.tuples(figure, figure), min_size=2, max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(group, min_size=1, max_size=4))
def test_the_rows_and_the_sums_of_a_table_come_to_the_same(groups: list[list[tuple[int, int]]]) -> None:
    rows: list[tuple[str, tuple[int, int]]] = []
    for number, members in enumerate(groups):
        rows += [(f"Post {number}.{n}", values) for n, values in enumerate(members)]
        rows.append(("I alt", (sum(a for a, _ in members), sum(b for _, b in members))))
    every = [values for members in groups for values in members]
    rows.append(("Samlet i alt", (sum(a for a, _ in every), sum(b for _, b in every))))
    made = paper(table(*rows))
    truth = {2026: sum(a for a, _ in every) * 1000, 2027: sum(b for _, b in every) * 1000}
    assert values(summed(made, side="gross")) == truth
    assert values(summed(made, side="net")) == truth


def test_net_and_gross_are_not_added() -> None:
    with pytest.raises(MixedError) as refused:
        summed(paper(table(*BASIC)))
    assert [mix.option for mix in refused.value.mixes] == ["side"]
    assert values(summed(paper(table(*BASIC)), side="net")) == {2026: -250_000, 2027: -600_000}
    assert values(summed(paper(table(*BASIC)), roles=frozenset({"saving"}))) == {2026: -300_000, 2027: -600_000}
    by_role = summed(paper(table(*BASIC)), by=("role",))
    assert {(each.key, each.year) for each in by_role.sums if each.side == "net"} == {
        (("net",), 2026),
        (("net",), 2027),
    }


def test_price_levels_stages_and_units_are_not_added() -> None:
    row = ("Besparelse", (-100, -100))
    old = paper(table(row, price_level=2025), name="a", parts=[proposal(number="BSU01", title="Fælles indkøb")])
    new = paper(table(row, ("Ændring i årsværk", (-1, -1))), name="b")
    spent = paper(table(row, ("Nuværende budget", (900, 900))), name="c", parts=[proposal(title="Færre ture")])
    with pytest.raises(MixedError) as refused:
        summed(old, new, spent, unit=None)
    told = {mix.option: dict(mix.counts) for mix in refused.value.mixes}
    assert told["price-level"] == {"2026": 6, "2025": 2}
    assert told["unit"] == {"DKK": 8, "fte": 2}
    assert told["stage"] == {"proposal": 8, "budget": 2}
    assert refused.value.example == {"unit": "DKK", "stage": "proposal", "price-level": "2026"}
    posts = paper(table(("Stillinger", (-1, -1)), unit="position"), name="d", parts=[proposal(number="BSU09")])
    staff = summed(new, posts, unit="fte")
    assert values(staff) == {2026: -1, 2027: -1}
    assert staff.other_units == {"DKK": 2, "position": 2}
    apart = summed(old, new, spent, by=("price-level", "stage"))
    assert {(*each.key, each.year, each.value) for each in apart.sums} >= {
        (2025, "proposal", 2026, Decimal(-100_000)),
        (2026, "proposal", 2027, Decimal(-200_000)),
        (2026, "budget", 2026, Decimal(900_000)),
    }


def test_figures_without_a_unit_or_with_a_failed_sum_are_left_out_and_told() -> None:
    wrong = Check(
        rule="net", expected=Decimal(0), found=Decimal(1), ok=False, tolerance=Decimal(0), year=2027, unit="DKK"
    )
    made = paper(table(*BASIC, checks=[wrong]), table(("Tilskud", (5, 5)), unit=None))
    found = summed(made, side="net")
    assert values(found) == {2026: -250_000}
    assert left_out(found) >= {("Tilskud", Reason.UNIT), ("Samlet ændring (netto)", Reason.UNCHECKED)}
    assert values(summed(made, side="net", include_unchecked=True)) == {2026: -250_000, 2027: -600_000}


def test_several_columns_of_one_year_are_not_added() -> None:
    made = table(("Skoler", (10, 20)))
    doubled = [value for value in made.lines[0].values if value.year == 2026]
    columns = [replace(doubled[0], column=name) for name in ("Udgift", "Netto")]
    lines = [replace(made.lines[0], values=columns)]
    of_two = paper(replace(made, lines=lines))
    assert left_out(summed(of_two)) == {("Skoler", Reason.COLUMNS)}
    assert values(summed(of_two, columns=frozenset({"netto"}))) == {2026: 10_000}
    assert summed(of_two, columns=frozenset({"brutto"})).columns == ["Udgift", "Netto"]
    assert '("Udgift", "Netto")' in " ".join(notes(summed(of_two)))


def test_a_copy_is_counted_once() -> None:
    again = paper(table(*BASIC), name="kopi", title="Bilag")
    found = summed(paper(table(*BASIC)), again, side="net")
    assert values(found) == {2026: -250_000, 2027: -600_000}
    assert {(figure.path, figure.left_out, figure.told) for figure in found.left_out} == {
        ("kopi.pdf", Reason.COPY, "forslag.pdf")
    }


def test_of_versions_the_newest_is_counted_and_none_without_dates() -> None:
    cut = (("Besparelse", (-200, -400)), ("Samlet ændring (netto)", (-200, -400)))
    first, second = paper(table(*BASIC), date="2025-08-01"), paper(table(*cut), name="ny", date="2025-09-15")
    assert values(summed(first, second, side="net")) == {2026: -200_000, 2027: -400_000}
    undated = summed(paper(table(*BASIC)), second, side="net")
    assert undated.sums == []
    assert {figure.left_out for figure in undated.left_out} == {Reason.VERSIONS}
    apart = summed(paper(table(*BASIC)), second, side="net", by=("document",))
    assert [(each.year, int(each.value)) for each in apart.sums] == [
        *[(2026, -250_000), (2027, -600_000)],
        *[(2026, -200_000), (2027, -400_000)],
    ]
    dated = summed(first, second, side="net", by=("document",))
    assert [each.value for each in dated.sums] == [-200_000, -400_000]


def test_a_title_that_was_touched_up_is_a_version_under_the_same_number() -> None:
    cut = (("Besparelse", (-200, -400)), ("Samlet ændring (netto)", (-200, -400)))
    first = paper(table(*BASIC), date="2025-08-01")
    second = paper(table(*cut), name="ny", date="2025-09-15", parts=[proposal(title="Senere åbning i alle klubberne")])
    assert values(summed(first, second, side="net")) == {2026: -200_000, 2027: -400_000}
    renamed = paper(table(*cut), name="ny", date="2025-09-15", parts=[proposal(title="Færre biler i hjemmeplejen")])
    assert values(summed(first, renamed, side="net")) == {2026: -450_000, 2027: -1_000_000}


def test_forms_under_one_general_title_are_several_proposals() -> None:
    other = (("Besparelse", (-1, -2)), ("Samlet ændring (netto)", (-1, -2)))
    parts = [proposal(title="Besparelsesforslag 2026", number=None)]
    apart = [paper(table(*rows), name=name, parts=parts) for name, rows in (("a", BASIC), ("b", other))]
    assert values(summed(*apart, side="net")) == {2026: -251_000, 2027: -602_000}
    pages = [proposal(n, number=None, title="Grønne områder og parker") for n in range(2)]
    one = paper(table(*BASIC), table(*other, part=1), parts=pages)
    assert values(summed(one, side="net")) == {2026: -251_000, 2027: -602_000}


def test_rates_are_not_added() -> None:
    made = paper(table(("Drift", (300, 600)), ("Tilskud pr. barn", (3, 4)), ("I alt", (300, 600))))
    found = summed(made, side="gross")
    assert values(found) == {2026: 300_000, 2027: 600_000}
    assert left_out(found) == {("Tilskud pr. barn", Reason.RATE)}


def test_proposals_that_are_named_otherwise_are_no_copies() -> None:
    other = paper(table(*BASIC), name="b", parts=[proposal(number="BSU08", title="Senere åbning i klubberne")])
    elsewhere = paper(table(*BASIC), name="c", municipality="Lyngsø")
    assert values(summed(paper(table(*BASIC)), other, elsewhere, side="net")) == {2026: -750_000, 2027: -1_800_000}


def test_committees_of_two_municipalities_are_two() -> None:
    found = summed(
        paper(table(*BASIC)), paper(table(*BASIC), name="c", municipality="Lyngsø"), side="net", by=("committee",)
    )
    assert found.by == ["municipality", "committee"]
    assert {each.key[0] for each in found.sums} == {"Fjordby", "Lyngsø"}
    assert not any("added together" in note for note in notes(found))


def test_that_figures_of_two_municipalities_are_added_is_told() -> None:
    found = summed(paper(table(*BASIC)), paper(table(*BASIC), name="c", municipality="Lyngsø"), side="net")

    assert any("2 municipalities (Fjordby, Lyngsø) are added together" in note for note in notes(found))


def test_a_summary_is_not_added_to_the_proposals_that_it_lists() -> None:
    parts = [
        PartOutline(index=0, kind="body", title="Oversigt"),
        proposal(1, "BSU01", "Senere åbning i klubberne"),
        proposal(2, "BSU02", "Fælles indkøb af møbler"),
    ]
    overview = table(
        ("BSU01 Senere åbning i klubberne", (-100, -200)),
        ("BSU02 Fælles indkøb af møbler", (-50, -70)),
        ("I alt", (-150, -270)),
    )
    own = [table(("Besparelse", (-100, -200)), part=1), table(("Besparelse", (-50, -70)), part=2)]
    catalogue = paper(overview, *own, kind="budget-catalogue", parts=parts)
    for side in ("net", "gross"):
        found = summed(catalogue, side=side, stages=frozenset({"proposal", "unknown"}), by=("stage",))
        assert {each.year: each.value for each in found.sums} == {2026: -150_000, 2027: -270_000}


def test_rows_whose_sum_is_left_out_are_told() -> None:
    titles = ["Senere åbning i klubberne", "Fælles indkøb af møbler"]
    parts = [PartOutline(index=0, kind="body", title="Oversigt")]
    parts += [proposal(at, f"BSU0{at}", title) for at, title in enumerate(titles, 1)]
    rows = [(f"BSU0{at} {title}", (-100, -200)) for at, title in enumerate(titles, 1)]
    overview = table(*rows, ("Mindre indkøb", (-50, -70)), ("I alt", (-250, -470)))
    own = [table(("Besparelse", (-100, -200)), part=at) for at in (1, 2)]
    catalogue = paper(overview, *own, kind="budget-catalogue", parts=parts)
    found = summed(catalogue, side="net", by=("stage",))
    assert left_out(found) >= {("Mindre indkøb", Reason.NO_SUM), ("I alt", Reason.LISTED)}
    assert values(found) == {2026: -200_000, 2027: -400_000}
    rows_taken = summed(catalogue, side="gross", by=("stage",))
    assert sum(each.value for each in rows_taken.sums) == -720_000


def test_a_table_pasted_into_a_mail_is_counted_once() -> None:
    mail = paper(
        table(*BASIC),
        name="mail",
        kind="email",
        parts=[PartOutline(index=0, kind="message", title="SV: forslag", fingerprint="ab")],
    )
    found = summed(mail, paper(table(*BASIC)), side="net", by=("stage",))
    assert {(each.key, each.value) for each in found.sums if each.year == 2026} == {
        (("unknown",), Decimal(-250_000)),
        (("proposal",), Decimal(-250_000)),
    }, "a mail's table has no stage of its own and is not taken for a proposal's"
    quoted = paper(table(*BASIC), name="anden", kind="email", parts=mail.outline.parts)
    assert values(summed(mail, quoted, side="net")) == {2026: -250_000, 2027: -600_000}


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("Oprindeligt budget", Stage.ADOPTED),
        ("Korrigeret budget", Stage.REVISED),
        ("Forventet regnskab", Stage.EXPECTED),
        ("Regnskab 2024", Stage.ACCOUNTS),
        ("R2024", Stage.ACCOUNTS),
        ("Afvigelse", Stage.DIFFERENCE),
        ("Vedtaget forslag", Stage.UNKNOWN),
        ("B 2026", None),
        ("2026", None),
    ],
)
def test_a_heading_tells_the_stage(heading: str, stage: Stage | None) -> None:
    assert stage_of_heading(heading) is stage


def test_the_stage_of_a_place_is_told_or_unknown() -> None:
    def stage(title: str, year: int = 2026, verbs: frozenset[str] = frozenset(), kind: str = "other") -> Stage:
        return stage_of_place(
            kind=kind, part_kind="body", lists_proposals=False, titles=[title], decided=verbs, year=year
        )

    assert stage("Budgetaftale 2026") is Stage.ADOPTED
    assert stage("Årsregnskab 2026") is Stage.ACCOUNTS
    assert stage("Årsregnskab 2024") is Stage.UNKNOWN, "the accounts of a year say nothing of later ones"
    assert stage("Notat om skoler") is Stage.UNKNOWN
    assert stage("Budget 2026", verbs=frozenset({"vedtage"}), kind="minutes") is Stage.ADOPTED
    assert stage("Budget 2026", verbs=frozenset({"udsætte"}), kind="minutes") is Stage.UNKNOWN
    assert stage_of_title("Budgetforslag og budgetaftale") is Stage.UNKNOWN


def test_a_row_tells_its_committee_only_by_its_whole_name() -> None:
    assert committee_in("Teknik- og Miljøudvalget, herunder vintertjeneste") == "Teknik- og Miljøudvalget"
    assert committee_in("Tilskud til Kultur- og Fritidsudvalget") is None


def test_a_part_that_no_sum_holds_is_told_where_the_sums_are_asked_for() -> None:
    made = table(*BASIC, ("Efter aftale", (7, 9)))
    assert levels(made)[-1] is Level.FREE
    found = summed(paper(made), side="net")
    assert values(found) == {2026: -250_000, 2027: -600_000}
    assert left_out(found) == {("Efter aftale", Reason.NO_SUM)}


def test_tables_that_print_savings_with_other_signs_are_not_added() -> None:
    gains = paper(
        table(("Besparelse", (300, 600))), name="b", parts=[proposal(number="BSU08", title="Fælles indkøb af møbler")]
    )
    with pytest.raises(MixedError) as refused:
        summed(paper(table(*BASIC)), gains, roles=frozenset({"saving"}))
    assert [(mix.option, dict(mix.counts)) for mix in refused.value.mixes] == [("signs", {"minus": 2, "plus": 2})]
    found = summed(paper(table(*BASIC)), gains, roles=frozenset({"saving"}), signs="minus")
    assert values(found) == {2026: -300_000, 2027: -600_000}


def test_a_saving_and_an_investment_that_both_stand_without_a_minus_are_not_added() -> None:
    rows = [("Besparelse", (350, 700)), ("Investering", (2100, None)), ("Antal årsværk", (-1, -1))]
    both = paper(table(*rows), name="b", parts=[proposal(number="TMU07", title="Slukket gadelys om natten")])
    with pytest.raises(MixedError) as refused:
        summed(both, side="gross")
    assert [(mix.option, dict(mix.counts)) for mix in refused.value.mixes] == [("signs", {"plus": 2, "minus": 1})]
    with pytest.raises(MixedError):
        summed(paper(table(*BASIC)), both, side="gross")
    assert values(summed(both, side="gross", signs="plus")) == {2026: 350_000, 2027: 700_000}
    assert values(summed(paper(table(*BASIC)), both, side="gross", signs="minus")) == {2026: 1_850_000, 2027: -600_000}
    holds = Check(rule="total", expected=Decimal(0), found=Decimal(0), ok=True, tolerance=Decimal(0), unit="DKK")
    added = table(*rows, ("I alt", (2450, 700)), checks=[holds])
    assert values(summed(paper(added), side="gross")) == {2026: 2_450_000, 2027: 700_000}


def test_what_sums_are_kept_apart_by_is_one_column() -> None:
    own = [proposal(number="BSU09", title="Leje af haller")]
    accounts = paper(table(("Regnskab", (5, 6)), price_level=None), name="c", parts=own)
    found = summed(paper(table(*BASIC)), accounts, by=("stage", "price-level"), side="gross")
    heading, printed = sum_table(found, 100, None)
    assert printed.splitlines()[0].split() == ["stage", "price", "level", "side", "2026", "2027"]
    assert heading.strip() == "kr."


@pytest.mark.parametrize("side", ["net", "gross"])
@pytest.mark.parametrize("of", ["a row", "the sum"])
def test_a_table_that_takes_a_figure_apart_is_not_added_to_it(side: str, of: str) -> None:
    whole = {"a row": (-300, -600), "the sum": (-250, -600)}[of]
    rest = tuple(figure + 100 for figure in whole)
    detail = table(
        ("Løn", (-60, -70)), ("Drift", tuple(figure - 30 for figure in (rest[0] - 10, rest[1]))), ("I alt", whole)
    )
    assert levels(detail)[-1] is Level.SUM
    found = summed(paper(table(*BASIC), detail), side=side)
    assert values(found) == {2026: -250_000, 2027: -600_000}
    assert {figure.left_out for figure in found.left_out} == {Reason.DETAIL}


def test_a_table_of_its_own_in_the_same_proposal_is_added() -> None:
    works = table(("Byggeri", (40, 50)), ("Inventar", (5, 6)), ("I alt", (45, 56)))
    assert values(summed(paper(table(*BASIC), works), side="net")) == {2026: -205_000, 2027: -544_000}


@pytest.mark.parametrize("printed", [True, False])
@pytest.mark.parametrize("side", ["net", "gross"])
def test_two_tables_that_take_one_sum_apart_are_added_once(side: str, printed: bool) -> None:
    """Also where each figure of the sum is round, or only one of the two prints it."""
    areas = table(
        ("Skoler", (1500, 1600)), ("Dagtilbud", (2000, 2100)), *([("I alt", (3500, 3700))] if printed else [])
    )
    kinds = table(("Løn", (1400, 1500)), ("Drift", (2100, 2200)), ("I alt", (3500, 3700)))
    found = summed(paper(areas, kinds, parts=[PartOutline(index=0, kind="body")]), side=side)
    assert values(found) == {2026: 3_500_000, 2027: 3_700_000}
    assert {figure.left_out for figure in found.left_out} <= {Reason.DETAIL, Reason.REPEATED}


def test_a_specification_is_known_though_its_sum_is_not_asked_for() -> None:
    detail = table(("Besparelse på løn", (-100, -400)), ("Besparelse på drift", (-200, -200)), ("I alt", (-300, -600)))
    found = summed(paper(table(*BASIC), detail), roles=frozenset({"saving"}))
    assert values(found) == {2026: -300_000, 2027: -600_000}
