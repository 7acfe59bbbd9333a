"""A third service at work: the toy library's notice, with what it needs to keep a record. No code knows it."""

from collections.abc import Callable
from datetime import UTC, datetime

from kept.database.acting import acting_as
from kept.notices.asker import Asker
from kept.notices.loading import load
from kept.published.actions import publish
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson
from kept.staff import actions
from kept.staff.reads import asker_of
from tests import cast
from tests.cast import AT
from tests.notices.tiny import NOTICE, texts

SERVICE, LENDING, TEAM = "toy-library", "lending", "The Toy Box"
PUBLISHED_AT = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
# Which family belongs to which member of staff: without it a service has no caseload, and so no record.
FAMILIES = """
- id: hold.families
  section: what-we-hold
  says: We write down who is whose parent, and which library is yours.
  source: [toys-3.04]
  means:
    collect:
      items: [care.episode, relationship.kind]
      about: [child, parent]
      from: [the-person]
      for: [lending]

"""
CHANGES: tuple[tuple[str, str, str], ...] = (
    ("vocabulary.yaml", "  care.contact:", "  care.episode: {class: personal, words: your library}\n"
     "  relationship.kind: {class: personal, words: whose parent you are}\n  care.contact:"),
    ("retention.yaml", "care.contact, ledger.access", "care.contact, care.episode, relationship.kind, ledger.access"),
    (NOTICE, "- id: hold.hobby", FAMILIES.lstrip() + "- id: hold.hobby"),
    (NOTICE, "contact.phone, health.allergy, care.contact]", "contact.phone, health.allergy, care.contact,"
     " care.episode, relationship.kind]"),
    ("law.yaml", "items: [ledger.access]", "items: [ledger.access, identity.name]"),
)  # fmt: skip


def notice() -> dict[str, str]:
    files = texts()
    for name, old, new in CHANGES:
        assert files[name].count(old) == 1, (name, old)
        files[name] = files[name].replace(old, new)
    return files


def opened() -> Callable[[str], Asker]:
    """Publish the notice, open the library, and let three people work there; answers who they are by first name."""
    with acting_as("publisher"):
        publish(by=cast.BY, approved_by=cast.APPROVER, service=SERVICE, texts=notice(), at=PUBLISHED_AT)
    definition = load(notice(), service=SERVICE)
    actions.add_team(by=cast.BY, service=SERVICE, name=TEAM, postcode_districts=["AN1"], at=AT)
    for name, role, organisation, teams in (
        ("lena", "librarian", "toy-trust", [TEAM]),
        ("max", "manager", "toy-trust", []),
        ("petra", "privacy-officer", "anytown-council", []),
    ):
        account = actions.add_account(
            by=cast.BY,
            definition=definition,
            email=f"{name}@toys.example",
            name=name.capitalize(),
            role=role,
            organisation=organisation,
            teams=teams,
            password=cast.PASSWORD,
            at=AT,
        )
        actions.add_totp(by=cast.BY, account=account, at=AT)
        cast._sign_in(name, account)

    def asker(name: str) -> Asker:
        found = asker_of(token=cast.token_of(name), at=AT)
        assert found
        return found

    return asker


def family(**child: str) -> NewFamily:
    from kept.staff.models import Team

    return NewFamily(
        NewPerson(
            "child", "Ted", "Block", born_on=AT.date().replace(year=2024), authority="Anytown", **child
        ),
        (NewPerson("parent", "Tess", "Block", phones=("01632 960002",), relationship="BPM"),),
        Team.objects.using("owner").get(name=TEAM).pk,
    )
