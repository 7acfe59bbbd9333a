"""Who joins, who moves, who leaves: the verbs of `kept staff`.

All of them write as the owner of the database, and each notes who did it. The roles that serve pages cannot
change an account's membership, team or process, whatever they are made to say; the door can change a
password and a second factor, and nothing else.
"""

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from kept.ledger.entries import Refused
from kept.notices.definition import Definition
from kept.staff import encryption, rules
from kept.staff.models import Account, Change, Membership, Process, Session, Team, TeamMember
from kept.staff.sessions import hash_of
from kept.standards.days import day_of

OWNER = "owner"
PROCESS = "process:"  # how the token of a process begins; the key of a session never does


class NotPossible(Exception):
    """What was asked for cannot be done as it stands; the message says why and what to do."""


def add_account(
    *,
    by: str,
    definition: Definition,
    email: str,
    name: str,
    role: str,
    organisation: str,
    teams: Sequence[str] = (),
    password: str,
    at: datetime,
) -> int:
    """Make an account, give it its role, put it on its teams. Returns the account's number.

    Raises `Refused`, naming the clause, when the notice gives the role to another organisation or the role
    has no caseload; `NotPossible` when the email address is taken, a team is unknown or the password is
    weak.
    """
    email = email.strip().lower()
    if Account.objects.using(OWNER).filter(email=email).exists():
        raise NotPossible(f"There is an account for {email} already. Use another address.")
    _check_password(password, Account(email=email, name=name))
    with transaction.atomic(using=OWNER):
        account = Account.objects.db_manager(OWNER).create_user(email, password, name=name)
        note(act="add_account", by=by, account=account.pk, at=at)
        begin_membership(
            by=by,
            account=account.pk,
            definition=definition,
            role=role,
            organisation=organisation,
            teams=teams,
            at=at,
        )
    return account.pk


def begin_membership(
    *,
    by: str,
    account: int,
    definition: Definition,
    role: str,
    organisation: str,
    teams: Sequence[str] = (),
    at: datetime,
) -> None:
    """Give an account a role from today; what it held before ends today. Signs the account out everywhere."""
    today = day_of(at)
    _check_role(definition, role, organisation, on_a_team=bool(teams), process=False, on=today)
    with transaction.atomic(using=OWNER):
        _current(account).update(until_on=today)
        Membership.objects.using(OWNER).create(
            account_id=account,
            role=role,
            service=definition.service,
            organisation=organisation,
            caseload=definition.roles[role].caseload,
            from_on=today,
        )
        note(act="begin_membership", by=by, account=account, about=f"{role}, {definition.service}", at=at)
        for team in teams:
            join_team(by=by, account=account, service=definition.service, team=team, at=at)


def end_membership(*, by: str, account: int, at: datetime) -> None:
    """Take the role away, today, and with it every team; signs the account out everywhere."""
    with transaction.atomic(using=OWNER):
        if not _current(account).update(until_on=day_of(at)):
            raise NotPossible("The account holds no role. There is nothing to end.")
        note(act="end_membership", by=by, account=account, at=at)


def close_account(*, by: str, account: int, at: datetime) -> None:
    """End the membership and let nobody sign in with the account again. It stays, for who has looked."""
    with transaction.atomic(using=OWNER):
        _account(account)
        _current(account).update(until_on=day_of(at))
        Account.objects.using(OWNER).filter(pk=account).update(is_active=False)
        note(act="close_account", by=by, account=account, at=at)


def sign_out(*, by: str, account: int | None = None, at: datetime) -> int:
    """End every session of an account, or of everybody. Returns how many there were; the accounts stay as they are."""
    sessions = Session.objects.using(OWNER).filter(account__isnull=False)
    if account is not None:
        _account(account)
        sessions = sessions.filter(account=account)
    with transaction.atomic(using=OWNER):
        ended, _ = sessions.delete()
        note(act="sign_out", by=by, account=account, about="" if account else "everybody", at=at)
    return ended


def set_password(*, by: str, account: int, password: str, at: datetime) -> None:
    """A new password for somebody who forgot theirs; signs the account out everywhere."""
    found = _account(account)
    _check_password(password, found)
    found.set_password(password)
    with transaction.atomic(using=OWNER):
        found.save(using=OWNER, update_fields=["password"])
        note(act="set_password", by=by, account=account, at=at)


def add_totp(*, by: str, account: int, at: datetime) -> str:
    """Replace every second factor of the account by a new one for an authenticator app, and sign it out.

    Returns the secret in base32, to be shown once and typed into the app.
    """
    _account(account)
    secret: str = generate_totp_secret()
    with transaction.atomic(using=OWNER):
        Authenticator.objects.using(OWNER).filter(user_id=account).delete()
        Authenticator.objects.using(OWNER).create(
            user_id=account,
            type=Authenticator.Type.TOTP,
            data={"secret": encryption.encrypt(secret, use=encryption.Use.SECOND_FACTOR)},
            created_at=at,
        )
        note(act="add_totp", by=by, account=account, at=at)
    return secret


def add_team(
    *, by: str, service: str, name: str, postcode_districts: Sequence[str] = (), at: datetime
) -> int:
    """Make a team of a service, which looks after these postcode districts. Returns its number."""
    if _teams(service).filter(name=name).exists():
        raise NotPossible(f"The service has a team named {name} already. Choose another name.")
    districts = sorted({district.strip().upper() for district in postcode_districts})
    with transaction.atomic(using=OWNER):
        team = Team.objects.using(OWNER).create(service=service, name=name, postcode_districts=districts)
        note(act="add_team", by=by, about=f"{name}, {service}", at=at)
    return team.pk


def join_team(*, by: str, account: int, service: str, team: str, at: datetime) -> None:
    """Put an account on a team of its service from today. Once is enough: a second time changes nothing."""
    found = _team(service, team)
    membership = _current(account).filter(service=service).first()
    if membership is None or not membership.caseload:
        raise NotPossible("Only an account whose role in this service has a caseload can join a team.")
    with transaction.atomic(using=OWNER):
        _, joined = TeamMember.objects.using(OWNER).get_or_create(
            account_id=account, team=found, until_on=None, defaults={"from_on": day_of(at)}
        )
        if joined:
            note(act="join_team", by=by, account=account, about=f"{team}, {service}", at=at)


def leave_team(*, by: str, account: int, service: str, team: str, at: datetime) -> None:
    """Take an account off a team, from today."""
    on_it = TeamMember.objects.using(OWNER).filter(
        account=account, team=_team(service, team), until_on__isnull=True
    )
    with transaction.atomic(using=OWNER):
        if not on_it.update(until_on=day_of(at)):
            raise NotPossible(f"The account is not on the team {team}.")
        note(act="leave_team", by=by, account=account, about=f"{team}, {service}", at=at)


def take_over_team(*, by: str, service: str, team: str, into: str, at: datetime) -> tuple[int, int]:
    """Let a team take over another: its postcode districts, and everybody who is on it. Returns both teams' numbers.

    The children are not moved here, and whoever was on the old team stays on it until `close_team`: nobody loses
    sight of a family meanwhile. Asked again, it changes nothing.
    """
    old, new = _team(service, team), _team(service, into)
    if old == new:
        raise NotPossible("A team cannot take over itself. Name two teams.")
    on_it = TeamMember.objects.using(OWNER).filter(team=old, until_on__isnull=True)
    with transaction.atomic(using=OWNER):
        for account in on_it.values_list("account_id", flat=True):
            join_team(by=by, account=account, service=service, team=into, at=at)
        new.postcode_districts = sorted({*new.postcode_districts, *old.postcode_districts})
        old.postcode_districts = []
        for changed in (new, old):
            changed.save(using=OWNER, update_fields=["postcode_districts"])
        note(act="take_over_team", by=by, about=f"{team} into {into}, {service}", at=at)
    return old.pk, new.pk


def close_team(*, by: str, service: str, team: str, at: datetime) -> None:
    """Let nobody be on a team any more, from today."""
    on_it = TeamMember.objects.using(OWNER).filter(team=_team(service, team), until_on__isnull=True)
    with transaction.atomic(using=OWNER):
        on_it.update(until_on=day_of(at))
        note(act="close_team", by=by, about=f"{team}, {service}", at=at)


def add_process(
    *, by: str, definition: Definition, name: str, role: str, organisation: str, at: datetime
) -> str:
    """Let a program ask by itself under a role. Returns its token, to be written to a file only it can read.

    Asked again for the same name, the token is replaced and the old one is worth nothing.
    """
    _check_role(definition, role, organisation, on_a_team=False, process=True, on=day_of(at))
    secret = secrets.token_urlsafe(32)
    held = {"role": role, "service": definition.service, "organisation": organisation}
    with transaction.atomic(using=OWNER):
        Process.objects.using(OWNER).update_or_create(
            name=name, defaults={**held, "token_hash": hash_of(secret)}
        )
        note(act="add_process", by=by, about=f"{name}, {role}, {definition.service}", at=at)
    return PROCESS + secret


def note(*, by: str, act: str, account: int | None = None, about: str = "", at: datetime) -> None:
    """Write down that somebody changed who may ask, or who they are: it stays."""
    Change.objects.using(OWNER).create(at=at, by=by, act=act, account_id=account, about=about)


def _check_role(
    definition: Definition, role: str, organisation: str, *, on_a_team: bool, process: bool, on: date
) -> None:
    if role not in definition.roles:
        raise NotPossible(f"There is no role {role}. The roles are: {', '.join(definition.roles)}.")
    decision = rules.may_hold(
        definition, role=role, organisation=organisation, on_a_team=on_a_team, process=process, on=on
    )
    if not decision:
        raise Refused(decision)


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise NotPossible(" ".join(weak.messages)) from None


def _account(account: int) -> Account:
    found = Account.objects.using(OWNER).filter(pk=account).first()
    if found is None:
        raise NotPossible(f"There is no account number {account}.")
    return found


def _current(account: int) -> QuerySet[Membership]:
    return Membership.objects.using(OWNER).filter(account=account, until_on__isnull=True)


def _teams(service: str) -> QuerySet[Team]:
    return Team.objects.using(OWNER).filter(service=service)


def _team(service: str, name: str) -> Team:
    found = _teams(service).filter(name=name).first()
    if found is None:
        known = ", ".join(_teams(service).order_by("name").values_list("name", flat=True)) or "none yet"
        raise NotPossible(f"There is no team named {name} in this service. Its teams are: {known}.")
    return found
