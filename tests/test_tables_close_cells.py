"""Cells as close as words, lines spread like cells, and figures with what they count."""

from __future__ import annotations

from laid import Line, laid, row, texts
from reportlab.pdfbase.pdfmetrics import stringWidth

ENDS = (200.0, 250.0, 300.0)


def test_headings_closer_than_cells_are_cut_where_the_columns_end() -> None:
    ends = (161.6, 200.4, 251.9, 294.1)
    marks = [[(end, "Ja") for end in ends[n % 2 : 4 - n % 3]] for n in range(6)]
    rows = [((-60.0, f"Kreds {name}"), *cells) for name, cells in zip("ABCDEF", marks, strict=True)]
    cells = texts(laid([row("Kreds", "Andel", "Median", "Nye sager", "Stigning", ends=ends), *rows]))
    assert cells[0] == ["Kreds", "Andel", "Median", "Nye sager", "Stigning"]


def test_a_name_as_long_as_its_column_is_cut_from_the_text_beside_it() -> None:
    lines: list[Line] = [((-60.0, "Kreds"), (-122.0, "Branche"), (300.0, "Antal"))]
    for name, trade in (("Holm", "Transport"), ("Sankt Brand", "Undervisning"), ("Vig", "Handel"), ("Ås", "Industri")):
        lines.append(((-60.0, name), (-122.0, trade), (300.0, f"{len(trade)}1{len(name)}")))
    assert texts(laid(lines))[2] == ["Sankt Brand", "Undervisning", "12111"]


def _spread(words: str, left: float, gap: float) -> Line:
    """Words in letters of 6 points a fixed gap apart."""
    cells, place = [], left
    for word in words.split():
        cells.append((-place, word))
        place += 6 * len(word) + gap
    return tuple(cells)


def test_words_spread_to_the_edge_of_a_column_are_running_text() -> None:
    lines = [_spread(words, 60, 12) for words in ("Udvalget for Skoler og Kultur", "Holm Vig Brand Skov Lund Ask")]
    rows = [row(f"Kreds {n}", f"{k}1", f"{k}2", f"{k}3", ends=ENDS) for k, n in enumerate("ABCDE", 1)]
    document = laid([*lines, row("", "Ja", "Nej", "Alle", ends=ENDS), *rows], face="Courier")
    assert [cell.text for cell in document.tables[0].cells[0] if cell.text] == ["Ja", "Nej", "Alle"]


def test_figures_with_what_they_count_are_no_headings() -> None:
    measured = [("Vand", "66 mg/l", "147,5 mg/l"), ("Strøm", "25,2 kWh", "8–88 kWh"), ("Vej", "87,2 km", "245,7 km")]
    measured += [("Luft", "3,1 km", "4,0 km"), ("Skov", "20 %", "84,5 %")]
    ends = (200.0, 290.0)
    rows = [row(name, *rest, ends=ends) for name, *rest in measured]
    document = laid([row("Måling", "Nord", "Syd", ends=ends), *rows], rules=((60, 4, 290, 4),))
    assert [cell.text for cell in document.tables[0].cells[1]] == ["Vand", "66 mg/l", "147,5 mg/l"]


def test_the_axis_of_a_chart_above_a_caption_heads_no_table() -> None:
    axis = tuple((130.0 + 40 * n, f"{2001 + n}") for n in range(8))
    rows = [row(f"Kreds {n}", f"{k}1", f"{k}2", f"{k}3", ends=ENDS) for k, n in enumerate("ABCDE", 1)]
    document = laid([axis, ((-60.0, "Tabel 4. Sager efter kreds"),), row("", "Ja", "Nej", "Alle", ends=ENDS), *rows])
    (table,) = document.tables
    assert [cell.text for cell in table.cells[0] if cell.text] == ["Ja", "Nej", "Alle"]
    assert not [column for column in table.columns if column.year]


def test_figures_as_far_to_the_right_as_they_are_large_are_a_chart() -> None:
    bars = [
        ("Vandforsyning", 77),
        ("Andre ydelser", 11),
        ("Engroshandel", 20),
        ("Bygge og anlæg", 35),
        ("Landbrug", 64),
    ]
    lines: list[Line] = [((143.0, name), (-150.5 - 1.864 * value, str(value))) for name, value in bars]
    axis = tuple((-147.0 - 1.875 * n + 2.2 * len(str(n)), str(n)) for n in range(0, 101, 20))
    heads: Line = ((-60.0, "Branche"), (-150.5, "Antal"))
    assert laid([heads, *lines, axis], step=21.75, size=8).tables == []


def test_headings_with_numbers_of_months_and_years_are_no_figures() -> None:
    ends = (200.0, 260.0, 320.0, 380.0)
    heads = [
        row("", "Til og", "Over 3", "Over 1 år", ends=ends),
        row("", "med 3", "mdr. til og", "til og med", ends=ends),
        row("", "mdr.", "med 1 år", "5 år", "Over 5 år", ends=ends),
    ]
    names = ("Valuta", "Renter", "Aktier", "Varer")
    rows = [row(name, f"{n}2", f"-{n}1{n}", "0", f"{n}4", ends=ends) for n, name in enumerate(names, 1)]
    cells = texts(laid([*heads, *rows], step=12))
    headings = ["Til og med 3 mdr.", "Over 3 mdr. til og med 1 år", "Over 1 år til og med 5 år", "Over 5 år"]
    assert cells[0][1:] == headings
    assert cells[1] == ["Valuta", "12", "-111", "0", "14"]


def test_two_tables_with_a_rule_below_the_headings_of_each_are_two() -> None:
    ends, others = (160.0, 200.0), (340.0, 390.0)
    pairs: list[Line] = [
        (*row(f"Kreds {n}", f"{k}1", f"{k}2", ends=ends), *row(f"By {n}", f"{k}3", f"{k}4", left=240, ends=others))
        for k, n in enumerate("ABCD", 1)
    ]
    heads = (*row("", "Ja", "Nej", ends=ends), *row("Navn", "Før", "Nu", left=240, ends=others))
    rules = ((57, 4, 202, 4), (237, 4, 392, 4))
    found = texts(laid([heads, *pairs], rules=rules)), texts(laid([heads, *pairs], rules=rules), 1)
    assert [cells[1] for cells in found] == [["Kreds A", "11", "12"], ["By A", "13", "14"]]


CLOSE = (200.0, 226.5, 253.0, 279.5)
"""Figures of four digits and a mark that end there in letters of 9 points stand 4 points apart."""


def _close(*, shift: float = 0.0, header: bool = True) -> list[Line]:
    ends = tuple(end - shift for end in CLOSE)
    heads = [row("Erhverv", "2028", "2029", "2030", "2031", left=60.0 - shift, ends=ends)] if header else []
    figures = [("Skov", "5.833", "3.436", "1.173", "6.328"), ("Fiskeri", "1.278", "7.099", "225", "5.020")]
    figures += [("Handel med mere", "368", "4.686", "1.407", "9.904")]
    return [*heads, *(row(name, *rest, left=60.0 - shift, ends=ends) for name, *rest in figures)]


def test_figures_hardly_farther_apart_than_words_are_cut_by_their_marks() -> None:
    cells = texts(laid(_close(), size=9))
    assert cells[1] == ["Skov", "5.833", "3.436", "1.173", "6.328"]
    assert cells[2] == ["Fiskeri", "1.278", "7.099", "225", "5.020"]
    assert cells[3] == ["Handel med mere", "368", "4.686", "1.407", "9.904"]


def test_figures_behind_a_name_that_are_as_close_as_those_beside_them_are_cut_from_it() -> None:
    lines = [*_close(), row("Heraf ansatte", "8.184", "9.875", "526", "2.290", left=119.7, ends=CLOSE)]
    assert texts(laid(lines, size=9))[4] == ["Heraf ansatte", "8.184", "9.875", "526", "2.290"]


def test_groups_of_digits_that_may_be_one_figure_are_not_cut_by_a_gap_alone() -> None:
    rows = [row(f"Kreds {n}", f"{k}2 {k}33", ends=(279.5,)) for k, n in enumerate("ABC", 1)]
    cells = texts(laid([row("Kreds", "2031", ends=(279.5,)), *rows, row("I alt", "66 999", ends=(279.5,))], size=9))
    assert cells[1:] == [["Kreds A", "12 133"], ["Kreds B", "22 233"], ["Kreds C", "32 333"], ["I alt", "66 999"]]


def test_close_figures_with_the_mark_of_a_note_are_cut_from_a_name_as_long_as_its_column() -> None:
    ends = (200.0, 228.0, 260.0, 286.0)
    left = 200 - 4 - stringWidth("29.226", "Helvetica", 9) - stringWidth("Vest for sundet", "Helvetica", 9)
    lines = [row("Region", "2028", "2029", "2030", "2031", left=left, ends=ends)]
    lines.append(row("Vest for sundet", "29.226", "35,2a", "30.086", "8,9", left=left, ends=ends))
    lines += [row(name, "1.911", "43,0", "3.231", "39,5", left=left, ends=ends) for name in ("Øst", "Nord", "Syd")]
    assert texts(laid(lines, size=9))[1] == ["Vest for sundet", "29.226", "35,2a", "30.086", "8,9"]


def test_a_price_stands_in_its_column_also_where_a_name_reaches_below_it() -> None:
    ends = (200.0, 260.0, 320.0)
    lines = [row("Område", "Udkast", "Plan", "Rest", ends=ends)]
    names = ("Vand", "Nye kontorer til den lange", "Luft", "Jord")
    lines += [row(name, f"{k}16", f"{k}66", f"{k}60", ends=ends) for k, name in enumerate(names, 1)]
    lines += [row("I alt, ramme for", "$25,192", "$725,061", "$635,367", ends=ends)]
    assert texts(laid(lines))[-1] == ["I alt, ramme for", "$25,192", "$725,061", "$635,367"]


def test_an_axis_and_the_figures_over_columns_beside_it_are_no_table() -> None:
    places = (90.0, 124.0, 158.0, 192.0, 225.0, 259.0, 293.0, 327.0)
    axis = 64.0
    figures: list[tuple[int, Line]] = [
        (4, ((158.0, "80"),)), (8, ((axis, "80"),)), (8, ((124.0, "68"), (259.0, "68"))), (12, ((axis, "60"),)),
        (20, ((axis, "40"), (327.0, "36"))), (13, ((192.0, "23"),)), (7, ((axis, "20"), (225.0, "15"), (293.0, "15"))),
        (6, ((90.0, "10"),)), (14, ((axis, "0"),)),
    ]  # fmt: skip
    lines: list[Line] = [((axis, "100"),)]
    for down, line in figures:
        lines += [float(down - 8), line]
    lines.append(tuple(zip(places, ("FI", "CY", "RO", "IE", "PT", "DK", "CZ", "BG"), strict=True)))
    assert laid(lines, step=8, size=7).tables == []


def test_a_figure_and_its_error_in_brackets_are_one_cell_that_is_refused() -> None:
    """They stand below one year, and no figure of the column stands without brackets behind it."""
    said = [("7,2 (1,26)", "7,6 (1,30)"), ("27,7 (0,50)", "78,9 (0,16)"), ("76,5 (0,96)", "98,7 (1,28)"),
            ("96,6 (1,55)", "16,1 (1,90)"), ("48,7 (1,35)", "47,7 (0,42)")]  # fmt: skip
    names = ("Nordby", "Vesterlund", "Østermose", "Nederdal", "Overdal")
    ends = (300.0, 400.0)
    rows = [row(name, *pair, ends=ends) for name, pair in zip(names, said, strict=True)]
    document = laid([row("1.000 kr.", "2031", "2032", ends=ends), *rows])
    assert texts(document)[1] == ["Nordby", "7,2 (1,26)", "7,6 (1,30)"]
    assert not any(line.values for line in document.tables[0].lines)
    assert {problem.code for problem in document.problems} == {"table-refused"}


def test_a_sentence_behind_a_day_is_cut_where_its_column_begins() -> None:
    """Days as long as their column stand hardly farther from the words behind them than words do."""
    acts = [("5. oktober", "Regulativ om salg af frø og planter i byen"), ("13. maj", "Vejledning om badevand"),
            ("5. oktober", "Vejledning om renholdelse af fortove om vinteren"), ("6. juli", "Regler for sommertid"),
            ("17. maj", "Beslutning om tilskud til foreninger"), ("5. maj", "Orientering om bedre regler")]  # fmt: skip
    start = 100 + stringWidth("5. oktober", "Helvetica", 10) + 5.5
    lines: list[Line] = [((-60.0, "År"), (-100.0, "Dag"), (-start, "Emne"), (-420.0, "Sted"))]
    lines += [((-60.0, "2031"), (-100.0, day), (-start, act), (-420.0, "Bog 2, s. 5")) for day, act in acts]
    assert [cells[1:3] for cells in texts(laid(lines))[1:]] == [list(act) for act in acts]


def test_a_figure_with_a_point_before_its_decimals_is_one_whatever_stands_between_its_thousands() -> None:
    amounts = ("42.4", "1 845.6", "413.1", "3.9", "2 621.8")
    names = ("Nordby", "Vesterlund", "Østermose", "Nederdal", "Overdal")
    rows: list[Line] = []
    for name, amount in zip(names, amounts, strict=True):
        *group, rest = amount.split()
        left = 200.0 - stringWidth(rest, "Helvetica", 10) - 4.5
        rows.append(((-60.0, name), *((left, digits) for digits in group), (200.0, rest)))
    cells = texts(laid([((-60.0, "Stat"), (200.0, "Amount")), *rows]))
    assert [row[-1] for row in cells[1:]] == list(amounts)
