"""Lists of words, as data: one CSV file per list beside this module, UTF-8, with a header row."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``<name>.csv`` by column heading, an empty cell as "". Shared and cached: do not change them.

    Raises FileNotFoundError when there is no such list, and ValueError when a row does not fit the header.
    """
    text = resources.files(__name__).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    header, *lines = [line for line in csv.reader(text.splitlines()) if line]
    return [dict(zip(header, line, strict=True)) for line in lines]
