"""Pictures of places: of a check's figures, of a page with its records, of one record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from corpus.identity import document_id, record_id
from corpus.model import AnyRecord, Document, Quantity
from corpus.readers.pdf import MEDIA_TYPE
from corpus.store.queries import load_reading
from pipeline.export.crops import LIGHT, STRONG, Mark, Pages, UnpaintableError, pages_of
from pipeline.export.layout import place
from pipeline.export.originals import OriginalError, original
from pipeline.export.saving import save_picture
from pipeline.export.tables import figure
from pipeline.figures.verdicts import Spot, Verdict

COLOURS = {
    "amount": "#007830",
    "fte": "#0050e0",
    "date": "#a05000",
    "decision": "#8000a0",
    "committee": "#008080",
    "reference": "#606060",
    "person": "#b00060",
    "identifier": "#404040",
}


class NoPictureError(Exception):
    """There is no picture of a place; the message says why, and what to do where something can be done."""


def page_picture(
    connection: sa.Connection,
    document: Document,
    records: Sequence[AnyRecord],
    page: int,
    about: AnyRecord | None = None,
    asked: str | None = None,
) -> bytes:
    """A PNG of a page with a box around each record on it; ``about`` is the one that is drawn strongly, alone.

    ``asked``: the id by which that one was asked for, where it is not the record's own: that of a budget line.

    Raises NoPictureError.
    """
    shown = [about] if about is not None else [each for each in records if each.page == page]
    marks = [
        Mark(each.bbox, STRONG if about is not None else COLOURS[_type(each)], strong=about is not None)
        for each in shown
        if each.bbox is not None
    ]
    said = [f"{place(document.path, page)} · sha256 {document.sha256}"]
    if about is not None:
        said.append(f"[{asked or record_id(document.sha256, about)}] {_said(about)}")
    else:
        counts = Counter(_type(each) for each in shown if each.bbox is not None)
        said.append(" · ".join(f"{kind}: {count}" for kind, count in counts.most_common()) or "no records")
    return _picture(connection, document.sha256, page, marks, said, crop=False)


def _type(record: AnyRecord) -> str:
    return str(type(record).__struct_config__.tag)


def _said(record: AnyRecord) -> str:
    """The record as printed and as read."""
    read = ""
    if isinstance(record, Quantity):
        told = {name: getattr(record, name, None) for name in ("value", "low", "high", "currency", "unit")}
        plain = {name: format(each, "f") if isinstance(each, Decimal) else each for name, each in told.items()}
        read = f" = {figure(plain)}"
    return f"{_type(record)} “{record.text}”{read}"


def _marks(verdict: Verdict, spots: Sequence[Spot]) -> list[Mark]:
    """All of them are in the crop; the figure that is checked is red."""
    return [
        Mark(spot.box, STRONG if spot is verdict.spot else LIGHT, strong=True) for spot in spots if spot.box is not None
    ]


def _picture(
    connection: sa.Connection, sha256: str, page: int | None, marks: Sequence[Mark], said: Sequence[str], *, crop: bool
) -> bytes:
    with ExitStack() as stack:
        try:
            pages = stack.enter_context(_opened(connection, sha256, page))
            return pages.picture(page or 0, marks, said, crop=crop)
        except (UnpaintableError, OriginalError) as error:
            raise NoPictureError(str(error)) from error


def _opened(connection: sa.Connection, sha256: str, page: int | None) -> AbstractContextManager[Pages]:
    """The pages of a content. Raises NoPictureError, and OriginalError or, when it is entered, UnpaintableError."""
    loaded = load_reading(connection, sha256)
    if loaded is None or loaded[0].media_type != MEDIA_TYPE or page is None:
        raise NoPictureError("only a PDF has pages to draw")
    return pages_of(original(connection, sha256), loaded[0])


LONGEST_STEM = 40


class Crops:
    """Saves the pictures of checks in a folder, one file for each page that a check's figures stand on.

    A file stays open until a check of another one comes: a long paper is read once. To be closed by ``with``.
    """

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self._held = ExitStack()
        self._open: tuple[str, Pages] | None = None
        self.saved = 0
        self.missed: Counter[str] = Counter()

    def __enter__(self) -> Crops:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def save(self, verdict: Verdict, number: int, said: str) -> list[Path]:
        """The files written. What cannot be drawn is counted in ``missed`` by its reason. Raises OSError."""
        saved = []
        for (sha256, page), spots in _by_page([verdict.spot, *verdict.others]).items():
            where = f"{place(spots[0].path, page)} · sha256 {sha256}"
            try:
                picture = self._pages(sha256, page).picture(page or 0, _marks(verdict, spots), [said, where], crop=True)
            except (NoPictureError, UnpaintableError, OriginalError) as error:
                self.missed[str(error)] += 1
                continue
            self._folder.mkdir(parents=True, exist_ok=True)
            named = f"{number:04}-{verdict.status}-{_stem(spots[0].path)}-{document_id(sha256)}-p{page or 0:03}.png"
            file = self._folder / named
            save_picture(file, picture)
            saved.append(file)
        self.saved += len(saved)
        return saved

    def _pages(self, sha256: str, page: int | None) -> Pages:
        if self._open is None or self._open[0] != sha256:
            self._held.close()
            self._open = None
            self._open = (sha256, self._held.enter_context(_opened(self._connection, sha256, page)))
        return self._open[1]


def _stem(path: str) -> str:
    """What a document is called, for the name of a picture: letters, figures and hyphens, so many at most."""
    name = re.split(r"[!/\\]", path)[-1].rpartition(".")[0] or path
    return re.sub(r"[^\w-]+", "-", name).strip("-_")[:LONGEST_STEM] or "dokument"


def _by_page(spots: Iterable[Spot]) -> dict[tuple[str, int | None], list[Spot]]:
    pages: dict[tuple[str, int | None], list[Spot]] = {}
    for spot in spots:
        pages.setdefault((spot.sha256, spot.page), []).append(spot)
    return pages
