"""What pdfminer knows of a PDF beside its pages' own text: fields, comments, metadata, bookmarks, embedded files.

It gives the dictionaries of the file as they are, and broken files lead it anywhere; what cannot be read is left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from corpus.limits import Limits, at_limit
from corpus.model import Bookmark, Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import pdf_metadata
from corpus.readers.pdf_annotations import LARGEST, LETTER, TICKED, UNTICKED, Comment
from corpus.reading import Child

HIDDEN = 0x02 | 0x20
"""Annotation flags (PDF 1.7, table 165): hidden, not to be shown."""
RADIO, PUSHBUTTON, PASSWORD = 1 << 15, 1 << 16, 1 << 13
"""Field flags (PDF 1.7, tables 226 and 228)."""
NOT_SAID = frozenset(["Widget", "Link", "Popup"])
MAX_DEPTH = 50


class LaidOver(NamedTuple):
    """What a page has laid over it: values of fields as pdfplumber's characters, and comments."""

    chars: list[dict[str, Any]]
    comments: list[Comment]


def laid_over(page: Any) -> LaidOver:
    """The annotations of a pdfplumber page. Free text is printed where it stands, as a field's value is."""
    chars: list[dict[str, Any]] = []
    comments: list[Comment] = []
    for annotation in page.annots:
        entries = annotation["data"]
        kind = _name(entries.get("Subtype"))
        if _number(entries.get("F")) & HIDDEN:
            continue
        if kind == "Widget":
            chars += _characters(annotation, _value(entries))
        elif kind == "FreeText":
            chars += _characters(annotation, _string(entries.get("Contents")))
        elif kind not in NOT_SAID and (said := _string(entries.get("Contents"))) and "StateModel" not in entries:
            comments.append(Comment(annotation["top"], annotation["x0"], _string(entries.get("T")), said))
    return LaidOver(chars, comments)


def metadata(document: Any) -> dict[str, str]:
    """As :func:`corpus.readers.pdf_metadata.metadata`, of a pdfminer document."""
    printed: dict[str, str] = {}
    for info in document.info:
        printed |= {key: _string(value) for key, value in info.items()}
    return pdf_metadata.metadata(printed)


def bookmarks(document: Any, page_ids: list[Any]) -> list[Bookmark]:
    """The bookmarks of a pdfminer document, whose pages have these object ids."""
    numbers = {page_id: number for number, page_id in enumerate(page_ids, 1)}
    found: list[Bookmark] = []
    with suppress(Exception):  # also where there are none; what came before a broken one stands
        for level, title, target, action, _ in itertools.islice(document.get_outlines(), pdf_metadata.MOST_BOOKMARKS):
            said = " ".join(_string(title).split())
            if said:
                page = _page_of(document, target or _resolved(action), numbers)
                found.append(Bookmark(title=said, page=page, level=level - 1))
    return found


def page_labels(document: Any, pages: int) -> list[str]:
    """The printed numbers of the first ``pages`` pages, none where they only count from 1."""
    with suppress(Exception):  # also where the file has none
        return pdf_metadata.labels_that_tell(list(itertools.islice(document.get_page_labels(), pages)))
    return []


def embedded(document: Any, limits: Limits, problems: list[Problem]) -> list[Child]:
    """Files attached to a pdfminer document, within the limits on number and size."""
    children: list[Child] = []
    size = 0
    try:
        tree = _resolved(_resolved(document.catalog.get("Names")).get("EmbeddedFiles"))
        for name, file in _leaves(tree, 0):
            data = _resolved(_resolved(file["EF"])["F"]).get_data()
            size += len(data)
            if len(children) >= limits.children or size > limits.children_size:
                note = f"Embedded files from number {len(children) + 1} on are over the limit."
                problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "children", "children_size")))
                break
            said = _string(file.get("UF") or file.get("F")) or name or f"embedded-{len(children) + 1}"
            children.append(Child(name=said, media_type="application/octet-stream", data=data))
    except AttributeError:
        pass  # a document without a tree of names
    except Exception as error:  # broken bytes
        note = f"Embedded files of the PDF cannot be read ({type(error).__name__})."
        problems.append(problem(Code.UNREADABLE, note))
    return children


def _leaves(tree: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Names and values of a name tree (PDF 1.7, 7.9.6)."""
    names = _resolved(tree.get("Names")) or []
    for name, value in zip(names[::2], names[1::2], strict=False):
        yield _string(name), _resolved(value)
    if depth < MAX_DEPTH:
        for kid in _resolved(tree.get("Kids")) or []:
            yield from _leaves(_resolved(kid), depth + 1)


def _page_of(document: Any, target: Any, numbers: dict[Any, int]) -> int | None:
    with suppress(Exception):  # a bookmark that leads nowhere
        target = _resolved(target)
        if isinstance(target, dict):
            target = _resolved(target.get("D"))
        if isinstance(target, bytes) or hasattr(target, "name"):
            target = _resolved(document.get_dest(getattr(target, "name", target)))
        if isinstance(target, dict):
            target = _resolved(target.get("D"))
        return numbers.get(target[0].objid)
    return None


def _value(field: Any) -> str:
    """What a field shows, "" for nothing."""
    kind, flags = _name(_inherited(field, "FT")), _number(_inherited(field, "Ff"))
    if kind == "Btn":
        if flags & PUSHBUTTON:
            return ""
        return TICKED if _name(field.get("AS")) not in ("", "Off") else UNTICKED
    if kind not in ("Tx", "Ch") or (kind == "Tx" and flags & PASSWORD):
        return ""
    value = _inherited(field, "V")
    values = value if isinstance(value, list) else [value]
    return "\n".join(_shown(field, _string(each)) for each in values)


def _shown(field: Any, value: str) -> str:
    """The text of an option whose value this is; the value itself where no option has it."""
    for option in _inherited(field, "Opt") or []:
        option = _resolved(option)
        if isinstance(option, list) and len(option) == 2 and _string(option[0]) == value:
            return _string(option[1])
    return value


def _inherited(field: Any, key: str) -> Any:
    """The entry of a field, or of a field above it (PDF 1.7, 12.7.3)."""
    for _ in range(MAX_DEPTH):
        if field is None or key in field:
            break
        field = _resolved(field.get("Parent"))
    return None if field is None else _resolved(field.get(key))


def _characters(annotation: Any, text: str) -> list[dict[str, Any]]:
    """The text as pdfplumber's characters in the box of its annotation, a line of it below the other."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    width, height = annotation["x1"] - annotation["x0"], annotation["bottom"] - annotation["top"]
    size = min(height / len(lines), LARGEST, width / (LETTER * max(map(len, lines))))
    top = annotation["top"] + (height - size * len(lines)) / 2
    return [
        {
            "text": letter,
            "x0": annotation["x0"] + at * size * LETTER,
            "x1": annotation["x0"] + (at + 1) * size * LETTER,
            "top": top + row * size,
            "bottom": top + (row + 1) * size,
            "matrix": (1, 0, 0, 1, 0, 0),
        }
        for row, line in enumerate(lines)
        for at, letter in enumerate(line)
    ]


def _resolved(value: Any) -> Any:
    from pdfminer.pdftypes import resolve1

    return resolve1(value)


def _name(value: Any) -> str:
    value = getattr(_resolved(value), "name", "")
    return value if isinstance(value, str) else ""


def _number(value: Any) -> int:
    value = _resolved(value)
    return value if isinstance(value, int) else 0


def _string(value: Any) -> str:
    """A text string (PDF 1.7, 7.9.2.2), normalised."""
    from pdfminer.utils import decode_text

    value = _resolved(value)
    if hasattr(value, "get_data"):
        value = value.get_data()
    text = decode_text(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return normalise(text).replace("\r", "\n").strip()
