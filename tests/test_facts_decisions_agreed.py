"""What the paper of a budget agreement decides, known by its title or its first sentence; a report of one does not."""

from __future__ import annotations

import pytest

from corpus.model import Decision
from pipeline.extract import extract_bytes

AGREED = (
    "Fjordby Kommune, den 11. september 2024\n\nSocialdemokratiet, Venstre og SF har indgået aftale om kommunens\n"
    "budget for 2025. Alle beløb er i 2025-priser.\n\n"
)
TITLED = "Budgetaftale 2025 i Fjordby Kommune\n\nPartierne vil styrke skolerne.\n\n"
Told = tuple[str, bool, list[str]]  # status, negated, what it is linked with


def told(text: str, name: str = "aftale.txt") -> list[Told]:
    records = extract_bytes(text.encode(), name).records
    decisions = [record for record in records if isinstance(record, Decision)]
    return [(each.status, each.negated, [link.text for link in each.links]) for each in decisions]


AT_ONE = (
    "Budget 2026-2029\n\nVenstre, Radikale og SF er enige om budgettet for 2026 og overslagsårene.\n\nBørn og unge\n",
    "Mellem Venstre og SF er der den 5. september 2025 indgået følgende aftale om kommunens budget for 2026.\n\n",
)


@pytest.mark.parametrize("head", AT_ONE)
def test_a_paper_that_begins_with_parties_at_one_needs_no_title(head: str) -> None:
    assert told(f"{head}Der afsættes 4 mio. kr. årligt til klubberne.\n") == [("decided", False, ["4 mio. kr."])]


@pytest.mark.parametrize(
    "head",
    [
        "Venstre og SF er ikke enige om budgettet for 2026.\n\n",
        "Alle i gruppen er enige om budgettet for sommerfesten.\n\n",
        'Venstre og SF er enige om budgettet for 2026\n\n"Vi er glade", siger borgmester Bo Friis.\n\n',
    ],
)
def test_other_beginnings_decide_nothing(head: str) -> None:
    assert told(f"{head}Der afsættes 4 mio. kr. årligt til klubberne.\n") == []


@pytest.mark.parametrize("head", [AGREED, TITLED])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Forslag SSU-12 og SSU-15 gennemføres ikke.", [("rejected", False, ["SSU-12", "SSU-15"])]),
        ("Forslag SSU-16 udgår.", [("rejected", False, ["SSU-16"])]),
        ("Forslag SSU-17 tages ud af kataloget.", [("rejected", False, ["SSU-17"])]),
        ("Forslag SSU-18 tages af bordet.", [("rejected", False, ["SSU-18"])]),
        ("Brødet tages af bordet.", []),
        ("Parterne er enige om at afsætte 2 mio. kr. til havnen.", [("decided", False, ["2 mio. kr."])]),
        ("Forslag SSU-17 tages ikke ud af kataloget.", []),
        ("Bussen tages ud af drift.", []),
    ],
)
def test_what_the_parties_agree_on_is_decided(head: str, said: str, expected: list[Told]) -> None:
    assert told(f"{head}{said}\n") == expected


@pytest.mark.parametrize(
    "head",
    [
        f"Pressemeddelelse\n\n{AGREED}",
        f'{AGREED}"Vi er glade", siger borgmesteren.\n\n',
        "Notat\n\nForvaltningen har set på budgettet for 2025. Der er ikke indgået aftale om budget 2025.\n\n",
        "Fra: Bo Friis\nTil: Ida Holm\nEmne: Budget\n\nHej Ida\n\nDe har indgået aftale om budget 2025.\n\n",
    ],
)
def test_a_report_of_an_agreement_decides_nothing(head: str) -> None:
    assert told(f"{head}Forslag SSU-16 udgår. Forslag SSU-12 gennemføres ikke.\n") == []


def test_an_offer_is_rejected_and_not_by_whom_the_note_is_written_to() -> None:
    text = (
        "Til: Økonomiudvalget\nFra: Indkøb\nDato: 20.08.2024\n\nUdbud af madservice\n\n"
        "Der var modtaget 3 tilbud. Tilbuddet fra Kernemad A/S blev afvist som ukonditionsmæssigt.\n"
    )
    records = extract_bytes(text.encode(), "notat.txt").records

    assert [(each.body, each.status) for each in records if isinstance(each, Decision)] == [(None, "rejected")]


@pytest.mark.parametrize("head", [AGREED, TITLED])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Der afsættes en pulje på 3 mio. kr. til stier.", [("decided", False, ["3 mio. kr."])]),
        ("Plejen styrkes med mellem 1 og 2 mio. kr. om året.", [("decided", False, ["1 og 2 mio. kr."])]),
        (
            "Veje\n\n- Der spares 400.000 kr. på asfalt.\n- Broen renoveres for 6 mio. kr.",
            [("decided", False, ["400.000 kr."]), ("decided", False, ["6 mio. kr."])],
        ),
        ("Staben reduceres med 4 årsværk.", [("decided", False, ["4 årsværk"])]),
        ("Vi er enige om at afsætte 700.000 kr. til biblioteket.", [("decided", False, ["700.000 kr."])]),
        ("Partierne sænker afgiften og mister 2 mio. kr. om året.", [("decided", False, [])]),
        ("Nørre Skole lukkes ikke.", [("decided", True, [])]),
        ("Nørre Skole lukkes derfor ikke.", [("decided", True, [])]),
        ("SSU-02 gennemføres ikke.", [("rejected", False, ["SSU-02"])]),
        ("SSU-04 udgår. BUU05 tages ud.", [("rejected", False, ["SSU-04"]), ("rejected", False, ["BUU05"])]),
        ("SSU-04 udgår ikke.", []),
        ("Nørre Revy får et årligt tilskud på 60.000 kr. fra 2026.", [("decided", False, ["60.000 kr."])]),
        ("I 2026 anlægges en sti for 5 mio. kr.", [("decided", False, ["5 mio. kr."])]),
        ("Stien anlægges for 5 mio. kr., hvis staten betaler.", [("decided", False, [])]),
        # What grows by itself, is so already, is possible, conditional in front, or done by others.
        ("Udgifterne øges med 3 mio. kr.", []),
        ("Der spares allerede 2 mio. kr. på strøm.", []),
        ("Broen kan renoveres for 6 mio. kr.", []),
        ("Hvis staten betaler, renoveres broen for 6 mio. kr.", []),
        ("Der tilføres 2 mio. kr. af staten.", []),
        ("Partierne har drøftet en ny bro til 9 mio. kr.", []),
    ],
)
def test_a_plain_sentence_that_does_something_decides(head: str, said: str, expected: list[Told]) -> None:
    assert told(f"{head}{said}\n") == expected


def test_such_a_sentence_decides_nothing_in_another_paper_nor_behind_the_signatures() -> None:
    assert told("Notat om veje\n\nBroen renoveres for 6 mio. kr.\n") == []
    assert told(f"Pressemeddelelse\n\n{AGREED}Broen renoveres for 6 mio. kr.\n") == []
    assert told(f"{TITLED}Underskrifter\n\nBroen renoveres for 6 mio. kr.\n") == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Broen renoveres for 9 mio. kr. fordelt på 4 mio. kr. i 2025 og 5 mio. kr. i 2026.", ["9 mio. kr."]),
        ("Staben reduceres med 5 årsværk: 2 i 2025 og 3 i 2026.", ["5 årsværk"]),
        ("Broen renoveres for 9 mio. kr., heraf 4 mio. kr. i 2025.", ["9 mio. kr."]),
        ("Broen renoveres for 9 mio. kr., hvoraf 4 mio. kr. i 2025 og 2 mio. kr. i 2026 er til lys.", ["9 mio. kr."]),
        ("Broen renoveres for 9 mio. kr. inkl. 500.000 kr. til lys.", ["9 mio. kr."]),
        ("Staben reduceres med 5 årsværk, herunder 2 årsværk på havnen.", ["5 årsværk"]),
        # What is more than the sum before it, or stands beside it.
        (
            "Broen renoveres for 9 mio. kr., heraf 4 mio. kr. til lys, og 8 mio. kr. til stien.",
            ["9 mio. kr.", "8 mio. kr."],
        ),
        (
            "Der afsættes 9 mio. kr. til broen, heraf 4 mio. kr. i 2025, og der afsættes 2 mio. kr. til stien.",
            ["9 mio. kr.", "2 mio. kr."],
        ),
        ("Broen renoveres for 9 mio. kr. inkl. moms og 4 mio. kr. til lys.", ["9 mio. kr.", "4 mio. kr."]),
        (
            "Der afsættes 9 mio. kr. i 2025, 4 mio. kr. i 2026 og 5 mio. kr. i 2027.",
            ["9 mio. kr.", "4 mio. kr.", "5 mio. kr."],
        ),
    ],
)
def test_of_a_sum_that_is_taken_apart_the_sum_alone_is_linked(said: str, expected: list[str]) -> None:
    assert [each[2] for each in told(f"{TITLED}{said}\n")] == [expected]


def _long(said: str, tail: str = "") -> str:
    filler = "Partierne glæder sig over arbejdet med byen. " * 60
    sections = "".join(f"# Område {at}\n\n{said.format(at)} {filler}\n\n" for at in range(1, 5))
    return f"# Budgetaftale 2025 i Fjordby Kommune\n\nPartierne har lavet en aftale.\n\n{sections}{tail}"


def test_each_part_of_a_long_agreement_is_one() -> None:
    said = "Der afsættes {} mio. kr. til stier. Forslag SSU-12 gennemføres ikke."

    found = told(_long(said), "aftale.md")

    assert [each[2] for each in found if each[0] == "decided"] == [[f"{at} mio. kr."] for at in range(1, 5)]
    assert [each[0] for each in found].count("rejected") == 4


def test_a_long_report_of_an_agreement_decides_nothing_in_its_later_parts() -> None:
    found = told(_long("Broen renoveres for {} mio. kr.", "Det er godt, siger borgmesteren.\n"), "nyt.md")

    assert len(found) <= 1  # what stands below the title alone


SIGNED = "Aftale om Budget 2025\n\nIndgået den 9. september 2024 mellem A, V og SF.\n\nBroen renoveres for 6 mio. kr."


@pytest.mark.parametrize(
    "said",
    [
        "Parterne siger ja til planen.",
        "Som loven siger, er budgettet i balance.",
        "Udviklingen siger os, at byen vokser.",
        "Kommunen får en journalist i staben.",
        "Borgmester Lis Holm siger tak for samarbejdet.",
        "Alle pressemeddelelser er samlet på nettet.",
        "file:///home/journalist/aftale.html 1/1",
        "»Det er godt«, siger borgmester Lis Holm.",
    ],
)
def test_a_word_of_the_news_makes_no_news_of_an_agreement(said: str) -> None:
    found = told(f"{SIGNED} {said}\n\nLis Holm (A)\nBo Friis (V)\n")

    assert ("decided", False, ["6 mio. kr."]) in found


@pytest.mark.parametrize(
    "said",
    ["Af journalist Bo Friis", "Pressekontakt: Bo Friis", "Det er godt, siger Lis Holm.", 'Lis Holm siger: "Godt."'],
)
def test_an_article_about_an_agreement_decides_nothing(said: str) -> None:
    assert told(f"Budgetaftale 2025 i Fjordby Kommune\n\n{said}\n\nBroen renoveres for 6 mio. kr.\n") == []


SIGNATURES = "\n\nKolding, den 9. september 2024\n\nLis Holm (A)\nBo Friis (V)\nIda Ravn\n"
SAID = "Partierne er enige om at give 5.000 kr. til byen. Broen renoveres for 6 mio. kr. Byrådet afviste planen."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Aftale om budget 2025\n\nIndgået den 9. september 2024 i Kolding Byråd.\n\n{SAID}\n", "2024-09-09"),
        (f"Aftale om budget 2025\n\n{SAID}{SIGNATURES}", "2024-09-09"),
        (f"Aftale om budget 2025\n\nIndgået den 9. september 2024.\n\n{SAID}{SIGNATURES}", "2024-09-09"),
        # Two days that differ, a day that nobody signed below, and one that is told of.
        (f"Aftale om budget 2025\n\nIndgået den 2. september 2024.\n\n{SAID}{SIGNATURES}", None),
        (f"Aftale om budget 2025\n\n{SAID}\n\nKolding, den 9. september 2024\n\nDer er mødt mange op.\n", None),
        (f"Aftale om budget 2025\n\nAftalen fra 2023 blev indgået den 9. september 2022.\n\n{SAID}\n", None),
    ],
)
def test_the_day_of_an_agreement_is_that_of_its_decisions(text: str, day: str | None) -> None:
    document = extract_bytes(text.encode(), "aftale.txt")
    decisions = [each for each in document.records if isinstance(each, Decision)]

    assert document.date == day
    assert [(each.verb, each.date) for each in decisions] == [
        ("være enig", day),
        ("renovere", day),
        ("afvise", None),
    ]


POINTS = (
    "Parterne er enige om følgende:\na) Der afsættes 20 mio. kr. til kajen i 2028.\nb) Planen om en mole opgives.\n"
)


@pytest.mark.parametrize(
    "head",
    [
        "Forlig om havnen\nFjordby, den 1. december 2026\n\nMellem A, F, B og V i Fjordby Byråd\n\n",
        "Politisk aftale: Fremtidens havn\nFjordby Kommune\n\nVenstre og SF har indgået aftale.\n\n",
        "Havneforlig 2027-2030\nFjordby Kommune\n\nPartierne vil styrke havnen.\n\n",
        "Aftale om skolestrukturen i Fjordby Kommune\n\nMellem partierne i Fjordby Byråd\n\n",
    ],
)
def test_an_agreement_of_parties_on_other_things_than_a_budget_decides_too(head: str) -> None:
    assert told(f"{head}{POINTS}") == [("decided", False, ["20 mio. kr."]), ("decided", True, [])]


@pytest.mark.parametrize("title", ["Aftale om budget 2027 – Sønder Bjerg\nKommune", "Budgetaftale 2027 Sander Kommune"])
def test_a_name_in_the_title_that_ends_as_a_verb_does_makes_no_headline(title: str) -> None:
    assert told(f"{title}\n\n{POINTS}") == [("decided", False, ["20 mio. kr."]), ("decided", True, [])]


@pytest.mark.parametrize(
    ("head", "is_told"),
    [
        ("Aftale om havnen\nFjordby Kommune\n\n", True),
        ("Forlig om kajen\n\nMellem Fjordby Kommune og Holm Byg\n\n", True),
        ("Aftale om leje af kajen\n\nMellem Fjordby Kommune (udlejer) og Holm Byg (lejer)\n\n", False),
        ("Havneaftale giver billigere pladser\n\nPartierne er glade.\n\n", False),
        ("Notat om havnen\n\nPartierne er glade.\n\n", False),
    ],
)
def test_an_agreement_of_nobody_knows_whom_decides_nothing_and_that_is_told(head: str, *, is_told: bool) -> None:
    text = f"{head}{POINTS}"

    assert told(text) == []
    problems = [each.code for each in extract_bytes(text.encode(), "aftale.txt").problems]
    assert ("decision-unread" in problems) is is_told


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        (
            "Forslag SSU-12 udgår, mens forslag SSU-15 og SSU-17 gennemføres.",
            [("rejected", False, ["SSU-12"]), ("decided", False, ["SSU-15", "SSU-17"])],
        ),
        (
            "Forslag SSU-15 på 2 mio. kr. gennemføres, mens forslag SSU-12 på 3 mio. kr. ikke gennemføres.",
            [("decided", False, ["SSU-15", "2 mio. kr."]), ("rejected", False, ["SSU-12", "3 mio. kr."])],
        ),
        (
            "Forslag SSU-12 tages ud, og forslag SSU-15 udskydes.",
            [("rejected", False, ["SSU-12"]), ("postponed", False, ["SSU-15"])],
        ),
        ("Forslag SSU-12 og SSU-15 gennemføres.", [("decided", False, ["SSU-12", "SSU-15"])]),
        (
            "Forslag SSU-12 udgår, og der afsættes i stedet 3 mio. kr.",
            [("rejected", False, ["SSU-12"]), ("decided", False, ["3 mio. kr."])],
        ),
        (
            "Stillingen nedlægges, og forslag SSU-12 udgår.",
            [("decided", False, []), ("rejected", False, ["SSU-12"])],
        ),
        (
            "Der afsættes 2 mio. kr. til stien. Planen om en hal droppes.",
            [("decided", False, ["2 mio. kr."]), ("decided", True, [])],
        ),
        ("Besparelsen på 7 mio. kr., som blev vedtaget i 2025, tilbageføres.", [("decided", True, ["7 mio. kr."])]),
        ("Der er afsat 5 mio. kr. til kajen i 2027.", [("decided", False, ["5 mio. kr."])]),
        ("Partierne er enige om at droppe planerne om en hal.", [("decided", True, [])]),
        # What only was is no figure of the point.
        ("I 2026 blev der afsat 3 mio. kr. Der afsættes yderligere 2 mio. kr.", [("decided", False, ["2 mio. kr."])]),
        ("Der afsættes 1 mio. kr. i 2027. Udgiften var 800.000 kr. i 2026.", [("decided", False, ["1 mio. kr."])]),
        ("Der er brugt 2 mio. kr. på råd. Beløbet nedbringes til 1 mio. kr.", [("decided", False, ["1 mio. kr."])]),
        ("Taksten, der var 40 kr., hæves til 45 kr.", [("decided", False, ["45 kr."])]),
        (
            "Kajen til 60 mio. kr. gennemføres ikke. I stedet afsættes 5 mio. kr. til moler.",
            [("rejected", False, ["60 mio. kr."]), ("decided", False, ["5 mio. kr."])],
        ),
    ],
)
def test_clauses_and_sentences_of_a_point_each_speak_for_themselves(point: str, expected: list[Told]) -> None:
    assert told(f"{TITLED}Parterne er enige om følgende:\na) {point}\nb) Byen er god.\n")[:-1] == expected


def test_the_next_letter_begins_a_point_whatever_its_word() -> None:
    text = f"{TITLED}Parterne er enige om:\na) at lukke hallen\nb) Der afsættes 2 mio. kr. til stien.\n"

    assert told(text) == [("decided", False, []), ("decided", False, ["2 mio. kr."])]


def test_what_stands_behind_a_no_and_is_not_read_is_told() -> None:
    text = (
        f"{TITLED}Parterne er enige om følgende:\na) Kajen bygges ikke. Til moler er så 5 mio. kr.\nb) Byen er god.\n"
    )
    problems = [each.message for each in extract_bytes(text.encode(), "aftale.txt").problems]

    assert 'What stands behind a no was not read as a decision: "Til moler er så 5 mio. kr."' in problems


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nord- og Sydskolen lægges sammen fra 2027.", [("decided", False, [])]),
        ("Forslaget om at skære 12 årsværk i SFO'erne er taget af bordet.", [("decided", True, ["12 årsværk"])]),
        ("De 2 mio. kr. til IT bortfalder.", [("decided", True, ["2 mio. kr."])]),
        ("De 2 mio. kr. til IT bortfalder ikke.", []),
        ("De 2 mio. kr., som bortfalder, er til IT.", []),
    ],
)
def test_what_falls_or_is_joined_by_an_agreement(said: str, expected: list[Told]) -> None:
    assert told(f"{TITLED}{said}\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        f"Budgetforlig 2025\n\n{SAID}\n\nKolding, den 9. september 2024\n\nLis Holm (A)  Bo Friis (V)\n",
        f"Budgetforlig 2025\n\nVenstre og SF har den 9. september 2024 indgået forlig om budgettet.\n\n{SAID}\n",
        f"Venstre og SF har indgået aftale om budgettet for 2025\nKolding Kommune, 9. september 2024\n\n{SAID}\n",
    ],
)
def test_the_day_of_an_agreement_stands_at_its_top_or_above_names_on_one_line(text: str) -> None:
    decisions = [each for each in extract_bytes(text.encode(), "aftale.txt").records if isinstance(each, Decision)]

    assert [each.date for each in decisions[:2]] == ["2024-09-09", "2024-09-09"]
