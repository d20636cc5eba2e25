"""What a run is at, on stderr: a bar with rate and time left for a terminal, a line a minute for a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from pipeline.export.safety import on_one_line
from pipeline.ingest.progress import Progress, silent

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from pipeline.cli.logs import Log


LONG = 40
"""A document of this many pages is counted page by page."""


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """What to tell the steps of a run to."""
    if not sys.stderr.isatty():
        yield silent
        return
    with _bar() as bar:
        tasks: dict[str, int] = {}

        def show(step: str, done: int, total: int | None, path: str) -> None:
            of_pages = step in {"pages", "tables"}
            if of_pages and (total or 0) < LONG:
                return
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total, rate="")
            task = bar.tasks[tasks[step]]
            if of_pages and done == 1:
                bar.reset(task.id)
            rate = f"{task.speed:.1f}/s" if task.speed else ""
            visible = not of_pages or done != total
            bar.update(task.id, completed=done, total=total, rate=rate, path=on_one_line(path), visible=visible)

        yield show


EVERY = 60.0
"""Seconds between two lines of a log."""


@contextmanager
def progress_of(log: Log) -> Iterator[Progress]:
    """A bar where somebody watches; a line now and then where a log is written."""
    if log.form == "text" and sys.stderr.isatty():
        with progress_bar() as bar:
            yield bar
    else:
        yield Lines(log)


class Lines:
    """Says how far a step has come when a minute has gone by since it said so, or anything, last."""

    def __init__(self, log: Log, every: float = EVERY) -> None:
        self._log, self._every = log, every
        self._said = time.monotonic()
        self._begun: dict[str, tuple[float, int]] = {}

    def __call__(self, step: str, done: int, total: int | None, path: str) -> None:
        now = time.monotonic()
        since, first = self._begun.setdefault(step, (now, done))
        if done < first:
            self._begun[step] = now, done
        if now - self._said < self._every:
            return
        self._said = now
        rate = (done - first) / (now - since) if now > since else 0.0
        of_all = f" of {total}" if total is not None else ""
        left = f", {_duration((total - done) / rate)} left" if total and rate > 0 and total > done else ""
        at = f" ({path})" if path else ""
        text = f"{step}: {done}{of_all}, {rate:.1f}/s{left}{at}"
        self._log.info("progress", text, step=step, done=done, total=total, per_second=round(rate, 2), path=path)


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{max(minutes, 1)} min"


@contextmanager
def page_bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """What to tell the step and the pages of a single document to; None where nobody watches.

    It shows only during the step.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with ExitStack() as shown:
        bar: Bar | None = None

        def show(step: str, done: int, total: int) -> None:
            nonlocal bar
            if total < LONG:
                return
            if bar is None:
                bar = shown.enter_context(_bar())
                bar.add_task(step, total=total, rate="")
            (task,) = bar.tasks
            bar.update(task.id, completed=done, total=total, rate=f"{task.speed:.1f}/s" if task.speed else "")
            if done == total:
                bar = None
                shown.pop_all().close()

        yield show


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<10}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


SAME_STOP = 1.0
"""Seconds within which a second signal is the first one again."""


@contextmanager
def finish_on_interrupt(log: Log | None = None) -> Iterator[list[int]]:
    """The first Ctrl-C or SIGTERM is only put into the list, so that the document at hand is finished.

    So is one that comes within a second of it, for who signals a group signals more than once (`timeout` does: the
    command, and the group that it is in). Any later one ends the process at once.
    """
    import signal

    stopped: list[int] = []
    since = 0.0
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _frame: object) -> None:
        nonlocal since
        if stopped:
            if time.monotonic() - since >= SAME_STOP:
                restore()
                signal.raise_signal(number)
            return
        stopped.append(number)
        since = time.monotonic()
        again = "press Ctrl-C again to stop at once" if number == signal.SIGINT else "SIGTERM again stops at once"
        if log is None or (log.form == "text" and sys.stderr.isatty()):
            sys.stderr.write(f"\nakt: finishing the document at hand; {again}.\n")
        else:
            log.warning("stopping", f"akt: finishing the document at hand; {again}.")

    for number in before:
        signal.signal(number, note)
    try:
        yield stopped
    finally:
        restore()
