"""Where a text names a political body: the names alone, without who is meant by "udvalget" or "BUU".

The scan asks for the noun ("udvalg", "råd") by a plain search and reads the name around each one, so its time is
linear: each noun has a window of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.facts.bodies.boards import boards, councils, fixed_name
from pipeline.facts.bodies.clipped import clipped
from pipeline.facts.bodies.members import Left, groups, left_of, members_of
from pipeline.facts.bodies.names import (
    HYPHENS,
    Name,
    W,
    are_fields,
    composed,
    has_owner_before,
    is_area,
    is_trap,
    words,
)
from pipeline.facts.bodies.topics import with_topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_NOUN = "udvalg"
_END = r"(?![a-zæøåäöüé\d]|[-_][a-zæøå])"
_TAIL = re.compile(rf"(?:[{HYPHENS}][ \t]*\n[ \t]*)?(enes|ene|ets|et){_END}|(s|){_END}")
_GLUED_TAIL = re.compile(r"(?P<ending>ets|et)(?P<word>[a-zæøå]+)")
_SPLIT_NOUN = re.compile(rf"ud[{HYPHENS}][ \t]*\n[ \t]*valg|udval[{HYPHENS}][ \t]*\n[ \t]*g")
_PARAGRAPH_17 = re.compile(
    r"(?:(?:§{1,2}|paragraf)\s*|(?<![\d.,§] )(?<![\d.,§]))17\s*[,.]?\s*stk\.?\s*4\s*[,.]?\s*[-–]?\s*$"
    r"|§\s*17[.,]4\s*[-–]?\s*$",
    re.IGNORECASE,
)
_AFTER_17 = re.compile(
    r"\s+(?:nedsat\s+)?(?:efter|i henhold til|,?\s*jf\.)\s+"
    r"(?:(?:kommune)?styrelseslovens?|lov om kommunernes styrelse)?\s*,?\s*§\s*17\s*,?\s*stk\.?\s*4(?!\d)",
    re.IGNORECASE,
)
_BEFORE_17 = re.compile(r"(?<!\w)(?:det\s+)(?:(?:særlige|midlertidige|rådgivende)\s+)$", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?<!\w)(?:et|nyt|hvert|ethvert|intet|andet|hvilket|flere|ad hoc)\s+$", re.IGNORECASE)
_NOT_A_FIELD_BEFORE = re.compile(r"(?:^|\s)(?:af|for|om|i|på|til|med|fra|vedr\.|inden for)\s+$", re.IGNORECASE)
_SPACED = re.compile(rf"(?P<area>[A-ZÆØÅ][{W}]*)[ \u00a0]$")
_START = attrgetter("start")
_OF_PARLIAMENT = ("folketingets ", "folketingets\n")
_IN_PARLIAMENT = re.compile(r"[ \n]+(?:i|under)[ \n]+Folketinget(?!\w)")
_DECIDES = re.compile(r"[ \t]+(?:har[ \t]+)?(?P<verb>[a-zæøå]{4,})")
_GENITIVE = ("s", "S", "g")  # how a genitive ends, and the "og" between two of them
_SPACED_WINDOW = 40
_SENTENCE_START = '.!?:\n"”“•'


def scan(prose: Prose) -> list[Name]:
    """The names in order of their place; overlapping ones once, the longer first."""
    found = [*councils(prose), *_committees(prose), *boards(prose), *clipped(prose)]
    found.sort(key=_START)
    kept: list[Name] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
        elif name.start == kept[-1].start and name.end > kept[-1].end:
            kept[-1] = name
    return _same_owner(kept)


def _same_owner(names: list[Name]) -> list[Name]:
    """A name that a text uses of the Folketing's committee once is that committee's wherever nothing else is said."""
    foreign = {name.name for name in names if not name.owned and name.name and name.level == "committee"}
    if not foreign:
        return names
    return [Name(one.start, one.end, one.name, owned=False) if one.name in foreign else one for one in names]


def _committees(prose: Prose) -> Iterator[Name]:
    parliament = speaks_of_parliament(prose)
    named = parliament or bool(prose.words & words("parliament-name"))
    for at, end, ending in _nouns(prose):
        left = left_of(prose.text, at)
        certain = None if left.back else _certain(left.stem, ending)
        if certain and not named and prose.text[left.start - 2 : left.start - 1] not in _GENITIVE:
            yield Name(left.start, end, certain)
            continue
        for name in _committee(prose, at, end, ending, left):
            ours = not name.name or not (parliament or _is_of_parliament(prose, name, left.stem, named=named))
            yield name if ours else Name(name.start, name.end, name.name, owned=False)


def _is_of_parliament(prose: Prose, name: Name, stem: str, *, named: bool) -> bool:
    """A committee of the Folketing by the words beside it, or because municipalities have none of that name; likewise
    a deanery's.
    """
    if named and (prose.lower.endswith(_OF_PARLIAMENT, 0, name.start) or _IN_PARLIAMENT.match(prose.text, name.end)):
        return True
    if stem.lower() in words("church"):
        return True
    return stem.lower() in words("parliament") or (name.name or "").lower() in words("parliament-committee")


def _nouns(prose: Prose) -> Iterator[tuple[int, int, str]]:
    """Where the noun begins, where the word ends, and its ending: "", "s", "et", "ets", "ene", "enes"."""
    low = prose.lower
    at = low.find(_NOUN)
    while at >= 0:
        tail = _TAIL.match(low, at + 6)
        if tail:
            yield at, tail.end(), tail[1] or tail[2] or ""
        elif low.startswith("et", at + 6) and (glued := _glued(prose, at + 6)):
            yield at, *glued
        at = low.find(_NOUN, at + 6)
    if "ud-\n" in low or "ud- " in low or "udval-" in low or "ud‐" in low:
        for match in _SPLIT_NOUN.finditer(low):
            if tail := _TAIL.match(low, match.end()):
                yield match.start(), tail.end(), tail[1] or tail[2] or ""


def _glued(prose: Prose, end: int) -> tuple[int, str] | None:
    """ "Socialudvalgethar", "UdvalgetBeslutning": the noun with the next word glued to it."""
    match = _GLUED_TAIL.match(prose.lower, end)
    if not match:
        return None
    capital = prose.text[match.start("word")].isupper() and prose.text[end].islower()
    if capital or match["word"] in words("glued"):
        return match.end("ending"), match["ending"]
    return None


@lru_cache(maxsize=4096)
def _certain(stem: str, ending: str) -> str | None:
    """The name of one field in definite form, which nothing around it but an owner's genitive can change."""
    if ending not in ("et", "ets") or stem.lower() in ("forretnings", *words("parliament")):
        return None
    if not stem or is_trap(stem, "") or not are_fields("", stem):
        return None
    return composed("", stem) + "udvalget"


def _committee(prose: Prose, at: int, end: int, ending: str, left: Left) -> Iterator[Name]:
    text = prose.text
    if text.find("17", max(0, at - 25), at) >= 0:
        base = max(0, at - 40)
        paragraph = _PARAGRAPH_17.search(text[base:at])
        if paragraph and not (text[at] == "U" and paragraph.group().rstrip().endswith(".")):
            yield with_topic(text, base + paragraph.start(), end, "§ 17, stk. 4-udvalget")
            return
    if left.stem in ("", "-"):
        yield from _some(_bare(text, at, end, ending))
        return
    start, members = members_of(text, left)
    if is_trap(left.stem, members):
        yield _trap(text, start, end, left)
    elif not members and (task := _of_a_task(text, start, end, left.stem)):
        yield task
    elif not _is_committee(prose, start, members, left.stem, ending):
        yield from _ended_in_topic(text, start, end, left.stem)
    elif _is_anothers(text, start):
        yield Name(start, end, None)
    else:
        yield from _grouped(members, left.stem, start, end, plural=ending.startswith("ene"))


def _some(name: Name | None) -> tuple[Name, ...]:
    return (name,) if name else ()


def _grouped(members: str, stem: str, start: int, end: int, *, plural: bool) -> Iterator[Name]:
    """One name, or the several that share the noun, each with the span of its own words."""
    if not members:
        if not plural:
            yield Name(start, end, composed("", stem) + "udvalget")
        return
    found = groups(members, stem, plural=plural)
    if found is None:
        yield Name(start, end, None)
        return
    for group in found[:-1]:
        yield Name(start + group.start, start + group.end, composed(group.members, group.stem) + "udvalget")
    yield Name(start + found[-1].start, end, composed(found[-1].members, stem) + "udvalget")


def _trap(text: str, start: int, end: int, left: Left) -> Name:
    """A trap, but "Opgaveudvalget for Fremtidens Skole" has a name: it is a committee for one task."""
    return _of_a_task(text, start, end, left.stem) or Name(start, end, None)


def _of_a_task(text: str, start: int, end: int, stem: str) -> Name | None:
    if stem.lower() not in words("project") or not text[start].isupper():
        return None
    named = with_topic(text, start, end, f"{stem.capitalize()}udvalget")
    return named if named.end > end else None


def _ended_in_topic(text: str, start: int, end: int, stem: str) -> Iterator[Name]:
    if stem.lower() in words("project") and text[start].isupper():
        yield _trap(text, start, end, Left(stem, start, "", 0))


def _is_committee(prose: Prose, start: int, members: str, stem: str, ending: str) -> bool:
    """Whether an unlisted name is a committee's: by its capital, its members, or the field it is named after."""
    text = prose.text
    definite, capital = ending.startswith("e") or has_owner_before(prose.lower, start), text[start].isupper()
    fields = are_fields(members, stem)
    if not definite and _INDEFINITE.search(text, max(0, start - 16), start):
        return False
    if members:
        return capital or (fields and definite)
    if stem.lower() == "forretnings":
        return _is_executive(prose, capital=capital, definite=definite)
    if fields or stem.lower() in words("church") or _is_parliaments(prose, stem):
        return definite or capital
    if not (capital and definite):
        return False
    decides = ending == "et" and _decides(prose, start + len(stem) + len(_NOUN) + len(ending))
    return decides or not _begins_sentence(text, start) or _stands_within(text, f"{stem}{_NOUN}et")


def _decides(prose: Prose, end: int) -> bool:
    """Whether the word behind a name is a verb of deciding: "Billedkunstudvalget bevilgede …"; no association's."""
    behind = _DECIDES.match(prose.text, end)
    if behind is None or behind["verb"] not in words("decides"):
        return False
    return not prose.words & words("association-text") or bool(prose.words & words("municipal-text"))


def _is_parliaments(prose: Prose, stem: str) -> bool:
    """Whether the Folketing alone has a committee of this name; of some names an association may have one too."""
    plain = stem.lower()
    if plain in words("parliament-shared"):
        return speaks_of_parliament(prose) or bool(prose.words & words("parliament-name"))
    return plain in words("parliament")


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 25) : start]
    return not before.strip() or before.rstrip(" \t")[-1] in _SENTENCE_START


def _stands_within(text: str, word: str) -> bool:
    """Whether a capital word stands inside a sentence elsewhere, so that its capital says that it is a name."""
    return any(f" {preposition} {word}" in text for preposition in ("i", "af", "til", "fra", "for", "med", "på", "og"))


def _is_executive(prose: Prose, *, capital: bool, definite: bool) -> bool:
    """A region's Forretningsudvalg; an association has one too."""
    if prose.words & words("region-text"):
        return definite or capital
    return capital and not prose.words & words("association-text")


def _is_anothers(text: str, start: int) -> bool:
    """A committee of KL or of an association, by the words before it."""
    if text[start - 2 : start - 1] not in _GENITIVE:
        return False
    before = text[max(0, start - 30) : start].split()
    owner = before[-2:-1] if before[-1:] == ["og"] else before[-1:]
    return bool(owner) and owner[0].lower() in words("owner")


def speaks_of_parliament(prose: Prose) -> bool:
    """Whether a text is one of the Folketing: two of its words, one that only it uses, and none of a municipality's.

    Its committees are no municipality's, whatever document it lies in.
    """
    said = prose.words & words("parliament-text")
    only = prose.words & words("parliament-only")
    return bool(only) and len(said | only) > 1 and not prose.words & words("municipal-text")


def _bare(text: str, at: int, end: int, ending: str) -> Name | None:
    """ "Udvalget for Børn og Unge", "Teknisk Udvalg", or the bare word that points back to a name."""
    if text[at - 1 : at] in ("-", "–"):
        return None
    if ending in ("", "s"):
        if fixed := fixed_name(text, at, end, _NOUN):
            return fixed
        if ending == "s" or text[at].islower() or _INDEFINITE.search(text, max(0, at - 16), at):
            return _by_law(text, at, end, ending) if ending == "" else None
    elif ending not in ("et", "ets"):
        return None
    if ending != "ets":
        topic = with_topic(text, at, end, "Udvalget")
        if topic.end > end:
            return topic
        if by_law := _by_law(text, at, end, ending):
            return by_law
        if ending == "":
            return None
    return _spaced(text, at, end) or Name(at, end, None, bare=True)


def _by_law(text: str, at: int, end: int, ending: str) -> Name | None:
    """ "det særlige udvalg efter styrelseslovens § 17, stk. 4"; "et udvalg efter § 17" is only about to be made."""
    if text.find("17", end, end + 60) < 0:
        return None
    law = _AFTER_17.match(text, end)
    before = _BEFORE_17.search(text[max(0, at - 24) : at])
    if not law or (ending == "" and not before):
        return None
    return Name(at - len(before.group()) if before else at, law.end(), "§ 17, stk. 4-udvalget")


def _spaced(text: str, at: int, end: int) -> Name | None:
    """ "Økonomi udvalget": a field and the noun that a blank parts."""
    if text[at].isupper() or text[at - 1 : at] not in (" ", "\u00a0"):
        return None
    before = text[max(0, at - _SPACED_WINDOW) : at]
    if not before[before.rfind(" ", 0, -1) + 1 :][:1].isupper() and "\n" not in before:
        return None
    match = _SPACED.search(before)
    if not match or not is_area(match["area"]) or _NOT_A_FIELD_BEFORE.search(before[: match.start()]):
        return None
    return Name(at - len(match.group()), end, composed("", match["area"]) + "udvalget")
