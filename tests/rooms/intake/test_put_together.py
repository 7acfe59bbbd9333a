"""Two records of one child were put together: what others tell of either reaches the record that is opened."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest

from kept.intake.demonstration.names import Called
from kept.intake.demonstration.places import Home
from kept.intake.receipts import Result
from kept.record.merges.actions import say_same, undo
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import BABY, FAMILY, MOTHER, the, well_formed
from tests.rooms.intake.test_second_messages import family, local_number, version, without_local_number
from tests.rooms.intake.told import told, vaccine

READ = Result("message.json", "read")
# The same baby, as another system tells of her: with a number of its own, and another NHS number.
AGAIN = replace(BABY, serial=2, called=Called("Saoirse Mae", "O'Rourke-Şahin"), number=number_of_nobody(505))
HOME = Home("7 Wrenlowthorn Way", "Dover", "Dover", "CT16 2KO")


@pytest.fixture
def together(room: Room, people: cast.Cast) -> Iterator[tuple[int, int]]:
    """The numbers of the first record and of the other, which is shown in it."""
    assert room.send(well_formed("CH005")) == READ
    assert room.send(well_formed("CH005", family(AGAIN))) == READ
    first, other = (one.person for one in children(room))
    merged(people, room)
    yield first, other
    room.superuser.execute("delete from record_same_person")


@dataclass(frozen=True)
class Registered:
    person: int
    public_id: UUID


def registered(room: Room, part: str) -> list[Registered]:
    found = "select id, public_id from record_person where id > %s and part = %s order by id"
    return [Registered(*row) for row in room.told(found, room.before, part)]


def children(room: Room) -> list[Registered]:
    return registered(room, "child")


def held(room: Room, table: str, column: str) -> list[tuple[int, str]]:
    found = f"select person_id, {column} from {table} where until_on is null and person_id > %s"
    return room.told(found, room.before)  # type: ignore[return-value]


def merged(people: cast.Cast, room: Room) -> None:
    one, other = (child.public_id for child in children(room))
    asking = {"by": people.imani, "purpose": people.imani.service, "at": cast.AT}
    say_same(first=one, other=other, same=True, why="The hospital says so.", **asking)


def vaccinated(room: Room) -> list[int]:
    return [one for (one,) in room.told("select person_id from record_vaccination where until_on is null")]


@pytest.mark.parametrize("by", ["its number", "its sender's number", "the first's number and its sender's"])
def test_a_fact_told_of_the_other_is_held_of_the_first(
    room: Room, together: tuple[int, int], by: str
) -> None:
    number = {"its number": AGAIN.number, "its sender's number": ""}.get(by, BABY.number)
    message = told("CH015", vaccine(), number=number or BABY.number)
    if by != "its number":
        numbers = the(message, "Patient")["identifier"]
        local = local_number(well_formed("CH005")) | {
            "value": local_number(well_formed("CH005", family(AGAIN)))["value"]
        }
        the(message, "Patient")["identifier"] = [local, *(numbers if number else [])]
    assert room.send(message) == READ
    assert vaccinated(room) == [together[0]]


@pytest.mark.parametrize("with_number", [True, False])
def test_a_newer_message_about_the_other_brings_the_first_up_to_date(
    room: Room, together: tuple[int, int], with_number: bool
) -> None:
    """The number stays on the record that holds it."""
    first, other = together
    newer = version(2, "CH005", family(AGAIN if with_number else replace(AGAIN, number=""), home=HOME))
    assert room.send(newer if not with_number else without_local_number(newer)) == READ
    homes = dict(held(room, "record_address", "postcode"))
    assert (homes[first], homes[other]) == (HOME.postcode, FAMILY.home.postcode)
    numbers = dict(held(room, "record_nhs_number", "number"))
    assert numbers == {first: BABY.number, other: AGAIN.number}
    assert room.one("select count(*) from record_person where id > %s", room.before) == 2


def test_a_late_message_about_the_other_is_late(room: Room, together: tuple[int, int]) -> None:
    assert room.send(version(0, "CH005", family(AGAIN))).reasons == ("late",)


def test_a_correction_of_what_was_told_of_the_other_ends_it(room: Room, people: cast.Cast) -> None:
    assert room.send(well_formed("CH005")) == READ
    assert room.send(well_formed("CH005", family(AGAIN))) == READ
    assert room.send(told("CH015", vaccine(), number=AGAIN.number)) == READ
    first, other = (one.person for one in children(room))
    assert vaccinated(room) == [other]
    merged(people, room)
    try:
        update = told("CH015", vaccine(), number=AGAIN.number, version=2, change="update")
        assert room.send(update) == READ
        assert vaccinated(room) == [first]
    finally:
        room.superuser.execute("delete from record_same_person")


def test_a_mother_who_was_put_together_is_told_of_in_her_first_record(room: Room, people: cast.Cast) -> None:
    again = replace(MOTHER, number=number_of_nobody(506), phone="07700 900777")
    sister = replace(AGAIN, called=Called("Róisín", "Şahin"))
    assert room.send(well_formed("CH023", family(adults=(MOTHER,)))) == READ
    assert room.send(well_formed("CH023", family(sister, adults=(again,)))) == READ
    mothers = [(one.person, one.public_id) for one in registered(room, "parent")]
    (first, one), (_, other) = mothers
    asking = {"by": people.imani, "purpose": people.imani.service, "at": cast.AT}
    say_same(first=one, other=other, same=True, why="She says so.", **asking)
    try:
        newer = version(2, "CH023", family(sister, adults=(replace(again, phone="07700 900778"),)))
        assert room.send(newer) == READ
        phones = room.told("select person_id from record_phone where number = '07700 900778'")
        assert phones == [(first,)]
    finally:
        room.superuser.execute("delete from record_same_person")


def test_apart_again_each_is_told_of_alone(room: Room, people: cast.Cast, together: tuple[int, int]) -> None:
    one, other = (child.public_id for child in children(room))
    undo(first=one, other=other, by=people.imani, purpose=people.imani.service, at=cast.AT)
    message = told("CH015", vaccine(), number=AGAIN.number)
    message["id"] = str(uuid4())
    assert room.send(message) == READ
    assert vaccinated(room) == [together[1]]


def test_a_new_address_of_one_who_hides_in_the_other_record_is_hidden(
    room: Room, together: tuple[int, int]
) -> None:
    first, other = together
    room.superuser.execute(
        "insert into record_restriction"
        " (service, entry_id, definition_id, source, recorded_at, from_on, person_id, child_id, what, reason)"
        " select service, entry_id, definition_id, source, recorded_at, from_on, person_id, person_id,"
        " 'address', 'Refuge' from record_name where person_id = %s",
        [other],
    )
    assert room.send(version(2, "CH005", family(AGAIN, home=HOME))) == READ
    now = "select postcode, kind from record_address where until_on is null and person_id = %s"
    assert room.told(now, first) == [(HOME.postcode, "restricted")]
    hidden = "select distinct what, reason from record_restriction where until_on is null and person_id = %s"
    assert room.told(hidden, first) == [("address", "Refuge")]
