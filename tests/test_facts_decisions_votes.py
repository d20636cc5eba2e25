"""Votes in minutes: decided where it is told on what was voted and which side won, else told as unread."""

from __future__ import annotations

import pytest
from decided import decided

from corpus.model import Decision
from pipeline.context import Context

COUNCIL = Context(meeting_body="Byrådet", meeting_date="2024-04-03", in_minutes=True)
Told = list[tuple[str | None, str, str | None]]  # body, status, day
YES: Told = [("Byrådet", "decided", "2024-04-03")]
NO: Told = [("Byrådet", "rejected", "2024-04-03")]


def told(verdict: str) -> tuple[Told, list[str]]:
    text = f"Beslutning:\n{verdict}\n"
    records, problems = decided(text, COUNCIL)
    found = [record for record in records if isinstance(record, Decision)]
    assert all(text[record.start : record.end] == record.text for record in found)
    return [(record.body, record.status, record.date) for record in found], [problem.code for problem in problems]


@pytest.mark.parametrize(
    "verdict",
    [
        "For indstillingen stemte 15, imod stemte 10.",
        "For indstillingen stemte A, B og F (15). Imod stemte C og V (10).",
        "For indstillingen stemte A (10), B (3) og F (2). Imod stemte V (8) og C (2).",
        "Indstillingen blev sat til afstemning. For stemte 15 (A, B), imod stemte 10 (C, V).",
        "Indstillingen blev sat til afstemning.\nFor: 15 (A 10, B 5)\nImod: 10 (C, V)\nUndlod: 2",
        "Afstemning om indstillingen: For: A, B (15). Imod: C, V (10). Undlod: 2.",
        "15 stemte for forslaget, 10 imod.",
        "15 medlemmer (A, B, F) stemte for forslaget og 10 imod.",
        "Femten stemte for forslaget, ti imod.",
        "Forslaget blev sat til afstemning, hvor 15 stemte for og 10 imod.",
        "Forslaget kom til afstemning. Stemmer for: 15. Stemmer imod: 10.",
        "For forslaget stemte 25. Imod stemte ingen.",
        "Imod forslaget stemte 10 (V), for stemte 15 (A, B).",
        "Et flertal bestående af A og B stemte for indstillingen.",
        "Et flertal (A, B og F) stemte for indstillingen, mens et mindretal (V) stemte imod.",
        "Et flertal af A, B og F stemte for indstillingen.",
        "Flertallet stemte for indstillingen.",
        "Et flertal i Byrådet stemte for forvaltningens indstilling.",
        "Samtlige medlemmer stemte for indstillingen.",
        "Der var flertal for forslaget.",
        "5 medlemmer (A+V+C) godkendte forslaget, 2 (Ø) kan ikke godkende det.",
        "For Økonomiudvalgets\nindstilling stemte 15 (A, B),\nimod stemte 10 (C, V).",
    ],
)
def test_a_motion_with_more_votes_for_than_against_is_decided(verdict: str) -> None:
    (((_, status, _),), problems) = told(verdict)

    assert (status, problems) == ("decided", [])


@pytest.mark.parametrize(
    "verdict",
    [
        "For forslaget stemte 10, imod stemte 15.",
        "10 stemte for forslaget, 15 imod.",
        "Afstemning om forslaget: For: A, B (10). Imod: C, V (15). Undlod: 2.",
        "Ændringsforslaget blev sat under afstemning. For stemte 4, imod 21.",
        "Forslaget blev forkastet med 15 stemmer mod 10.",
        "Forslaget faldt med 10 stemmer for og 15 imod.",
        "Et flertal stemte imod forslaget.",
        "Der var flertal imod forslaget.",
        "Der var ikke flertal for forslaget.",
        "Der er derfor ikke flertal for forslaget om at lukke skolen.",
        "2 medlemmer (Ø) tiltræder indstillingen, 5 medlemmer (A+V) kan ikke tiltræde den.",
    ],
)
def test_one_with_fewer_is_rejected(verdict: str) -> None:
    assert told(verdict) == (NO, [])


@pytest.mark.parametrize(
    "verdict",
    [
        "Indstillingen blev vedtaget. For stemte 15, imod stemte 10.",
        "For indstillingen stemte 15, imod stemte 10. Indstillingen er dermed vedtaget.",
        "Indstillingen blev sat til afstemning. For: 15. Imod: 10. Vedtaget.",
        "Indstillingen blev godkendt, idet 15 stemte for indstillingen og 10 imod.",
    ],
)
def test_a_vote_that_a_verb_sums_up_is_told_once(verdict: str) -> None:
    assert told(verdict) == (YES, [])


def test_votes_on_several_motions_are_several_decisions() -> None:
    verdict = (
        "Venstres ændringsforslag: For stemte 4 (V). Imod stemte 21 (A, B, F).\n\n"
        "For indstillingen stemte 21, imod stemte 4."
    )

    assert told(verdict) == (NO + YES, [])
    assert told("Ændringsforslaget: For stemte 4, imod stemte 21. Indstillingen godkendt.") == (NO + YES, [])
    sent_on = "Afstemning om ændringsforslaget: For: C (3). Imod: A, B (4).\nAnbefales."
    assert [status for _, status, _ in told(sent_on)[0]] == ["rejected", "recommended"]


@pytest.mark.parametrize(
    "verdict",
    [
        # On what was it?
        "For stemte 10, imod stemte 15.",
        "10 stemte for, 15 imod.",
        "Afstemning: For: A, B (10). Imod: C, V (15). Undlod: 2.",
        "Et flertal stemte for.",
        "Forvaltningen redegjorde for forslaget. For stemte 10, imod stemte 15.",
        "Ændringsforslaget og indstillingen kom til afstemning. For stemte 15, imod stemte 10.",
        # Who won?
        "For forslaget stemte A, B og F. Imod stemte C og V.",
        "For forslaget stemte 12, imod stemte 12.",
        "For forslaget stemte A (10), B og F (5). Imod stemte V (12).",
        "A med 10 og B med 5 stemte for forslaget, 12 imod.",
        "For forslaget stemte A 10 og B 5, imod stemte 12.",
        "Venstre stemte for forslaget.",
        "Et mindretal (V) stemte for forslaget.",
        "Et flertal af forældrene stemte for forslaget.",
        "Alle medlemmer af Venstre stemte for forslaget.",
        "For forslag A stemte 10, for forslag B stemte 15.",
        # What does it mean?
        "Et flertal stemte for at sende forslaget i høring.",
        "For forslaget om at udsætte sagen stemte 15, imod stemte 10.",
        "For forslaget om ikke at lukke skolen stemte 15, imod stemte 10.",
        "For forslaget stemte 15, imod stemte 10. Der kræves kvalificeret flertal.",
        "Hvis et flertal stemmer for indstillingen, sættes den i værk.",
        "Vejledende afstemning: For forslaget stemte 15, imod stemte 10.",
        "3 medlemmer (A) tiltrådte indstillingen, 3 medlemmer (C) stemte imod.",
        "4 medlemmer (A) godkendte, at skolen ikke lukkes, 3 medlemmer (C) stemte imod.",
        "V, C og A kan tiltræde indstillingen. Enhedslisten kan ikke.",
    ],
)
def test_a_vote_that_tells_less_is_unread(verdict: str) -> None:
    assert told(verdict) == ([], ["decision-unread"])


def test_numbers_beside_for_and_imod_elsewhere_are_no_vote() -> None:
    assert told("Taget til efterretning. Forslaget om 10 pladser for unge og 15 imod egenbetaling indgår.")[0] == YES


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Der var ikke flertal for forslaget i Byrådet den 4. maj 2025.", "Byrådet"),
        ("I Kulturudvalget var der ikke flertal for at lukke hallen.", "Kulturudvalget"),
        # By nobody who is named, not yet, or only if.
        ("Der var ikke flertal for forslaget.", None),
        ("Der er ikke flertal for forslaget i Byrådet.", None),
        ("Hvis der ikke var flertal for forslaget i Byrådet, lukkede hallen.", None),
        ("Der var ikke flertal i Byrådet for mere end ét møde.", None),
    ],
)
def test_no_majority_in_a_body_that_is_named_elsewhere(text: str, body: str | None) -> None:
    found = [record for record in decided(f"Notat om hallen.\n\n{text}\n")[0] if isinstance(record, Decision)]

    assert [(record.body, record.status) for record in found] == ([(body, "rejected")] if body else [])
