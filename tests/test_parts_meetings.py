"""Agendas and minutes in the layouts of several municipalities: one part per item, and where it was decided."""

from __future__ import annotations

import pytest

from corpus.model import AgendaItem, Body
from corpus.reading import Reading
from pipeline.meetings import split_meeting
from pipeline.parts import split


def reading_of(text: str) -> Reading:
    return Reading(media_type="text/plain", reader="text/1", text=text)


def items_of(text: str) -> list[AgendaItem]:
    """The items of a meeting, whose parts must be the whole text."""
    parts, _ = split(reading_of(text))
    assert "".join(part.text for part in parts) == text
    return [part for part in parts if isinstance(part, AgendaItem)]


def summary(text: str) -> list[tuple[str | None, str | None, str | None]]:
    """Number, heading, and the line at which the decision begins."""
    return [
        (
            item.number,
            item.heading,
            None if item.decision_start is None else item.text[item.decision_start :].split("\n")[0],
        )
        for item in items_of(text)
    ]


MEETINGS = {
    "Punkt with a colon": (
        """Lyngsø Kommune
Referat fra mødet i Teknisk Udvalg den 3. juni 2024

Punkt 1: Godkendelse af dagsorden

Beslutning
Godkendt.

Punkt 2: Cykelsti ved Søvej

Sagsfremstilling
Stien er 2 km lang. Punkt 1 i referatet fra maj handler om det samme.

Indstilling
Forvaltningen indstiller, at stien anlægges.

Beslutning
Vedtaget.
""",
        [("1", "Godkendelse af dagsorden", "Beslutning"), ("2", "Cykelsti ved Søvej", "Beslutning")],
    ),
    "a list of contents and running numbers": (
        """Fjordby Kommune
Økonomiudvalget
Beslutningsprotokol
Mødedato: 12-08-2024

Indholdsfortegnelse
145. Godkendelse af dagsorden ........ 2
146. Budgetopfølgning pr. 30. juni ........ 3
147. Lukket punkt: Køb af ejendom ........ 5

145. Godkendelse af dagsorden
Beslutning
Godkendt.

146. Budgetopfølgning pr. 30. juni
Sagsnr.: 2024-1234
Sagsfremstilling
Der er tre forhold:
1. Merudgifter til vintervedligehold.
2. Mindreudgifter til løn.
Beslutning fra Økonomiudvalget, 12-08-2024
Taget til efterretning.

147. Lukket punkt: Køb af ejendom
Beslutning
Godkendt.
""",
        [
            ("145", "Godkendelse af dagsorden", "Beslutning"),
            ("146", "Budgetopfølgning pr. 30. juni", "Beslutning fra Økonomiudvalget, 12-08-2024"),
            ("147", "Lukket punkt: Køb af ejendom", "Beslutning"),
        ],
    ),
    "contents without leaders": (
        """Dagsorden

Børneudvalget, mandag den 6. maj 2024

1. Godkendelse af dagsorden
2. Ny daginstitution
3. Eventuelt

1. Godkendelse af dagsorden
Indstilling
At dagsordenen godkendes.

2. Ny daginstitution
Sagsfremstilling
Der mangler 60 pladser.
Indstilling
At der bygges.

3. Eventuelt
Der er ingen punkter under dette punkt på nuværende tidspunkt.
""",
        [("1", "Godkendelse af dagsorden", None), ("2", "Ny daginstitution", None), ("3", "Eventuelt", None)],
    ),
    "Sag nr.": (
        """DAGSORDEN

Sag nr. 4: Høring om ny lokalplan
Resumé
Planen sendes i høring.
Sag nr. 5: Budget 2025
Resumé
Første behandling.
""",
        [("4", "Høring om ny lokalplan", None), ("5", "Budget 2025", None)],
    ),
    "Markdown": (
        """# Referat – Kulturudvalget

**Mødedato:** 14. marts 2024

## Punkt 1 – Tilskud til teater

**Sagsfremstilling**

Teatret søger 200.000 kr.

**Beslutning**

Bevilget.

## Punkt 2 – Orientering

**Beslutning**

Taget til efterretning.
""",
        [("1", "Tilskud til teater", "Beslutning**"), ("2", "Orientering", "Beslutning**")],
    ),
    "a heading over two lines, decisions of two bodies": (
        """Referat
Byrådet

Punkt 7 Frigivelse af rådighedsbeløb til renovering af
svømmehallens tag og ventilation
Sagsfremstilling
Taget er utæt.
Beslutning i Økonomiudvalget den 2. juni 2024
Anbefales.
Beslutning i Byrådet den 9. juni 2024
Godkendt.
Punkt 8 Eventuelt
Beslutning
Intet.
""",
        [
            (
                "7",
                "Frigivelse af rådighedsbeløb til renovering af svømmehallens tag og ventilation",
                "Beslutning i Byrådet den 9. juni 2024",
            ),
            ("8", "Eventuelt", "Beslutning"),
        ],
    ),
    "a list of items, then Ad 1, Ad 2": (
        """Referat fra bestyrelsesmøde i Havneskolen
Tid: 3. maj 2024 kl. 17

Dagsorden:
1. Velkomst
2. Budget

Ad 1. Velkomst
Alle bød velkommen.

Ad 2. Budget
Budgettet blev godkendt.
""",
        [("1", "Velkomst", None), ("2", "Budget", None)],
    ),
    "closed items are missing": (
        """Åben dagsorden

Pkt. 3 (åben) Status på byggeri
Sagsfremstilling
Byggeriet følger planen.

Pkt. 6 (åben) Valg af næstformand
Sagsfremstilling
Udvalget vælger en næstformand.
""",
        [("3", "Status på byggeri", None), ("6", "Valg af næstformand", None)],
    ),
    "Byrådets beslutning, and an earlier decision in the prose": (
        """Referat af møde i Byrådet

Punkt 1. Skolestruktur

Sagsfremstilling
Beslutningen om at sende forslaget i høring blev truffet i marts.

Byrådets beslutning:
Forslaget blev forkastet.

Punkt 2. Eventuelt
Intet.
""",
        [("1", "Skolestruktur", "Byrådets beslutning:"), ("2", "Eventuelt", None)],
    ),
}


@pytest.mark.parametrize("name", MEETINGS)
def test_items_and_their_decisions(name: str) -> None:
    text, expected = MEETINGS[name]

    assert summary(text) == expected


def test_what_stands_before_the_first_item_is_body() -> None:
    text, _ = MEETINGS["Punkt with a colon"]
    first, *_ = split(reading_of(text))[0]

    assert isinstance(first, Body)
    assert first.text == "Lyngsø Kommune\nReferat fra mødet i Teknisk Udvalg den 3. juni 2024\n\n"


def test_the_body_of_an_item_begins_below_its_heading() -> None:
    text, _ = MEETINGS["a heading over two lines, decisions of two bodies"]
    item = items_of(text)[0]

    assert item.text[item.body_start :].startswith("Sagsfremstilling\n")


@pytest.mark.parametrize(
    "text",
    [
        "Kære alle\n\nHer er referatet fra i går.\n\n1. Vi spiste kage.\n2. Vi gik hjem.\n",
        "Notat\n\n1. Baggrund\nDet regner.\n\n2. Økonomi\nDet koster.\n",
        "Punkt 3 i dagsordenen udgår.\n",
        "",
    ],
)
def test_what_is_no_meeting_has_no_items(text: str) -> None:
    assert split_meeting(reading_of(text)) is None


def test_an_item_that_minutes_begin_at_once_has_no_heading() -> None:
    text = (
        "Referat fra Skoleudvalgets møde 3. april 2024\n\nAd 1\nDagsordenen er godkendt.\n\nAd 2\nBudget\nVedtaget.\n"
    )

    assert [(item.number, item.heading) for item in items_of(text)] == [("1", None), ("2", "Budget")]


@pytest.mark.parametrize(
    "head",
    [
        "Kommunalbestyrelsen i Lyngsø: Referat 21. maj 2024",
        "Byrådsmøde den 21. maj 2024 – referat",
        "Åbent referat fra mødet i Kulturudvalget den 21. maj 2024",
        "# Beslutningsreferat – Kulturudvalget, 21. maj 2024",
    ],
)
def test_a_head_names_minutes_and_body_on_one_line(head: str) -> None:
    text = (
        f"{head}\n\n1. Dagsorden\nBeslutning\nGodkendt.\n\n2. Lukket punkt\n\n3. Salg af grund\nBeslutning\nVedtaget.\n"
    )

    assert [item.heading for item in items_of(text)] == ["Dagsorden", "Lukket punkt", "Salg af grund"]


@pytest.mark.parametrize(
    "text",
    [
        "Notat\n\nBilag: Referat fra Byrådet 3. maj 2024\n\n1. Baggrund\nTekst her.\n\n2. Økonomi\nTekst her.\n",
        "Notat\n\nSagen bygger på\nreferat fra Byrådets møde i maj\n\n1. Baggrund\nTekst.\n\n2. Økonomi\nTekst.\n",
        "Kære Ida\n\nVedlagt referat fra Skoleudvalgets møde\n\n1. Vi bygger.\n2. Vi flytter.\n\nVenlig hilsen\nBo\n",
    ],
)
def test_a_paper_that_names_minutes_is_none(text: str) -> None:
    assert items_of(text) == []


@pytest.mark.parametrize(
    ("decisions", "own"),
    [
        ("Beslutning fra Økonomiudvalget den 2. april 2024\nAnbefales.\n\nBeslutning\nVedtaget.\n", "Beslutning"),
        (
            "Beslutning i Byrådet den 3. april 2024\nVedtaget.\n\nBeslutning i Børneudvalget den 2. april 2024\nJa.\n",
            "Beslutning i Byrådet den 3. april 2024",
        ),
        (
            "Beslutning fra Børneudvalget den 1. april 2024\nJa.\n\nByrådets beslutning den 3. april 2024\nJa.\n",
            "Byrådets beslutning den 3. april 2024",
        ),
    ],
)
def test_the_own_decision_is_told_from_quoted_ones(decisions: str, own: str) -> None:
    text = f"Referat\nByrådet\n3. april 2024\n\nPunkt 1: Budget\n\nSagsfremstilling\nTal.\n\n{decisions}"

    assert [decision for _, _, decision in summary(text)] == [own]


def test_what_is_decided_on_a_point_is_no_item() -> None:
    text = (
        "Referat af møde i Byrådet\n\nSag nr. 7: Hal\n\nINDSTILLING\n1. at A\n2. at B\n\n"
        "BESLUTNING\nAd 1: Godkendt.\nAd 2: Udvalget bevilgede 20.000 kr.\n\nSag nr. 8: Bro\nBESLUTNING\nGodkendt.\n"
    )

    assert summary(text) == [("7", "Hal", "BESLUTNING"), ("8", "Bro", "BESLUTNING")]


def test_verdicts_alone_make_no_items() -> None:
    text = "Kulturudvalget - Protokol 16-11-2016\n\nPuljen\n\nBESLUTNING:\nAd 1) Godkendt.\nAd 2) Ikke godkendt.\n"

    assert items_of(text) == []


@pytest.mark.parametrize(
    ("below_two", "third"),
    [
        ("Beslutning: Godkendt.\n", "Tilskud til festuge\nByrådet vedtog at give 300.000 kr. i 2025.\n"),
        ("Beslutning: Sagen udsættes til den 17. december 2024.\n", "Festuge\nByrådet gav 300.000 kr.\n"),
        ("Beslutning\nGodkendt.\n", "Eventuelt\nIntet.\n"),
        (
            "Beslutning: Godkendt.\n",
            "Takster for 2025\nMadordningen koster\n715 kr. pr. barn.\nBeslutning: Godkendt.\n",
        ),
        (
            "Beslutning: Godkendt.\n",
            "Hal\nUdvalget behandlede sagen den\n17. november 2024.\nBeslutning: Godkendt.\n",
        ),
        ("Beslutning: Godkendt.\n", "10 nye boliger i Strandby\nUdgiften er 2 mio. kr.\nBeslutning: Godkendt.\n"),
    ],
)
def test_an_item_follows_at_once_on_the_decision_above_it(below_two: str, third: str) -> None:
    text = (
        "Referat af mødet i Byrådet\nTirsdag den 26. november 2024\n\n"
        "1. Dagsorden\nBeslutning: Godkendt.\n"
        f"2. Lukning\nDet lukkes.\n{below_two}3. {third}"
    )

    assert [item.heading for item in items_of(text)] == ["Dagsorden", "Lukning", third.split("\n")[0]]


@pytest.mark.parametrize(
    "points",
    [
        "Beslutning:\n1. Taksten hæves\n2. Hallen lukkes\n",
        "Beslutning: Byrådet vedtog, at\n2. 10 kr. lægges til taksten\n3. 500 kr. spares\n",
        "Byrådet drøftede\n2. Hallen\n3. Broen\nBeslutning: Godkendt.\n",
    ],
)
def test_points_of_an_item_are_no_items(points: str) -> None:
    text = (
        "Referat af mødet i Byrådet\nTirsdag den 26. november 2024\n\n"
        f"1. Dagsorden\nSagen.\n{points}\n2. Bro\nSagsfremstilling\nTekst.\nBeslutning: Godkendt.\n"
    )

    assert [item.heading for item in items_of(text)] == ["Dagsorden", "Bro"]
