"""The samples that LibreOffice prints. Their PDFs are committed, for not every machine has LibreOffice.

`tools/print_office.py` prints them from their .fodt and .fods and writes the SHA-256 of both into `office.sha256`, as
`sha256sum --check` reads it. Here a committed PDF is held against that list, and its words against its source, so that
neither the page nor the gold can be changed alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from samples_pdf import Block

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tools" / "samples"
TARGET = ROOT / "corpus" / "samples"
FINGERPRINTS = SOURCES / "office.sha256"
NO_WORDS = {"break", "space", "rule"}


def fingerprint(path: Path) -> str:
    """A line of `office.sha256`."""
    return f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT)}\n"


def committed(name: str, office_source: str, blocks: list[Block], header: str, footer: str) -> bytes:
    """The committed PDF. Ends the program if it is not what its sources say it is."""
    listed = FINGERPRINTS.read_text(encoding="utf-8") if FINGERPRINTS.exists() else ""
    for path in (SOURCES / office_source, TARGET / name):
        if not path.exists() or fingerprint(path) not in listed:
            raise SystemExit(f"{path.relative_to(ROOT)} is not what was printed: run tools/print_office.py")
    data = (TARGET / name).read_bytes()
    faults = differences(data, blocks, header, footer)
    if faults:
        raise SystemExit(f"{name}: {faults}. Make tools/samples/{name}.src and {office_source} say the same.")
    return data


def differences(pdf: bytes, blocks: list[Block], header: str, footer: str) -> str:
    """Which words only the PDF has, and which only its source; empty if none. Their order is not compared."""
    document = pdfium.PdfDocument(pdf)
    printed = Counter(word for page in document for word in page.get_textpage().get_text_range().split())
    pages = len(document)
    document.close()
    told = Counter(word for text in _texts(blocks) for word in text.split())
    for page in range(1, pages + 1):
        told.update(f"{header} {footer}".format(page=page, pages=pages).split())
    sides = {"only printed": printed - told, "only in the source": told - printed}
    return "; ".join(f"{side}: {' '.join(sorted(words.elements()))}" for side, words in sides.items() if words)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, content in blocks:
        if kind == "table":
            yield from _table(content)
        elif kind == "form":
            yield from (text for row in content for text in row)
        elif kind not in NO_WORDS:
            yield content


def _table(spec: dict[str, Any]) -> Iterator[str]:
    """The texts of a table; its heading stands on each of its `pages`."""
    corner = [] if spec.get("unit_elsewhere") else [spec[key] for key in ("unit", "price") if spec.get(key)]
    for _ in spec.get("pages", [1]):
        yield from (*corner, *map(str, spec["columns"]))
    for label, _, *cells in spec["rows"]:
        yield from (label, *cells)
    yield from (spec[key] for key in ("above", "note") if key in spec)
