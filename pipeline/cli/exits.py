"""The exit codes: a stable interface for scripts, described in docs/cli.md."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    SOME_FAILED = 3
    NOTHING_FOUND = 4
    BUSY = 5
    DAMAGED = 6
    CHECKS_FAIL = 7
    INTERRUPTED = 130
    TERMINATED = 143


MEANING: dict[ExitCode, str] = {
    ExitCode.DONE: "Done.",
    ExitCode.ERROR: "Something went wrong; a sentence on stderr says what, and what to do next.",
    ExitCode.USAGE: "The command line or the query is wrong, or the only path named does not exist; nothing was done.",
    ExitCode.SOME_FAILED: "Done, but some documents failed or do not exist; they are listed on stderr.",
    ExitCode.NOTHING_FOUND: "Done, and nothing was found; a CSV or a spreadsheet has its headings and no rows.",
    ExitCode.BUSY: "Another process is writing to the workspace.",
    ExitCode.DAMAGED: "The store or the index cannot be read.",
    ExitCode.CHECKS_FAIL: "Done, and some sums of the documents do not hold; they are printed.",
    ExitCode.INTERRUPTED: "Stopped with Ctrl-C; what was finished by then is kept.",
    ExitCode.TERMINATED: "Stopped with SIGTERM (kill, systemd, a shutdown); what was finished by then is kept.",
}


class ReaderGoneError(Exception):
    """The program that read our output has ended (`akt … | head`). No OSError: click would make an error of it."""


class CommandError(Exception):
    """Ends a command with one sentence on stderr and an exit code."""

    def __init__(self, message: str, code: ExitCode = ExitCode.ERROR) -> None:
        super().__init__(message)
        self.code = code
