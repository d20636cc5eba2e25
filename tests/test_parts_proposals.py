"""Proposal forms in many layouts: what each says, where its sections begin, and where one ends and the next begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from proposal_forms import FORMS

from corpus.model import Body, Proposal
from corpus.reading import Page, Reading
from pipeline.parts import split
from pipeline.proposals.finder import split_proposals

SEED = Path(__file__).resolve().parents[1].parent / "shared" / "seeds" / "002_fe39d613666f8825.txt"


def reading_of(*pages: str, paged: bool = False) -> Reading:
    """A reading of pages, each a page of a PDF if ``paged``."""
    found, position = [], 0
    for number, text in enumerate(pages, 1):
        found.append(Page(number=number, width=595, height=842, start=position, end=position + len(text)))
        position += len(text)
    return Reading(media_type="text/plain", reader="text/1", text="".join(pages), pages=found if paged else [])


def only(text: str) -> Proposal:
    """The one proposal of a text, whose parts must be the whole text."""
    parts, problems = split(reading_of(text))
    assert problems == []
    assert "".join(part.text for part in parts) == text
    proposals = [part for part in parts if isinstance(part, Proposal)]
    assert len(proposals) == 1, [type(part).__name__ for part in parts]
    return proposals[0]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_says_what_it_says(name: str) -> None:
    form = FORMS[name]
    found = only(form.text)

    assert found.number == form.number
    assert found.title == form.title
    assert found.committee == form.committee
    assert found.proposer == form.proposer
    assert found.expense_type == form.expense_type
    assert found.budget_years == form.budget_years
    assert [section.heading for section in found.sections] == form.sections


@pytest.mark.parametrize("name", FORMS)
def test_sections_begin_at_their_heading_and_follow_one_another(name: str) -> None:
    found = only(FORMS[name].text)

    for section in found.sections:
        line = found.text[section.start :].split("\n")[0]
        assert section.heading in line
        assert found.text[: section.start][-1:] in ("\n", " ", "*", "")
    assert [section.end for section in found.sections] == [
        *(section.start for section in found.sections[1:]),
        len(found.text),
    ]
    assert found.body_start <= found.sections[0].start


def test_a_list_in_prose_is_no_heading() -> None:
    found = only(
        """Prioriteringsforslag
Nr. KFU2
Titel Fælles booking
Udvalg Kulturudvalget

1. Resumé
Forslaget har tre dele:
1. Der indkøbes et system til booking af lokaler.
2. Foreningerne får egen adgang.
3. Administrationen nedlægger den gamle løsning, når alle er flyttet.
Derefter følger en evaluering.

2. Status
I dag bruges regneark.
2. maj 2024 blev det besluttet at se på sagen.

3. Konsekvens
Færre fejl.
"""
    )

    assert [section.heading for section in found.sections] == ["Resumé", "Status", "Konsekvens"]


def test_a_row_of_a_table_is_no_heading() -> None:
    found = only(
        """Prioriteringsforslag
Nr. KFU3
Titel Fælles booking
Udvalg Kulturudvalget

1. Resumé
Tabel over lokaler:
1 Aula 120 140
2 Gymnastiksal 60 80
3 Faglokale 20 25

2. Status
I dag bruges regneark.
"""
    )

    assert [section.heading for section in found.sections] == ["Resumé", "Status"]


def catalogue(pages: int = 3) -> list[str]:
    front = "Fjordby Kommune\nSparekatalog 2026-2029\n\nIndhold\n"
    front += "".join(f"Forslag nr. {n}: Titel nummer {n} ........ {n + 1}\n" for n in range(1, pages + 1))
    forms = [
        f"Sparekatalog 2026-2029\nForslag nr. {n}\nTitel: Titel nummer {n}\nUdvalg: Skoleudvalget\n\n"
        f"Beløb i 1.000 kr. 2026 2027 2028 2029\nBesparelse -{n} -2 -3 -4\n\n"
        f"Baggrund\nSe også forslag nr. 2, som er omtalt andetsteds.\n\nKonsekvenser\nIngen.\n\nSide {n + 1}\n"
        for n in range(1, pages + 1)
    ]
    return [front, *forms]


@pytest.mark.parametrize("paged", [False, True], ids=["text", "pdf"])
def test_a_catalogue_is_cut_at_each_form(paged: bool) -> None:
    reading = reading_of(*catalogue(), paged=paged)
    parts, _ = split(reading)

    assert "".join(part.text for part in parts) == reading.text
    front, *proposals = parts
    assert isinstance(front, Body)
    assert [(part.number, part.title) for part in proposals if isinstance(part, Proposal)] == [
        (str(n), f"Titel nummer {n}") for n in range(1, 4)
    ]
    assert all(isinstance(part, Proposal) and part.budget_years == [2026, 2027, 2028, 2029] for part in proposals)
    assert [part.index for part in parts] == [0, 1, 2, 3]
    assert [(part.page_first, part.page_last) for part in parts] == (
        [(n, n) for n in range(1, 5)] if paged else [(None, None)] * 4
    )


@pytest.mark.parametrize(
    ("overleaf", "whole"),
    [
        pytest.param("Konsekvenser for borgerne\nIngen.\n", True, id="the same section"),
        pytest.param("Fjordby Kommune\nSparekatalog\n", False, id="running heads alone"),
    ],
)
def test_a_page_that_is_the_same_in_each_proposal_is_theirs_if_it_is_a_section(overleaf: str, whole: bool) -> None:
    front, *forms = catalogue()
    parts, _ = split(reading_of(front, *(page for form in forms for page in (form, overleaf)), paged=True))

    proposals = [part for part in parts if isinstance(part, Proposal)]
    assert [part.text.endswith(overleaf) for part in proposals] == [whole] * 3
    assert [part.page_last for part in proposals] == ([3, 5, 7] if whole else [2, 4, 6])


def test_a_running_head_with_the_same_number_starts_no_new_proposal() -> None:
    head = "Effektiviseringsforslag\nNr. BSU4\nTitel: Fælles indkøb\nUdvalg: Skoleudvalget\n"
    first = head + "\n1. Resumé\nIndkøb samles.\n"
    second = head + "\n2. Konsekvens\nFærre leverandører.\n"
    parts, _ = split(reading_of(first, second, paged=True))

    (part,) = parts
    assert isinstance(part, Proposal)
    assert (part.page_first, part.page_last) == (1, 2)
    assert [section.heading for section in part.sections] == ["Resumé", "Konsekvens"]


def test_two_forms_on_one_page() -> None:
    forms = [
        f"Reduktionsforslag nr. {n}\nTitel: Forslag om emne {n}\nUdvalg: Seniorudvalget\n"
        f"Økonomi: {n} mio. kr. i 2025.\n\n"
        for n in (1, 2)
    ]
    parts, _ = split(reading_of("".join(forms), paged=True))

    assert [part.text for part in parts] == forms


@pytest.mark.parametrize(
    "text",
    [
        "Kære udvalg\n\nForslag nr. 12 indebærer en besparelse. Udvalg og afdeling er orienteret.\n",
        "Notat\n\nEmne: Vintervedligehold\nAfdeling: Vej\nDato: 3. maj 2024\n\nBaggrund\nDet sner.\n",
        "Oversigt over forslag\nNr. Titel Udvalg\n1 Fælles indkøb Skoleudvalget -200\n2 Ny bus Teknikudvalget -300\n",
        "Udvalg: Skoleudvalget\nType: Orientering\n\nTak for i går.\n",
        "Budgetforslag 2025\n\nByrådet vedtog budgettet. Nr. 4 på listen udgik.\n",
        "",
    ],
)
def test_what_is_no_form_is_no_proposal(text: str) -> None:
    assert split_proposals(reading_of(text)) is None


@pytest.mark.skipif(not SEED.exists(), reason="the real documents are not here")
def test_the_real_form() -> None:
    found = only(SEED.read_text(encoding="utf-8"))

    assert found.number == "ISU42"
    assert found.title is not None
    assert found.title.startswith("Antallet af")
    assert found.title.endswith("reduceres")
    assert found.committee == "Institutions- og Skoleudvalget"
    assert (found.proposer, found.expense_type) == ("MED", "Serviceudgifter")
    assert found.budget_years == [2023, 2024, 2025, 2026]
    assert len(found.sections) == 7


BELOW = """Budgetforslag 2026

Nr. 12
Titel: {title}
{below}
Type: Besparelse

Beskrivelse
Klubberne åbner senere.
"""


@pytest.mark.parametrize(
    ("title", "below", "told", "committee"),
    [
        ("Senere åbning", "Økonomiudvalget", "Senere åbning", "Økonomiudvalget"),
        ("Senere åbning", "Børne- og Skoleudvalget", "Senere åbning", "Børne- og Skoleudvalget"),
        ("Senere åbning", "Udvalg: Socialudvalget\nØkonomiudvalget", "Senere åbning", "Socialudvalget"),
        ("Færre møder i", "Økonomiudvalget", "Færre møder i Økonomiudvalget", None),
        ("Færre møder", "efter ønske fra Økonomiudvalget", "Færre møder efter ønske fra Økonomiudvalget", None),
        ("Senere åbning", "\nØkonomiudvalget", "Senere åbning", None),
    ],
)
def test_a_committee_alone_on_the_line_below_the_title(
    title: str, below: str, told: str, committee: str | None
) -> None:
    found = only(BELOW.format(title=title, below=below))

    assert (found.title, found.committee) == (told, committee)
