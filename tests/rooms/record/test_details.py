"""Changing who somebody is: what differs is recorded, what was recorded before ends and stays."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kept.ledger.entries import Refused
from kept.record.families.details import NotChanged, change_details, open_details
from kept.record.families.meanwhile import marks_of
from kept.record.people.values import NewPerson
from kept.record.reads import open_record
from kept.standards.nhs_number import test_number as number
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.record.hiding import REFUGE, REFUGE_POSTCODE, hide, move_to_refuge

TODAY = AT.date()
AMINA = NewPerson(
    part="child",
    given="Amina",
    family="Okafor",
    born_on=date(2026, 11, 15),
    sex="2",
    nhs_number=number(1),
    nhs_number_status="01",
    address="1 Hopbine Lane",
    postcode="CT1 1CC",
)
GRACE = replace(
    AMINA,
    part="parent",
    given="Grace",
    born_on=date(1995, 5, 5),
    sex="",
    nhs_number=number(2),
    phones=("07700 900001",),
)


def asking(by: Any, whom: str = "Amina") -> dict[str, Any]:
    child, about = public_id_of("Amina"), public_id_of(whom)
    return {"by": by, "public_id": child, "about": about, "purpose": HEALTH_VISITING, "at": AT}


def changes(by: Any, said: NewPerson) -> frozenset[str]:
    return change_details(**asking(by, "Grace" if said.part == "parent" else "Amina"), said=said).items


def shown(people: Cast) -> Any:
    return open_record(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)


def test_what_is_said_as_it_is_held_changes_nothing(people: Cast) -> None:
    assert changes(people.hannah, AMINA) == frozenset()
    assert changes(people.hannah, GRACE) == frozenset()
    assert as_superuser("select 1 from record_name where until_on is not null") == []


def test_a_new_name_stands_and_the_one_before_stays_with_its_days(people: Cast) -> None:
    assert changes(people.hannah, replace(AMINA, given="Amína", family="Okafor-Bell")) == {"identity.name"}
    assert shown(people).child.name == "Amína Okafor-Bell"
    (before,) = open_details(by=people.hannah, public_id=public_id_of("Amína"), about=public_id_of("Amína"),
                             purpose=HEALTH_VISITING, at=AT).before  # fmt: skip
    assert (before.item, before.said, before.until_on) == ("identity.name", "Amina Okafor", TODAY)
    keys = as_superuser("select key from record_search_key where person_id = %s and until_on is null",
                        person_of("Amína"))  # fmt: skip
    assert any("bell" in key for (key,) in keys)


def test_a_phone_that_stays_keeps_whether_it_is_safe_and_one_that_goes_ends(people: Cast) -> None:
    as_superuser("update record_phone set safe_to_use = 'yes'")
    said = replace(GRACE, phones=("07700 900001", "07700 900002"))
    assert changes(people.hannah, said) == {"contact.phone"}
    (grace,) = shown(people).adults
    assert grace.safe_to_use == {"07700 900001": "yes", "07700 900002": "not-asked"}
    changes(people.hannah, replace(GRACE, phones=("07700 900002",)))
    (grace,) = shown(people).adults
    assert grace.phones == ("07700 900002",)


def test_another_birthday_moves_the_end_of_care(people: Cast) -> None:
    assert changes(people.hannah, replace(AMINA, born_on=date(2026, 11, 1))) == {"identity.date-of-birth"}
    now, before = shown(people).care.episodes
    assert (now.serves_until_on, now.is_open(on=TODAY)) == (date(2031, 11, 1), True)
    assert before.ended_because == "corrected"
    held = as_superuser("select born_on, until_on from record_date_of_birth where person_id = %s order by id",
                        person_of("Amina"))  # fmt: skip
    assert held == [(date(2026, 11, 15), TODAY), (date(2026, 11, 1), None)]


def test_a_birthday_that_makes_the_child_too_old_ends_care(people: Cast) -> None:
    changes(people.hannah, replace(AMINA, born_on=date(2021, 11, 1)))
    (episode,) = shown(people).care.episodes
    assert episode.is_ended


def test_a_hidden_address_is_followed_by_a_hidden_one(people: Cast) -> None:
    hide(people, "address")
    move_to_refuge(people)
    said = replace(GRACE, address="2 Fern Row", postcode="CT4 4CC")
    assert changes(people.hannah, said) == {"identity.address"}
    (grace,) = shown(people).adults
    assert (grace.address, grace.restricted_address) == ("", "2 Fern Row")
    assert REFUGE not in repr(open_details(**asking(people.hannah, "Grace")).before), (
        "what was hidden before is not listed"
    )


def test_whoever_moves_to_where_another_must_not_be_found_is_hidden_too(people: Cast) -> None:
    hide(people, "address")
    changes(people.hannah, replace(GRACE, address=REFUGE, postcode=REFUGE_POSTCODE))
    assert changes(people.hannah, replace(AMINA, address=REFUGE, postcode="ct33re")) == {"identity.address"}
    child = shown(people).child
    assert (child.address, child.restricted_address) == ("", REFUGE)
    assert [one.what for one in child.restrictions] == ["address"]
    ordinary = as_superuser("select postcode from record_address where kind = 'ordinary' and until_on is null"
                            " and person_id = %s", person_of("Amina"))  # fmt: skip
    assert ordinary == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given": "", "family": ""}, "given"),
        ({"given": "x" * 401}, "given"),
        ({"born_on": None}, "born_on"),
        ({"born_on": TODAY + timedelta(days=1)}, "born_on"),
        ({"born_on": date(1073, 5, 5)}, "born_on"),
        ({"nhs_number": "9990000001"}, "nhs_number"),
    ],
)
def test_what_cannot_be_true_changes_nothing(people: Cast, change: dict[str, Any], field: str) -> None:
    with pytest.raises(NotChanged) as wrong:
        changes(people.hannah, replace(AMINA, **change))
    assert set(wrong.value.faults) == {field}
    assert as_superuser("select 1 from record_nhs_number where until_on is not null") == []
    assert shown(people).child.name == "Amina Okafor"


def test_a_parent_has_no_sex_to_be_changed(people: Cast) -> None:
    assert "identity.sex" not in open_details(**asking(people.hannah, "Grace")).items
    assert changes(people.hannah, replace(GRACE, sex="2")) == frozenset()
    assert as_superuser("select 1 from record_sex where person_id = %s", person_of("Grace")) == []


@pytest.mark.parametrize("who", ["samuel", "nadia", "priya", "pia", "sefi"])
def test_whoever_may_not_record_it_is_refused(people: Cast, who: str) -> None:
    by = getattr(people, who)
    with pytest.raises(Refused):
        changes(by, replace(AMINA, given="Nobody"))
    with pytest.raises(Refused):
        open_details(**asking(by))
    assert as_superuser("select 1 from record_name where given = 'Nobody'") == []


def test_somebody_of_another_family_is_reached_through_no_child(people: Cast) -> None:
    with pytest.raises(Refused):
        open_details(**(asking(people.hannah) | {"about": public_id_of("Nils")}))


def showed(people: Cast, whom: str = "Amina") -> dict[str, str]:
    """The marks of what a form shows now."""
    return marks_of(open_details(**asking(people.hannah, whom)).person)


MOVED = {"address": "7 Larch Close", "postcode": "CT2 2CC"}


def test_a_form_that_lay_open_takes_back_nothing_that_somebody_else_recorded(people: Cast) -> None:
    opened = showed(people)
    changes(people.hannah, replace(AMINA, **MOVED))
    said = replace(AMINA, given="Amína")
    assert change_details(**asking(people.hannah), said=said, showed=opened).items == {"identity.name"}
    child = shown(people).child
    assert (child.name, child.home) == ("Amína Okafor", ("7 Larch Close", "CT2 2CC"))


def test_what_two_changed_is_shown_to_the_second_with_both_and_nothing_is_written(people: Cast) -> None:
    opened = showed(people)
    changes(people.hannah, replace(AMINA, **MOVED))
    said = replace(AMINA, given="Amína", address="9 Quetzal Road")
    with pytest.raises(NotChanged) as wrong:
        change_details(**asking(people.hannah), said=said, showed=opened)
    assert list(wrong.value.faults) == ["address"]
    assert "Recorded now: 7 Larch Close, CT2 2CC." in wrong.value.faults["address"]
    assert wrong.value.meanwhile == {"identity.address"}
    assert shown(people).child.name == "Amina Okafor"
    again = opened | {"identity.address": showed(people)["identity.address"]}
    done = change_details(**asking(people.hannah), said=said, showed=again)
    assert done.items == {"identity.name", "identity.address"}


def test_what_two_said_alike_is_no_quarrel(people: Cast) -> None:
    opened = showed(people)
    changes(people.hannah, replace(AMINA, **MOVED))
    done = change_details(**asking(people.hannah), said=replace(AMINA, **MOVED), showed=opened)
    assert done.items == frozenset()


def test_what_only_spaces_and_order_tell_apart_counts_as_it_was_shown(people: Cast) -> None:
    changes(people.hannah, replace(GRACE, phones=("07700 900001", "07700 900002")))
    opened = showed(people, "Grace")
    changes(people.hannah, replace(GRACE, phones=("07700 900003",)))
    said = replace(GRACE, phones=("07700 900002", "07700  900001"), postcode="ct11cc")
    assert (
        "contact.phone"
        not in change_details(**asking(people.hannah, "Grace"), said=said, showed=opened).items
    )
    (grace,) = shown(people).adults
    assert grace.phones == ("07700 900003",)


def test_a_form_that_does_not_say_what_it_showed_writes_over_nothing_unseen(people: Cast) -> None:
    with pytest.raises(NotChanged):
        change_details(**asking(people.hannah), said=replace(AMINA, **MOVED), showed={})
