"""The compiled part of tables (``native/*.c``)."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from pipeline.tables.content.cells import Kind
from pipeline.tables.layout.words import PageLine, Printed, Segment

INTERFACE: int

def bind(
    rules: Mapping[str, float],
    classes: npt.NDArray[np.uint8],
    traits: npt.NDArray[np.uint8],
    segment: type[Segment],
    line: type[PageLine],
    printed: type[Printed],
    read: Callable[[str], tuple[Kind, bool, bool]],
    text_kind: Kind,
    /,
) -> None: ...
def cut_page(
    text: str, number: int, start: int, end: int, spans: bytes, boxes: bytes, rulings: bytes, /
) -> tuple[bytearray, int, int, int, list[int], bool, bool, tuple[Printed, list[PageLine | None]] | None] | None: ...
