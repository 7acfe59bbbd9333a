"""How a command answers: a sentence for a person, JSON for a program, and an exit code for both.

Exit codes: 0 done; 1 the thing asked about is not so, or not all of it could be done; 2 the command was used
wrongly; 3 what it needs (a database, a file, a notice in force) is not there; 4 refused by a clause.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from enum import IntEnum, StrEnum
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

people = Console(stderr=True, highlight=False, soft_wrap=True)


class Exit(IntEnum):
    DONE = 0
    NOT_SO = 1
    WRONG_USE = 2
    NOT_THERE = 3
    REFUSED = 4


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text for people, json for programs")]


def answer(value: Any, *, text: str, format: Format) -> None:
    """Print what a command found: `text` for a person, `value` (a mapping, dataclass or list) for a program."""
    if format is Format.JSON:
        sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, indent=2, default=str) + "\n")
    elif text:
        sys.stdout.write(text + "\n")


def fail(sentence: str, *, code: Exit) -> NoReturn:
    """End with a sentence that says what to do, and no traceback."""
    people.print(sentence, style=None, markup=False)
    raise typer.Exit(int(code))


@contextmanager
def clear_sentences() -> Iterator[None]:
    """Turn what people can meet into a sentence and an exit code; anything else is a fault and shows itself."""
    try:
        yield
    except Exception as error:
        if told := _told(error):
            sentence, code = told
            fail_at_once(sentence, code=code)
        raise


def fail_at_once(sentence: str, *, code: Exit) -> NoReturn:
    """End the process with a sentence, outside of any command."""
    people.print(sentence, style=None, markup=False)
    sys.exit(int(code))


def _told(error: Exception) -> tuple[str, Exit] | None:
    """What to tell a person of an error, and the exit code that goes with it."""
    from kept.database import trouble

    if isinstance(error, trouble.DatabaseTrouble):
        return str(error), Exit.NOT_THERE
    if sentence := trouble.sentence(error):
        return sentence, Exit.NOT_THERE
    return _told_by_the_program(error)


def _told_by_the_program(error: Exception) -> tuple[str, Exit] | None:
    from django.apps import apps

    if not apps.ready:
        return None
    from kept.ledger.entries import Refused
    from kept.notices.faults import Faulty
    from kept.published.actions import NotPublished
    from kept.published.reads import NothingInForce

    if isinstance(error, Refused):
        return f"{error.decision.words} ({', '.join(error.decision.rests_on)})", Exit.REFUSED
    if isinstance(error, NothingInForce):
        return str(error), Exit.NOT_THERE
    if isinstance(error, Faulty | NotPublished):
        return str(error), Exit.NOT_SO
    return None


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return value
