"""Columns of Danish accounts: sides of an account, years over pairs of columns, years that the figures are not of."""

from __future__ import annotations

from test_tables_accounts_pages import Put, pages, row

from pipeline.tables import TableFindings


def dated(found: TableFindings) -> dict[str, list[tuple[int | str | None, str]]]:
    """By label, the figures with their year, else their column."""
    return {
        line.label: [(value.year or value.column, f"{value.value:f}") for value in line.values]
        for table in found.tables
        for line in table.lines
        if line.values
    }


def test_each_side_of_an_account_has_its_name() -> None:
    places = (400.0, 460.0, 520.0)
    head = [Put(60, "Konto", "left"), Put(330, "U/I", "left")]
    sides = [("05.38.50", "Tilbud til voksne"), ("05.38.52", "Botilbud"), ("05.57.73", "Kontanthjælp")]
    found = pages(
        [
            (0, [Put(60, "Tabel 4: Udgifter og indtægter (1.000 kr.)", "left")]),
            (18, [*head, *(Put(x, text) for x, text in zip(places, ("R 2023", "B 2024", "B 2025"), strict=True))]),
            *(
                line
                for number, name in sides
                for line in (
                    (12, [*row(number, "10 20 30", places)[1], Put(110, name, "left"), Put(335, "U", "left")]),
                    (12, [*row("", "-1 -2 -3", places)[1][1:], Put(335, "I", "left")]),
                )
            ),
            (12, [*row("I alt", "30 60 90", places)[1], Put(335, "U", "left")]),
            (12, [*row("", "-3 -6 -9", places)[1][1:], Put(335, "I", "left")]),
        ],
        size=9,
    )
    assert dated(found)["Botilbud U"] == [(2023, "10000"), (2024, "20000"), (2025, "30000")]
    assert dated(found)["Botilbud I"] == [(2023, "-1000"), (2024, "-2000"), (2025, "-3000")]
    assert dated(found)["I alt I"] == [(2023, "-3000"), (2024, "-6000"), (2025, "-9000")]
    assert [check.ok for check in found.tables[0].checks] == [True] * 6


def test_a_sum_of_one_side_that_does_not_hold_is_told() -> None:
    places = (460.0, 520.0)
    found = pages(
        [
            (0, [Put(60, "1.000 kr.", "left"), Put(330, "U/I", "left"), Put(460, "2024"), Put(520, "2025")]),
            *(
                (12, [*row(name, figures, places)[1], Put(335, side, "left")])
                for name, side, figures in (
                    *(("Skoler", "U", "100 110"), ("Skoler", "I", "-10 -11")),
                    *(("Veje", "U", "40 50"), ("Veje", "I", "-4 -5")),
                    ("I alt", "U", "140 165"),
                )
            ),
        ],
        size=9,
    )
    assert [(check.year, check.ok) for check in found.tables[0].checks] == [(2024, True), (2025, False)]


def test_two_years_over_pairs_of_columns_beside_one_of_a_single_column() -> None:
    places = (320.0, 370.0, 420.0, 470.0, 520.0)
    words = ("Udgift", "Indtægt", "Udgift", "Indtægt", "2025")
    found = pages(
        [
            (0, [Put(333, "Regnskab 2023", "middle"), Put(433, "Budget 2025", "middle"), Put(520, "Netto")]),
            (12, [Put(60, "1.000 kr.", "left"), *(Put(x, text) for x, text in zip(places, words, strict=True))]),
            row("Folkeskoler", "412.000 -1.200 420.100 -1.000 419.100", places, 12),
            row("Fritidsordninger", "88.100 -31.000 90.000 -32.000 58.000", places, 12),
            row("I alt", "500.100 -32.200 510.100 -33.000 477.100", places, 12),
        ],
        size=9,
    )
    assert [column.label for column in found.tables[0].columns] == [
        *("Regnskab 2023 Udgift", "Regnskab 2023 Indtægt", "Budget 2025 Udgift", "Budget 2025 Indtægt", "Netto 2025")
    ]
    assert dated(found)["Fritidsordninger"] == [
        *((2023, "88100000"), (2023, "-31000000"), (2025, "90000000"), (2025, "-32000000"), (2025, "58000000"))
    ]


def test_what_was_spent_before_a_year_is_not_of_it() -> None:
    places = (280.0, 340.0, 400.0, 460.0, 520.0)
    upper = ("Anlægs-", "Forbrug", "Forbrug", "Forbrug", "Rest-")
    lower = ("bevilling", "før 2023", "i 2023", "i alt", "bevilling")
    found = pages(
        [
            (0, [Put(60, "Anlæg, 1.000 kr.", "left")]),
            (20, [Put(x, text) for x, text in zip(places, upper, strict=True)]),
            (12, [Put(60, "Projekt", "left"), *(Put(x, text) for x, text in zip(places, lower, strict=True))]),
            row("Ny skole i Nordby", "120.000 45.000 60.000 105.000 15.000", places, 12),
            row("Cykelsti langs Havnevej", "8.000 0 3.500 3.500 4.500", places, 12),
            row("I alt", "128.000 45.000 63.500 108.500 19.500", places, 12),
        ],
        size=9,
    )
    assert dated(found)["Ny skole i Nordby"] == [
        ("Anlægsbevilling", "120000000"),
        ("Forbrug før 2023", "45000000"),
        (2023, "60000000"),
        ("Forbrug i alt", "105000000"),
        ("Restbevilling", "15000000"),
    ]


def test_a_year_over_three_columns_another_over_three_and_a_third_over_one() -> None:
    places = (230.0, 285.0, 340.0, 395.0, 450.0, 505.0, 560.0)
    words = ("Budget", "Regnskab", "Afvigelse") * 2 + ("Budget",)
    rows = [
        ("Børneudvalget", "1.000 1.100 100 1.200 1.150 -50 1.300"),
        ("Teknikudvalget", "500 480 -20 510 520 10 530"),
        ("I alt", "1.500 1.580 80 1.710 1.670 -40 1.830"),
    ]
    found = pages(
        [
            (0, [Put(20, "1.000 kr.", "left")]),
            (14, [Put(273, "2023", "middle"), Put(438, "2024", "middle"), Put(560, "2025")]),
            (12, [Put(x, text) for x, text in zip(places, words, strict=True)]),
            *((12, [Put(20, label, "left"), *row("", figures, places)[1][1:]]) for label, figures in rows),
        ]
    )
    assert [(column.label, column.year) for column in found.tables[0].columns] == [
        *((f"{year} {word}", year) for year in (2023, 2024) for word in ("Budget", "Regnskab", "Afvigelse")),
        ("2025 Budget", 2025),
    ]
    assert dated(found)["Teknikudvalget"] == [
        *((2023, "500000"), (2023, "480000"), (2023, "-20000")),
        *((2024, "510000"), (2024, "520000"), (2024, "10000")),
        (2025, "530000"),
    ]


def test_a_short_word_for_a_change_is_money_and_one_for_percent_is_none() -> None:
    places = (280.0, 340.0, 400.0, 460.0, 520.0)
    found = pages(
        [
            (0, [Put(60, "Tabel 3: Udgifter (mio. kr.)", "left")]),
            (18, [Put(x, text) for x, text in zip(places, ("R2022", "R2023", "B2024", "Ændr.", "Pct."), strict=True)]),
            row("Dagtilbud", "210,4 220,1 230,0 9,9 4,5", places, 12),
            row("Skole", "510,0 520,0 500,0 -20,0 -3,8", places, 12),
            row("I alt", "720,4 740,1 730,0 -10,1 -1,4", places, 12),
        ],
        size=9,
    )
    assert dated(found)["Skole"] == [
        *((2022, "510000000"), (2023, "520000000"), (2024, "500000000"), ("Ændr.", "-20000000"))
    ]


def test_a_caption_that_ends_in_what_it_counts() -> None:
    places = (400.0, 460.0, 520.0)
    found = pages(
        [
            (0, [Put(60, "Personaleforbrug (årsværk)", "left")]),
            (18, [Put(x, text) for x, text in zip(places, ("2023", "2024", "2025"), strict=True)]),
            row("Økonomiudvalget", "312,4 310,0 305,5", places, 12),
            row("Socialudvalget", "812,0 820,3 830,1", places, 12),
        ],
        size=9,
    )
    assert dated(found)["Socialudvalget"] == [(2023, "812"), (2024, "820.3"), (2025, "830.1")]
    assert {line.unit for line in found.tables[0].lines} == {"fte"}


def test_the_same_year_over_two_that_are_compared_is_no_figure() -> None:
    places = (400.0, 500.0)
    found = pages(
        [
            (0, [Put(60, "Resultatopgørelse", "left"), Put(400, "Koncern"), Put(500, "Moderselskab")]),
            (12, [Put(60, "Mio. kr.", "left"), Put(400, "2023"), Put(500, "2023")]),
            row("Renter", "12 11", places, 12),
            row("Gebyrer", "7 9", places, 12),
            row("I alt", "19 20", places, 12),
        ],
        size=9,
    )
    assert [column.label for column in found.tables[0].columns] == ["Koncern 2023", "Moderselskab 2023"]
    assert dated(found)["I alt"] == [(2023, "19000000"), (2023, "20000000")]


def test_a_year_in_the_middle_over_all_columns_up_to_the_next_one() -> None:
    places = (340.0, 396.0, 452.0, 497.0, 542.0)
    heads = ["Stadie 1", "Stadie 2", "Stadie 3", "I alt", "I alt"]
    found = pages(
        [
            (0, [Put(60, "Mio. kr.", "left")]),
            (14, [Put(398, "2024", "middle"), Put(542, "2023")]),
            (
                10,
                [
                    *(Put(60, "Klasse", "left"), Put(161, "Bånd i %", "left")),
                    *(Put(x, text) for x, text in zip(places, heads, strict=True)),
                ],
            ),
            *(
                (10, [*row(name, "3 1 0 4 17", places)[1], Put(161, band, "left")])
                for name, band in [
                    ("A", "0,00 - 0,10"),
                    ("B", "0,10 - 0,15"),
                    ("C", "0,15 - 0,22"),
                    ("D", "0,22 - 0,33"),
                ]
            ),
        ]
    )
    assert [column.year for column in found.tables[0].columns][-5:] == [2024, 2024, 2024, 2024, 2023]


def test_a_change_between_two_short_years_in_percent() -> None:
    places = (300.0, 370.0, 440.0, 510.0)
    heads = [
        ("Regnskab", "Budget", "Budget", "Ændring"),
        ("2023", "2024", "2025", "24-25"),
        ("1.000 kr.", "1.000 kr.", "1.000 kr.", "pct."),
    ]
    found = pages(
        [
            *((11, [Put(x, text) for x, text in zip(places, line, strict=True)]) for line in heads),
            row("Folkeskolen", "412.000 420.000 430.000 2,4", places, 12),
            row("SFO", "88.000 89.000 91.000 2,2", places, 12),
            row("Klub", "8.000 9.000 10.000 11,1", places, 12),
        ],
        size=9,
    )
    assert dated(found)["SFO"] == [(2023, "88000000"), (2024, "89000000"), (2025, "91000000")]
