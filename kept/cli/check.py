"""kept check: whether the program stands as it says it does, before it is let near a family."""

from pathlib import Path
from typing import Annotated

import typer

from kept.cli.answers import Exit, Format, FormatOption, answer
from kept.cli.program import program

HANDBOOK = Path("docs/guides/commands.md")
DEFINITIONS = Path("definitions")
SCHEMA = DEFINITIONS / "notice.schema.json"


def check(
    write: Annotated[bool, typer.Option("--write", help="write the generated files anew")] = False,
    database: Annotated[bool, typer.Option("--database", help="check the database too; it must run")] = False,
    deploy: Annotated[
        bool, typer.Option("--deploy", help="check the settings for a real service too: TLS, cookies, keys")
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Run the system checks, look for tables without a migration, and for generated files that are stale.

    JSON: wrong (a list of sentences; empty if nothing is).

    Exit codes: 0 nothing is wrong; 1 something is.
    """
    with program():
        wrong = [*system_checks(database=database, deploy=deploy), *unmigrated(), *stale(write=write)]
    answer({"wrong": wrong}, text="\n".join(wrong) or "Nothing is wrong.", format=format)
    if wrong:
        raise typer.Exit(Exit.NOT_SO)


def system_checks(*, database: bool, deploy: bool = False) -> list[str]:
    """What Django's checks and our own find, as sentences."""
    from django.core import checks

    found = checks.run_checks(databases=["default"] if database else [], include_deployment_checks=deploy)
    return [
        f"{one.msg} {one.hint or ''} ({one.id})".replace("  ", " ")
        for one in found
        if one.level >= checks.WARNING
    ]


def unmigrated() -> list[str]:
    """Models that have changed since their last migration."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    return [
        f"The models of {room} have changed and no migration says so."
        for room in detector.changes(graph=loader.graph)
    ]


def stale(*, write: bool) -> list[str]:
    """Generated files that do not say what they would say if they were made now. A checkout has them; a wheel not."""
    wrong = []
    for file, text in generated().items():
        if not file.parent.is_dir():
            continue
        if write:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            wrong.append(f"{file} is stale. Run: kept check --write")
    return wrong


def generated() -> dict[Path, str]:
    """Every file that is made from the program, with what it should say."""
    from typer.main import get_command

    from kept.cli import safety
    from kept.cli.app import app
    from kept.cli.handbook import handbook
    from kept.cli.notice import texts_in
    from kept.notices.schema import notice_schema, written

    texts = texts_in(DEFINITIONS)
    schema = {SCHEMA: written(notice_schema(texts))} if texts else {}
    return {HANDBOOK: handbook(get_command(app)), **schema, **safety.pages(texts)}
