"""Near spellings for a municipality that a query asks for in vain. Needs no store, so that a search loads none."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from index.query import parse
from index.tree import Name
from pipeline.export.narrow import conjunctive
from pipeline.lexicon import rows

NEAR = 0.7


def near_names(query: str) -> Iterator[tuple[str, str]]:
    """(name as asked for, nearest name) for each that is no Danish municipality's and close to one that is."""
    known = {row["name"].casefold(): row["name"] for row in rows("municipalities")}
    for found in conjunctive(parse(query)):
        if found.field != "municipality" or not isinstance(found.value, Name):
            continue
        asked = found.value.text.casefold().removesuffix(" kommune")
        if not any(key.startswith(asked) or asked == f"{key}s" for key in known):
            for near in difflib.get_close_matches(asked, known, n=1, cutoff=NEAR):
                yield found.value.text, known[near]
