"""The log: one line of JSON for each thing that happened, and nothing that anybody typed or that stands in a record.

A line says when, how grave, which part of the program, which request by its number, and what happened in the words
of the source. What a message would be filled with is left out, for it may be an address, a name or a whole row:
of an error only its kind and the lines it went through are told. What stands in `TOLD` is the whole of what is added.
"""

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger as GunicornLogger
from pythonjsonlogger.json import JsonFormatter

from kept.ledger.entries import request_id

OURS = "kept."
TOLD = ("route", "method", "status", "duration_ms", "what")
PACKAGE = Path(__file__).parents[1]
DEEPEST = 12


class Formatter(JsonFormatter):
    """Named in the setting LOGGING, and by the web server's own log."""

    def format(self, record: logging.LogRecord) -> str:
        return self.serialize_log_record(self.process_log_record(told(record)))


def told(record: logging.LogRecord) -> dict[str, Any]:
    """What a line says."""
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "part": record.name,
        "event": event(record),
    }
    if number := request_id.get():
        line["request"] = number
    if record.name.startswith(OURS):
        line |= {name: value for name in TOLD if (value := getattr(record, name, None)) is not None}
    else:
        line["where"] = f"{record.module}:{record.lineno}"
    if record.exc_info and record.exc_info[1]:
        line["error"] = kinds(record.exc_info[1])
        line["through"] = lines(record.exc_info[1])
    return line


def event(record: logging.LogRecord) -> str:
    """The words of the source. A library's text is told only where it was to be filled in: one that comes without
    values may have been filled in already."""
    literal = isinstance(record.msg, str) and (record.args or record.name.startswith(OURS))
    return str(record.msg) if literal else ""


def kinds(error: BaseException) -> list[str]:
    """The kind of an error and of what it came from, by name."""
    found: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(found) < DEEPEST:
        found.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or cause.__context__
    return found


def lines(error: BaseException) -> list[str]:
    """The lines of the program that an error went through, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    return [f"{short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def short(file: str) -> str:
    path = Path(file)
    return path.relative_to(PACKAGE.parent).as_posix() if path.is_relative_to(PACKAGE) else path.name


class ServerLog(GunicornLogger):
    """What the web server says, in the same form. It has no list of requests of its own: kept/web/access.py has."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Formatter())
