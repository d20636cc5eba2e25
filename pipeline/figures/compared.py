"""Differences of two papers as rows and as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal

from corpus.model import exact
from pipeline.export.layout import Style, wrapped
from pipeline.export.rows import Row
from pipeline.export.safety import on_one_line
from pipeline.export.tables import UNIT_WORDS, danish
from pipeline.figures.differences import Difference

LONGEST_QUOTE = 300
"""Characters of a sentence that people are shown; the other formats have it whole."""


def difference_row(found: Difference) -> Row:
    """The texts that are empty as None; figures among texts in plain notation."""
    row: Row = {name: None if value == "" else value for name, value in asdict(found).items()}
    for name in ("before", "after"):
        value = getattr(found, name)
        row[name] = format(value, "f") if isinstance(value, Decimal) else value
    return row


def difference_lines(found: Iterable[Difference], columns: int, bold: Style | None) -> Iterator[str]:
    """The differences under the names of the proposals."""
    last = None
    for each in found:
        if each.proposal != last:
            heading = wrapped(on_one_line(each.proposal), columns, "")
            yield f"{'' if last is None else chr(10)}{bold(heading) if bold else heading}\n"
            last = each.proposal
        yield wrapped(on_one_line(_said(each)), columns, "  ") + "\n"
        if each.told:
            yield wrapped(f"({on_one_line(each.told)})", columns) + "\n"
        if each.quote:
            yield wrapped(f"“{shortened(each.quote)}”", columns) + "\n"


def _said(found: Difference) -> str:
    when = " ".join(filter(None, (str(found.year or ""), found.column)))
    label = found.label + (f" (now: {found.new_label})" if found.new_label and found.change != "renamed" else "")
    what = " ".join(filter(None, (found.what if found.what != "figure" else "", label, when)))
    pages = _pages(found)
    if found.change == "added":
        return f"+ {what}: {_value(found.after, found.unit)}{pages}"
    if found.change == "removed":
        return f"- {what}: {_value(found.before, found.unit)}{pages}"
    both = f"{_value(found.before, found.unit)} -> {_value(found.after, found.new_unit or found.unit)}"
    if found.change == "renamed":
        return f"~ row renamed: {found.before} -> {found.after}{pages}"
    if found.change == "incomparable":
        return f"? {what}: {both}, not to be subtracted{pages}"
    off = "" if found.difference is None else f" ({_signed(found.difference)})"
    return f"~ {what}: {both}{off}{pages}"


def shortened(quote: str) -> str:
    """A sentence on one line, its middle left out where it is very long."""
    line = on_one_line(quote)
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE // 2]} … {line[-LONGEST_QUOTE // 2 :]}"


def _value(value: Decimal | str | None, unit: str | None) -> str:
    if value is None:
        return "(not told)"
    if isinstance(value, str) and unit is None:
        return value
    named = UNIT_WORDS.get(unit or "", unit or "(unit not told)")
    figures = value.split("..") if isinstance(value, str) else [format(exact(value), "f")]
    return f"{'–'.join(map(danish, figures))} {named}"


def _signed(value: Decimal) -> str:
    printed = danish(format(exact(value), "f"))
    return printed if value < 0 else f"+{printed}"


def _pages(found: Difference) -> str:
    pages = [str(page) for page in (found.before_page, found.after_page) if page is not None]
    return f"  [page {' and '.join(pages)}]" if pages else ""
