"""Checks as rows and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from corpus.model import exact
from pipeline.export.layout import INDENT, Style, counted, place, wrapped
from pipeline.export.rows import Row
from pipeline.export.safety import on_one_line, width
from pipeline.export.tables import UNIT_WORDS, danish
from pipeline.figures.verdicts import Spot, Status, Verdict

MOST_NAMED = 12


def verdict_row(verdict: Verdict, pictures: list[str]) -> Row:
    """One row per check. ``from``: the ids of the figures that the expected one comes from, with path and page."""
    spot = verdict.spot
    return {
        "status": verdict.status.value,
        "rule": verdict.rule,
        "path": spot.path,
        "document": verdict.document,
        "page": spot.page,
        "bbox": spot.box,
        "part": verdict.part,
        "label": spot.label,
        "raw": spot.raw or None,
        "year": verdict.year,
        "column": verdict.column,
        "unit": verdict.unit,
        "found": exact(verdict.found),
        "expected": exact(verdict.expected),
        "difference": exact(verdict.difference),
        "tolerance": exact(verdict.tolerance),
        "id": spot.id or None,
        "from": [f"{other.id} ({place(other.path, other.page)})" for other in verdict.others],
        "told": said(verdict),
        "pictures": pictures,
        "sha256": spot.sha256,
    }


def said(verdict: Verdict) -> str:
    """The check in one sentence with both figures."""
    unit = UNIT_WORDS.get(verdict.unit, verdict.unit)
    when = f" {verdict.year or verdict.column}" if verdict.year or verdict.column else ""
    found, expected = _figure(verdict.found), _figure(verdict.expected)
    off = f"difference {_figure(verdict.difference)}, rounding explains {_figure(verdict.tolerance)}"
    if verdict.rule == "kr. per årsværk":
        each = f"{danish(verdict.told)} kr. for each"
        return f"{verdict.rule}{when}: {found} årsværk and {expected} kr. saved, that is {each}."
    if verdict.rule in ("copy = proposal", "summary = proposal", "list = proposal", "mail = proposal"):
        what = verdict.rule.partition(" ")[0]
        versions = f" Versions of {verdict.told.replace(', ', ' and ')}." if "copy" in what and verdict.told else ""
        return (
            f"{verdict.rule}{when}: the {what} says {found} {unit}, the proposal {expected} {unit} ({off}).{versions}"
        )
    return f"{verdict.rule}{when}: printed {found} {unit}, its figures give {expected} {unit} ({off})."


def _figure(value: Decimal) -> str:
    return danish(format(exact(value), "f"))


def verdict_lines(verdict: Verdict, pictures: list[str], columns: int, room: int, bold: Style | None) -> Iterator[str]:
    """A check for people: where, what, both figures, and the figures behind the expected one.

    ``room``: the columns that a figure with its place may take before it is broken.
    """
    spot = verdict.spot
    heading = wrapped(f"{verdict.status.value}: {place(spot.path, spot.page)}", columns, "")
    yield f"{bold(heading) if bold and verdict.status is Status.FAILS else heading}\n"
    yield wrapped(on_one_line(said(verdict)), columns, "  ") + "\n"
    yield _lines(_spot(spot), room, INDENT)
    for other in verdict.others[:MOST_NAMED]:
        elsewhere = f"  {place(other.path, other.page)}" if (other.path, other.page) != (spot.path, spot.page) else ""
        yield _lines(f"{_spot(other)}{elsewhere}", room, INDENT + INDENT)
    if len(verdict.others) > MOST_NAMED:
        yield f"{INDENT}{INDENT}and {len(verdict.others) - MOST_NAMED} more\n"
    yield from (_lines(f"picture: {on_one_line(picture)}", room, INDENT) for picture in pictures)
    yield "\n"


def _lines(text: str, columns: int, indent: str) -> str:
    """The text on its line if it fits, else broken between words, further in."""
    if width(text) + len(indent) <= columns:
        return f"{indent}{text}\n"
    return wrapped(" ".join(text.split()), columns, indent) + "\n"


def _spot(spot: Spot) -> str:
    box = "" if spot.box is None else f"  box {' '.join(f'{side:g}' for side in spot.box)}"
    named = on_one_line(f"{spot.label} {spot.raw}".strip())
    return f"{named}{f'  [{spot.id}]' if spot.id else ''}{box}"


def summary(counts: Counter[Status], documents: int) -> str:
    """What all the checks came to, for stderr."""
    total = sum(counts.values())
    said = (
        f"{counted(counts[Status.HOLDS], 'holds', 'hold')}, {counted(counts[Status.FAILS], 'fails', 'fail')}, "
        f"{counted(counts[Status.REMARK], 'remark')}"
    )
    return f"{counted(total, 'check')} in {counted(documents, 'document')}: {said}."
