"""Names that begin in some way, in the filters that have names: ``fra:ha*``."""

from __future__ import annotations

from collections.abc import Sequence

from index.engines.base import AnyOf, Node, Prefix

# Of more beginnings than these, names are not told apart by how they are spelled.
MOST_BEGINNINGS = 100


def name_beginning(field: str, text: str, but: str, listed: Sequence[str]) -> Node:
    """The names that begin so.

    A name is kept as one value with its spelling made one, so that the words of texts must tell which of those that go
    on with a letter of ``but`` are written so: ``listed``, for the last word of ``text``. The others go on with half of
    an å, æ or ø, and do not begin so.
    """
    shortest = [form for form in listed if not form.startswith(tuple(one for one in listed if one != form))]
    if not but or len(shortest) > MOST_BEGINNINGS:
        return Prefix(field, text)
    head = text[: text.rfind(" ") + 1]
    return AnyOf((Prefix(field, text, but, listed=True), *(Prefix(field, head + form) for form in shortest)))
