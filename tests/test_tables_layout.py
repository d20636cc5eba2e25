"""Lines become cells by how a page is laid out: figures that touch, labels that wrap, tables that go on or end."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from pipeline.extract import extract_bytes

YEARS = ("2025", "2026", "2027", "2028")
RIGHT = (300.0, 360.0, 420.0, 480.0)
Texts = Sequence[tuple[float, str]]


class Paper:
    """Pages of words at given places; ``figures`` end at :data:`RIGHT`."""

    def __init__(self, size: float = 10) -> None:
        self.buffer, self.size = io.BytesIO(), size
        self.canvas = Canvas(self.buffer, pagesize=(595, 842), invariant=1)

    def put(self, y: float, texts: Texts = (), figures: Sequence[str] = (), bold: bool = False) -> None:
        face = "Helvetica-Bold" if bold else "Helvetica"
        self.canvas.setFont(face, self.size)
        for x, text in texts:
            self.canvas.drawString(x, y, text)
        for right, text in zip(RIGHT, figures, strict=False):
            self.canvas.drawString(right - stringWidth(text, face, self.size), y, text)

    def row(self, y: float, label: str, figures: str, bold: bool = False) -> None:
        self.put(y, [(56, label)] if label else [], figures.split("|"), bold)

    def page(self) -> None:
        self.canvas.showPage()

    def read(self) -> Document:
        self.canvas.save()
        return extract_bytes(self.buffer.getvalue(), "forslag.pdf")


def labels(document: Document) -> list[str]:
    return [line.label for table in document.tables for line in table.lines]


def figures(document: Document, label: str) -> list[str]:
    found = [line for table in document.tables for line in table.lines if line.label == label]
    return [f"{value.value:f}" for line in found for value in line.values]


def begun(y: float = 780, *, years: Sequence[str] = YEARS) -> Paper:
    paper = Paper()
    paper.put(y, [(56, "1.000 kr.")], years)
    return paper


def test_bold_figures_that_all_but_touch_are_cut_at_their_signs_and_columns() -> None:
    paper = Paper()
    paper.put(780, [(56, "Hele kr.")], YEARS)
    for n, label in enumerate(("Kurser", "Varer", "Rengøring")):
        paper.row(760 - 20 * n, label, "-2 683 519|-3 462 344|-1 239 167|878 058")
    paper.canvas.setFont("Helvetica-Bold", 12.4)
    for right, text in zip(RIGHT, ("-8 050 557", "-10 387 032", "-3 717 501", "2 634 174"), strict=True):
        paper.canvas.drawString(right - stringWidth(text, "Helvetica-Bold", 12.4), 700, text)
    paper.canvas.drawString(56, 700, "I alt")
    assert figures(paper.read(), "I alt") == ["-8050557", "-10387032", "-3717501", "2634174"]


def test_two_figures_printed_as_one_word_are_cut_where_a_sign_begins_the_second() -> None:
    paper = begun()
    for n, label in enumerate(("Kurser", "Varer")):
        paper.row(760 - 20 * n, label, "-120|-240|-240|-240")
    paper.put(720, [(56, "I alt"), (300 - stringWidth("-240.000", "Helvetica", 10), "-240.000-480.000.000")])
    paper.put(720, [], ["", "", "-480", "-480"])
    assert figures(paper.read(), "I alt")[:2] == ["-240000000", "-480000000000"]


@pytest.mark.parametrize("at", ["first", "middle", "last"])
def test_a_label_that_goes_on_with_a_capital_after_a_preposition(at: str) -> None:
    paper = begun()
    for n, place in enumerate(("Nordby Skole", "Havnehallen", "Birkely")):
        top = 760 - 40 * n
        paper.row(top, "Tag på", "-1|-2|-3|-4" if at == "first" else "")
        paper.row(top - 6, "", "-1|-2|-3|-4" if at == "middle" else "")
        paper.row(top - 12, place, "-1|-2|-3|-4" if at == "last" else "")
    assert labels(paper.read()) == ["Tag på Nordby Skole", "Tag på Havnehallen", "Tag på Birkely"]


def test_cells_of_several_lines_centred_in_their_rows() -> None:
    paper = Paper(8)
    paper.put(780, [(56, "Nr."), (90, "Forslag"), (520, "Bemærkning")], YEARS)
    paper.put(795, [(56, "Beløb i 1.000 kr.")])
    for n, (number, lines) in enumerate(
        [("A1", ("Drift af", "ungdomsskolen og", "Musikskolen")), ("A2", ("Kurser", "til ledere", "og personale"))]
    ):
        top = 760 - 40 * n
        for k, text in enumerate(lines):
            paper.put(top - 9 * k, [(90, text)])
        paper.put(top - 9, [(56, number)], ["-10", "-20", "-20", "-20"])
        paper.put(top - 4.5, [(520, "Fra april")])
        paper.put(top - 13.5, [(520, "næste år")])
    cells = [[cell.text for cell in row] for row in paper.read().tables[0].cells]
    assert cells[1] == ["A1", "Drift af ungdomsskolen og Musikskolen", "-10", "-20", "-20", "-20", "Fra april næste år"]
    assert cells[2][:2] == ["A2", "Kurser til ledere og personale"]


def test_a_number_in_front_of_a_wrapped_label_whose_figures_are_on_its_last_line() -> None:
    paper = begun()
    for n, (first, rest) in enumerate([("Belægning på Åmosen", "Dagtilbud"), ("Rengøring på Egelund", "Plejehjem")]):
        paper.put(760 - 24 * n, [(56, str(n + 1)), (76, first)])
        paper.put(748 - 24 * n, [(76, rest)], ["-1", "-2", "-3", "-4"])
    for n, label in enumerate(("Varme på Nordby", "Varme på Birkely")):
        paper.put(712 - 12 * n, [(56, str(n + 3)), (76, label)], ["-1", "-2", "-3", "-4"])
    assert labels(paper.read()) == [
        "Belægning på Åmosen Dagtilbud", "Rengøring på Egelund Plejehjem", "Varme på Nordby", "Varme på Birkely",
    ]  # fmt: skip


def test_a_long_label_of_small_words_right_below_the_years() -> None:
    paper = begun()
    paper.row(766, "Bortfald af pulje til udvikling og forsøg i", "")
    paper.row(754, "folkeskolen", "-1|-2|-3|-4")
    paper.row(738, "Kurser", "-1|-2|-3|-4")
    assert labels(paper.read()) == ["Bortfald af pulje til udvikling og forsøg i folkeskolen", "Kurser"]


def test_a_label_that_ends_below_the_last_figures_of_a_page() -> None:
    paper = begun(116)
    paper.row(100, "Rengøring på Nordby Skole", "-1|-2|-3|-4")
    paper.row(84, "Rengøring på", "-1|-2|-3|-4")
    paper.row(72, "Havnehallen", "")
    paper.page()
    paper.row(780, "Kurser", "-1|-2|-3|-4")
    assert "Rengøring på Havnehallen" in labels(paper.read())


def test_a_label_that_begins_above_the_first_figures_of_a_page() -> None:
    paper = begun(116)
    paper.row(100, "Vinduer på Nordby Skole", "-1|-2|-3|-4")
    paper.page()
    paper.row(780, "Vinduer på Åmosen", "")
    paper.row(768, "Dagtilbud", "-5|-6|-7|-8")
    paper.row(756, "Vinduer på Birkely", "-1|-2|-3|-4")
    assert figures(paper.read(), "Vinduer på Åmosen Dagtilbud") == ["-5000", "-6000", "-7000", "-8000"]


def test_a_heading_alone_at_the_foot_of_a_page_goes_on_with_a_column_more() -> None:
    paper = Paper()
    paper.put(72, [(56, "1.000 kr.")], YEARS)
    paper.page()
    paper.put(780, [(56, "Kurser"), (510, "Se bilag")], ["-1", "-2", "-3", "-4"])
    paper.put(764, [(56, "Varer")], ["-1", "-2", "-3", "-4"])
    paper.put(748, [(56, "Rejser"), (510, "Se bilag")], ["-1", "-2", "-3", "-4"])
    assert figures(paper.read(), "Varer") == ["-1000", "-2000", "-3000", "-4000"]


def test_a_blank_row_does_not_part_a_table_on_its_second_page() -> None:
    paper = begun(96)
    paper.row(80, "Kurser", "-1|-2|-3|-4")
    paper.page()
    for y, label in ((780, "Varer"), (764, "Rejser"), (736, "Løn"), (720, "Leje")):
        paper.row(y, label, "-1|-2|-3|-4")
    document = paper.read()
    assert len(document.tables) == 1
    assert len(labels(document)) == 5


def test_a_heading_of_more_columns_begins_another_table() -> None:
    paper = begun(years=("", "", "2025", "2024"))
    for y, label in ((764, "Hensættelser primo"), (748, "Hensættelser ultimo")):
        paper.row(y, label, "||116|149")
    paper.put(716, [(56, "Ændringer i skat")], ("Primo", "Tilgang", "Afgang", "Ultimo"))
    for y, label in ((700, "Udlån mv."), (684, "Materielle aktiver")):
        paper.row(y, label, "24|34|-9|49")
    document = paper.read()
    first, second = document.tables
    assert [line.label for line in first.lines] == ["Hensættelser primo", "Hensættelser ultimo"]
    assert {value.year for line in second.lines for value in line.values} <= {None}


def test_a_unit_below_each_year_is_part_of_the_heading() -> None:
    paper = Paper()
    paper.put(780, [], YEARS)
    paper.put(768, [(56, "Projekt")], ["(1.000 kr.)"] * 4)
    paper.row(750, "Kurser", "-1|-2|-3|-4")
    paper.row(734, "Varer", "-1|-2|-3|-4")
    document = paper.read()
    assert [cell.text for cell in document.tables[0].cells[0]][1] == "2025 (1.000 kr.)"
    assert figures(document, "Kurser") == ["-1000", "-2000", "-3000", "-4000"]


def test_labels_beside_their_numbers_are_no_prose() -> None:
    paper = begun()
    rows = [("Vedligehold af haller og", "svømmebade"), ("Færre timer til kantinen på", "rådhuset")]
    for n, (first, rest) in enumerate(rows):
        paper.put(760 - 24 * n, [(56, str(n + 1)), (76, first)])
        paper.put(748 - 24 * n, [(76, rest)], ["-1", "-2", "-3", "-4"])
    assert labels(paper.read()) == [" ".join(row) for row in rows]


def test_a_group_close_to_its_first_row_is_no_part_of_the_label() -> None:
    paper = begun()
    y = 760.0
    for number in range(3):
        paper.put(y, [(56, f"Børne- og Skoleudvalg {'ABC'[number]}")], bold=True)
        for label in ("Folkeskoler", "Dagtilbud", "Sundhedspleje og tandpleje i hele kommunen"):
            y -= 11 if label == "Folkeskoler" else 13
            paper.put(y, [(64, label)], ("1", "2", "3", "4"))
        y -= 12
    found = paper.read()
    assert labels(found) == ["Folkeskoler", "Dagtilbud", "Sundhedspleje og tandpleje i hele kommunen"] * 3
    assert [line.group for line in found.tables[0].lines][::3] == [f"Børne- og Skoleudvalg {c}" for c in "ABC"]


def test_blanks_part_thousands_where_digits_that_begin_with_nought_say_so() -> None:
    paper = begun()
    rows = ("20 998|20 943|22 074|21 219", "72 068|73 953|74 883|74 630", "-2 250|-2 348|-2 296|-1 397")
    for n, label in enumerate(("Skoler", "Veje", "Bolig")):
        paper.put(760 - 14 * n, [(56, label)], [figure.split(" ")[1] for figure in rows[n].split("|")])
        for right, figure in zip(RIGHT, rows[n].split("|"), strict=True):
            group = figure.split(" ")[0]
            paper.canvas.drawString(right - 19.6 - stringWidth(group, "Helvetica", 10), 760 - 14 * n, group)
    found = paper.read()
    for n, label in enumerate(("Skoler", "Veje", "Bolig")):
        assert figures(found, label) == [figure.replace(" ", "") + "000" for figure in rows[n].split("|")]


def test_names_of_many_lengths_beside_their_numbers_are_one_column() -> None:
    paper = Paper()
    heads = ("Bevilling", "Forbrug", "Rest", "Afvigelse")
    paper.put(780, [(56, "Beløb i 1.000 kr.")])
    paper.put(760, [(140, "Projekt")], heads)
    names = ("Ny hal", "Byggemodning Skovbryn", "Cykelsti Landevej", "Tag på rådhus", "Ladestandere")
    for n, name in enumerate(names):
        paper.put(
            746 - 14 * n, [(56, f"031{n}7"), (103, name), (500, "Nej" if n % 2 else "Ja")], ("11", "12", "13", "14")
        )
    paper.put(670, [(103, "I alt")], ("55", "60", "65", "70"))
    found = paper.read()
    assert labels(found) == [*names, "I alt"]
    assert figures(found, "Ny hal") == ["11000", "12000", "13000", "14000"]


def test_a_group_below_the_widest_total_is_no_part_of_it() -> None:
    paper = begun()
    rows = [("Skoler", 13), ("Veje", 13), ("I alt Børne- og Skoleudvalget", 13), ("Social- og Ældreudvalget", 11)]
    y = 760.0
    for label, step in (*rows, ("Hjemmepleje", 13), ("I alt Social- og Ældreudvalg", 13)):
        paper.put(
            y,
            [(76 if " " not in label else 56, label)],
            () if label[0] == "S" and "-" in label else ("1", "2", "3", "4"),
        )
        y -= step - 1 if label == "I alt Børne- og Skoleudvalget" else step
    assert labels(paper.read()) == ["Skoler", "Veje", rows[2][0], "Hjemmepleje", "I alt Social- og Ældreudvalg"]


def touching(label: str, gap: float, printed: str) -> Document:
    """A table with a name that ends so many points before its first figure; a blank is 2.78 wide."""
    paper = begun()
    paper.row(765, "Løn", "-3 100 000|-1 000 000|200 000|300 000")
    paper.row(750, "Drift", "3 100 000|1 000 000|200 000|300 000")
    wide = stringWidth(label, "Helvetica", 10) + stringWidth(printed.split("|")[0], "Helvetica", 10)
    paper.put(735, [(RIGHT[0] - wide - gap, label)], printed.split("|"))
    return paper.read()


@pytest.mark.parametrize("gap", [2.78, 6.0])
@pytest.mark.parametrize("label", ["Ny bro ved hal", "Omlægning af tolkning, så den sker over telefon"])
def test_a_figure_as_close_to_its_name_as_a_word(label: str, gap: float) -> None:
    document = touching(label, gap, "-1 250 400|300 000||-2 200 100")
    assert labels(document) == ["Løn", "Drift", label]
    assert figures(document, label) == ["-1250400000", "300000000", "-2200100000"]
    assert not document.problems


def test_a_number_that_may_be_of_the_name_or_of_the_figure_is_refused() -> None:
    document = touching("Ny bro ved hal 2", 2.78, "250 400|300 000|1|2")
    assert figures(document, "Løn")
    assert not [value for line in document.tables[0].lines[2:] for value in line.values]
    assert [problem.code for problem in document.problems] == ["table-refused"]
    apart = touching("Ny bro ved hal 2", 5, "250 400|300 000|1|2")
    assert figures(apart, "Ny bro ved hal 2") == ["250400000", "300000000", "1000", "2000"]


def test_a_row_of_figures_with_a_remark_behind_has_no_name_of_its_own() -> None:
    """The figures stand at half the height between the two lines of their name."""
    paper = begun()
    paper.row(765, "Løn", "-300|-100|200|300")
    paper.put(748, [(56, "Omlægning af tolkning, så den")])
    paper.put(742, [(500, "Se bilag")], ["-2.924.901", "-6", "-7", "-8"])
    paper.put(736, [(56, "sker over telefon")])
    paper.row(719, "Leje", "300|100|200|300")
    found = figures(paper.read(), "Omlægning af tolkning, så den sker over telefon")
    assert found == ["-2924901000", "-6000", "-7000", "-8000"]


def tall(gap: float, second: Texts, figures: str) -> Document:
    """A table that goes on overleaf: a row there, and so many points below it two lines of a name beside figures."""
    paper = begun()
    for n in range(5):
        paper.row(760 - 30 * n, f"Forslag {n} om kørsel", "-300|-100|200|300")
    paper.page()
    paper.row(780, "Forslag om rengøring", "-400|-100|-250|300")
    y = 780 - gap
    paper.put(y + 6, second[:1])
    paper.put(y, (), figures.split("|"))
    paper.put(y - 6, second[1:])
    paper.row(y - 40, "Forslag om vedligehold", "-1|-2|-3|-4")
    return paper.read()


def test_a_row_in_a_tall_cell_overleaf_is_one_of_the_table() -> None:
    name: Texts = [(56, "Samling af administrationen på"), (56, "færre adresser")]
    document = tall(72, name, "-514|-514|-514|-20")
    assert len(document.tables) == 1
    assert labels(document)[-3:] == [
        "Forslag om rengøring",
        "Samling af administrationen på færre adresser",
        "Forslag om vedligehold",
    ]
    assert figures(document, "Samling af administrationen på færre adresser") == [
        "-514000",
        "-514000",
        "-514000",
        "-20000",
    ]
    assert document.problems == []


@pytest.mark.parametrize("second", [[(56, "Elever"), (56, "i alt")], [(56, "Antal pladser"), (56, "pr. skole")]])
def test_rows_far_below_with_a_name_of_their_own_are_none_of_the_table(second: Texts) -> None:
    document = tall(130, second, "14|15|16|17")
    assert labels(document)[-1] == "Forslag om rengøring"
