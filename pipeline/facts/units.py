"""Units of money in running text: a scale, a currency or both ("mio. kr.", "t.kr.", "DKK", "kroner", ",-").

The words are data: ``lexicon/units.csv`` (scales and contractions; ``standalone`` says whether a currency must follow)
and ``lexicon/currencies.csv`` (``case``: only as spelled, because "nok" and "sek." are Danish words; ``before``: may
stand in front of its number).
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import resources
from typing import NamedTuple

# What may part a number from its unit: a few blanks, with one line break at most (and the mark of a quoted mail line).
GAP = r"[ \t\u00a0\u2009\u202f]{0,4}(?:\n[> \t\u00a0]{0,8})?"
MILLION = Decimal(1_000_000)


class Unit(NamedTuple):
    """A unit as printed, ``text[start:end]``: one is worth ``factor`` of ``currency`` (None: none is printed).

    ``scaled``: it names millions or more, so a decimal point may stand before it. ``before``: its number may follow.
    """

    start: int
    end: int
    factor: Decimal
    currency: str | None
    scaled: bool
    before: bool


def lexicon(name: str) -> list[dict[str, str]]:
    """The rows of a table in ``pipeline/lexicon``."""
    source = resources.files("pipeline.lexicon").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(source.splitlines()))


class _Form(NamedTuple):
    factor: Decimal
    currency: str | None
    before: bool


@functools.cache
def _scales() -> dict[str, _Form]:
    return {row["form"]: _Form(Decimal(row["factor"]), row["currency"] or None, False) for row in lexicon("units.csv")}


@functools.cache
def _currencies() -> dict[str, _Form]:
    rows = lexicon("currencies.csv")
    return {r["form"].lower(): _Form(Decimal(r["factor"]), r["currency"], r["before"] == "yes") for r in rows}


def _alternatives(rows: list[dict[str, str]]) -> str:
    """The forms of a table as one pattern, longest first; a form with a dot may end in it and need no blank after."""
    patterns = []
    for row in sorted(rows, key=lambda row: -len(row["form"])):
        form = re.escape(row["form"]).replace(r"\ ", r"\s")
        body = form if row.get("case") == "yes" else f"(?i:{form})"
        word = row["form"][-1].isalpha()
        end = r"(?:\.|(?![^\W\d_]))" if row["dot"] == "yes" else r"(?![^\W\d_])" if word else ""
        patterns.append(body + end)
    return "|".join(patterns)


@functools.cache
def _pattern() -> re.Pattern[str]:
    scales, currencies = lexicon("units.csv"), _alternatives(lexicon("currencies.csv"))
    alone = _alternatives([row for row in scales if row["standalone"] == "yes"])
    bound = _alternatives([row for row in scales if row["standalone"] == "no"])
    initials = "".join(sorted({row["form"][0] for row in scales + lexicon("currencies.csv")} | {","}))
    initials = re.escape(initials + initials.upper())
    return re.compile(
        rf"(?=[{initials}])(?:(?<=\d),(?P<dash>-{{1,2}}|–|—)(?!\w)(?:{GAP}(?P<c0>{currencies}))?"
        rf"|(?<![^\W\d_])(?<![fe]\.)(?<![fe]\.[ ])"
        rf"(?:(?P<s1>{alone})(?:{GAP}(?P<c1>{currencies}))?|(?P<s2>{bound}){GAP}(?P<c2>{currencies})|(?P<c3>{currencies}))"
        rf"(?!-[^\W\d_]))"
    )


def find_units(text: str) -> Iterator[Unit]:
    """The units of money in ``text``, left to right. ",-" is a unit of its own (Danish kroner)."""
    for match in _pattern().finditer(text):
        scale = _look_up(_scales(), match["s1"] or match["s2"])
        currency = _look_up(_currencies(), match["c0"] or match["c1"] or match["c2"] or match["c3"])
        start, end = match.span()
        if match["dash"]:
            yield Unit(start, end, Decimal(1), currency.currency if currency else "DKK", False, False)
            continue
        if scale and scale.currency and currency:  # "tkr. kr." is "tkr." and whatever follows
            end, currency = match.end("s1"), None
        factor = (scale.factor if scale else 1) * (currency.factor if currency else Decimal(1))
        code = currency.currency if currency else scale.currency if scale else None
        before = bool(scale.currency) if scale else currency is not None and currency.before
        yield Unit(start, end, factor, code, scale is not None and scale.factor >= MILLION, before)


def _look_up(table: dict[str, _Form], printed: str | None) -> _Form | None:
    return table[re.sub(r"\s", " ", printed.lower().removesuffix("."))] if printed else None


def scale_after(text: str, start: int) -> tuple[int, Decimal] | None:
    """The scale that stands at ``start``, without a currency ("mio." in "DKK 2,5 mio."): its end and its factor."""
    match = _scale_pattern().match(text, start)
    return (match.end(), _scales()[match["scale"].lower().removesuffix(".")].factor) if match else None


@functools.cache
def _scale_pattern() -> re.Pattern[str]:
    forms = _alternatives([row for row in lexicon("units.csv") if not row["currency"] and row["form"] != "t"])
    return re.compile(rf"{GAP}(?P<scale>{forms})")
