"""Decisions in minutes: under "Beslutning", in lists and tables, and where no heading says where they stand."""

from __future__ import annotations

import pytest
from decided import DAY, KUU, MEETING, OEU, SOU, Dated, Found, decided, decisions, found

from corpus.model import Decision
from pipeline.context import Context
from pipeline.extract import extract_bytes

UNDER_BESLUTNING: list[tuple[str, list[Dated]]] = [
    ("Anbefales godkendt af Byrådet.", [(KUU, "anbefale", "recommended", DAY)]),
    ("Byrådet anbefales at godkende planen.", [(KUU, "anbefale", "recommended", DAY)]),
    ("Lederen viste rundt. Alle gode idéer vedtages i fællesskab.", []),
    ("Mikkel Sand (V) kunne ikke tiltræde indstillingen.", []),
    ("Mikkel Sand kunne ikke tiltræde indstillingen.", []),
    ("Venstre kunne ikke godkende indstillingen.", []),
    ("Venstre anbefaler, at sagen udsættes.", []),
    ("Liste N kan ikke anbefale forslaget.", []),
    ("Birthe Lund (V) stemte imod og ønskede sagen udsat.", []),
    ("Et mindretal (A og F) kunne ikke tiltræde indstillingen.", []),
    ("Udvalget drøftede sagen, og Venstre kunne ikke tiltræde den.", [(KUU, "drøfte", "decided", DAY)]),
    ("Et flertal (A og B) godkendte indstillingen, idet V stemte imod.", [(KUU, "godkende", "decided", DAY)]),
    ("Udvalget kunne ikke anbefale forslaget.", [(KUU, "anbefale", "rejected", DAY)]),
    ("Kunne ikke godkendes.", [(KUU, "godkende", "rejected", DAY)]),
    ("Udvalget har ikke godkendt lukningen.", [(KUU, "godkende", "rejected", DAY)]),
    ("Økonomiudvalget godkendte sagen den 2. april 2024.", [(OEU, "godkende", "decided", "2024-04-02")]),
    ("Byrådet vedtog budgettet den 12. oktober 2023.", [("Byrådet", "vedtage", "decided", "2023-10-12")]),
    ("Byrådet afviste en lignende sag i 2022.", [("Byrådet", "afvise", "rejected", None)]),
    ("Udvalget afviste en lignende sag i 2022.", [(KUU, "afvise", "rejected", None)]),
    ("Økonomiudvalget godkendte sagen.", [(OEU, "godkende", "decided", None)]),
    ("Kulturudvalget godkendte sagen.", [(KUU, "godkende", "decided", DAY)]),
    ("Udvalget godkendte budgettet for 2025.", [(KUU, "godkende", "decided", DAY)]),
    ("Sagen blev udsat til mødet den 18. juni 2024.", [(KUU, "udsætte", "postponed", DAY)]),
    ("Godkendt som indstillet.", [(KUU, "godkende", "decided", DAY)]),
    ("Vedtaget som anbefalet af forvaltningen.", [(KUU, "vedtage", "decided", DAY)]),
    ("Der ydes et tilskud på 75.000 kr. i 2024.", [(KUU, "yde", "decided", DAY)]),
    ("Sagen sendes tilbage til forvaltningen.", [(KUU, "sende tilbage", "postponed", DAY)]),
    ("Sagen tilbagesendes.", [(KUU, "tilbagesende", "postponed", DAY)]),
    ("Sagen blev trukket af dagsordenen.", [(KUU, "trække", "postponed", DAY)]),
    ("Punktet udgår.", [(KUU, "udgå", "postponed", DAY)]),
    ("Fremsendes til Økonomiudvalget med anbefaling.", [(KUU, "fremsende", "recommended", DAY)]),
    ("Oversendes til Byrådets 2. behandling.", [(KUU, "oversende", "decided", DAY)]),
    ("Drøftet.", [(KUU, "drøfte", "decided", DAY)]),
    ("Udvalget drøftede sagen og besluttede at udsætte den.", [(KUU, "beslutte", "postponed", DAY)]),
    ("Punktet blev ikke behandlet.", []),
    ("Til efterretning.", [(KUU, "tage til efterretning", "decided", DAY)]),
    ("Udvalget kan tiltræde indstillingen.", [(KUU, "tiltræde", "decided", DAY)]),
    ("Udvalget kan tilslutte sig indstillingen.", [(KUU, "tilslutte", "decided", DAY)]),
    ("Venstre kan tiltræde indstillingen.", []),
    (
        "Taget til efterretning, idet udvalget dog ikke kan godkende, at merforbruget dækkes af kassen.",
        [(KUU, "tage til efterretning", "decided", DAY), (KUU, "godkende", "rejected", DAY)],
    ),
    (
        "Godkendt med de ændringer, som Byrådet vedtog den 2. april 2024.",
        [(KUU, "godkende", "decided", DAY), ("Byrådet", "vedtage", "decided", "2024-04-02")],
    ),
    ("Økonomiudvalgets indstilling godkendt.", [(KUU, "godkende", "decided", DAY)]),
    ("V indstiller, at forslaget forkastes.", []),
    ("Et mindretal bestående af V indstiller, at forslaget forkastes.", []),
    ("Et flertal bestående af A og F indstiller, at forslaget vedtages.", [(KUU, "indstille", "recommended", DAY)]),
    ("Sendes til Byrådet med anbefaling.", [(KUU, "sende", "recommended", DAY)]),
    ("Venstres ændringsforslag blev nedstemt.", [(KUU, "nedstemme", "rejected", DAY)]),
    ("Forvaltningen anbefaler, at sagen udsættes.", [("Forvaltningen", "anbefale", "recommended", None)]),
    (
        "Byrådet vedtog i 2022 en strategi, og udvalget godkendte nu planen.",
        [("Byrådet", "vedtage", "decided", None), (KUU, "godkende", "decided", DAY)],
    ),
    ("Indstillingen følges.", [(KUU, "følge", "decided", DAY)]),
    ("Udvalget indstiller, at planen godkendes, og at der ydes støtte.", [(KUU, "indstille", "recommended", DAY)] * 2),
    ("Udvalget anbefaler, at planen godkendes, og at der ydes støtte.", [(KUU, "anbefale", "recommended", DAY)]),
    ("Afslag.", [(KUU, "give afslag", "rejected", DAY)]),
    ("Som indstillet.", [(KUU, "indstille", "decided", DAY)]),
    (
        "Godkendt.\n\nTidligere behandling\nSocialudvalget 3. marts 2024: Godkendt.\nØkonomiudvalget 10-03-24: Udsat.",
        [
            (KUU, "godkende", "decided", DAY),
            (SOU, "godkende", "decided", "2024-03-03"),
            (OEU, "udsætte", "postponed", "2024-03-10"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), UNDER_BESLUTNING)
def test_under_beslutning(text: str, wanted: list[Dated]) -> None:
    context = Context(meeting_body=KUU, meeting_date=DAY)
    records = decided(f"Beslutning\n{text}\n", context)[0]

    assert [(r.body, r.verb, r.status, r.date) for r in records if isinstance(r, Decision)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Børneudvalget, 7. maj 2024: Godkendt", [("Børneudvalget", "godkende", "decided", "2024-05-07")]),
        (
            "Socialudvalget 3. april 2024: Godkendt.\nØkonomiudvalget 10. april 2024: Anbefales.",
            [(SOU, "godkende", "decided", "2024-04-03"), (OEU, "anbefale", "recommended", "2024-04-10")],
        ),
        (
            "Socialudvalget godkendte det den 3. oktober 2023, og Økonomiudvalget forkastede det den 10. oktober 2023.",
            [(SOU, "godkende", "decided", "2023-10-03"), (OEU, "forkaste", "rejected", "2023-10-10")],
        ),
        (
            "Socialudvalget behandlede sagen den 3. april 2024, og Byrådet vedtog planen den 25. april 2024.",
            [("Byrådet", "vedtage", "decided", "2024-04-25")],
        ),
        (
            "Sagen blev anbefalet af Socialudvalget og vedtaget af Byrådet den 3. maj 2024.",
            [(SOU, "anbefale", "recommended", None), ("Byrådet", "vedtage", "decided", "2024-05-03")],
        ),
        (
            "Socialudvalget indstillede den 4. juni 2024, at planen godkendes.",
            [(SOU, "indstille", "recommended", "2024-06-04")],
        ),
    ],
)
def test_each_its_own_day(text: str, wanted: list[Dated]) -> None:
    assert [(r.body, r.verb, r.status, r.date) for r in decisions(text)] == wanted


def test_minutes_know_who_decides_and_when() -> None:
    text = "Beslutning\nSagen blev udsat til mødet den 18. juni 2024.\n"
    taken = ((text.index("18."), text.index("2024") + 4),)
    context = Context(meeting_body="Byrådet", meeting_date="2024-06-04", taken=taken)
    (decision,) = decided(text, context)[0]

    assert isinstance(decision, Decision)
    assert (decision.body, decision.date, decision.status) == ("Byrådet", "2024-06-04", "postponed")


LAYOUTS: list[tuple[str, list[Found]]] = [
    ("Beslutning\nPunkt 1 godkendt, punkt 2 udsat.", [(None, "godkende", "decided"), (None, "udsætte", "postponed")]),
    (
        "Beslutning\na. Godkendt\nb. Ikke godkendt\nc. Udsat",
        [(None, "godkende", "decided"), (None, "godkende", "rejected"), (None, "udsætte", "postponed")],
    ),
    (
        "BESLUTNING:\nAd 1-2: Tiltrådt\nAd 3: Forkastet med 4 stemmer mod 3",
        [(None, "tiltræde", "decided"), (None, "forkaste", "rejected")],
    ),
    (
        "Beslutning Udvalget for Børn og Skole den 11-05-2016\n1. at: Godkendt.\n2. at: Ikke god-\nkendt.",
        [
            ("Udvalget for Børn og Skole", "godkende", "decided"),
            ("Udvalget for Børn og Skole", "godkende", "rejected"),
        ],
    ),
    (
        "Beslutning i Byrådet 27. november 2018:\n\nFraværende: Bo Lind (V)\n\nGodkendt.",
        [("Byrådet", "godkende", "decided")],
    ),
    (
        "Socialudvalget, 10. september 2019, pkt. 71:\n\nAnbefales.\n\nBeslutning\n\nGodkendt.",
        [(SOU, "anbefale", "recommended"), (None, "godkende", "decided")],
    ),
    ("By og Land, 6. januar 2020, pkt. 123:\n\nAnbefales.", [(None, "anbefale", "recommended")]),
    (
        "Socialudvalget: Anbefales. Økonomiudvalget: Indstilles godkendt.",
        [(SOU, "anbefale", "recommended"), (OEU, "indstille", "recommended")],
    ),
    (
        "Sagens afgørelse\nØkonomiudvalget 7. december: Tiltrædes indstillet til Byrådet.",
        [(OEU, "tiltræde", "recommended")],
    ),
    (
        "Beslutning\nUdvalget afviste ansøgningen og gav afslag på lån.",
        [(None, "afvise", "rejected"), (None, "give afslag", "rejected")],
    ),
    (
        "Beslutning i Byrådet den 3. maj 2022\nByrådet fastsatte taksten og valgte en ny revisor.",
        [("Byrådet", "fastsætte", "decided"), ("Byrådet", "vælge", "decided")],
    ),
    ('Beslutning\nV ønskede tilført protokollen: "Sagen burde være udsat. Planen blev vedtaget uden høring."', []),
]


@pytest.mark.parametrize(("text", "wanted"), LAYOUTS)
def test_layouts_of_minutes(text: str, wanted: list[Found]) -> None:
    assert found(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Pkt. 1 Dagsorden\nGodkendt. Bo ønskede punkt 6 først.", [(KUU, "godkende", "decided", DAY)]),
        ("Pkt. 5 Besøg\nUdsat på grund af sne.", [(KUU, "udsætte", "postponed", DAY)]),
        ("Pkt. 7 Asbest\nUdgik af dagsordenen.", [(KUU, "udgå", "postponed", DAY)]),
        ("Pkt. 8 Jury\nValget af ny jury udsættes til efter ferien.", [(KUU, "udsætte", "postponed", DAY)]),
        ("Pkt. 9 Tilskud\nAnsøgningen kan derfor ikke imødekommes.", [(KUU, "imødekomme", "rejected", DAY)]),
        ("Pkt. 9 Tilskud\nRådet besluttede at vente.", [(None, "beslutte", "decided", None)]),
        ("Pkt. 3 Pris\nPia spurgte, om terminalen er vedtaget.", []),
    ],
)
def test_minutes_without_a_heading_for_decisions(text: str, wanted: list[Dated]) -> None:
    records = decided(text, MEETING)[0]

    assert [(r.body, r.verb, r.status, r.date) for r in records if isinstance(r, Decision)] == wanted


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("BYRÅDET, 18. DECEMBER 2019\n\nSag 4: Skoler\n\nBeslutning\nGodkendt.", "Byrådet"),
        ("Kulturudvalget\nReferat af møde den 3. maj 2022\n\nBeslutning\nGodkendt.", KUU),
        ("Socialudvalget, 3. maj 2022, pkt. 4:\nAnbefales.\n\nBeslutning\nGodkendt.", None),
        (
            "Beslutningskompetence: KB\n\nSocialudvalget, 3. maj 2022, pkt. 4:\nAnbefales.\n\nBeslutning\nGodkendt.",
            "Kommunalbestyrelsen",
        ),
    ],
)
def test_a_paper_s_own_head_says_whose_minutes_it_is(text: str, body: str | None) -> None:
    assert [record.body for record in decisions(text) if record.verb == "godkende"] == [body]


def test_a_table_of_decisions_has_a_decision_in_each_row() -> None:
    log = "Beslutningslog\n#1 | Halgulv | Godkendt | sag 22/8812\n#2 | Scene | Afvist |\n| Lys | Udsat |\n"

    assert [(each.text, each.status) for each in decisions(log)] == [
        ("#1 | Halgulv | Godkendt | sag 22/8812", "decided"),
        ("#2 | Scene | Afvist", "rejected"),
        ("Lys | Udsat", "postponed"),
    ]
    assert found("Leverandører (besluttet i 2021)\nStige | Godkendt | 12\n") == []
    assert found("Varer | Status\nStige | Godkendt | 12\nKabel | Afvist | 13\n") == []


TABLE = (
    "Mødepunkt | Referat |\n--- | --- |\n1. Dagsorden | Godkendt. |\n"
    "2. Budget | Budgettet blev godkendt. Der bevilges 2 mio. kr. til bøger. |\n"
    "3. Bro | Ikke godkendt |\n4. Nyt | Lederen fortalte. |\n"
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Referat fra Teknik- og Miljøudvalget den 4. marts 2026", "Teknik- og Miljøudvalget"),
        ("Skolebestyrelsesmøde den 4. marts 2026 på Elmeby Skole", "Skolebestyrelsen"),
    ],
)
def test_minutes_that_are_a_table_decide_in_a_column(head: str, body: str) -> None:
    records = extract_bytes(f"{head}\n\n{TABLE}".encode(), "papir.txt").records
    told = [each for each in records if isinstance(each, Decision)]

    assert [(each.text, each.status, [link.text for link in each.links]) for each in told] == [
        ("Godkendt.", "decided", []),
        ("Budgettet blev godkendt.", "decided", []),
        ("Der bevilges 2 mio. kr. til bøger.", "decided", ["2 mio. kr."]),
        ("Ikke godkendt", "rejected", []),
    ]
    assert {each.body for each in told} == {body}


def test_minutes_that_are_a_table_of_a_web_page_decide_in_a_column() -> None:
    rows = [
        ["Pkt.", "Sag", "Beslutning"],
        ["1", "Dagsorden", "Godkendt."],
        ["2", "Broen, 2 mio. kr.", "Udsat."],
        ["3", "Leje", "Afvist med 3 stemmer mod 2."],
    ]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    head = "<h1>Beslutningsprotokol</h1><p>Elmeby Kommune, Teknikudvalget, 4. marts 2026</p>"
    records = extract_bytes(f"<html><body>{head}<table>{body}</table></body></html>".encode(), "side.html").records
    told = [(each.text, each.status) for each in records if isinstance(each, Decision)]

    assert told == [("Godkendt.", "decided"), ("Udsat.", "postponed"), ("Afvist med 3 stemmer mod 2.", "rejected")]


def test_a_table_beside_a_heading_that_decides_takes_nothing_from_it() -> None:
    table = "| Punkt | Beslutning |\n|---|---|\n| Tidligere sag | Godkendt i 2024. |\n\n"
    text = f"{table}Sagsfremstilling\nHallen er gammel.\n\nBeslutning\nUdvalget bevilgede 3 mio. kr.\n"
    head = "Referat fra Kulturudvalget den 4. marts 2026\n\nPunkt 3. Ny hal\n\n"
    told = [each for each in extract_bytes(f"{head}{text}".encode(), "papir.txt").records if isinstance(each, Decision)]

    assert [(each.text, each.date) for each in told] == [("Udvalget bevilgede 3 mio. kr.", "2026-03-04")]


def test_a_verdict_on_a_line_of_its_own_stands_below_the_numbers_of_its_case() -> None:
    text = (
        "Beslutningsprotokol for Havneudvalget\n4. maj 2022\n\n2  Forretningsorden\n"
        "   Sagsnr.: 12-2022-8    Dok.nr.: 12-2022-99812\n   {}\n\n3  Kajplads\n   Udvalget drøftede kajen.\n"
    )

    assert [(each.text, each.body) for each in decisions(text.format("Godkendt."))] == [("Godkendt.", "Havneudvalget")]
    assert decisions(text.format("Godkendt af Arbejdstilsynet.")) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        # what is printed in the sentence before, a figure's year, and a time to come are no time of the deciding
        ("Hallen koster 4 mio. kr. i 2025.\n\nBeslutning\nUdvalget godkendte indstillingen.", DAY),
        ("Hallen kostede 4 mio. kr. i 2021.\n\nBeslutning\nUdvalget godkendte indstillingen.", DAY),
        ("Beslutning\nUdvalget godkendte en bevilling på 4 mio. kr. i 2025.", DAY),
        ("Beslutning\nUdvalget godkendte en bevilling på 4 mio. kr. i 2023.", DAY),
        ("Beslutning\nUdvalget vedtog planen for arbejdet i 2025-2028.", DAY),
        ("Beslutning\nForslaget blev vedtaget i 2022.", None),
        ("Beslutning\nUdvalget besluttede i 2024 at lukke hallen.", None),
        ("Beslutning\nForslaget blev afvist sidste år.", None),
    ],
)
def test_a_time_that_is_not_the_deciding_s(text: str, date: str | None) -> None:
    context = Context(meeting_body=KUU, meeting_date=DAY)
    records = decided(f"{text}\n", context)[0]

    assert [r.date for r in records if isinstance(r, Decision)] == [date]


OLD_MINUTES: list[tuple[str, list[tuple[str | None, str, str]]]] = [
    ("7. Plan\n\nByrådet:\nPlanen vedt. med 9 stemmer mod 4.\n", [("Byrådet", "vedtage", "decided")]),
    ("7. Plan\n\nByrådet:\nBuddet er for lavt. Ej godk.\n", [("Byrådet", "godkende", "rejected")]),
    ("7. Plan\n\nØkonomiudvalget, den 7/4 1998:\nTiltr.\n", [("Økonomiudvalget", "tiltræde", "decided")]),
    ("7. Plan\n\nAmtsrådet (7.4.93):\nUdvalgets indstilling vedtaget.\n", [("Amtsrådet", "vedtage", "decided")]),
    ("7. Plan\nBeslutn.: Anbefales overfor Byrådet.\n", [(None, "anbefale", "recommended")]),
    ("Lån til mole\n\nByrådet d. 7/4 1998, pkt. 14\nBeslutn.: Godk.\n", [("Byrådet", "godkende", "decided")]),
    (
        "HAVNEVÆRKET - BESTYRELSESMØDE 2/2021\n\nPunkt 3\nKonklusion: Lån på 4 mio. kr. godkendt.\n",
        [(None, "godkende", "decided")],
    ),
    (
        "Havnebestyrelsen for Fjordby Havn, mandag d. 5. marts 2001\n\n1. Mole\nVedtaget.\n\n2. Kran\nUdsat.\n",
        [("Havnebestyrelsen", "vedtage", "decided"), ("Havnebestyrelsen", "udsætte", "postponed")],
    ),
    (
        "Forvaltningen foreslår,\n- at der gives afslag\n- at sagen lukkes\n",
        [("Forvaltningen", "foreslå", "recommended")] * 2,
    ),
    # none of these is minutes, or an authority's
    ("Notat om punkt 4\nKonklusion: Taksten fastholdes i modellen.\n", []),
    ("Byrådet:\nMedlemmer valgt for perioden: Jens Holm, Mia Ravn.\n", []),
    ("Amtsrådet (7.4.93):\nBrevet er sendt videre.\n", []),
    ("Ældrerådet inviterer til møde den 5. maj 2021\n\n1. Velkomst\n2. Sagen udsættes måske\n", []),
    ("Afdelingsbestyrelsen, mandag d. 5. maj 2021\n\n1. Vaskeri\nVedtaget.\n", []),
    ("Borgmesteren foreslår,\n- at der gives afslag\n- at sagen lukkes\n", []),
    ("Se vedt. § 3 og godk. af 1998.", []),
    ("Regnskabet er godkendt af revisor.", []),
]


@pytest.mark.parametrize(("text", "wanted"), OLD_MINUTES)
def test_minutes_of_other_times_and_boards(text: str, wanted: list[tuple[str | None, str, str]]) -> None:
    assert [(record.body, record.verb, record.status) for record in decisions(text)] == wanted


def test_a_committee_s_majority_is_not_the_council_whose_minutes_tell_of_it() -> None:
    text = (
        "Fjordby Kommune\nByrådet\nReferat fra mødet den 3. april 2024\n\nPunkt 1. Ny hal\n\nBeslutning:\n"
        "Udvalgets flertal indstillede 4 mio. kr., mindretallet 2 mio. kr. Byrådet vedtog mindretallets forslag.\n"
    )
    told = [each for each in extract_bytes(text.encode(), "referat.txt").records if isinstance(each, Decision)]

    assert [(each.body, each.date) for each in told] == [(None, None), ("Byrådet", "2024-04-03")]
    assert [[link.text for link in each.links] for each in told] == [["4 mio. kr."], []]
