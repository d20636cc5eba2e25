"""Which table a unit is said of, where a document has several: a note below one is not that of the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from laid import Line, figures, laid, row

from corpus.model import Amount, Document
from corpus.problems import Code
from pipeline.extract import extract_bytes

PROSE = "Forvaltningen vurderer, at ændringen kan gennemføres uden at kvaliteten falder for borgerne."
YEARS = ("2026", "2027", "2028", "2029")


def table(name: str, *printed: str, corner: str = "Post") -> list[Line]:
    return [row(corner, *YEARS), row(name, *printed), row(f"{name} i alt", *printed)]


def page(*blocks: Sequence[Line]) -> Document:
    """Blocks of lines with room between them."""
    lines: list[Line] = []
    for block in blocks:
        lines += [*block, 22.0]
    return laid(lines)


def text(*lines: str) -> list[Line]:
    return [row(line) for line in lines]


UPPER = table("Husleje", "1,5", "2,5", "3,0", "4,5")
LOWER = table("Rengøring", "150", "250", "300", "450")
SMALL = {2026: "1500000", 2027: "2500000", 2028: "3000000", 2029: "4500000"}
LARGE = {2026: "150000", 2027: "250000", 2028: "300000", 2029: "450000"}


@pytest.mark.parametrize("said", ["Alle beløb er i mio. kr.", "Note: Alle tal er i mio. kr.", "Beløb i mio. kr."])
@pytest.mark.parametrize("unit", ["Beløbene er angivet i 1.000 kr.", "Tallene er i 1.000 kr., årets priser"])
def test_a_note_below_a_table_says_the_unit_of_that_one(said: str, unit: str) -> None:
    found = page([*UPPER, *text(said)], text("Forslag 2", PROSE), [*LOWER, *text(unit)])
    printed = figures(found)
    assert printed["Husleje"] == SMALL
    assert printed["Rengøring"] == LARGE
    assert found.problems == []


@pytest.mark.parametrize(
    "said",
    [
        "Anm.: Alle beløb er i 1.000 kr..",
        "Beløb er angivet i 1.000 kr.; minus er en besparelse.",
        "angivet i 1.000 kr.; minus er en besparelse.",
        "Salget er aftalt. Beløb er angivet i 1.000 kr.; negative tal er indtægter.",
    ],
)
def test_what_the_signs_mean_or_a_second_stop_may_follow_a_unit(said: str) -> None:
    found = page([*text(said), *LOWER])
    assert figures(found)["Rengøring"] == LARGE
    assert found.problems == []


def test_a_table_without_a_unit_does_not_get_the_one_that_is_said_below_another() -> None:
    below = [*UPPER, *text("Alle beløb er i mio. kr.")]
    own = table("Vikarer", "7", "8", "9", "10", corner="1.000 kr.")
    found = page(below, text("Forslag 2", PROSE), own, text("Forslag 3", PROSE), LOWER)
    printed = figures(found)
    assert printed["Husleje"] == SMALL
    assert printed["Vikarer"] == {2026: "7000", 2027: "8000", 2028: "9000", 2029: "10000"}
    assert printed["Rengøring"] == {}
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


@pytest.mark.parametrize(
    "said",
    [
        "Alle beløb er i 1.000 kr., medmindre andet er anført",
        "Alle beløb i kataloget er i 1.000 kr.",
        "Alle tal er i 1.000 kr., hvor ikke andet er anført",
    ],
)
def test_a_sentence_on_the_whole_document_holds_beside_tables_of_another_unit(said: str) -> None:
    own = table("Husleje", "1,5", "2,5", "3,0", "4,5", corner="Mio. kr.")
    bare = table("Udgift", "150", "250", "300", "450")
    found = page([*text(said), *own], text("Forslag 2", PROSE), bare)
    assert figures(found)["Udgift"] == LARGE


def test_a_sentence_on_all_amounts_holds_for_all_tables_where_no_other_unit_is_printed() -> None:
    found = page([*LOWER, *text("Alle beløb er i 1.000 kr.")], text("Forslag 2", PROSE), table("Indtægt", *"5678"))
    assert figures(found)["Indtægt"] == {2026: "5000", 2027: "6000", 2028: "7000", 2029: "8000"}


def test_a_sentence_on_all_amounts_right_over_a_table_is_not_said_of_those_before_it() -> None:
    first, last = table("Udgift", *"1234"), table("Indtægt", *"5678")
    found = page(
        first, text("Forslag 2"), [*text("Alle beløb er i 1.000 kr."), *last], text(PROSE), LOWER[:1] + first[1:]
    )
    (before, under, after) = ([v.value for line in t.lines for v in line.values] for t in found.tables)
    assert before == []
    assert under[0] == 5000
    assert after[0] == 1000
    assert [problem.code for problem in found.problems] == [Code.UNIT_UNKNOWN]


def test_a_unit_and_a_note_on_signs_below_a_gap_are_those_of_the_table_above() -> None:
    below: list[Line] = [10.0, *text("Beløbene er i mio. kr.", "(- = indtægt)"), 20.0, *text("Forslag 2")]
    printed = figures(laid([*UPPER, *below, *text("Økonomi i 1.000 kr."), *LOWER]))
    assert printed["Husleje"] == SMALL
    assert printed["Rengøring"] == LARGE


def test_a_unit_in_the_heading_of_one_table_is_not_that_of_the_one_above() -> None:
    """The only line on a unit stands over rows without years, which are no less a table."""
    ends = ("13,1", "12,6", "0,5")
    accounts = [row("Område", "Budget", "Regnskab", "Afvigelse"), row("Plejehjem", *ends), row("Skoler", *ends)]
    above = [row("Område", "Budget", "Regnskab", "Afvigelse"), row("Materialer", "2.100", "2.036", "64")]
    above.append(row("Inventar", "4.100", "4.036", "64"))
    found = page([*text("Regnskab 2025"), *above], text(PROSE), [*text("Beløb i mio. kr."), *accounts])
    values = {str(record.value) for record in found.records if isinstance(record, Amount)}
    assert values == {"13100000", "12600000", "500000"}
    assert Code.UNIT_UNKNOWN in [problem.code for problem in found.problems]


def test_units_in_the_headings_of_years_go_before_one_further_up_the_page() -> None:
    headings = row("Post", *(f"{year} (kr.)" for year in YEARS))
    own = [headings, row("Ny bus", "1037200", "2074400", "2074400", "2074400")]
    found = page([*UPPER, *text("Alle tal er i mio. kr.")], text("Forslag 2", PROSE), own)
    assert figures(found)["Ny bus"] == {2026: "1037200", 2027: "2074400", 2028: "2074400", 2029: "2074400"}
    assert figures(found)["Husleje"] == SMALL


def test_a_unit_below_a_gap_is_that_of_the_table_above_where_text_parts_it_from_the_next_one() -> None:
    between: list[Line] = [12.0, *text("Beløb i mio. kr."), 12.0, *text(PROSE, "Beløb i 1.000 kr."), 12.0]
    printed = figures(laid([*UPPER, *between, *LOWER]))
    assert printed["Husleje"] == SMALL
    assert printed["Rengøring"] == LARGE


def test_a_unit_on_the_second_line_of_a_heading_over_the_names_is_that_of_the_table() -> None:
    lines: list[Line] = [
        ((-60.0, "Nr."), (-90.0, "Titel"), *((end, "Budget") for end in (300.0, 360.0, 420.0))),
        ((-90.0, "millioner kr."), (300.0, "2026"), (360.0, "2027"), (420.0, "2028")),
        6.0,
        ((-60.0, "1"), (-90.0, "Fælles vagt"), (300.0, "-1,4"), (360.0, "-2,8"), (420.0, "-2,8")),
        ((-60.0, "2"), (-90.0, "Ny hal"), (300.0, "-0,4"), (360.0, "-0,8"), (420.0, "-0,9")),
        ((-90.0, "I alt"), (300.0, "-1,8"), (360.0, "-3,6"), (420.0, "-3,7")),
    ]
    found = laid(lines)
    assert figures(found)["Fælles vagt"] == {2026: "-1400000", 2027: "-2800000", 2028: "-2800000"}
    assert found.problems == []


@pytest.mark.parametrize("own", ["Alle beløb er i 1.000 kr.", "Beløb i 1.000 kr., 2026-pl", "1.000 kr."])
def test_a_unit_over_the_caption_of_a_table_is_its_own(own: str) -> None:
    """The one over the first caption is not that of the second table."""
    upper = [*text("Mio. kr.", "Tabel 1. Husleje"), *UPPER]
    found = page(upper, text(PROSE), [*text(own, "Tabel 2. Rengøring"), *LOWER])
    assert figures(found)["Husleje"] == SMALL
    assert figures(found)["Rengøring"] == LARGE
    other_way = page([*text(own, "Tabel 1. Rengøring"), *LOWER], text(PROSE), [*text("Mio. kr.", "Tabel 2"), *UPPER])
    assert figures(other_way)["Husleje"] == SMALL
    assert figures(other_way)["Rengøring"] == LARGE


@pytest.mark.parametrize(
    "sentence",
    [
        "Alle beløb i hæftet er i 1.000 kr., hvor ikke andet er anført.",
        "Medmindre andet er angivet, er alle beløb i 1.000 kr.",
        "I hele budgetmaterialet er beløbene angivet i 1.000 kr.",
        "Tabellerne er i 1.000 kr., hvor intet andet er nævnt.",
    ],
)
def test_a_unit_of_the_whole_booklet_is_that_of_all_that_speaks_of_money(sentence: str) -> None:
    said = text(sentence, PROSE)
    sides = [row("Område", "Udgifter", "Indtægter", "Netto"), row("Veje", "150", "-50", "100")]
    sides.append(row("Parker", "250", "-150", "100"))
    balance = [row("", "Ultimo 2026", "Ultimo 2027"), row("Grunde", "700", "800")]
    balance += [row("Aktiver i alt", "700", "800"), row("Egenkapital", "-300", "-350")]
    ages = [row("Aldersgruppe", "2026", "2027"), row("0-5 år", "1.756", "1.789"), row("6-16 år", "6.711", "7.106")]
    found = figures(page(said, text("Bevillinger"), sides, text("Balance"), balance, text("Befolkning"), ages))
    assert found["Veje"] == {"Udgifter": "150000", "Indtægter": "-50000", "Netto": "100000"}
    assert list(found["Aktiver i alt"].values()) == ["700000", "800000"]
    assert found["0-5 år"] == {}


def test_one_unit_over_the_titles_of_two_tables_side_by_side_is_of_both() -> None:
    def beside(left: tuple[str, ...], right: tuple[str, ...]) -> Line:
        cells = [(-60.0, left[0]), (200.0, left[1]), (250.0, left[2])]
        return (*cells, (-310.0, right[0]), (460.0, right[1]), (510.0, right[2]))

    lines: list[Line] = [((-60.0, "Beløb i t.kr."),), ((-60.0, "Aktiver"), (-310.0, "Passiver"))]
    lines += [beside(("", "2026", "2027"), ("", "2026", "2027")), beside(("Grunde", "1", "2"), ("Gæld", "-3", "-4"))]
    lines += [beside(("Haller", "5", "6"), ("Lån", "-7", "-8")), beside(("Alt", "6", "8"), ("Sum", "-10", "-12"))]
    lines = [tuple(cell for cell in line if cell[1]) for line in lines if not isinstance(line, float)]
    rules = [(58.0, 20.0, 252.0, 20.0), (308.0, 20.0, 512.0, 20.0)]
    found = figures(laid(lines, rules=rules))
    assert found["Grunde"] == {2026: "1000", 2027: "2000"}
    assert found["Gæld"] == {2026: "-3000", 2027: "-4000"}


def test_a_unit_at_the_right_end_of_a_caption_is_no_heading_of_the_last_column() -> None:
    rows = [((-60.0, "Tabel 3. Husleje"), (480.0, "Mio. kr.")), *UPPER]
    found = laid(rows)
    assert figures(found)["Husleje"] == SMALL
    assert found.tables[0].caption == "Tabel 3. Husleje"
    assert found.tables[0].columns[-1].label == "2029"


def test_a_unit_of_the_whole_catalogue_is_that_of_changes_that_are_summed() -> None:
    """So is its price level, though the sentence stands near; pupils are never taken away."""
    said = text("Alle beløb i kataloget er i 1.000 kr. (2026-pl), medmindre andet fremgår.", "Forslag 1", PROSE)
    vagt = [
        row("", *YEARS),
        row("Vagtordning", *["-200"] * 4),
        row("Kørsel", *["-20"] * 4),
        row("I alt", *["-220"] * 4),
    ]
    hold = [row("", *YEARS), row("Nordhuset", *["41"] * 4), row("Sydhuset", *["22"] * 4), row("I alt", *["63"] * 4)]
    found = page(said, vagt, text("Forslag 2", PROSE), hold)
    assert figures(page(said, vagt))["Kørsel"][2026] == "-20000"
    assert found.tables[0].price_level == 2026
    assert not any(line.values for line in found.tables[1].lines)


@pytest.mark.parametrize("mark", ["", "<p>Kilde: Økonomisystemet</p>"])
def test_a_unit_between_two_tables_of_html_is_that_of_the_caption_below_it(mark: str) -> None:
    def printed(*rows: tuple[str, ...]) -> str:
        return "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in rows)

    upper = printed(("", "2026", "2027"), ("Husleje", "1,5", "2,5"), ("I alt", "1,5", "2,5"))
    lower = printed(("", "2026", "2027"), ("Vask", "150", "250"), ("Sum", "150", "250"))
    body = f"<p>Mio. kr.</p><p>Tabel 1. Leje</p><table>{upper}</table>{mark}<p>Beløb i 1.000 kr.</p>"
    page = f'<meta charset="utf-8">{body}<p>Tabel 2. Drift</p><table>{lower}</table>'
    found = figures(extract_bytes(page.encode(), "bilag.html"))
    assert found["Husleje"] == {2026: "1500000", 2027: "2500000"}
    assert found["Vask"] == {2026: "150000", 2027: "250000"}
