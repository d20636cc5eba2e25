"""What stands over the headings of accounts: running text, groups of columns, and first lines of long headings."""

from __future__ import annotations

from laid import Line, laid, texts

ENDS = (260.0, 310.0, 360.0, 410.0, 460.0, 510.0)
NAMES = ("Terminer", "Swaps", "Optioner", "I alt")
FIGURES = (
    "1.210 320 415 1.945 905 1.040",
    "980 110 25 1.115 640 475",
    "340 75 60 475 300 175",
    "2.530 505 500 3.535 1.845 1.690",
)


def rows(names: tuple[str, ...] = NAMES) -> list[Line]:
    return [((-60.0, n), *zip(ENDS, f.split(), strict=True)) for n, f in zip(names, FIGURES, strict=True)]


HEADED = ("Kort", "Mellem", "Lang", "Aktiver", "Passiver", "Netto")
HEADS: Line = tuple(zip(ENDS, HEADED, strict=True))


def test_running_text_between_a_title_and_the_headings_is_in_no_table() -> None:
    text: list[Line] = [
        ((-40.0, "4"), (-60.0, "Indtægter efter steder")),
        ((-60.0, "Der kom 4.386 t.kr. (2030: 4.512 t.kr.) ind i leje af haller og bade, og heraf er de"),),
        ((-60.0, "3.094 t.kr. (2030: 3.141 t.kr.) fra Fjordby og 1.292 t.kr. (2030: 1.371 t.kr.) fra andre byer."),),
        ((-40.0, "5"), (-60.0, "Instrumenter")),
    ]
    document = laid([((-60.0, "Beløb i 1.000 kr."),), 30.0, *text, HEADS, *rows()])
    assert texts(document)[:2] == [["5", "Instrumenter", *HEADED], ["", "Terminer", *FIGURES[0].split()]]


def test_a_heading_in_the_middle_of_three_columns_is_over_all_of_them() -> None:
    ends = (241.3, 283.3, 325.3, 367.3, 409.3, 451.3, 493.3, 538.3)
    last = ("mdr.", "med 1 år", "5 år", "Over 5 år", "Aktiver", "telser", "Netto", "værdi")
    heads: list[Line] = [
        ((538.2, "Hoved-"),),
        ((315.4, "Netto restværdi"), (452.1, "Restværdi"), (538.3, "stole i alt")),
        ((241.2, "Til og"), (283.1, "Over 3"), (325.2, "Over 1 år")),
        ((241.1, "med 3"), (283.2, "mdr. til og"), (325.2, "til og med"), (451.4, "Forplig-"), (538.2, "Nominel")),
        tuple(zip(ends, last, strict=True)),
    ]
    printed = (
        ("Købte", "1.846 517 38 0 2.401 6 2.395 284.613"),
        ("Solgte", "-1.905 -584 -473 -5 4 2.971 -2.967 315.208"),
    )
    body: list[Line] = [((-87.2, name), *zip(ends, row.split(), strict=True)) for name, row in printed]
    document = laid([((-87.2, "Mio. kr."),), 19.0, *heads, *body], step=9.5, size=7.9)
    head = [(cell.text, cell.column, cell.column_span) for cell in document.tables[0].cells[0] if cell.text]
    assert head == [("Netto restværdi", 1, 4), ("Restværdi", 5, 3), ("Hovedstole i alt", 8, 1)]


def test_the_first_lines_of_headings_of_five_belong_to_them() -> None:
    heads: list[Line] = [
        ((410.0, "Forplig-"), (460.0, "Egen-")),
        ((260.0, "Aktiver"), (310.0, "Lån"), (360.0, "Andet"), (410.0, "telser"), (460.0, "kapital"), (510.0, "I alt")),
        tuple((end, "mio. kr.") for end in ENDS),
        tuple((end, "ultimo") for end in ENDS),
        ((-60.0, "31. december 2031"), *((end, "2031") for end in ENDS)),
    ]
    document = laid([*heads, *rows()], step=12)
    assert [column.label for column in document.tables[0].columns] == [
        f"{name} mio. kr. ultimo 2031" for name in ("Aktiver", "Lån", "Andet", "Forpligtelser", "Egenkapital", "I alt")
    ]
    values = [(value.year, f"{value.value:f}") for value in document.tables[0].lines[1].values]
    assert values == [(2031, f"{amount}000000") for amount in (980, 110, 25, 1115, 640, 475)]


def test_the_name_of_the_first_rows_behind_a_column_of_notes_is_their_group() -> None:
    lines: list[Line] = [((-60.0, "Skoler"),), *rows()[:2], ((-60.0, "Haller"),), *rows()[2:]]
    document = laid(
        [((-60.0, "1.000 kr."),), ((-40.0, "7"), (-60.0, "Regnskab"), *zip(ENDS, HEADED, strict=True)), *lines]
    )
    groups = [(line.group, line.label) for line in document.tables[0].lines if line.values]
    assert groups == [("Skoler", NAMES[0]), ("Skoler", NAMES[1]), ("Haller", NAMES[2]), (None, NAMES[3])]


def test_the_years_that_an_index_compares_are_the_second_line_of_its_heading() -> None:
    ends = (300.0, 360.0, 420.0)
    heads: list[Line] = [tuple(zip(ends, ("2031", "2030", "Indeks"), strict=True)), ((420.0, "31/30"),)]
    printed = (("Husleje", "1.210 1.100 110"), ("Varme", "300 400 75"))
    body: list[Line] = [((-60.0, name), *zip(ends, row.split(), strict=True)) for name, row in printed]
    document = laid([((-60.0, "1.000 kr."),), *heads, *body], step=12)
    assert texts(document)[:2] == [["", "2031", "2030", "Indeks 31/30"], ["Husleje", "1.210", "1.100", "110"]]
