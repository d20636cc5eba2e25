"""Budget proposals in the many forms that municipalities print: labels, values, sections, catalogues."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.model import Body, Proposal
from corpus.reading import Page, Reading
from pipeline.parts import split
from pipeline.proposals import split_proposals

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


@dataclass
class Form:
    """A layout and what it says."""

    text: str
    number: str | None
    title: str | None
    committee: str | None = None
    proposer: str | None = None
    expense_type: str | None = None
    budget_years: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


FORMS = {
    "labels without colons, title over two lines": Form(
        """Budget
2025-2028

Prioriteringsforslag

Nr. SKU17

Overskrift
Færre ture med skolebussen mellem
Havneby og Nørre Lund

Udvalg Børne- og Skoleudvalget
Forslagsstiller Direktionen
Udgiftstype Serviceudgifter

Beløb i 1.000 kr.
2025-priser
2025 2026 2027 2028
Besparelse -120 -240 -240 -240

1. Resumé
Bussen kører i dag fire ture.

2. Status
Ruten blev udvidet i 2019.

3. Ændringsforslag
To ture nedlægges.
""",
        number="SKU17",
        title="Færre ture med skolebussen mellem Havneby og Nørre Lund",
        committee="Børne- og Skoleudvalget",
        proposer="Direktionen",
        expense_type="Serviceudgifter",
        budget_years=[2025, 2026, 2027, 2028],
        sections=["Resumé", "Status", "Ændringsforslag"],
    ),
    "labels with colons and aligned values": Form(
        """FJORDBY KOMMUNE
Besparelsesforslag til budget 2026

Forslagsnr.:      A-1
Forslagets titel: Nedsat rengøring på rådhuset
Fagudvalg:        Økonomiudvalget
Stillet af:       Center for Ejendomme
Styringsområde:   Serviceudgifter, drift

Baggrund

Rådhuset rengøres i dag hver dag.

Økonomiske konsekvenser

Der spares 0,4 mio. kr. årligt fra 2026.
""",
        number="A-1",
        title="Nedsat rengøring på rådhuset",
        committee="Økonomiudvalget",
        proposer="Center for Ejendomme",
        expense_type="Serviceudgifter, drift",
        budget_years=[2026],
        sections=["Baggrund", "Økonomiske konsekvenser"],
    ),
    "Markdown with bold labels": Form(
        """# Effektiviseringsforslag

**Forslag nr.:** SUN.03
**Titel:** Skærmbesøg i sygeplejen
**Udvalg:** Sundheds- og Seniorudvalget
**Forvaltning:** Sundhed og Senior
**Type:** Effektivisering

## Resumé

En del besøg klares over skærm.

## Konsekvenser for borgerne

Borgeren venter kortere.
""",
        number="SUN.03",
        title="Skærmbesøg i sygeplejen",
        committee="Sundheds- og Seniorudvalget",
        proposer="Sundhed og Senior",
        expense_type="Effektivisering",
        sections=["Resumé", "Konsekvenser for borgerne"],
    ),
    "a pipe table of labels and values": Form(
        """## Budgetønske 2025-2028

| Nr. | 23-004 |
|---|---|
| Overskrift | Ny legeplads ved Åsvinget |
| Politisk udvalg | Teknik- og Miljøudvalget |
| Indsendt af | Lokalrådet i Nørre Lund |
| Bevillingstype | Anlæg |

1. Baggrund

Den gamle legeplads er nedslidt.

2. Økonomi

| Mio. kr. | 2025 | 2026 |
|---|---|---|
| Anlæg | 1,2 | 0,3 |
""",
        number="23-004",
        title="Ny legeplads ved Åsvinget",
        committee="Teknik- og Miljøudvalget",
        proposer="Lokalrådet i Nørre Lund",
        expense_type="Anlæg",
        budget_years=[2025, 2026, 2027, 2028],
        sections=["Baggrund", "Økonomi"],
    ),
    "a pipe table with a row of labels over a row of values": Form(
        """Reduktionsforslag

| Nr. | Udvalg | Forslagsstiller | Udgiftstype |
|---|---|---|---|
| ØK 12 | Økonomiudvalget | Borgmesterkontoret | Overførselsudgifter |

Titel: Lavere rejseudgifter

Beskrivelse af forslaget
Rejser med fly erstattes af tog.

Personalemæssige konsekvenser
Ingen.
""",
        number="ØK 12",
        title="Lavere rejseudgifter",
        committee="Økonomiudvalget",
        proposer="Borgmesterkontoret",
        expense_type="Overførselsudgifter",
        sections=["Beskrivelse af forslaget", "Personalemæssige konsekvenser"],
    ),
    "values on the line below their labels": Form(
        """Budgetforslag 2024-2027

Nummer
BUU-07

Emne
Sammenlægning af to fritidsklubber

Udvalgsområde
Børne- og Ungdomsudvalget

Forslagsstiller
Hoved-MED

Udgiftstype
Drift

1 Baggrund
Klubberne ligger ved siden af hinanden.

2 Konsekvenser
Lederstillingen nedlægges.
""",
        number="BUU-07",
        title="Sammenlægning af to fritidsklubber",
        committee="Børne- og Ungdomsudvalget",
        proposer="Hoved-MED",
        expense_type="Drift",
        budget_years=[2024, 2025, 2026, 2027],
        sections=["Baggrund", "Konsekvenser"],
    ),
    "number and title on the line of the kind": Form(
        """Råderumsforslag nr. 12: Digital byggesagsbehandling

Udvalg: Plan- og Miljøudvalget
Afdeling: Byg og Land

Resumé:
Ansøgninger sorteres automatisk.

Økonomi: Forslaget sparer 1,1 årsværk, svarende til 550.000 kr.

Risici: Systemet er nyt.
""",
        number="12",
        title="Digital byggesagsbehandling",
        committee="Plan- og Miljøudvalget",
        proposer="Byg og Land",
        sections=["Resumé", "Økonomi", "Risici"],
    ),
    "two labels on a line": Form(
        """Anlægsforslag

Nr.: TMU-3        Udvalg: Teknik- og Miljøudvalget
Titel: Cykelsti langs Strandvejen
Forslagsstiller: Vej og Park   Udgiftstype: Anlæg

Beløb i 1.000 kr. (2026-pl)    2026    2027
Anlæg                          4.200   800

Beskrivelse
Stien bliver 2,1 km lang.

Tidsplan
Arbejdet begynder i foråret 2026.
""",
        number="TMU-3",
        title="Cykelsti langs Strandvejen",
        committee="Teknik- og Miljøudvalget",
        proposer="Vej og Park",
        expense_type="Anlæg",
        budget_years=[2026, 2027],
        sections=["Beskrivelse", "Tidsplan"],
    ),
    "two labels on a line with single blanks, as PDFs give them": Form(
        """Driftsønske 2026
Forslagsnr.: 1.2 Fagudvalg: Kultur- og Fritidsudvalget Afdeling: Kultur
Titel: Længere åbningstid i svømmehallen

Beskrivelse
Hallen åbner kl. 6.

Økonomi
Udgiften er 300.000 kr. om året.
""",
        number="1.2",
        title="Længere åbningstid i svømmehallen",
        committee="Kultur- og Fritidsudvalget",
        proposer="Kultur",
        budget_years=[2026],
        sections=["Beskrivelse", "Økonomi"],
    ),
    "a committee that runs on over the line": Form(
        """Udvidelsesforslag
Løbenr. 44
Titel Flere voksne i indskolingen
Udvalg Børne-, Unge- og
Uddannelsesudvalget
Forslagsstiller Skoleafdelingen
Udgiftstype Serviceudgifter

1. Beskrivelse
Der ansættes to lærere.
2. Økonomi
Udgiften er 1,1 mio. kr.
""",
        number="44",
        title="Flere voksne i indskolingen",
        committee="Børne-, Unge- og Uddannelsesudvalget",
        proposer="Skoleafdelingen",
        expense_type="Serviceudgifter",
        sections=["Beskrivelse", "Økonomi"],
    ),
    "a title divided at the line end": Form(
        """Investeringsforslag
Nr. I-09
Overskrift Samling af kommunens køkkener og omlægning af mad-
servicen for hjemmeboende
Udvalg Seniorudvalget
Beløb i hele kr. 2025 2026
Investering 900.000 0
1. Forslag
Fire køkkener bliver til ét.
2. Gevinster
Spild falder.
""",
        number="I-09",
        title="Samling af kommunens køkkener og omlægning af madservicen for hjemmeboende",
        committee="Seniorudvalget",
        budget_years=[2025, 2026],
        sections=["Forslag", "Gevinster"],
    ),
    "a number, then the title without a label": Form(
        """Omprioriteringsforslag
Forslag nr. SOU-D-03
Nye takster for madservice
Udvalg: Social- og Omsorgsudvalget

Baggrund
Taksten har været uændret siden 2020.

Økonomi
Merindtægt på 250 t.kr.
""",
        number="SOU-D-03",
        title="Nye takster for madservice",
        committee="Social- og Omsorgsudvalget",
        sections=["Baggrund", "Økonomi"],
    ),
    "the title above the labels, with the number": Form(
        """23. Lukning af filialen i Sønderlund

Udvalg: Kulturudvalget
Type: Serviceændring
Nr.: 23

Beskrivelse
Filialen lukkes.

Økonomi
-500 t.kr. årligt.
""",
        number="23",
        title="Lukning af filialen i Sønderlund",
        committee="Kulturudvalget",
        expense_type="Serviceændring",
        sections=["Beskrivelse", "Økonomi"],
    ),
    "without a number": Form(
        """Lyngsø Kommune
Ændringsforslag til budget 2025-2028

Titel: Gratis tandpleje til unge under 25 år
Stillet af: Borgerlisten
Udvalg: Sundhedsudvalget

Formål
Flere unge skal til tandlæge.

Finansiering
Kassebeholdningen.
""",
        number=None,
        title="Gratis tandpleje til unge under 25 år",
        committee="Sundhedsudvalget",
        proposer="Borgerlisten",
        budget_years=[2025, 2026, 2027, 2028],
        sections=["Formål", "Finansiering"],
    ),
}


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
