"""Which municipality a text speaks of, and whose document it is.

The names are in ``lexicon/municipalities.csv``. A name in front of "Kommune" counts whether it is in the list or not; a
bare name counts only when it is in the list and is not also a common word, a surname or a mere town.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from pipeline.language import Prose
from pipeline.lexicon import rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

Cue = Literal["kommune", "council", "place", "domain", "name"]

_UP, _LOW = "A-ZÆØÅÄÖÜÉ", "a-zæøåäöüé"
_WORD = rf"[{_UP}{_LOW}]+(?:-[{_UP}{_LOW}]+)*"
_CUE = re.compile(
    r"(?<![\w-])(?P<kommune>(?:regions)?kommunes?)(?![\w-])|(?<![\w-])(?P<council>byråds?|kommunalbestyrelses?|rådhus)(?![\w-])",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?P<first>{_WORD})(?:[ \t\u00a0]+|[ \t]*\n[ \t]*))?(?P<last>{_WORD})(?:[ \t\u00a0*_]+|[ \t]*\n[ \t]*)$"
)
_LABEL = re.compile(
    r"^[ \t*_|#>-]*(?P<label>kommune)[ \t*_]*(?P<mark>[:|])[ \t*_|]*(?:\d{3}[ \t]*[-–]?[ \t]*)?"
    rf"(?:(?P<name>{_WORD}(?:[ \t]+{_WORD}){{0,2}}?)(?:[ \t]+kommune)?[ \t*_]*(?=[\n|,.;(]|\Z))?",
    re.IGNORECASE | re.MULTILINE,
)
_OFFICE = re.compile(r"(?:udvalg|råd|nævn|forvaltning|afdeling|styrelse|center)(?:et|en|n|s)*$", re.IGNORECASE)
_PLACE = re.compile(
    r"(?<!\w)(?:kommunen|byrådet|kommunalbestyrelsen|rådhuset|borgmester(?:en)?)[ \t\n]+i[ \t\n]+"
    rf"(?P<name>{_WORD}(?:[ \t]+{_WORD})?)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"(?:@|www\.|//|\.)((?:[a-z0-9-]{1,40}\.){0,1}[a-z0-9-]{1,40}\.dk)(?![\w.-]*\w)", re.IGNORECASE)
_CAPITALISED = re.compile(rf"(?<![\w@./-])[{_UP}][{_UP}{_LOW}]*(?:[- ][{_UP}][{_UP}{_LOW}]*)?(?![\w@])")
_WINDOW = 70  # characters before "Kommune" in which its name is looked for


class Mention(msgspec.Struct, frozen=True):
    """A municipality in the text: ``name`` without "Kommune" in the nominative ("København"), else as printed."""

    name: str
    start: int
    end: int
    cue: Cue


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("place_words") if row["kind"] == kind)


def key(name: str) -> str:
    """What the spellings of one name share: "Århus" and "AARHUS", "Høje Taastrup" and "Høje-Tåstrup"."""
    return " ".join(name.lower().replace("aa", "å").replace("-", " ").split())


@cache
def _names() -> dict[str, str]:
    table = {}
    for row in rows("municipalities"):
        for spelling in (row["name"], row["before_kommune"], *filter(None, row["spellings"].split("|"))):
            table[key(spelling)] = row["name"]
    return table


@cache
def _domains() -> dict[str, str]:
    return {domain: row["name"] for row in rows("municipalities") for domain in row["domains"].split("|")}


@cache
def _strong() -> frozenset[str]:
    return frozenset(key(row["name"]) for row in rows("municipalities") if not row["needs_cue"])


def known(name: str) -> str | None:
    """The listed name for a spelling of it, also in the genitive ("Københavns"), or None."""
    return _names().get(key(name))


def region(name: str, on: dt.date) -> str | None:
    """The region of a listed municipality on a day: Region Østdanmark replaces two from 2027 (lov 699 of 2025)."""
    home = next((row["region"] for row in rows("municipalities") if row["name"] == name), None)
    for row in rows("regions"):
        if row["name"] == home and row["valid_to"] and on.isoformat() > row["valid_to"]:
            return row["replaced_by"]
    return home


def _as_name(word: str) -> str:
    """A printed name in ordinary capitals: "FJORDBY" is "Fjordby"."""
    return "-".join(piece.capitalize() for piece in word.split("-")) if word.isupper() else word


def _name_before(text: str, end: int, *, unlisted: bool) -> tuple[str, int] | None:
    """The municipality whose name ends right before ``end``: its name and where that starts."""
    base = max(0, end - _WINDOW)
    match = _BEFORE.search(text[base:end])
    if not match:
        return None
    first, last = match["first"], match["last"]
    if first and (name := known(f"{first} {last}")):
        return name, base + match.start("first")
    if name := known(last):
        return name, base + match.start("last")
    if not unlisted or not last[0].isupper() or last.lower() in _words("not-a-name") or _OFFICE.search(last):
        return None
    if first and first.lower() in _words("first-of-two") and first[0].isupper():
        return f"{_as_name(first)} {_as_name(last)}", base + match.start("first")
    return _as_name(last), base + match.start("last")


def _labelled(text: str) -> Iterable[Mention]:
    """What stands behind the label "Kommune:"; behind a cell "Kommune" only a listed name: columns have heads too."""
    for match in _LABEL.finditer(text):
        printed = match["name"] or ""
        unlisted = match["mark"] == ":" and printed[:1].isupper() and printed.lower() not in _words("not-a-name")
        name = known(printed) or (" ".join(map(_as_name, printed.split())) if unlisted else None)
        if name:
            yield Mention(name, match.start("label"), match.end(), "kommune")


def _cued(text: str) -> Iterable[Mention]:
    labels = {match.start("label") for match in _LABEL.finditer(text)}
    for match in _CUE.finditer(text):
        if match.start() in labels:
            continue
        printed = match.group()
        is_kommune = match["kommune"] is not None
        found = _name_before(text, match.start(), unlisted=is_kommune and printed[0].isupper())
        if found and (is_kommune or printed[0].isupper()):
            name, start = found
            end = match.end() if is_kommune else start + len(text[start : match.start()].rstrip(" \t\n\u00a0*_"))
            yield Mention(name, start, end, "kommune" if is_kommune else "council")


def _placed(text: str) -> Iterable[Mention]:
    for match in _PLACE.finditer(text):
        words = match["name"].split()
        for printed in (match["name"], words[0]):
            if name := known(printed):
                yield Mention(name, match.start("name"), match.start("name") + len(printed), "place")
                break


def _from_domains(text: str) -> Iterable[Mention]:
    for match in _DOMAIN.finditer(text):
        domain = ".".join(match[1].lower().split(".")[-2:])
        if domain in _domains():
            yield Mention(_domains()[domain], match.start(1), match.end(1), "domain")


def _bare(text: str) -> Iterable[Mention]:
    for match in _CAPITALISED.finditer(text):
        first = re.split(r"[ ]", match.group())[0]
        for printed in (match.group(), first):
            if key(printed) in _strong():
                yield Mention(_names()[key(printed)], match.start(), match.start() + len(printed), "name")
                break


def mentions(prose: Prose) -> list[Mention]:
    """The municipalities named in the text, in order, each place once with its strongest cue."""
    text = prose.text
    found: list[Mention] = []
    taken: set[int] = set()
    for group in (_labelled(text), _cued(text), _placed(text), _from_domains(text), _bare(text)):
        fresh = [mention for mention in group if mention.start not in taken]
        taken.update(position for mention in fresh for position in range(mention.start, mention.end))
        found += fresh
    return sorted(found, key=lambda mention: mention.start)


_WEIGHT: dict[str, int] = {"kommune": 2, "council": 2, "place": 1, "domain": 1, "name": 0}
_LETTERHEAD = 4  # what a name alone on its line weighs more


def municipality_of(texts: Prose | Iterable[Prose]) -> str | None:
    """The municipality that a document comes from, or None when none is named or two are named as much.

    "X Kommune" counts 2, alone on its line (a letterhead) 6; a mail or web address and "Byrådet i X" count 1; a bare
    name does not count: it may be the citizen's town.
    """
    votes: Counter[str] = Counter()
    for prose in [texts] if isinstance(texts, Prose) else texts:
        text = prose.text
        for mention in mentions(prose):
            alone = mention.cue == "kommune" and _is_line(text, mention.start, mention.end)
            votes[mention.name] += _WEIGHT[mention.cue] + (_LETTERHEAD if alone else 0)
    best = [(name, votes[name]) for name, _ in votes.most_common(2) if votes[name]]
    if not best or (len(best) == 2 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def _is_line(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    return not (before + text[end : stop if stop >= 0 else len(text)]).strip(" \t*_#>|-")
