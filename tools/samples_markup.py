"""The inline marks of the sample sources: one text from which the document and its gold both come.

`{{a 11000000;role=efficiency|11 mio. kr.}}` prints "11 mio. kr." and says that this is an amount of 11000000.
Marks nest (a decision's sentence holds its amounts). The letters:

a amount (value or low..high) · f FTE (value) · d date (from, from..to or from.., then the precision) · c committee
(name) · x decision (verb) · r reference (kind:value) · i identifier (kind:value) · p person
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TYPES = {
    "a": "amount",
    "f": "fte",
    "d": "date",
    "c": "committee",
    "x": "decision",
    "r": "reference",
    "i": "identifier",
    "p": "person",
}
WHOLE_NUMBERS = {"year", "price_level", "budget_year"}


@dataclass
class Marked:
    """A text without its marks, and the records they stood for in print order."""

    text: str
    records: list[dict[str, Any]] = field(default_factory=list)


def parse(source: str) -> Marked:
    """Take the marks out of a source. Raises ValueError for a mark that is not closed."""
    out = Marked("")
    open_marks: list[tuple[int, dict[str, Any]]] = []
    at = 0
    while at < len(source):
        if source.startswith("{{", at):
            bar = source.index("|", at)
            record = _record(source[at + 2 : bar])
            open_marks.append((len(out.text), record))
            out.records.append(record)
            at = bar + 1
        elif source.startswith("}}", at):
            start, record = open_marks.pop()
            _finish(record, out.text[start:])
            at += 2
        else:
            out.text += source[at]
            at += 1
    if open_marks:
        raise ValueError(f"a mark is not closed: {open_marks[-1][1]}")
    return out


def _record(head: str) -> dict[str, Any]:
    letter, _, rest = head.partition(" ")
    record: dict[str, Any] = {"type": TYPES[letter]}
    bare = []
    for item in filter(None, (piece.strip() for piece in rest.split(";"))):
        name, equals, value = item.partition("=")
        if equals:
            record[name] = _typed(name, value)
        else:
            bare.append(item)
    _MAIN[record["type"]](record, bare)
    return record


def _typed(name: str, value: str) -> Any:
    if value in ("true", "null"):
        return True if value == "true" else None
    return int(value) if name in WHOLE_NUMBERS else value


def _quantity(record: dict[str, Any], bare: list[str]) -> None:
    low, dots, high = bare[0].partition("..")
    record |= {"low": low, "high": high} if dots else {"value": low}
    if record["type"] == "amount":
        record.setdefault("currency", "DKK")
    else:
        record.setdefault("unit", "fte")


def _date(record: dict[str, Any], bare: list[str]) -> None:
    first, dots, last = bare[0].partition("..")
    record["from"] = first
    if dots and not last:
        record["open_end"] = True
    else:
        record["to"] = last or first
    record["precision"] = bare[1] if len(bare) > 1 else "day"


def _pair(record: dict[str, Any], bare: list[str]) -> None:
    record["kind"], _, record["value"] = bare[0].partition(":")


def _name(record: dict[str, Any], bare: list[str]) -> None:
    if bare:
        record["name"] = bare[0]
    if record["type"] == "committee":
        record.setdefault("level", "committee")


def _verb(record: dict[str, Any], bare: list[str]) -> None:
    record["verb"] = bare[0]
    record.setdefault("status", "decided")


_MAIN = {
    "amount": _quantity,
    "fte": _quantity,
    "date": _date,
    "committee": _name,
    "person": _name,
    "decision": _verb,
    "reference": _pair,
    "identifier": _pair,
}


def _finish(record: dict[str, Any], text: str) -> None:
    if record["type"] in ("committee", "person"):
        record.setdefault("name", " ".join(text.split()))
    if not (record["type"] == "identifier" and record["kind"] == "cpr"):
        record["text"] = " ".join(text.split())
