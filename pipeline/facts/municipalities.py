"""Which municipality a text speaks of, and whose document it is.

The names are in ``lexicon/municipalities.csv``. A name in front of "Kommune" counts whether it is in the list or not; a
bare name counts only when it is in the list and is not also a common word, a surname or a mere town.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
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
_CUE = re.compile(r"(?<![\w-])(?P<kommune>(?:regions)?kommunes?)(?![\w-])", re.IGNORECASE)
_COUNCIL_CUES = frozenset(("byråd", "byråds", "kommunalbestyrelse", "kommunalbestyrelses", "rådhus"))
_BEFORE = re.compile(
    rf"(?:(?P<first>{_WORD})-?(?:[ \t\u00a0]+|[ \t]*\n[ \t]*))?(?P<last>{_WORD})(?:[ \t\u00a0*_]+|[ \t]*\n[ \t]*)$"
)
_LABEL = re.compile(
    r"(?P<label>kommune)[ \t*_]*(?P<mark>[:|])[ \t*_|]*(?:\d{3}[ \t]*[-–]?[ \t]*)?"
    rf"(?:(?P<name>{_WORD}(?:[ \t]+{_WORD}){{0,2}}?)(?:[ \t]+kommune)?[ \t*_]*(?=[\n|,.;(]|\Z))?",
    re.IGNORECASE,
)
_LINE_MARKS = frozenset(" \t*_|#>-")
_OFFICE = re.compile(r"(?:udvalg|råd|nævn|forvaltning|afdeling|styrelse|center)(?:et|en|n|s)*$", re.IGNORECASE)
_PLACE_NOUNS = frozenset(("kommunen", "byrådet", "kommunalbestyrelsen", "rådhuset", "borgmester", "borgmesteren"))
_PLACE = re.compile(rf"[ \t\n]+i[ \t\n]+(?P<name>{_WORD}(?:[ \t]+{_WORD})?)", re.IGNORECASE)
_BESIDE = re.compile(
    rf"\s+i\s+(?P<first>{_WORD})(?:[ \t\n\u00a0]+(?P<second>{_WORD}))??"
    r"(?P<kommune>[ \t\n\u00a0]+(?:Regions)?[Kk]ommune)?(?![\w-])"
)
_INSIDE = re.compile(r"(?<!\w)(?P<cue>[Kk]ommune)\s+(?:har|havde|blev|vil|skal|kan|[^\W\d_]{3,}(?:ede|te))\s+$")
_REGION_BEFORE = re.compile(r"Region\s+(?P<name>[A-ZÆØÅ][a-zæøå]+)\s+$", re.IGNORECASE)
_REGION_AFTER = re.compile(r"\s+(?:i|for)\s+Region\s+(?P<name>[A-ZÆØÅ][a-zæøå]+)", re.IGNORECASE)
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


@lru_cache(maxsize=4096)
def known(name: str) -> str | None:
    """The listed name for a spelling of it, also in the genitive ("Københavns"), or None."""
    found = _names().get(key(name))
    return found or (_names().get(key(name[:-1])) if name[-1:] in ("s", "S") else None)


def region(name: str, on: dt.date) -> str | None:
    """The region of a listed municipality on a day: Region Østdanmark replaces two from 2027 (lov 699 of 2025)."""
    home = next((row["region"] for row in rows("municipalities") if row["name"] == name), None)
    for row in rows("regions"):
        if row["name"] == home and row["valid_to"] and on.isoformat() > row["valid_to"]:
            return row["replaced_by"]
    return home


def regions(on: dt.date) -> list[str]:
    """The regions that exist on a day."""
    day = on.isoformat()
    return [row["name"] for row in rows("regions") if row["valid_from"] <= day <= (row["valid_to"] or day)]


@cache
def _regions() -> dict[str, str]:
    """Lower case, without the word and in the genitive too -> the name: "sjællands" is "Region Sjælland"."""
    names = {row["name"].removeprefix("Region ").lower(): row["name"] for row in rows("regions")}
    return names | {f"{short}s": name for short, name in names.items()}


def region_period(name: str) -> tuple[str | None, str | None]:
    """The first and the last day of a listed region, None where it has no end."""
    row = next(row for row in rows("regions") if row["name"] == name)
    return row["valid_from"] or None, row["valid_to"] or None


def region_beside(prose: Prose, start: int, end: int) -> str | None:
    """The region printed beside a body: "Region Sjællands Sundhedsudvalg", "Regionsrådet i Region Nordjylland"."""
    base = max(0, start - 40)
    if "region" not in prose.words or prose.lower.find("region", base, end + 20) < 0:
        return None
    match = _REGION_BEFORE.search(prose.text, base, start) or _REGION_AFTER.match(prose.text, end)
    return _regions().get(match["name"].lower()) if match else None


def beside(prose: Prose, start: int, end: int, *, council: bool) -> str | None:
    """The municipality printed beside a body: "Fjordby Kommunes Socialudvalg", "Aarhus Byråd", "Byrådet i Odense"."""
    text = prose.text
    cue = prose.lower.rfind("kommune", max(0, start - 12), start)
    if cue >= 0 and prose.lower[cue + 7 : start].strip(" \n\u00a0-") in ("", "s"):
        cue -= 7 * prose.lower.startswith("regions", max(0, cue - 7))
        found = _name_before(text, cue, unlisted=text[cue].isupper())
        if found:
            return found[0]
    elif council and (name := _council_of(text, start) or _in_front(text, start)):
        return name
    return _behind(text, end) if text.startswith((" i ", "\ni ", " i\n"), end) else None


def _council_of(text: str, start: int) -> str | None:
    """The listed name in capitals right before a council: "Høje Taastrup Byråd"."""
    base = max(0, start - 40)
    last = max(text.rfind(" ", base, start - 1), text.rfind("\n", base, start - 1), base - 1) + 1
    if not text[last : last + 1].isupper():
        return None
    printed = text[base:start]
    if not printed[-1:].isspace() or "\n\n" in printed[-3:]:
        return None
    both = printed.split()[-2:]
    for words in (both, both[-1:]):
        if words and words[0][0].isupper() and (name := known(" ".join(words))):
            return name
    return None


def _in_front(text: str, start: int) -> str | None:
    """The municipality in which a council does something: "I Fjordby Kommune har byrådet besluttet"."""
    base = max(0, start - _WINDOW)
    cue = _INSIDE.search(text, base, start) if text.find("ommune", base, start) >= 0 else None
    found = _name_before(text, cue.start("cue"), unlisted=text[cue.start("cue")].isupper()) if cue else None
    return found[0] if found and text[base : found[1]].rstrip().endswith((" I", "\nI", " i", "\ni")) else None


def _behind(text: str, end: int) -> str | None:
    match = _BESIDE.match(text, end)
    if not match:
        return None
    first, second, kommune = match["first"], match["second"], match["kommune"]
    if not first[0].isupper() or first.lower() in _words("not-a-name"):
        return None
    if second and second[0].isupper() and (name := known(f"{first} {second}")):
        return name
    if name := known(first):
        return name
    return _as_name(first) if kommune and not second and kommune.strip()[0] in "KR" else None


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


def _kommune_places(prose: Prose) -> list[int]:
    """Where "kommune" stands, "regions" before it included."""
    low, found = prose.lower, []
    at = low.find("kommune")
    while at >= 0:
        found.append(at - 7 if low.startswith("regions", max(0, at - 7)) and at >= 7 else at)
        at = low.find("kommune", at + 7)
    return found


def _begins_line(text: str, at: int) -> bool:
    while at and text[at - 1] in _LINE_MARKS:
        at -= 1
    return at == 0 or text[at - 1] == "\n"


def _labelled(text: str, places: list[int]) -> Iterable[Mention]:
    """What stands behind the label "Kommune:"; behind a cell "Kommune" only a listed name: columns have heads too."""
    for at in places:
        match = _LABEL.match(text, at)
        if not match or not _begins_line(text, at):
            continue
        printed = match["name"] or ""
        unlisted = match["mark"] == ":" and printed[:1].isupper() and printed.lower() not in _words("not-a-name")
        name = known(printed) or (" ".join(map(_as_name, printed.split())) if unlisted else None)
        if name:
            yield Mention(name, match.start("label"), match.end(), "kommune")


def _cued(text: str, places: list[int]) -> Iterable[Mention]:
    for at in places:
        match = _CUE.match(text, at)
        if not match or (_LABEL.match(text, at) and _begins_line(text, at)):
            continue
        if found := _name_before(text, at, unlisted=text[at].isupper()):
            yield Mention(found[0], found[1], match.end(), "kommune")


def _of_councils(prose: Prose) -> Iterable[Mention]:
    text = prose.text
    for at, end in prose.places(_COUNCIL_CUES):
        if text[at].isupper() and not text.startswith("-", end) and (found := _name_before(text, at, unlisted=False)):
            name, start = found
            yield Mention(name, start, start + len(text[start:at].rstrip(" \t\n\u00a0*_")), "council")


def _placed(prose: Prose) -> Iterable[Mention]:
    for _, end in prose.places(_PLACE_NOUNS):
        match = _PLACE.match(prose.text, end)
        if not match:
            continue
        words = match["name"].split()
        for printed in (match["name"], words[0]):
            if name := known(printed):
                yield Mention(name, match.start("name"), match.start("name") + len(printed), "place")
                break


def _from_domains(prose: Prose) -> Iterable[Mention]:
    if ".dk" not in prose.lower:
        return
    for match in _DOMAIN.finditer(prose.text):
        domain = ".".join(match[1].lower().split(".")[-2:])
        if domain in _domains():
            yield Mention(_domains()[domain], match.start(1), match.end(1), "domain")


@cache
def _strong_words() -> frozenset[str]:
    """The first words of the names that need no cue, in both spellings of å."""
    first = {key(row["name"]).split()[0] for row in rows("municipalities") if not row["needs_cue"]}
    return frozenset((*first, *(word.replace("å", "aa") for word in first)))


def _bare(prose: Prose) -> Iterable[Mention]:
    for at, _ in prose.places(_strong_words()):
        match = _CAPITALISED.match(prose.text, at)
        if not match:
            continue
        for printed in (match.group(), match.group().split(" ")[0]):
            if key(printed) in _strong():
                yield Mention(_names()[key(printed)], at, at + len(printed), "name")
                break


def mentions(prose: Prose, *, bare: bool = True) -> list[Mention]:
    """The municipalities named in the text, in order, each place once with its strongest cue.

    Without ``bare`` names that nothing marks as a municipality's are left out.
    """
    text, places = prose.text, _kommune_places(prose)
    found: list[Mention] = []
    taken: set[int] = set()
    groups = [_labelled(text, places), _cued(text, places), _of_councils(prose), _placed(prose), _from_domains(prose)]
    for group in (*groups, _bare(prose)) if bare else groups:
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
        for mention in mentions(prose, bare=False):
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
