"""Page after page of a PDF, whichever program reads them: within the limits, and with what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.limits import Limits, at_limit
from corpus.model import Problem
from corpus.options import ReadOptions
from corpus.problems import Code, problem
from corpus.readers.pdf_annotations import Comment, comment_lines
from corpus.readers.pdf_files import Attached
from corpus.readers.pdf_layout import NOTHING, PageText
from corpus.readers.pdf_left_out import LeftOut, leave_out, problems_of
from corpus.reading import Page


class PageFound(NamedTuple):
    """What is found on a page: its width and height in points, its words, and what is told of it.

    ``left_out`` says how much of it is left out for which reason; ``files`` are pinned to it. ``bare``: its content
    paints nothing at all.
    """

    size: tuple[float, float]
    words: PageText
    comments: Sequence[Comment] = ()
    rulings: npt.ArrayLike = ()
    fills: npt.ArrayLike = ()
    problems: Sequence[Problem] = ()
    left_out: Sequence[tuple[str, int]] = ()
    files: Sequence[Attached] = ()
    bare: bool = False


class Paged(NamedTuple):
    """The pages of a document and their text, as far as the limits allow; ``bare`` are the numbers of bare pages."""

    pages: list[Page]
    text: str
    problems: list[Problem]
    files: list[Attached]
    bare: list[int]


def paged(found: Iterable[PageFound], count: int, limits: Limits, options: ReadOptions) -> Paged:
    """Page after page of a document that has ``count``; no more is asked for than the limits allow."""
    pages: list[Page] = []
    pieces: list[str] = []
    problems: list[Problem] = []
    files: list[Attached] = []
    bare: list[int] = []
    left_out: LeftOut = {}
    position = 0
    for number, each in enumerate(islice(found, limits.pages), 1):
        page, text = _page(number, position, each)
        problems += each.problems
        files += each.files
        bare += [number] if each.bare else []
        for reason, much in each.left_out:
            leave_out(left_out, reason, number, much)
        if position + len(text) > limits.text_length:
            note = f"The text is over {limits.text_length} characters; page {number} and what follows was not read."
            problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "text_length"), page=number))
            break
        pages.append(page)
        pieces.append(text)
        position += len(text)
        if options.on_page is not None:
            options.on_page(number, count)
    problems += problems_of(left_out)
    if count > limits.pages:
        note = f"The PDF has {count} pages; only {limits.pages} were read."
        problems.append(problem(Code.TRUNCATED, at_limit(note, limits, "pages")))
    return Paged(pages, "".join(pieces), problems, files, bare)


def unread(number: int, reason: str) -> PageFound:
    """Nothing, in the place of a page that cannot be read, and the problem that says so."""
    said = problem(Code.UNREADABLE, f"Page {number} cannot be read ({reason}).", page=number)
    return PageFound((0.0, 0.0), NOTHING, problems=[said])


def _page(number: int, start: int, found: PageFound) -> tuple[Page, str]:
    words = found.words
    text = words.text + comment_lines(found.comments, words.text)
    page = Page.build(
        number=number,
        width=round(found.size[0], 2),
        height=round(found.size[1], 2),
        start=start,
        end=start + len(text),
        spans=words.spans + np.array([start, start, 0, 0]) if start else words.spans,
        boxes=words.boxes,
        rulings=found.rulings,
        fills=found.fills,
    )
    return page, text
