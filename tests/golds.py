"""What differs between a document and its gold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from corpus.model import Document
from pipeline.extract import Options, extract_bytes

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"
DECIMALS = {"value", "low", "high", "factor", "expected", "found"}
# Which words belong to the span of these is not for the gold to say: one of the two texts holds the other.
LOOSE_TEXT = {"date", "decision", "reference", "identifier"}
JSON = dict[str, Any]


@cache
def document(name: str) -> Document:
    return extract_bytes((SAMPLES / name).read_bytes(), name, Options())


def gold(name: str) -> JSON:
    told: JSON = json.loads((SAMPLES / f"{name}.gold.json").read_text(encoding="utf-8"))
    return told


def pairs(name: str) -> list[tuple[str, JSON, JSON]]:
    """(path, gold, found) of a sample and its children, as plain JSON."""
    found: JSON = json.loads(msgspec.json.encode(document(name)))
    return list(_pairs(name, gold(name), found))


def _pairs(path: str, told: JSON, found: JSON) -> Iterator[tuple[str, JSON, JSON]]:
    yield path, told, found
    for child, made in zip(told["children"], found["children"], strict=False):
        yield from _pairs(f"{path}!{child['name']}", child, made)


def flat(text: str | None) -> str:
    return " ".join((text or "").split())


def is_number(value: object) -> bool:
    """False for None and for the values of references and identifiers ("ISU32", a telephone number)."""
    return re.fullmatch(r"-?\d+(\.\d+)?", str(value)) is not None


def agrees(field: str, told: object, found: object) -> bool:
    if field in DECIMALS and is_number(told) and is_number(found):
        return Decimal(str(told)) == Decimal(str(found))
    if field == "time":
        return str(found or "").replace(".", ":")[:5] == str(told).replace(".", ":")
    if field == "unit_source":
        return flat(str(told)) in flat(str(found)) or (bool(found) and flat(str(found)) in flat(str(told)))
    if isinstance(told, str) and isinstance(found, str):
        return flat(told) == flat(found)
    return bool(told == found)


def record_agrees(told: JSON, found: JSON) -> bool:
    if told["type"] != found["type"]:
        return False
    fields = dict(told)
    if told["type"] == "identifier":
        return identifier_agrees(told, found)
    if told["type"] in LOOSE_TEXT:
        mine, theirs = flat(fields.pop("text", "")), flat(found["text"])
        if not (mine in theirs or theirs in mine):
            return False
    return all(agrees(field, value, found.get(field)) for field, value in fields.items())


def identifier_agrees(told: JSON, found: JSON) -> bool:
    """Phone numbers are compared by their last eight digits: whether +45 is kept is not the gold's matter."""
    if told["kind"] != found["kind"]:
        return False
    if told["kind"] == "phone":
        return bool(re.sub(r"\D", "", found["value"])[-8:] == told["value"])
    return bool(told["value"] == found["value"])


def short(record: JSON) -> str:
    left = {
        k: v for k, v in record.items() if v not in (None, False) and k not in ("type", "page", "bbox", "start", "end")
    }
    return f"{record['type']} {left}"


def overlapping(told: JSON, found: JSON) -> bool:
    mine, theirs = flat(told.get("text")), flat(found["text"])
    return bool(mine) and (mine in theirs or theirs in mine)


def record_differences(told: JSON, found: JSON) -> list[str]:
    """Missing records, each with what stands in its place, and unexpected ones of the complete types."""
    complete = set(told["complete"])
    left = list(found["records"])
    differences = []
    for record in told["records"]:
        if record["type"] == "committee":
            continue
        match = next((one for one in left if record_agrees(record, one)), None)
        if match is not None:
            left.remove(match)
            continue
        near = [one for one in left if one["type"] == record["type"] and overlapping(record, one)]
        differences.append(f"missing {short(record)}" + "".join(f"\n      there is {short(one)}" for one in near[:2]))
    differences += [f"unexpected {short(r)}" for r in left if r["type"] in complete - {"committee"}]
    return differences + committee_differences(told, found)


def committee_differences(told: JSON, found: JSON) -> list[str]:
    """Committees by name and level: how often each is said is not compared."""

    def named(records: list[JSON]) -> set[tuple[str, str]]:
        return {(r["name"], r["level"]) for r in records if r["type"] == "committee"}

    expected, got = named(told["records"]), named(found["records"])
    extra = got - expected if "committee" in told["complete"] else set()
    return [f"missing committee {c}" for c in sorted(expected - got)] + [
        f"unexpected committee {c}" for c in sorted(extra)
    ]


def person(told: list[str] | None) -> JSON | None:
    return None if told is None else {"name": told[0] or None, "address": told[1] or None}


def part_differences(told: JSON, found: JSON) -> list[str]:
    mine = told["parts"]
    theirs = [part for part in found["parts"] if part["kind"] != "body"]
    if [p["kind"] for p in mine] != [p["kind"] for p in theirs]:
        titles = [(p["kind"], p.get("title")) for p in theirs]
        return [f"parts: expected {len(mine)} ({', '.join(sorted({p['kind'] for p in mine}))}), got {titles}"]
    return [
        f"part {index} ({one['kind']}) {difference}"
        for index, (one, other) in enumerate(zip(mine, theirs, strict=True))
        for difference in one_part(one, other)
    ]


def one_part(told: JSON, found: JSON) -> Iterator[str]:
    for field, value in told.items():
        got = found.get(field)
        if field == "decision":
            got = found["decision_start"] is not None
        elif field == "from":
            value = person(value)
        elif field in ("to", "cc"):
            value = [person(one) for one in value]
        elif field == "sections":
            got = [re.sub(r"^\d+\.?\s+", "", flat(section["heading"])) for section in found["sections"]]
        if not agrees(field, value, got):
            yield f"{field}: expected {value!r}, got {got!r}"


def triples(table: JSON) -> set[tuple[str, str, Decimal]]:
    return {
        (flat(line["label"]), column, Decimal(value))
        for line in table["lines"]
        for column, value in cells(line).items()
    }


def cells(line: JSON) -> dict[str, str]:
    """Year, column or both -> value of a line, the gold's or the one found."""
    if isinstance(line["values"], dict):
        return {column: value["value"] for column, value in line["values"].items()}
    return {
        " ".join(str(value[key]) for key in ("year", "column") if value.get(key)): value["value"]
        for value in line["values"]
    }


def table_differences(told: JSON, found: JSON) -> list[str]:
    left = list(found["tables"])
    differences = []
    for number, table in enumerate(told["tables"]):
        if not table["lines"]:
            if not any(not triples(one) and one["unit"] is None and one["cells"] for one in left):
                differences.append(f"table {number}: expected a table with cells, but no unit and no lines")
            continue
        best = max(left, key=lambda one: len(triples(table) & triples(one)), default=None)
        if best is None or not triples(table) & triples(best):
            differences.append(f"table {number}: not found ({[line['label'] for line in table['lines']][:3]} …)")
            continue
        left.remove(best)
        differences += [f"table {number} {difference}" for difference in one_table(table, best)]
    return differences + [f"unexpected table of lines {sorted(triples(t))[:3]}" for t in left if triples(t)]


def one_table(told: JSON, found: JSON) -> Iterator[str]:
    unit = found["unit"] or {}
    for field in ("factor", "currency"):
        if not agrees(field, told["unit"][field], unit.get(field)):
            yield f"unit {field}: expected {told['unit'][field]}, got {unit.get(field)}"
    if told["price_level"] != found["price_level"]:
        yield f"price level: expected {told['price_level']}, got {found['price_level']}"
    for field in ("sign_note", "caption"):
        mine, theirs = flat(told.get(field)), flat(found[field])
        if mine and not (theirs and (mine in theirs or theirs in mine)):
            yield f"{field}: expected {mine!r}, got {theirs!r}"
    if "pages" in told and told["pages"] != found["pages"]:
        yield f"pages: expected {told['pages']}, got {found['pages']}"
    years = [column["year"] for column in told["columns"]]
    got = [column["year"] for column in found["columns"]]
    if years != got:
        yield f"columns: expected {years}, got {got}"
    yield from line_differences(told["lines"], [line for line in found["lines"] if line["values"]])
    yield from check_differences(told.get("checks", []), found["checks"])


def line_differences(told: list[JSON], found: list[JSON]) -> Iterator[str]:
    if [flat(line["label"]) for line in told] != [flat(line["label"]) for line in found]:
        yield f"lines: expected {[x['label'] for x in told]}, got {[flat(x['label']) for x in found]}"
        return
    for mine, theirs in zip(told, found, strict=True):
        for field in ("unit", "role", "group"):
            if field in mine and flat(mine[field]) != flat(theirs[field]):
                yield f"line {mine['label']!r} {field}: expected {mine[field]!r}, got {theirs[field]!r}"
        if {k: Decimal(v) for k, v in cells(mine).items()} != {k: Decimal(v) for k, v in cells(theirs).items()}:
            yield f"line {mine['label']!r}: expected {cells(mine)}, got {cells(theirs)}"


def check_differences(told: list[JSON], found: list[JSON]) -> Iterator[str]:
    """Every check that the gold names is made; and none fails that the gold does not say fails."""
    for check in told:
        same = [c for c in found if c["year"] == check["year"] and c["ok"] == check["ok"]]
        sums = {Decimal(check[k]) for k in ("expected", "found") if k in check}
        if not any(sums <= {Decimal(c["expected"]), Decimal(c["found"])} for c in same):
            yield f"check: expected {check}, got {[c for c in found if c['year'] == check['year']]}"
    failing = {check["year"] for check in told if not check["ok"]}
    yield from (f"check fails: {c}" for c in found if not c["ok"] and c["year"] not in failing)


def told_of(differences: list[tuple[str, str]]) -> str:
    return "\n" + "\n".join(f"  {path}: {difference}" for path, difference in differences)
