"""Documents that are nearly the same: drafts, reprints, answers that quote the whole letter.

Each text becomes a sketch of fixed size (MinHash over runs of five words; Broder 1997): the share of places in which
two sketches agree is near the share of runs that two texts have in common (Jaccard). Sketches that agree in a whole
band are compared, so that the work grows with the number of documents and not with its square.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec
import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from corpus.identity import document_id
from corpus.store.entries import Origin, Outline
from corpus.store.exports import stream_contents
from corpus.store.packing import unpack_as
from corpus.store.schema import contents
from pipeline.export.rows import day, masked_paths
from pipeline.figures.papers import PartIds
from pipeline.masking import mask_name

RUN = 5
PLACES, BANDS = 128, 32
"""Two texts that share a half of their runs meet in a band in 87 of 100 cases, at 0.8 in all but one of 10 million."""
FEWEST_RUNS = 20
MOST_COMPARED = 8
"""Documents of one band that a new one is compared with: in a band of thousands, the first of each group."""
AT_ONCE = 4096
PRIME = np.uint64(1_099_511_628_211)

Sketch = npt.NDArray[np.uint32]
_WORD = re.compile(r"\w+")


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a group. ``likeness`` is the share of runs of words that it has in common with the first of it."""

    group: int
    likeness: Decimal
    id: str
    path: str
    document: str | None
    document_date: dt.date | None
    words: int
    also_in: list[str]


class _Text(msgspec.Struct, frozen=True):
    text: str


class _Texts(msgspec.Struct, frozen=True):
    parts: list[_Text] = []


def _multipliers() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """The same for ever: a sketch does not depend on when it is made."""
    numbers = np.random.default_rng(20_000_101).integers(1, 2**63, size=(2, PLACES), dtype=np.uint64)
    return numbers[0] | np.uint64(1), numbers[1]


_TIMES, _PLUS = _multipliers()


def sketch(text: str) -> Sketch | None:
    """The sketch of a text, (128,); None for one of fewer than 20 different runs of words."""
    runs = np.unique(_runs([zlib.crc32(word.encode()) for word in _WORD.findall(text.casefold())]))
    if len(runs) < FEWEST_RUNS:
        return None
    least = np.full(PLACES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(runs), AT_ONCE):
        some = runs[start : start + AT_ONCE, None] * _TIMES[None, :] + _PLUS[None, :]
        least = np.minimum(least, (some >> np.uint64(32)).astype(np.uint32).min(axis=0))
    return least


def _runs(words: Sequence[int]) -> npt.NDArray[np.uint64]:
    """A number for each run of five words; it wraps around, as it should."""
    hashed = np.array(words, dtype=np.uint64)
    if len(hashed) < RUN:
        return hashed[:0]
    found = np.zeros(len(hashed) - RUN + 1, dtype=np.uint64)
    for place in range(RUN):
        found = (found ^ hashed[place : place + len(found)]) * PRIME
    return found ^ (found >> np.uint64(29))


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of runs of words that two texts have in common, give or take 0.04."""
    return float((one == other).mean())


class Groups:
    """Sketches that come by one after another, in groups of those that are alike."""

    def __init__(self, at_least: float) -> None:
        self._at_least = at_least
        self._sketches: list[Sketch] = []
        self._bands: dict[tuple[int, bytes], list[int]] = {}
        self._heads: list[int] = []

    def add(self, found: Sketch) -> None:
        """Number the sketch; it joins the group of the most alike one that it meets in a band."""
        number = len(self._sketches)
        self._sketches.append(found)
        self._heads.append(number)
        best, nearest = self._at_least, number
        keys = [(band, part.tobytes()) for band, part in enumerate(found.reshape(BANDS, -1))]
        for met in sorted({other for key in keys for other in self._bands.get(key, [])}):
            if (share := likeness(found, self._sketches[met])) >= best and (share > best or nearest == number):
                best, nearest = share, met
        self._heads[number] = self._heads[nearest]
        for key in keys:
            band = self._bands.setdefault(key, [])
            if len(band) < MOST_COMPARED:
                band.append(number)

    def groups(self) -> list[list[tuple[int, float]]]:
        """The groups of two and more, each with its first sketch in front: number, and likeness to that first one."""
        together: dict[int, list[int]] = {}
        for number, head in enumerate(self._heads):
            together.setdefault(head, []).append(number)
        return [
            [(number, likeness(self._sketches[head], self._sketches[number])) for number in members]
            for head, members in together.items()
            if len(members) > 1
        ]


def near_duplicates(connection: sa.Connection, at_least: float, parts: PartIds | None = None) -> Iterator[Alike]:
    """The documents that are at least so much alike (0 to 1), group by group in the order of their paths.

    With ``parts``, only groups with a document that holds one of these. What is the same byte for byte is one document.
    """
    groups, origins, words = Groups(at_least), list[Origin[Outline]](), list[int]()
    for origin in stream_contents(connection, Outline):
        text = _text(connection, origin.sha256)
        found = sketch(text)
        if found is not None:
            groups.add(found)
            origins.append(origin)
            words.append(len(_WORD.findall(text)))
    wanted = None if parts is None else {document for document, _ in parts}
    number = 0
    for group in groups.groups():
        if wanted is not None and not _holds_one(wanted, (origins[member] for member, _ in group)):
            continue
        number += 1
        for member, share in group:
            yield _alike(number, share, origins[member], words[member])


def _holds_one(wanted: set[str], origins: Iterable[Origin[Outline]]) -> bool:
    return any(document_id(origin.sha256) in wanted for origin in origins)


def _alike(group: int, share: float, origin: Origin[Outline], words: int) -> Alike:
    return Alike(
        group=group,
        likeness=Decimal(f"{share:.2f}"),
        id=document_id(origin.sha256),
        path=mask_name(origin.path),
        document=origin.outline.title,
        document_date=day(origin.outline.date),
        words=words,
        also_in=masked_paths(origin.also_in),
    )


def _text(connection: sa.Connection, sha256: str) -> str:
    packed = connection.scalar(sa.select(contents.c.document).where(contents.c.sha256 == sha256))
    return "" if packed is None else "".join(part.text for part in unpack_as(packed, _Texts).parts)
