"""Filling a database with invented families: who asks for them, signed in as everybody else, and how far it is."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from rich.progress import Progress

from kept.cli import demonstration
from kept.cli.answers import Exit, fail, people
from kept.cli.home import home
from kept.cli.intake import asker_with
from kept.cli.program import program
from kept.database.acting import acting_as

if TYPE_CHECKING:
    from kept.intake.demonstration.batches import Begun
    from kept.intake.demonstration.filling import Askers, Filled
    from kept.notices.asker import Asker

PRACTITIONERS = ("hv.north@kent.example", "hv.south@kent.example")
OF_THE_SECOND_SERVICE = "pairs@kent.example"
CODE_SECONDS = 30
# A session that no page uses ends after half an hour: it is used for a while, also by a run that comes just after.
SIGNED_IN_FOR, GOOD_FOR = timedelta(minutes=20), timedelta(minutes=5)
# Births are counted back from the day of a demonstration; later, the eldest are too old for the services.
GOES_ON_FOR = timedelta(days=30)


def filled(*, children: int, seed: int, on: date | None) -> "tuple[Begun, Filled]":
    """Fill the database up to so many children, with a progress bar; the demonstration, and how many it holds now."""
    from kept.intake.demonstration.filling import NoDemonstration, begin, fill

    with program(role="intake"):
        now = demonstration.now
        asked = Asking()
        try:
            held = begin(by=asked.intake, seed=seed, day_on=on or now().date(), at=now())
            check_day(held, on)
            asked()
            with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
                bar = progress.add_task("Registering families", total=max(children, held.up_to))
                now_held = fill(
                    asking=asked,
                    held=held,
                    children=children,
                    now=now,
                    progress=lambda done: progress.update(bar, completed=done),
                )
        except NoDemonstration as why:
            fail(str(why), code=Exit.NOT_SO)
        return held, now_held


def check_day(held: "Begun", on: date | None) -> None:
    if on and on != held.day_on:
        fail(
            f"This database holds a demonstration of {held.day_on}. Leave --on out to go on with it.",
            code=Exit.NOT_SO,
        )
    if not timedelta(0) <= demonstration.now().date() - held.day_on <= GOES_ON_FOR:
        fail(
            f"The demonstration of {held.day_on} is not of these days: its children are too young or too old to be "
            "registered now. Begin another, in another KEPT_HOME.",
            code=Exit.NOT_SO,
        )


class Asking:
    """Who asks, at any moment: the process that reads messages, and practitioners who sign in like everybody else."""

    def __init__(self) -> None:
        token = demonstration.token_file().read_text().strip()
        self.intake = asker_with(token, demonstration.now())
        self._signed_in_at: datetime | None = None
        self._askers: Askers | None = None
        self._one_at_a_time = threading.Lock()

    def __call__(self) -> "Askers":
        with self._one_at_a_time:
            if self._signed_in_at is None or demonstration.now() > self._signed_in_at + SIGNED_IN_FOR:
                self._askers, self._signed_in_at = self._signed_in(), demonstration.now()
            assert self._askers
            return self._askers

    def _signed_in(self) -> "Askers":
        from kept.intake.demonstration.filling import Askers
        from kept.staff.reads import teams_of

        with acting_as("default"):
            practitioners = [at_work(email) for email in PRACTITIONERS]
            second = at_work(OF_THE_SECOND_SERVICE)
            on_teams = {
                team.id: one for one in practitioners for team in teams_of(by=one, at=demonstration.now())
            }
            (team,) = teams_of(by=second, at=demonstration.now())
        return Askers(self.intake, on_teams, second, team.id)


def at_work(email: str) -> "Asker":
    """Somebody of the invented staff, in the session of a run just before, where there was one, else in a new one."""
    from kept.staff.reads import asker_of

    file = home() / "secrets" / "demonstration-signed-in.json"
    kept: dict[str, tuple[str, float]] = json.loads(file.read_text()) if file.exists() else {}
    key, since = kept.get(email, ("", 0.0))
    just_before = [(key, since)] if time.time() - since < GOOD_FOR.total_seconds() else []
    for key, since in chain(just_before, ((key, time.time()) for key in keys_for(email))):
        if key and (asker := asker_of(token=key, at=demonstration.now())):
            demonstration.write_private(file, json.dumps({**kept, email: (key, since)}))
            return asker
    return fail(
        f"{email}, of the invented staff, cannot sign in, so what they would tell cannot be recorded. Did somebody "
        "change the password or the second factor? Begin another demonstration, in another KEPT_HOME.",
        code=Exit.NOT_SO,
    )


def keys_for(email: str) -> Iterator[str]:
    """A new session's key; a second try in the next half minute, since no code is good twice."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    from kept.staff.without_pages import sign_in

    accounts = json.loads(demonstration.accounts_file().read_text())
    (account,) = [one for one in accounts if one["email"] == email]
    for wait in (True, False):
        moment = time.time()
        code = format_hotp_value(hotp_value(account["second_factor"], int(moment) // CODE_SECONDS))
        yield sign_in(email=email, password=account["password"], code=code) or ""
        if wait:
            time.sleep(CODE_SECONDS - moment % CODE_SECONDS)
