"""kept staff: who joins, who moves, who leaves; and the programs that ask by themselves."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kept.cli.answers import Exit, Format, FormatOption, answer, fail
from kept.cli.program import program

app = typer.Typer(help="Accounts, teams and processes.", no_args_is_help=True)

By = Annotated[str, typer.Option("--as", help="who does this: the address of your own account")]
Service = Annotated[str, typer.Option("--service", help="the service, such as health-visiting")]


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="what the person signs in with")],
    by: By,
    service: Service,
    name: Annotated[str, typer.Option("--name", help="how colleagues and families know them")],
    role: Annotated[str, typer.Option("--role", help="one of definitions/roles.yaml")],
    organisation: Annotated[str, typer.Option("--organisation", help="whom they work for")],
    team: Annotated[
        list[str] | None, typer.Option("--team", help="a team to join; may be said twice")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Make an account, with a first password and second factor: printed once, and kept nowhere.

    JSON: account, email, password, second_factor (the secret for an authenticator app, in base32).

    Exit codes: 0 made; 1 not possible as asked; 4 the notice gives the role to another organisation.
    """
    from django.utils import timezone

    with program(role="owner"):
        made = account_made(
            by=by,
            service=service,
            email=email,
            name=name,
            role=role,
            organisation=organisation,
            teams=team or [],
            at=timezone.now(),
        )
        answer(
            made,
            text=f"{email} can sign in with the password {made['password']}\n"
            f"and this secret in an authenticator app: {made['second_factor']}\n"
            "Hand both over safely, apart from one another. They are not shown again.",
            format=format,
        )


def account_made(
    *,
    by: str,
    service: str,
    email: str,
    name: str,
    role: str,
    organisation: str,
    teams: Sequence[str],
    at: datetime,
) -> dict[str, object]:
    """An account with its first password and second factor, as `kept staff add` prints them."""
    from kept.published.reads import definition_in_force
    from kept.staff import actions
    from kept.standards.days import day_of

    password = secrets.token_urlsafe(12)
    definition = definition_in_force(service=service, on=day_of(at)).definition
    try:
        account = actions.add_account(
            by=by,
            definition=definition,
            email=email,
            name=name,
            role=role,
            organisation=organisation,
            teams=teams,
            password=password,
            at=at,
        )
    except actions.NotPossible as why:
        fail(str(why), code=Exit.NOT_SO)
    secret = actions.add_totp(by=by, account=account, at=at)
    return {"account": account, "email": email, "password": password, "second_factor": secret}


@app.command("add-team")
def add_team(
    name: Annotated[str, typer.Argument(help="what the team is called")],
    by: By,
    service: Service,
    postcode: Annotated[
        list[str] | None, typer.Option("--postcode", help="a postcode district it looks after, such as CT1")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Make a team, and say which postcode districts it looks after.

    JSON: team, name, service.

    Exit codes: 0 made; 1 there is one of that name already.
    """
    from django.utils import timezone

    with program(role="owner"):
        from kept.staff import actions

        try:
            team = actions.add_team(
                by=by, service=service, name=name, postcode_districts=postcode or [], at=timezone.now()
            )
        except actions.NotPossible as why:
            fail(str(why), code=Exit.NOT_SO)
        answer(
            {"team": team, "name": name, "service": service},
            text=f"{name} is a team of {service}.",
            format=format,
        )


@app.command("add-process")
def add_process(
    name: Annotated[str, typer.Argument(help="what the process is called, such as intake")],
    by: By,
    service: Service,
    role: Annotated[str, typer.Option("--role", help="the role it asks in, such as intake")],
    organisation: Annotated[str, typer.Option("--organisation", help="whose program it is")],
    token_file: Annotated[
        Path, typer.Option("--token-file", help="where to write its token, for it alone to read")
    ],
    format: FormatOption = Format.TEXT,
) -> None:
    """Let a program ask by itself: its token goes into a private file. An older token is worth nothing then.

    JSON: name, service, token_file.

    Exit codes: 0 made; 1 not possible as asked; 4 the notice gives the role to another organisation.
    """
    from django.utils import timezone

    with program(role="owner"):
        process_made(
            by=by,
            service=service,
            name=name,
            role=role,
            organisation=organisation,
            token_file=token_file,
            at=timezone.now(),
        )
        answer(
            {"name": name, "service": service, "token_file": str(token_file)},
            text=f"{name} may ask for {service}; its token is in {token_file}.",
            format=format,
        )


def process_made(
    *, by: str, service: str, name: str, role: str, organisation: str, token_file: Path, at: datetime
) -> None:
    """A process, and its token in a private file."""
    import os

    from kept.published.reads import definition_in_force
    from kept.staff import actions
    from kept.standards.days import day_of

    definition = definition_in_force(service=service, on=day_of(at)).definition
    try:
        token = actions.add_process(
            by=by, definition=definition, name=name, role=role, organisation=organisation, at=at
        )
    except actions.NotPossible as why:
        fail(str(why), code=Exit.NOT_SO)
    # Private from the first byte: the mode is set as the file is made, not after.
    token_file.unlink(missing_ok=True)
    with os.fdopen(os.open(token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(token)


@app.command()
def code(
    secret: Annotated[
        str, typer.Argument(help="the secret of a second factor, as `kept staff add` printed it")
    ],
    format: FormatOption = Format.TEXT,
) -> None:
    """Work out the six digits that an authenticator app would show now: for a demonstration without one.

    JSON: code.

    Exit codes: 0 worked out; 2 that is not a secret.
    """
    import binascii
    import time

    with program():
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

        try:
            digits = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        except binascii.Error:
            fail(
                "That is not a secret: it has the letters A to Z and the digits 2 to 7.", code=Exit.WRONG_USE
            )
        answer({"code": digits}, text=digits, format=format)
