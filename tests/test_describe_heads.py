"""Heads of papers: the day beside who sends them or what they are, letters without a greeting, and what is neither."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from corpus.reading import Reading
from pipeline.describe import Description, describe
from pipeline.extract import extract_bytes
from pipeline.parts import split

SAID = "Der er brugt 12.000 kr. til bænke.\n"


def described(text: str) -> Description:
    reading = Reading(media_type="text/plain", reader="text/1", text=text)
    return describe(reading, split(reading)[0])


@pytest.mark.parametrize(
    ("head", "title", "date"),
    [
        ("Notat om parken\nFjordby Kommune, den 4. maj 2026", "Notat om parken", "2026-05-04"),
        ("Notat om parken\n\nFjordby Kommune, den 4. maj 2026", "Notat om parken", "2026-05-04"),
        ("Notat om parken\nNy Fjordby Kommune den 4. maj 2026", "Notat om parken", "2026-05-04"),
        ("Notat om parken\nRegion Nordhavn - 4. maj 2026", "Notat om parken", "2026-05-04"),
        ("Notat om parken\nFrist for svar, den 4. maj 2026", None, None),
        ("Pressemeddelelse fra Fjordby Kommune, 4. maj 2026\n\nParken består", "Parken består", "2026-05-04"),
        ("Pressemeddelelse, den 4. maj 2026\n\nParken består", "Parken består", "2026-05-04"),
        ("Høringssvar fra Grundejerforeningen Å, 4. maj 2026\n\nVejen", None, "2026-05-04"),
        ("Notat om seminaret, den 4. maj 2026\n\nParken består", None, None),
        ("Svar på henvendelse af 4. maj 2026\n\nParken består", None, None),
        ("# Aftale om parken\nAftale mellem A, B og C indgået den 4. maj 2026", "Aftale om parken", "2026-05-04"),
        ("# Parken\nBudgetforlig underskrevet 4. maj 2026", "Parken", "2026-05-04"),
        ("# Parken består\n\n*Pressemeddelelse, 4. maj 2026*", "Parken består", "2026-05-04"),
        ("# Pressemeddelelse\n_4. maj 2026_", None, "2026-05-04"),
        ("# Parken\n* 4. maj 2026 *", "Parken", None),
        ("# Parken\nAftale om ophævelse af lejekontrakt indgået den 4. maj 2020", "Parken", None),
        ("# Parken\nTillæg til aftale indgået den 4. maj 2020", "Parken", None),
        ("# Notat: Taget på hal 2\nDato: 4. maj 2026", "Notat: Taget på hal 2", "2026-05-04"),
    ],
)
def test_the_day_beside_a_sender_or_the_kind_of_paper(head: str, title: str | None, date: str | None) -> None:
    found = described(f"{head}\n\n{SAID}")

    assert (found.kind, found.date) == ("other", date)
    assert title is None or found.title == title


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Referat af Byrådets møde den 31. marts 2026, godkendt den 28. april 2026", "2026-03-31"),
        ("Referat af Byrådets møde den 31. marts 2026 (udsendt 2. april 2026)", "2026-03-31"),
        ("Referat af Byrådets møde, godkendt den 28. april 2026", None),
        ("Byrådets møde den 31. marts 2026, ændret til den 7. april 2026", None),
    ],
)
def test_the_day_of_a_meeting_is_not_that_of_its_approval(line: str, date: str | None) -> None:
    found = described(f"Referat\n{line}\n\nPunkt 1. Havnen\n\nBeslutning:\nGodkendt.\n\nPunkt 2. Evt.\n")

    assert (found.kind, found.date) == ("minutes", date)


DECISION = """Fjordby Kommune
Rådhuspladsen 3
4199 Fjordby

{}

{}

Afgørelse om aktindsigt

Du bad den 9. marts 2026 om at se sagen. Du får 27 dokumenter.

Med venlig hilsen

Ib Strand
"""


@pytest.mark.parametrize(
    "addressee", ["Til: Redaktionen, Fjordby Avis", "Att.: Journalist Ida Holm", "Til Karen Lysholm", "Att. Ida Holm"]
)
@pytest.mark.parametrize("case", ["Dato: 20. marts 2026\nSagsnr.: 26/1801", "Fjordby, den 20. marts 2026"])
def test_a_letter_without_a_greeting(addressee: str, case: str) -> None:
    found = described(DECISION.format(addressee, case))

    assert (found.kind, found.title, found.date) == ("letter", "Afgørelse om aktindsigt", "2026-03-20")


@pytest.mark.parametrize(
    "text",
    [
        DECISION.format("Til: Økonomiudvalget\nFra: Forvaltningen", "Dato: 20. marts 2026"),
        DECISION.format("Notat\nTil: Økonomiudvalget", "Dato: 20. marts 2026"),
        DECISION.format("Til: Økonomiudvalget", "Beløb i kr."),
        DECISION.format("Økonomi", "Dato: 20. marts 2026"),
        DECISION.format("Til: Ida Holm", "Dato: 20. marts 2026").replace("Med venlig hilsen", "Vedtaget"),
        DECISION.format("Til: Ida Holm", "Dato: 20. marts 2026").replace("Du", "Udvalget"),
        DECISION.format("Til Økonomiudvalget", "Dato: 20. marts 2026").replace("Du", "De Konservative"),
    ],
)
def test_what_is_only_like_a_letter(text: str) -> None:
    assert described(text).kind == "other"


def test_a_letter_that_says_de() -> None:
    text = DECISION.format("Til: Ida Holm", "Dato: 20. marts 2026").replace("Du bad", "Vi skrev, at De bad")
    assert described(text.replace("Du får", "Vi sender")).kind == "letter"


def test_the_subject_of_a_letter_right_above_its_greeting() -> None:
    text = "Fjordby Kommune\n2. april 2026\nAfslag på aktindsigt\nKære Ida Holm\nVi afslår.\nMed venlig hilsen\nBo\n"

    assert described(text).title == "Afslag på aktindsigt"
    assert described(text.replace("Afslag på aktindsigt", "Ida Holm")).title is None


@pytest.mark.parametrize("kind", ["PRESSEMEDDELELSE", "Pressemeddelelse", "Nyhed", "Notat"])
@pytest.mark.parametrize(
    "day",
    [
        "Fjordby Kommune · 12. september 2025",
        "Fjordby Kommune, 12. september 2025",
        "Fjordby Kommune, Park og Vej, 12. september 2025",
    ],
)
@pytest.mark.parametrize("break_", ["\n", "\n\n"])
def test_the_day_of_a_press_release_as_a_pdf_prints_it(kind: str, day: str, break_: str) -> None:
    text = break_.join([kind, day, "Bredt forlig om budgettet", "Fire partier er enige.", "Byrådet mødes 7. oktober."])

    assert described(text).date == "2025-09-12"


@pytest.mark.parametrize("kind", ["Mødeplan", "Invitation", "Høringsfrist"])
def test_the_day_below_what_is_announced_is_not_the_papers(kind: str) -> None:
    text = f"{kind}\n12. september 2025\nAlle er velkomne til festen på pladsen.\n"

    assert described(text).date is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Beslutningsreferat Sundheds-\nog Omsorgsudvalget", "Sundheds- og Omsorgsudvalget"),
        ("Referat\nTeknik- og\nKlimaudvalget", "Teknik- og Klimaudvalget"),
        ("Referat af møde i Børne-\nog Skoleudvalget den 6. januar 2025", "Børne- og Skoleudvalget"),
        ("Referat Økonomi- og Erhvervs-\nudvalget", "Økonomi- og Erhvervsudvalget"),
        ("Referat\nTeknik-, Miljø- og\nKlimaudvalget", "Teknik-, Miljø- og Klimaudvalget"),
        ("Referat fra Byrådet\nDeltagere: også Skole- og\nKulturudvalget", "Byrådet"),
    ],
)
def test_a_name_over_two_lines_is_one_body(head: str, body: str) -> None:
    text = f"{head}\n\nMødedato: 6. januar 2025\n\n1. Hallen\n\nBeslutning\n\nGodkendt.\n"
    document = extract_bytes(text.encode(), "referat.txt")
    decided = [each.body for each in document.records if isinstance(each, Decision)]
    assert decided == [body]


def test_a_heading_with_a_name_over_two_lines_is_one() -> None:
    text = (
        "Referat\nByrådet\n\nMødedato: 6. juni 2025\n\n1. Hallen\n\nBeslutning i Sundheds-\nog Omsorgsudvalget den "
        "20. april 2025\n\nAnbefales godkendt.\n\nBeslutning i Byrådet den 6. juni 2025\n\nGodkendt.\n"
    )
    document = extract_bytes(text.encode(), "referat.txt")
    decided = [(each.body, each.status, each.date) for each in document.records if isinstance(each, Decision)]
    assert decided == [
        ("Sundheds- og Omsorgsudvalget", "recommended", "2025-04-20"),
        ("Byrådet", "decided", "2025-06-06"),
    ]


def test_a_heading_right_below_a_row_of_figures_is_one() -> None:
    text = (
        "Referat\nByrådet\n\nMødedato: 6. juni 2025\n\n1. Hallen\n\nBeløb i 1.000 kr. 2027 2028 2029\n"
        "Anlæg 4.995 4.208 2.412\nI alt 4.995 4.208 2.412\nForvaltningens indstilling\nDet anbefales, at model 2 "
        "gennemføres.\nBeslutning i Økonomiudvalget den 23. maj 2025\nAnbefales godkendt.\n"
    )
    document = extract_bytes(text.encode(), "referat.txt")
    decided = [each.text for each in document.records if isinstance(each, Decision)]
    assert decided == ["Det anbefales, at model 2 gennemføres.", "Anbefales godkendt."]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Budgetforlig 2027-2030 for Fjordby\nKommune", "Budgetforlig 2027-2030 for Fjordby Kommune"),
        ("Aftale om skolerne i Fjordby", "Aftale om skolerne i Fjordby"),
        ("Kommune", None),
        ("Hallen er dyr", None),
    ],
)
def test_the_name_of_an_agreement_over_when_it_was_made(head: str, title: str | None) -> None:
    text = f"{head}\nIndgået den 9. september 2026 mellem Venstre og SF\nPartierne vil bruge 3 mio. kr. i 2027."
    assert described(text).title == title
