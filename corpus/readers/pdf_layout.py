"""From characters with boxes to words, lines and the text of a page. Only geometry; nothing is interpreted."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from corpus.normalise import SOFT_HYPHEN, normalise
from corpus.readers.pdf_chars import HYPHEN_MARK, Bools, Chars, Floats

SAME_LINE = 0.42
"""Words stand on one line when their centres differ by less than this share of the smaller height."""
TOUCHING = 0.1
"""Words drawn apart in the file are one printed word when the gap is under this share of their height."""
RAISED, MOST_RAISED = 0.8, 6
"""A raised or lowered figure is smaller than this share of the word beside it; a line holds a few of them at most."""
NOTE = 0.85
"""A figure smaller than this share of the figure beside it is no digit of the same number."""
JUMP = 0.6
"""A word ends where the next character lies further off than this share of its height, blank or no blank."""
PARAGRAPH = 0.5
"""A blank line stands where the gap is larger than the page's usual one by this share of the lines' height."""

# Some producers map the hyphen to U+00AD: away from letters it parts no word and is a minus or a dash.
_LOOSE_SOFT_HYPHEN = re.compile(rf"(?<![^\W\d_]){SOFT_HYPHEN}(?![^\W\d_])")


class Token:
    """A word in its own upright frame (``x0`` … ``bottom``) and on the page as shown (``box``).

    ``place`` counts words in the file's order; ``parted`` says that the file has a blank in front of this one.
    """

    __slots__ = ("bottom", "box", "parted", "place", "text", "top", "x0", "x1")

    def __init__(self, text: str, local: list[float], box: list[float], place: int, parted: bool) -> None:
        self.text, self.box, self.place, self.parted = text, box, place, parted
        self.x0, self.top, self.x1, self.bottom = local

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> float:
        return (self.top + self.bottom) / 2

    def joined(self, other: Token) -> Token:
        """This token and the next one, drawn apart but printed as one word."""
        local = [
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        ]
        box = [*np.minimum(self.box[:2], other.box[:2]).tolist(), *np.maximum(self.box[2:], other.box[2:]).tolist()]
        return Token(normalise(self.text + other.text), local, box, other.place, self.parted)

    def follows(self, other: Token) -> bool:
        """True where the file itself parts this word from ``other``, just before it, by a blank."""
        return self.parted and self.place == other.place + 1


Line = list[Token]
Place = tuple[int, int, int, int]
"""Start, end, line and turn of a word."""


def page_text(chars: Chars, start: int) -> tuple[str, list[Place], list[list[float]]]:
    """The text of a page, a line of it for each printed line, and its words: places in the whole text, and boxes.

    The text begins at ``start`` of the whole.

    Lines written upwards or downwards follow the ordinary ones, each direction in its own reading order.
    """
    blocks = []
    for turn in sorted(set(chars.turns.tolist()), key=lambda turn: (turn != 0, turn)):
        tokens = _tokens(chars, turn)
        if tokens:
            blocks.append((turn, _lines(tokens)))
    pieces: list[str] = []
    places: list[Place] = []
    boxes: list[list[float]] = []
    position, count = start, 0
    for number, (turn, lines) in enumerate(blocks):
        gaps = _blank_lines(lines)
        if number:
            gaps[0] = True
        for line, gap in zip(lines, gaps, strict=True):
            if gap:
                pieces.append("\n")
                position += 1
            for token in line:
                places.append((position, position + len(token.text), count, turn))
                boxes.append(token.box)
                position += len(token.text) + 1
            count += 1
            pieces.append(" ".join(token.text for token in line) + "\n")
    return "".join(pieces), places, boxes


def _upright(boxes: Floats, turn: int) -> Floats:
    """Boxes turned so that writing of this direction runs from left to right."""
    x0, top, x1, bottom = boxes.T
    if turn == 1:
        return np.stack([-bottom, x0, -top, x1], axis=1)
    if turn == 2:
        return np.stack([-x1, -bottom, -x0, -top], axis=1)
    if turn == 3:
        return np.stack([top, -x1, bottom, -x0], axis=1)
    return boxes


def _tokens(chars: Chars, turn: int) -> list[Token]:
    """Runs between blanks in the file's order, cut at line ends and where the next character lies elsewhere."""
    blank = chars.blank() | (chars.turns != turn)
    local = _upright(chars.boxes, turn)
    printed = np.flatnonzero(~blank)
    if not len(printed):
        return []
    firsts = np.flatnonzero(_begins(chars, blank, local)[printed])
    starts = printed[firsts]
    ends = np.append(printed[firsts[1:] - 1], printed[-1]) + 1
    local_boxes = _unions(local[printed], firsts)
    boxes = _unions(chars.boxes[printed], firsts)
    tokens: list[Token] = []
    parted = np.concatenate([[False], blank[:-1]])[starts]
    for begin, end, upright, box, apart in zip(
        starts.tolist(), ends.tolist(), local_boxes.tolist(), boxes.round(2).tolist(), parted.tolist(), strict=True
    ):
        text = _spell(chars.codes[begin:end].tolist())
        if text:
            tokens.append(Token(text, upright, box, len(tokens), apart))
    return tokens


def _spell(codes: list[int]) -> str:
    text = "".join("-" if code == HYPHEN_MARK else chr(code) for code in codes if not 0xD800 <= code < 0xE000)
    text = _LOOSE_SOFT_HYPHEN.sub("-", text)
    return "".join(normalise(text).replace(SOFT_HYPHEN, "").split())


def _begins(chars: Chars, blank: Bools, local: Floats) -> Bools:
    """True at each character that begins a word; a smaller figure after a figure is a note's number, not its digit."""
    hyphen = chars.codes == HYPHEN_MARK
    digit = (chars.codes >= ord("0")) & (chars.codes <= ord("9"))
    x0, top, x1, bottom = local.T
    height = np.maximum(bottom - top, 1e-6)
    smaller = np.minimum(height[1:], height[:-1])
    centre = (top + bottom) / 2
    jump = (
        (np.abs(np.diff(centre)) > JUMP * smaller)
        | (x0[1:] - x1[:-1] > JUMP * height[:-1])
        | (x0[1:] < x0[:-1] - JUMP * height[:-1])
        | (digit[1:] & digit[:-1] & (smaller < NOTE * np.maximum(height[1:], height[:-1])))
    )
    begins = ~blank
    begins[1:] &= blank[:-1] | hyphen[:-1] | jump
    return begins


def _unions(boxes: Floats, firsts: npt.NDArray[np.intp]) -> Floats:
    return np.concatenate(
        [np.minimum.reduceat(boxes[:, :2], firsts), np.maximum.reduceat(boxes[:, 2:], firsts)], axis=1
    )


def _lines(tokens: list[Token]) -> list[Line]:
    """Words from the top down, those with nearly the same centre on one line, each line from left to right."""
    lines: list[Line] = []
    anchor, size = 0.0, 0.0
    for token in sorted(tokens, key=lambda token: token.centre):
        if lines and abs(token.centre - anchor) < SAME_LINE * min(token.height, size):
            lines[-1].append(token)
            if token.height > size:
                anchor, size = token.centre, token.height
        else:
            lines.append([token])
            anchor, size = token.centre, token.height
    return [_settled(sorted(line, key=lambda token: token.x0)) for line in _with_raised(lines)]


def _with_raised(lines: list[Line]) -> list[Line]:
    """Lines of nothing but raised or lowered figures (10th, m2) put back into the line they hang on."""
    kept: list[Line] = []
    waiting: Line = []
    for line in lines:
        if waiting and _hangs_on(waiting, line):
            line, waiting = [*line, *waiting], []
        elif kept and _hangs_on(line, kept[-1]):
            kept[-1].extend(line)
            continue
        elif waiting:
            kept.append(waiting)
            waiting = []
        if len(line) <= MOST_RAISED and not waiting:
            waiting = line
        else:
            kept.append(line)
    return [*kept, waiting] if waiting else kept


def _hangs_on(small: Line, line: Line) -> bool:
    """Every word of ``small`` is smaller than a word of ``line`` beside which it stands, and overlaps it in height."""
    return len(small) <= MOST_RAISED and all(any(_beside(token, other) for other in line) for token in small)


def _beside(token: Token, other: Token) -> bool:
    overlap = min(token.bottom, other.bottom) - max(token.top, other.top)
    gap = max(token.x0 - other.x1, other.x0 - token.x1)
    return token.height < RAISED * other.height and overlap > 0.4 * token.height and gap < 0.3 * other.height


def _settled(line: Line) -> Line:
    """A line with touching pieces made one word, and words drawn twice in one place (shadows) kept once."""
    settled = line[:1]
    for token in line[1:]:
        last = settled[-1]
        slack = TOUCHING * min(last.height, token.height)
        if token.text == last.text and abs(token.x0 - last.x0) < slack and abs(token.x1 - last.x1) < slack:
            continue
        if abs(token.x0 - last.x1) < slack and not token.follows(last) and not _is_note(last, token):
            settled[-1] = last.joined(token)
        else:
            settled.append(token)
    return settled


def _is_note(last: Token, token: Token) -> bool:
    """A figure in another size right after a figure."""
    sizes = sorted([last.height, token.height])
    return last.text[-1].isdigit() and token.text[0].isdigit() and sizes[0] < NOTE * sizes[1]


def _blank_lines(lines: list[Line]) -> list[bool]:
    """For each line, whether the gap above it is clearly larger than usual on this page."""
    tops = np.array([min(token.top for token in line) for line in lines])
    bottoms = np.array([max(token.bottom for token in line) for line in lines])
    heights = np.array([float(np.median([token.height for token in line])) for line in lines])
    gaps = np.maximum(tops[1:] - bottoms[:-1], 0.0) / np.maximum(np.minimum(heights[1:], heights[:-1]), 1e-6)
    if not len(gaps):
        return [False]
    usual = float(np.percentile(gaps, 40))
    return [False, *(gaps > usual + PARAGRAPH).tolist()]
