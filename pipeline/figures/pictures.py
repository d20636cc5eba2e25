"""Pictures of places: of a check's figures, of a page with its records, of one record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import sqlalchemy as sa

from corpus.identity import document_id, record_id
from corpus.model import AnyRecord, Document, Quantity
from corpus.readers.pdf import MEDIA_TYPE
from corpus.reading import Reading
from corpus.store.queries import load_reading
from pipeline.export.crops import LIGHT, STRONG, Mark, UnpaintableError, pages_of
from pipeline.export.layout import place
from pipeline.export.originals import OriginalError, original
from pipeline.export.tables import danish
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
) -> bytes:
    """A PNG of a page with a box around each record on it; ``about`` is the one that is drawn strongly, alone.

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
        said.append(f"[{record_id(document.sha256, about)}] {_said(about)}")
    else:
        counts = Counter(_type(each) for each in shown if each.bbox is not None)
        said.append(" · ".join(f"{kind}: {count}" for kind, count in counts.most_common()) or "no records")
    return _picture(connection, document.sha256, page, marks, said, crop=False)


def _type(record: AnyRecord) -> str:
    return str(type(record).__struct_config__.tag)


def _said(record: AnyRecord) -> str:
    """The record as printed and as read."""
    read = ""
    if isinstance(record, Quantity) and record.value is not None:
        unit = getattr(record, "currency", None) or getattr(record, "unit", "")
        read = f" = {danish(format(record.value, 'f'))} {unit}"
    return f"{_type(record)} “{record.text}”{read}"


def verdict_picture(connection: sa.Connection, verdict: Verdict, spots: Sequence[Spot], said: str) -> bytes:
    """A PNG of the place of a check on one page: ``spots`` are those of its figures there. Raises NoPictureError."""
    first = spots[0]
    marks = [
        Mark(spot.box, STRONG if spot is verdict.spot else LIGHT, strong=True) for spot in spots if spot.box is not None
    ]
    where = f"{place(first.path, first.page)} · sha256 {first.sha256}"
    return _picture(connection, first.sha256, first.page, marks, [said, where], crop=True)


def _picture(
    connection: sa.Connection, sha256: str, page: int | None, marks: Sequence[Mark], said: Sequence[str], *, crop: bool
) -> bytes:
    loaded = load_reading(connection, sha256)
    if loaded is None or loaded[0].media_type != MEDIA_TYPE or page is None:
        raise NoPictureError("only a PDF has pages to draw")
    reading: Reading = loaded[0]
    try:
        with pages_of(original(connection, sha256), reading) as pages:
            return pages.picture(page, marks, said, crop=crop)
    except (UnpaintableError, OriginalError) as error:
        raise NoPictureError(str(error)) from error


class Crops:
    """Saves the pictures of checks in a folder, one file for each page that a check's figures stand on."""

    def __init__(self, connection: sa.Connection, folder: Path) -> None:
        self._connection, self._folder = connection, folder
        self.saved = 0
        self.missed: Counter[str] = Counter()

    def save(self, verdict: Verdict, number: int, said: str) -> list[Path]:
        """The files written. What cannot be drawn is counted in ``missed`` by its reason. Raises OSError."""
        saved = []
        for (sha256, page), spots in _by_page([verdict.spot, *verdict.others]).items():
            try:
                picture = verdict_picture(self._connection, verdict, spots, said)
            except NoPictureError as error:
                self.missed[str(error)] += 1
                continue
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"{number:04}-{verdict.status}-{document_id(sha256)}-p{page or 0:03}.png"
            file.write_bytes(picture)
            saved.append(file)
        self.saved += len(saved)
        return saved


def _by_page(spots: Iterable[Spot]) -> dict[tuple[str, int | None], list[Spot]]:
    pages: dict[tuple[str, int | None], list[Spot]] = {}
    for spot in spots:
        pages.setdefault((spot.sha256, spot.page), []).append(spot)
    return pages
