"""Marks of footnotes behind the names of rows: "Leje af pavilloner 1)" is "Leje af pavilloner", if note 1 is there."""

from __future__ import annotations

import re

from pipeline.tables.content.cells import RAISED
from pipeline.tables.content.grid import Grid
from pipeline.tables.content.rows import is_footnote

_MARKED = re.compile(
    rf"(?P<name>.*[^\s*])(?:\s?(?:[{RAISED}]{{1,2}}\)?|\*{{1,3}}\)?)|(?:\s?\(|\s|(?<=[^\W\d_]))\d{{1,2}}\)"
    r"|\s?\([a-z]\))",
    re.DOTALL,
)
_BEGUN = re.compile(rf"[{RAISED}]{{1,2}}|\*{{1,3}}|\(?\d{{1,2}}(?=\))|\([a-z]\)")
_ALONE = re.compile(rf"\(?\d{{1,2}}\)|\*{{1,3}}\)?|[{RAISED}]{{1,2}}\)?|\(?[a-z]\)")
_PLAIN = str.maketrans(RAISED, "123456789", "() ")


def noted_marks(grid: Grid) -> frozenset[str]:
    """The marks with which the lines below a table begin that are its notes, without brackets."""
    begun = (_BEGUN.match(line.text) for line in grid.below if is_footnote(line.text))
    return frozenset(_mark(found[0]) for found in begun if found is not None)


def is_mark(text: str) -> bool:
    """True for the mark of a footnote and nothing more: "1)", "*)", "²"."""
    return _ALONE.fullmatch(text) is not None


def without_mark(label: str, noted: frozenset[str]) -> str:
    """A label without the mark at its end, if that is one of ``noted``; its cell keeps it."""
    found = _MARKED.fullmatch(label) if noted else None
    name = found["name"] if found is not None else label
    marked = name.count("(") == name.count(")") and _mark(label[len(name) :]) in noted
    return name if marked else label


def _mark(text: str) -> str:
    return text.strip().translate(_PLAIN)
