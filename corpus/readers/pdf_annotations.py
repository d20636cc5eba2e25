"""What is laid over a PDF page: fields of forms that print nothing themselves, and comments.

pdfium prints fields and stamps into a page when it is flattened, and makes their appearance where they have none. What
is left are check boxes, of which the appearance may be a drawing, fields with an empty appearance, and comments, which
a person opens.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium_c

from corpus.normalise import normalise
from corpus.readers.pdf_bulk import fast, wide_string
from corpus.readers.pdf_chars import Bools, Chars, Floats, Frame, written
from corpus.readers.pdf_files import Attached, read_attached
from corpus.readers.pdf_opened import OpenPage

TICKED, UNTICKED = "☑", "☐"
LETTER, LARGEST = 0.5, 12.0
"""A letter of a field without an appearance: its width in its size, and the size where the field does not limit it."""
FORMS = frozenset([pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX])
BOXES = frozenset([pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON])
MARKUP = frozenset(
    [
        pdfium_c.FPDF_ANNOT_HIGHLIGHT,
        pdfium_c.FPDF_ANNOT_UNDERLINE,
        pdfium_c.FPDF_ANNOT_SQUIGGLY,
        pdfium_c.FPDF_ANNOT_STRIKEOUT,
    ]
)
DRAWN = frozenset(
    [
        pdfium_c.FPDF_ANNOT_SQUARE,
        pdfium_c.FPDF_ANNOT_CIRCLE,
        pdfium_c.FPDF_ANNOT_POLYGON,
        pdfium_c.FPDF_ANNOT_POLYLINE,
        pdfium_c.FPDF_ANNOT_LINE,
        pdfium_c.FPDF_ANNOT_INK,
    ]
)
PRINTED = frozenset([pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP])
SHOWN = PRINTED | DRAWN | {pdfium_c.FPDF_ANNOT_HIGHLIGHT}
COMMENTS = (
    MARKUP
    | DRAWN
    | PRINTED
    | {
        pdfium_c.FPDF_ANNOT_TEXT,
        pdfium_c.FPDF_ANNOT_CARET,
        pdfium_c.FPDF_ANNOT_FILEATTACHMENT,
        pdfium_c.FPDF_ANNOT_REDACT,
    }
)
UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW

_count = fast("FPDFPage_GetAnnotCount", ctypes.c_int)

Rect = tuple[float, float, float, float]


class Field(NamedTuple):
    """A field of a form: left, bottom, right, top in user space, and its value. ``is_box``: a check box."""

    rect: Rect
    text: str
    is_box: bool


class Comment(NamedTuple):
    """A comment, with its place on the page as shown; ``author`` is "" where the file does not say."""

    top: float
    left: float
    author: str
    text: str


class Annotations(NamedTuple):
    """What a page has laid over it. ``prints``: some of it is to be printed into the page; ``hidden`` comments."""

    fields: list[Field]
    comments: list[Comment]
    files: list[Attached]
    prints: bool
    hidden: int


NOTHING = Annotations([], [], [], False, 0)


def read_annotations(page: OpenPage, form: Any, frame: Frame) -> Annotations:
    """The annotations of a page; ``form`` is its document's form environment of pypdfium2, or None."""
    count = _count(page.handle)
    if count <= 0:
        return NOTHING
    fields: list[Field] = []
    comments: list[Comment] = []
    files: list[Attached] = []
    prints, hidden = False, 0
    for index in range(count):
        with _opened(page, index) as annotation:
            kind = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            if kind == pdfium_c.FPDF_ANNOT_WIDGET:
                prints = True
                fields += _field(annotation, form)
                continue
            if kind not in COMMENTS:
                continue
            prints = prints or kind in SHOWN
            if kind == pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
                files.append(read_attached(pdfium_c.FPDFAnnot_GetFileAttachment(annotation)))
            comment = _comment(annotation, frame)
            if comment and _is_unseen(annotation):
                hidden += 1
            elif comment:
                comments.append(comment)
    return Annotations(fields, comments, files, prints, hidden)


def make_appearances(page: OpenPage) -> None:
    """Have pdfium draw what has no appearance: it does so for a page that is painted, be it on a single pixel."""
    bitmap = pdfium_c.FPDFBitmap_Create(1, 1, 0)
    pdfium_c.FPDF_RenderPageBitmap(bitmap, page.raw, 0, 0, 1, 1, 0, pdfium_c.FPDF_ANNOT)
    pdfium_c.FPDFBitmap_Destroy(bitmap)


def unprinted(fields: list[Field], chars: Chars, frame: Frame) -> list[Field]:
    """The check boxes, and the fields of which the page prints nothing."""
    return [field for field in fields if field.is_box or not _inside(chars, _box(field, frame)).any()]


def with_fields(chars: Chars, fields: list[Field], frame: Frame) -> Chars:
    """Characters with the values of fields, a tick or an empty box in the place of what a check box shows."""
    for field in fields:
        box = _box(field, frame)
        if field.is_box:
            chars = chars.keep(~_inside(chars, box))
        chars, _ = Chars.joined([chars, _written(field, box)])
    return chars


def comment_lines(comments: Sequence[Comment], text: str) -> str:
    """The comments of a page, from the top down, each as lines of its own; "" for none.

    One that only repeats what the page prints is left out: some programs put the marked words there.
    """
    if not comments:
        return ""
    printed = " ".join(text.split())
    pieces: list[str] = []
    for comment in sorted(comments, key=lambda comment: (round(comment.top), round(comment.left))):
        said = [" ".join(line.split()) for line in comment.text.splitlines()]
        body = "\n".join(line for line in said if line)
        if not body or " ".join(body.split()) in printed:
            continue
        author = f" ({comment.author})" if comment.author else ""
        pieces.append(f"\nNote{author}: {body}\n")
    return "".join(pieces)


@contextmanager
def _opened(page: OpenPage, index: int) -> Iterator[Any]:
    annotation = pdfium_c.FPDFPage_GetAnnot(page.raw, index)
    try:
        yield annotation
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _is_unseen(annotation: Any) -> bool:
    return bool(pdfium_c.FPDFAnnot_GetFlags(annotation) & UNSEEN)


def _field(annotation: Any, form: Any) -> list[Field]:
    if form is None or _is_unseen(annotation):
        return []
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form.raw, annotation)
    if kind in BOXES:
        ticked = pdfium_c.FPDFAnnot_IsChecked(form.raw, annotation)
        return [Field(_rect(annotation), TICKED if ticked else UNTICKED, True)]
    if (
        kind not in FORMS
        or pdfium_c.FPDFAnnot_GetFormFieldFlags(form.raw, annotation) & pdfium_c.FPDF_FORMFLAG_TEXT_PASSWORD
    ):
        return []
    value = _clean(wide_string(lambda *into: pdfium_c.FPDFAnnot_GetFormFieldValue(form.raw, annotation, *into)))
    return [Field(_rect(annotation), value, False)] if value else []


def _comment(annotation: Any, frame: Frame) -> Comment | None:
    """None where it says nothing, or is but a state that was set ("Accepted")."""
    text = _of_key(annotation, b"Contents")
    if not text or pdfium_c.FPDFAnnot_HasKey(annotation, b"StateModel"):
        return None
    (box,) = frame.boxes(np.array([_rect(annotation)])).tolist()
    return Comment(box[1], box[0], " ".join(_of_key(annotation, b"T").split()), text)


def _of_key(annotation: Any, key: bytes) -> str:
    return _clean(wide_string(lambda *into: pdfium_c.FPDFAnnot_GetStringValue(annotation, key, *into)))


def _clean(text: str) -> str:
    return normalise(text).replace("\r", "\n").strip()


def _rect(annotation: Any) -> Rect:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(annotation, rect)
    left, right = sorted([rect.left, rect.right])
    low, high = sorted([rect.bottom, rect.top])
    return left, low, right, high


def _box(field: Field, frame: Frame) -> Floats:
    box: Floats = frame.boxes(np.array([field.rect]))[0]
    return box


def _inside(chars: Chars, box: Floats) -> Bools:
    x, y = (chars.sides[0] + chars.sides[2]) / 2, (chars.sides[1] + chars.sides[3]) / 2
    return np.asarray((box[0] <= x) & (x <= box[2]) & (box[1] <= y) & (y <= box[3]), dtype=np.bool_)


def _written(field: Field, box: Floats) -> Chars:
    """The value as characters in its box, a line of it below the other."""
    lines = [line for line in field.text.splitlines() if line.strip()]
    width, height = float(box[2] - box[0]), float(box[3] - box[1])
    longest = max(map(len, lines))
    size = min(height / len(lines), LARGEST, width / (LETTER * longest) if width else LARGEST)
    boxes: list[list[float]] = []
    top = float(box[1]) + (height - size * len(lines)) / 2
    for line in lines:
        lefts = [float(box[0]) + at * size * LETTER for at in range(len(line) + 1)]
        boxes += [[left, top, left + size * LETTER, top + size] for left in lefts]
        top += size
    return written("".join(f"{line}\n" for line in lines), np.array(boxes))
