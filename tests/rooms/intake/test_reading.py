"""Reading child-health events: what a good message says, and everything that is wrong with a bad one."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from kept.intake.child_health_events.catalogue import CHANGE_OF_ADDRESS, EVENTS, READ, REGISTERING, Change
from kept.intake.child_health_events.readers import READERS
from kept.intake.child_health_events.reading import read_message
from kept.intake.child_health_events.values import Address, LocalNumber, Message
from kept.intake.faults import Fault, Reason
from tests.rooms.intake.messages import (
    AT,
    BABY,
    BESIDE,
    DEFECTS,
    FAMILY,
    FATHER,
    FIXTURES,
    HOME,
    MOTHER,
    Defect,
    as_file,
    files,
    resources,
    the,
    well_formed,
)
from tests.rooms.intake.told import OF_THE_KNOWN


def read(message: dict[str, Any], at: datetime = AT) -> Message:
    reading = read_message(as_file(message), at=at)
    assert reading.message is not None
    return reading.message


def faults(message: dict[str, Any], at: datetime = AT) -> set[tuple[Reason, str]]:
    return {(fault.reason, fault.about) for fault in read_message(as_file(message), at=at).faults}


# What a good message says


@pytest.mark.parametrize("event", ["CH005", "CH023"])
def test_nothing_is_wrong_with_a_well_formed_message(event: str) -> None:
    assert faults(well_formed(event)) == set()


def test_a_birth_message_says_who_was_born_and_where_they_live() -> None:
    message = read(well_formed("CH005"))
    child = message.child
    assert child is not None
    assert (message.event, message.change, message.version, message.sender) == (
        "CH005",
        Change.NEW,
        1,
        "DEMO1",
    )
    assert message.sent_at == BABY.born_at + timedelta(hours=20)
    assert child.name is not None
    assert (child.name.given, child.name.family) == (("Saoirse",), "O'Rourke-Şahin")
    assert child.number is not None
    assert (child.number.digits, child.number.status) == (BABY.number, "01")
    assert child.local_numbers == (LocalNumber("B0000001", "DEMO1"),)
    assert (child.born_on, child.born_at, child.gender) == (date(2026, 11, 12), BABY.born_at, "female")
    assert child.home == Address("home", (HOME.line,), "Maidstone", "Maidstone", "ME14 1MV")
    assert message.contacts == ()


def test_a_birth_message_says_how_the_birth_was() -> None:
    birth = read(well_formed("CH005")).birth
    assert birth is not None
    assert (birth.gestation_days, birth.weight_grams) == (278, 3415)
    assert (birth.order, birth.babies, birth.place) == (1, 1, "DEMO1")


def test_a_contacts_message_says_who_is_who_to_the_child() -> None:
    mother, father = read(well_formed("CH023")).contacts
    assert (mother.relationship, mother.household_member, mother.parental_responsibility) == (
        "BPM",
        True,
        True,
    )
    assert mother.number is not None
    assert mother.number.digits == MOTHER.number
    assert mother.born_on == MOTHER.born_on
    assert [(one.system, one.value) for one in mother.telecoms] == [
        ("phone", "07700 900123"),
        ("email", "someone000001@example.org"),
    ]
    assert (father.relationship, father.number, father.significant) == ("BPF", None, True)
    assert father.home is not None
    assert father.home.postcode == FATHER.home.postcode


def test_a_flag_that_is_left_out_is_not_taken_for_no() -> None:
    assert read(well_formed("CH023")).contacts[1].household_member is None


def test_a_baby_without_a_number_yet_is_no_fault() -> None:
    message = well_formed("CH005", replace(FAMILY, children=(replace(BABY, number=""),)))
    assert faults(message) == set()
    child = read(message).child
    assert child is not None
    assert child.number is None
    assert child.local_numbers


def test_a_number_outside_the_range_for_tests_is_no_fault() -> None:
    message = well_formed("CH005")
    the(message, "Patient")["identifier"][0]["value"] = "991 200 3888"
    assert faults(message) == set()
    child = read(message).child
    assert child is not None
    assert child.number is not None
    assert child.number.digits == "9912003888"


def test_a_birth_in_the_first_hour_of_a_summer_day_is_of_that_day() -> None:
    at_home = datetime(2026, 7, 10, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    message = well_formed(
        "CH005", replace(FAMILY, children=(replace(BABY, born_at=at_home.astimezone(UTC)),))
    )
    assert faults(message) == set()
    child = read(message).child
    assert child is not None
    assert child.born_on == date(2026, 7, 10)


def test_numbers_written_as_texts_and_blanks_inside_codes_are_what_they_plainly_mean() -> None:
    message = well_formed("CH005")
    the(message, "Patient")["multipleBirthInteger"] = "1"
    gestation = next(one for one in resources(message, "Observation") if "component" in one)
    gestation["component"][0]["valueQuantity"]["value"] = "39"
    gestation["code"]["coding"][0]["code"] = " 412726003"
    assert read(message) != read(well_formed("CH005"))  # another digest
    assert read(message).birth == read(well_formed("CH005")).birth
    assert faults(message) == set()


def test_the_official_name_is_the_one_to_register_and_others_are_kept() -> None:
    message = well_formed("CH005")
    names = the(message, "Patient")["name"]
    names.insert(0, {"use": "old", "family": "Baby of Gráinne"})
    names.insert(0, {"use": "usual", "text": "Síofra"})
    child = read(message).child
    assert child is not None
    assert child.name is not None
    assert child.name.given == ("Saoirse",)
    assert [name.use for name in child.names] == ["usual", "old", "official"]


@pytest.mark.parametrize("kept", ["given", "family"])
def test_one_name_is_a_name(kept: str) -> None:
    message = well_formed("CH005")
    name = the(message, "Patient")["name"][0]
    the(message, "Patient")["name"] = [{"use": "official", kept: name[kept]}]
    assert faults(message) == set()


def test_an_address_that_has_ended_is_not_home() -> None:
    message = well_formed("CH005")
    the(message, "Patient")["address"][0]["period"] = {"end": "2026-11-20"}
    child = read(message).child
    assert child is not None
    assert child.home is None
    assert faults(message) == {(Reason.AUTHORITY_UNKNOWN, "child")}


def test_a_telephone_that_is_no_longer_theirs_is_not_read() -> None:
    message = well_formed("CH023")
    the(message, "RelatedPerson")["telecom"][0]["use"] = "old"
    assert [one.system for one in read(message).contacts[0].telecoms] == ["email"]


def test_of_two_numbers_neither_is_chosen() -> None:
    message = next(defect for defect in DEFECTS if defect.reason is Reason.NHS_NUMBER_UNCLEAR).message()
    child = read(message).child
    assert child is not None
    assert child.number is None


def test_an_update_is_read_as_one() -> None:
    message = well_formed("CH005")
    header = the(message, "MessageHeader")
    header["meta"]["versionId"] = "12"
    header["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] = "update"
    assert (read(message).change, read(message).version) == (Change.UPDATE, 12)
    assert faults(message) == set()


def test_a_reference_to_a_register_elsewhere_is_not_dangling() -> None:
    message = well_formed("CH005")
    address = "https://directory.spineservices.nhs.uk/STU3/Organization/RX3EP"
    the(message, "Encounter")["serviceProvider"] = {"reference": address}
    assert faults(message) == set()


def test_a_year_alone_is_enough_of_a_date_of_birth_for_a_parent() -> None:
    message = well_formed("CH023")
    the(message, "RelatedPerson")["birthDate"] = "1994"
    assert faults(message) == set()
    assert read(message).contacts[0].born_on is None


def test_a_parent_of_exactly_ten_is_not_impossible() -> None:
    message = well_formed("CH023")
    the(message, "RelatedPerson")["birthDate"] = "2016-11-12"
    assert faults(message) == set()


def test_a_sister_may_be_younger_than_a_parent_could_be() -> None:
    message = well_formed("CH023")
    sister = the(message, "RelatedPerson")
    sister["birthDate"] = "2024-03-01"
    sister["relationship"]["coding"][0]["code"] = "ORS"
    assert faults(message) == set()


def test_a_relative_may_come_along_with_a_birth() -> None:
    message = well_formed("CH005")
    related = deepcopy(
        next(
            one for one in well_formed("CH023")["entry"] if one["resource"]["resourceType"] == "RelatedPerson"
        )
    )
    related["resource"]["patient"] = the(message, "Encounter")["subject"]
    message["entry"].append(related)
    assert faults(message) == set()
    assert len(read(message).contacts) == 1


def test_spacing_and_the_order_of_keys_do_not_make_another_message() -> None:
    message = well_formed("CH005")
    other = json.dumps(dict(reversed(message.items())), indent=7, ensure_ascii=True).encode()
    reading = read_message(other, at=AT)
    assert reading.message is not None
    assert reading.message.digest == read(message).digest
    the(message, "Patient")["gender"] = "male"
    assert reading.message.digest != read(message).digest


def test_a_byte_order_mark_before_a_message_does_no_harm() -> None:
    assert read_message(b"\xef\xbb\xbf" + as_file(well_formed("CH005")), at=AT).faults == ()


# What is wrong with a bad one


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_one_defect_is_told_as_one_fault(defect: Defect) -> None:
    assert faults(defect.message()) == {(defect.reason, defect.about)}


@pytest.mark.parametrize("reason", BESIDE)
def test_what_only_shows_beside_the_record_is_no_fault_of_the_message(reason: Reason) -> None:
    assert faults(BESIDE[reason]()) == set()


def test_every_reason_has_a_fixture() -> None:
    covered = {defect.reason for defect in DEFECTS} | set(BESIDE) | {Reason.NOT_JSON}
    # A repeat is a file twice, a workflow id stands outside it; the last two need a record or definition of their own.
    assert set(Reason) - covered - OF_THE_KNOWN == {
        Reason.REPEATED,
        Reason.OTHER_WORKFLOW,
        Reason.ADULT_MAY_BE_KNOWN,
        Reason.CARE_HAS_ENDED,
        Reason.NOT_ALLOWED,
    }


def test_the_files_are_what_the_builder_makes() -> None:
    kept = {file.name: file.read_bytes() for file in FIXTURES.iterdir()}
    assert kept == files(), "Run: python -m tests.rooms.intake.messages"


def test_a_message_carries_all_its_faults_in_one_order() -> None:
    message = well_formed("CH023")
    message.pop("id")
    mother = the(message, "RelatedPerson")
    mother.update(birthDate="1073-10-12", name=[])
    mother["identifier"][0]["value"] = BABY.number
    the(message, "Patient")["address"] = []
    assert read_message(as_file(message), at=AT).faults == (
        Fault(Reason.NO_ID),
        Fault(Reason.NAME_MISSING, "contact 1"),
        Fault(Reason.NHS_NUMBER_SHARED),
        Fault(Reason.DATE_OF_BIRTH_IMPOSSIBLE, "contact 1"),
        Fault(Reason.AUTHORITY_UNKNOWN, "child"),
    )


def test_two_adults_with_one_number_share_it_too() -> None:
    message = well_formed("CH023")
    father = resources(message, "RelatedPerson")[1]
    father["identifier"] = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": MOTHER.number}]
    assert faults(message) == {(Reason.NHS_NUMBER_SHARED, "message")}


def test_every_event_that_is_read_has_a_reader_or_registers() -> None:
    assert set(READERS) | REGISTERING | {CHANGE_OF_ADDRESS} == READ
    assert set(EVENTS) >= READ


@pytest.mark.parametrize("event", sorted(set(EVENTS) - READ))
def test_every_event_of_the_national_list_is_known(event: str) -> None:
    message = well_formed("CH005")
    message["entry"] = [one for one in message["entry"] if one["resource"]["resourceType"] != "Observation"]
    the(message, "MessageHeader")["event"]["code"] = event
    the(message, "MessageHeader")["event"].pop("system")
    told = {reason for reason, _ in faults(message)}
    assert told & {Reason.NOT_READ_YET, Reason.REFERRAL, Reason.SAFETY_ALERT}
    assert told <= {Reason.NOT_READ_YET, Reason.REFERRAL, Reason.SAFETY_ALERT, Reason.NOT_WHAT_IT_SAYS}


def test_a_birth_that_says_it_is_something_else_is_noticed() -> None:
    message = well_formed("CH005")
    the(message, "MessageHeader")["event"]["code"] = "CH001"
    assert (Reason.NOT_WHAT_IT_SAYS, "message") in faults(message)


def test_a_date_of_birth_of_today_is_not_in_the_future_even_just_after_midnight_in_summer() -> None:
    born_at = datetime(2026, 7, 9, 23, 10, tzinfo=UTC)
    message = well_formed("CH005", replace(FAMILY, children=(replace(BABY, born_at=born_at),)))
    the(message, "MessageHeader")["timestamp"] = "2026-07-09T23:20:00Z"
    assert faults(message, datetime(2026, 7, 9, 23, 30, tzinfo=UTC)) == set()
    assert (Reason.DATE_OF_BIRTH_IN_THE_FUTURE, "child") in faults(
        message, datetime(2026, 7, 9, 22, 30, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", Reason.NOT_JSON),
        (b"\xff\xfe\x00", Reason.NOT_JSON),
        (b"<Bundle/>", Reason.NOT_JSON),
        (b'{"resourceType": "Bundle",', Reason.NOT_JSON),
        (b'{"resourceType": "Bundle", "total": NaN}', Reason.NOT_JSON),
        (b'{"resourceType": "Bundle", "id": "a", "id": "b"}', Reason.NOT_JSON),
        (b'{"resourceType": "Bundle", "id": "\\u0000"}', Reason.NOT_JSON),
        (b'{"resourceType": "Bundle", "id": "\\ud83d"}', Reason.NOT_JSON),
        (b'{"resourceType": "Bundle", "total": 1' + b"0" * 5000 + b"}", Reason.NOT_JSON),
        (b"[" * 100_000, Reason.NOT_JSON),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, Reason.NOT_JSON),
        (b" " * 1_000_001, Reason.TOO_LARGE),
        (b"[]", Reason.NOT_A_BUNDLE),
        (b"null", Reason.NOT_A_BUNDLE),
        (b'{"resourceType": "Patient"}', Reason.NOT_A_BUNDLE),
        (b'{"resourceType": "Bundle", "type": "message"}', Reason.NOT_A_MESSAGE),
        (b'{"resourceType": "Bundle", "type": "message", "entry": [null, 1, []]}', Reason.NOT_A_MESSAGE),
    ],
)
def test_bytes_that_hold_no_message_have_one_reason(raw: bytes, reason: Reason) -> None:
    reading = read_message(raw, at=AT)
    assert reading.message is None
    assert reading.faults == (Fault(reason),)


@pytest.mark.parametrize("cut", range(0, 5000, 250))
def test_a_message_cut_short_anywhere_is_not_json(cut: int) -> None:
    whole = as_file(well_formed("CH005"))
    assert read_message(whole[:cut], at=AT).faults == (Fault(Reason.NOT_JSON),)
