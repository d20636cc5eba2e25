"""Decisions as others advised, and advice against: who decided, and that a no is no yes."""

from __future__ import annotations

import msgspec
import pytest
from decided import decided

from corpus.model import Decision
from pipeline.context import Context

COUNCIL = Context(meeting_body="Byrådet", meeting_date="2024-04-03")
Told = tuple[str | None, str, bool, str | None]  # body, status, negated, day


def told(verdict: str, context: Context = COUNCIL) -> list[Told]:
    records, _ = decided(f"Beslutning:\n{verdict}", context)
    return [
        (record.body, record.status, record.negated, record.date) for record in records if isinstance(record, Decision)
    ]


@pytest.mark.parametrize(
    "verdict",
    [
        "Godkendt som anbefalet af Økonomiudvalget.",
        "Godkendt som indstillet af Teknik- og Miljøudvalget.",
        "Vedtaget som foreslået af Børneudvalget.",
        "Tiltrådt som anbefalet af Økonomiudvalget.",
        "Godkendt som anbefalet i Økonomiudvalget.",
        "Godkendt, som det blev anbefalet af Økonomiudvalget.",
        "Som indstillet af Økonomiudvalget.",
        "Godkendt med de ændringer, der er foreslået af Økonomiudvalget.",
        "Godkendt efter indstilling af Økonomiudvalget.",
        "Godkendt med en tilføjelse af Økonomiudvalget.",
        "Godkendt som foreslået af Naturstyrelsen.",
        "Godkendt som indstillet af forvaltningen.",
        "Godkendt i den af Økonomiudvalget foreslåede form.",
        "Godkendt efter drøftelse i Økonomiudvalget.",
        "Godkendt med undtagelse af Mølleparken.",
        "Godkendt til udvidelse af Kaj 3.",
    ],
)
def test_who_advised_is_not_who_decided(verdict: str) -> None:
    assert told(verdict) == [("Byrådet", "decided", False, "2024-04-03")]


@pytest.mark.parametrize(
    "verdict",
    [
        "Enstemmigt vedtaget af Økonomiudvalget.",
        "Vedtaget uændret af Økonomiudvalget.",
        "Planen blev endeligt vedtaget af Økonomiudvalget.",
        "Planen blev godkendt i Økonomiudvalget.",
        "Planen blev godkendt på et møde i Økonomiudvalget.",
        "Sidste år blev det af Økonomiudvalget besluttet at lukke hallen.",
    ],
)
def test_an_agent_of_the_verb_itself_decides(verdict: str) -> None:
    assert [each[0] for each in told(verdict)] == ["Økonomiudvalget"]


@pytest.mark.parametrize(
    "verdict",
    [
        "Ikke anbefalet.",
        "Ikke anbefalet til Regionsrådet.",
        "Ikke indstillet.",
        "Ej anbefalet.",
        "Kan ikke længere anbefales.",
        "Anbefales ikke.",
        "Anbefales ej.",
        "Indstillingen er ikke anbefalet.",
        "Ingen af forslagene blev anbefalet.",
        "Ingen af ansøgningerne imødekommet.",
        "Intet af punkterne vedtages.",
        "Anbefales ikke godkendt.",
        "Frarådes.",
    ],
)
def test_what_is_not_recommended_is_rejected(verdict: str) -> None:
    assert [each[1:3] for each in told(verdict)] == [("rejected", False)]


@pytest.mark.parametrize(
    "verdict",
    [
        "Indstilles afvist.",
        "Anbefales forkastet.",
        "Anbefalet afvist.",
        "Indstilles til afslag.",
        "Økonomiudvalget anbefaler Byrådet at forkaste forslaget.",
        "Økonomiudvalget indstiller, at ansøgningen afslås.",
        "Økonomiudvalget indstiller til Byrådet, at der gives afslag på ansøgningen.",
        "Økonomiudvalget indstiller, at forslaget bortfalder.",
        "Økonomiudvalget anbefaler at godkende planen og at afvise ansøgningen.",
    ],
)
def test_advice_against_is_negated(verdict: str) -> None:
    assert [each[1:3] for each in told(verdict)] == [("recommended", True)]


@pytest.mark.parametrize(
    "verdict",
    [
        "Anbefales.",
        "Anbefales godkendt.",
        "Anbefales udsat.",
        "Med 15 stemmer for og ingen imod anbefalet.",
        "Økonomiudvalget anbefaler at godkende forslaget.",
        "Økonomiudvalget anbefaler, at forslaget, der blev afvist i 2023, vedtages.",
        "Økonomiudvalget anbefaler ikke blot forslaget, men også budgettet.",
        "Økonomiudvalget anbefaler, at reglerne for afslag godkendes.",
    ],
)
def test_advice_for_is_not(verdict: str) -> None:
    assert [each[1:3] for each in told(verdict)] == [("recommended", False)]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Indstilling:\n1. at ansøgningen afslås\n2. at planen godkendes\n", [True, False]),
        ("Indstilling:\n1. at projektet opgives\n2. at planen godkendes\n", [True, False]),
        ("Det indstilles, at udvalget\n- ikke ansøger om midler\n- godkender planen\n", [True, False]),
        ("Forvaltningen indstiller,\n- at forslaget forkastes,\n- at taksten hæves.\n", [True, False]),
    ],
)
def test_so_is_a_point_that_refuses(text: str, negated: list[bool]) -> None:
    records, _ = decided(text)

    assert [record.negated for record in records if isinstance(record, Decision)] == negated


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Et enigt udvalg anbefalede forslaget.", "Økonomiudvalget"),
        ("Et samlet udvalg besluttede at lukke hallen.", "Økonomiudvalget"),
        ("Udvalget besluttede at lukke hallen.", "Økonomiudvalget"),
    ],
)
def test_a_united_committee_is_the_one_of_the_heading(text: str, body: str) -> None:
    records, _ = decided(f"Beslutning Økonomiudvalget den 19-05-2024\n{text}")

    assert [record.body for record in records if isinstance(record, Decision)] == [body]


def test_what_is_approved_instead_is_a_decision_of_its_own() -> None:
    text = "Det første forslag på 2 mio. kr. blev ikke godkendt; i stedet godkendtes 1,2 mio. kr."

    assert [each[1] for each in told(text)] == ["rejected", "decided"]
    assert told(text, msgspec.structs.replace(COUNCIL, meeting_body="Havneudvalget"))[1][0] == "Havneudvalget"


@pytest.mark.parametrize("who", ["Et enigt råd", "Et samlet råd", "Rådet"])
def test_so_is_a_united_board(who: str) -> None:
    records, _ = decided(f"Beslutning Handicaprådet den 10-05-2024\n{who} anbefalede forslaget.")

    assert [record.body for record in records if isinstance(record, Decision)] == ["Handicaprådet"]
