"""Somebody whom the other service alone knows."""

from dataclasses import replace

import pytest

from tests.cast import AT, PAIRS, Cast, adult, child, person_of


@pytest.fixture
def cleo(people: Cast) -> int:
    """Cleo Marsh, whom the Parent and Infant Relationship Service alone knows; with a mother, Mia."""
    from kept.record.families.actions import registering
    from kept.record.families.values import NewFamily
    from kept.staff.models import Team

    plain = {"nhs_number": "", "nhs_number_status": ""}
    family = NewFamily(
        replace(child("Cleo", "Marsh", 9, sex=""), **plain),
        (replace(adult("Mia", "Marsh", 10), phones=(), **plain),),
        Team.objects.using("owner").get(service=PAIRS).pk,
    )
    with registering(by=people.pia, family=family, purpose=PAIRS, source="the-person", at=AT):
        pass
    return person_of("Cleo")
