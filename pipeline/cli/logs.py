"""How a run speaks on stderr: in sentences, or for machines in one JSON object for each event."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from pipeline.cli.exits import ReaderGoneError
from pipeline.cli.output import talk

Format = Literal["text", "json"]
_logger = logging.getLogger("akt.run")
_logger.propagate = False


class Log:
    """Events with a name, a sentence and fields. Text shows the sentence, JSON all of it; CPR numbers are masked."""

    def __init__(self, form: Format = "text") -> None:
        self.form = form

    def info(self, event: str, text: str, **fields: Any) -> None:
        """Something was done."""
        self._say(logging.INFO, event, text, fields)

    def note(self, event: str, text: str, **fields: Any) -> None:
        """What a log for machines says, and a person sees without being told."""
        if self.form == "json":
            self._say(logging.INFO, event, text, fields)

    def warning(self, event: str, text: str, **fields: Any) -> None:
        """A document, or a part of one, was not read; the run goes on."""
        self._say(logging.WARNING, event, text, fields)

    def alarm(self, event: str, text: str, **fields: Any) -> None:
        """A warning that is said with --quiet, too."""
        extra = {"event": event, "fields": fields}
        _logger.handle(_logger.makeRecord(_logger.name, logging.WARNING, "", 0, "%s", (text,), None, extra=extra))

    def error(self, event: str, text: str, **fields: Any) -> None:
        """The run did not do what it was asked to."""
        self._say(logging.ERROR, event, text, fields)

    def _say(self, level: int, event: str, text: str, fields: dict[str, Any]) -> None:
        _logger.log(level, "%s", text, extra={"event": event, "fields": fields})


class _Sentences(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        talk(record.getMessage())


class _Objects(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        said = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", "message"),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        try:
            sys.stderr.write(f"{_as_json(said)}\n")
            sys.stderr.flush()
        except BrokenPipeError as error:
            raise ReaderGoneError from error


def _as_json(said: dict[str, Any]) -> str:
    """Masked, on one line, and with nothing in it that a terminal would obey."""
    import msgspec

    line = json.dumps(_masked(msgspec.to_builtins(said)), ensure_ascii=False)
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in line)


def _masked(value: Any) -> Any:
    from pipeline.masking import mask_name

    if isinstance(value, str):
        return mask_name(value)
    if isinstance(value, dict):
        return {_masked(name): _masked(each) for name, each in value.items()}
    return [_masked(each) for each in value] if isinstance(value, list) else value


@contextmanager
def speaking(form: Format = "text", *, quiet: bool = False) -> Iterator[Log]:
    """A log to stderr; ``quiet`` says errors only."""
    handler = _Objects() if form == "json" else _Sentences()
    _logger.addHandler(handler)
    _logger.setLevel(logging.ERROR if quiet else logging.INFO)
    try:
        yield Log(form)
    finally:
        _logger.removeHandler(handler)
