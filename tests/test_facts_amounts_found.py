"""Which amounts are found and what they are worth: classes of expressions, each with what only looks like one.

What is said of an amount (year, role, per) is tested in ``test_facts_amounts.py`` and ``test_facts_qualities.py``.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.context import Context
from pipeline.facts.amounts import find
from pipeline.facts.money import phrase as amounts_phrase
from pipeline.language import Prose


def read(text: str) -> list[str]:
    """ "11 mio. kr. = 11000000 DKK", then "<mio. kr.>" for a unit from elsewhere; problems as "! code"."""
    records, problems = find(Prose(text), Context())
    lines = []
    for record in records:
        assert text[record.start : record.end] == record.text
        value = str(record.value) if record.value is not None else f"{record.low}..{record.high}"
        source = f" <{record.unit_source}>" if record.unit_source else ""
        lines.append(f"{record.text} = {value} {record.currency}{source}".replace("\n", " "))
    return lines + [f"! {each.code}" for each in problems]


CLASSES: dict[str, list[tuple[str, list[str]]]] = {
    "range that shares its thousands": [
        ("Et nyt tag koster 300-400.000 kr.", ["300-400.000 kr. = 300000..400000 DKK"]),
        ("dertil vinterarbejder, 600-\n800.000 kr.", ["600- 800.000 kr. = 600000..800000 DKK"]),
        ("500-1.000 kr.", ["500-1.000 kr. = 500..1000 DKK"]),
        ("2-2.500 kr.", ["! number-refused"]),
        ("fra 300 til 400.000 kr.", ["! number-refused"]),
    ],
    "numbers in words": [
        ("tre-fire millioner kroner", ["tre-fire millioner kroner = 3000000..4000000 DKK"]),
        ("tre kvart million kroner", ["tre kvart million kroner = 750000 DKK"]),
        ("to kvart million kroner", ["! number-refused"]),
        ("tre hundrede tusinde kroner", ["tre hundrede tusinde kroner = 300000 DKK"]),
        ("3 hundrede tusind kroner", ["! number-refused"]),
        ("to-tre hundrede kroner", ["! number-refused"]),
        ("femogtyvetusind kroner", ["femogtyvetusind kroner = 25000 DKK"]),
        ("titusinde kroner", ["titusinde kroner = 10000 DKK"]),
        ("een mio. kr.", ["een mio. kr. = 1000000 DKK"]),
    ],
    "a full stop too many": [
        ("Der er 5 mio. kr. til hallen og 2. mio. kr. til broen.", ["5 mio. kr. = 5000000 DKK", "! number-refused"]),
        ("2. mio. kr. 3,5", ["mio. kr. 3,5 = 3500000 DKK"]),
    ],
    "a day before the currency": [
        ("Der er pr. 31.12.2022 kr. 203.308,49.", ["kr. 203.308,49 = 203308.49 DKK"]),
        ("Der er pr. 31.12.2022 kr. 500.", ["! number-refused"]),
    ],
    "minus": [
        ("Afvigelsen er (1.480) t.kr.", ["(1.480) t.kr. = -1480000 DKK"]),
        ("Afvigelsen er ÷2,3 mio. kr.", ["÷2,3 mio. kr. = -2300000 DKK"]),
        ("se note (2023) kr. 500", ["kr. 500 = 500 DKK"]),
    ],
    "no sign": [
        ("Der er usikkerhed om plus/minus 400.000 kr.", ["! number-refused"]),
        ("Det er plus eller minus 2 mio. kr.", ["! number-refused"]),
        ("Afvigelsen er minus 2 mio. kr.", ["minus 2 mio. kr. = -2000000 DKK"]),
        ("Udgiften plus 2 mio. kr.", ["2 mio. kr. = 2000000 DKK"]),
    ],
    "unit apart": [
        ("Billetten koster 2.400 ,- kr.", ["2.400 ,- kr. = 2400 DKK"]),
        ("Billetten koster 300 ,- for børn.", ["300 ,- = 300 DKK"]),
        ("Kl. 12 ,- hvad koster det?", []),
        ("Anlægssum: mio. kr. 4,5", ["mio. kr. 4,5 = 4500000 DKK"]),
        ("Beløb i mio. kr. 4,5 5,5", []),
        ("Mio. kr. 3. kvartal", []),
        ("Det koster 600+ kr.", ["600+ kr. = 600 DKK"]),
    ],
    "two bounds": [
        ("mindst 600 og højst 1.200 kr.", ["600 = 600 DKK <kr.>", "1.200 kr. = 1200 DKK"]),
        ("Aftalen gælder for 20 og højst 1.200 kr.", ["1.200 kr. = 1200 DKK"]),
    ],
    "a part of the amount before": [
        (
            "Rammen er på 180 mio. kr. Heraf er 41 millioner øremærket havnen.",
            ["180 mio. kr. = 180000000 DKK", "41 millioner = 41000000 DKK <kr.>"],
        ),
        ("Byen har 208 borgere. Heraf er 41 millioner øremærket havnen.", []),
    ],
    "mark of a footnote": [
        ("Prisen er 1.200¹ kr. for voksne", ["1.200¹ kr. = 1200 DKK"]),
        ("Prisen er 1.200*) kr. for voksne", ["1.200*) kr. = 1200 DKK"]),
        ("Prisen er 1.200 kr.¹ for voksne", ["1.200 kr. = 1200 DKK"]),
    ],
    "broken lines": [
        ("Rammen er 15\nM kr.", ["15 M kr. = 15000000 DKK"]),
        ("Puljen er 2,5 mil-\nlioner kroner", ["2,5 mil- lioner kroner = 2500000 DKK"]),
        ("Taksten er 3.\n075 kr. om måneden", ["3. 075 kr. = 3075 DKK"]),
        ("Taksten er 3.\n175 kr. om måneden", ["! number-refused"]),
        ("Rammen er 12\n\nmio. kr.", []),
    ],
    "unit in a label": [
        ("Restbudget i 1.000 kr.: 380", ["380 = 380000 DKK <1.000 kr.>"]),
        ("Samlet ramme (mio. kr.): 12,5\nNæste", ["12,5 = 12500000 DKK <mio. kr.>"]),
        ("Udgift (mio. kr.): 3,5 4,1 5,2", []),
        ("Beløb i mio. kr.: 2023", []),
    ],
    "list after its currency": [
        (
            "Satserne er kr. 1.200, 1.300 og 1.400 for de tre hold.",
            ["kr. 1.200 = 1200 DKK", "1.300 = 1300 DKK <kr.>", "1.400 = 1400 DKK <kr.>"],
        ),
        ("kr. 500 og 2 børn", ["kr. 500 = 500 DKK"]),
        ("kr. 500, 600 og 700 deltagere", ["kr. 500 = 500 DKK"]),
    ],
    "list with words between": [
        (
            "hhv. 8,2 (øst) og 9,1 mio. kr. (vest)",
            ["8,2 = 8200000 DKK <mio. kr.>", "9,1 mio. kr. = 9100000 DKK"],
        ),
        (
            "5 mio. kr. i 2024, 6 i 2025 og 7 i 2026.",
            ["5 mio. kr. = 5000000 DKK", "6 = 6000000 DKK <mio. kr.>", "7 = 7000000 DKK <mio. kr.>"],
        ),
        ("2 mio. kr. mod 3 i 2022", ["2 mio. kr. = 2000000 DKK", "3 = 3000000 DKK <mio. kr.>"]),
        ("5 mio. kr. i 2024, 6 børn i 2025", ["5 mio. kr. = 5000000 DKK"]),
        ("10 mio. kr. mod 5 pct.", ["10 mio. kr. = 10000000 DKK"]),
    ],
    "other tongues and currencies": [
        ("4 miljoner kronor", ["4 miljoner kronor = 4000000 SEK"]),
        ("4 miljarder danska kronor", ["4 miljarder danska kronor = 4000000000 DKK"]),
        ("2,5 Mio. Euro", ["2,5 Mio. Euro = 2500000 EUR"]),
        ("5 mio. US$", ["5 mio. US$ = 5000000 USD"]),
        ("DKK 4 million", ["DKK 4 million = 4000000 DKK"]),
        ("DKK 2 billion", ["! number-refused"]),
        ("2 billioner kroner", ["2 billioner kroner = 2000000000000 DKK"]),
        ("The fee is EUR 1,500,000.00 in total", ["EUR 1,500,000.00 = 1500000 EUR"]),
        ("1,234.50 kr.", ["! number-refused"]),
    ],
    "glued and doubled": [
        ("63,6 mia. kr.svarende til", ["63,6 mia. kr. = 63600000000 DKK"]),
        ("0,3 mio. kr. kr.", ["0,3 mio. kr. = 300000 DKK"]),
        ("kr. ca.75.000,-", ["kr. ca.75.000,- = 75000 DKK"]),
        ("50 mio. kr.-puljen", ["50 mio. kr. = 50000000 DKK"]),
        ("betalt kr. 5.000.- kontant", ["kr. 5.000.- = 5000 DKK"]),
        ("500 DKK '000", ["500 DKK '000 = 500000 DKK"]),
        ("det koster ,5 mio. kr.", ["! number-refused"]),
        ("Varme .....5.000 kr.", ["5.000 kr. = 5000 DKK"]),
    ],
    "scale without a currency": [
        ("De bruger 3 millioner på en bro.", ["3 millioner = 3000000 DKK <bruger>"]),
        (
            "Broen kostede 8 millioner kroner. De første ti millioner er væk.",
            ["8 millioner kroner = 8000000 DKK", "ti millioner = 10000000 DKK <kroner>"],
        ),
        ("Det bliver 3 millioner.", ["! number-refused"]),
        ("De bruger 3 millioner liter vand.", []),
        (
            "Broen kostede 8 millioner kroner. I byen bor der 2 millioner mennesker.",
            ["8 millioner kroner = 8000000 DKK"],
        ),
    ],
    "parts and hyphens": [
        ("Man vil spare mellem 75- og 100 mio. kr.", ["75- og 100 mio. kr. = 75000000..100000000 DKK"]),
        ("Der kommer 5- eller 6 mio. kr.", ["5 = 5000000 DKK <mio. kr.>", "6 mio. kr. = 6000000 DKK"]),
        ("Vi dækker 3,6 ud af de 100 mio. kr.", ["3,6 = 3600000 DKK <mio. kr.>", "100 mio. kr. = 100000000 DKK"]),
        ("Det var i 2025 ud af de 100 mio. kr.", ["100 mio. kr. = 100000000 DKK"]),
        ("Skolen fik 12 millioner af staten.", ["12 millioner = 12000000 DKK <fik>"]),
        ("Vi har 12 millioner af slagsen.", []),
        ("Anlægget er budgetteret til 18 + 4 mio. kr.", ["! number-refused"]),
        ("Der er 12 mio. kr. i 2026,11 mio. kr. i 2027.", ["12 mio. kr. = 12000000 DKK", "! number-refused"]),
        (
            "Der er afsat hhv. 2,0; 3,5 og 4,0 mio. kr.",
            ["2,0 = 2000000 DKK <mio. kr.>", "3,5 = 3500000 DKK <mio. kr.>", "4,0 mio. kr. = 4000000 DKK"],
        ),
        ("De sparer 3 millioner administrationskroner.", ["3 millioner administrationskroner = 3000000 DKK"]),
        ("Det runder 2 milliarder årlige kroner.", ["2 milliarder årlige kroner = 2000000000 DKK"]),
        ("De solgte 3 millioner lysekroner.", []),
    ],
    "signs by the year": [
        (
            "Underskud 2025: - 96 mio. kr. (-43 mio. kr.) 2026: + 4 mio. kr. 2027: - 5 mio. kr.",
            [
                "- 96 mio. kr. = -96000000 DKK",
                "-43 mio. kr. = -43000000 DKK",
                "4 mio. kr. = 4000000 DKK",
                "- 5 mio. kr. = -5000000 DKK",
            ],
        ),
        (
            "Anlæg 2025: - 5 mio. kr. til skolen - 3 mio. kr. til hallen",
            ["5 mio. kr. = 5000000 DKK", "3 mio. kr. = 3000000 DKK"],
        ),
    ],
    "thousands by word of the writer": [
        (
            "Jeg skriver i hele tusinder, så sæt tre nuller bag: løn 940 kr. og drift 1.210 kr.",
            [
                "940 kr. = 940000 DKK <Jeg skriver i hele tusinder>",
                "1.210 kr. = 1210000 DKK <Jeg skriver i hele tusinder>",
            ],
        ),
        ("sæt selv tre nuller bag: 940,50 kr.", ["! number-refused"]),
        ("Sæt selv tre nuller bag: 2 mio. kr.", ["2 mio. kr. = 2000000 DKK"]),
        ("Der er tre nuller i tallet 1.000 kr. per elev", ["1.000 kr. = 1000 DKK"]),
    ],
    "no money": [
        ("Bygaden 3, 4070 Kr. Hyllinge", []),
        ("Det er 4000 Kr. Resten kommer.", ["4000 Kr. = 4000 DKK"]),
        ("bussen opfylder Euro 6", []),
        ("EUR 6 mio.", ["EUR 6 mio. = 6000000 EUR"]),
        ("Tandlægen satte 14 kroner på kindtænder.", []),
        ("Tandlægen tog 4.500 kroner for en plombe.", ["4.500 kroner = 4500 DKK"]),
        ("Gartneren beskar 30 kroner i alléen.", []),
        ("Det er ikke to øre værd.", []),
    ],
    "struck out": [
        ("~~2 mio. kr.~~ 3 mio. kr.", ["2 mio. kr. = 2000000 DKK", "3 mio. kr. = 3000000 DKK"]),
        ("~~2~~ 3 mio. kr.", ["3 mio. kr. = 3000000 DKK"]),
    ],
}


@pytest.mark.parametrize(("text", "expected"), [case for cases in CLASSES.values() for case in cases])
def test_classes(text: str, expected: list[str]) -> None:
    assert read(text) == expected


WORDS = [
    "koster",
    "på",
    "til",
    "og",
    "mellem",
    "fra",
    "ca.",
    "knap",
    "i 2024",
    "nr.",
    "med",
    "Driften:",
    "7",
    "flere",
    "(",
]
NUMBERS = ["5", "1,5", "300", "12.500", "2.5", "-3", "2-3", "0,3–0,4", "to", "halvanden", "2024", "1 250", "½", "17,"]
UNITS = ["kr.", "mio. kr.", "t.kr.", "kroner", "mio.", "\nkr."]


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(NUMBERS), st.sampled_from(UNITS)), max_size=3))
def test_the_short_way_reads_what_the_long_way_reads(pieces: list[tuple[str, str, str]]) -> None:
    """Nearly every number is read by a shortcut; switched off, the result is the same."""
    text = "Sagen " + " ".join(" ".join(piece) for piece in pieces)
    short = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(amounts_phrase, "plain", lambda text, end, floor: True)
        assert read(text) == short
