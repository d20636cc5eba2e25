"""The words that the finders of references know, from the list of that name."""

from __future__ import annotations

from functools import cache

from pipeline.lexicon import rows


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind ("law", "case-label", "budget" and others); ValueError for a kind that is not listed."""
    found = frozenset(row["word"] for row in rows("reference_words") if row["kind"] == kind)
    if not found:
        raise ValueError(f"no words of the kind '{kind}'")
    return found


@cache
def endings(kind: str) -> tuple[str, ...]:
    """The words of one kind for ``str.endswith``."""
    return tuple(sorted(words(kind)))


@cache
def proposal_words() -> frozenset[str]:
    """ "forslag" and its compounds in the forms that a number may follow."""
    heads = ("", *words("proposal-kind"))
    return frozenset(f"{head}forslag{end}" for head in heads for end in ("", "et", "ene")) | {"businesscase"}


@cache
def law_names() -> frozenset[str]:
    """Names of acts that stand for themselves, and their genitives."""
    return frozenset(form for name in words("law") for form in (name, f"{name}s"))


@cache
def marks() -> frozenset[str]:
    """All words at which a finder of references looks closely: the words of a text are compared with them once."""
    kinds = ("case-label", "agenda-item", "budget", "law-kind")
    return frozenset({"artikel", "art", "barnets", "paragraf"}.union(proposal_words(), law_names(), *map(words, kinds)))
