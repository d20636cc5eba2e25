"""Lines for people that stay readable in a narrow terminal. Light: a search imports it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence

from corpus.counts import counted as counted
from pipeline.export.safety import on_one_line, width

Style = Callable[[str], str]
INDENT = "    "
GAP = "  "
NARROW_TEXT = 14  # columns below which a text in a table is not broken
NARROWEST = 24
MARK_START, MARK_END = "\x02", "\x03"  # stand for the marks while lines are broken; documents cannot hold them here


def wrapped(text: str, columns: int, indent: str = INDENT) -> str:
    """The text in lines of at most ``columns``, each indented; words are cut only when one is longer than a line."""
    room = max(columns - len(indent), NARROWEST)
    return "\n".join(f"{indent}{line}" for line in textwrap.wrap(text, room, break_on_hyphens=False))


def marked(text: str, spans: Iterable[Sequence[int]], columns: int, mark: Style | None) -> str:
    """One paragraph with its ``spans`` marked: by ``mark`` (bold), or by «…» without one."""
    pieces, last = [], 0
    for start, end in sorted((int(span[0]), int(span[1])) for span in spans):
        if start < last or end <= start:
            continue
        pieces += [on_space(text[last:start]), MARK_START, on_space(text[start:end]), MARK_END]
        last = end
    lines = wrapped(" ".join("".join([*pieces, on_space(text[last:])]).split()), columns)
    if mark is None:
        return lines.replace(MARK_START, "«").replace(MARK_END, "»")
    return _painted(lines, mark)


def on_space(text: str) -> str:
    """Without control characters, each run of blanks one blank; blanks at the ends stay, for the pieces are joined."""
    inner = on_one_line(text)
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"


def _painted(lines: str, mark: Style) -> str:
    """Marks that run over a line end are painted line by line."""
    done, inside = [], False
    for line in lines.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        line = indent + (MARK_START if inside else "") + line.lstrip()
        inside = line.rfind(MARK_START) > line.rfind(MARK_END)
        line += MARK_END if inside else ""
        first, *rest = line.split(MARK_START)
        done.append(first + "".join(mark(bold) + tail for bold, _, tail in (part.partition(MARK_END) for part in rest)))
    return "\n".join(done)


def place(path: object, page: object) -> str:
    """ "indbakke/brev.eml!bilag.pdf, page 3"."""
    return on_one_line(f"{path}, page {page}" if page is not None else str(path))


def in_columns(rows: Sequence[Sequence[str]], texts: int, columns: int) -> str:
    """Rows under their headings, the first: ``texts`` cells to the left, then figures to the right.

    Where that is wider than ``columns``, the texts are broken; where that is not enough, each figure gets a line under
    its row's texts, behind its heading.
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    room = columns - sum(widths[texts:]) - len(GAP) * (len(widths) - 1)
    if room < sum(min(each, NARROW_TEXT) for each in widths[:texts]):
        return _upright(rows, texts, columns)
    while sum(widths[:texts]) > room:
        widths[widths.index(max(widths[:texts]))] -= 1
    lines: list[str] = []
    for row in rows:
        broken = [textwrap.wrap(text, each) or [""] for text, each in zip(row[:texts], widths, strict=False)]
        for number in range(max(map(len, broken), default=1)):
            cells = [_to_left(part[number] if number < len(part) else "", widths[n]) for n, part in enumerate(broken)]
            figures = [_to_right("" if number else text, widths[texts + n]) for n, text in enumerate(row[texts:])]
            lines.append(GAP.join([*cells, *figures]).rstrip())
    return "".join(f"{line}\n" for line in lines)


def _upright(rows: Sequence[Sequence[str]], texts: int, columns: int) -> str:
    heading, *others = rows
    named = max(map(width, heading[texts:]), default=0)
    lines = [wrapped(" · ".join(filter(None, heading[:texts])), columns, "")]
    for row in others:
        lines.append(wrapped(" · ".join(filter(None, row[:texts])), columns, ""))
        figures = [(name, text) for name, text in zip(heading[texts:], row[texts:], strict=True) if text]
        most = max((width(text) for _, text in figures), default=0)
        lines += [f"{INDENT}{_to_left(name, named)}{GAP}{_to_right(text, most)}" for name, text in figures]
    return "".join(f"{line}\n" for line in lines)


def _to_left(text: str, room: int) -> str:
    return text + " " * (room - width(text))


def _to_right(text: str, room: int) -> str:
    return " " * (room - width(text)) + text


def beside_or_below(rows: Sequence[Sequence[str]], columns: int) -> str:
    """Rows as :func:`aligned`; where one is wider than ``columns``, the last cell of each goes on lines of its own."""
    printed = aligned(rows)
    if all(width(line) <= columns for line in printed.split("\n")):
        return printed
    lines = []
    for row in rows:
        indent = " " * (len(row[0]) - len(row[0].lstrip()))
        lines += [wrapped(GAP.join(filter(None, (cell.strip() for cell in row[:-1]))), columns, indent)]
        lines += [wrapped(row[-1], columns, f"{indent}{INDENT}")]
    return "".join(f"{line}\n" for line in lines)


def aligned(rows: Sequence[Sequence[str]], columns: int | None = None) -> str:
    """Rows of two or more cells in columns; the last column runs free, or is broken so that ``columns`` are enough."""
    widths = [max(map(width, column)) for column in list(zip(*rows, strict=True))[:-1]]
    lines = []
    for row in rows:
        cells = [cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=False)]
        last = [row[-1]]
        if columns is not None:
            room = max(columns - sum(each + 2 for each in widths), NARROWEST)
            last = textwrap.wrap(row[-1], room, break_long_words=False, break_on_hyphens=False) or [""]
        blank = [" " * each for each in widths]
        lines += ["  ".join([*(blank if number else cells), text]).rstrip() for number, text in enumerate(last)]
    return "".join(f"{line}\n" for line in lines)
