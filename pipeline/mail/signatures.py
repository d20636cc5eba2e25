"""Signatures: who signs, and as what, below "Med venlig hilsen"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

import msgspec

from pipeline.language import Prose
from pipeline.mail.labels import is_redacted
from pipeline.mail.lines import Line, split_lines

_MARKS = " \t\xa0*_#|>\\,;:!"
_COLUMN = re.compile(r"\t| {3,}|\xa0{3,}")
_TOKEN = re.compile(r"[^\W\d_][\w'’´.\-]*")
_PARTICLES = frozenset(["af", "von", "van", "de", "der", "den", "el", "al", "bin", "da", "du", "la", "le", "zu", "i"])
_AND = re.compile(r" (?:og|&|and|och) ")
MOST_TOKENS = 6
SEARCHED_LINES = 5
MOST_BLANKS = 6
CLOSING_REACH = 60
"""A closing ends within so many characters of its line's start; a name in the same line in as many more."""
LONGEST_BEHALF = 80
LONGEST_TITLE = 100
WINDOW = 3_000
_ON_BEHALF = re.compile(r"[*_> ]*på (?:[^\W\d_][\w .&-]{2,60} vegne|vegne af [\w .&-]{2,60})[*_.,:! ]*$", re.IGNORECASE)


class Words(msgspec.Struct, frozen=True):
    """The lists of ``pipeline/lexicon/signatures.toml``."""

    closings: tuple[str, ...]
    behalf: tuple[str, ...]
    titles: tuple[str, ...]
    organisations: tuple[str, ...]
    not_names: frozenset[str]
    untold: frozenset[str]


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """A name as printed at ``text[start:end]``, and the title beside or below it."""

    name: str
    start: int
    end: int
    role: str | None = None


@cache
def words() -> Words:
    """The lists, read once; closings with the longest first."""
    raw = tomllib.loads(resources.files("pipeline.lexicon").joinpath("signatures.toml").read_text("utf-8"))
    lists = msgspec.convert(raw, Words)
    return msgspec.structs.replace(lists, closings=tuple(sorted(lists.closings, key=len, reverse=True)))


def closing_at(content: str) -> int:
    """The length of the closing words that begin this line, decoration included; 0 where there are none."""
    bare = content[:80].lstrip(_MARKS)
    folded = bare.casefold()
    for closing in words().closings:
        if folded.startswith(closing):
            after = folded[len(closing) : len(closing) + 1]
            if not after.isalnum() and after != "-":
                return len(content) - len(content.lstrip(_MARKS)) + len(closing)
    return 0


@cache
def _marks() -> dict[str, list[frozenset[str]]]:
    """The last word of every closing, and the words of the closings that end with it."""
    found: dict[str, list[frozenset[str]]] = {}
    for closing in words().closings:
        said = re.findall(r"[a-zß-öø-ÿ]+", closing)
        if said:
            found.setdefault(said[-1], []).append(frozenset(said))
    return found


def _marks_in(there: frozenset[str]) -> list[str]:
    """Where one of these words is, a closing may be: the others of it ("på forhånd tak") are in the text too."""
    marks = _marks()
    return [mark for mark in there.intersection(marks) if any(there.issuperset(said) for said in marks[mark])]


def find_signers(prose: Prose) -> list[Signer]:
    """Everybody who signs in a text, in printed order."""
    text = prose.text
    found: list[Signer] = []
    for _, end in prose.places(_marks_in(prose.words)):
        start = text.rfind("\n", 0, end) + 1
        if end - start <= CLOSING_REACH and prose.lower[start : end + 1].lstrip(_MARKS).startswith(words().closings):
            found += _at_line(text, start)
        found += _in_line(prose, end)
    if "vegne" in prose.words:
        for _, end in prose.places(("vegne",)):
            found += _on_behalf(text, text.rfind("\n", 0, end) + 1)
    return sorted({signer.start: signer for signer in found}.values(), key=lambda signer: signer.start)


def _window(text: str, start: int) -> Sequence[Line]:
    """The lines from ``start`` on, as many as a signature may need; their offsets begin there."""
    end = start
    for _ in range(SEARCHED_LINES + 2 * MOST_BLANKS + 2):
        end = text.find("\n", end) + 1
        if not end or end - start > WINDOW:
            end = min(len(text), start + WINDOW)
            break
    return split_lines(text[start:end])


def _moved(signers: Iterable[Signer], by: int) -> list[Signer]:
    return [msgspec.structs.replace(each, start=each.start + by, end=each.end + by) for each in signers]


def _at_line(text: str, start: int) -> list[Signer]:
    """Who signs below or behind the closing that begins the line at ``start``."""
    lines = _window(text, start)
    length = closing_at(lines[0].content) if lines and lines[0].content else 0
    return _moved(_below(text[start : lines[-1].end + start], lines, 0, length), start) if length else []


def _in_line(prose: Prose, end: int) -> list[Signer]:
    """ "… er med. Med venlig hilsen Bo Berg": a full name that ends the line behind a closing in its middle."""
    text, low = prose.text, prose.lower
    head = low[max(0, end - CLOSING_REACH) : end]
    if not head.endswith(words().closings):
        return []
    closing = next(each for each in words().closings if head.endswith(each))
    if " " not in closing:
        return []
    start = end - len(closing)
    if text[max(0, start - 4) : start].rstrip(" \n")[-1:] not in (".", "!", "?", ")"):
        return []
    stop = text.find("\n", end)
    stop = stop if stop >= 0 else len(text)
    return [each for each in _signers(text, end, stop, None) if " " in each.name] if stop - end < CLOSING_REACH else []


def _on_behalf(text: str, start: int) -> list[Signer]:
    """ "På bestyrelsens vegne" as a closing of its own: a full name stands below."""
    end = text.find("\n", start, start + LONGEST_BEHALF)
    if end < 0 or not _ON_BEHALF.match(text, start, end):
        return []
    lines = _window(text, start)
    content = lines[0].content
    below = _below(text[start : lines[-1].end + start], lines, 0, len(content))
    return [each for each in _moved(below, start) if " " in each.name]


def _below(text: str, lines: Sequence[Line], number: int, length: int) -> list[Signer]:
    line = lines[number]
    start = text.find(line.content, line.start) + length
    rest = line.content[length:].strip(_MARKS + ".")
    below = list(_inked(lines, number + 1))
    if rest:
        start += len(text[start : line.end]) - len(text[start : line.end].lstrip(_MARKS + "."))
        signers = _signers(text, start, line.end, below[0] if below else None)
        if signers:
            return _with_block(text, signers, below)
        if len(rest.split()) > 5:
            return []
    for position, candidate in enumerate(below[:2]):
        under = below[position + 1] if position + 1 < len(below) else None
        signers = _signers(text, candidate.start, candidate.end, under)
        if signers and (position == 0 or " " in signers[0].name):
            return _with_block(text, signers, below[position + 1 :])
        if not _is_skipped(candidate.content):
            return []
    return []


def _with_block(text: str, signers: list[Signer], below: Sequence[Line]) -> list[Signer]:
    """And who stands below: "Vh. Lotte", and then "Lotte Dahl" with her title."""
    if len(signers) != 1 or " " in signers[0].name or not below:
        return signers
    full = _signers(text, below[0].start, below[0].end, below[1] if len(below) > 1 else None)
    if len(full) != 1 or not full[0].name.startswith(f"{signers[0].name} "):
        return signers
    return [msgspec.structs.replace(signers[0], role=None), *full]


def _inked(lines: Sequence[Line], number: int) -> Iterator[Line]:
    """The next lines with ink, as long as no wide gap or another depth of quoting comes between."""
    depth, blanks, given = lines[number - 1].depth, 0, 0
    for line in lines[number : number + SEARCHED_LINES + 2 * MOST_BLANKS]:
        if line.blank:
            blanks += 1
            continue
        if given >= SEARCHED_LINES or blanks > MOST_BLANKS or line.depth != depth or set(line.content) <= set("-_*\\ "):
            return
        given += 1
        yield line


def _is_skipped(content: str) -> bool:
    folded = content.casefold().lstrip(_MARKS)
    return folded.startswith(words().behalf) or _has_ending(folded, words().organisations) or folded[:1] in "[!"


def _signers(text: str, start: int, end: int, under: Line | None) -> list[Signer]:
    """The names in ``text[start:end]``; beside each its title, or below it in the same column."""
    columns = list(_columns(text, start, end))
    titles = _titles_below(under, len(columns))
    found: list[Signer] = []
    for (left, right), title in zip(columns, titles, strict=True):
        signers = _named(text, left, right)
        if len(signers) == 1 and signers[0].role is None:
            signers = [msgspec.structs.replace(signers[0], role=title)]
        found += signers
    return found


def _columns(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for separator in _COLUMN.finditer(text, start, end):
        if text[start : separator.start()].strip(_MARKS):
            yield start, separator.start()
        start = separator.end()
    if text[start:end].strip(_MARKS):
        yield start, end


def title_beside(text: str, start: int, end: int) -> str | None:
    """The title of a name that begins its line: alone in the next line, or behind a comma where a block ends there."""
    stop = _line_end(text, end)
    rest, below = text[end:stop], text[stop + 1 : _line_end(text, stop + 1)]
    if text[text.rfind("\n", 0, start) + 1 : start].strip(_MARKS):
        return None
    if not rest.strip(_MARKS + "."):
        title = below if below.strip(_MARKS)[:1].isupper() else ""
    else:
        title = (
            rest[2:] if rest.startswith(", ") and not below.strip(_MARKS) and len(rest.split()) <= MOST_TOKENS else ""
        )
    if title.rstrip().endswith((".", ":", "?", "!")) or len(title) > LONGEST_TITLE:
        return None
    return title.strip(_MARKS) if title and is_title(title) else None


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _titles_below(under: Line | None, columns: int) -> list[str | None]:
    if under is None:
        return [None] * columns
    printed = [piece for piece in _COLUMN.split(under.content) if piece.strip()] if columns > 1 else [under.content]
    titles = [piece.strip(_MARKS + ".") if is_title(piece) else None for piece in printed]
    return titles if len(titles) == columns else [None] * columns


def _named(text: str, start: int, end: int) -> list[Signer]:
    start, end = _trim(text, start, end)
    value = text[start:end]
    if not value or len(value) > 160 or is_redacted(value) or "@" in value:
        return []
    for separator in (", ", " | ", " – ", " - ", " / "):
        name, found, title = value.partition(separator)
        if found and is_name(name.strip()):
            role = title.strip(_MARKS + ".") if is_title(title) else None
            return [_signer(text, start, start + len(name.rstrip()), role)]
    head, _, last = value.rpartition(" ")
    if " " in head and is_title(last) and is_name(head):
        return [_signer(text, start, start + len(head), last)]
    if is_name(value):
        return [_signer(text, start, end, None)]
    return _titled(text, start, end) or _pair(text, start, end)


def _titled(text: str, start: int, end: int) -> list[Signer]:
    """ "Kontorchef Bo Berg" """
    title, _, name = text[start:end].partition(" ")
    if is_title(title) and len(name.split()) > 1 and is_name(name.strip()):
        return [_signer(text, end - len(name.lstrip()), end, title)]
    return []


def _pair(text: str, start: int, end: int) -> list[Signer]:
    """ "Bo Berg og Anne Holm": full names only, for "Børn og Unge" is an office."""
    cuts = [start, *(edge for found in _AND.finditer(text, start, end) for edge in found.span()), end]
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    names = [text[left:right] for left, right in spans]
    if len(names) < 2 or not all(is_name(name) and " " in name.strip() for name in names):
        return []
    return [_signer(text, left, right, None) for left, right in spans]


def _signer(text: str, start: int, end: int, role: str | None) -> Signer:
    start, end = _trim(text, start, end)
    return Signer(name=" ".join(text[start:end].split()), start=start, end=end, role=role)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _MARKS + "/-–":
        start += 1
    while end > start and text[end - 1] in _MARKS + "/-–":
        end -= 1
    return start, end


def is_name(value: str) -> bool:
    """A person's name: one to six capitalised words, none of which names an office, a title or a contact."""
    tokens = value.split()
    if not 1 <= len(tokens) <= MOST_TOKENS or len(value) > 80:
        return False
    lists = words()
    if tokens[0].casefold() in lists.not_names or _has_ending(value, lists.organisations):
        return False
    if _has_ending(value, lists.titles) and (len(tokens) == 1 or _ends_with(tokens[0], lists.titles)):
        return False
    return all(_is_name_token(token, position) for position, token in enumerate(tokens))


def is_untold(name: str) -> bool:
    """What a program writes in place of recipients that it does not tell ("undisclosed-recipients")."""
    return name.strip(" :;").casefold() in words().untold


@lru_cache(maxsize=8192)
def is_title(value: str) -> bool:
    """A line that says what somebody is: its first or last word is a title, and it holds no number or address."""
    value = value.strip(_MARKS + ".")
    tokens = [token.strip(",.;:()*") for token in value.split()]
    tokens = [token for token in tokens if token]
    if not tokens or len(tokens) > 9 or len(value) > 100 or any(c.isdigit() or c == "@" for c in value):
        return False
    titles = words().titles
    return _ends_with(tokens[0], titles) or _ends_with(tokens[-1], titles) or _titled_before_comma(value)


def _titled_before_comma(value: str) -> bool:
    head = value.partition(",")[0].partition(" for ")[0].partition(" i ")[0].split()
    return bool(head) and _ends_with(head[-1], words().titles)


def _is_name_token(token: str, position: int) -> bool:
    if position and token in _PARTICLES:
        return True
    return token[0].isupper() and _TOKEN.fullmatch(token) is not None and not token.endswith("-")


def _has_ending(value: str, endings: tuple[str, ...]) -> bool:
    return any(_ends_with(token.strip(",.;:()*"), endings) for token in value.split())


def _ends_with(token: str, endings: tuple[str, ...]) -> bool:
    folded = token.casefold()
    whole, long = _sorted(endings)
    return folded in whole or folded.endswith(long)


@cache
def _sorted(endings: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The endings that may be a word, all of them, and those that may end a longer one."""
    return frozenset(endings), tuple(end for end in endings if len(end) > 3)
