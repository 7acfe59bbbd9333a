"""kept staff sign-ins and sign-out: what happened in signing in, and ending it for others."""

from datetime import timedelta
from typing import Annotated

import typer

from kept.cli.answers import Exit, Format, FormatOption, answer, fail
from kept.cli.program import program
from kept.cli.staff import By, app
from kept.cli.staff_life import now

DAYS = 7


@app.command("sign-ins")
def sign_ins(
    email: Annotated[str, typer.Argument(help="the address of one account; without it, everybody's")] = "",
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="how many days back")] = DAYS,
    format: FormatOption = Format.TEXT,
) -> None:
    """Say what happened in signing in: right and wrong passwords and codes, lock-outs, changes, from where.

    JSON: a list, the newest first; each: at (UTC), what, how, email (empty: no account has it), network_address.

    Exit codes: 0 said, also where nothing happened; 1 there is no such account.
    """
    with program(role="owner"):
        from kept.staff import reads

        account = account_of(email)
        found = reads.sign_ins(account=account, since=now() - timedelta(days=days))
        told = [
            {
                "at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}",
                "what": one.what,
                "how": one.how,
                "email": one.email,
                "network_address": one.network_address,
            }
            for one in found
        ]
        lines = (
            " ".join(
                filter(
                    None, [one["at"], one["what"], one["how"], one["email"] or "-", one["network_address"]]
                )
            )
            for one in told
        )
        answer(told, text="\n".join(lines) or "Nothing happened.", format=format)


@app.command("sign-out")
def sign_out(
    by: By,
    email: Annotated[str, typer.Argument(help="the address of the account to sign out everywhere")] = "",
    everybody: Annotated[bool, typer.Option("--everybody", help="sign out every account instead")] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """End every session of an account, or everybody's: after a theft, or when something is wrong.

    The account stays: whoever has the password and the second factor signs in again. `kept staff leave` closes it.

    JSON: ended (how many sessions).

    Exit codes: 0 ended, also where there were none; 1 there is no such account; 2 neither or both were named.
    """
    if bool(email) == everybody:
        fail("Name one account, or say --everybody.", code=Exit.WRONG_USE)
    with program(role="owner"):
        from kept.staff import actions

        ended = actions.sign_out(by=by, account=account_of(email), at=now())
        answer({"ended": ended}, text=f"Ended: {ended}.", format=format)


def account_of(email: str) -> int | None:
    """The number of the account with this address; None where none was asked for."""
    from kept.staff.reads import account_by_email

    if not email:
        return None
    account = account_by_email(email)
    if account is None:
        fail(f"There is no account for {email}. `kept staff list` says who there is.", code=Exit.NOT_SO)
    return account
