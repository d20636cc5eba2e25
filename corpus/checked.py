"""Which figures of a table the sums prove that it promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from corpus.model import Check, Line, LineValue, Table

Status = Literal["ok", "mismatch", "none"]


def statuses(table: Table) -> Callable[[Line, LineValue], Status]:
    """Says of a value whether the sums hold that the table promises of its unit and year or column, and of its row.

    "none" where it promises none.
    """
    found: dict[tuple[str | None, int | None, str | None], list[Check]] = {}
    for check in table.checks:
        found.setdefault((check.unit, check.year, check.column), []).append(check)

    def status(line: Line, value: LineValue) -> Status:
        checks = found.get((line.unit, value.year, value.column), ())
        held = [check.ok for check in checks if check.label is None or check.label == line.label]
        if not held:
            return "none"
        return "ok" if all(held) else "mismatch"

    return status
