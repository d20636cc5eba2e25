"""The compiled part of the PDF reader (``native/*.c``). Handles of pdfium's are addresses; arrays come in one piece."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

INTERFACE: int
FUNCTIONS: tuple[str, ...]

def bind(
    addresses: Mapping[str, int],
    rules: Mapping[str, float],
    kinds: npt.NDArray[np.uint8],
    cased: npt.NDArray[np.bool_],
    /,
) -> None: ...
def read_chars(
    text: int, level: bool, left: float, low: float, right: float, high: float, rotation: int, /
) -> tuple[int, int, bytearray] | None: ...
def read_painted(
    page: int, left: float, low: float, right: float, high: float, rotation: int, /
) -> tuple[int, int, int, int, int, int, int, int, bytearray] | None: ...
def page_text(
    codes: npt.NDArray[np.uint32],
    sides: npt.NDArray[np.float64],
    turns: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
    /,
) -> tuple[str, int, bytearray] | None: ...
