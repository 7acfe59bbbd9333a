"""Who is asking, and what to call them. Answers are frozen values, never rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connections

from kept.database.acting import here
from kept.notices.asker import Asker
from kept.staff.models import Account, Membership, Registration, SignIn, Team, TeamMember
from kept.standards.days import day_of
from kept.standards.registration_bodies import BODIES

ASKER = """
select account, process, name, role, service, organisation, published_in_force(service, %s)
from ledger.asker(%s, %s)
"""


@dataclass(frozen=True, slots=True)
class TeamOf:
    """A team that an account is on."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who holds a role today, and the teams they are on."""

    email: str
    name: str
    role: str
    organisation: str
    teams: tuple[str, ...]
    registrations: tuple[str, ...] = ()
    """The professional bodies that they are registered with, each with the number."""


@dataclass(frozen=True, slots=True)
class HappenedInSigningIn:
    """One thing that happened in signing in or out. The address is empty where no account has it."""

    at: datetime
    what: str
    how: str
    email: str
    network_address: str


def asker_of(*, token: str, at: datetime) -> Asker | None:
    """Who shows this token (the key of a session, or the token of a process), as the database answers;
    with them the version of the service's definition that is in force.

    None for a session that has run out, was left idle or gave no second factor; for an account that was
    closed or holds no role today; for a token that nobody was given.
    """
    if not token.isprintable():
        return None  # a cookie can hold anything; PostgreSQL's text cannot
    with connections[here()].cursor() as cursor:
        cursor.execute(ASKER, [day_of(at), token, at])
        row = cursor.fetchone()
    return Asker(token, *row) if row else None


def holds_a_role(*, account: int, at: datetime) -> bool:
    """Whether the account is a member of anything today; without a role it can do nothing."""
    today = day_of(at)
    held = Membership.objects.filter(account=account, from_on__lte=today)
    return held.exclude(until_on__lte=today).exists()


def sign_ins(*, account: int | None = None, since: datetime) -> tuple[HappenedInSigningIn, ...]:
    """What happened in signing in since then, the newest first; to one account, or to all and to nobody's.

    Asked as the owner of the database: no role that serves pages may read it.
    """
    found = (
        SignIn.objects.using("owner").filter(at__gte=since).order_by("-at", "-pk").select_related("account")
    )
    if account is not None:
        found = found.filter(account=account)
    return tuple(
        HappenedInSigningIn(
            one.at, one.what, one.how, one.account.email if one.account else "", one.network_address
        )
        for one in found
    )


def names_of(accounts: Iterable[int]) -> Mapping[int, str]:
    """Account number → display name; closed accounts too, since they may have looked."""
    found = Account.objects.filter(pk__in=set(accounts))
    return dict(found.values_list("pk", "name"))


def names_in(*, service: str) -> Mapping[int, str]:
    """Account number → display name, of everyone who is or was a member of a service; by name."""
    found = Account.objects.filter(membership__service=service).distinct().order_by("name")
    return dict(found.values_list("pk", "name"))


def registrations_of(accounts: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Account → with whom and under which numbers they are registered now, in words."""
    found: dict[int, tuple[str, ...]] = {}
    rows = Registration.objects.filter(account__in=set(accounts), until_on=None).order_by("account", "body")
    for account, body, number in rows.values_list("account", "body", "number"):
        found[account] = (*found.get(account, ()), f"{BODIES[body]} {number}")
    return found


def account_by_email(email: str) -> int | None:
    """The number of the account that signs in with this address."""
    return Account.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()


def address_of(*, account: int) -> str:
    """The address that an account signs in with."""
    return Account.objects.values_list("email", flat=True).get(pk=account)


def names_at(addresses: Iterable[str]) -> Mapping[str, str]:
    """Address → display name, of the accounts that sign in with these addresses."""
    return dict(Account.objects.filter(email__in=set(addresses)).values_list("email", "name"))


def holders_of(*, role: str, service: str, at: datetime) -> Mapping[str, str]:
    """Address → display name, of everyone who holds a role of a service today; by name."""
    today = day_of(at)
    held = Membership.objects.filter(role=role, service=service, from_on__lte=today, account__is_active=True)
    held = held.exclude(until_on__lte=today).order_by("account__name")
    return dict(held.values_list("account__email", "account__name"))


def members_of(*, service: str, at: datetime) -> tuple[Member, ...]:
    """Everyone who holds a role of a service today, by name."""
    today = day_of(at)
    held = Membership.objects.filter(service=service, from_on__lte=today, account__is_active=True)
    held = held.exclude(until_on__lte=today).order_by("account__name", "account__email")
    on_teams = TeamMember.objects.filter(team__service=service, from_on__lte=today)
    teams: dict[int, list[str]] = {}
    for account, team in (
        on_teams.exclude(until_on__lte=today).order_by("team__name").values_list("account", "team__name")
    ):
        teams.setdefault(account, []).append(team)
    rows = list(held.values_list("account", "account__email", "account__name", "role", "organisation"))
    registered = registrations_of(account for account, *_ in rows)
    return tuple(
        Member(email, name, role, organisation, tuple(teams.get(account, ())), registered.get(account, ()))
        for account, email, name, role, organisation in rows
    )


def teams_of(*, by: Asker, at: datetime) -> tuple[TeamOf, ...]:
    """The teams of the asker's service that the asker is on today, by name; none for a process."""
    today = day_of(at)
    on_it = TeamMember.objects.filter(account=by.account, team__service=by.service, from_on__lte=today)
    on_it = on_it.exclude(until_on__lte=today)
    return tuple(TeamOf(*row) for row in on_it.order_by("team__name").values_list("team", "team__name"))


def teams_for(*, service: str, district: str) -> tuple[TeamOf, ...]:
    """The teams of a service that look after a postcode district, by name."""
    found = Team.objects.using(here()).filter(
        service=service, postcode_districts__contains=[district.upper()]
    )
    return tuple(TeamOf(*row) for row in found.order_by("name").values_list("pk", "name"))
