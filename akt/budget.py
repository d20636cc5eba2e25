"""What `Workspace.budget` gives: sums, the figures behind them, and what a reader must know before quoting them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.export.rows import Row
    from pipeline.figures.model import Figure
    from pipeline.figures.sums import Budget, Sum

WIDTH = 100  # columns of the table that is printed


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums that were asked for. Printed, it is the table of `akt budget` with what that says of it below."""

    found: Budget

    @property
    def by(self) -> list[str]:
        """What the values of each sum's ``key`` are, in order; the municipality, too, where there are several."""
        return self.found.by

    @property
    def sums(self) -> list[Sum]:
        """In order of their keys and years; each has its ``value`` (Decimal) and the ``figures`` that it adds."""
        return self.found.sums

    @property
    def left_out(self) -> list[Figure]:
        """The figures that were asked for and are in no sum; ``left_out`` of each says why."""
        return self.found.left_out

    @property
    def notes(self) -> list[str]:
        """What a reader must know: what no printed sum confirms, and what was left out and why."""
        from pipeline.figures.printed import notes

        return list(notes(self.found))

    def rows(self) -> Iterator[Row]:
        """A row per sum: what it is kept apart by, then year, value, unit, stage, price_level, side and counts."""
        from pipeline.figures.printed import sum_rows

        return sum_rows(self.found)

    def lines(self) -> Iterator[Row]:
        """A row per figure behind the sums, with path, page and box, sum by sum."""
        from pipeline.figures.printed import line_rows

        return line_rows(self.found)

    def pandas(self) -> pd.DataFrame:
        """The rows for pandas (`pip install 'akt[notebook]'`), on Arrow's types: decimals stay exact."""
        import pandas as pd
        import pyarrow as pa

        from pipeline.export.columns import batches
        from pipeline.export.parquet import record_batch, schema_of
        from pipeline.figures.sheets import sums_sheet

        sheet = sums_sheet(self.found.by)
        schema = schema_of(sheet)
        made = [record_batch(sheet, schema, columns) for columns in batches(sheet, self.rows())]
        frame: pd.DataFrame = pa.Table.from_batches(made, schema).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def __str__(self) -> str:
        from pipeline.figures.printed import sum_table

        return "".join(sum_table(self.found, WIDTH, None)) + "\n".join(self.notes)

    def __repr__(self) -> str:
        return str(self)
