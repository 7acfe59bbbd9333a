"""What does not fit waits for a person, with every reason, and nothing of it is in the record."""

import pytest
from django.db import DatabaseError, connections

from kept.database.acting import acting_as
from kept.intake.actions import read_bundle, still_to_read, take
from kept.intake.faults import Reason
from kept.intake.reads import A_PAGE, Queue, open_queue
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from tests import cast
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import AT, BABY, BESIDE, DEFECTS, FIXTURES, MOTHER, as_file, the, well_formed

WELL_FORMED = {"CH005.json", "CH023.json"}
# These are told from the well-formed birth by its id or its version, which must not be forgotten then.
BESIDE_THE_BIRTH = {f"CH005-{reason}.json" for reason in (Reason.SAME_ID_OTHER_CONTENT, Reason.LATE)}


def expected_reasons() -> dict[str, tuple[str, ...]]:
    """Each fixture is named for its one reason."""
    one = {f"{defect.name}.json": defect.reason for defect in DEFECTS}
    one |= {f"CH005-{reason}.json": reason for reason in (*BESIDE, Reason.NOT_JSON)}
    return {name: (str(reason),) for name, reason in one.items()}


def queue_of(by: Asker, page: int = 1) -> Queue:
    return open_queue(by=by, purpose=by.service, page=page, at=AT)


def entries(room: Room) -> int:
    found: int = room.one("select count(*) from ledger_entry")
    return found


def test_each_single_defect_waits_for_its_one_reason_and_writes_nothing(room: Room) -> None:
    for event in ("CH005", "CH023"):
        room.send(well_formed(event))
    rows, before, became = room.rows(), entries(room), {}
    for fixture in sorted({file.name for file in FIXTURES.iterdir()} - WELL_FORMED - BESIDE_THE_BIRTH):
        room.forget_messages()
        became[fixture] = room.send((FIXTURES / fixture).read_bytes())
    room.forget_messages()
    room.send(well_formed("CH005"))
    for fixture in sorted(BESIDE_THE_BIRTH):
        became[fixture] = room.send((FIXTURES / fixture).read_bytes())
    assert {name: result.reasons for name, result in became.items()} == expected_reasons()
    assert {result.state for result in became.values()} == {"queued"}
    # The birth, sent again once its receipt is forgotten, has its own entry and tells anew how the child was born.
    assert room.rows() == rows | {"record_birth": rows["record_birth"] + 1}
    assert entries(room) == before + len(became) + 1


def test_one_that_waits_is_one_entry_about_nobody_yet(room: Room) -> None:
    room.send(as_file(well_formed("CH005"))[:900])
    (entry, act, outcome, clauses), *_ = room.told(
        "select id, act, outcome, clauses from ledger_entry order by id desc limit 1"
    )
    assert (act, outcome) == ("queue a message", "may")
    assert clauses
    assert room.told("select 1 from ledger_subject where entry_id = %s", entry) == []
    assert room.told("select state, entry_id, person_id from intake_bundle") == [("queued", entry, None)]
    assert room.told("select person_id, entry_id, reasons from intake_waiting") == [(0, entry, ["not-json"])]


def test_every_reason_is_told_in_the_order_in_which_a_person_looks(room: Room) -> None:
    message = well_formed("CH005")
    message.pop("id")
    child = the(message, "Patient")
    child.pop("name")
    child.update(birthDate="2021-11-22")
    child["address"][0].update(district="Medway", postalCode="XX99 9VV")
    found = room.send(message).reasons
    assert found == (
        "no-id",
        "name-missing",
        "dates-contradict",
        "authority-elsewhere",
        "past-fifth-birthday",
    )


def test_a_child_whom_nobody_gave_a_number_is_unclear(room: Room) -> None:
    message = well_formed("CH005")
    the(message, "Patient")["identifier"] = []
    assert room.send(message).reasons == ("child-unclear",)


def test_what_the_notice_does_not_let_the_service_hold_is_refused_by_a_clause_and_waits(room: Room) -> None:
    message = well_formed("CH023")
    aunt = the(message, "RelatedPerson")
    aunt["relationship"]["coding"][0]["code"] = "ORA"
    aunt["extension"] = []
    assert room.send(message).reasons == ("not-allowed",)
    refused, queued = room.told("select outcome, clauses from ledger_entry order by id desc limit 2")[::-1]
    assert (refused[0], queued[0]) == ("must not", "may")
    assert refused[1]


def test_two_teams_for_one_district_are_for_a_person_to_choose_from(room: Room) -> None:
    room.superuser.execute(
        "update staff_team set postcode_districts = '{CT1,ME14}' where name = 'Kent North'"
    )
    try:
        assert room.send(well_formed("CH005")).reasons == ("no-team",)
    finally:
        room.superuser.execute("update staff_team set postcode_districts = '{CT1}' where name = 'Kent North'")


# The queue page


def test_the_queue_shows_what_waits_oldest_first_by_reason_and_never_by_content(
    room: Room, people: cast.Cast
) -> None:
    room.send(as_file(well_formed("CH005"))[:900], file="first.json")
    room.send(well_formed("CH005"))
    room.send(BESIDE[Reason.NUMBER_HELD_BY_ANOTHER](), file="second.json")
    room.send(BESIDE[Reason.SAME_ID_OTHER_CONTENT](), file="third.json")
    queue = queue_of(people.imani)
    assert [(one.file, one.event, one.reasons) for one in queue.waiting] == [
        ("first.json", "", ("not-json",)),
        ("second.json", "CH005", ("same-id-other-content",)),
        ("third.json", "CH005", ("same-id-other-content",)),
    ]
    assert (queue.in_all, queue.pages) == (3, 1)
    assert {one.since for one in queue.waiting} == {AT}
    assert BABY.number not in str(queue)
    assert MOTHER.number not in str(queue)


def test_a_page_that_is_not_there_is_the_nearest_one_that_is(room: Room, people: cast.Cast) -> None:
    assert queue_of(people.imani, page=7).page == 1
    for number in range(A_PAGE + 1):
        room.send(b"{" + str(number).encode())
    assert [len(queue_of(people.imani, page=page).waiting) for page in (-3, 0, 1, 2, 3)] == [50, 50, 50, 1, 1]


@pytest.mark.parametrize("name", ["hannah", "nadia", "ada", "priya", "sefi"])
def test_only_those_who_sort_messages_see_the_queue(room: Room, people: cast.Cast, name: str) -> None:
    room.send(b"{}")
    with pytest.raises(Refused) as refused:
        queue_of(getattr(people, name))
    assert refused.value.decision.rests_on
    assert room.told("select outcome, role from ledger_entry order by id desc limit 1") == [
        ("must not", getattr(people, name).role)
    ]


# Another service


def test_neither_service_sees_reads_or_repeats_what_the_other_was_sent(room: Room, people: cast.Cast) -> None:
    broken = b'{"resourceType": "Bundle",'
    with acting_as("intake"):
        for by in (people.intake, people.pairs_intake):
            assert take(by=by, file="broken.json", content=broken, at=AT)
        (ours,), (theirs,) = still_to_read(by=people.intake), still_to_read(by=people.pairs_intake)
        assert read_bundle(by=people.intake, bundle_id=theirs, at=AT) is None
        assert read_bundle(by=people.pairs_intake, bundle_id=theirs, at=AT)
    assert queue_of(people.imani).in_all == 0
    with acting_as("intake"):
        assert read_bundle(by=people.intake, bundle_id=ours, at=AT)
    assert queue_of(people.imani).in_all == 1
    assert set(room.told("select service from intake_waiting order by id")) == {
        (cast.HEALTH_VISITING,),
        (cast.PAIRS,),
    }


def test_a_birth_that_reaches_the_other_service_waits_there(room: Room, people: cast.Cast) -> None:
    """The parent and infant service may hold no child whom it learns of from a birth message alone."""
    before = room.rows()
    message = well_formed("CH005")
    the(message, "Patient")["address"][0].update(postalCode="CT1 1CC", district="Canterbury")
    room.by = people.pairs_intake
    assert room.send(message).reasons == ("not-allowed",)
    assert room.rows() == before


@pytest.mark.parametrize("name", ["priya", "hannah"])
def test_whoever_may_not_sort_messages_is_refused_and_the_file_still_waits_to_be_read(
    room: Room, people: cast.Cast, name: str
) -> None:
    room.by = getattr(people, name)
    with pytest.raises(Refused):
        room.send(b"{}")
    assert room.states() == {"received": 1}
    assert room.one("select count(*) from intake_waiting") == 0


# The sealed files


@pytest.mark.parametrize("role", ["default", "door", "publisher", "owner"])
def test_only_the_intake_role_can_open_a_sealed_file(room: Room, role: str) -> None:
    room.send(b"{}")
    with connections[role].cursor() as cursor:
        try:
            cursor.execute("select content from intake_bundle")
        except DatabaseError as refused:
            assert "permission denied" in str(refused)  # noqa: PT017 - the owner is refused otherwise
        else:
            assert cursor.fetchall() == []


@pytest.mark.parametrize(
    "change",
    [
        "update intake_bundle set content = ''",
        "update intake_bundle set file = ''",
        "delete from intake_bundle",
    ],
)
def test_nobody_can_change_what_came(room: Room, change: str) -> None:
    room.send(b"{}")
    with pytest.raises(DatabaseError, match="permission denied"), connections["intake"].cursor() as cursor:
        cursor.execute(change)
