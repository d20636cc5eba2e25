"""The points of a recommendation: "Forvaltningen indstiller, at …, at … og at …", in lines or in one sentence.

Each point is a recommendation of its own and the line that heads them is none. A point is a line with a mark ("1.",
"a)", "•", "at") and the lines that go on from it; points of one list have one kind of mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.words import WORD, forms, listed

if TYPE_CHECKING:
    from pipeline.context import Span

_COUNTED = (  # "4. april" at the beginning of a line is no point
    r"[ \t]{0,2}(?-i:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|kvartal"
    r"|halvår)(?!\w)"
)
_MARKS = {
    "ad": re.compile(r"[ \t>*_]*(?:at|ad)[ \t]+\d{1,2}[.:)]+[ \t]*(?=\S)", re.IGNORECASE),
    "number": re.compile(
        rf"[ \t>*_]*\(?\d{{1,2}}(?:[.:)]{{1,2}}(?!{_COUNTED})[ \t]*(?=\D)|(?:\.\d{{1,2}}[.:)]?)?[ \t]+(?=at\b))",
        re.IGNORECASE,
    ),
    "letter": re.compile(r"[ \t>*_]*\(?(?-i:[a-zæøå]|[A-ZÆØÅ])[.)]{1,2}[ \t]+(?=\S)"),
    "bullet": re.compile(r"[ \t>]*[-–—•*·o▪●■‐][ \t]+(?=\S)"),
    "at": re.compile(r"[ \t>*_]*(?=at[ \t]*(?:\S|:?\n))", re.IGNORECASE),
}
_FIRST = re.compile(r"(?:[ \t>_]|\*(?=[*\w(]))*(\S)(?=(.))", re.DOTALL)
_LETTER = ("letter",)
_KINDS = {
    **dict.fromkeys("0123456789", ("number",)),
    **dict.fromkeys("aA", ("ad", "letter", "at")),
    **dict.fromkeys("-–—•·▪●■‐*", ("bullet",)),
    "(": ("number", "letter"),
    "o": ("letter", "bullet"),
}
_FIRST_BESIDE = re.compile(r"[^\n.;]{0,60}?:[ \t]+(?P<mark>at[ \t]+1[.:)]+[ \t]*\S)", re.IGNORECASE)
_SECOND = re.compile(r"\n[ \t>*_]*at[ \t]+2[.:)]", re.IGNORECASE)
"""The head and its first point: "(Det indstilles): At 1) Byrådet …", and "At 2) …" on a line below."""
_HEAD_END = re.compile(
    r"(?:[,:]|\b(?:at|til|følgende|indstiller|indstilles|anbefaler|anbefales|foreslår|foreslås|godkendelse|udvalget"
    r"|byrådet|kommunalbestyrelsen|borgerrepræsentationen|regionsrådet|forretningsudvalget|økonomiudvalget))[ \t*_]*$",
    re.IGNORECASE,
)
_SENTENCE_IN = re.compile(r"[.?!;][\"”»)]?\s+[A-ZÆØÅ]|[?!]")
_LONGEST_HEAD = 320
_FIRST_AT = re.compile(r"\bat\s+(\S+\s+\S.*)", re.DOTALL | re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[,;.:]|\b(?:og|samt|eller))[ \t]*$", re.IGNORECASE)
_TAIL = re.compile(r"(?:[\s,;(]|\b(?:og|samt|at)(?=[\s(]*$))+$", re.IGNORECASE)
_LONGEST_TAIL = 60
_SMALL_LETTER = re.compile(r"[ \t>*_]*\(?([a-z])\)[ \t]")
_NUMBER = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})")
_LEADS_ON = frozenset(("som", "der", "at", "hvor", "når", "da", "fordi", "hvad", "og", "samt"))
_BLANK = frozenset(" \t>\u00a0")
_JOINING = frozenset(
    ("af", "fra", "for", "i", "hos", "med", "om", "på", "til", "under", "ved", "den", "det", "de", "en", "et")
)
_HEADING = re.compile(
    r"[ \t>*_]*[A-ZÆØÅ][^\W\d_]+(?:[ \t]+[a-zæøå]+){0,4}[ \t*_]*\n[ \t>*_]*[A-ZÆØÅ][^\W\d_]*[ \t]+[^\n]{12,}"
)
_FULL_LINE = 60  # a shorter line that is followed by "at …" has ended; a longer one may be wrapped

_SURE = 3
_AT = re.compile(r"(?P<joint>,\s*|;\s*|\s)(?P<and>(?:og|samt)\s+)?(?P<at>at)\b", re.IGNORECASE)
_INLINE_MARK = re.compile(r"(?:(?<=\s)|(?<=\())(?P<mark>\d|[a-f])(?P<close>[.)])[.)]?\s+(?=\S)")
_REASONED = re.compile(r"\b(?:idet|fordi|da|såfremt|hvis|forudsat|når|betinget)\b", re.IGNORECASE)
_AT_LATER = re.compile(r"(?:[^\s.,;:?!]+[ \t]+){0,4}at\s", re.IGNORECASE)
"""The front of a point: "at …", "Fortsat at …", "I 2027 at …"."""
_OPENS = 60
_LEFT_OUT = 9  # numbers by which a list of "at …" may jump where points of it were left out
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*$")


def points_of(text: str, verb: int, limit: int) -> list[Span]:
    """The points in lines below the head whose verb ends at ``verb``; [] when none follow before ``limit``.

    The first may stand on the line of the head itself.
    """
    line = text.find("\n", verb, min(limit, verb + _LONGEST_HEAD))
    first = _FIRST_BESIDE.match(text, verb, line) if line > 0 else None
    if first and _SECOND.search(text, line, min(limit, line + _LONGEST_HEAD)):
        return _listed(text, first.start("mark"), "ad", limit)
    ended = line > 0 and text[line - 1] in ".?!;" and text[line - 3 : line] not in ("pr.", "at;")
    if ended and (text[line - 1] != ";" or not _HEAD_END.search(text, verb, line - 1)):
        return []
    while 0 <= line < limit:
        begin = _next_line(text, line, limit)
        if begin >= limit or begin - verb > _LONGEST_HEAD + 40:
            return []
        head = text[verb:line].rstrip().removesuffix(";")
        if _SENTENCE_IN.search(head) or head.endswith((".", ";")):
            return []
        kind, stop = _mark(text, begin)
        if kind and _heads(head, kind, text, stop):
            found = _listed(text, begin, kind, limit)
            return [] if kind == "at" and _is_wrapped(text, line, found) else found
        if begin > line + 1 and text[line + 1 : begin].count("\n"):
            return []  # a blank line, and no list behind it
        line = text.find("\n", begin, limit)
    return []


def _is_wrapped(text: str, newline: int, found: list[Span]) -> bool:
    """Whether the one line "at …" goes on from the long line that ends at ``newline``: "… den 3. maj,", "at …"."""
    if (
        len(found) != 1
        or text[newline + 1 : found[0][0]].strip(" \t>*_") != ""
        or "\n" in text[newline + 1 : found[0][0]]
    ):
        return False
    long = newline - text.rfind("\n", 0, newline) > _FULL_LINE
    return text[:newline].rstrip().endswith(",") and (long or _SENTENCE_IN.search(text, *found[0]) is not None)


def points_under(text: str, start: int, limit: int) -> list[Span]:
    """The points that stand at once under a heading "Indstilling", each with an "at"; [] when there are none."""
    begin = start
    while begin < limit and text[begin].isspace():
        begin += 1
    line = text.rfind("\n", max(0, begin - 40), begin) + 1
    begin = max(start, line) if text[max(start, line) : begin].isspace() or line == begin else begin
    kind, stop = _mark(text, begin)
    if not kind or text[stop : stop + 3].lower() not in ("at ", "at\n"):
        return []
    return _listed(text, begin, kind, limit)


def points_within(text: str, verb: int, end: int) -> list[Span]:
    """The points of one sentence: "indstiller, at A, at B og at C", "indstiller, at 1) A, 2) B"; [] for fewer than two.

    ``verb`` is where the verb ends, ``end`` where the sentence does.
    """
    numbered = _numbered(text, verb, end)
    if numbered:
        return numbered
    marks = list(_AT.finditer(text, verb, end))
    if len(marks) < 2 or marks[0]["and"] or _SENTENCE_IN.search(text, verb, marks[0].start()):
        return []
    closing = [at for at, mark in enumerate(marks) if mark["and"] and at]
    if not closing or marks[0]["joint"][0] not in ",;":
        return []
    starts = [marks[0]]
    for mark in marks[1:]:
        listed_at = mark["joint"][0] in ",;" and mark.start() < marks[closing[-1]].start()
        last = _LAST_WORD.search(text, max(0, mark.start() - 30), mark.start())
        takes_at = last is not None and last[1].lower() in listed("takes-at")
        if mark["and"] or (listed_at and not takes_at):
            starts.append(mark)
    return _between(text, [(mark.start(), mark.start("at")) for mark in starts], end)


def _numbered(text: str, verb: int, end: int) -> list[Span]:
    marks = list(_INLINE_MARK.finditer(text, verb, end))
    marks = [mark for mark in marks if mark["close"] == marks[0]["close"]]  # not the day in "2) … den 1. januar"
    wanted = [mark for at, mark in enumerate(marks) if mark["mark"] in (str(at + 1), "abcdef"[at : at + 1])]
    if len(wanted) < 2 or len(wanted) != len(marks) or _REASONED.search(text, verb, wanted[0].start()):
        return []
    return _between(text, [(mark.start(), mark.end()) for mark in wanted], end)


def _between(text: str, starts: list[tuple[int, int]], end: int) -> list[Span]:
    """Spans from each start to where the next begins, without what joins them."""
    found = []
    for at, (_, start) in enumerate(starts):
        stop = starts[at + 1][0] if at + 1 < len(starts) else end
        found.append(_trimmed(text, start, stop))
    return found


def _trimmed(text: str, start: int, stop: int) -> Span:
    """A point without blanks around it and without what joins it to the next."""
    piece = text[start:stop]
    kept = piece.rstrip()
    tail = _TAIL.search(piece, max(0, len(kept) - _LONGEST_TAIL))
    return stop - len(piece.lstrip()), start + (tail.start() if tail else len(piece))


def _heads(head: str, kind: str, text: str, stop: int) -> bool:
    """Whether a line with a mark below ``head`` is the first point and not another paragraph's."""
    if kind == "at":
        first = _FIRST_AT.search(head)
        words = WORD.findall(first[1].lower()) if first else []
        return not words or not listed("recommends").isdisjoint(words) or words[-1] in listed("passes-on")
    if text[stop : stop + 3].lower() == "at " or text[stop : stop + 1].islower():
        return True
    return not head.strip() or bool(_HEAD_END.search(head))


def starts_point(text: str, line: int) -> bool:
    """Whether a line begins with a mark: "1.", "a)", "Ad 2:", "•"."""
    return _mark(text, line)[0] is not None


def _mark(text: str, line: int) -> tuple[str | None, int]:
    """The kind of mark that a line begins with, and where the text behind it begins."""
    first = _FIRST.match(text, line)
    if first is None:
        return None, line
    for kind in _KINDS.get(first[1], _LETTER if first[2] in ".)" else ()):
        match = _MARKS[kind].match(text, line)
        if match:
            return kind, match.end()
    return None, line


def _next_line(text: str, newline: int, limit: int) -> int:
    """Where the next line with something on it begins."""
    line = newline + 1
    while line < limit:
        at = line
        while at < limit and text[at] in _BLANK:
            at += 1
        if at >= limit or text[at] != "\n":
            return line
        line = at + 1
    return limit


def _listed(text: str, begin: int, kind: str, limit: int) -> list[Span]:
    """The points from ``begin`` on, as spans of their text without the mark."""
    found: list[Span] = []
    point = line = begin
    each_is_one = kind == "at" and _are_all_at(text, begin, limit)
    while True:
        newline = text.find("\n", line, limit)
        stop = limit if newline < 0 else newline
        following = limit if newline < 0 else _next_line(text, newline, limit)
        start = _mark(text, point)[1]
        step = "point" if each_is_one and following == newline + 1 else None
        step = step or _step(text, (line, stop), (point, following), kind, limit)
        if step != "on":
            found.append(_trimmed(text, start, stop))
        if step == "end":
            return [span for span in found if span[1] > span[0]]
        point = following if step == "point" else point
        line = following


def _are_all_at(text: str, begin: int, limit: int) -> bool:
    """Whether three lines and more, up to a blank one, each begin with "at": no sentence is wrapped so each time."""
    end = text.find("\n\n", begin, limit)
    lines = text[begin : end if end >= 0 else limit].rstrip().split("\n")
    return len(lines) >= _SURE and all(_MARKS["at"].match(line) for line in lines)


def _step(text: str, printed: Span, lines: Span, kind: str, limit: int) -> str:
    """What the line behind ``printed`` is: "point", "on" or "end". ``lines``: where the point and that line begin."""
    point, following = lines
    if following >= limit:
        return "end"
    blank = following - printed[1] > 1
    line = text[printed[0] : printed[1]].rstrip()
    ended = blank or bool(_GOES_ON.search(line)) or kind != "at" or len(line) < _FULL_LINE
    next_kind, _ = _mark(text, following)
    deeper = _indent(text, following) > _indent(text, point) + 1
    if next_kind == kind and ended and not deeper and _follows(text, point, following, kind):
        return "point"
    first = text[following : following + 80].lstrip(" \t>")
    if blank or first[:1] == "(":
        return "end"
    if deeper:
        return "on"
    finished = line.endswith((".", "?", "!")) and first[:1].isupper() and not next_kind
    if finished or (not next_kind and (_is_headed(text, line, following, limit) or _tells_after(line, first))):
        return "end"
    return "end" if _ends_list(first) else "on"


def _is_headed(text: str, line: str, following: int, limit: int) -> bool:
    """Whether below a point that has ended a heading of a few words stands above a sentence: "Sagens indhold"."""
    heading = _HEADING.match(text, following, limit)
    last = _LAST_WORD.search(line)
    goes_on = _GOES_ON.search(line) or (last and (last[1].lower() in _LEADS_ON or last[1].lower() in _JOINING))
    return heading is not None and not goes_on


def _tells_after(line: str, first: str) -> bool:
    """Whether below a short last point a sentence tells what came of it: "Udvalget vedtog 3.1 og 3.3"."""
    words = WORD.findall(first)[:2]
    if len(words) < 2 or not first[:1].isupper() or len(line.strip()) >= _FULL_LINE or _GOES_ON.search(line):
        return False
    last = _LAST_WORD.search(line)
    known = forms().get(words[1].lower(), ())
    return any(form.tense == "past" for form in known) and not (last and last[1].lower() in _LEADS_ON)


def _ends_list(line: str) -> bool:
    """Whether a line begins with a label that stands in no list: "Beslutning", "Fraværende:"."""
    word = WORD.match(line)
    return word is not None and line[:1].isupper() and word.group().lower() in listed("ends-list")


def _follows(text: str, point: int, following: int, kind: str) -> bool:
    """Whether a further mark of a kind counts on, and its text goes on like the point before: "2. at" after "1. at"."""
    starts = [_mark(text, at)[1] for at in (point, following)]
    own, other = (text[start : start + _OPENS] for start in starts)
    if kind in ("number", "ad"):
        further = _count(text, following) - _count(text, point)
        both_at = own.lower().startswith("at ") and other.lower().startswith("at ")
        if further != 1 and not (both_at and 1 < further <= _LEFT_OUT):
            return False
    if kind == "letter" and _is_next_letter(text, point, following):
        return True
    if kind != "at" and own.lower().startswith("at "):
        return kind == "bullet" or other[:1].islower() or _AT_LATER.match(other) is not None
    if kind != "number" or not own[:1].islower() or not other[:1].isupper():
        return True
    return _AT_LATER.match(other) is not None


def _is_next_letter(text: str, point: int, following: int) -> bool:
    """Whether "c)" stands behind "b)": surely the next point, with whatever word it begins."""
    one, other = (_SMALL_LETTER.match(text, at) for at in (point, following))
    return one is not None and other is not None and ord(other[1]) - ord(one[1]) == 1


def _count(text: str, line: int) -> int:
    """The number that a line begins with, of "3.1" both parts as 301; -1 without one."""
    number = _NUMBER.search(text, line, line + 20)
    return int(number[1] or 0) * 100 + int(number[2]) if number else -1


def _indent(text: str, point: int) -> int:
    """How far the line of a point is moved in."""
    at = line = text.rfind("\n", 0, point) + 1
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at - line
