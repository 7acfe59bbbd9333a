"""kept notice: check a notice, publish it, see what is in force."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kept.cli.answers import Exit, Format, FormatOption, answer, fail
from kept.cli.program import program

app = typer.Typer(help="The notices: what a family reads, and the program obeys.", no_args_is_help=True)

Definitions = Annotated[
    Path | None,
    typer.Option("--definitions", help="the folder of definitions; the installed one if not said"),
]


def texts_in(folder: Path) -> dict[str, str]:
    """The texts of a folder of definitions, by their names in it."""
    return {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(folder.rglob("*.yaml"))
    }


def services_of(texts: dict[str, str]) -> list[str]:
    """The services that a folder's texts define: one file each, named like the service."""
    return [Path(name).stem.replace("_", "-") for name in texts if name.startswith("services/")]


def definitions_folder(given: Path | None) -> Path:
    if given:
        folder = given
    else:
        from django.conf import settings

        folder = settings.DEFINITIONS
    if not folder.is_dir():
        fail(f"There is no folder {folder}. Name it with --definitions.", code=Exit.NOT_THERE)
    return folder


@app.command()
def publish(
    service: Annotated[str, typer.Argument(help="the service, such as health-visiting")],
    by: Annotated[str, typer.Option("--by", help="who publishes: the address of an account")],
    approved_by: Annotated[str, typer.Option("--approved-by", help="the second person who approved it")],
    definitions: Definitions = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Publish a notice: from the day it comes into force, family and program read the same words.

    JSON: service, version, hash, in_force_from, new.

    Exit codes: 0 published, or published already; 1 the texts hold errors, or nobody else approved.
    """
    from django.utils import timezone

    with program(role="publisher"):
        from kept.published.actions import publish as publish_texts

        texts = texts_in(definitions_folder(definitions))
        stored, new = publish_texts(
            by=by, approved_by=approved_by, service=service, texts=texts, at=timezone.now()
        )
        state = "is published" if new else "was published already"
        answer(
            {
                "service": service,
                "version": stored.id,
                "hash": stored.hash,
                "in_force_from": stored.in_force_from,
                "new": new,
            },
            text=f"{stored.title}, dated {stored.dated}, {state}. In force from {stored.in_force_from}.",
            format=format,
        )


@app.command("in-force")
def in_force(
    service: Annotated[str, typer.Argument(help="the service, such as health-visiting")],
    on: Annotated[str | None, typer.Option("--on", help="the day, as 2026-11-22; today if not said")] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Say which version of a notice binds a service on a day.

    JSON: service, version, dated, hash, clauses (how many).

    Exit codes: 0 one is in force; 2 the day cannot be read; 3 none is in force.
    """
    from django.utils import timezone

    with program():
        from kept.published.reads import definition_in_force
        from kept.standards.days import day_of

        day = day_said(on) if on else day_of(timezone.now())
        version = definition_in_force(service=service, on=day)
        notice = version.definition
        answer(
            {
                "service": service,
                "version": version.id,
                "dated": notice.dated,
                "hash": notice.hash,
                "clauses": len(notice.clauses),
            },
            text=f"{notice.title}, dated {notice.dated}: {len(notice.clauses)} clauses. {notice.hash}",
            format=format,
        )


def day_said(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        fail(f"{said} is not a day. Write it like 2026-11-22.", code=Exit.WRONG_USE)
