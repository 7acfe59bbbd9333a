"""kept notice render: a notice for people, in the format they can read."""

import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kept.cli import notice
from kept.cli.answers import Exit, Format, FormatOption, answer, fail
from kept.cli.drafts import drafted, today
from kept.cli.notice import Definitions, definitions_folder, texts_in
from kept.cli.program import program
from kept.notices.definition import Definition


class As(StrEnum):
    """What a notice can be made into."""

    EASY_READ = "easy-read"
    FULL = "full"
    LARGE_PRINT = "large-print"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    PROFESSIONALS = "professionals"


@notice.app.command()
def render(
    service: Annotated[str, typer.Argument(help="the service, such as health-visiting")],
    as_: Annotated[
        As,
        typer.Option(
            "--as",
            help="easy-read, full, large-print, professionals: a page in one file; text: to be read aloud; "
            "html: the full notice to stand in another page; pdf: Easy Read on paper",
        ),
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", help="the version in force on this day, and names as they are then; today if not said"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="the file to write; standard output if not said")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="the folder of definitions as it is now, published or not")
    ] = False,
    definitions: Definitions = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Write a notice for people: Easy Read, full, large print, to be read aloud, on paper, or for professionals.

    JSON: service, title, dated, version, hash, as, out, text (the notice, unless it went into a file).

    Exit codes: 0 written; 1 the draft holds errors; 2 the day cannot be read, or a PDF has nowhere to go; 3 no such
    version is in force, or its pictures cannot be built.
    """
    if as_ is As.PDF and not out and (sys.stdout.isatty() or format is Format.JSON):
        fail("A PDF is not for reading here. Name a file with --out.", code=Exit.WRONG_USE)
    with program():
        build_what_it_is_drawn_with()
        day = today(on)
        if draft:
            found, version = drafted(texts_in(definitions_folder(definitions)), service=service), ""
        else:
            found, version = in_force(service=service, on=day)
        content, told = rendered(found, as_, version=version, on=day)
        written(content, out=out, format=format, told={**told, "as": as_, "out": str(out) if out else None})


def in_force(*, service: str, on: date) -> tuple[Definition, str]:
    """The version that binds a service on a day, and what it is called. Raises NothingInForce."""
    from kept.published.editions import editions
    from kept.published.reads import definition_in_force
    from kept.web.notices.formats import version_words

    found = definition_in_force(service=service, on=on)
    numbered = next(one for one in editions(service=service) if one.id == found.id)
    return found.definition, version_words(numbered)


def build_what_it_is_drawn_with() -> None:
    """The pictures, the styles and the typeface. Quick when they are there."""
    from kept.web import building

    try:
        building.build()
    except building.CannotBuild as problem:
        fail(str(problem), code=Exit.NOT_THERE)


def rendered(
    definition: Definition, as_: As, *, version: str, on: date
) -> tuple[str | bytes, dict[str, object]]:
    """The notice, and what it is. `version` is empty for a draft."""
    from kept.web.notices.alone import alone, article
    from kept.web.notices.aloud import aloud
    from kept.web.notices.formats import DRAFT, Form, Shown, shown
    from kept.web.notices.papers import paper, typeset

    form = {As.HTML: Form.FULL, As.PDF: Form.EASY_READ}.get(as_) or Form(as_)
    notice_shown = shown(definition, form, version=version or DRAFT, on=on)
    printed = paper if version else typeset  # a draft is not kept
    makers: dict[As, Callable[[Shown], str | bytes]] = {As.TEXT: aloud, As.HTML: article, As.PDF: printed}
    told = {
        "service": definition.service,
        "title": definition.title,
        "dated": definition.dated,
        "version": notice_shown.version,
        "hash": definition.hash,
    }
    return makers.get(as_, alone)(notice_shown), told


def written(content: str | bytes, *, out: Path | None, format: Format, told: dict[str, object]) -> None:
    """Into the file where there is one, else onto standard output."""
    if out:
        try:
            out.write_bytes(content if isinstance(content, bytes) else content.encode())
        except OSError as trouble:
            fail(f"{out} cannot be written: {trouble.strerror}. Name another file.", code=Exit.WRONG_USE)
        text = f"{told['title']}, dated {told['dated']}, {told['version']}, is in {out}."
        answer({**told, "text": None}, text=text, format=format)
    elif isinstance(content, bytes):
        sys.stdout.buffer.write(content)
    else:
        answer({**told, "text": content}, text=content.rstrip("\n"), format=format)
