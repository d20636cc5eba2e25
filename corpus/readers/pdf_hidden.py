"""Text of a PDF page that a person does not see: without ink, in the colour behind it, under a box, far too small.

Two steps, for the first is cheap and the second is sure. What is painted says which text *may* be unseen; only such
text is then looked at, by painting the page with it and without it. Where no pixel changes, nobody sees it. In every
doubt (transparency, clipping, patterns) the text counts as seen.

Text without ink over a picture is what character recognition found in it, and stays.
"""

from __future__ import annotations

import ctypes
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_bulk import Handle, Slots, calls, fast, places_of, rows_of, some
from corpus.readers.pdf_chars import Bools, Chars, Floats, Frame
from corpus.readers.pdf_objects import Thing
from corpus.readers.pdf_opened import OpenPage
from corpus.readers.pdf_picture import FINE, ROUGH, Picture
from corpus.readers.pdf_scene import NO_COLOUR, Painted, Scene, bounds

NEAR = 8
"""Colours that differ by less in each of red, green and blue (0 to 255) are one colour to the eye."""
OPAQUE, CLEAR = 200, 5
"""From this opacity on a filling may hide what lies under it; up to this one nothing of it is seen."""
TINY = 0.9
"""Points: no side of the character is longer. Nobody reads a letter of a third of a millimetre."""
LEGIBLE, SCALED = 3.0, 10
"""Where no letter of the page is larger in points, the page itself may be shown enlarged (PDF 1.7, UserUnit)."""
THICK = 3.0
"""Points: a filled area less high or wide is a drawn line."""
SCAN = 0.5
"""Pictures that cover this share of the page are a scan of it."""
BLANK, MOSTLY = 0.9, 0.6
"""A picture is no scan of the letters below it if it is plain over so many of them, and mostly of one colour."""
FEW, AROUND = 16, 3.0
"""The letters of so few texts are looked for by their place, this many points around the text."""
PAPER = (255, 255, 255, 255)
INVISIBLE, CLIPPING = 3, 7
FILLED, STROKED_TOO = (0, 4), (2, 6)
"""Rendering modes of text (PDF 1.7, table 106)."""
MOST_OBJECTS = 20_000
MOST_PAIRS = 4_000_000
"""A page with more objects, or pairs of text and what may hide it, is not looked through: its text counts as seen."""

_owner = fast("FPDFText_GetTextObject", ctypes.c_void_p)
_ink = fast("FPDFText_GetCharBox")
_is_transparent = fast("FPDFPageObj_HasTransparency", ctypes.c_int)
_INK = Slots(np.float64, 4, pointers=4)


class _Suspects(NamedTuple):
    """The texts of a page that may be unseen, by what is to be done about them.

    ``without_ink`` is unseen, and so is white on bare paper; ``to_look_at`` is unseen where painting changes nothing;
    ``recognised`` is read off a picture, and unseen only where one of the plain ``covers`` (boxes in user space) was
    painted over that. Those of it that were ``overlaid`` with the picture are unseen, too, where the picture is blank:
    it is no scan of them.
    """

    without_ink: list[Thing]
    to_look_at: list[Thing]
    recognised: list[Thing]
    overlaid: list[Thing]
    covers: Floats


_NOBODY = _Suspects([], [], [], [], np.empty((0, 4)))


def unseen(page: OpenPage, scene: Scene, text: Handle, chars: Chars, frame: Frame) -> Bools | None:
    """True for the characters of a page that nobody sees, None where all are seen; ``chars`` are its text page's."""
    if not len(chars.codes) or scene.size > MOST_OBJECTS:
        return None
    suspects = _suspects(scene, frame)
    tiny = _tiny_chars(chars)
    tiny_texts = [] if tiny is None else _tiny(scene.texts.things)
    under_covers = suspects.recognised if len(suspects.covers) or suspects.overlaid else []
    asked_for = [*suspects.without_ink, *suspects.to_look_at, *under_covers, *tiny_texts]
    if not asked_for:
        return None
    owners = _owners(text, chars, _near_texts(chars, asked_for, frame))
    hidden = _belongs(owners, suspects.without_ink)
    if tiny is not None:
        hidden |= tiny & _belongs(owners, tiny_texts)
    hidden |= _unpainted(page, suspects, owners, ~hidden, text, chars, frame)
    return hidden


def _tiny_chars(chars: Chars) -> Bools | None:
    """The characters that are too small to be read; None for none."""
    x0, top, x1, bottom = rows_of(chars.sides)
    height = bottom - top
    if not some(height < TINY):
        return None
    longest = np.maximum(x1 - x0, height)
    tiny = longest < (TINY if longest.max() >= LEGIBLE else TINY / SCALED)
    return tiny if some(tiny) else None


def _unpainted(
    page: OpenPage,
    suspects: _Suspects,
    owners: npt.NDArray[np.uint64],
    asked: Bools,
    text: Handle,
    chars: Chars,
    frame: Frame,
) -> Bools:
    """Which of the asked characters make no difference to the page as it is painted."""
    looked_at = asked & _belongs(owners, suspects.to_look_at)
    covered, overlaid = np.zeros_like(asked), np.zeros_like(asked)
    if len(suspects.covers):
        covered = asked & ~looked_at & _belongs(owners, suspects.recognised)
    if suspects.overlaid:
        overlaid = asked & _belongs(owners, suspects.overlaid)
    if not (looked_at | covered | overlaid).any():
        return looked_at
    ink = _ink_boxes(text, chars, frame, places_of(looked_at | covered | overlaid))
    if looked_at.any():
        looked_at[looked_at] = _makes_no_difference(page, suspects.to_look_at, ink[looked_at])
    if covered.any():
        covers = frame.boxes(suspects.covers)
        covered[covered] = _within((ink[covered, :2] + ink[covered, 2:]) / 2, covers).any(axis=1)
    if covered.any():
        covered[covered] = _on_one_colour(page, ink[covered])
    if overlaid.any() and _shows_nothing(page, ink[overlaid], frame):
        covered |= overlaid
    return looked_at | covered


# --- which text may be unseen -----------------------------------------------------------------------------------


def _suspects(scene: Scene, frame: Frame) -> _Suspects:
    texts = scene.texts
    if not texts.things or _is_plain(scene):
        return _NOBODY
    colours = texts.kinds
    areas, boxes = _areas(scene, colours)
    backgrounds = {PAPER, *map(tuple, areas.colours.tolist())}
    alike = [colour for colour in colours if any(_near(colour, background) for background in backgrounds)]
    odd = not scene.plain or any(colour[3] <= CLEAR for colour in colours)
    first = int(texts.orders[0])
    covered = any(painted.orders[-1] > first for painted in (areas, scene.pictures) if painted.things)
    if not (alike or odd) and not (covered and (scene.pictures.things or some(_under(texts, areas, boxes)))):
        return _NOBODY
    return _sorted_out(scene, areas, boxes, alike, frame)


def _is_plain(scene: Scene) -> bool:
    """Whether nothing is on the page but ordinary text, and drawn lines, in colours that can be told from the paper."""
    if not scene.plain or scene.fills.things or scene.pictures.things:
        return False
    colours = scene.texts.colours.T
    if np.maximum.reduce(colours[0]) <= PAPER[0] - NEAR and np.minimum.reduce(colours[3]) > CLEAR:
        return True  # most pages: not even their red is near the paper's
    return not (some(np.minimum.reduce(colours[:3]) > PAPER[0] - NEAR) or some(colours[3] <= CLEAR))


def _areas(scene: Scene, colours: set[tuple[int, ...]]) -> tuple[Painted, Floats]:
    """The filled areas that may hide text or stand behind some of their colour, and their boxes in user space."""
    fills = scene.fills
    if not fills.things:
        return fills, np.empty((0, 4))
    first = int(scene.texts.orders[0])
    on_any = any(_near(colour, PAPER) for colour in colours)
    kinds = {kind for kind in fills.kinds if on_any or kind[0] == NO_COLOUR or any(_near(kind, c) for c in colours)}
    places = zip(fills.orders.tolist(), map(tuple, fills.colours.tolist()), strict=True)
    fills = fills.chosen(np.array([order > first or colour in kinds for order, colour in places]))
    boxes = bounds(fills.things)
    thick = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) >= THICK
    return fills.chosen(thick), boxes[thick]


def _sorted_out(scene: Scene, areas: Painted, boxes: Floats, alike: list[tuple[int, ...]], frame: Frame) -> _Suspects:
    texts = scene.texts
    modes = scene.modes
    inked = (modes == FILLED[0]) | (modes == FILLED[1])
    bare = (modes == INVISIBLE) | (inked & (texts.colours[:, 3] <= CLEAR))
    recognised = np.zeros_like(bare)
    pictures = bounds(scene.pictures.things)
    if bare.any():
        recognised[bare] = _within(_centres(texts.chosen(bare)), pictures).any(axis=1)
    suspect = ~bare & (scene.layered | ((modes == CLIPPING) & ~_shown_through(scene)))
    bold = (scene.modes == STROKED_TOO[0]) | (scene.modes == STROKED_TOO[1])
    for colour in alike:
        same = (inked | bold) & ~bare & (texts.colours == colour).all(axis=1)
        if same.any():
            suspect[same] |= _on_its_colour(texts.chosen(same), colour, areas, boxes, scene.pictures, pictures)
    blank = _on_bare_paper(scene, suspect & ~scene.layered, pictures) if suspect.any() else suspect
    covers, cover_boxes = _covers(texts, areas, boxes)
    rest = ~bare & ~suspect
    under_area = _overlapped(texts, rest, covers, cover_boxes)
    under_picture = _overlapped(texts, rest, scene.pictures, pictures)
    if under_picture.any() and _is_scan(pictures, frame):
        recognised |= under_picture
    return _Suspects(
        without_ink=texts.chosen((bare & ~recognised) | blank).things,
        to_look_at=texts.chosen((suspect & ~blank) | ((under_area | under_picture) & ~recognised)).things,
        recognised=texts.chosen(recognised).things,
        overlaid=texts.chosen(recognised & under_picture & inked).things,
        covers=cover_boxes,
    )


def _on_its_colour(
    texts: Painted, colour: tuple[int, ...], areas: Painted, boxes: Floats, pictures: Painted, pictured: Floats
) -> Bools:
    """For each text, whether what was painted last behind its middle is plain and of its colour."""
    behind = areas.with_others(pictures)
    on_paper = _near(colour, PAPER)
    if not behind.things:
        return np.full(len(texts.things), on_paper)
    holding = _within(_centres(texts), np.concatenate([boxes, pictured]))
    holding &= behind.orders < texts.orders[:, None]
    last = np.where(holding, behind.orders, -1).argmax(axis=1)
    alike = (behind.colours[:, 3] >= OPAQUE) & (np.abs(behind.colours[:, :3] - colour[:3]) < NEAR).all(axis=1)
    return np.where(holding.any(axis=1), alike[last], on_paper)


def _on_bare_paper(scene: Scene, suspect: Bools, pictures: Floats) -> Bools:
    """Which of the suspect texts are plainly white, and stand where nothing else is painted: no need to look."""
    texts = scene.texts
    white = suspect & (scene.modes == FILLED[0]) & (texts.colours[:, 3] == PAPER[3])
    white &= (texts.colours[:, :3] > PAPER[0] - NEAR).all(axis=1)
    white[white] = [not _is_transparent(text.handle) for text in texts.chosen(white).things]
    if not white.any():
        return np.zeros_like(suspect)
    others = np.concatenate([bounds(texts.chosen(~white).things), bounds(scene.paths), pictures])
    boxes = bounds(texts.chosen(white).things)
    met = np.ones((len(boxes), len(others)), dtype=np.bool_)
    for low, high in ((0, 2), (1, 3)):
        met &= (boxes[:, low, None] < others[:, high] + AROUND) & (others[:, low] - AROUND < boxes[:, high, None])
    white[white] = ~met.any(axis=1)
    return np.asarray(white, dtype=np.bool_)


def _shown_through(scene: Scene) -> Bools:
    """For each text, whether something is painted later that its letters may be cut out of."""
    others = np.concatenate([scene.fills.orders, scene.pictures.orders])
    return scene.texts.orders < (others.max() if len(others) else 0)


def _covers(texts: Painted, areas: Painted, boxes: Floats) -> tuple[Painted, Floats]:
    """The areas that may hide some of the text, and their boxes."""
    later = (areas.orders > texts.orders[0]) & (areas.colours[:, 3] >= OPAQUE)
    return areas.chosen(later), boxes[later]


def _under(texts: Painted, areas: Painted, boxes: Floats) -> Bools:
    """For each text, whether it lies under one of the areas."""
    covers, cover_boxes = _covers(texts, areas, boxes)
    if not covers.things:
        return np.zeros(len(texts.things), dtype=np.bool_)
    return _overlapped(texts, texts.orders < covers.orders[-1], covers, cover_boxes)


def _overlapped(texts: Painted, asked: Bools, covers: Painted, boxes: Floats) -> Bools:
    """For each asked text, whether a later cover lies over half of its height and as much of its length."""
    found = np.zeros_like(asked)
    chosen = texts.chosen(asked)
    if not (chosen.things and covers.things) or len(chosen.things) * len(covers.things) > MOST_PAIRS:
        return found
    places = bounds(chosen.things).T[:, :, None]
    over = covers.orders > chosen.orders[:, None]
    needed = 0.5 * np.minimum(places[2] - places[0], places[3] - places[1])
    for low, high in ((0, 2), (1, 3)):
        shared = np.minimum(places[high], boxes[:, high])
        shared -= np.maximum(places[low], boxes[:, low])
        over &= shared >= needed
    found[asked] = np.logical_or.reduce(over, axis=1)
    return found


def _is_scan(pictures: Floats, frame: Frame) -> bool:
    covered = float(np.sum((pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])))
    return covered >= SCAN * frame.width * frame.height


def _near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return abs(one[0] - other[0]) < NEAR and abs(one[1] - other[1]) < NEAR and abs(one[2] - other[2]) < NEAR


def _centres(texts: Painted) -> Floats:
    places = bounds(texts.things)
    return (places[:, :2] + places[:, 2:]) / 2


def _within(points: Floats, boxes: Floats) -> Bools:
    """(points, boxes): whether each point lies in each box."""
    x, y = points[:, 0:1], points[:, 1:2]
    inside = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
    return np.asarray(inside, dtype=np.bool_)


# --- the look at it ---------------------------------------------------------------------------------------------


def _near_texts(chars: Chars, texts: list[Thing], frame: Frame) -> Bools:
    """The characters that may belong to one of the texts, by their place; all of them where there are many texts."""
    if len(texts) > FEW:
        return np.ones(len(chars.codes), dtype=np.bool_)
    near = np.zeros(len(chars.codes), dtype=np.bool_)
    x0, y0, x1, y1 = chars.sides
    for left, top, right, bottom in frame.boxes(bounds(texts)).tolist():
        near |= (x1 > left - AROUND) & (x0 < right + AROUND) & (y1 > top - AROUND) & (y0 < bottom + AROUND)
    return near


def _owners(text: Handle, chars: Chars, asked: Bools) -> npt.NDArray[np.uint64]:
    """For each character that is asked for, the address of its text object."""
    owners = np.zeros(len(asked), dtype=np.uint64)
    places = places_of(asked)
    found = calls(_owner, repeat(text), chars.indexes[places].tolist())
    owners[places] = np.fromiter((owner or 0 for owner in found), dtype=np.uint64, count=len(places))
    return owners


def _belongs(owners: npt.NDArray[np.uint64], texts: list[Thing]) -> Bools:
    """For each character, whether it belongs to one of the texts."""
    if not texts:
        return np.zeros(len(owners), dtype=np.bool_)
    return np.isin(owners, np.array([text.handle.value for text in texts], dtype=np.uint64))


def _tiny(texts: list[Thing]) -> list[Thing]:
    """Texts that are not higher or not wider than a tiny letter, by their own bounds too."""
    boxes = bounds(texts)
    sides = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    return [text for text, side in zip(texts, sides.tolist(), strict=True) if side < TINY]


def _ink_boxes(text: Handle, chars: Chars, frame: Frame, wanted: npt.NDArray[np.intp]) -> Floats:
    """Boxes of the wanted characters' ink on the page as shown; of the others, the boxes that they have."""
    found = _INK.ask(_ink, repeat(text), chars.indexes[wanted].tolist(), count=len(wanted))
    inked = frame.boxes(found[[0, 2, 1, 3]].T)
    real = (inked[:, 2] > inked[:, 0]) & (inked[:, 3] > inked[:, 1])
    boxes = chars.boxes.copy()
    boxes[wanted[real]] = inked[real]
    return boxes


def _makes_no_difference(page: OpenPage, texts: list[Thing], ink: Floats) -> list[bool]:
    """For each box, whether the page looks the same there with the texts and without them."""
    rough = _with_and_without(page, texts, ink, ROUGH)
    if rough is not None and np.array_equal(rough[0].pixels, rough[1].pixels):
        return [True] * len(ink)
    fine = _with_and_without(page, texts, ink, FINE)
    if fine is None:
        return [False] * len(ink)
    with_them, without = fine
    return [_same(with_them.pixels[place], without.pixels[place]) for place in with_them.places(ink)]


def _with_and_without(
    page: OpenPage, texts: list[Thing], ink: Floats, scales: tuple[float, ...]
) -> tuple[Picture, Picture] | None:
    """The piece of the page around the boxes, painted twice; None where that cannot be done finely enough."""
    handles = [ctypes.cast(text.handle, pdfium_c.FPDF_PAGEOBJECT) for text in texts]
    with_them = Picture.of(page, ink, scales)
    for text in handles:
        pdfium_c.FPDFPageObj_SetIsActive(text, False)
    without = Picture.of(page, ink, scales)
    for text in handles:
        pdfium_c.FPDFPageObj_SetIsActive(text, True)
    return None if with_them is None or without is None else (with_them, without)


def _same(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> bool:
    return bool(np.abs(one.astype(np.int16) - other).max() < NEAR)


def _shows_nothing(page: OpenPage, ink: Floats, frame: Frame) -> bool:
    """Whether most of the page is one colour, and nearly all of these boxes show one colour each."""
    picture = Picture.of(page, np.array([[0.0, 0.0, frame.width, frame.height]]), ROUGH)
    if picture is None or np.mean(_plain(picture, ink)) < BLANK:
        return False
    usual = np.median(picture.pixels[::2, ::2], axis=(0, 1))
    return bool((np.abs(picture.pixels[::2, ::2] - usual).max(axis=2) < NEAR).mean() >= MOSTLY)


def _on_one_colour(page: OpenPage, ink: Floats) -> list[bool]:
    """For each box, whether the page shows one colour there and nothing else."""
    picture = Picture.of(page, ink)
    return [False] * len(ink) if picture is None else _plain(picture, ink)


def _plain(picture: Picture, ink: Floats) -> list[bool]:
    return [int(np.ptp(picture.pixels[place], axis=(0, 1)).max()) < NEAR for place in picture.places(ink)]
