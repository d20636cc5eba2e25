"""Near spellings for a name in a query that nothing in the workspace bears."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from corpus.store.database import open_store, sqlite_url
from corpus.store.queries import municipalities
from corpus.workspace import Workspace
from index.query import parse
from index.tree import Name
from pipeline.export.narrow import conjunctive


def near_names(workspace: Workspace, query: str) -> Iterator[tuple[str, str]]:
    """(name as asked for, nearest name in the store) of the municipalities that a query asks for in vain."""
    asked = [found.value for found in conjunctive(parse(query)) if found.field == "municipality"]
    if not asked:
        return
    with open_store(sqlite_url(workspace.store_file)) as engine, engine.connect() as connection:
        known = {_key(name): name for name in municipalities(connection)}
    for value in asked:
        if isinstance(value, Name) and not any(key.startswith(_key(value.text)) for key in known):
            for near in difflib.get_close_matches(_key(value.text), known, n=1, cutoff=0.6):
                yield value.text, known[near]


def _key(name: str) -> str:
    return name.casefold().removesuffix(" kommune")
