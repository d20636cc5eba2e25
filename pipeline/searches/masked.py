"""Queries with a CPR number: they find nothing, for all that is searched is masked. Loads nothing but patterns."""

from __future__ import annotations

import re

from corpus.cpr import mask, mask_digits

_FIGURE = re.compile(r"(?<!\w)(?:amount|beløb|fte|årsværk):(?:\([^)]*\)|\S*)", re.IGNORECASE)
"""A condition on an amount: 1201000000 kroner have the shape of a CPR number, and are none."""


def cpr_refusal(query: str) -> str | None:
    """Why a query is not searched for, without a full stop; None where it holds no CPR number."""
    words = _FIGURE.sub(" ", query)
    if mask(words) == words:
        return None
    return (
        f"no search finds a CPR number, for all of them are masked ({mask_digits(mask(query))}): "
        "search for the name instead"
    )
