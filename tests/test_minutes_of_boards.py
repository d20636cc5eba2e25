"""Minutes of a deanery's committee and the like: items "3 - Titel", no heading "Beslutning", the present tense."""

from __future__ import annotations

import pytest

from corpus.model import AgendaItem, Decision, Document
from pipeline.extract import extract_bytes

HEAD = "Referat af 13. maj 2024\n\nProvstiudvalgsmøde den 13. maj 2024 kl. 8.30-11.30\n\n"
Told = tuple[str, str | None, str, str | None, list[str]]  # text, body, status, date, figures


def read(text: str) -> Document:
    return extract_bytes(text.encode(), "referat.txt")


def decided(text: str) -> list[Told]:
    found = [each for each in read(text).records if isinstance(each, Decision)]
    return [(each.text, each.body, each.status, each.date, [link.text for link in each.links]) for each in found]


def test_items_with_a_dash_and_the_committee_of_its_meeting() -> None:
    text = HEAD + (
        "1 - Godkendelse af dagsorden\nGodkendt.\n"
        "2 - Lunde - Regnskab - Solceller\n\nUdvalget har modtaget regnskabet.\n"
        "Provstiudvalget godkender regnskabet og udbetaler kr. 32.400 af Reserven.\n"
        "3 - Holme - Nyt orgel\n\nProvstiudvalget bevilger 50.000 kr. af reserven.\n"
    )
    document = read(text)

    assert [part.number for part in document.parts if isinstance(part, AgendaItem)] == ["1", "2", "3"]
    assert decided(text) == [
        ("Godkendt.", "Provstiudvalget", "decided", "2024-05-13", []),
        (
            "Provstiudvalget godkender regnskabet og udbetaler kr. 32.400 af Reserven.",
            "Provstiudvalget",
            "decided",
            "2024-05-13",
            ["kr. 32.400"],
        ),
        (
            "Provstiudvalget bevilger 50.000 kr. af reserven.",
            "Provstiudvalget",
            "decided",
            "2024-05-13",
            ["50.000 kr."],
        ),
    ]


def test_the_verdict_below_a_recommendation_of_one_word() -> None:
    text = HEAD + (
        "1 - Holme - Synsudskrift\n\nIndstilling:\n\nGodkendes under forudsætning af dækning.\n\n"
        "Godkendt under forudsætning af dækning.\n"
    )

    assert decided(text) == [
        ("Godkendt under forudsætning af dækning.", "Provstiudvalget", "decided", "2024-05-13", []),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ansøgningen godkendes.", ["decided"]),
        ("Projektregnskabet godkendes, idet beløbet rettes.", ["decided"]),
        ("Ansøgningen imødekommes ikke.", ["rejected"]),
        ("Regnskabet godkendes hvert år i maj.", []),
        ("Ansøgningen godkendes af stiftet.", []),
        ("Når regnskabet godkendes, udbetales resten.", []),
    ],
)
def test_an_answer_in_the_present_passive(said: str, expected: list[str]) -> None:
    assert [status for _, _, status, _, _ in decided(f"{HEAD}1 - Holme - Sag\n\n{said}\n")] == expected


def test_dagsorden_og_referat_is_minutes() -> None:
    text = "Dagsorden og referat 4. april 2024\n\nProvstiudvalgsmøde 4. april 2024\n\n1 - Nyt orgel\n\nGodkendt\n"

    assert read(text).kind == "minutes"
    assert decided(text) == [("Godkendt", "Provstiudvalget", "decided", "2024-04-04", [])]


def test_what_the_accounts_show_beside_a_grant_is_not_granted() -> None:
    text = HEAD + (
        "1 - Lunde - Solceller\n\n"
        "Provstiudvalget bevilgede op til kr. 350.000 og regnskabet viser et forbrug på kr. 332.380,75.\n"
    )

    assert [figures for *_, figures in decided(text)] == [["kr. 350.000"]]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Referat af byrådsmøde den 3. maj 2024", "Byrådet"),
        ("Referat af kommunalbestyrelsesmøde den 3. maj 2024", "Kommunalbestyrelsen"),
        ("Referat fra Socialudvalgsmøde den 3. maj 2024", "Socialudvalget"),
    ],
)
def test_whose_meeting_a_compound_says(title: str, body: str) -> None:
    assert decided(f"{title}\n\n1. Kajen\n\nGodkendt.\n") == [("Godkendt.", body, "decided", "2024-05-03", [])]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Referat fra menighedsrådsmøde\nOnsdag 31. august 2016 kl. 15.00\n\n", "Menighedsrådet"),
        (
            "Lunde Menighedsråd\nReferat fra den 31. august 2016\n1. Orgel\nRådet søger Provstiudvalget.\n\n",
            "Menighedsrådet",
        ),
        ("Menighedsrådet, Lunde Sogn\nReferat\nOnsdag den 31. august 2016\n\n", "Menighedsrådet"),
        ("Referat af skolebestyrelsesmøde\nOnsdag den 31. august 2016\n\n", "Skolebestyrelsen"),
        ("Referat\nSkolebestyrelsen, Lunde Skole\nOnsdag den 31. august 2016\n\n", "Skolebestyrelsen"),
        ("Referat af ordinær generalforsamling\nGrundejerforeningen Lunden\n31. august 2016\n\n", None),
    ],
)
def test_whose_minutes_they_are_no_committee_of_its_own_says(head: str, body: str | None) -> None:
    text = (
        head
        + "1. Godkendelse af dagsordenen\nGodkendt.\n\n2. Fra udvalgene\nb) Kirke- og kirkegårdsudvalget\nIntet nyt.\n"
    )

    assert {who for _, who, *_ in decided(text)} == {body}


def test_items_with_a_bullet_and_the_meeting_that_their_first_one_names() -> None:
    text = (
        "Referat\n\n • 212. Dagsorden - Godkendelse\n\n  Resume\n\n"
        "  Godkendelse af dagsorden for Økonomiudvalget den 16. februar 2021.\n\n  Beslutning\n\n  Godkendt.\n\n"
        " • 213. Kommuneplan - Godkendelse\n\n  Indstilling\n\n  Plan indstiller til KB via ØU, at\n\n"
        "  1. forslaget godkendes\n\n  2. datoer fastsættes\n\n  Beslutning\n\n  Ad 1.\n\n"
        "  Et flertal bestående af A, C og V (6) anbefaler indstillingen.\n\n  Ad 2.\n\n  Anbefales.\n"
    )

    assert [part.number for part in read(text).parts if isinstance(part, AgendaItem)] == ["212", "213"]
    assert [(said, body, day) for said, body, status, day, _ in decided(text) if body] == [
        ("Godkendt.", "Økonomiudvalget", "2021-02-16"),
        ("Et flertal bestående af A, C og V (6) anbefaler indstillingen.", "Økonomiudvalget", "2021-02-16"),
        ("Anbefales.", "Økonomiudvalget", "2021-02-16"),
    ]


@pytest.mark.parametrize(
    ("said", "verbs"),
    [
        ("Godkendt og taget til efterretning.", ["godkende", "tage til efterretning"]),
        ("Drøftet og godkendt.", ["godkende"]),
        ("Finansieringen godkendt og projektet indsendes til stiftet.", ["godkende"]),
        ("Der blev godkendt, at rådet kan låne kr. 35.000,- af reserven.", ["godkende"]),
        ("Rådet ønsker projektet drøftet og godkendt tidligere end sidst.", []),
        ("Der blev ikke godkendt et nyt udkast.", []),
    ],
)
def test_verdicts_of_more_than_a_word_where_no_heading_stands(said: str, verbs: list[str]) -> None:
    text = HEAD + f"1 - Lunde - Nyt orgel\nRådet har sendt et udkast.\n{said}\n"
    found = [each for each in read(text).records if isinstance(each, Decision)]

    assert [each.verb for each in found if each.status == "decided"] == verbs
    assert {each.body for each in found} <= {"Provstiudvalget"}


def test_an_item_with_its_verdict_on_the_same_line_and_a_sum_on_the_next() -> None:
    text = HEAD + (
        "1 - Godkendelse af dagsorden Godkendt.\n2 - Lunde - Trappe\nRådet har søgt.\n"
        "Der blev godkendt en udbetaling fra reserven på kr.\n28.075,00 til dækning af udgift til udbedring af\n"
        "trappen i klokketårnet.\n"
    )

    assert [part.number for part in read(text).parts if isinstance(part, AgendaItem)] == ["1", "2"]
    assert [(status, figures) for _, _, status, _, figures in decided(text)] == [
        ("decided", []),
        ("decided", ["kr.\n28.075,00"]),
    ]


def test_items_whose_title_counts_itself() -> None:
    text = (
        "Klimaudvalget - 20-08-2024\n\nReferat\n\nPunkt 43 Godkendelse af dagsorden\n\n"
        "Beslutning i Klimaudvalget den 20-08-2024\n\nGodkendt.\n\nPunkt 44 2. budgetopfølgning 2024\n\nSagsresumé\n\n"
        "Området venter et merforbrug på 3,5 mio. kr.\n\nBeslutning i Klimaudvalget den 20-08-2024\n\nUdsat.\n"
    )
    items = [part for part in read(text).parts if isinstance(part, AgendaItem)]

    assert [(part.number, part.title) for part in items] == [
        ("43", "Godkendelse af dagsorden"),
        ("44", "2. budgetopfølgning 2024"),
    ]


@pytest.mark.parametrize(
    ("who", "body"),
    [
        ("Centerchefen", "Centerchefen"),
        ("Direktøren", "Direktøren"),
        ("Direktøren for Bo Bus", None),
        ("Direktøren for Børn, Unge og Kultur", "Direktøren for Børn, Unge og Kultur"),
        ("Direktøren for Teknik & Miljø", "Direktøren for Teknik & Miljø"),
        ("Skolechefen og en lærer", None),
    ],
)
def test_an_official_who_recommends(who: str, body: str | None) -> None:
    text = (
        "Referat\nByrådet den 3. maj 2024\n\n1. Kajen\n\n"
        f"Indstilling\n{who} indstiller til Byrådet\n\n 1. at kajen sælges\n 4. at der gives 40.000 kr.\n\n"
        "Beslutning\nGodkendt.\n"
    )

    assert [(said, whose, figures) for said, whose, status, _, figures in decided(text) if status == "recommended"] == [
        ("at kajen sælges", body, []),
        ("at der gives 40.000 kr.", body, ["40.000 kr."]),
    ]


def test_items_whose_title_stands_above_their_number() -> None:
    text = (
        "Kommunalbestyrelsen\n\n24-09-2024\n\nSager 129 - 130\n\nSpørgetid\nSag nr. 129\n\nSagens kerne\n\n"
        "Beslutning\n\nTaget til efterretning.\n\nNy cykelsti - endelig vedtagelse\nSag nr. 130\n\n"
        "Sagens kerne\n\nIndstilling\n\nForvaltningen indstiller,\n\nat stien bygges.\n\nBeslutning\nGodkendt.\n"
    )
    items = [part for part in read(text).parts if isinstance(part, AgendaItem)]

    assert [(item.number, item.title, item.text.partition("\n")[0]) for item in items] == [
        ("129", "Spørgetid", "Spørgetid"),
        ("130", "Ny cykelsti - endelig vedtagelse", "Ny cykelsti - endelig vedtagelse"),
    ]
    assert [said for said, *_ in decided(text)] == ["Taget til efterretning.", "at stien bygges.", "Godkendt."]


def test_what_has_happened_since_below_a_decision_is_none() -> None:
    text = (
        "Referat\nByrådet den 3. maj 2024\n\n1. Kajen\n\nBeslutning\nSagen blev udsat.\n"
        "Siden beslutningen om at lave en strategi er der vedtaget en reform af området.\n"
    )

    assert [(said, status) for said, _, status, *_ in decided(text)] == [("Sagen blev udsat.", "postponed")]


def test_a_title_that_quotes_a_catalogue_is_of_a_note() -> None:
    assert read('Røget ud af "sparekataloget"\n\nForslaget er taget ud igen.\n').kind == "other"
    assert read("Sparekatalog 2027\n\nForslagene er fra maj.\n").kind == "budget-catalogue"


def test_items_that_a_web_page_glues_to_the_word_before() -> None:
    text = (
        "Handicaprådet\n\nReferat\n\n03-11-2024\n\nPunkter\n\n1. Orientering om huset\n2. Godkendelse af referat\n"
        "3. Budget februar 2024\n10. Eventuelt1. Orientering om huset\n\nIndstilling\nChefen indstiller, at\n\n"
        "Beslutning i Handicaprådet den 03-11-2024\nUdsat.\n\nReferat\nSagsfremstilling2. Godkendelse af referat\n\n"
        "Indstilling\nChefen indstiller, at referatet godkendes.\n\nBeslutning i Handicaprådet den 03-11-2024\n"
        "Godkendt.\n\nStatus 20243. Budget februar 2024\n\nBeslutning i Handicaprådet den 03-11-2024\nAfvist.\n"
    )
    items = [part for part in read(text).parts if isinstance(part, AgendaItem)]

    assert [(item.number, item.text.partition("\n")[0]) for item in items] == [
        ("1", "1. Orientering om huset"),
        ("2", "2. Godkendelse af referat"),
        ("3", "3. Budget februar 2024"),
    ]
    assert "".join(part.text for part in read(text).parts).strip() == text.strip()


def test_a_verdict_under_a_recommendation_is_advice_where_a_decision_stands() -> None:
    text = (
        "Referat\nByrådet den 3. maj 2024\n\n1. Kajen\n\nIndstilling\nRegnskabet godkendt og resten overføres.\n\n"
        "Beslutning\nSagen blev udsat.\n"
    )

    assert [(said, status) for said, _, status, *_ in decided(text)] == [
        ("Regnskabet godkendt og resten overføres.", "recommended"),
        ("Sagen blev udsat.", "postponed"),
    ]


def test_what_becomes_of_an_item_that_is_named_with_its_title() -> None:
    text = (
        "Referat\nByrådet den 3. maj 2024\n\n1. Dagsorden\n\nBeslutning\n"
        "Punkt 28. Beslutning om at indgå aftale med foreningen om opførelse af små boliger ved havnen udsat.\n"
        "Udvalget mener, at foreningen bør have en aftale om små boliger på havnen og ikke vil have den udsat.\n"
        "Dagsordenen blev herefter godkendt.\n"
    )

    assert [status for _, _, status, *_ in decided(text)] == ["postponed", "decided"]


def test_a_meeting_of_which_no_line_says_referat() -> None:
    text = "Provstiudvalgsmøde den 13. maj 2024 kl. 8.30-11.30\n\n1 - Godkendelse af dagsorden\n\nGodkendt\n\n"
    text += "2 - Nyt orgel\n\nProvstiudvalget imødekommer ansøgningen om 50.000 kr.\n"

    assert read(text).kind == "minutes"
    assert decided(text) == [
        ("Godkendt", "Provstiudvalget", "decided", "2024-05-13", []),
        (
            "Provstiudvalget imødekommer ansøgningen om 50.000 kr.",
            "Provstiudvalget",
            "decided",
            "2024-05-13",
            ["50.000 kr."],
        ),
    ]


def test_a_committee_that_is_only_told_of_is_not_whose_meeting_it_is() -> None:
    text = "Referat 6-3-2024\n\n1. Dagsorden\n\nGodkendt.\n\n2. Gården\n\nPer Dam går ud af Sognegårdsudvalget.\n"

    assert [body for _, body, *_ in decided(text)] == [None]


def test_a_committee_with_more_behind_its_name_heads_a_decision() -> None:
    text = (
        "Færgeudvalget Havnby - Ø færgefart\nBeslutningsprotokol\nDato: 5. februar 2024\n\n1. Regnskab\n\n"
        "Beslutning i Færgeudvalget Havnby - Ø færgefart den 05-02-2024\nTil efterretning.\n"
    )

    assert decided(text) == [("Til efterretning.", "Færgeudvalget", "decided", "2024-02-05", [])]


def test_what_a_board_does_in_minutes_without_a_day_is_read() -> None:
    text = "Til stede: Ida Holm, Per Dam\n\nReferat\n\nPkt. 1 Regnskab\n\nBestyrelsen godkendte regnskabet.\n"

    assert decided(text) == [("Bestyrelsen godkendte regnskabet.", None, "decided", None, [])]


def test_the_day_of_a_paper_in_a_list_is_not_that_of_the_meeting() -> None:
    text = "Bestyrelsesmøde\n\nReferat\n\nBilag\n\nUdkast til betalingsvedtægt pr. 1. januar 2026\n"

    assert read(text).date is None
