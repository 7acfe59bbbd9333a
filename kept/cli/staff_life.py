"""kept staff list, move, leave, join-team, leave-team, merge-teams and renew: what becomes of an account later on.

Access changes at once: whoever moves, leaves or lost a second factor is signed out everywhere, and the next
question that they put to the database is answered by what they are now.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.intake import asker_with, token_in
from kept.cli.program import program
from kept.cli.staff import By, Service, app
from kept.database.acting import acting_as

Email = Annotated[str, typer.Argument(help="the address that the person signs in with")]
Team = Annotated[str, typer.Option("--team", help="the name of the team")]


@app.command("list")
def list_accounts(service: Service, format: FormatOption = Format.TEXT) -> None:
    """Say who holds a role of a service today, and on which teams.

    JSON: a list; each: email, name, role, organisation, teams, registrations (body and number, in words).

    Exit codes: 0 said, also where there is nobody.
    """
    with program(role="owner"):
        from kept.staff.reads import members_of

        found = members_of(service=service, at=now())
        lines = (
            f"{one.email}  {one.name}, {one.role} ({one.organisation})"
            + "".join(f", {words}" for words in (*one.teams, *one.registrations))
            for one in found
        )
        answer(list(found), text="\n".join(lines) or f"Nobody holds a role of {service} yet.", format=format)


@app.command()
def registration(
    email: Email,
    by: By,
    body: Annotated[
        str,
        typer.Option("--body", help="the national code of the body, such as 09 for nursing and midwifery"),
    ],
    number: Annotated[
        str, typer.Option("--number", help="the number in its register; empty: they are registered no longer")
    ],
    format: FormatOption = Format.TEXT,
) -> None:
    """Say under which number somebody is registered with a professional body. What was said before stays.

    JSON: email, body, number.

    Exit codes: 0 written down; 1 there is no such account or body, or the number cannot be one.
    """
    with changing(email) as (account, at):
        from kept.staff.registrations import register_professional

        held = register_professional(by=by, account=account, body=body, number=number, at=at)
        text = f"{email} is registered as {held}." if held else f"{email} is registered there no longer."
        answer({"email": email, "body": body, "number": held}, text=text, format=format)


@app.command()
def move(
    email: Email,
    by: By,
    service: Service,
    role: Annotated[str, typer.Option("--role", help="the role from now on")],
    organisation: Annotated[str, typer.Option("--organisation", help="whom they work for from now on")],
    team: Annotated[
        list[str] | None, typer.Option("--team", help="a team to join; may be said twice")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Give somebody another role, service or organisation. What they held before ends now, its teams too.

    JSON: email, role, service, organisation, teams.

    Exit codes: 0 moved; 1 not possible as asked; 4 the notice gives the role to another organisation.
    """
    with changing(email) as (account, at):
        from kept.published.reads import definition_in_force
        from kept.staff import actions
        from kept.standards.days import day_of

        definition = definition_in_force(service=service, on=day_of(at)).definition
        actions.begin_membership(
            by=by,
            account=account,
            definition=definition,
            role=role,
            organisation=organisation,
            teams=team or [],
            at=at,
        )
        moved = {"email": email, "role": role, "service": service, "organisation": organisation}
        answer(moved | {"teams": team or []}, text=f"{email} is now {role} of {service}.", format=format)


@app.command()
def leave(email: Email, by: By, format: FormatOption = Format.TEXT) -> None:
    """Let nobody sign in with this account again. It stays, for who has looked.

    JSON: email.

    Exit codes: 0 closed; 1 there is no such account.
    """
    with changing(email) as (account, at):
        from kept.staff import actions

        actions.close_account(by=by, account=account, at=at)
        answer({"email": email}, text=f"{email} has left, and is signed out everywhere.", format=format)


@app.command("join-team")
def join_team(email: Email, by: By, service: Service, team: Team, format: FormatOption = Format.TEXT) -> None:
    """Put somebody on one more team of their service.

    JSON: email, team.

    Exit codes: 0 on it; 1 there is no such account or team, or the role has no caseload.
    """
    with changing(email) as (account, at):
        from kept.staff import actions

        actions.join_team(by=by, account=account, service=service, team=team, at=at)
        answer({"email": email, "team": team}, text=f"{email} is on {team}.", format=format)


@app.command("leave-team")
def leave_team(
    email: Email, by: By, service: Service, team: Team, format: FormatOption = Format.TEXT
) -> None:
    """Take somebody off a team; its families are theirs to see no longer.

    JSON: email, team.

    Exit codes: 0 off it; 1 there is no such account or team, or they were not on it.
    """
    with changing(email) as (account, at):
        from kept.staff import actions

        actions.leave_team(by=by, account=account, service=service, team=team, at=at)
        answer({"email": email, "team": team}, text=f"{email} is no longer on {team}.", format=format)


@app.command("merge-teams")
def merge_teams(
    by: By,
    service: Service,
    team: Annotated[str, typer.Option("--team", help="the team that is taken over")],
    into: Annotated[str, typer.Option("--into", help="the team that takes it over")],
    token_file: Annotated[Path, typer.Option("--token-file", help="the token of the intake process")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Let one team take over another: its districts, its people, and every child on its caseload.

    Whoever is named for a child stays named. Broken off, it is finished by asking again.

    JSON: team, into, children.

    Exit codes: 0 done; 1 there is no such team; 3 the token or the database is not there; 4 the notice does not let
    this process say who looks after a child.
    """
    token = token_in(token_file)
    with program(role="owner"):
        from kept.record.caseloads.merging import give_all
        from kept.staff import actions

        try:
            numbers = actions.take_over_team(by=by, service=service, team=team, into=into, at=now())
        except actions.NotPossible as why:
            fail(str(why), code=Exit.NOT_SO)
        with (
            acting_as("intake"),
            Progress(console=people, transient=True, disable=not people.is_terminal) as bar,
        ):
            task = bar.add_task("Giving children to the team", total=None)
            asker = asker_with(token, now())
            old, new = numbers
            given = give_all(
                by=asker, team=old, into=new, at=now(), told=lambda many: bar.update(task, advance=many)
            )
        actions.close_team(by=by, service=service, team=team, at=now())
        answer(
            {"team": team, "into": into, "children": given},
            text=f"{into} has taken over {team}, with {given} children.",
            format=format,
        )


@app.command()
def renew(
    email: Email,
    by: By,
    password: Annotated[bool, typer.Option("--password", help="a new password too")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Replace a lost second factor by a new one: printed once. Make sure first that it is they who ask.

    Every older second factor, passkey and recovery code is worth nothing from now on.

    JSON: email, second_factor (the secret for an authenticator app, in base32), password (only where asked for).

    Exit codes: 0 replaced; 1 there is no such account.
    """
    with changing(email) as (account, at):
        from kept.staff import actions

        renewed = {"email": email, "second_factor": actions.add_totp(by=by, account=account, at=at)}
        text = f"{email} puts this secret in an authenticator app: {renewed['second_factor']}"
        if password:
            renewed["password"] = secrets.token_urlsafe(12)
            actions.set_password(by=by, account=account, password=renewed["password"], at=at)
            text += f"\nand signs in with the password {renewed['password']}"
        answer(renewed, text=f"{text}\nHand it over safely. It is not shown again.", format=format)


@contextmanager
def changing(email: str) -> Iterator[tuple[int, datetime]]:
    """The number of an account, and now; what cannot be done ends in its sentence."""
    with program(role="owner"):
        from kept.staff import actions
        from kept.staff.reads import account_by_email

        account = account_by_email(email)
        if account is None:
            fail(f"There is no account for {email}. `kept staff list` says who there is.", code=Exit.NOT_SO)
        try:
            yield account, now()
        except actions.NotPossible as why:
            fail(str(why), code=Exit.NOT_SO)


def now() -> datetime:
    from django.utils import timezone

    return timezone.now()
