"""The sentence around a record, as a reader wants to see it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.blocks import Gathered
from corpus.model import AnyPart, Message, Quantity, Record
from corpus.store.entries import Quote
from pipeline.language import Prose, prose_of

AT_ONCE = 500
"""So many are objects at a time."""
LONGEST = 600  # characters; a longer sentence is cut around the record, with "…" where it goes on


def quotes(parts: Sequence[AnyPart], records: Sequence[Record]) -> Sequence[Quote]:
    """One quote per record, blanks and line ends run together; a table's record is quoted with its printed line.

    Where answers stand between quoted lines, what is quoted keeps its mark: they are another person's words.
    """
    texts = {part.index: part.text for part in parts}
    inline = {part.index for part in parts if isinstance(part, Message) and part.inline}
    proses: dict[int, Prose] = {}
    found: Gathered[Quote] = Gathered(Quote, AT_ONCE)
    for record in records:
        text = texts.get(record.part, "")
        if record.source == "table":
            span = _line(text, record.start, record.end)
        else:
            prose = proses.get(record.part)
            if prose is None:
                prose = proses[record.part] = prose_of(text)
            span = prose.bounds(record.start, record.end)
        quote = _cut(text, span, record.start, record.end)
        if record.part in inline and text[text.rfind("\n", 0, record.start) + 1 :].lstrip(" \t").startswith(">"):
            quote = _marked(quote)
        label = record.label if record.source == "table" and isinstance(record, Quantity) else None
        found.add([_labelled(quote, label) if label else quote])
    return found.all()


def _marked(quote: Quote) -> Quote:
    """With the mark of a quotation in front, unless it begins with one."""
    return quote if quote.text.startswith(">") else Quote(f"> {quote.text}", quote.start + 2, quote.end + 2)


def _labelled(quote: Quote, label: str) -> Quote:
    """The printed line under its whole label: a label over several lines has only one of them beside the figures."""
    line, words = quote.text.split(), label.split()
    shared = 0
    while shared < len(line) and _holds(words, line[: shared + 1]):
        shared += 1
    cut = len(" ".join(line[:shared])) + (1 if 0 < shared < len(line) else 0)
    if cut > quote.start:
        return quote
    rest = quote.text[cut:]
    shift = len(" ".join(words)) + 1 - cut
    return Quote(f"{' '.join(words)} {rest}", quote.start + shift, quote.end + shift)


def _holds(words: Sequence[str], some: Sequence[str]) -> bool:
    """Whether ``some`` stand in ``words`` side by side."""
    return any(words[at : at + len(some)] == some for at in range(len(words) - len(some) + 1))


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _cut(text: str, span: tuple[int, int], start: int, end: int) -> Quote:
    low, high = span
    before, after = "", ""
    if high - low > LONGEST:
        room = max(LONGEST - (end - start), 0) // 2
        if start - room > low:
            low = max(text.find(" ", start - room, start) + 1, start - room)
            before = "… "
        if end + room < high:
            blank = text.rfind(" ", end, end + room)
            high = blank if blank >= 0 else end + room
            after = " …"
    left, middle, right = (_tight(text[a:b]) for a, b in ((low, start), (start, end), (end, high)))
    left = before + left.lstrip()
    return Quote(left + middle + right.rstrip() + after, len(left), len(left) + len(middle))


def _tight(text: str) -> str:
    """Each run of blanks as one blank, at the ends too."""
    if text.isprintable() and "  " not in text:  # no other blank, and nowhere two
        return text
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"
