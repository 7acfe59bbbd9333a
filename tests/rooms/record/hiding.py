"""Grace Okafor has a second child, Efe, whom the other team looks after: what that team must not learn through him."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from kept.database.acting import acting_as
from kept.notices.asker import Asker
from kept.record.families.values import NewFamily
from kept.record.reads import ChildRecord, open_record
from kept.record.restricted.actions import restrict
from kept.record.restricted.values import NewRestriction
from tests import cast
from tests.cast import AT, HEALTH_VISITING, SOUTH, Cast, public_id_of

REFUGE, REFUGE_POSTCODE = "12 Larch Yard", "CT3 3RE"


def team(name: str) -> int:
    ((found,),) = cast.as_superuser("select id from staff_team where name = %s", name)
    return found


def bring_efe(people: Cast, *, name: str = SOUTH) -> None:
    """A message about a brother of Amina's, who lives with their father."""
    family = NewFamily(
        cast.child("Efe", "Okafor", 24, sex="1", postcode="TN9 9AB"),
        (
            cast.adult("Grace", "Okafor", 2),
            cast.adult("Obi", "Okafor", 25, relationship="BPF", postcode="TN9 9AB"),
        ),
        team(name),
    )
    with acting_as("intake"):
        cast.register(by=people.intake, family=family)


def move_to_refuge(
    people: Cast, *, child: str = "Amina", number: int = 1, born_on: date | None = None
) -> None:
    """A message that tells where Grace and a child of hers live now."""
    there = {"address": REFUGE, "postcode": REFUGE_POSTCODE}
    baby = replace(cast.child(child, "Okafor", number), **there)  # type: ignore[arg-type]
    baby = replace(baby, born_on=born_on or baby.born_on)
    mother = replace(cast.adult("Grace", "Okafor", 2), **there)  # type: ignore[arg-type]
    with acting_as("intake"):
        cast.register(by=people.intake, family=NewFamily(baby, (mother,), team(cast.NORTH)))


def hide(
    people: Cast,
    what: str,
    *,
    by: Asker | None = None,
    given: str = "Grace",
    through: str = "Amina",
    beside: frozenset[UUID] = frozenset(),
) -> None:
    new = NewRestriction(public_id_of(given), what, "She fled from somebody who looks for her.", beside)
    restrict(
        by=by or people.hannah,
        public_id=public_id_of(through),
        purpose=HEALTH_VISITING,
        new=new,
        source="the-person",
        at=AT,
    )


def opened(by: Asker, given: str) -> ChildRecord:
    return open_record(by=by, public_id=public_id_of(given), purpose=HEALTH_VISITING, at=AT)
