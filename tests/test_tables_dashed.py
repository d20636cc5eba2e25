"""Names that go on with a dash on the next line, and groups of dash lines under a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from laid import Line, laid, row

from corpus.model import Amount, Document
from pipeline.extract import extract_bytes

Body = list[tuple[str, ...]]
NAME, REST = "Sundhedshus", "- projektering og 1. etape"
WHOLE = f"{NAME} {REST}"
SCHOOL, MUSEUM = ("Skole i Nordby", "2.200", "2.300"), ("Museum", "900", "800")
GOES_ON: Body = [(NAME,), (REST, "1.200", "1.300")]


def plain(body: Body, *heads: str) -> Document:
    lines = [
        f"{name:<34}" + "".join(f"{text:>12}" for text in figures) for name, *figures in [("Projekt", *heads), *body]
    ]
    return extract_bytes("\n".join(["Beløb i 1.000 kr.", "", *lines, ""]).encode(), "anlæg.txt")


def piped(body: Body, *heads: str) -> Document:
    padded = [[*cells, *[""] * (1 + len(heads) - len(cells))] for cells in [("Projekt", *heads), ("---",) * 3, *body]]
    return extract_bytes(
        "\n".join(["Beløb i 1.000 kr.", "", *("| " + " | ".join(cells) + " |" for cells in padded), ""]).encode(),
        "anlæg.md",
    )


def printed(body: Body, *heads: str) -> Document:
    lines: list[Line] = [
        row(*cells) if len(cells) > 1 else ((-60.0, cells[0]),) for cells in [("Projekt", *heads), *body]
    ]
    return laid([((-60.0, "Beløb i 1.000 kr."),), *lines])


def lines(document: Document) -> dict[str, tuple[str | None, list[str]]]:
    return {
        line.label: (line.group, [value.raw for value in line.values])
        for table in document.tables
        for line in table.lines
    }


@pytest.mark.parametrize("heads", [("2026", "2027"), ("Bevilling", "Forbrug")])
@pytest.mark.parametrize("of", [plain, piped, printed])
@pytest.mark.parametrize("body", [[*GOES_ON, SCHOOL, MUSEUM], [SCHOOL, *GOES_ON, MUSEUM], [SCHOOL, MUSEUM, *GOES_ON]])
def test_a_name_goes_on_with_a_dash(of: Callable[..., Document], body: Body, heads: tuple[str, str]) -> None:
    document = of(body, *heads)
    assert not document.problems
    assert lines(document) == {
        WHOLE: (None, ["1.200", "1.300"]),
        SCHOOL[0]: (None, ["2.200", "2.300"]),
        MUSEUM[0]: (None, ["900", "800"]),
    }
    amounts = [record for record in document.records if isinstance(record, Amount)]
    assert [amount.label for amount in amounts if amount.text == "1.200"] == [WHOLE]


@pytest.mark.parametrize("of", [plain, piped, printed])
def test_several_dash_lines_are_of_a_group(of: Callable[..., Document]) -> None:
    items: Body = [(NAME,), ("- projektering", "100", "200"), ("- opførelse", "300", "400")]
    found = lines(of([SCHOOL, *items], "2026", "2027"))
    assert found["- projektering"] == (NAME, ["100", "200"])
    assert found["- opførelse"] == (NAME, ["300", "400"])


def test_a_name_that_goes_on_is_not_in_the_group_of_dash_lines_above_it() -> None:
    items: Body = [("Børn",), ("- skoler", "100", "200"), ("- dagtilbud", "300", "400")]
    found = lines(piped([*items, *GOES_ON], "2026", "2027"))
    assert found["- dagtilbud"] == ("Børn", ["300", "400"])
    assert found[WHOLE] == (None, ["1.200", "1.300"])


def test_the_same_dash_line_under_two_names_is_of_groups() -> None:
    body: Body = [("Kultur",), ("- lokaler", "100", "200"), ("Fritid",), ("- lokaler", "300", "400")]
    labels = [(line.label, line.group) for line in piped(body, "2026", "2027").tables[0].lines]
    assert labels == [("- lokaler", "Kultur"), ("- lokaler", "Fritid")]


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Anlæg", "- veje og stier"),
        ("Kultur:", "- veje og stier"),
        (NAME, "- indtægter"),
        (NAME, "- heraf projektering"),
        (NAME, "- Projektering"),
    ],
)
def test_what_heads_or_stands_by_itself_stays_apart(name: str, rest: str) -> None:
    found = lines(piped([(name,), (rest, "1.200", "1.300"), SCHOOL], "2026", "2027"))
    assert found[rest][1] == ["1.200", "1.300"]


def test_a_name_that_is_summed_is_a_group() -> None:
    body: Body = [*GOES_ON, SCHOOL, (f"{NAME} i alt", "3.400", "3.600")]
    assert lines(piped(body, "2026", "2027"))[REST] == (NAME, ["1.200", "1.300"])


def test_a_dash_below_a_row_with_figures_is_a_row() -> None:
    assert lines(piped([(NAME, "5", "6"), (REST, "1.200", "1.300")], "2026", "2027"))[REST][1] == ["1.200", "1.300"]
