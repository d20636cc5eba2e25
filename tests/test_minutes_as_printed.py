"""Minutes as they are printed on the web or scanned: whose meeting, what is decided, what only looks like it."""

from __future__ import annotations

import pytest

from corpus.model import AgendaItem, Amount, Date, Decision, Document, Fte
from pipeline.extract import extract_bytes

HEAD = "Beslutningsreferat\nHavneudvalget den 3. maj 2024\n\n1. Kajen\n\nBeslutning i Havneudvalget den 3. maj 2024:\n"
Told = tuple[str, str | None, str, str | None, bool]  # text, body, status, date, negated


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "papir.txt")


def decided(text: str) -> list[Told]:
    found = [each for each in read(text).records if isinstance(each, Decision)]
    return [(each.text, each.body, each.status, each.date, each.negated) for each in found]


def codes(text: str) -> list[str]:
    return [each.code for each in read(text).problems]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Listen rettes for de medlemmer, der er bevilget orlov, også hvad angår honorar.", []),
        ("Bådene, som er godkendt til sejlads, mærkes.", []),
        ("Forslaget, der blev stillet af borgerne, blev godkendt.", ["godkende"]),
        ("Planen, som er vedtaget i foråret, blev udsat.", ["udsætte"]),
        ("Der gives tilsagn til de klubber, der er godkendt til tilskud.", ["give"]),
    ],
)
def test_a_relative_clause_with_er_tells_what_something_is(said: str, expected: list[str]) -> None:
    found = [each.verb for each in read(HEAD + said + "\n").records if isinstance(each, Decision)]

    assert found == expected


@pytest.mark.parametrize(
    ("item", "lines", "told"),
    [
        (
            "2. Bemærkninger til dagsordenen",
            "Ingen.\n\nIda Holm og Ole Bak Hansen var fraværende.\n\nTil toppen",
            False,
        ),
        ("2. Fraværende", "Ida Holm, Ole Bak Hansen og Per Dam.\n\nGå til top", False),
        ("2. Spørgetid", "Intet til spørgetiden.\nSagsnr.: 22/131", False),
        ("2. Spørgetid", "Der var ingen spørgsmål.\n\nTilbage til toppen", False),
        ("2. Spørgetid", "Ida Holm (V) deltog ikke i behandlingen af sagen.", False),
        ("2. Valg af formand", "Ida Holm.\n\nTil toppen", True),
        ("2. Valg til bestyrelsen", "Ida Holm, Ole Bak Hansen og Per Dam.", True),
        ("2. Kajen", "Ingen bemærkninger.", True),
    ],
)
def test_absence_and_furniture_of_a_web_page_are_no_lost_decision(item: str, lines: str, told: bool) -> None:
    text = f"{HEAD}Godkendt.\n\n{item}\n\nBeslutning\n\n{lines}\n"

    assert codes(text) == (["decision-unread"] if told else [])


AMENDED = """Referat
Torsdag den 30. april 2020

Udvalg: Kommunalbestyrelsen
Afbud fra:

INDSTILLING:

Administrationen indstiller, at der ikke søges om lån.

BESLUTNING: Kommunalbestyrelsen den 30-04-2020

{said}Godkendt.
"""


@pytest.mark.parametrize(
    ("said", "negated"),
    [
        ("", True),
        ("Der var bilag til sagen.\n\n", True),
        ("Liste A fremsætter ændringsforslag:\n\nListe A foreslår et lån på 12 mio. kr.\n\nFor stemte: 12\n\n", False),
        ("Forslag fra A og B:\n\nDer søges om lån.\n\n", False),
    ],
)
def test_an_amendment_that_is_adopted_does_not_take_over_the_no_of_the_recommendation(said: str, negated: bool) -> None:
    document = read(AMENDED.format(said=said))
    last = [each for each in document.records if isinstance(each, Decision)][-1]

    assert (last.text, last.body, last.negated) == ("Godkendt.", "Kommunalbestyrelsen", negated)
    assert document.title == "Kommunalbestyrelsen"


def test_an_office_that_recommends_below_a_decision_is_not_the_meeting_s_body() -> None:
    text = (
        f"{HEAD}Godkendt\n\nReferat2. Frigivelse af midler\n\nDirektør Ole Hald indstiller, at:\n\n"
        "  1. 2,3 mil. kr. frigives til bådehuset.\n\n  2. 150.000 kr. frigives til en rampe.\n"
    )

    assert decided(text) == [
        ("Godkendt", "Havneudvalget", "decided", "2024-05-03", False),
        ("2,3 mil. kr. frigives til bådehuset.", None, "recommended", None, False),
        ("150.000 kr. frigives til en rampe.", None, "recommended", None, False),
    ]
    assert [str(each.value) for each in read(text).records if isinstance(each, Amount)] == ["2300000", "150000"]


def test_numbers_of_items_may_touch_their_headings_and_an_earlier_decision_names_no_meeting() -> None:
    for name in ("Trivselsudvalget", "Opvækstudvalget"):
        document = read(
            f"Lunde Kommunes logo\n\n{name} 2018-2021s møde den 9. august 2021\n\nReferat\nFold alle punkter\n\n"
            "47Godkendelse af dagsorden\n\nBeslutning\n\nGodkendt.\n\n48Status på budgettet\n\nSagsfremstilling\n\n"
            "Økonomiudvalget besluttede på sit møde den 10. februar 2021 en tidsplan.\n\nBeslutning\n\nUdsat.\n"
        )
        items = [(part.number, part.heading) for part in document.parts if isinstance(part, AgendaItem)]
        told = [(each.verb, each.body) for each in document.records if isinstance(each, Decision)]

        assert items == [("47", "Godkendelse af dagsorden"), ("48", "Status på budgettet")]
        assert told == [("godkende", name), ("beslutte", "Økonomiudvalget"), ("udsætte", name)]


def test_a_meeting_of_an_unknown_committee_is_not_put_down_to_another() -> None:
    text = (
        "Referat\n\nBlomsterfestudvalget\n\n3. maj 2024\n\n1. Sagen\n\nFør Økonomiudvalget.\n\nBeslutning\n\nUdsat.\n"
    )

    assert [each[1] for each in decided(text) if each[2] == "postponed"] in ([None], ["Blomsterfestudvalget"])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Som opfølgning på den orientering, som rådet fik den 24. april 2013 om køer, er det besluttet at vente.",
            None,
        ),
        ("Det forslag, der blev stillet den 3. maj 2024, blev vedtaget af Byrådet.", None),
        ("Det blev den 3. maj 2024 besluttet at vente.", "2024-05-03"),
        ("På mødet den 3. maj 2024, som var kort, besluttede Byrådet at vente.", "2024-05-03"),
    ],
)
def test_a_day_in_a_relative_clause_is_not_when_it_was_decided(text: str, day: str | None) -> None:
    assert [each[3] for each in decided(text)] == [day]


def test_minutes_and_agendas_are_not_of_the_day_of_an_earlier_decision() -> None:
    document = read(
        "Teknisk Udvalg besluttede på møde den 28. februar 2018 at igangsætte et forslag.\n\nIndstilling\n"
        "Det indstilles,\n\n1. at forslaget vedtages, og\n\n2. at der ikke afholdes borgermøde.\n\n"
        "Teknisk Udvalg - Dagsorden for mødet den 01-05-2019\n"
    )

    assert (document.kind, document.date) == ("agenda", "2019-05-01")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("På mødet den 24. juni 2015 vedtog byrådets flertal (alle undtagen A) at skære i antallet.", "Byrådet"),
        ("Kulturudvalgets flertal besluttede at lukke hallen.", "Kulturudvalget"),
    ],
)
def test_the_majority_of_a_body_decides(text: str, body: str) -> None:
    assert [each[1:3] for each in decided(text)] == [(body, "decided")]


@pytest.mark.parametrize("said", ["Byrådets formand besluttede at gå.", "Byrådets hal vedtog intet."])
def test_what_belongs_to_a_body_does_not_decide(said: str) -> None:
    assert decided(said) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Byrådet vedtog budgettet for 2013 og 2014.", None),
        ("Byrådet vedtog budget 2015, 2016 og 2017.", None),
        ("Byrådet vedtog budget 2015 – 2018.", None),
        ("Byrådet vedtog budgettet for 2013 og lånet.", 2013),
        ("Byrådet vedtog budget 2015, 14 dage efter forliget.", 2015),
    ],
)
def test_a_budget_of_several_years_has_no_one_year(text: str, year: int | None) -> None:
    assert [each.budget_year for each in read(text).records if isinstance(each, Decision)] == [year]


@pytest.mark.parametrize(
    "text",
    [
        "Der er givet kr. 3 5 0.0 0 0 til molen.",
        "Der er givet kr. 2 0, og resten mangler.",
        "Der er brugt 2 1 2.1 5 7 kr. i alt.",
        "Der er 1 2 0 0 0 kr. tilbage.",
        "Kr. 5 0 0.",
    ],
)
def test_a_figure_whose_digits_a_scan_has_set_apart_is_refused(text: str) -> None:
    assert [each for each in read(text).records if isinstance(each, Amount)] == []
    assert codes(text) == ["number-refused"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Gebyret er kr. 5 pr. gang.", "5"),
        ("Gebyret er 7 kr.", "7"),
        ("Punkt 3: Der gives 8 mio. kr. til 2 haller.", "8000000"),
        ("Der gives kr. 350 000 til 2 haller.", "350000"),
        ("Der gives 2,3 mil. kr.", "2300000"),
    ],
)
def test_a_figure_beside_other_figures_is_read(text: str, value: str) -> None:
    assert [str(each.value) for each in read(text).records if isinstance(each, Amount)] == [value]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Frister:\n25. november\n26. november 2025\n", ["2025-11-25", "2025-11-26"]),
        ("Møderne er 3. maj 4. juni og 5. juli 2025.", ["2025-05-03", "2025-06-04", "2025-07-05"]),
        ("Betalt den 25. november 26.", ["2026-11-25"]),
    ],
)
def test_a_day_behind_a_day_is_no_year_of_two_digits(text: str, days: list[str]) -> None:
    found = [each for each in read(text).records if isinstance(each, Date)]

    assert [each.first.isoformat() for each in found] == days


def test_a_figure_that_touches_the_name_of_its_row_is_not_dropped() -> None:
    document = read(
        "Takster\n\nTakster i kr. 2021   2022\nMånedlig betaling, 48 timer 2.861   2.887\nHovedret 54,00   57,00\n"
        "Suppe 10,00   12,00\n"
    )
    lines = [(line.label, [(v.year, str(v.value)) for v in line.values]) for line in document.tables[0].lines]

    assert lines == [
        ("Månedlig betaling, 48 timer", [(2021, "2861"), (2022, "2887")]),
        ("Hovedret", [(2021, "54"), (2022, "57")]),
        ("Suppe", [(2021, "10"), (2022, "12")]),
    ]


def test_what_trebles_is_two_amounts_and_fewer_people_are_positions() -> None:
    document = read("Puljen tredobles næsten over fire år fra otte til 22 mio. kr. Det betyder syv færre medarbejdere.")

    assert [str(each.value) for each in document.records if isinstance(each, Amount)] == ["8000000", "22000000"]
    assert [str(each.value) for each in document.records if isinstance(each, Fte)] == ["7"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sendt til behandling i Økonomiudvalget", [("decided", "oversende")]),
        (
            "Tilbagesendes Børn og Unge med bemærkning, at byrådet den 3. maj 2024 har vedtaget indstillingen.",
            [("decided", "vedtage")],
        ),
        ("Tilbagesendes til forvaltningen med bemærkning om, at planen mangler.", [("postponed", "tilbagesende")]),
        ("Billedkunstudvalget meddeler afslag på grund af en prioritering.", [("rejected", "meddele afslag")]),
    ],
)
def test_what_is_sent_on_sent_back_with_a_yes_and_refused(said: str, expected: list[tuple[str, str]]) -> None:
    text = f"Referat\nByrådet den 3. maj 2024\n\n1. Kajen\n\nBeslutning\n{said}\n"
    found = [each for each in read(text).records if isinstance(each, Decision)]

    assert [(each.status, each.verb) for each in found] == expected


def test_points_below_a_head_that_ends_in_a_semicolon() -> None:
    text = (
        "Indstilling\n\nDirektøren for Teknik og Miljø indstiller til udvalget;\n\n"
        "  1. At der udstedes byggetilladelse\n  2. At praksis fortsættes\n"
    )

    assert [each[0] for each in decided(text)] == ["At der udstedes byggetilladelse", "At praksis fortsættes"]


def test_applications_that_are_granted_in_lines_below() -> None:
    text = (
        "Referat\nByrådet den 3. maj 2024\n\n1. Puljen\n\nBeslutning\nFølgende ansøgninger imødekommes:\n"
        "Lunde Kor 12.000 kr.\nHolme Teater 30.000 kr.\n"
    )
    found = [each for each in read(text).records if isinstance(each, Decision)]

    assert [(each.verb, each.status, [link.text for link in each.links]) for each in found] == [
        ("imødekomme", "decided", ["12.000 kr."]),
        ("imødekomme", "decided", ["30.000 kr."]),
    ]


@pytest.mark.parametrize(
    ("line", "verb"),
    [
        ("Beslutning Fremsendes til Teknisk Udvalg til behandling.", "fremsende"),
        ("Beslutning Godkendt.", "godkende"),
        ("Økonomi Ingen Beslutning Byrådet 3. maj 2024 Godkendt.", "godkende"),
        (
            "Offentlig beslutning der skal udfyldes, hvis punktet er lukket\n\nDet tiltrædes, at broen bygges.",
            "tiltræde",
        ),
    ],
)
def test_a_heading_with_its_decision_on_one_line(line: str, verb: str) -> None:
    text = f"Referat\nByrådet den 3. maj 2024\n\n1. Kajen\n\n{line}\n\n2. Broen\n\nBeslutning\nUdsat.\n"

    assert [(each.body, each.verb) for each in read(text).records if isinstance(each, Decision)] == [
        ("Byrådet", verb),
        ("Byrådet", "udsætte"),
    ]


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        ("Beslutning\n\nUdvalget bevilgede 20.000 kr. til koret.\n", "minutes"),
        ("Beslutning\n\nKulturudvalgets beslutning i mødet den 3. maj 2024:\n\nUdvalget udsatte sagen.\n", "minutes"),
        ("Økonomi\n\nIngen.\n", "agenda"),
    ],
)
def test_the_page_of_one_item_that_says_its_day(end: str, kind: str) -> None:
    text = (
        "Mødedato: 03.05.2024, kl. 15:00\nMødested: Rådhuset, 1. sal\n\nAnsøgning fra Lunde Kor\n\nIndstilling\n\n"
        f"Kulturforvaltningen indstiller,\n\n  1. at udvalget bevilger 20.000 kr. til koret.\n\n{end}"
    )
    document = read(text)

    assert (document.kind, document.title, document.date) == (kind, "Ansøgning fra Lunde Kor", "2024-05-03")
    assert all(each.date in (None, "2024-05-03") for each in document.records if isinstance(each, Decision))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Et forslag om at henvise sagen til Socialudvalget blev vedtaget uden afstemning.",
            [("Borgerrepræsentationen", "decided", False)],
        ),
        (
            "Et af Ida Holm stillet forslag om, at taksten hæves, blev forkastet.",
            [("Borgerrepræsentationen", "rejected", False)],
        ),
    ],
)
def test_who_adopts_a_proposal_to_do_something(said: str, expected: list[tuple[str | None, str, bool]]) -> None:
    head = "Borgerrepræsentationen\n\nBESLUTNINGSPROTOKOL\n\nfra møde torsdag den 24. april 2008"
    text = f"Forslag om taksten\n\n{head}\n\n{said}\n"

    assert [(body, status, negated) for _, body, status, _, negated in decided(text)] == expected


def test_what_is_discussed_is_not_denied_and_what_was_adopted_before_is_not_decided_now() -> None:
    text = HEAD + "Udvalget drøftede, at mange ansøgninger ikke indeholder budgetter. Tidligere vedtaget.\n"

    assert [(said[:8], negated) for said, _, _, _, negated in decided(text)] == [("Udvalget", False)]
