"""A piece of a PDF page as it is painted."""

from __future__ import annotations

import ctypes

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from corpus.readers.pdf_chars import Floats
from corpus.readers.pdf_opened import OpenPage

FINE, ROUGH = (2.0, 1.0, 0.5), (1.0, 0.5)
"""Pixels a point, the finest that is possible; halves, so that points on whole numbers fall on pixels."""
MOST_PIXELS = 6_000_000
MARGIN = 1.0
INSET = 1.0


class Picture:
    """``pixels`` (height, width, 3), each from 0 to 255, of a piece of a page."""

    def __init__(self, pixels: npt.NDArray[np.uint8], scale: float, corner: tuple[int, int]) -> None:
        self.pixels, self._scale, self._corner = pixels, scale, corner

    @classmethod
    def of(cls, page: OpenPage, boxes: Floats, scales: tuple[float, ...] = FINE) -> Picture | None:
        """The piece of a page around these boxes; None where it is too large to be painted finely enough."""
        low = np.maximum(np.floor(boxes[:, :2].min(axis=0) - MARGIN), 0)
        high = np.minimum(np.ceil(boxes[:, 2:].max(axis=0) + MARGIN), page.size)
        if (high <= low).any():
            return None
        area = float(np.prod(high - low))
        scale = next((scale for scale in scales if area * scale**2 <= MOST_PIXELS), None)
        if scale is None:
            return None
        left, top = (low * scale).astype(int).tolist()
        right, bottom = np.ceil(high * scale).astype(int).tolist()
        return cls(_painted(page, scale, (left, top), (right - left, bottom - top)), scale, (left, top))

    def places(self, boxes: Floats) -> list[tuple[slice, slice]]:
        """The pixels of the middle of each box: the ink of a letter beside it reaches over the edge."""
        inset = np.minimum((boxes[:, 2] - boxes[:, 0]) / 4, INSET)
        low = np.stack([boxes[:, 0] + inset, boxes[:, 1]], axis=1) * self._scale - self._corner
        high = np.stack([boxes[:, 2] - inset, boxes[:, 3]], axis=1) * self._scale - self._corner
        height, width = self.pixels.shape[:2]
        first = np.clip(np.floor(low).astype(int), 0, [width - 1, height - 1])
        last = np.maximum(np.clip(np.ceil(high).astype(int), 0, [width, height]), first + 1)
        return [
            (slice(y0, y1), slice(x0, x1)) for (x0, y0), (x1, y1) in zip(first.tolist(), last.tolist(), strict=True)
        ]


def _painted(page: OpenPage, scale: float, corner: tuple[int, int], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    bitmap = pdfium_c.FPDFBitmap_CreateEx(*size, pdfium_c.FPDFBitmap_BGRx, None, 0)
    try:
        pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, *size, 0xFFFFFFFF)
        width, height = (round(side * scale) for side in page.size)
        pdfium_c.FPDF_RenderPageBitmap(bitmap, page.raw, -corner[0], -corner[1], width, height, 0, 0)
        stride = pdfium_c.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(pdfium_c.FPDFBitmap_GetBuffer(bitmap), stride * size[1])
    finally:
        pdfium_c.FPDFBitmap_Destroy(bitmap)
    rows = np.frombuffer(data, dtype=np.uint8).reshape(size[1], stride)[:, : 4 * size[0]]
    return rows.reshape(size[1], size[0], 4)[:, :, :3]
