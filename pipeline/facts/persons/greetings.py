"""Who is greeted ("Kære Mette", "Hej Hans Jørgen og Per", "Kære borgmester Bo Berg"), and who signs with "/Bo"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.facts.persons.names import Named, behind_titles, is_full_name, is_given, is_out_of_names, name_at
from pipeline.language import Prose
from pipeline.lexicon import rows
from pipeline.mail.labels import vocabulary
from pipeline.mail.signatures import is_name, title_beside

GREETINGS = frozenset(["kære", "hej", "hejsa", "goddag", "godmorgen", "davs", "hi", "hello", "dear", "kjære"])
_MARKS = ' \t\xa0*_#>|\\"”»'
_GAP = re.compile(r"[ \t\xa0*_]*")
_NEXT = re.compile(
    r"[ \t\xa0]*(?:,[ \t]*og\b|[,/&+]|\b(?:og|and)\b)[ \t\xa0]*(?:(?:kære|hej|dear)[ \t\xa0]+)?", re.IGNORECASE
)
_ENDS = re.compile(r"[ \t\xa0*_]*[,!.:–-]*[ \t\xa0*_\\]*(?:\n|$)")
_NOUNS = (
    "råd",
    "udvalg",
    "erne",
    "ere",
    "else",
    "hed",
    "skab",
    "tion",
    "ist",
    "ing",
    "folk",
    "hold",
    "leder",
    "kreds",
    "et",
)
MOST_GREETED = 12
SHORTEST = 3
LONGEST_SLASHED = 50
LETTER_HEAD = 1_000
_ADDRESSED = frozenset(["fru", "frøken", "hr", "herr"])


@cache
def _places() -> frozenset[str]:
    return frozenset(row["name"].lower() for row in rows("municipalities"))


def from_greetings(prose: Prose) -> list[Named]:
    """The people of the greetings that begin a line. A name alone may be all that is printed."""
    found: list[Named] = []
    for start, end in prose.places(GREETINGS):
        line = prose.text.rfind("\n", 0, start) + 1
        if start - line < 12 and not prose.text[line:start].strip(_MARKS):
            found += _greeted(prose.text, end)
    return found


def _greeted(text: str, position: int) -> Iterator[Named]:
    end = _line_end(text, position)
    gap = _GAP.match(text, position, end)
    position = gap.end() if gap else position
    for _ in range(MOST_GREETED):
        start, role = behind_titles(text, position, end)
        stop = name_at(text, start, end)
        name = " ".join(text[start:stop].split())
        polite = start > position
        if not name or not _is_greeted(text, name, stop, polite=polite):
            return
        yield Named(start, stop, name, role)
        following = _NEXT.match(text, stop, end)
        if following is None:
            return
        position = following.end()


def _is_greeted(text: str, name: str, stop: int, *, polite: bool) -> bool:
    """A full name; a usual first name; another word alone only where nothing else stands in the line."""
    ends = _ENDS.match(text, stop) is not None
    if " " in name:
        return is_full_name(name) and (ends or is_given(name) or polite)
    if is_given(name) and is_name(name):
        return not _runs_into_office(text, stop)
    return ends and (polite or _may_be_first_name(name)) and is_name(name)


def _runs_into_office(text: str, stop: int) -> bool:
    """ "Kære Maria Kirke", "Hej Mette-Kontoret": more of a name follows that is no person's."""
    rest = text[stop : min(_line_end(text, stop), stop + 40)]
    word = rest.split(maxsplit=1)[0] if rest[:1] == " " and rest.split() else ""
    return rest[:1] in ("-", "&") or (word[:1].isupper() and word.lower() not in vocabulary().pronouns)


def may_sign_alone(name: str) -> bool:
    """One word below a closing that is a name: no initials, no "Naboen"."""
    return is_given(name) or (_may_be_first_name(name) and not name.lower().endswith(("en", "er", "ne")))


def _may_be_first_name(name: str) -> bool:
    folded = name.lower()
    return (
        len(name) >= SHORTEST
        and not name.isupper()
        and not is_out_of_names(name)
        and folded not in _places()
        and not folded.endswith(_NOUNS)
    )


def from_slashes(prose: Prose) -> list[Named]:
    """ "/Bo" alone in the last line of a paragraph, as colleagues sign: a full name or a usual first name."""
    text = prose.text
    found: list[Named] = []
    at = text.find("/")
    while at >= 0:
        line, end = text.rfind("\n", 0, at) + 1, _line_end(text, at)
        if end - line < LONGEST_SLASHED and not text[line:at].strip(_MARKS + "/"):
            start = at + len(text[at:end]) - len(text[at:end].lstrip("/ "))
            stop = name_at(text, start, end)
            name = " ".join(text[start:stop].split())
            signs = bool(name) and (is_full_name(name) if " " in name else is_given(name))
            if signs and not text[stop:end].strip(_MARKS + "."):
                below = text[end + 1 : _line_end(text, end + 1)].strip(_MARKS)
                again = _again(text, end + 1, name)
                if again or not below:
                    found += [Named(start, stop, name), *again]
            at = end
        at = text.find("/", at + 1)
    return found


def _again(text: str, start: int, name: str) -> list[Named]:
    """ "Bo Berg, kontorchef" in the line below "/Bo"."""
    end = _line_end(text, start)
    if " " in name or not text.startswith(f"{name} ", start):
        return []
    stop = name_at(text, start, end)
    full = " ".join(text[start:stop].split())
    role = title_beside(text, start, stop)
    return [Named(start, stop, full, role)] if is_full_name(full) and (role or not text[stop:end].strip(_MARKS)) else []


def from_letter_heads(prose: Prose) -> list[Named]:
    """To whom a letter goes, in a line of its own in its head: "Fru Ellen Sand"."""
    head = prose.lower[:LETTER_HEAD]
    found: list[Named] = []
    for word in prose.words.intersection(_ADDRESSED):
        at = head.find(word)
        while at >= 0:
            line = head.rfind("\n", 0, at) + 1
            if not head[line:at].strip(_MARKS):
                found += _addressed(prose.text, line, _line_end(prose.text, at))
            at = head.find(word, at + 1)
    return found


def _addressed(text: str, start: int, end: int) -> list[Named]:
    """The full name that fills a short line behind a polite word."""
    if end - start > LONGEST_SLASHED:
        return []
    start += len(text[start:end]) - len(text[start:end].lstrip(_MARKS))
    if text[start:end].partition(" ")[0].lower().rstrip(".") not in _ADDRESSED:
        return []
    begin, role = behind_titles(text, start, end)
    stop = name_at(text, begin, end)
    name = " ".join(text[begin:stop].split())
    fills = begin > start and is_full_name(name) and not text[stop:end].strip(_MARKS + ",")
    return [Named(begin, stop, name, role)] if fills else []


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)
