"""A person decides what becomes of a message that waits; one that is to be read again is read as if it came anew."""

import pytest

from kept.database.acting import acting_as
from kept.intake.actions import read_bundle, still_to_read
from kept.intake.reads import open_queue
from kept.intake.sorting import NotSorted, Sorted, read_again, sort_out, waiting
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from tests import cast
from tests.rooms.intake.intake_room import DISTRICTS, TEAM, Room
from tests.rooms.intake.messages import AT, well_formed
from tests.rooms.intake.told import told, vaccine

DONE = "Rang the ward, they send it again."


def queued(people: cast.Cast) -> list[tuple[int, tuple[str, ...]]]:
    found = open_queue(by=people.imani, purpose=people.imani.service, at=AT)
    return [(one.id, one.reasons) for one in found.waiting]


def sorts(by: Asker, number: int, as_: str = Sorted.NOT_OURS, said: str = DONE) -> None:
    sort_out(by=by, number=number, as_=as_, said=said, purpose=by.service, at=AT)


def test_what_is_sorted_out_leaves_the_queue_and_says_what_was_done(room: Room, people: cast.Cast) -> None:
    room.send(b"{")
    ((number, _),) = queued(people)
    sorts(people.imani, number)
    assert queued(people) == []
    assert waiting(by=people.imani, number=number, purpose=people.imani.service, at=AT) is None
    sorted_out = room.told(
        "select e.account, e.reason, w.closed_as from ledger_entry e, intake_waiting w"
        " where e.act = 'sort out a message that waits' and w.id = %s order by e.id desc limit 1",
        number,
    )
    assert sorted_out == [(people.imani.account, DONE, "not-ours")]


def test_what_stood_in_its_way_is_mended_and_it_is_read(room: Room, people: cast.Cast) -> None:
    """No team looked after where the child lives; now one does."""
    room.superuser.execute("update staff_team set postcode_districts = '{}' where name = %s", [TEAM])
    try:
        assert room.send(well_formed("CH005")).reasons == ("no-team",)
    finally:
        room.superuser.execute(
            "update staff_team set postcode_districts = %s where name = %s", [list(DISTRICTS), TEAM]
        )
    ((number, _),) = queued(people)
    sorts(people.imani, number, Sorted.READ_AGAIN)
    assert again(room) == ["read"]
    assert queued(people) == []
    assert again(room) == []


def test_what_was_told_before_the_birth_message_came_is_read_after_it(room: Room, people: cast.Cast) -> None:
    assert room.send(told("CH015", vaccine())).reasons == ("child-not-known",)
    assert room.send(well_formed("CH005")).state == "read"
    ((number, _),) = queued(people)
    sorts(people.imani, number, Sorted.READ_AGAIN)
    assert again(room) == ["read"]
    assert room.one("select count(*) from record_vaccination where person_id > %s", room.before) == 1


def test_where_nothing_was_mended_it_waits_again(room: Room, people: cast.Cast) -> None:
    room.send(b"{")
    ((number, why),) = queued(people)
    sorts(people.imani, number, Sorted.READ_AGAIN)
    assert again(room) == ["queued"]
    ((anew, still),) = queued(people)
    assert (anew != number, still) == (True, why)


@pytest.mark.parametrize("as_", [Sorted.NOT_OURS, Sorted.BY_HAND])
def test_what_was_decided_after_it_was_read_again_stands(room: Room, people: cast.Cast, as_: Sorted) -> None:
    room.send(b"{")
    ((number, _),) = queued(people)
    sorts(people.imani, number, Sorted.READ_AGAIN)
    assert again(room) == ["queued"]
    ((anew, _),) = queued(people)
    sorts(people.imani, anew, as_)
    assert again(room) == []
    assert queued(people) == []


def again(room: Room) -> list[str]:
    """What became of what the process reads now."""
    with acting_as("intake"):
        read_again(by=room.by, at=AT)
        found = [read_bundle(by=room.by, bundle_id=one, at=AT) for one in still_to_read(by=room.by)]
    return [one.state for one in found if one]


@pytest.mark.parametrize(
    ("as_", "said", "faults"),
    [
        ("", DONE, {"sorted"}),
        ("lost", DONE, {"sorted"}),
        (Sorted.BY_HAND, " - ", {"said"}),
        ("", "", {"sorted", "said"}),
    ],
)
def test_what_is_missing_is_told_field_by_field(
    room: Room, people: cast.Cast, as_: str, said: str, faults: set[str]
) -> None:
    room.send(b"{")
    ((number, _),) = queued(people)
    with pytest.raises(NotSorted) as told:
        sorts(people.imani, number, as_, said)
    assert set(told.value.faults) == faults
    assert len(queued(people)) == 1


def test_two_people_cannot_sort_out_the_same_one(room: Room, people: cast.Cast) -> None:
    room.send(b"{")
    ((number, _),) = queued(people)
    sorts(people.imani, number)
    with pytest.raises(NotSorted, match="Somebody else"):
        sorts(people.imani, number, Sorted.BY_HAND)
    assert room.told("select closed_as from intake_waiting where id = %s", number) == [("not-ours",)]


@pytest.mark.parametrize("name", ["hannah", "nadia", "sefi", "priya", "pia"])
def test_nobody_else_sorts(room: Room, people: cast.Cast, name: str) -> None:
    room.send(b"{")
    ((number, _),) = queued(people)
    with pytest.raises(Refused):
        sorts(getattr(people, name), number)
    with pytest.raises(Refused):
        waiting(by=getattr(people, name), number=number, purpose=getattr(people, name).service, at=AT)
    assert len(queued(people)) == 1
