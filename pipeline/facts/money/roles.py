"""The role of an amount: the nearest cue word that governs it in its clause, or none when that is not plain.

A noun governs over a link ("besparelsen i dagtilbud udgør 4 mio. kr."), and the head of its phrase before the nouns
that hang on it ("budgettet til serviceudgifter" is a budget). A verb takes the amount as its object ("der spares 4 mio.
kr."), a verb of lowering only with "med" ("reduceres med 4 mio. kr.", not "reduceres til").
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.model import Role
from pipeline.facts.money.restated import around, is_cut, is_item, restated
from pipeline.facts.qualifiers.bounds import cues
from pipeline.facts.qualifiers.cues import (
    Clause,
    Cue,
    all_light,
    clause_of,
    cue,
    expected_role,
    in_brackets,
    is_difference,
    is_light,
    is_lost,
    is_lost_behind,
    is_of_a_year,
    is_passive,
    is_received,
    is_year,
    words_of,
)
from pipeline.facts.qualifiers.denied import in_denied_clause
from pipeline.facts.units import figure_set

MOST_BETWEEN = 14
MOST_UNDONE = 8
MOST_AFTER = 7
REST = 80
_COMPARED = re.compile(r"\s{1,2}(?:højere|lavere|mindre|mere|større|dyrere|billigere|bedre|dårligere|ringere)(?!\w)")
_REST_END = re.compile(r"[.;:!?,\n](?:(?<!\n)\s|(?<=\n)[> \t]*\n)")
_YEARS = re.compile(r"\s\(?(?:i|for|fra)\s(?:19|20)\d\d(?:[-–\d]|\s(?:og|til)\s(?=\d))*|\([^()]{0,30}\)")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_FILLED = r"(?:\s{1,3}(?:årligt|(?:pr\.|per)\s[^\W\d_]+|om\såret|(?:i|for|fra)\s(?:19|20)\d\d|netto|i\salt))?"
_FORWARD = re.compile(
    rf"{_FILLED}\s{{1,3}}(?:i|som)\s(?:(?:en|et|årlig|årlige|samlet|samlede)\s){{0,2}}(?P<word>[^\W\d_]+)"
)
_GIVEN_TO = re.compile(rf"{_FILLED}\s{{1,3}}til\s(?!at\s)")  # "Der gives 2 mio. kr. til": not back, nor in a fine
# "Der frigives 2 mio. kr. ved at samle afdelingerne": what is no longer spent, and no grant.
_BY_MEANS = re.compile(rf"{_FILLED}\s{{1,3}}ved\s(?:at|en|et|den|det)(?!\w)")
_FORWARD_VERB = re.compile(
    rf"{_FILLED}(?:,?\s(?:der|som))?(?:\s(?:skal|kan|vil|er|bliver|blev|var|ønskes|foreslås|søges|forventes))?"
    r"(?:\s(?:der|at|blive|allerede|nu|også)){0,2}\s{1,3}(?P<word>[^\W\d_]+)"
)
_RELATIVE = re.compile(r",[\s>]{1,4}(?:der|som)[\s>]{1,4}$")
_DEFINITE = re.compile(r"(?:en|et|erne|ene|rne)$")
_PREPOSITIONS = frozenset(
    ["til", "på", "af", "for", "i", "over", "under", "ved", "fra", "om", "inden", "hos", "mellem", "mod", "efter"]
)
_ARTICLES = frozenset({"en", "et"})
_COPULAS = frozenset(
    ["udgør", "udgøre", "udgjorde", "udgjort", "andrager", "er", "var", "bliver", "blive", "blev", "være", "været"]
)
_LINKS = _COPULAS | {"på", "for", "til", "fra", "med"}
_AUXILIARIES = frozenset(["er", "var", "har", "havde", "blev", "være", "have", "at"])
_DETERMINERS = frozenset(["den", "det", "de", "denne", "dette", "disse", "hele", "samlede", "årets"])
_NETTO = frozenset({"netto", "nettoeffekt"})
_TOTALS = ({"i", "alt"}, {"ialt"}, {"total"}, {"sum"})
_PASSIVE = ("es", "s", "at", "et", "t")
_ASIDE_ENDS = frozenset(phrase.split()[-1] for phrase in cues("aside"))
_RISING: frozenset[Role] = frozenset({"expense", "income", "grant"})
_RATHER = frozenset({"stedet", "frem"})  # "i stedet for at spare 3 mio. kr."
_UNDOING = frozenset([*cues("undone"), "ikke"]) | _RATHER
_UNDONE_AFTER = frozenset(cues("undone-after"))
_BESIDE_NOT = figure_set("beside-not")
_TAKEN_BACK = re.compile(r"(?:\s(?!og\s|men\s)\S+){0,6}?\s(?:tages|rulles|trækkes)(?:\s[^\W\d_]+)?\stilbage(?!\w)")


class Said(NamedTuple):
    """A role, and the word that says so: its place in the text."""

    role: Role
    start: int
    end: int


def role_of(text: str, clause: Clause, end: int, stop: int) -> Said | None:
    """The role of an amount, or of a list, that ends at ``end``: ``clause`` is what stands before it.

    ``stop`` is where its next neighbour begins.
    """
    clause = restated(clause)
    said = _said_of(text, clause, end, stop)
    if said is None or is_undone(clause.words, clause.lower, end, stop) or in_denied_clause(clause.lower, clause.start):
        return None
    return said


def _said_of(text: str, clause: Clause, end: int, stop: int) -> Said | None:
    words = clause.words
    if words and (words[-1] in _NETTO or (words[0] in _NETTO and len(words) < 6 and "," not in words)):
        return _said("net", clause, len(words) - 1 if words[-1] in _NETTO else 0)
    if words and (words[-1] == ":" or (words[-1] == "," and is_item(clause))):
        return _labelled(clause)
    if words and words[-1] in cues("budgeted"):
        return _said("budget", clause, len(words) - 1)
    position, found = _governor(words)
    if found is None:
        said = around(text, clause, end)
        return Said(*said) if said else _listed(clause) or _antecedent(clause) or _forward(text, end, stop)
    if found.word in cues("given-to") and not _GIVEN_TO.match(text, end):
        return _forward(text, end, stop)
    if is_difference(words, position, found):
        return None
    if found.kind == "release" and (_BY_MEANS.match(text, end) or words[:1] == ["ved"]):
        return None
    if found.role is None or is_lost(words, position, found) or not _governs(words, position, found):
        return None
    received = found.role == "grant" and found.kind == "noun" and is_received(words, position)
    return _said("income" if received else expected_role(found.role, found.kind, words, position), clause, position)


def _said(role: Role, clause: Clause, position: int) -> Said:
    return Said(role, *clause.span(position))


def is_undone(words: list[str], lower: str, end: int, stop: int) -> bool:
    """ "Vi undgår en besparelse på …", "der spares ikke …", "… dyrere end", and ``is_taken_back``."""
    near = words[-MOST_UNDONE:]
    if not _UNDOING.isdisjoint(near):
        near = near[len(near) - near[::-1].index(",") :] if "," in near else near
        for place, word in enumerate(near):
            if word in cues("undone") or (word in _RATHER and near[place + 1 : place + 2] == ["for"]):
                return True
            if word == "ikke" and (near[place + 1 : place + 2] or [""])[0] not in {"under", "over", "mere", "mindre"}:
                return True
    return _COMPARED.match(lower, end) is not None or is_lost_behind(lower, end) or is_taken_back(lower, end, stop)


def is_taken_back(lower: str, end: int, stop: int) -> bool:
    """ "besparelsen på 2 mio. kr. i 2025 droppes"; "ikke" only close by: "… kan ikke hentes uden" lets it be."""
    limit = min(stop, end + REST, len(lower))
    last = _REST_END.search(lower, end, limit)
    limit = last.start() if last else limit
    if _TAKEN_BACK.match(lower, end, limit):
        return True
    if _UNDONE_AFTER.isdisjoint(_WORDS.findall(lower, end, limit)):
        return False
    words = [word for word in _WORDS.findall(_YEARS.sub("", lower[end:limit])) if word not in _BESIDE_NOT][:MOST_AFTER]
    if words[:1] in (["og"], ["men"], ["mens"], ["eller"]):
        return False
    return any(word in _UNDONE_AFTER and (word != "ikke" or n < 4) for n, word in enumerate(words))


def _governor(words: list[str]) -> tuple[int, Cue | None]:
    """The nearest cue word before the amount, not over a comma (but for "…, fra 9 mio. kr. i 2021")."""
    bracketed = in_brackets(words)
    for position in range(len(words) - 1, max(-1, len(words) - 1 - MOST_BETWEEN), -1):
        word = words[position]
        if position in bracketed:
            continue
        found = cue(word)
        if found is None:
            if word == ":" or (word == "," and words[position + 1 :] != ["fra"]):
                break
            continue
        if found.kind == "spend" and words[position - 1 : position] and words[position - 1] in cues("before-noun"):
            continue  # "udgiften til en bruger er"
        if found.kind == "money" or is_year((words[position + 1 : position + 2] or [""])[0]):
            continue
        if found.kind == "head" and found.word in cues("change") and position and words[position - 1] in _AUXILIARIES:
            continue  # "indtægten er faldet til"
        if found.kind in {"noun", "head", "opposite"}:
            return _head(words, position, found)
        return position, found
    return -1, None


def _head(words: list[str], position: int, found: Cue) -> tuple[int, Cue]:
    """The head of the noun phrase: "merudgifter" of "merudgifter til drift af", "stigning" of "stigning i udgifter"."""
    at = position - 1
    while at >= 0 and position - at <= 3 and words[at] not in _PREPOSITIONS:
        if words[at] in {",", ":", "og", "at"} or words[at] in cues("verb-between") or cue(words[at]):
            return position, found
        at -= 1
    if at < 1 or words[at] not in _PREPOSITIONS:
        return position, found
    for place in range(at - 1, max(-1, at - 5), -1):
        if words[place] in {",", ":", "at"} or words[place] in _COPULAS or words[place] in cues("verb-between"):
            break
        if words[place][:1].isdigit():
            break
        earlier = cue(words[place])
        if earlier and earlier.kind in {"noun", "head", "opposite"}:
            return _head(words, place, earlier)
        if earlier:
            break
    return position, found


def _governs(words: list[str], position: int, found: Cue) -> bool:
    tail = _without_asides(words[position + 1 :])
    if found.kind == "noun":
        either = "/" in words[max(0, position - 1) : position + 2]  # "mindreforbrug/merindtægt" is either
        return not either and not _is_source(words, position) and linked(words, position)
    if found.kind in {"verb", "spend", "release"}:
        return _takes(words, tail, found)
    return found.kind == "reduce" and _lowered(words, position)


def _without_asides(words: list[str]) -> list[str]:
    """The words but for phrases that say nothing of an amount: "til gengæld", "på sigt"."""
    if _ASIDE_ENDS.isdisjoint(words):
        return words
    kept: list[str] = []
    for word in words:
        kept.append(word)
        if word in _ASIDE_ENDS and " ".join(kept[-2:]) in cues("aside"):
            del kept[-2:]
    return kept


def _is_source(words: list[str], position: int) -> bool:
    """ "Af budgettet er 2 mio. kr. overført": what the amount is taken from says nothing of it."""
    if words[position + 1 : position + 2] not in (["er"], ["var"], ["blev"], ["bliver"]):
        return False
    before = [word for word in words[max(0, position - 4) : position] if word not in _DETERMINERS]
    return before[-1:] in (["af"], ["fra"])


def linked(words: list[str], position: int) -> bool:
    """Whether the noun at ``position`` is tied to the amount behind ``words``.

    By a preposition or a copula, by a verb that sets an amount with its preposition ("er budgetteret til", "steg fra",
    "indgår med"), or by nothing at all ("tilskud 4 mio. kr.").
    """
    tail = _without_asides(words[position + 1 :])
    place = len(tail) - 1
    while place >= 0 and tail[place] not in _LINKS and is_light(tail[place]):
        place -= 1
    if place < 0:
        return True
    link, between = tail[place], tail[:place]
    if link in {"på", "for"}:
        return _is_phrase(between) and not any(map(is_passive, between))
    if link in _COPULAS:
        return _is_phrase(between) and not _hangs(words, position)
    if link == "med" and is_cut(words[position], between):
        return _is_phrase(between)
    if link in {"til", "fra", "med"}:
        return (_is_set(between, link) or _is_raised(words[position], between, link)) and not _hangs(words, position)
    return False


def _is_phrase(words: list[str]) -> bool:
    """Nothing but what hangs on the noun: no verb, no other phrase ("budgettet viser en gæld på")."""
    stops = cues("verb-between")
    for place, word in enumerate(words):
        lead = words[place - 1] if place else ""
        if word in stops or (word in _ARTICLES and lead not in _PREPOSITIONS):
            return False
        if word in _COPULAS and not all_light(words[place + 1 :]):
            return False  # "udgiften er steget på"
        if word == "," and words[place + 1 : place + 2] not in (["fra"], ["der"], ["som"]):
            return False
    return True


def _hangs(words: list[str], position: int) -> bool:
    """Whether the noun hangs on a preposition: "andelen af udgifterne er …" says nothing of the expense."""
    before = [word for word in words[max(0, position - 3) : position] if word not in _DETERMINERS]
    return before[-1:] != [] and before[-1] in _PREPOSITIONS


def _is_set(words: list[str], link: str) -> bool:
    """ "er budgetteret til", "bidrager med", "beløber sig i 2023 til", "steg fra", "er halveret, fra"."""
    words = [word for n, word in enumerate(words) if not is_of_a_year(words, n)]
    kept = [word for word in words if word not in {"sig", ",", "i"} and not is_year(word)]
    verb = next((word for word in reversed(kept) if not is_light(word) or word in cues("set-at")), "")
    if not verb or not _is_phrase(kept[: len(kept) - 1 - kept[::-1].index(verb)]):
        return False
    after = kept[len(kept) - kept[::-1].index(verb) :]
    if not all_light(after):
        return False
    return verb in cues("set-at") or (link != "med" and verb in cues("change"))


def _is_raised(noun: str, between: list[str], link: str) -> bool:
    """ "Driftsudgiften stiger med 2 mio. kr.": the amount is more of the same."""
    found = cue(noun)
    if link != "med" or found is None or found.role not in _RISING:
        return False
    heavy = [word for word in between if not is_light(word)]
    return bool(heavy) and heavy[-1] in cues("rise") and _is_phrase(between[: between.index(heavy[-1])])


def _takes(words: list[str], tail: list[str], found: Cue) -> bool:
    """The amount is the verb's object: at most its subject, or one phrase of what it is for, stands between."""
    heavy = [word for word in tail if not is_light(word) and word not in cues("sum")]  # "Der afsættes en ramme på …"
    if found.word in cues("filled") and any(word in cues("cash") for word in words):
        return False
    if not heavy:
        return tail[:1] not in (["til"], ["fra"], ["af"]) or len(tail) > 1
    if "," in tail or any(word in cues("verb-between") or word[:1].isdigit() for word in heavy):
        return False
    if found.word.endswith(("er", "te", "de")) and not _PREPOSITIONS.intersection(tail):
        return len(heavy) <= 3
    if not found.word.endswith(_PASSIVE) or len(heavy) > 4:
        return False
    if tail[-1] == "med" and found.word.endswith("es") and found.role in {"saving", "efficiency"}:
        return len(heavy) <= 3 and _PREPOSITIONS.isdisjoint(tail)  # "effektiviseres rengøringen med 2 mio. kr."
    lead = [word for word in tail if word not in {"der", "nu", "også"}]
    return lead[0] in {"til", "på", "i", "under"} and "at" not in tail and tail[-1] not in _PREPOSITIONS


def _lowered(words: list[str], position: int) -> bool:
    tail = words[position + 1 :]
    if "med" not in tail and words[position] in cues("cut-sum"):
        return all_light(tail) and "til" not in tail
    if "med" not in tail or not all_light(tail[tail.index("med") :]):
        return False
    # "Indtægterne reduceres med 4 mio. kr." saves nothing, nor does "besparelsen reduceres med" or "gælden".
    if any(word in cues("not-saved") for word in words):
        return False
    nouns = [each for each in map(cue, words[:position]) if each and each.kind in {"noun", "opposite", "head"}]
    return all(each.role in {"expense", "budget"} for each in nouns)


def _labelled(clause: Clause) -> Said | None:
    """ "Besparelse: 4 mio. kr.", "Effektivisering, tværgående indkøb: 4 mio. kr.": a label, by its head."""
    line = clause.lower.rfind("\n", clause.start, clause.end) + 1
    first = len(clause.words) - len(words_of(clause.lower, line, clause.end)) if line else 0
    label = clause.words[first:-1]
    if set(label) in _TOTALS:
        return Said("total", clause.span(first)[0], clause.span(len(clause.words) - 2)[1])
    if label[-1:] == ["netto"]:
        return _said("net", clause, len(clause.words) - 2)
    if not label or "/" in label or any(word in cues("verb-between") or word in _COPULAS for word in label):
        return None
    last = len(label) - label[::-1].index(",") if "," in label else 0
    for start in dict.fromkeys((last, 0)):
        for place in range(start, min(start + 3, len(label))):
            found = cue(label[place])
            if label[place] in _PREPOSITIONS or (found and is_lost(label, place, found)):
                break
            if found and found.kind in {"noun", "head", "opposite"}:
                return (
                    _said(expected_role(found.role, found.kind, label, place), clause, first + place)
                    if found.role
                    else None
                )
    return None


def _listed(clause: Clause) -> Said | None:
    """ "Besparelserne fordeler sig således: Skolen 5 mio. kr., …": the first item after the colon."""
    words = clause.words
    if ":" not in words[-7:]:
        return None
    colon = len(words) - 1 - words[::-1].index(":")
    if words[colon - 1] not in cues("as-follows"):
        return None
    for place in range(min(3, colon)):
        found = cue(words[place])
        if found and found.kind == "noun" and found.role:
            return _said(found.role, clause, place)
    return None


def _antecedent(clause: Clause) -> Said | None:
    """ "et driftsbudget, der udgør 96 mio. kr.": the noun before the relative clause."""
    if _COPULAS.isdisjoint(clause.words) or not all_light(clause.words):
        return None
    relative = _RELATIVE.search(clause.lower, max(0, clause.start - 10), clause.start)
    if relative is None:
        return None
    before = clause_of(clause.lower, max(0, relative.start() - 30), relative.start())
    found = cue(before.words[-1]) if before.words else None
    if found is None or found.kind != "noun" or found.role is None:
        return None
    return _said(found.role, before, len(before.words) - 1)


def _forward(text: str, end: int, stop: int) -> Said | None:
    """ "3 mio. kr. spares", "3 mio. kr., der skal investeres", "3 mio. kr. i tilskud"."""
    if not text[end : end + 1].isspace() and text[end : end + 1] not in {",", "("}:
        return None
    limit = min(stop, end + REST, len(text))
    match = _FORWARD.match(text, end, limit)
    found = cue(match["word"].lower()) if match else None
    definite = found is not None and _DEFINITE.search(found.word)  # "der er søgt om 300.000 kr. i puljen"
    if match and found and found.kind == "noun" and found.role and found.role != "budget" and not definite:
        return Said(found.role, *match.span("word"))
    match = _FORWARD_VERB.match(text, end, limit)
    found = cue(match["word"].lower()) if match else None
    if match and found and found.kind == "verb" and found.role and found.word.endswith(("s", "t")):
        return Said(found.role, *match.span("word"))
    return None
