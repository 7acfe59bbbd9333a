"""A child's name: held exactly as given, with what it was before; found however typed, by those who may see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kept.database.acting import acting_as
from kept.record.families.actions import registering
from kept.record.families.values import NewFamily
from kept.record.search.reads import search
from kept.record.search.values import Sought
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, Cast, as_superuser
from tests.statements.breaking import gives, in_the_database

LATER = AT + timedelta(days=9)


def shows_every_child_to_everybody(patch: pytest.MonkeyPatch) -> None:
    """Break: any practitioner may see whom other teams look after."""
    gives(patch, role="practitioner", standing=("service",), parts=("child",), purpose=HEALTH_VISITING,
          items=("identity.name",))  # fmt: skip


def told(given: str, family: str, *, on_day_later: bool = False) -> None:
    """What a message says of one child, who has the same NHS number each time."""
    child = replace(cast.child("", "", 31), given=given, family=family)
    mother = cast.adult("Gráinne", "Ó Briain", 32)
    at = LATER if on_day_later else AT
    with (
        acting_as("intake"),
        registering(
            by=cast.everyone(at=at).intake,
            family=NewFamily(child, (mother,), cast._team(NORTH)),
            purpose=HEALTH_VISITING,
            source="health-organisation",
            at=at,
        ),
    ):
        pass


@pytest.mark.proves("hv-3.02", breaks=in_the_database(shows_every_child_to_everybody))
def test_a_childs_name_is_held_as_given_with_its_history_and_found_by_those_who_may_see_the_child(
    people: Cast,
) -> None:
    told("", "")
    ((child, named),) = as_superuser(
        "select p.id, n.id from record_nhs_number i join record_person p on p.id = i.person_id"
        " left join record_name n on n.person_id = p.id where i.number = %s",
        cast.child("", "", 31).nhs_number,
    )
    assert named is None, "a baby without a name yet has a record all the same"
    told("Zoë Łucja", "Ó Briain-Groß")
    told("Zoë", "Müller", on_day_later=True)
    held = as_superuser(
        "select given, family, until_on from record_name where person_id = %s order by id", child
    )
    assert held == [("Zoë Łucja", "Ó Briain-Groß", LATER.date()), ("Zoë", "Müller", None)]
    for typed in ("zoe muller", "Zoë Müller", "MÜLLER z"):
        sought = Sought(name=typed)
        (found,) = search(by=people.hannah, sought=sought, purpose=HEALTH_VISITING, at=LATER).people
        assert found.name == "Zoë Müller"
        assert not search(by=people.samuel, sought=sought, purpose=HEALTH_VISITING, at=LATER).people
