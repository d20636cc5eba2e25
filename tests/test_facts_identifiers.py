"""CPR, CVR, telephone numbers, mail and web addresses. All numbers and people are invented."""

from __future__ import annotations

import pytest
from cases import reads
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Identifier
from pipeline.context import Context
from pipeline.facts.identifiers import find, mask, passes_modulus_11
from pipeline.language import Prose


def found(text: str, *, show: bool = False) -> list[tuple[str, str]]:
    records, problems = find(Prose(text), Context(show_identifiers=show))

    assert problems == []
    for record in records:
        assert show or record.text == mask(text)[record.start : record.end]
    return [(record.kind, record.value) for record in records if isinstance(record, Identifier)]


DEVELOPED: list[tuple[str, list[tuple[str, str]]]] = [
    # CPR
    ("Borger 070761-4285 har søgt.", [("cpr", "070761-xxxx")]),
    ("CPR-nr.: 0707614284", [("cpr", "070761-xxxx")]),
    ("cpr 010190 1234", [("cpr", "010190-xxxx")]),
    ("Barnet (150517-9999) starter.", [("cpr", "150517-xxxx")]),
    ("cpr.nr.280299-1111", [("cpr", "280299-xxxx")]),
    ("CPR280299-1111", [("cpr", "280299-xxxx")]),
    ("Nummeret 0101751234 er uden kontrolciffer.", [("cpr", "010175-xxxx")]),
    ("maskeret 120380-xxxx og 120380-****", [("cpr", "120380-xxxx"), ("cpr", "120380-xxxx")]),
    ("120380-1234/130381-4321", [("cpr", "120380-xxxx"), ("cpr", "130381-xxxx")]),
    ("280299–1111 med tankestreg", [("cpr", "280299-xxxx")]),
    ("Erstatningsnummer 710190-1234.", [("cpr", "710190-xxxx")]),
    ("Falsk dag 320190-1234", []),
    ("Falsk måned 011390-1234", []),
    ("EAN 5790001234567", []),
    ("konto 1234 1505170000", []),
    ("faktura nr. 1505170004", []),
    ("Den 01.01.2020-31.12.2021", []),
    ("sag 2020-0012345", []),
    # CVR
    ("CVR 25313763", [("cvr", "25313763")]),
    ("CVR-nr.: 25 31 37 63", [("cvr", "25313763")]),
    ("CVR nr. DK25313763", [("cvr", "25313763")]),
    ("Nummeret er 25313763-2", []),
    # telephone
    ("Telefon +45 33 12 34 56", [("phone", "+4533123456")]),
    ("Tlf.: 3312 3456", [("phone", "+4533123456")]),
    ("Ring på 33123456 i dag", [("phone", "+4533123456")]),
    # eight digits without a gap may be money, or an account
    ("Bevillingen er på 22400000 og restbudgettet 20300000.", []),
    ("Kontoen 53182207 er lukket.", []),
    ("Veje;20300000;51000000\nHavne;43700000;22400000", []),
    ("Kontakt økonomi om bevillingen på 22400000", []),
    ("Mette Skov 26123456", []),
    ("Ring helst om formiddagen på 33123456", [("phone", "+4533123456")]),
    ("Du kan fange mig på 33123456 (mobil)", [("phone", "+4533123456")]),
    ("Med venlig hilsen\nMette Skov\nTeknik\n26123456\n", [("phone", "+4526123456")]),
    ("Mvh. Mette\n\n26123456", [("phone", "+4526123456")]),
    # years behind a label, and numbers with a name of their own
    ("**Budget:** 2026-2029", []),
    ("Budgetramme: 2026 2029", []),
    ("Mit kundenr. er 40123456, mit telefonnummer er 26 12 34 56.", [("phone", "+4526123456")]),
    ("Medlemsnr. 40 12 34 56", []),
    ("Lejemålsnummer: 40123456", []),
    ("Vagttelefon: 40 12 34 56", [("phone", "+4540123456")]),
    ("M: 21 54 88 03", [("phone", "+4521548803")]),
    ("Mobil: 20.12.34.56", [("phone", "+4520123456")]),
    ("Mette Skov\n26 12 34 56\n", [("phone", "+4526123456")]),
    ("0045 44123456", [("phone", "+4544123456")]),
    ("Direkte: 7212-3456", [("phone", "+4572123456")]),
    ("2023-2026", []),
    ("24.11.2020", []),
    ("I alt 45 000 000 kr.", []),
    ("25 00 00 00 kr. til formålet", []),
    ("2023 2024 2025 2026", []),
    ("beløb 20 30 40 50 60", []),
    ("sagsnr. 20201234", []),
    ("§ 45123456", []),
    ("kr. 33123456", []),
    ("Faktura 33123456", []),
    ("Ring til +46 8 123 45 67 eller +49 (0)40 123456", [("phone", "+4681234567"), ("phone", "+4940123456")]),
    ("+46 000 000 kr. og +12 34 56", []),
    ("(+4598765432", [("phone", "+4598765432")]),
    # e-mail
    ("Skriv til Mette.Skov@fjordby.dk.", [("email", "Mette.Skov@fjordby.dk")]),
    (r"Mette\_Skov@fjordby.dk", [("email", "Mette_Skov@fjordby.dk")]),
    ("<[a@fjordby.dk](mailto:a@fjordby.dk)>", [("email", "a@fjordby.dk")]),
    ("a@fjordby.dk; b@teknik.fjordby.dk", [("email", "a@fjordby.dk"), ("email", "b@teknik.fjordby.dk")]),
    ("a@fjordby.dk og igen a@fjordby.dk", [("email", "a@fjordby.dk"), ("email", "a@fjordby.dk")]),
    ("mål@ er intet", []),
    ("0203011234@x.dk", [("email", "020301xxxx@x.dk")]),
    # web
    ("Se www.fjordby.dk.", [("url", "www.fjordby.dk")]),
    ("(https://fjordby.dk/sag?id=3)", [("url", "https://fjordby.dk/sag?id=3")]),
    ("[www.fjordby.dk](http://www.fjordby.dk)", [("url", "www.fjordby.dk")]),
    ("https://fjordby.dk/a_(b) er siden", [("url", "https://fjordby.dk/a_(b)")]),
    ("http://x.dk/?c=120380-1234", [("url", "http://x.dk/?c=120380-xxxx")]),
]

# Written before the first run of the finder and not changed after it.
HELD_OUT: list[tuple[str, list[tuple[str, str]]]] = [
    ("Vedr. Per Holm, cpr.nr. 040482-1539, som bor på Skolevej 3.", [("cpr", "040482-xxxx")]),
    ("personnummer: 2311581234", [("cpr", "231158-xxxx")]),
    ("Cpr. nr. 09 10 77 1234", [("cpr", "091077-xxxx")]),
    ("Barn 1: 120516-7788, barn 2: 041018-5566", [("cpr", "120516-xxxx"), ("cpr", "041018-xxxx")]),
    ("Beløbet 1.505.170.000 kr.", []),
    ("P-nummer 1003254874", []),
    ("Virksomhedens CVR-nummer er 25313763.", [("cvr", "25313763")]),
    ("Fjordby Kommune | Rådhuspladsen 1 | 9999 Fjordby | Tlf. 98 76 54 32", [("phone", "+4598765432")]),
    ("T: 9876 5432 M: 2876 5432", [("phone", "+4598765432"), ("phone", "+4528765432")]),
    ("(+45) 98 76 54 32", [("phone", "+4598765432")]),
    ("EAN-nr. 5798 0012 3456 7", []),
    ("Matr.nr. 12345678", []),
    ("postnr. 2100 2200", []),
    ("Antal borgere: 65432100", []),
    ("E-mail: teknik-miljoe@fjordby.dk, web: fjordby.dk", [("email", "teknik-miljoe@fjordby.dk")]),
    ("'Per Holm' <per+sag@post.fjordby.dk>", [("email", "per+sag@post.fjordby.dk")]),
    ("HTTPS://WWW.FJORDBY.DK/Dagsorden/12.pdf, side 3", [("url", "HTTPS://WWW.FJORDBY.DK/Dagsorden/12.pdf")]),
    ("Kl. 10.12-11.45 den 12-03-2020", []),
    ("Reg. 1234 konto 20123456", []),
    ("Journalnr. 27.12.16-P19-1-20", []),
]


test_developed_on = reads(found, DEVELOPED)
test_held_out = reads(found, HELD_OUT)


@pytest.mark.parametrize("text", ["CVR 25313764 er tastet forkert", "CVR-nr.: 25 31 37 64", "CVR-nummer 05313763"])
def test_a_cvr_number_with_a_wrong_check_digit_is_told(text: str) -> None:
    records, problems = find(Prose(text), Context())

    assert records == []
    assert [each.code for each in problems] == ["number-refused"]
    assert "check digit" in problems[0].message


def test_cpr_numbers_are_shown_only_on_request() -> None:
    assert found("cpr 120380-1234", show=True) == [("cpr", "120380-1234")]


def test_mask_keeps_the_length_and_everything_else() -> None:
    text = "Per (120380-1234), tlf. 98 76 54 32, sag 2020-0012345, cpr 0101901234."

    assert mask(text) == "Per (120380-xxxx), tlf. 98 76 54 32, sag 2020-0012345, cpr 010190xxxx."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Borger 010203/1234 har", "Borger 010203/xxxx har"),
        (r"Borger 010203\-1234 har", r"Borger 010203\-xxxx har"),
        ("010203\u22121234", "010203\u2212xxxx"),
        ("010203\u20131234", "010203\u2013xxxx"),
        ("010203\u20141234", "010203\u2014xxxx"),
        ("010203\u2013 1234", "010203\u2013 xxxx"),
        ("010203--1234", "010203--xxxx"),
        ("010203 - 1234", "010203 - xxxx"),
        ("010203- 1234", "010203- xxxx"),
        ("**010203**-1234", "**010203**-xxxx"),
        ("010203 12 34", "010203 xx xx"),
        ("Søn: 120312 12 34.", "Søn: 120312 xx xx."),
        ("010203.1234", "010203.xxxx"),
        ("010203 1234", "010203 xxxx"),
        ("Mikkel Sand 120312 1234 bor her", "Mikkel Sand 120312 xxxx bor her"),
        ("Mikkel Sand 120312 1234 45.000 kr.", "Mikkel Sand 120312 xxxx 45.000 kr."),
        ("010203-\n1234", "010203-\nxxxx"),
        ("> 010203-\r\n> 1234", "> 010203-\r\n> xxxx"),
        ("cpr 010203\n1234", "cpr 010203\nxxxx"),
        ("sag_010203-1234_v2", "sag_010203-xxxx_v2"),
        ("Bilag_0102031234.pdf", "Bilag_010203xxxx.pdf"),
        ("Bilag_010203_1234.pdf", "Bilag_010203_xxxx.pdf"),
        ("?id=010203%2D1234&x", "?id=010203%2Dxxxx&x"),
        ("Cpr. nr.: 010203\n-1234", "Cpr. nr.: 010203\n-xxxx"),
        ("0101 – cpr 0102 03 1234", "0101 – cpr 0102 03 xxxx"),
        ("• ”010203-1234”", "• ”010203-xxxx”"),
        ("Journalnr. 010203-1234", "Journalnr. 010203-xxxx"),
        ("Journalnr. 0102031234", "Journalnr. 010203xxxx"),
        ("faktura 010203-1234", "faktura 010203-xxxx"),
        ("sag010203-1234-2", "sag010203-xxxx-2"),
        ("01022003-1234", "01022003-xxxx"),
        ("01.02.2003-1234", "01.02.2003-xxxx"),
        ("12 010203-1234", "12 010203-xxxx"),
        ("010203-1234 kr. 500", "010203-xxxx kr. 500"),
        ("120312 1234 kr. 500", "120312 xxxx kr. 500"),
        ("fik 500 kr. 120312 1234 fik", "fik 500 kr. 120312 xxxx fik"),
        ("Ydelse til 1203121234 er bevilget", "Ydelse til 120312xxxx er bevilget"),
    ],
)
def test_every_way_of_writing_a_cpr_number_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked
    assert mask(masked) == masked
    assert [kind for kind, _ in found(text)] == [kind for kind, _ in found(masked)] == ["cpr"]


@pytest.mark.parametrize(
    "text",
    [
        "010203 1234 kr.",
        "120312 1234 kr. i alt",
        "1203121234 kr.",
        "kr. 1203121234",
        "1.203.121.234 kr.",
        "120312.1234 mio. kr.",
        "sag 05.01.02-P20-3-23",
        "tlf. 33 66 20 00",
        "tlf. 120312 1234",
        "Reg.nr. 1203 konto 1203121234",
        "konto 1203 1203121234",
        "EAN 5790120312123",
        "faktura nr. 1203121235",
        "Løn 120312 1234 5000 7000",
        "perioden 01.01.2021-2024",
        "den 01.01.2020-31.12.2021",
        "120312\n-1234\n",
        "I alt 120312 -1234 500 7000",
        "IBAN DK20 1203 1212 3456 78",
        "§ 85, 107-108 og 110",
        "2023 2024 2025 2026",
        "kl. 10.15-11.45 den 12.03.2024",
    ],
)
def test_what_is_no_cpr_number_stays(text: str) -> None:
    assert mask(text) == text


@st.composite
def cpr_numbers(draw: st.DrawFn) -> str:
    day = draw(st.integers(1, 28)) + draw(st.sampled_from([0, 60]))
    numbers = [day, draw(st.integers(1, 12)), draw(st.integers(0, 99))]
    return (
        "".join(f"{n:02d}" for n in numbers)
        + draw(st.sampled_from("- ") | st.just(""))
        + draw(st.from_regex(r"[0-9]{4}", fullmatch=True))
    )


@given(
    st.text(alphabet="abæø ,;_()|\n/.:-", max_size=20), cpr_numbers(), st.text(alphabet="abæø ,;_()|\n.-", max_size=9)
)
def test_no_number_with_a_real_date_is_left(before: str, number: str, after: str) -> None:
    masked = mask(before + number + after)

    assert masked == f"{before}{number[:-4]}xxxx{after}"
    assert mask(masked) == masked


@given(st.text(alphabet="0123456789- cpr/x.", max_size=60))
def test_masking_keeps_length_and_is_done_once(text: str) -> None:
    masked = mask(text)

    assert len(masked) == len(text)
    assert mask(masked) == masked


def test_the_check_digit_is_arithmetic() -> None:
    assert passes_modulus_11("0707614285", "4327654321")
    assert not passes_modulus_11("0707614286", "4327654321")


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("piece", ["a@", "a.", "12 ", "www.", "(", "1203801234", "\\_", "@a.", "+45"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    prose = Prose(piece * 50_000)
    find(prose, Context())
