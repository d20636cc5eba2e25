"""Senders and recipients in the headers of messages, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.model import Address
from pipeline.facts.persons.lists import field_at
from pipeline.facts.persons.names import Named, Span, behind_titles, is_person
from pipeline.language import Prose
from pipeline.mail.addresses import display_name, parse_recipients, parse_senders
from pipeline.mail.answers import without_inline
from pipeline.mail.headers import Block, read_block
from pipeline.mail.heads import Head, all_heads
from pipeline.mail.labelled import LABEL_REACH, starts_block
from pipeline.mail.labels import Field, vocabulary
from pipeline.mail.lines import Line, split_lines
from pipeline.mail.signatures import is_untold

FIELDS: tuple[Field, ...] = ("from", "to", "cc")
_CLOSED = re.compile(r":[*_ \t\xa0]*(?:\n|$)")
_DAY_OR_ADDRESS = re.compile(r"\d|@")
LONGEST_INTRO = 400
LONGEST_ADDRESS = 120
LONGEST_TIME = 40
BEFORE = 400
BEHIND = 1_500
LONGEST_HEADER = 8_000
"""How many characters before and behind a mark are looked at, and behind it where a header fills the first."""
OVERLAP = 400


def from_headers(prose: Prose, labels: list[Span]) -> list[Named]:
    """The senders and recipients named in headers and introductions of quoted messages, in printed order.

    ``labels``: where the labels of the text begin, and their colons. ``name`` is without the parenthesised
    organisation; addresses alone, offices and redacted names are nobody.
    """
    text = prose.text
    found: list[Named] = []
    done = {False: 0, True: 0}
    for mark, other in sorted(_marks(prose, labels)):
        if mark < done[other]:
            continue
        start = max(min(done.values()), text.rfind("\n", 0, max(0, mark - BEFORE)) + 1)
        end = _line_end(text, mark + BEHIND)
        people, last = _in_window(text[start:end], other=other)
        if last and end - start - last < OVERLAP and end < len(text):
            people, last = _in_window(text[start : _line_end(text, mark + LONGEST_HEADER)], other=other)
        found += [each.moved(start) for each in people]
        reach = start + last if last else max(mark + 1, end - OVERLAP if end < len(text) else end)
        done = {False: reach, True: reach if last or other else done[True]}
    return found


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return end if end >= 0 else len(text)


def _in_window(text: str, *, other: bool) -> tuple[list[Named], int]:
    """The people of the first header, and where it ends; 0 where there is none. ``other``: it may have no labels."""
    lines = split_lines(text)
    for number, line in enumerate(lines):
        block = read_block(text, lines, number) if starts_block(text, line) else None
        if block is not None:
            return _of_block(text, block), lines[block.last].end + 1
    heads = all_heads(text, lines) if other else []
    heads = without_inline(lines, heads) or heads
    return (_of_head(text, lines, heads[0]), lines[heads[0].last].end + 1) if heads else ([], 0)


def _of_block(text: str, block: Block) -> list[Named]:
    spans = [(field, span) for field in FIELDS for span in _joined(block.spans.get(field, []))]
    people = [named for field, (start, end) in spans for named in _in_value(text, field, start, end)]
    return sorted(people, key=lambda named: named.start)


def _of_head(text: str, lines: Sequence[Line], head: Head) -> list[Named]:
    named = [*([head.sender] if head.sender else []), *head.to, *head.cc]
    return list(_printed_names(text, named, lines[head.first].start, lines[head.last].end))


# --- marks ----------------------------------------------------------------------------------------------------


@cache
def _verbs() -> frozenset[str]:
    """The last word of what introduces a quoted message: "skrev", "written" of "has written"."""
    alone = {verb for verb in vocabulary().verbs if " " not in verb}
    longer = (verb.split()[-1] for verb in vocabulary().verbs if alone.isdisjoint(verb.split()))
    return frozenset([*alone, *longer, *(second for _, second in vocabulary().halves)])


@cache
def _sender_labels() -> frozenset[str]:
    """The words for a sender, without those that are everywhere ("de", "da")."""
    words = (word for word, field in vocabulary().labels.items() if field == "from")
    return frozenset(word for word in words if len(word) > 2 and word != "van")


def _marks(prose: Prose, labels: list[Span]) -> Iterator[tuple[int, bool]]:
    """Where a header may stand, by what is cheap to see: to read its lines is dear.

    True where it may be another than a block of labels that begins with the sender's or has it.
    """
    text = prose.text
    yield from ((at, True) for at in _places(text, "@") if text.find(">", at, at + LONGEST_ADDRESS) >= 0)
    yield from ((at, True) for at in _places(text, ">>>"))
    yield from ((start, True) for start, end in prose.places(_verbs()) if _may_introduce(text, start, end))
    if "|" in text or "\t" in text or "    " in text:
        yield from ((start, False) for start, end in prose.places(_sender_labels()) if _is_cell(text, end))
    for start, colon in labels:
        field = field_at(text[start:colon]) if colon - start < LABEL_REACH else None
        if field == "from" or (field == "to" and _is_below_time(text, start)):
            yield start, field == "to"
    for entry in (words for words in vocabulary().entries if prose.words.issuperset(words.split())):
        yield from ((at, True) for at in _places(prose.lower, entry) if _begins_line(text, at))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _is_below_time(text: str, start: int) -> bool:
    """A short line with a figure stands above: "Bo Berg", below it "3. mar. 2021 kl. 14.05", below that "Til: …"."""
    end = text.rfind("\n", 0, start)
    line = text[text.rfind("\n", max(0, end - LONGEST_TIME), max(0, end)) + 1 : max(0, end)]
    return 0 < len(line) <= LONGEST_TIME and any(map(str.isdigit, line))


def _may_introduce(text: str, start: int, end: int) -> bool:
    """ "Den 3. marts 2021 skrev Bo Berg:" in at most four lines: a day or an address, and a colon that ends a line."""
    closed = _CLOSED.search(text, end, end + LONGEST_INTRO)
    if closed is None or "\n\n" in text[end : closed.start()] or text.count("\n", end, closed.start()) > 3:
        return False
    return _DAY_OR_ADDRESS.search(text, max(0, start - LONGEST_INTRO // 2), closed.start()) is not None


def _begins_line(text: str, at: int) -> bool:
    floor = max(0, at - LABEL_REACH)
    return not text[max(text.rfind("\n", floor, at) + 1, floor) : at].strip(" \t>*_#-")


def _is_cell(text: str, end: int) -> bool:
    return text[end : end + 3].strip(" *")[:1] in ("|", "\t") or text[end : end + 3] == "   "


# --- names ----------------------------------------------------------------------------------------------------


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of a value as one stretch of text."""
    return [(spans[0][0], spans[-1][1])] if spans else []


def _in_value(text: str, field: Field, start: int, end: int) -> Iterator[Named]:
    value = text[start:end]
    unquoted = re.sub(r"\n[ \t>]*", "\n", value)
    named = parse_senders(unquoted) if field == "from" else parse_recipients(unquoted)
    yield from _printed_names(text, named, start, end)


def _printed_names(text: str, addresses: list[Address], position: int, end: int) -> Iterator[Named]:
    """The names of these participants where they stand in ``text[position:end]``, one behind the other."""
    for address in addresses:
        name = display_name(address.name or "")
        begin, role = behind_titles(name, 0, len(name))
        name = name[begin:]
        if is_untold(name) or not is_person(name):
            continue
        found = _printed(name).search(text, position, end)
        if found:
            position = found.end()
            yield Named(found.start(), found.end(), name, role)


def _printed(name: str) -> re.Pattern[str]:
    """The name as it may stand in the text: wrapped over lines, its punctuation escaped for Markdown."""
    return re.compile(r"[\s>]+".join(r"\\*".join(map(re.escape, _pieces(token))) for token in name.split()))


def _pieces(token: str) -> list[str]:
    return [piece for piece in re.split(r"(?=[^\w\s])", token) if piece]
