"""The compiled part of tables (``native/*.c``)."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from pipeline.tables.content.cells import Kind
from pipeline.tables.layout.words import PageLine, Printed, Segment

INTERFACE: int
Lines = tuple[Printed, list[PageLine | None], list[PageLine]]
"""What is printed, all lines, and those of them with several segments and a year."""

def bind(
    rules: Mapping[str, float],
    classes: npt.NDArray[np.uint8],
    traits: npt.NDArray[np.uint8],
    segment: type[Segment],
    line: type[PageLine],
    printed: type[Printed],
    read: Callable[[str], tuple[Kind, bool, bool]],
    are_apart: Callable[[str], bool],
    text_kind: Kind,
    /,
) -> None: ...
def cut_page(
    text: str, number: int, start: int, end: int, spans: bytes, boxes: bytes, rulings: bytes, /
) -> tuple[bytearray, int, int, int, list[int], bool, bool, Lines | None] | None: ...
