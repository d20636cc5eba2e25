"""A page of a PDF through pdfium: what is laid over it, what is painted, which characters are seen, and their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers import pdf_native
from corpus.readers.pdf_annotations import Annotations, make_appearances, read_annotations, unprinted, with_fields
from corpus.readers.pdf_bulk import Handle, rows_of, some
from corpus.readers.pdf_chars import Bools, Chars, Floats, Frame, count_unnamed, read_chars
from corpus.readers.pdf_hidden import unseen
from corpus.readers.pdf_layout import NOTHING, PageText, page_texts
from corpus.readers.pdf_left_out import COMMENTS, OUTSIDE, UNNAMED, UNSEEN
from corpus.readers.pdf_native import Painted
from corpus.readers.pdf_objects import is_bare, read_objects
from corpus.readers.pdf_opened import OpenDocument, OpenPage
from corpus.readers.pdf_paging import PageFound
from corpus.readers.pdf_rulings import Drawn, read_drawn
from corpus.readers.pdf_scene import Scene, read_scene

TOGETHER, MOST_CHARS = 16, 50_000
"""So many pages are put into words at once, and fewer if they have more characters."""
OUTLINES = 100
"""A page without characters but with this many painted paths shows letters drawn as outlines."""


class _Looked(NamedTuple):
    """A page before its characters are put into words; ``if_wordless`` is told where there are none."""

    found: PageFound
    chars: Chars
    rulings: Floats
    if_wordless: list[Problem]


def read_pages(
    document: OpenDocument, count: int, otherwise: Callable[[int, str], PageFound], *, layers: bool
) -> Iterator[PageFound]:
    """The first ``count`` pages of a document, a few at a time.

    ``otherwise`` gives a page that pdfium cannot read, when it is told its number and the reason. Without ``layers``,
    the document has none that could be switched off.
    """
    waiting: list[_Looked | PageFound] = []
    size = 0
    raw, form = document.handle, document.form
    for number in range(1, count + 1):
        try:
            looked = _look(raw, number, form, layers=layers)
            size += len(looked.chars.codes)
            waiting.append(looked)
        except pdfium.PdfiumError as error:
            waiting.append(otherwise(number, str(error)))
        if len(waiting) == TOGETHER or size > MOST_CHARS or number == count:
            yield from _worded(waiting)
            waiting, size = [], 0


def _worded(waiting: Sequence[_Looked | PageFound]) -> Iterator[PageFound]:
    """The pages with their words."""
    texts = iter(_texts([page for page in waiting if isinstance(page, _Looked)]))
    for page in waiting:
        if isinstance(page, PageFound):
            yield page
            continue
        words = next(texts)
        yield page.found._replace(words=words, problems=[] if words.text else page.if_wordless)


def _texts(pages: Sequence[_Looked]) -> list[PageText]:
    """The text of each page: of ordinary ones by the compiled part, where that is used, and of the others at once."""
    made = [pdf_native.page_text(page.chars) if pdf_native.USED else None for page in pages]
    others = [page for page, text in zip(pages, made, strict=True) if text is None]
    if not others:
        return [text for text in made if text is not None]
    rest = iter(page_texts([page.chars for page in others], [page.rulings for page in others]))
    return [next(rest) if text is None else text for text in made]


def _look(document: Handle, number: int, form: Any, *, layers: bool) -> _Looked:
    page, frame, laid = _shown_page(document, number - 1, form)
    with closing(page):
        painted, scene = _painted(page, frame, layers=layers)
        with page.text() as text:
            chars, ordinary, named = _chars(text, frame, level=painted.level)
            fields = unprinted(laid.fields, chars, frame) if laid.fields else []
            left_out: list[tuple[str, int]] = []
            if not (ordinary and painted.seen):
                scene = scene or read_scene(read_objects(page.handle), layers=layers)
                chars, left_out = _seen(chars, unseen(page, scene, text, chars, frame), frame)
            if not named:
                left_out = [*left_out, (UNNAMED, count_unnamed(text, chars))]
            bare = not len(chars.codes) and is_bare(page.handle)
    drawn = painted.drawn
    found = PageFound(
        size=(frame.width, frame.height),
        words=NOTHING,
        comments=laid.comments,
        rulings=drawn.rulings,
        fills=drawn.fills,
        left_out=[*left_out, (COMMENTS, laid.hidden)],
        files=laid.files,
        bare=bare,
    )
    chars = with_fields(chars, fields, frame) if fields else chars
    return _Looked(found, chars, drawn.rulings, _pictures_only(drawn, number))


def _painted(page: OpenPage, frame: Frame, *, layers: bool) -> tuple[Painted, Scene | None]:
    """What is painted on a page, and its scene, where that had to be looked at."""
    found = pdf_native.read_painted(page.handle, frame) if pdf_native.USED and not layers else None
    if found is not None:
        return found, None
    scene = read_scene(read_objects(page.handle), layers=layers)
    return Painted(False, scene.level, read_drawn(scene, frame)), scene


def _chars(text: Handle, frame: Frame, *, level: bool) -> tuple[Chars, bool, bool]:
    """The characters of a page, whether they are known to lie within it and to be large enough to be read, and whether
    the file is known to say of each which letter it is."""
    found = pdf_native.read_chars(text, frame, level=level) if pdf_native.USED else None
    return (read_chars(text, frame, level=level), False, False) if found is None else (*found, True)


def _shown_page(document: Handle, index: int, form: Any) -> tuple[OpenPage, Frame, Annotations]:
    """The page with fields, stamps and drawings printed into it: they are no part of its content otherwise."""
    page = OpenPage(document, index, form)
    try:
        frame = page.frame()
        laid = read_annotations(page, form, frame)
        if not laid.prints:
            return page, frame, laid
        make_appearances(page)
        pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    except BaseException:
        page.close()
        raise
    page.close()
    return OpenPage(document, index, form), frame, laid


def _seen(chars: Chars, hidden: Bools | None, frame: Frame) -> tuple[Chars, list[tuple[str, int]]]:
    """The characters that a person sees, and how many others there are, by reason."""
    outside = _outside(chars, frame)
    if outside is None and hidden is None:
        return chars, []
    if outside is None:
        outside = np.zeros(len(chars.codes), dtype=np.bool_)
    covered = np.zeros_like(outside) if hidden is None else hidden & ~outside
    left_out = [(OUTSIDE, int(outside.sum())), (UNSEEN, int(covered.sum()))]
    return chars.keep(~(outside | covered)), left_out


def _outside(chars: Chars, frame: Frame) -> Bools | None:
    """The characters with their middle outside the page as shown; None where there are none."""
    x0, top, x1, bottom = rows_of(chars.sides)
    if not (some(chars.sides[:2] < 0) or some(x1 > frame.width) or some(bottom > frame.height)):
        return None
    x, y = x0 + x1, top + bottom
    outside = (np.minimum(x, y) < 0) | (x > 2 * frame.width) | (y > 2 * frame.height)
    return outside if some(outside) else None


def _pictures_only(drawn: Drawn, number: int) -> list[Problem]:
    if not drawn.images and drawn.paths < OUTLINES and not drawn.cut:
        return []
    shown = "pictures" if drawn.images else "letters drawn as outlines"
    return [problem(Code.NO_TEXT_LAYER, f"Page {number} shows {shown} and holds no text.", page=number)]
