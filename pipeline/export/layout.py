"""Lines for people that stay readable in a narrow terminal. Light: a search imports it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Sequence

from pipeline.export.safety import on_one_line, width

Style = Callable[[str], str]
INDENT = "    "
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


def counted(count: int, one: str, many: str | None = None) -> str:
    """ "1 document", "2 documents", "0 queries": every count that is printed goes through here."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def place(path: object, page: object) -> str:
    """ "indbakke/brev.eml!bilag.pdf, page 3"."""
    return on_one_line(f"{path}, page {page}" if page is not None else str(path))


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of two or more cells in columns; the last column runs free."""
    widths = [max(map(width, column)) for column in list(zip(*rows, strict=True))[:-1]]
    lines = []
    for row in rows:
        cells = [cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "".join(f"{line}\n" for line in lines)
