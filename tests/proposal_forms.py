"""Invented proposal forms in many layouts, with what each says."""

from __future__ import annotations

from dataclasses import dataclass, field


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
