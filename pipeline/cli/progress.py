"""A progress bar with rate and time left, on stderr and only when that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.export.safety import on_one_line
from pipeline.ingest.run import Progress


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """What to tell the steps of a run to."""
    if not sys.stderr.isatty():
        yield lambda step, done, total, path: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:<10}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def show(step: str, done: int, total: int | None, path: str) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total, rate="")
            task = bar.tasks[tasks[step]]
            rate = f"{task.speed:.1f}/s" if task.speed else ""
            bar.update(task.id, completed=done, total=total, rate=rate, path=on_one_line(path))

        yield show


@contextmanager
def finish_on_interrupt() -> Iterator[list[int]]:
    """The first Ctrl-C or SIGTERM is only put into the list, so that the document at hand is finished."""
    import signal

    stopped: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _frame: object) -> None:
        stopped.append(number)
        restore()
        again = "press Ctrl-C again to stop at once" if number == signal.SIGINT else "SIGTERM again stops at once"
        sys.stderr.write(f"\nakt: finishing the document at hand; {again}.\n")

    for number in before:
        signal.signal(number, note)
    try:
        yield stopped
    finally:
        restore()
