"""The tables of the samples: one description, printed as a PDF table or as text, and told as gold."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

NOT_A_ROLE = {"", "fte", "group", "other", "sum"}
OVER_GROUPS = {"net", "total", "sum"}


def danish_number(raw: str) -> Decimal:
    """The number that a printed cell stands for; "(413)" and the three minus signs are negative."""
    negative = raw.startswith(("-", "−", "–", "("))
    digits = raw.strip("-−–()+").replace(".", "").replace(" ", "").replace(" ", "").replace(",", ".")
    return -Decimal(digits) if negative else Decimal(digits)


def plain(number: Decimal) -> str:
    """Plain notation without trailing zeros, as the contract writes decimals."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) if number else "0"


def gold(spec: dict[str, Any]) -> dict[str, Any]:
    """The table as it must come out: values in kr. or FTE; a table without a unit has no lines."""
    factor = Decimal(spec["factor"]) if "factor" in spec else None
    columns = _columns(spec)
    told: dict[str, Any] = {
        "unit": {"factor": str(spec["factor"]), "currency": "DKK", "text": spec["unit"]} if factor else None,
        "price_level": spec.get("price_level"),
        "sign_note": spec.get("note"),
        "columns": columns,
        "lines": [],
    }
    told |= {field: spec[field] for field in ("caption", "checks", "pages") if field in spec}
    group = None
    for label, role, *cells in spec["rows"]:
        if role == "group":
            group = label
            continue
        unit = "fte" if role == "fte" else "DKK"
        if unit == "DKK" and factor is None:
            continue
        scale = Decimal(1) if role == "fte" or factor is None else factor
        values = {
            name: {"value": plain(danish_number(raw) * scale), "raw": raw}
            for name, raw in zip(column_names(columns), cells, strict=False)
            if raw
        }
        if values:
            line = {"label": label, "unit": unit, "values": values}
            if role not in NOT_A_ROLE:
                line["role"] = role
            if group and role not in OVER_GROUPS:
                line["group"] = group
            told["lines"].append(line)
    return told


def _columns(spec: dict[str, Any]) -> list[dict[str, Any]]:
    years = spec.get("years") or [label if isinstance(label, int) else None for label in spec["columns"]]
    roles = spec.get("column_roles") or [""] * len(years)
    return [
        {"label": str(label), "year": year} | ({"role": role} if role else {})
        for label, year, role in zip(spec["columns"], years, roles, strict=True)
    ]


def column_names(columns: list[dict[str, Any]]) -> list[str]:
    """What tells the values of a line apart: the year, the heading, or both where a year has several columns."""
    often = Counter(column["year"] for column in columns)
    return [
        column["label"]
        if not column["year"]
        else str(column["year"])
        if often[column["year"]] == 1
        else f"{column['year']} {column['label']}"
        for column in columns
    ]


def records(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The amounts and FTEs that the table's cells are, from its gold."""
    found = []
    columns = dict(zip(column_names(table["columns"]), table["columns"], strict=True))
    for line in table["lines"]:
        for name, value in line["values"].items():
            column = columns[name]
            record: dict[str, Any] = {"type": "fte" if line["unit"] == "fte" else "amount", "source": "table"}
            record |= {"value": value["value"], "text": value["raw"]}
            if column["year"]:
                record["year"] = column["year"]
            if name != str(column["year"]):
                record["column"] = column["label"]
            if record["type"] == "fte":
                record["unit"] = "fte"
            else:
                record |= {"currency": "DKK", "unit_source": table["unit"]["text"]}
                if table["price_level"]:
                    record["price_level"] = table["price_level"]
                role = line.get("role", column.get("role"))
                if role:
                    record["role"] = role
            found.append(record)
    return found


def as_text(spec: dict[str, Any], style: str) -> str:
    """The table in a text document: "collapsed" as a pasted PDF gives it, or "aligned" in columns."""
    return "\n".join(_collapsed(spec) if style == "collapsed" else _aligned(spec))


def _collapsed(spec: dict[str, Any]) -> list[str]:
    lines = [spec.get("unit", ""), f"{spec['price']} "] if "price" in spec else [spec.get("unit", "")]
    lines += ["", " ".join(map(str, spec["columns"])) + " ", ""]
    for label, _, *cells in spec["rows"]:
        lines.append(f"{label} " + " ".join(cells) + " ")
    if "note" in spec:
        lines.append(spec["note"] + " ")
    return lines


def _aligned(spec: dict[str, Any]) -> list[str]:
    head = ", ".join(filter(None, (spec.get("unit"), spec.get("price"))))
    rule = "-" * (44 + 10 * len(spec["columns"]))
    lines = [head.ljust(44) + "".join(str(column).rjust(10) for column in spec["columns"]), rule]
    for label, _, *cells in spec["rows"]:
        lines.append((label.ljust(44) + "".join(cell.rjust(10) for cell in cells)).rstrip())
    return [*lines, rule, spec["note"]] if "note" in spec else lines
