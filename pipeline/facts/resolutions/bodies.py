"""Which body a decision is put down to: the one that its clause names, else the one whose minutes these are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts.bodies.names import is_area
from pipeline.facts.resolutions.agents import Agent, agent, called, is_genitive, place, subject
from pipeline.facts.resolutions.clauses import REACH
from pipeline.facts.resolutions.joint import joint_bodies
from pipeline.facts.resolutions.negated import sees_no_reason
from pipeline.facts.resolutions.officials import is_of_a_firm, official_at
from pipeline.facts.resolutions.words import listed

if TYPE_CHECKING:
    from corpus.model import Decision
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.scene import Scene
    from pipeline.facts.resolutions.words import Form

_KINDS = {
    "udvalget": "udvalg",
    "udvalg": "udvalg",
    "rådet": "råd",
    "råd": "råd",
    "nævn": "nævn",
    "kommission": "kommission",
    "bestyrelse": "bestyrelse",
    "kommissionen": "kommission",
    "nævnet": "nævn",
    "bestyrelsen": "bestyrelse",
}
_MAJORITY = frozenset(("", "flertal", "flertallet", "partierne"))
_NO_BODY = frozenset(
    (
        *("kommunen", "vi", "borgmesteren", "rådmanden", "direktøren", "chefen", "ledelsen"),
        *("forligspartierne", "aftalepartierne"),
    )
)
_OF_PROPOSAL = re.compile(r"(?<!\w)[Ee]t\s(?:[^\n.;]{1,80}\s)?[^\W\d_]*forslag\s+om,?(?:\s+at)?\s*$")
"""In front of a clause that says what is proposed: "Et forslag om (at henvise sagen) blev vedtaget"."""
_FIELDS = re.compile(r"for\s(?P<fields>.+)")
_BETWEEN_FIELDS = re.compile(r",\s|\s(?:og|&|samt)\s")
_SAME = re.compile(r"\b(?:ved samme lejlighed|på samme møde|samme (?:aften|dag|møde))\b", re.IGNORECASE)
_JOINED = re.compile(r"[,;]\s*(?:og|men|mens)\s", re.IGNORECASE)
_WHOSE_MAJORITY = re.compile(
    r"(?<!\w)(?P<whose>udvalget|rådet|nævnet|kommissionen|bestyrelsen)s\s+(?:\w+\s+)?flertal\s+(?:[^\W\d_]+\s+){0,2}?$",
    re.IGNORECASE,
)
_BESIDE_EACH_OTHER = 28  # characters between two bodies of a list: ", og efterfølgende af "
_BESIDE = 200  # characters between a decision and the one that "samtidig" points back to


def body_of(scene: Scene, clause: Clause, form: Form, before: str | None, last: Decision | None) -> str | None:
    """The deciding body by name, or None.

    The agent of a passive, the subject, the block's or the meeting's body; never who is asked. ``before``: the body of
    the verb before it in the same sentence; ``last``: the decision before it in the text.
    """
    who = _named(scene, clause, form)
    if who is not None and who.name:
        return who.name
    if who is not None and who.word in _NO_BODY:
        return None
    if (who is None and is_anothers(clause, form)) or is_of_other_majority(scene, clause):
        return None
    if who is None and (chief := _chief(clause, form)):
        return chief
    if clause.in_decision and clause.block is not None:
        return _fitting(who, clause.block.body or (None if clause.block.told else scene.meeting_body))
    if clause.block is not None and who is not None:
        return _fitting(who, clause.block.body)  # "Handicaprådets indstilling": "Rådet indstiller"
    own = clause.link in ("", "mens", "idet", "men") or (clause.link == "at" and _OF_PROPOSAL.search(clause.matrix))
    if clause.loose and (who is not None or form.tense != "infinitive") and own:
        known = _fitting(who, scene.meeting_body)
        if known and (who is not None or form.status != "recommended" or not clause.words):
            return known
    return _pointed_back(scene, clause, form, before, last) if who is None else None


def bodies_of(scene: Scene, clause: Clause, form: Form, body: str | None) -> list[str | None]:
    """``body``, or all that decide together with it, in the order in which they are printed."""
    if body is None or not any(other.start - one.end < _BESIDE_EACH_OTHER for one, other in pairwise(clause.bodies)):
        return [body]
    who = _named(scene, clause, form)
    together = joint_bodies(scene.text, clause, who, passive=clause.is_passive(form))
    return [*together] if body in together else [body]


def is_anothers(clause: Clause, form: Form) -> bool:
    """Whether somebody unknown recommends under "Beslutning": "Direktør Ida Holm indstiller, at:" of the next item."""
    return clause.in_decision and form.status == "recommended" and form.tense == "present" and bool(clause.words)


def is_of_other_majority(scene: Scene, clause: Clause) -> bool:
    """ "Udvalgets flertal (indstillede …)" in the minutes of a council: another body's, which is not named."""
    match = _WHOSE_MAJORITY.search(clause.before)
    own = (clause.block.body if clause.block else None) or scene.meeting_body or ""
    return match is not None and _KINDS[match["whose"].lower()] not in own.lower()


def _chief(clause: Clause, form: Form) -> str | None:
    """ "Centerchefen", "Direktøren for Teknik og Miljø", first under "Indstilling": the official's title; no firm's."""
    text = clause.scene.text
    if form.lemma != "indstille" or form.tense != "present" or clause.block is None or clause.link:
        return None
    start = clause.verb - len(clause.before.lstrip())
    official = official_at(text, start) if clause.block.kind == "recommendation" else None
    if official is None:
        return None
    of_what = " ".join(text[official.end : clause.verb].split())
    if not of_what and not is_of_a_firm(text, official.end):
        return official.title
    fields = _FIELDS.fullmatch(of_what)
    known = fields and all(is_area(each) for each in _BETWEEN_FIELDS.split(fields["fields"]))
    return f"{official.title} {of_what}" if known else None


def _named(scene: Scene, clause: Clause, form: Form) -> Agent | None:
    if form.needs == "nominal":
        owner = next((body for body in clause.bodies if 0 < clause.verb - body.end < 12 and is_genitive(body)), None)
        return Agent(called(owner), owner.start) if owner else None
    if form.lemma == "opnå ikke flertal" and (where := place(scene.text, clause)):
        return where
    if form.tense == "infinitive" and not clause.in_decision and sees_no_reason(clause):
        body = max((each for each in clause.bodies if each.end < clause.cut), key=lambda each: each.end)
        return Agent(called(body), body.start)
    if not clause.is_passive(form):
        return subject(scene.text, clause, form)
    who = agent(scene.text, clause, form)
    return place(scene.text, clause) if who is None and form.status != "recommended" else who


def _fitting(who: Agent | None, name: str | None) -> str | None:
    """The meeting's body, unless the word for who decides is another kind of body: "udvalget" is no council."""
    if name is None or who is None or who.word in _MAJORITY:
        return name
    kind = _KINDS.get(who.word)
    return name if kind and kind in name.lower() else None


def _pointed_back(scene: Scene, clause: Clause, form: Form, before: str | None, last: Decision | None) -> str | None:
    """ "Byrådet vedtog A, mens B blev udsat", "Samtidig blev det besluttet …": the body of the decision before."""
    if not clause.is_passive(form) or form.status == "recommended" or clause.link in ("som", "der", "at", "hvor"):
        return None
    if before:
        return before if _JOINED.search(scene.text, max(clause.start, clause.verb - REACH), clause.verb) else None
    if last is None or last.body is None or not 0 <= clause.start - last.end < _BESIDE:
        return None
    same = not listed("before-now").isdisjoint(clause.words) or _SAME.search(clause.before)
    return last.body if same and "\n\n" not in scene.text[last.end : clause.start] else None
