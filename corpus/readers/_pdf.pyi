"""The compiled part of the PDF reader (``native/*.c``). Handles of pdfium's are addresses; arrays come in one piece."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

INTERFACE: int
FUNCTIONS: tuple[str, ...]

def bind(addresses: Mapping[str, int], /) -> None: ...
def read_chars(
    text: int,
    level: bool,
    kinds: npt.NDArray[np.uint8],
    left: float,
    low: float,
    right: float,
    high: float,
    rotation: int,
    same_edge: float,
    touching: float,
    break_mark: int,
    /,
) -> tuple[int, bytearray] | None: ...
