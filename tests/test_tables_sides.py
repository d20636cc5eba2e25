"""Tables beside each other and overleaf, as proposals set them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

import pytest
from laid import Cell, Line, figures, laid, row, texts

RIGHT = 330.0
ENDS = (480.0, 520.0, 560.0)


OBJECTS = ("Kørsel", "Tøj", "Mad", "El", "Vand", "Varme", "Papir", "Bøger", "Møbler", "Biler", "Telefoner")


def beside(left: Sequence[Line], right: Sequence[Line], steps: tuple[float, float], lower: float = 0.0) -> list[Line]:
    """Two columns of lines, each with its own distance between them; the left one begins so much lower."""
    placed = [(lower + n * steps[0], line) for n, line in enumerate(left)]
    placed += [(n * steps[1], line) for n, line in enumerate(right)]
    placed.sort(key=lambda pair: pair[0])
    lines: list[Line] = []
    last = 0.0
    for y, line in placed:
        lines += [y - last, line, -14.0]
        last = y
    return lines


def other(label: str, *amounts: str, indent: float = 0) -> tuple[Cell, ...]:
    return row(label, *amounts, left=RIGHT + indent, ends=ENDS)


LEFT = [
    row("Drift"),
    row("Beløb i 1.000 kr.", "2025", "2026", ends=(230, 270)),
    row("Materialer", "-773", "-97", ends=(230, 270)),
    row("Løn", "7.076", "3.593", ends=(230, 270)),
    row("Inventar", "-985", "-80", ends=(230, 270)),
    row("Leje", "41", "52", ends=(230, 270)),
]
INDENTED = [
    other("Finansiering"),
    other("Hele kr.", "2024", "2025", "2026"),
    other("Vedligehold", "-632.000", "-5.600", "36.700"),
    *(other(f"heraf {name}", "2.321", "-19.094", "974", indent=20) for name in ("løn", "drift", "leje", "el")),
    other("Gevinst", "4", "5", "6"),
    other("I alt", "7", "8", "9"),
]


@pytest.mark.parametrize("steps", [(16.0, 12.4), (15.0, 13.0)])
def test_rows_at_other_heights_are_another_table(steps: tuple[float, float]) -> None:
    found = figures(laid(beside(LEFT, INDENTED, steps), size=9))
    assert found["Løn"] == {2025: "7076000", 2026: "3593000"}
    assert found["Vedligehold"] == {2024: "-632000", 2025: "-5600", 2026: "36700"}
    assert found["heraf el"] == {2024: "2321", 2025: "-19094", 2026: "974"}


def test_a_table_beside_a_drawn_one_is_read_too() -> None:
    """Its rows are told by their own lines, not by those of the drawn grid."""
    names = [
        ("mio. kr.", "2024", "2025"),
        ("Leje", "6", "7"),
        ("Ældreområdet",),
        ("Løn", "1", "2"),
        ("Drift", "3", "4"),
    ]
    left = [row(*each, ends=(230, 270)) for each in names]
    right = [other("Hele kr.", "2026", "2027"), *(other(name, "41", "52") for name in OBJECTS)]
    rules: list[tuple[float, float, float, float]] = [(RIGHT - 4, 14 * n - 11, 524, 14 * n - 11) for n in range(13)]
    rules += [(x, -11, x, 157) for x in (RIGHT - 4, 440, 484, 524)]
    lines = [(*a, *b) for a, b in zip_longest(left, right, fillvalue=())]
    document = laid(lines, rules=rules)
    found = figures(document)
    assert found["Løn"] == {2024: "1000000", 2025: "2000000"}
    assert found["Drift"] == {2024: "3000000", 2025: "4000000"}
    assert found["Mad"] == {2026: "41", 2027: "52"}


def test_the_name_of_a_group_may_be_the_first_line_overleaf() -> None:
    """Its name goes on on a second line; the row below it has another one in front of its name."""
    head = row("Konto", "2025", "2026")

    def numbered(number: str, name: str, *amounts: str) -> Line:
        return ((-60.0, number), *row(name, *amounts, left=110))

    first: list[Line] = [
        row("1.000 kr."),
        560.0,
        head,
        numbered("2.67", "Materialer", "1", "2"),
        numbered("2.68", "Løn", "3", "4"),
    ]
    group = [row("Økonomiske", left=110), row("konsekvenser", left=110)]
    document = laid(first, [*group, numbered("2.69", "Leje", "5", "6"), numbered("2.70", "Drift", "7", "8")])
    (table,) = document.tables
    assert [(line.label, line.group) for line in table.lines][2:] == [
        ("Leje", "Økonomiske konsekvenser"),
        ("Drift", "Økonomiske konsekvenser"),
    ]
    assert figures(document)["Leje"] == {2025: "5000", 2026: "6000"}


def test_a_table_goes_on_overleaf_with_the_end_of_a_name_above_the_break() -> None:
    wide = row("Kompetenceudvikling af medarbejdere", "5", "6")
    first: list[Line] = [
        row("1.000 kr."),
        620.0,
        row("", "2025", "2026"),
        wide,
        row("Udskiftning af belysning på Østre", "1", "2"),
    ]
    first += [row("Skole og det gamle Børnehuset"), row("Mariehønen")]
    found = figures(laid(first, [row("Leje", "3", "4"), row("Drift", "7", "8")]))
    assert found["Udskiftning af belysning på Østre Skole og det gamle Børnehuset Mariehønen"] == {
        2025: "1000",
        2026: "2000",
    }
    assert found["Leje"] == {2025: "3000", 2026: "4000"}


def test_a_unit_above_the_next_table_is_no_row_of_this_one() -> None:
    upper = [row("Beløb i mio. kr.", "2025", "2026"), row("Varme", "-72,6", "7,9"), row("I alt", "-72,6", "7,9")]
    lower = [
        row("Afledte konsekvenser"),
        row("1.000 kr."),
        row("", "2025", "2026"),
        row("Leje", "1", "2"),
        row("El", "3", "4"),
    ]
    document = laid([*upper, *lower])
    assert figures(document)["Leje"] == {2025: "1000", 2026: "2000"}
    assert figures(document)["Varme"] == {2025: "-72600000", 2026: "7900000"}
    assert len(texts(document)) == 3


def test_two_short_tables_whose_years_stand_at_uneven_heights() -> None:
    """Only few names of the right one begin in one place, and some of its rows stand level with the left one's."""
    left = [row("1.000 kr.", "2026", "2027", ends=(230, 270)), row("Området for Familie")]
    left += [row(name, "(16)", "(141)", left=66, ends=(230, 270)) for name in ("Licenser", "Konsulent", "Moms")]
    right = [other("1.000 kr.", "2026", "2027", "2028"), other("Anlæg")]
    right += [other(name, "124", "76", "0", indent=6) for name in ("Sagsbehandling", "Puljer", "Åbningstid")]
    found = figures(laid(beside(left, right, (15.4, 11.4), lower=6.0), size=9))
    assert found["Sagsbehandling"] == {2026: "124000", 2027: "76000", 2028: "0"}
    assert found["Licenser"] == {2026: "-16000", 2027: "-141000"}


@pytest.mark.parametrize("apart", [65, 80])
def test_a_heading_alone_at_the_foot_of_a_page_and_again_overleaf(apart: int) -> None:
    """The unit stands over the first one. The years may be so near each other that no gap parts them."""
    ends = tuple(float(280 + apart * n) for n in range(4))
    head = row("", *(f"Budget {year}" for year in range(2026, 2030)), ends=ends)
    rows = [row(name, "-49,1", "-25,5", "-71,5", "-1,2", ends=ends) for name in ("Rengøring", "Kørsel", "Leje")]
    found = figures(laid([row("Forslag om haller"), 600.0, row("Mio. kr."), head], [head, *rows]))
    assert found["Kørsel"] == {2026: "-49100000", 2027: "-25500000", 2028: "-71500000", 2029: "-1200000"}


def test_names_of_two_lines_between_a_code_and_a_committee_are_no_text_beside_the_table() -> None:
    """The figures stand beside the middle of each name, as the code in front of it does."""

    def proposal(code: str, upper: str, lower: str, *amounts: str) -> list[Line]:
        figures = row("SSU", *amounts, left=270, ends=ENDS)
        return [((-100.0, upper),), -8.0, ((-60.0, code), *figures), -8.0, ((-100.0, lower),), 1.0]

    head: Line = ((-60.0, "Nr."), (-100.0, "Emne"), *row("Udvalg", "2026", "2027", left=270, ends=ENDS))
    rows = proposal("D04", "Effektivisering af kørsel med elever", "til specialtilbud", "-929", "-929")
    rows += proposal("D05", "Reduceret græsklipning på grønne", "arealer", "-24", "-49")
    document = laid([row("Oversigt (1.000 kr.)"), head, *rows], size=8)
    assert figures(document) == {
        "Effektivisering af kørsel med elever til specialtilbud": {2026: "-929000", 2027: "-929000"},
        "Reduceret græsklipning på grønne arealer": {2026: "-24000", 2027: "-49000"},
    }
    assert texts(document)[1][:3] == ["D04", "Effektivisering af kørsel med elever til specialtilbud", "SSU"]


def test_the_name_of_a_group_between_the_same_rules_as_its_first_row() -> None:
    """Rows shaded in turn have no edge below such a name; its rows are indented, one of them of two lines."""
    lines: list[Line] = [row("1.000 kr.", "2026", "2027"), row("Beskæftigelse")]
    lines += [row(name, "1", "2", left=70) for name in ("Boligstøtte", "Ledighed", "Jobcentret", "Seniorjob")]
    lines += [row("Voksne med særlige behov"), row("Aktivitets- og samværstilbud,", left=70), -9.0]
    lines += [row("", "5", "6"), -9.0, row("§ 104", left=70), row("Ledsageordning", "3", "4", left=70)]
    heights = [4, 18, 32, 46, 60, 74, 107, 121]
    found = laid(lines, rules=[(58, y, 362, y) for y in heights], size=9)
    assert [(line.group, line.label) for line in found.tables[0].lines][-2:] == [
        ("Voksne med særlige behov", "Aktivitets- og samværstilbud, § 104"),
        ("Voksne med særlige behov", "Ledsageordning"),
    ]


def test_two_totals_alone_overleaf_go_on_with_a_table_of_numbered_names() -> None:
    """The names of groups begin where the numbers do: they are in the first column, and no number stands overleaf."""

    def numbered(number: str, name: str, *amounts: str) -> Line:
        return ((-60.0, number), *row(name, *amounts, left=100))

    first: list[Line] = [row("1.000 kr."), 560.0, ((-60.0, "Nr."), *row("Emne", "2026", "2027", left=100))]
    first += [
        row("Kulturudvalget"),
        numbered("D01", "Lavere temperatur", "-1", "-2"),
        numbered("D02", "Leje", "-3", "-4"),
    ]
    totals: list[Line] = [row("I alt", "-4", "-6", left=100), row("Forslag i alt", "-4", "-6", left=100)]
    document = laid(first, totals)
    assert [cell.text for cell in document.tables[0].cells[1]][:2] == ["Kulturudvalget", ""]
    assert document.tables[0].lines[0].group == "Kulturudvalget"
    assert figures(document)["I alt"] == figures(document)["Forslag i alt"] == {2026: "-4000", 2027: "-6000"}


def test_codes_stay_apart_from_a_total_below_their_groups_name() -> None:
    """The name of the group stands over both, and neither the total nor the name is on a line with a code."""

    def coded(code: str, name: str, *amounts: str) -> Line:
        return ((-60.0, code), *row(name, *amounts, left=115))

    names = [("00.22.06", "Sekretariat"), ("00.44.24", "Elevpuljen"), ("03.46.50", "Erhvervsservice")]
    rows = [coded(code, name, "1", "2") for code, name in names]
    heading: Line = ((-60.0, "Konto"), *row("Område", "2026", "2027", left=100))
    document = laid(
        [row("1.000 kr."), heading, row("Administration m.v."), *rows, row("I alt", "3", "6", left=100)], size=9
    )
    assert list(figures(document))[-4:] == ["Sekretariat", "Elevpuljen", "Erhvervsservice", "I alt"]


def test_a_unit_at_the_edge_of_the_page_is_that_of_a_narrower_table_with_nothing_beside_it() -> None:
    lines: list[Line] = [((-60.0, "Status:"), (-200.0, "Udkast")), 20.0, ((560.0, "1.000 kr., 2027-priser"),)]
    lines += [row("Område", "2026", "2027"), row("Renter", "44", "50"), row("Skatter", "7", "9")]
    lines += [90.0, row("Hele kr.", "2026", "2027"), row("Leje", "4.400", "5.000"), row("Salg", "700", "900")]
    found = figures(laid(lines))
    assert found["Renter"] == {2026: "44000", 2027: "50000"}
    assert found["Leje"] == {2026: "4400", 2027: "5000"}


def _grid(edges: Sequence[float], top: float, rows: int, step: float) -> list[tuple[float, float, float, float]]:
    """The rules of a grid whose first one is ``top`` points below the foot of the first line."""
    ys = [top + n * step for n in range(rows + 1)]
    return [(edges[0], y, edges[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in edges]


def test_a_drawn_table_beside_the_title_and_the_unit_of_another_takes_none_of_their_words() -> None:
    right = (-330.0, 440.0, 480.0)
    lines: list[Line] = [
        ((-60.0, "Forslagets virkning"), (right[0], "1.000 kr."), (440.0, "B 2025"), (480.0, "B 2026")),
        ((-60.0, "Hele 1.000 kr., løbende priser"), (right[0], "Netto"), (440.0, "464"), (480.0, "379")),
        ((140.0, "B 2025"), (190.0, "B 2026"), (right[0], "Udgift"), (440.0, "593"), (480.0, "643")),
        *(
            row(name, *amounts, ends=(140.0, 190.0))
            for name, *amounts in (("Drift", "28", "30"), ("Anlæg", "51", "52"))
        ),
    ]
    rules = [*_grid((55, 105, 145, 195), 18, len(lines) - 2, 14), *_grid((325, 400, 445, 485), -10, 3, 14)]
    found = figures(laid(lines, size=9, rules=rules))
    assert found["Netto"] == {2025: "464000", 2026: "379000"}
    assert found["Udgift"] == {2025: "593000", 2026: "643000"}
    assert found["Drift"] == {2025: "28000", 2026: "30000"}


@pytest.mark.parametrize("unit", ["1.000 kr.", "Beløb i mio. kr."])
def test_a_unit_beside_the_first_row_of_a_table_without_rules_is_no_part_of_its_name(unit: str) -> None:
    lines: list[Line] = [
        ((-60.0, "Forslagets virkning"), (-330.0, unit), (440.0, "B 2025"), (480.0, "B 2026")),
        ((-60.0, "Hele 1.000 kr., løbende priser"), (-330.0, "Netto"), (440.0, "464"), (480.0, "379")),
        ((-330.0, "Løn"), (440.0, "593"), (480.0, "643")),
        ((-330.0, "Leje"), (440.0, "9"), (480.0, "6")),
    ]
    document = laid(lines, size=9)
    assert not [name for name, values in figures(document).items() if "kr." in name and values]
    assert any("a unit stands beside its name" in problem.message for problem in document.problems)
