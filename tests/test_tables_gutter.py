"""A page set in two columns with tables in both, whose lines stand level now and then."""

from __future__ import annotations

from collections.abc import Sequence

from laid import Line, laid

Side = list[tuple[float, str, tuple[str, ...]]]
"""How far down a line stands, in points, its words, and its figures."""

YEARS = ("2020", "2021", "2022", "2023")
LEFT: Side = [
    (47, "Forslag fra udvalget", ()),
    (73, "U 01 Flere voksne i skolen", ()),
    (87.8, "Der blev sidste år brugt mere end i andre kommuner, der har samme", ()),
    (96.6, "antal elever og de samme takster.", ()),
    (111.1, "Tabel 1. Økonomi i 1000 kr.", ()),
    (127.6, "", ("Budget",) * 4),
    (137.3, "", YEARS),
    (153, "Uddannelse", ("19",) * 4),
    (168.8, "Tilpasning af niveauet", ("-47",) * 4),
    (178.6, "for praktisk hjælp efter", ()),
    (187.9, "de nye regler", ()),
    (203.9, "Økonomi i alt", ("-28",) * 4),
    (219.8, "Personale og andre", ("4,4",) * 4),
    (228.8, "konsekvenser (antal", ()),
    (238.6, "fuldtidsstillinger, årsværk)", ()),
    (254.3, "Ændring i pct.", ("18,1", "-12,7", "19,1", "-9,3")),
    (278, "U 02 Samling af administrationen", ()),
    (288.4, "Der blev sidste år brugt mere end i andre kommuner, der har samme", ()),
    (297.3, "antal elever. Forslaget berører nogle årsværk, som", ()),
    (309.8, "forventes håndteret ved naturlig afgang.", ()),
    (324, "Økonomi i 1000 kr.", ()),
    (341.3, "Udgift", YEARS),
    (357, "Energi", ("-1.650",) * 4),
    (372.8, "Mindreforbrug", ("0", "500", "500", "500")),
    (389, "Årsværk i alt", ("-0,60",) * 4),
]
RIGHT: Side = [
    (40, "U 03 Ny organisering af rengøring", ()),
    (54.8, "I dag er der borgere, som modtager ydelsen, svarende til en stor del af", ()),
    (63.8, "målgruppen.", ()),
    (78.1, "Tabel 1: Økonomi, 1000 kr.", ()),
    (94.6, "Post", ("Budget",) * 3),
    (104.3, "", YEARS[:3]),
    (120.1, "Øvrig drift", ("161", "183", "278")),
    (135.8, "Indtægt", ("161", "183", "278")),
    (152.2, "Årsværk", ("2,45",) * 3),
    (168.3, "Negative tal er besparelser", ()),
    (186.3, "U 04 Færre adresser", ()),
    (201.1, "Det vurderes, at omlægningen ikke har væsentlige følger for det", ()),
    (210.1, "faglige niveau, men at ventetiden kan stige.", ()),
    (225.1, "Tabel 2: Økonomi, 1000 kr.", ()),
    (253.6, "Post", YEARS),
    (269.3, "Omlægning af", ("-377", "-753", "-753", "-753")),
    (278.3, "ungeindsatsen med én", ()),
    (288.1, "indgang for unge og", ()),
    (297.1, "færre eksterne forløb", ()),
    (313.6, "Merudgifter til vedligehold", ("-26.961",) * 4),
    (322.6, "af cykelstier, fortove og", ()),
    (332.3, "belysning i byområder (2.", ()),
    (340.6, "etape)", ()),
    (356.3, "Inventar", ("25", "50", "50", "50")),
    (373.3, "Netto", ("-27.313", "-27.664", "-27.664", "-27.664")),
    (388.5, "Personale (årsværk)", ("-6,6",) * 4),
]
ENDS = {4: (444.1, 482.3, 520.5, 558.7), 3: (488.5, 523.6, 558.7)}


def _page() -> list[Line]:
    levels: dict[float, list[tuple[float, str]]] = {}
    for side, x0, ends in ((LEFT, 33.8, (176.6, 211.7, 246.8, 282.0)), (RIGHT, 310.5, None)):
        for y, name, printed in side:
            places = ends or ENDS.get(len(printed), ())
            cells = [(-x0 - 3 * bool(printed), name), *zip(places, printed, strict=False)]
            levels.setdefault(y, []).extend(cell for cell in cells if cell[1])
    lines: list[Line] = []
    last = 0.0
    for y in sorted(levels):
        lines += [float(y - last), tuple(levels[y])]
        last = y
    return lines


def test_the_tables_of_two_columns_of_a_page_are_read_by_themselves() -> None:
    document = laid(_page(), step=0, size=7.2)
    found = {
        line.label: [f"{value.value:f}" for value in line.values] for table in document.tables for line in table.lines
    }
    assert document.problems == []
    assert found["Uddannelse"] == ["19000"] * 4
    assert found["Tilpasning af niveauet for praktisk hjælp efter de nye regler"] == ["-47000"] * 4
    assert found["Øvrig drift"] == ["161000", "183000", "278000"]
    assert found["Årsværk"] == ["2.45"] * 3
    assert (
        found["Merudgifter til vedligehold af cykelstier, fortove og belysning i byområder (2. etape)"]
        == ["-26961000"] * 4
    )
    assert found["Energi"] == ["-1650000"] * 4
    assert found["Personale (årsværk)"] == ["-6.6"] * 4


PROSE = (
    "Forslaget samler køkkenerne på to steder, og maden",
    "køres ud derfra. Det kræver 7,3 mio. kr. i 2026 og lidt til nu.",
    "Bygningerne er på 342 m² og blev sidst sat i stand i 2009.",
)
HALF = ((62, "", ("2026", "2027", "2028")), (86, "Løn", ("11", "12", "13")), (98, "Drift", ("21", "22", "23")))


def _halves(right: Sequence[tuple[float, str, tuple[str, ...]]], *, middle: float) -> list[Line]:
    """Text and a list in the left half of a page, and a heading of a table; its rows at the top of the other one."""
    levels: dict[float, list[tuple[float, str]]] = {}
    for n, text in enumerate((*PROSE, "Skolerne", "Børnehusene", "Plejehjemmene")):
        levels[62.0 + 12 * n] = [(-50.0, text)]
    levels[150.0] = [(-50.0, "Økonomi, 1.000 kr.")]
    for y, name, printed in right:
        cells = [(-middle, name), *zip((430.0, 490.0, 545.0), printed, strict=False)]
        levels.setdefault(float(y), []).extend(cell for cell in cells if cell[1])
    lines: list[Line] = []
    last = 0.0
    for y in sorted(levels):
        lines += [float(y - last), tuple(levels[y])]
        last = y
    return lines


def test_halves_of_a_page_are_columns_where_few_lines_stand_in_both() -> None:
    """The right half has hardly more lines of its own than it has beside those of the left one."""
    rest: Side = [
        (112, "Leje", ("32", "34", "36")),
        (170, "Indtægt", ("-5", "-6", "-7")),
        (182, "I alt", ("59", "63", "67")),
        (194, "Årsværk", ("0,5", "1", "1,5")),
        (214, "Beløb i t.kr.", ()),
    ]
    document = laid(_halves([*HALF, *rest], middle=308.0), step=0, size=9)
    (table,) = document.tables
    assert [line.label for line in table.lines] == ["Løn", "Drift", "Leje", "Indtægt", "I alt", "Årsværk"]
    assert table.bbox is not None
    assert table.bbox[0] > 300


def test_a_column_of_words_in_the_middle_of_a_table_parts_no_page() -> None:
    """Names and remarks of two lines, each row level: the remarks begin in the middle of the page."""
    lines: list[Line] = [((-50.0, "Forslag (1.000 kr.)"), (-308.0, "Ansvarlig"), (490.0, "2026"), (545.0, "2027")), 4.0]
    for n, name in enumerate(("Samling af køkkener på to", "Salg af grunden ved den gamle", "Ny bro over åen ved den")):
        lines.append(
            ((-50.0, f"{name} {'lange navne ' * 2}"), (-308.0, "By, Land og"), (490.0, f"{n}1"), (545.0, f"{n}2"))
        )
        lines += [((-50.0, "i Nordby"), (-308.0, "Kyst")), ((-308.0, "(fælles)"),), 3.0]
    document = laid(lines, step=11, size=9)
    (table,) = document.tables
    assert len(table.lines) == 3
    assert all(line.label.startswith(("Samling", "Salg", "Ny bro")) for line in table.lines)


def test_a_table_that_is_not_level_with_the_one_beside_it_is_not_cut_through() -> None:
    """The rows of each stand level; no lines of words are askew but across the gutter."""
    heads = ("Navn", "Kontor", "Telefon", "Mødested")
    people = [("Ane Falk", "Havnen"), ("Bo Lind", "Skolernes"), ("Ida Holm", "Byens Park"), ("Ulf Bech", "Havnen")]
    lines: list[Line] = []
    for n, (name, office) in enumerate((heads[:2], *people)):
        rest = heads[2:] if n == 0 else (f"{n}0 71 46 4{n}", f"Sal {n} i Nordby")
        left, right = (
            tuple((-x, text) for x, text in zip(places, (name, office, *rest), strict=True))
            for places in ((42.0, 95.0, 155.0, 212.0), (307.0, 362.0, 429.0, 482.0))
        )
        lines += [left, -12.6, right, -0.4]
    found = laid(lines, step=14, size=7)
    assert [[cell.text for cell in table.cells[0]] for table in found.tables] == [list(heads)] * 2
    assert [len(table.cells) for table in found.tables] == [5, 5]
