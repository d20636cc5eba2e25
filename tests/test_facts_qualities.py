"""What is said of a quantity: its years, what it is per, its prices, its role, and the words behind each of these."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Amount, Quantity
from pipeline.context import Context
from pipeline.facts import amounts, fte
from pipeline.language import Prose


def records(text: str) -> list[Quantity]:
    prose = Prose(text)
    found: list[Quantity] = [*amounts.find(prose, Context())[0], *fte.find(prose, Context())[0]]
    return sorted(found, key=lambda record: record.start)


def check_evidence(text: str, found: list[Quantity]) -> None:
    """Every field that was read has its words, and they stand where they are said to stand."""
    for record in found:
        told = {each.field for each in record.evidence}
        for each in record.evidence:
            assert each.start is not None
            assert text[each.start : each.end] == each.text
        fields = ["year", "years", "open_end", "approximate", "bound"]
        fields += ["per", "price_level", "role"] if isinstance(record, Amount) else []
        assert {field for field in fields if getattr(record, field)} == told - {"unit"}


def years(record: Quantity) -> str:
    told = [str(year) for year in record.years or ([record.year] if record.year else [])]
    return ",".join(told) + ("+" if record.open_end else "")


def read(text: str, field: str) -> list[str]:
    """One field of each quantity of a text, in printed order; "" where it is not known."""
    found = records(text)
    check_evidence(text, found)
    return [years(each) if field == "years" else str(getattr(each, field, None) or "") for each in found]


YEARS: list[tuple[str, list[str]]] = [
    ("Der afsættes 84 mio. kr. fordelt på 2027-2029 til havnen.", ["2027,2028,2029"]),
    ("Der afsættes 2 mio. kr. fordelt på årene 2027 og 2028.", ["2027,2028"]),
    ("Der afsættes 3 mio. kr. fordelt på 2028 elever.", [""]),
    ("2 mio. kr. spares fra 2028. 3 årsværk nedlægges i 2029.", ["2028+", "2029"]),
    ("3 mio. kr. bruges i 2028. 4 mio. kr. spares i 2029.", ["2028", "2029"]),
    ("Det kostede 3 mio. kr. i 2025. 4 mio. kr. er afsat.", ["2025", ""]),
    ("Der er 2 mio. kr. i 2025 og 2026 til stien.", ["2025,2026"]),
    ("Der er 2 mio. kr. i 2025, 2026 og 2027.", ["2025,2026,2027"]),
    ("Der er 2 mio. kr. i 2025-2028 til stien.", ["2025,2026,2027,2028"]),
    ("Der er 2 mio. kr. i perioden 2025-27 til stien.", ["2025,2026,2027"]),
    ("Der er 2 mio. kr. i hvert af årene 2025-2027.", ["2025,2026,2027"]),
    ("Der er 2 mio. kr. årligt i overslagsårene 2026-2028.", ["2026,2027,2028"]),
    ("Der er 2 mio. kr. fra 2025 til 2027 til stien.", ["2025,2026,2027"]),
    ("Der er 2 mio. kr. i 2025 til og med 2027.", ["2025,2026,2027"]),
    ("Der er 2 mio. kr. (2025-2026) til stien.", ["2025,2026"]),
    ("I 2025 og 2026 er der 2 mio. kr. til stien.", ["2025,2026"]),
    ("Der er 2 mio. kr. 2025-2027 til stien.", ["2025,2026,2027"]),
    ("2025: - 9 mio. kr. (-4 mio. kr.) 2026: + 5 mio. kr. 2027: - 3 mio. kr.", ["2025", "", "2026", "2027"]),
    ("Der er 2 mio. kr. årligt 2025 til 2027 til stien.", ["2025,2026,2027"]),
    ("Obligationslån 9 mio. kr. 2025-2027 67 78", [""]),
    ("Vi venter 6,3 mio. kr. i hele 2026.", ["2026"]),
    ("I hele 2026 bruges 3 mio. kr.", ["2026"]),
    ("Puljen rummer:\n\n- 2025: 1 mio. kr.\n- 2026: 2 mio. kr.\n", ["2025", "2026"]),
    ("Godkendt den 3/3\n2023: 2 mio. kr. til hallen.", [""]),
    ("Der er siden ordningens start i 2015 brugt 2 mio. kr. på stier.", [""]),
    ("Loftet for finansåret 2026 fastsættes til 2 mio. kr.", ["2026"]),
    ("For 2025-2027 er der afsat 2 mio. kr. til stien.", ["2025,2026,2027"]),
    ("Der er søgt om 450.000 kr. årligt i merbevilling fra 2026.", ["2026+"]),
    ("Det giver 210 tkr. i afledt drift fra 2027.", ["2027+"]),
    ("Vi mangler 450.000 kr. i tilskud fra 2024.", [""]),
    ("Der overføres 2 mio. kr. i tilskud fra 2024 til 2025.", [""]),
    ("De bruger 8,4 mio. kr. mere end budgetteret i 2025.", ["2025"]),
    ("Låneoptagelsen på 45 mio. kr. sker i 2026.", ["2026"]),
    ("Aftalen fra 2022 koster 3 mio. kr.", [""]),
    ("Besparelsen fra 2025 udgør 3 mio. kr.", ["2025+"]),
    ("Der er budgetteret fra 2025 med 3 mio. kr.", ["2025+"]),
    ("Der er 2 mio. kr. i 2025 og frem.", ["2025+"]),
    ("Der er 2 mio. kr. i 2025 og følgende år.", ["2025+"]),
    ("Der er 2 mio. kr. fra 2025.", ["2025+"]),
    ("Fra og med 2025 er der 2 mio. kr. til stien.", ["2025+"]),
    ("Der er hhv. 2 og 3 mio. kr. i 2025 og 2026.", ["2025", "2026"]),
    ("Udgiften er 5, 6 og 7 mio. kr. i hhv. 2025, 2026 og 2027.", ["2025", "2026", "2027"]),
    ("I 2025 og 2026 afsættes henholdsvis 2 og 3 mio. kr.", ["2025", "2026"]),
    ("I 2025 og 2026 afsættes 2 mio. kr. til skoler og 3 mio. kr. til klubber.", ["2025,2026", "2025,2026"]),
    ("Skolerne skal spare henholdsvis 2 og 3 mio. kr. i 2025.", ["2025", "2025"]),
    ("Budgettet er for 2025 opgjort til 2 mio. kr. på løn og 3 mio. kr. på varer.", ["2025", "2025"]),
    ("I 2025 dækkes vintertjenesten på 2 mio. kr. af salget på 3 mio. kr.", ["2025", "2025"]),
    ("Det er 2 mio. kr. i 2025 og i 2026 3 mio. kr.", ["2025", "2026"]),
    ("DET KOSTER 4 MIO. KR. I 2025.", ["2025"]),
    ("Der spares 2 årsværk i 2025 og 2026.", ["2025,2026"]),
    ("Teamet udvides med 2 årsværk fra 2025.", ["2025+"]),
    # What may look like the years of an amount.
    ("Der er 2 mio. kr. i 2025 eller 2026.", [""]),
    ("Der er 2 mio. kr. i skoleåret 2025/26.", [""]),
    ("Der overføres 2 mio. kr. fra 2024 til 2025.", [""]),
    ("Der ventes overførsler fra 2024 til 2025 på 60 mio. kr.", [""]),
    ("Udgiften steg med 2 mio. kr. fra 2021 til 2024.", [""]),
    ("I 2021 vedtog byrådet en sti til 2 mio. kr.", [""]),
    ("Byrådet vedtog i 2021 en investering på 2 mio. kr.", [""]),
    ("I regnskab 2024 var udgiften 2 mio. kr. mod 3 mio. kr. i budgettet.", ["2024", ""]),
    ("Den hal, som åbnede i 2019, har kostet 2 mio. kr.", [""]),
    ("Der er 2 mio. kr. i 2028-2025.", [""]),
    ("Leasingen koster 6 mio. kr. i 2027 og derefter 6,2 mio. kr. årligt.", ["2027", "2028+"]),
    ("Der afsættes 2 mio. kr. i 2025 og fremover 3 mio. kr.", ["2025", ""]),
    ("Der afsættes 2 mio. kr. i 2025-2026 og herefter ca. en halv million kroner.", ["2025,2026", ""]),
    ("Der er 2 mio. kr. i 2025 og herefter udgår aftalen.", ["2025"]),
    ("Der er 2 mio. kr. i 2025 og fremover til to ekstra hold.", ["2025+"]),
    ("Der er 2 mio. kr. i 2025 og frem til 4 flere vejledere.", ["2025+"]),
    ("Der er 2 mio. kr. i 2025 og derefter.", ["2025+"]),
    ("I 2025 og fremover afsættes 2 mio. kr. til veje.", ["2025+"]),
    ("I 2025 afsættes 2 mio. kr. og derefter 3 mio. kr. til veje.", ["2025", ""]),
    ("Der er 2 mio. kr. i 2025 og frem til 2027.", ["2025,2026,2027"]),
    ("Kunstpulje: 2023: 200.000 kr. 2024: 250.000 kr.", ["2023", "2024"]),
    ("Formanden (honorar 2023: 31.500 kr.) genvælges.", ["2023"]),
    ("Der er 2 mio. kr. i 2025 og frem til drift og 3 mio. kr. til anlæg.", ["2025+", ""]),
    ("Aftalen af maj 2023: 5 mio. kr.", [""]),
    # Lists of years, money taken of something, and what stands between an amount and its year.
    ("Vagten har kostet: 2023: 4 mio. kr., 2024: 5 mio. kr. og 2025: 3 mio. kr.", ["2023", "2024", "2025"]),
    ("Udgiften var 2023: 4 mio. kr. samt 2024: 5 mio. kr.", ["2023", "2024"]),
    ("Udgiften i 2024 og 2025: 5 mio. kr.", ["2024,2025"]),
    ("Godkendt, idet der i 2027 afsættes yderligere 2 mio. kr. og 1,5 årsværk til stien.", ["2027", "2027"]),
    ("Puljen, der i 2027 udgør 2 mio. kr. og 3 årsværk, fordeles.", ["2027", "2027"]),
    ("Skolen, der i 2019 åbnede for 2 mio. kr., lukker.", [""]),
    ("Der bevilges 315.000 kr. af udvalgets egen ramme i 2026.", ["2026"]),
    ("Der gives 2 mio. kr. fra den centrale pulje i 2026.", ["2026"]),
    ("Der gives 2 mio. kr. inden for budgettet i 2026.", ["2026"]),
    ("Der gives 2 mio. kr. af puljen oprettet i 2020.", [""]),
    ("Der gives 2 mio. kr. fra aftalen i 2020.", [""]),
    ("Der overføres 2 mio. kr. fra rammen i 2025.", [""]),
    ("2 mio. kr. af rammen i 2025 flyttes.", [""]),
    ("2 mio. kr. af rammen i 2025 er brugt i 2026.", [""]),
    ("Bistanden kostede 86.250 kr. ekskl. moms i 2025 og 90.000 kr. inkl. moms i 2026.", ["2025", "2026"]),
    ("Der er 2,25 årsværk tilbage i 2027.", ["2027"]),
    ("Der er 2 årsværk færre i 2027.", ["2027"]),
    ("Det koster 2 mio. kr. mere i 2027 end i 2026.", ["2027"]),
    ("I 2026 er der tale om 9,6 mio. kr., og i 2027 forventes udgiften at være 6,2 mio. kr.", ["2026", "2027"]),
    ("Vi ved, at udgiften i 2025 var 9,1 mio. kr., og at den i 2026 ventes at blive 6,7 mio. kr.", ["2025", "2026"]),
    ("Prisen er 802 kr. Som aftalt giver forslaget 6,9 mio. kr. i besparelse i 2028.", ["", "2028"]),
    ("Resten, 8,7 mio. kr., overføres til 2027. Rammen reduceres med 2,8 mio. kr. fra 2027.", ["", "2027+"]),
    ("Partierne sikrer 2 mio. kr. til banen ved Idrætsparken i 2028.", ["2028"]),
    ("Hallen nedlægges fra 2026, hvilket frigør 565.000 kr. årligt.", ["2026+"]),
    ("Vi fik i 2026 at vide, at det koster 4 mio. kr.", [""]),
]

PRICES: list[tuple[str, list[str]]] = [
    ("Udgiften er 2 mio. kr. i 2025, 3 mio. kr. i 2026 og 4 mio. kr. i 2027 (2024-pl).", ["2024", "2024", "2024"]),
    ("Prisen er 2 mio. kr. (p/l 2024), mens gebyret er 300 kr.", ["2024", ""]),
    ("Opgjort i 24-pl er rammen 2 mio. kr.", ["2024"]),
    ("I 2024-priser koster det 2 mio. kr. i 2025 og 3 mio. kr. i 2026.", ["2024", "2024"]),
    ("Det koster 2 mio. kr. i 2025 (årets priser).", ["2025"]),
    ("Det koster 2 mio. kr. (årets priser).", [""]),
    ("Det koster 2 mio. kr. i løbende priser.", [""]),
    ("Det koster 2 mio. kr. i prisniveau 2024.", ["2024"]),
    ("Alle beløb er i 2024-priser.\n\nDet koster 2 mio. kr.\n\nTabet er 300 kr.", ["2024", "2024"]),
    ("Det koster 2 mio. kr. i løbende priser. Beløbene er ellers i 2024-pl. Tabet er 300 kr.", ["", "2024"]),
    ("Alle beløb er i 2024-priser. Et årskort koster 450 kr., og prisen pr. plads er 90.000 kr.", ["2024", ""]),
    ("Alle beløb er i 2024-priser. Gebyret hæves fra 45 kr. til 50 kr.", ["", ""]),
    ("Alle beløb er i 2024-priser. Udgiften er 2 mio. kr. pr. år.", ["2024"]),
    ("Alle takster er i 2024-priser. Gebyret er 45 kr. pr. besøg.", ["2024"]),
    ("Beløb i 1.000 kr. (2024-priser)\n\nUdgiften er 2 mio. kr.", [""]),
    ("Alle tal er i 1.000 kr. og 2024-priser.\nUdgiften er 2 mio. kr.", [""]),
    ("Beløbene i tabellen er i 2024-priser. Udgiften er 2 mio. kr.", [""]),
    ("Økonomi (2024-priser): Drift 2 mio. kr. og anlæg 3 mio. kr.", ["2024", "2024"]),
    ("Priserne steg i 2024. Det koster 2 mio. kr.", [""]),
    ("Der er 2 pladser i 2024. Det koster 2 mio. kr.", [""]),
]

PER: list[tuple[str, list[str]]] = [
    ("Taksten er 300 kr. pr. døgn.", ["day"]),
    ("Taksten er 300 kr./md.", ["month"]),
    ("Det koster 1,3 mio. kr. årligt.\n• Lejrskole: Tilskuddet er 350 kr.", ["year", ""]),
    ("Det koster 1,3 mio. kr. årligt.\n- Tilskuddet er 350 kr.", ["year", ""]),
    ("Timelønnen er 180,50 kr.", ["hour"]),
    ("Prisen stiger med 100.600 kr. mere om året.", ["year"]),
    ("Hver betaler 62.000 kr. i skat om året.", ["year"]),
    ("De får 200 kr. i timen pr. elev.", ["hour"]),
    ("Der er 2 mio. kr. i tilskud pr. 1. januar 2025.", [""]),
    ("Taksten er 300 kr. i kvartalet.", ["quarter"]),
    ("Taksten er 300 kr. pr. borger om året.", ["citizen"]),
    ("Det koster 300.000 kr. på årsbasis.", ["year"]),
    ("TAKSTEN ER KR. 300 OM ÅRET.", ["year"]),
    ("Timeprisen fastsættes til 300 kr. på hverdage og 400 kr. i weekender.", ["hour", "hour"]),
    ("Taksten stiger fra 300 kr. til 400 kr. pr. måned.", ["month", "month"]),
    ("Vi har set 300 kr.\n\n/Søren", [""]),
    ("Timeprisen er ukendt, og der er brugt 300 kr.", [""]),
    ("Projekter til 50.000 kr. prioriteres ikke.", [""]),
    ("Der gives 500 kr. personligt til lederen.", [""]),
    ("Det koster 6 kr. pr minut og 45 kr. pr.barn.", ["minute", "child"]),
    ("Boden er 900 kr. pr. påbegyndt arbejdsdag.", ["day"]),
    ("- Hegn, 2 mio. kr. årligt\n- Rengøring på skolen, 3 mio. kr. i 2027", ["year", ""]),
]

ROLES: list[tuple[str, list[str]]] = [
    ("Budgettet til driftsudgifter udgør 2 mio. kr.", ["budget"]),
    ("Der er sat 2,5 mio. kr. af til stien.", ["grant"]),
    ("Han satte prisen op med 2 mio. kr. af hensyn til støjen.", [""]),
    ("I stedet for at spare 3 mio. kr. sælges grunden.", [""]),
    ("Forvaltningen kan ikke anbefale, at der afsættes 4 mio. kr.", [""]),
    ("Besparelse på fællesudgifter er indregnet med 2 mio. kr. i 2025, 3 mio. kr. i 2026.", ["saving", "saving"]),
    ("Besparelsen er 2 mio. kr. i 2025 stigende til 3 mio. kr. i 2026.", ["saving", "saving"]),
    ("Besparelsen fordeles med 2 mio. kr. på skoler og 3 mio. kr. på klubber.", ["saving", "saving"]),
    ("Besparelserne fordeler sig således: Skolen 2 mio. kr., Klubben 3 mio. kr.", ["saving", "saving"]),
    ("Effektivisering, fælles indkøb: 2 mio. kr.", ["efficiency"]),
    ("Rationaliseringsgevinsten bidrager med 2 mio. kr.", ["efficiency"]),
    ("Udgiften var 2 mio. kr. i 2024 mod 3 mio. kr. i 2023.", ["expense", "expense"]),
    ("Indtægten er halveret, fra 4 mio. kr. til 2 mio. kr.", ["income", "income"]),
    ("Renteudgiften er steget med 2 mio. kr.", [""]),
    ("Vinteren kostede kommunen 2 mio. kr.", ["expense"]),
    ("I 2025 koster ordningen 2 mio. kr.", ["expense"]),
    ("Til stien afsætter partierne 2 mio. kr.", ["grant"]),
    ("Rammen tilføres 2 mio. kr.", ["grant"]),
    ("Kassen tilføres 2 mio. kr.", [""]),
    ("Kommunen får et tilskud fra staten på 2 mio. kr.", ["income"]),
    ("Vi får 2 mio. kr. i statstilskud.", ["income"]),
    ("Der er søgt om 2 mio. kr. i puljen.", [""]),
    ("Netto giver det 2 mio. kr.", ["net"]),
    ("Nettoeffekt i alt: 2 mio. kr.", ["net"]),
    ("I alt: 2 mio. kr.", ["total"]),
    ("Regnskab 2024: 2 mio. kr.", ["actual"]),
    ("Den har et driftsbudget, der udgør 2 mio. kr.", ["budget"]),
    ("Anlægsrammen er på 2 mio. kr.", ["construction"]),
    ("En anlægsinvestering på 2 mio. kr.", ["investment"]),
    ("Det vedtagne budget med 2 mio. kr. til unge.", [""]),
    ("Besparelsen på 2 mio. kr. i 2025 bortfalder.", [""]),
    ("Besparelserne på 2 mio. kr. i 2025 og 3 mio. kr. i 2026 droppes.", ["", ""]),
    ("Planen om at spare 2 mio. kr. er taget af bordet.", [""]),
    ("Udvalget ønsker ikke, at der spares 2 mio. kr.", [""]),
    ("En udgift på 3 mio. kr., hvoraf 2 mio. kr. dækkes af staten.", ["expense", ""]),
    ("En udgift på 3 mio. kr., hvoraf 2 mio. kr. ligger i 2025.", ["expense", "expense"]),
    ("En udgift på 3 mio. kr. og et lån på 2 mio. kr.", ["expense", ""]),
    ("Budgettet viser en gæld på 2 mio. kr.", [""]),
    ("Stigningen i udgifterne er 2 mio. kr.", [""]),
    ("Andelen af udgifterne er 2 mio. kr.", [""]),
    ("Gælden reduceres med 2 mio. kr.", [""]),
    ("Regnskabet er 2 mio. kr. bedre end budgettet.", [""]),
    ("Det giver sparede lønudgifter på 2 mio. kr.", ["saving"]),
    ("Indtægten på 2 mio. kr. forsvinder.", [""]),
    ("Der er et underskud (skatter og tilskud minus udgifter) på 2 mio. kr.", [""]),
    ("Besparelsen (herunder indtægter fra salg) på 2 mio. kr. er stor.", ["saving"]),
    ("Forskellen mellem regnskabet og det korrigerede budget er på 2 mio. kr.", [""]),
    ("Regnskabet viser et mindre forbrug på 2 mio. kr.", [""]),
    ("Der frigives 2 mio. kr. ved at samle afdelingerne.", [""]),
    ("Der frigives 2 mio. kr. til byggeriet.", ["grant"]),
    ("Råderummet er reduceret med 2 mio. kr. som følge af prisstigninger.", [""]),
    ("Budgettet for 2026 indebærer besparelser for 2 mio. kr.", ["saving"]),
    ("Skat af indtægter over 200.000 kr.", [""]),
    ("Der er forbrugt 2 mio. kr.", [""]),
    ("Kommunen brugte 2 mio. kr. på diget.", ["actual"]),
    ("Vi har brugt 2 mio. kr. på diget.", ["actual"]),
    ("Der vil blive brugt 2 mio. kr. på diget.", ["expense"]),
    ("Vi har ikke brugt 2 mio. kr.", [""]),
    ("Udgiften dækkes inden for rammen på 2 mio. kr.", [""]),
    ("Indtægterne er faldet fra 3 mio. kr. til 2 mio. kr.", ["income", "income"]),
    ("Besparelsen er i 2025 på 2 mio. kr. og i 2026 på 3 mio. kr.", ["saving", "saving"]),
    ("Netto: 2 mio. kr.", ["net"]),
    ("Det koster netto 3,5 mio. kr. i 2031, heraf 2 mio. kr. til broer.", ["net", ""]),
    ("Udgiften er netto 3 mio. kr. i 2031 og 4 mio. kr. i 2032.", ["net", "net"]),
    ("Anlægstilskuddet er på 2 mio. kr.", ["grant"]),
    ("Nettobesparelsen bliver 2-3 mio. kr.", ["saving"]),
    ("Skolen sparer til gengæld 300 t.kr. på varmen.", ["saving"]),
    ("Besparelsen bliver på sigt 2 mio. kr.", ["saving"]),
    ("Her effektiviseres kantinen med 900 t.kr. i 2025 og 1.100 t.kr. i 2026.", ["efficiency", "efficiency"]),
    ("Driftsudgiften stiger med 2 mio. kr.", ["expense"]),
    ("Andelen af udgifterne stiger med 2 mio. kr.", [""]),
    ("Udgiften stiger ikke med 2 mio. kr.", [""]),
    ("Klubben får 40.000 kr. i tilskud.", ["grant"]),
    ("Til hallen frigives 14,5 mio. kr.", ["grant"]),
    ("Garantien på 2 mio. kr. frigives.", [""]),
    ("Der skal bruges 150.000 kr. til inventar.", ["expense"]),
    ("Overskuddet på 2 mio. kr. bruges på veje.", [""]),
    ("Forbruget pr. 30. september er 2 mio. kr.", ["actual"]),
    ("Forventet forbrug: 2 mio. kr.", ["expense"]),
    ("Det forventede forbrug er 2 mio. kr.", ["expense"]),
    ("Billetindtægten blev 2 mio. kr. mod budgetteret 3 mio. kr.", ["income", "budget"]),
    ("Udgiften er budgetteret til 2 mio. kr.", ["expense"]),
    ("Forvaltningen fremlægger spareforslag på i alt 2 mio. kr.", ["saving"]),
    ("Kommunen bruger 2 mio. kr. på vikarer.", ["expense"]),
    ("Prisen for en bruger er 500 kr.", [""]),
    ("Normeringen reduceres med 30 årsværk, svarende til 2 mio. kr.", ["", "saving"]),
    ("Der indføres en effektivisering på 1,2 pct., svarende til 2 mio. kr.", ["efficiency"]),
    ("Der ansættes tre årsværk, svarende til 2 mio. kr.", ["", ""]),
    ("Der findes 2 mio. kr. i 2028 ved at reducere udgiften til kurser.", ["saving"]),
    ("Der findes 2 mio. kr. ved siden af.", [""]),
    ("Der skæres 2 mio. kr. på rengøringen.", ["saving"]),
    ("Taksten skæres til 200 kr.", [""]),
    ("Indtægtssiden forøges med 2 mio. kr.", ["income"]),
    ("- Reduktion af rammen til stier med 2 mio. kr.\n- Øgede indtægter fra leje, 3 mio. kr.", ["saving", "income"]),
    ("- Reduktion af indtægterne med 2 mio. kr.", [""]),
    ("Vi sparer 3,6 ud af de 100 mio. kr.", ["saving", ""]),
    ("Vi sparer 3,6 mio. kr. ud af de 100 mio. kr.", ["saving", ""]),
]

BOUNDS: list[tuple[str, list[str]]] = [
    ("Lønnen må højst udgøre 2.000 kr.", ["max"]),
    ("Det må maksimalt koste 2.000 kr.", ["max"]),
    ("Den skal mindst være 2.000 kr.", ["min"]),
    ("Den sælges til en mindstepris på 2.000 kr.", ["min"]),
    ("Det højst tænkelige kan koste 2.000 kr.", [""]),
    ("Man kan søge mindst 500 og højst 1.000 kr.", ["min", "max"]),
    ("Det koster 500+ kr. at være med.", ["min"]),
    ("Udvalget satte beløbet ned til 1.800 kr.", [""]),
]

ABOUT: list[tuple[str, list[str]]] = [
    ("Udgiften er anslået til 2 mio. kr.", ["True"]),
    ("Udgiften skønnes til 2 mio. kr.", ["True"]),
    ("Udgiften er beregnet til 2 mio. kr.", [""]),
]

ALL = [
    *((text, "years", told) for text, told in YEARS),
    *((text, "price_level", told) for text, told in PRICES),
    *((text, "per", told) for text, told in PER),
    *((text, "role", told) for text, told in ROLES),
    *((text, "bound", told) for text, told in BOUNDS),
    *((text, "approximate", told) for text, told in ABOUT),
]


@pytest.mark.parametrize(("text", "field", "expected"), ALL)
def test_what_is_said_of_a_quantity(text: str, field: str, expected: list[str]) -> None:
    assert read(text, field) == expected


@pytest.mark.xfail(strict=True, reason="A verb at the end of a long clause does not tie its year to the amount before.")
def test_known_miss_year_behind_another_phrase() -> None:
    assert read("En pris på 2 mio. kr. for grunden ved havnen ventes i 2027.", "years") == ["2027"]


def test_the_words_behind_the_fields() -> None:
    text = "Der afsættes op til ca. 2 mio. kr. årligt i 2025-2027 (2024-pl)."
    (record,) = records(text)
    assert {each.field: each.text for each in record.evidence} == {
        "approximate": "ca.",
        "bound": "op til",
        "years": "i 2025-2027",
        "per": "årligt",
        "role": "afsættes",
        "price_level": "2024-pl",
    }


def test_a_shared_unit_has_its_words() -> None:
    text = "Der er 2, 3 og 4 mio.\nkr. til stien, og gælden er 5 mio."
    found = records(text)
    units = [[text[e.start : e.end] for e in each.evidence if e.field == "unit"] for each in found]
    assert units == [["mio.\nkr."], ["mio.\nkr."], [], ["gælden"]]


PIECES = [
    *("Der afsættes ", "Besparelsen på ", "Udgiften er ", "Alle beløb er i 2023-priser. ", "I 2025 ", "netto ", "ca. "),
    *("op til ", "højst ", "2 mio. kr.", "3,5 mio. kr. ", "400 kr.", "2 årsværk", "KR. I 2024", " (2024-pl)"),
    *(" i 2024", " og 2025", " til 2027", "-2026", " og frem", " i årets priser", " pr. barn", " om året", "/time"),
    *(" og ", ", ", ". ", "\n", " stigende til ", " fra ", " hhv. ", " droppes", "ikke ", "İ"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_evidence_stands_in_the_text(text: str) -> None:
    found = records(text)
    check_evidence(text, found)
    for record in found:
        assert not (record.year and record.years)
        assert record.years == sorted(set(record.years))
