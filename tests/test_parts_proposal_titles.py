"""Proposals whose number and title no label names, and papers that speak of proposals without being any."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import AgendaItem, Body, Message, Proposal
from corpus.reading import Page, Reading
from pipeline.describe import describe
from pipeline.parts import split

TABLE = """1.000 kr., 2026-pl
2026 2027 2028 2029
Mindreudgift -110 -220 -220 -220
I alt -110 -220 -220 -220
"""
TITLES = ["Fælles kørselskontor", "Nyt bookingsystem", "Lukning af kantinen"]


def reading_of(*pages: str) -> Reading:
    """A reading of several pages, of plain text if there is one only."""
    found, position = [], 0
    for number, text in enumerate(pages, 1):
        found.append(Page(number=number, width=595, height=842, start=position, end=position + len(text)))
        position += len(text)
    return Reading(media_type="text/plain", reader="text/1", text="".join(pages), pages=found if len(pages) > 1 else [])


def proposals_of(reading: Reading) -> list[Proposal]:
    parts, problems = split(reading)
    assert problems == []
    assert "".join(part.text for part in parts) == reading.text
    return [part for part in parts if isinstance(part, Proposal)]


def form(head: str, number: int = 1) -> str:
    return (
        f"{head}\n\nUdvalg: Teknikudvalget\nType: Serviceudgifter\n\n{TABLE}"
        f"Forslag\nOpgave {number} samles ét sted.\nKonsekvens\nBorgerne får én indgang, og ventetiden falder.\n"
    )


@pytest.mark.parametrize(
    ("pattern", "numbers"),
    [
        ("S{n:02d} {title}", ["S01", "S02", "S03"]),
        ("PR-{n:02d} – {title}", ["PR-01", "PR-02", "PR-03"]),
        ("PR-{n:02d} - {title}", ["PR-01", "PR-02", "PR-03"]),
        ("ØK {n}: {title}", ["ØK 1", "ØK 2", "ØK 3"]),
        ("{n}. {title}", ["1", "2", "3"]),
        ("Forslag {n} – {title}", ["1", "2", "3"]),
        ("## {n} {title}", ["1", "2", "3"]),
        ("{title} (ÆU-{n})", ["ÆU-1", "ÆU-2", "ÆU-3"]),
    ],
)
@pytest.mark.parametrize("paged", [True, False], ids=["pdf", "text"])
def test_a_catalogue_of_numbered_titles(pattern: str, numbers: list[str], paged: bool) -> None:
    summary = "Mosevig Kommune\nSparekatalog 2026\n\nNr. Forslag Udvalg 2026 2027 2028 2029\n" + "".join(
        f"{number} {title} Teknikudvalget -110 -220 -220 -220\n" for number, title in zip(numbers, TITLES, strict=True)
    )
    forms = [form(pattern.format(n=n, title=title), n) for n, title in enumerate(TITLES, 1)]
    pages = [summary + "\n", *(f"Sparekatalog 2026\n\n{text}\nSide {n}\n" for n, text in enumerate(forms, 2))]
    reading = reading_of(*pages) if paged else reading_of("".join([summary, "\n", *forms]))
    found = proposals_of(reading)

    assert [(part.number, part.title, part.committee) for part in found] == [
        (number, title, "Teknikudvalget") for number, title in zip(numbers, TITLES, strict=True)
    ]
    assert all([section.heading for section in part.sections] == ["Forslag", "Konsekvens"] for part in found)
    assert all(f"Opgave {n} " in part.text for n, part in enumerate(found, 1))
    assert describe(reading, split(reading)[0]).kind == "budget-catalogue"
    if paged:
        assert [part.page_first for part in found] == [2, 3, 4]


def test_a_code_over_a_table_of_years_is_a_proposal_in_a_series() -> None:
    forms = [
        f"M{n:02d} {title}\n\n{TABLE}\nBegrundelse\nOpgaven løses dobbelt i dag.\n" for n, title in enumerate(TITLES)
    ]

    assert [part.title for part in proposals_of(reading_of(*forms))] == TITLES
    assert proposals_of(reading_of(forms[0])) == []


def test_references_and_tails_of_tables_stay_with_their_own_proposal() -> None:
    first = form("S01 Fælles kørselskontor") + "Se også\nS03 Lukning af kantinen\nS07 Grønne tage\n"
    found = proposals_of(
        reading_of(first, "I alt med drift -5 -5\n" + form("S02 Nyt bookingsystem"), form("S03 Kantinen"))
    )

    assert [part.number for part in found] == ["S01", "S02", "S03"]
    assert found[0].text.endswith("I alt med drift -5 -5\n")


def test_a_running_head_repeats_the_number() -> None:
    pages = (form("S01 Kørsel"), "S01 Kørsel\n\nUdvalg: Teknikudvalget\n\nRisici\nIngen.\n", form("S02 Booking"))

    assert [(part.number, part.page_last) for part in proposals_of(reading_of(*pages))] == [("S01", 2), ("S02", 3)]


@pytest.mark.parametrize("paged", [True, False], ids=["pdf", "text"])
def test_several_proposals_on_a_page(paged: bool) -> None:
    forms = [form(f"S{n:02d} {title}", n) + "\n" for n, title in enumerate([*TITLES, "Grønne tage"], 1)]
    reading = reading_of("".join(forms[:2]), "".join(forms[2:])) if paged else reading_of("".join(forms))

    assert [part.text for part in proposals_of(reading)] == forms


@pytest.mark.parametrize(
    ("text", "number", "title", "committee"),
    [
        (
            "# Egevang Kommune: U-05 Færre licenser\n\n**Udvalg:** Økonomiudvalget\n\n## Økonomi\n\nVi sparer.\n",
            "U-05",
            "Færre licenser",
            "Økonomiudvalget",
        ),
        (
            "Rørbæk Kommune – Budgetforslag\n\nOmlægning af tandplejen\nForslagsnr. Æ-1\nUdvalg Ældreudvalget\n\n"
            + TABLE,
            "Æ-1",
            "Omlægning af tandplejen",
            "Ældreudvalget",
        ),
        (
            "Omlægning af tandplejen i de\nnordlige distrikter\nNr. SU 14\nFagudvalg Ældreudvalget\n\n" + TABLE,
            "SU 14",
            "Omlægning af tandplejen i de nordlige distrikter",
            "Ældreudvalget",
        ),
        (
            "Genbrug af møbler\n\nForslag BU-22 hører under Børneudvalget.\n\nResumé\nFærre køb.\n\n" + TABLE,
            "BU-22",
            "Genbrug af møbler",
            "Børneudvalget",
        ),
        (
            "Genbrug af møbler\n\nForslag BU-22. Behandles i Børneudvalget.\n\nResumé\nFærre køb.\n\n" + TABLE,
            "BU-22",
            "Genbrug af møbler",
            "Børneudvalget",
        ),
        ("Sag L-17\nForslag Ens takster\nFagudvalg Børneudvalget\n\n" + TABLE, "L-17", "Ens takster", "Børneudvalget"),
        ("ID PR-1\nNavn Ens takster\nUdvalg Børneudvalget\n\n" + TABLE, "PR-1", "Ens takster", "Børneudvalget"),
        (
            "Forslag nr. 4\nTitel på forslag: Ens takster\nUdvalg: Børneudvalget\n\n" + TABLE,
            "4",
            "Ens takster",
            "Børneudvalget",
        ),
    ],
)
def test_one_proposal(text: str, number: str, title: str, committee: str) -> None:
    reading = reading_of(text)
    (found,) = proposals_of(reading)

    assert (found.number, found.title, found.committee) == (number, title, committee)
    assert describe(reading, [found]).kind == "budget-proposal"


def test_titles_above_the_fields_begin_their_proposals() -> None:
    forms = [
        f"{title}\nNr. T-{n}\nUdvalg Børneudvalget\n\n{TABLE}Resumé\nDet er kort.\n\n" for n, title in enumerate(TITLES)
    ]

    assert [part.text for part in proposals_of(reading_of("".join(forms)))] == forms


LIST = "Forslag nr. 12 Fælles indkøb\nForslag nr. 13 Nye cykler\nForslag nr. 14 Lukning af kantinen\n"


@pytest.mark.parametrize(
    "text",
    [
        f"Mosevig Kommune\n\nEmne: Forslag\n\nKære Ida Holm\n\nDu spørger til:\n{LIST}\nMed venlig hilsen\nBo Strand\n",
        "Kære Ida\n\nForslag BU-22 hører under Børneudvalget.\n\nØkonomi\nVi sparer lidt.\n\nMed venlig hilsen\nBo\n",
        "Til Lokalrådet\n\nKære Bo\n\nForslag 7: Ny bænk\nUdvalg: Teknik\nØkonomi: 20.000 kr.\n\nBedste hilsner\nIda\n",
        f"Referat fra borgermøde\n\nForslag nr. 3: Busser\n{TABLE}\nForslag nr. 4: Cykler\nDet kan vi godt.\n",
        f"Notat\n\nRelevante dokumenter:\nISU32 Mindre taxikørsel\nISU33 Færre vikarer\n\n{TABLE}",
        "Oversigt over forslag\n1.000 kr.\n2026 2027 2028\nS01 Senere skolestart -5 -1 -1\nS02 Museum -6 -2 -2\n",
        f"Budgetnotat 2026\n\n1. Skolerne\n\n{TABLE}\n2. Dagtilbud\n\n{TABLE}\n",
        "Bilag 1 Kort\n\n2026 2027\n\nBilag 2 Tegninger\n\n2026 2027\n",
        "Sag 24/123\nEmne: Klage\nAfdeling: Byg\n\nBaggrund\nDer er klaget.\n",
    ],
)
def test_what_speaks_of_proposals_is_none(text: str) -> None:
    assert proposals_of(reading_of(text)) == []


def test_a_mail_that_lists_proposals_is_a_message() -> None:
    text = f"Fra: Ida Holm\nSendt: 3. maj 2024 10:12\nTil: Bo Strand\nEmne: Forslag\n\nHej Bo\n\n{LIST}\nVh Ida\n"
    parts, _ = split(reading_of(text))

    assert [type(part) for part in parts] == [Message]


@pytest.mark.parametrize(
    "quoted",
    [
        form("S01 Fælles kørsel") + form("S02 Booking"),
        "Prioriteringsforslag\nNr. S01\nTitel Fælles kørsel\nUdvalg Børneudvalget\n\n1. Resumé\nVi samler.\n",
    ],
)
def test_minutes_that_quote_a_form_are_minutes(quoted: str) -> None:
    text = (
        "Fjordby Kommune\nReferat\nBørneudvalget\n4. juni 2024\n\n"
        f"Punkt 1: Budgetforslag\n\nSagsfremstilling\nForslaget lyder:\n{quoted}\n"
        "Beslutning\nGodkendt.\n\nPunkt 2: Eventuelt\n\nBeslutning\nIntet.\n"
    )
    reading = reading_of(text)
    parts, _ = split(reading)

    assert [part.number for part in parts if not isinstance(part, (Body, Message))] == ["1", "2"]
    assert describe(reading, parts).kind == "minutes"


@pytest.mark.parametrize("head", ["# Referat: Børneudvalget", "# Åbent referat: Børneudvalget", "Referat af møde\n"])
@pytest.mark.parametrize("word", ["Beslutning", "BESLUTNING"])
def test_minutes_stay_minutes_whatever_tables_their_items_hold(head: str, word: str) -> None:
    text = (
        f"{head}\n\nFjordby Kommune, mødet den 4. juni 2024\n\n"
        f"## 1. Busser\n\nForslag BU 02. Vi sparer 1,2 mio. kr.\n\n**{word}:** Tiltrådt.\n\n"
        "## 2. Skolehaver\n\n| Hele kr. | 2025 | 2026 |\n| --- | ---: | ---: |\n| Leje | 4.000 | 5.000 |\n\n"
        f"**{word}:** Udsat.\n"
    )
    reading = reading_of(text)
    parts, _ = split(reading)
    found = describe(reading, parts)

    assert (found.kind, found.date) == ("minutes", "2024-06-04")
    items = [part for part in parts if isinstance(part, AgendaItem)]
    assert [(item.number, item.heading) for item in items] == [("1", "Busser"), ("2", "Skolehaver")]
    verdicts = [item.text[item.decision_start or 0 :].strip() for item in items]
    assert verdicts == [f"{word}:** Tiltrådt.", f"{word}:** Udsat."]


def test_an_agenda_that_names_a_proposal_over_a_table_is_an_agenda() -> None:
    text = (
        "# Dagsorden: Børneudvalget\n\nMødet den 4. juni 2024\n\n## 1. Busser\n\nForslag BU 02. Vi sparer lidt.\n\n"
        "## 2. Skolehaver\n\n| Hele kr. | 2025 | 2026 |\n| --- | ---: | ---: |\n| Leje | 4.000 | 5.000 |\n"
    )
    reading = reading_of(text)
    parts, _ = split(reading)

    assert (describe(reading, parts).kind, proposals_of(reading)) == ("agenda", [])


@pytest.mark.parametrize("title", ["Digital dagsorden", "Nyt system til referat"])
def test_a_proposal_about_minutes_is_a_proposal(title: str) -> None:
    (found,) = proposals_of(reading_of(f"Forslag nr. 12\nTitel: {title}\n\n{TABLE}"))

    assert (found.number, found.title) == ("12", title)


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize(
    "line", ["S01 Titel\n", "S01 Titel\nUdvalg: Skole\n", "S1 Titel\n2026 2027\n", "1. Titel\nNr. 4\n"]
)
def test_numbered_titles_take_linear_time(line: str) -> None:
    split(reading_of(line * (200_000 // len(line))))


LINES = st.sampled_from(
    [
        "S01 Fælles kørsel",
        "S02 Booking (fortsat)",
        "2. Booking",
        "Udvalg: Teknikudvalget",
        "Nr. S03",
        "Prioriteringsforslag",
        "",
        "Forslag",
        "Forslag: Vi samler.",
        "Hvorfor nu?",
        "A. Idé",
        "B. Virkning",
        "1.1 I dag",
        "Kære Ida",
        "Vh Bo",
        "2026 2027 2028",
        "Løn -1 -2 -3",
        "Vi gør det hele om igen.",
        "Referat",
        "Punkt 1: Budget",
        "Beslutning",
    ]
)


@given(st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=4))
def test_the_parts_are_the_text_and_sections_lie_in_order(pages: list[list[str]]) -> None:
    found = proposals_of(reading_of(*("".join(f"{line}\n" for line in page) for page in pages)))

    for part in found:
        marks = [mark for section in part.sections for mark in (section.start, section.end)]
        assert marks == sorted(marks)
        assert 0 <= part.body_start <= len(part.text)
        assert all(0 <= mark <= len(part.text) for mark in marks)


PAPER = """{}

Resumé
Skolerne bruger mange timer på skemaer. Forslaget fjerner to af dem.

Økonomi
Der spares på skolernes administration.

1.000 kr.       2026    2027
Besparelse      -500    -600
"""


@pytest.mark.parametrize("head", ["BSU14 Mindre bureaukrati", "Nordby Kommune\n\nBSU14 Mindre bureaukrati"])
def test_a_paper_headed_by_number_and_title_is_a_proposal_by_its_sections_and_table(head: str) -> None:
    (part,) = split(reading_of(PAPER.format(head)))[0]
    assert isinstance(part, Proposal)
    assert (part.number, part.title, part.budget_years) == ("BSU14", "Mindre bureaukrati", [2026, 2027])
    assert [section.heading for section in part.sections] == ["Resumé", "Økonomi"]


@pytest.mark.parametrize(
    "text",
    [
        PAPER.format("Mindre bureaukrati"),
        PAPER.format("FOA3 Mindre bureaukrati").replace("Forslaget", "Aftalen"),
        PAPER.format("BSU14 Mindre bureaukrati").replace("2026    2027", "Antal   Timer"),
        PAPER.format("BSU14 Mindre bureaukrati").replace("Resumé\n", ""),
        PAPER.format("Kære Bo\n\nSe her.\n\nBSU14 Mindre bureaukrati"),
        PAPER.format("BSU14 Årsregnskab 2025").replace("Forslaget", "Årsregnskabet"),
    ],
)
def test_a_paper_without_number_sections_or_table_is_none(text: str) -> None:
    assert not any(isinstance(part, Proposal) for part in split(reading_of(text))[0])


@pytest.mark.parametrize(
    ("below", "committee"),
    [
        ("Mosevig Kommune, Ældreudvalget. Budget 2026", "Ældreudvalget"),
        ("Ældreudvalget · Budgetforslag 2026", "Ældreudvalget"),
        ("Mosevig Kommune, Ældreudvalget. Budget 2026 er vedtaget", None),
        ("Mosevig Kommune, 3. maj 2026", None),
        ("Mosevig Kommune - Budget 2026", None),
    ],
)
def test_a_code_and_a_title_over_a_committee_and_a_budget_head_a_proposal(below: str, committee: str | None) -> None:
    found = proposals_of(reading_of(f"AE-04 Fast personale\n{below}\n\nVikarer bliver til fastansatte.\n\n{TABLE}"))

    told = [(one.number, one.title, one.committee) for one in found]
    assert told == ([("AE-04", "Fast personale", committee)] if committee else [])


@pytest.mark.parametrize(
    "below",
    [
        "\nDer spares 500.000 kr. i 2026.\n",
        "\nVikarer bliver fastansat i hele 2026.\n",
        "Der spares lidt på vikarer i år.\n",
    ],
)
@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        ("# Budgetforslag SSU07: Færre vikarer\n", "SSU07", "Færre vikarer"),
        ("Mosevig Kommune\n\nBesparelsesforslag BUU-12 – Større klasser\n", "BUU-12", "Større klasser"),
        ("Budgetforslag nr. 7: Færre vikarer\n", "7", "Færre vikarer"),
        ("# Budgetforslag SSU-08\n", "SSU-08", "SSU-08"),
    ],
)
def test_a_title_that_names_kind_and_number_heads_a_proposal_whatever_follows(
    head: str, number: str, title: str, below: str
) -> None:
    (found,) = proposals_of(reading_of(head + below))

    assert (found.number, found.title) == (number, title)


def test_chapters_behind_such_a_title_are_proposals_too() -> None:
    text = "".join(f"# Budgetforslag SSU{n}: {title}\n\nTeksten er kort.\n\n" for n, title in enumerate(TITLES))

    assert [part.number for part in proposals_of(reading_of(text))] == ["SSU0", "SSU1", "SSU2"]


@pytest.mark.parametrize(
    "text",
    [
        "Budgetforslag SSU07: Færre vikarer\nBudgetforslag SSU08: Flere vikarer\n",
        "# Høringssvar\n\nBudgetforslag SSU07: Færre vikarer\n\nVi er imod.\n",
        "Kære Ida\n\nBudgetforslag SSU07: Færre vikarer\n\nSkal vi tale om det?\n\nMed venlig hilsen\nBo\n",
        "Referat\n\nPunkt 1: Budget\n\nBudgetforslag SSU07: Færre vikarer\n\nBeslutning\nGodkendt.\n",
        "Budgetforslag 2026\n\nDirektionen foreslår lavere takster.\n",
        "Budgetforslag SSU07 blev drøftet.\n\nDer var ingen bemærkninger.\n",
    ],
)
def test_lines_in_lists_answers_letters_and_minutes_head_none(text: str) -> None:
    assert proposals_of(reading_of(text)) == []
