"""Situations that several statements are tried in."""

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import date

from kept.database.acting import acting_as
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson
from tests import cast

TODAY = cast.AT.date()
SERVICES = (cast.HEALTH_VISITING, cast.PAIRS)


def asker(role: str, service: str) -> Asker:
    """Somebody of a role, for questions that no database is asked."""
    organisation = {cast.HEALTH_VISITING: cast.TRUST, cast.PAIRS: cast.REAL_GROUP}[service]
    return Asker("", 1, "", "Somebody", role, service, organisation, None)


def with_basis(service: str, *, purpose: str, basis: str) -> Definition:
    """A service's definition in which a purpose has this one legal basis."""
    texts = cast.texts()
    (name,) = (
        name
        for name, text in texts.items()
        if name.startswith("services/") and f"service: {service}\n" in text
    )
    pattern = re.compile(rf"(purpose: {re.escape(purpose)}\n\s+basis: )\[[^\]]*\]")
    return load({**texts, name: pattern.sub(rf"\1[{basis}]", texts[name])}, service=service)


def plain(person: NewPerson) -> NewPerson:
    """The same person with no more than the parent and infant service holds."""
    return replace(person, sex="", phones=(), nhs_number="", nhs_number_status="")


def cleo_and_mia() -> NewFamily:
    """A baby and her mother, for the parent and infant service to register."""
    from kept.staff.models import Team

    team = Team.objects.using("owner").get(service=cast.PAIRS).pk
    mother = replace(plain(cast.adult("Mia", "Marsh", 10)), born_on=date(1996, 6, 6))
    return NewFamily(plain(cast.child("Cleo", "Marsh", 9)), (mother,), team)


def register(
    family: NewFamily,
    *,
    by: Asker,
    source: str = "the-person",
    purpose: str = "",
    at=cast.AT,  # type: ignore[no-untyped-def]
) -> None:
    from kept.record.families.actions import registering

    purpose = purpose or by.service
    with (
        acting_as("intake") if by.process else nullcontext(),
        registering(by=by, family=family, purpose=purpose, source=source, at=at),
    ):
        pass
