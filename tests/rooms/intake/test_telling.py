"""What others tell of a child who is known: each kind goes into its own table, or waits with its reason."""

from datetime import date
from typing import Any

import psycopg
import pytest

from kept.intake.demonstration.elements import Json
from kept.intake.receipts import Result
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import MOTHER, the, well_formed
from tests.rooms.intake.told import (
    blood_spot,
    changed_practice,
    coded,
    examination,
    feeding,
    hearing,
    household,
    observation,
    plan,
    quantity,
    told,
    vaccine,
)
from tests.statements.situations import cleo_and_mia, register

READ = Result("message.json", "read")
WEIGHT, LENGTH, HEAD = "27113001", "248334005", "363812007"
DAY = date(2026, 11, 19)


def queued(*reasons: str) -> Result:
    return Result("message.json", "queued", reasons)


@pytest.fixture
def known(room: Room) -> Room:
    """The room with the child of the fixtures in it."""
    assert room.send(well_formed("CH005")).state == "read"
    return room


def rows(room: Room, table: str, columns: str, current: bool = True) -> list[tuple[Any, ...]]:
    only = "and until_on is null" if current else ""
    return room.told(
        f"select {columns} from {table} where person_id > %s {only} order by id",
        room.before,
    )


def left_out(room: Room) -> list[str]:
    return room.one("select left_out from intake_bundle where state = 'read' order by id desc limit 1")


# Hearing


@pytest.mark.parametrize(
    ("finding", "outcome"), [("276781000000109", "01"), ("276811000000107", "03"), ("276821000000101", "98")]
)
def test_hearing_is_held_by_its_national_outcome(known: Room, finding: str, outcome: str) -> None:
    assert known.send(told("CH021", *hearing(finding))) == READ
    assert rows(known, "record_hearing_screening", 'outcome, finding, "on", source, told_by') == [
        (outcome, finding, DAY, "health-organisation", "Demonstration Maternity Unit")
    ]
    assert left_out(known) == ["413083006"], "the test of one ear has no place, and is named by its code"


def test_a_hearing_outcome_that_no_list_has_waits(known: Room) -> None:
    assert known.send(told("CH021", *hearing("999999999"))) == queued("outcome-unknown")
    assert rows(known, "record_hearing_screening", "id") == []


def test_a_result_without_a_day_waits(known: Room) -> None:
    message = told("CH021", *hearing(effectiveDateTime="soon after birth"))
    the(message, "Encounter").pop("period")
    assert known.send(message) == queued("day-unknown")


# Blood spot


def test_the_blood_spot_has_an_outcome_for_each_condition(known: Room) -> None:
    outcomes = [
        ("314081000", "4"),
        ("314090007", "0601"),
        ("314080004", "05"),
        ("HT1", "08"),
        ("428056008", "0303"),
    ]
    assert known.send(told("CH035", *blood_spot(*outcomes))) == READ
    assert rows(known, "record_blood_spot", "condition, outcome, detail") == [
        ("PKU", "04", ""),
        ("SCD", "06", "0601"),
        ("CF", "05", ""),
        ("HT1", "08", ""),
        ("MCADD", "03", "0303"),
    ]


@pytest.mark.parametrize("outcome", ["11", "0399", "05", "1", "", "carrier"], ids=str)
def test_an_outcome_that_is_not_of_the_condition_waits(known: Room, outcome: str) -> None:
    """05, carrier, is of sickle cell disease and cystic fibrosis alone; 1 is the first list's way of writing 01."""
    sent = known.send(told("CH035", *blood_spot(("314081000", outcome))))
    assert sent == (READ if outcome == "1" else queued("outcome-unknown"))


def test_a_condition_that_no_list_has_waits(known: Room) -> None:
    assert known.send(told("CH035", *blood_spot(("314081000", "04"), ("123456789", "04")))) == queued(
        "outcome-unknown"
    )
    assert rows(known, "record_blood_spot", "id") == [], "all of a message, or nothing"


def test_two_outcomes_of_one_condition_wait(known: Room) -> None:
    assert known.send(told("CH035", *blood_spot(("314081000", "04"), ("314081000", "08")))) == queued(
        "told-twice"
    )


# The physical examination


@pytest.mark.parametrize(
    ("outcome", "held"), [("01", True), ("03", True), ("NN", True), ("04", False), ("", False)]
)
def test_an_examination_is_held_by_its_national_outcome(known: Room, outcome: str, held: bool) -> None:
    message = told("CH024", examination("985531000000102", outcome), examination("988361000000105", "01"))
    assert known.send(message) == (READ if held else queued("outcome-unknown"))
    wanted = [("hips", outcome, DAY), ("eyes", "01", DAY)] if held else []
    assert rows(known, "record_physical_examination", 'examined, outcome, "on"') == wanted


@pytest.mark.parametrize("other", ["01", "02"])
def test_the_code_that_heart_and_testes_share_waits_where_it_comes_twice(known: Room, other: str) -> None:
    """The same outcome twice, too: it is not one examination told twice, but one of each."""
    twice = [examination("988371000000103", outcome) for outcome in ("01", other)]
    assert known.send(told("CH024", *twice)) == queued("told-twice")


# Feeding


def test_feeding_is_held_with_first_feed_and_solids(known: Room) -> None:
    message = told(
        "CH014",
        feeding(
            firstMilkFeed=coded("01"),
            feedingStatus=coded("02"),
            feedingMethod=coded("1104211000000107", "Breast feeding"),
            introductionOfSolids={"valueDate": "2026-11-18"},
            feedingConcerns={"valueString": "Something private"},
        ),
    )
    assert known.send(message) == READ
    assert rows(known, "record_feeding", '"on", status, first_feed, method, solids_on') == [
        (DAY, "02", "01", "Breast feeding", date(2026, 11, 18))
    ]
    assert left_out(known) == ["feedingConcerns"], "which question, and never what was answered"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"feedingStatus": coded("04")}, "outcome-unknown"),
        ({"introductionOfSolids": {"valueDate": "2027-03-06"}}, "dates-contradict"),
        ({"introductionOfSolids": {"valueDate": "2026-11-01"}}, "dates-contradict"),
        ({"introductionOfSolids": {"valueDate": "in March"}}, "outcome-unknown"),
        ({}, "nothing-told"),
    ],
    ids=["no such status", "solids after it was sent", "solids before the birth", "no date", "nothing"],
)
def test_feeding_that_cannot_be_right_waits(known: Room, answers: dict[str, Json], reason: str) -> None:
    assert known.send(told("CH014", feeding(**answers))) == queued(reason)
    assert rows(known, "record_feeding", "id") == []


# What was measured


@pytest.mark.parametrize(
    ("code", "value", "unit", "kind", "held"),
    [
        (WEIGHT, 3.5, "kg", "weight", 3500),
        (WEIGHT, 3500, "g", "weight", 3500),
        (WEIGHT, "3.5", "258683005", "weight", 3500),
        (LENGTH, 51, "cm", "length", 510),
        (LENGTH, 0.51, "258669008", "length", 510),
        (HEAD, 345, "mm", "head-circumference", 345),
    ],
)
def test_what_was_measured_is_held_in_grams_and_millimetres(
    known: Room, code: str, value: float, unit: str, kind: str, held: int
) -> None:
    assert known.send(told("CH018", observation(code, quantity(value, unit)))) == READ
    assert rows(known, "record_measurement", 'kind, value, "on", contact_id') == [(kind, held, DAY, None)]


@pytest.mark.parametrize(
    ("code", "value", "unit"),
    [
        (WEIGHT, 3.5, "g"),
        (WEIGHT, 3500, "kg"),
        (WEIGHT, 34, "kg"),
        (WEIGHT, -3.5, "kg"),
        (WEIGHT, 3.5, "[lb_av]"),
        (WEIGHT, 3.5, ""),
        (LENGTH, 51, "kg"),
        (LENGTH, 5.1, "cm"),
        (HEAD, 51, "cm"),
    ],
    ids=str,
)
def test_a_measure_that_cannot_be_right_waits_and_nothing_of_the_message_is_held(
    known: Room, code: str, value: float, unit: str
) -> None:
    right = observation(
        HEAD if code != HEAD else WEIGHT, quantity(*((34, "cm") if code != HEAD else (3.5, "kg")))
    )
    assert known.send(told("CH018", right, observation(code, quantity(value, unit)))) == queued(
        "measure-impossible"
    )
    assert rows(known, "record_measurement", "id") == []


def test_what_no_item_holds_is_listed_by_code_and_dropped(known: Room) -> None:
    message = told(
        "CH018",
        observation(WEIGHT, quantity(3.5, "kg")),
        observation("364075005", quantity(150, "/min")),
        observation("169895004", {"valueQuantity": {"value": 9}}),
    )
    assert known.send(message) == READ
    assert left_out(known) == ["364075005", "169895004"]
    assert len(rows(known, "record_measurement", "id")) == 1


def test_a_day_is_the_day_that_it_was_in_england(known: Room) -> None:
    """Half past eleven on the 18th, an hour behind: it is the 19th here."""
    summer = observation(WEIGHT, quantity(3.5, "kg"), on="2026-11-18T23:30:00-01:00")
    assert known.send(told("CH018", summer)) == READ
    assert rows(known, "record_measurement", '"on"') == [(DAY,)]


def test_a_measure_taken_after_it_was_sent_waits(known: Room) -> None:
    late = told("CH018", observation(WEIGHT, quantity(3.5, "kg"), on="2026-11-22"))
    assert known.send(late) == queued("dates-contradict")


# Vaccines


def test_vaccines_given_and_not_given_are_held_with_dose_and_reason(known: Room) -> None:
    first = vaccine(vaccinationProtocol=[{"doseSequence": 1}], lotNumber="CCJN12M")
    second = vaccine("First dose of MenB", given=False, reason="4", primarySource=False)
    assert known.send(told("CH015", first, second)) == READ
    held = rows(known, "record_vaccination", 'vaccine, "on", dose, given, reason_not_given, reported, batch')
    assert held == [
        ("First dose of 6-in-1", DAY, 1, True, "", False, "CCJN12M"),
        ("First dose of MenB", DAY, None, False, "4", True, ""),
    ]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (vaccine(given=False), "outcome-unknown"),
        (vaccine(reason="4"), "outcome-unknown"),
        (vaccine(given=False, reason="99"), "outcome-unknown"),
        (vaccine(words=""), "nothing-told"),
        (vaccine(words="A" * 201), "too-large"),
        (vaccine(vaccinationProtocol=[{"doseSequence": 0}]), "measure-impossible"),
        (vaccine(date="2026-11-01"), "dates-contradict"),
        (vaccine(date="2026-12-01"), "dates-contradict"),
    ],
    ids=[
        "no reason",
        "given and why not",
        "no such reason",
        "no name",
        "too long",
        "dose nought",
        "before birth",
        "ahead",
    ],
)
def test_a_vaccine_that_cannot_be_right_waits(known: Room, changed: Json, reason: str) -> None:
    assert known.send(told("CH015", changed)) == queued(reason)
    assert rows(known, "record_vaccination", "id") == []


# A newer version, an older one, one taken back


def test_a_newer_version_ends_what_the_older_told_and_what_was_said_stays(known: Room) -> None:
    first = told("CH018", observation(WEIGHT, quantity(3.5, "kg")), observation(HEAD, quantity(34, "cm")))
    newer = told("CH018", observation(WEIGHT, quantity(3.4, "kg")), version=2, change="update")
    assert [known.send(one) for one in (first, newer)] == [READ, READ]
    assert rows(known, "record_measurement", "kind, value") == [("weight", 3400)]
    assert rows(known, "record_measurement", "kind, value, until_on", current=False) == [
        ("weight", 3500, date(2026, 11, 22)),
        ("head-circumference", 340, date(2026, 11, 22)),
        ("weight", 3400, None),
    ]


def test_an_older_version_that_comes_late_waits(known: Room) -> None:
    assert (
        known.send(told("CH018", observation(WEIGHT, quantity(3.4, "kg")), version=2, change="update"))
        == READ
    )
    assert known.send(told("CH018", observation(WEIGHT, quantity(3.5, "kg")))) == queued("late")
    assert rows(known, "record_measurement", "value") == [(3400,)]


def test_messages_about_two_things_stand_beside_one_another_in_any_order(known: Room) -> None:
    """A vaccine told of late is no older version of another one."""
    second = told("CH015", vaccine("Second dose of 6-in-1"), version=7, about="second")
    assert [known.send(one) for one in (second, told("CH015", vaccine(), version=3))] == [READ, READ]
    assert len(rows(known, "record_vaccination", "id")) == 2


def test_a_fact_without_a_version_is_read_and_a_correction_without_one_waits(known: Room) -> None:
    assert known.send(told("CH015", vaccine(), version=None)) == READ
    again = told("CH015", vaccine("First dose of MenB"), version=None)
    assert known.send(again) == queued("corrects-what")
    assert known.send(told("CH015", vaccine(), version=None, change="update", about="two")) == queued(
        "no-version"
    )
    assert rows(known, "record_vaccination", "vaccine") == [("First dose of 6-in-1",)]


def test_two_new_messages_about_one_visit_do_not_correct_one_another(known: Room) -> None:
    """Which of the two the sender means, a person asks: neither vaccine is taken for a correction of the other."""
    assert known.send(told("CH015", vaccine())) == READ
    assert known.send(told("CH015", vaccine("First dose of MenB"), version=2)) == queued("corrects-what")
    assert rows(known, "record_vaccination", "vaccine") == [("First dose of 6-in-1",)]


@pytest.mark.parametrize(
    ("event", "resources"),
    [
        ("CH015", [vaccine(), vaccine(given=False, reason="4")]),
        ("CH018", [observation(WEIGHT, quantity(value, "kg")) for value in (3.5, 3.6)]),
        ("CH014", [feeding(feedingStatus=coded(status)) for status in ("01", "03")]),
        ("CH021", [*hearing()[:1], *hearing("276811000000107")]),
    ],
)
def test_two_answers_to_one_question_wait(known: Room, event: str, resources: list[Json]) -> None:
    assert known.send(told(event, *resources)) == queued("told-twice")


def test_the_same_answer_twice_is_held_once(known: Room) -> None:
    assert known.send(told("CH015", vaccine(), vaccine())) == READ
    assert len(rows(known, "record_vaccination", "id")) == 1


def test_a_message_that_is_taken_back_ends_what_it_told(known: Room) -> None:
    known.send(told("CH015", vaccine()))
    assert known.send(told("CH015", vaccine(), version=2, change="delete")) == READ
    assert rows(known, "record_vaccination", "id") == []
    assert rows(known, "record_vaccination", "given, until_on", current=False) == [(True, date(2026, 11, 22))]


def test_what_was_never_told_cannot_be_taken_back(known: Room) -> None:
    assert known.send(told("CH015", vaccine(), version=2, change="delete")) == queued("withdrawn")


def test_a_correction_of_something_that_is_not_held_waits_where_it_could_be_of_what_is(known: Room) -> None:
    known.send(told("CH015", vaccine()))
    other = told("CH015", vaccine("First dose of MenB"), version=2, change="update", about="other")
    assert known.send(other) == queued("corrects-what")
    assert len(rows(known, "record_vaccination", "id")) == 1


def test_the_same_message_again_changes_nothing(known: Room) -> None:
    message = told("CH035", *blood_spot(("314081000", "04")))
    known.send(message)
    assert known.send(dict(reversed(message.items()))).state == "repeated"
    assert len(rows(known, "record_blood_spot", "id", current=False)) == 1


# Whom it is about


def test_a_message_about_a_child_who_is_not_known_waits_and_registers_nobody(room: Room) -> None:
    before = room.rows()
    assert room.send(told("CH015", vaccine())) == queued("child-not-known")
    assert room.rows() == before


def test_what_is_told_of_a_child_whose_care_has_ended_waits_but_for_a_death(known: Room) -> None:
    (ended,) = known.told("select e.id from record_episode e where e.person_id > %s", known.before)
    end = "update record_episode set until_on = '2026-11-21', ended_because = 'moved' where id = %s"
    known.superuser.execute(end, ended)
    assert known.send(told("CH015", vaccine())) == queued("care-has-ended")
    message = told("PDS004", version=None)
    the(message, "Patient")["deceasedDateTime"] = "2026-11-18"
    assert known.send(message) == READ


@pytest.mark.parametrize(
    ("name", "event", "resources"),
    [("vaccinations-1", "CH015", [vaccine()]), ("newborn-hearing-1", "CH021", hearing())],
)
def test_an_event_is_known_by_the_name_that_the_national_service_has_for_it(
    known: Room, name: str, event: str, resources: list[Json]
) -> None:
    message = told(event, *resources)
    the(message, "MessageHeader")["event"] = {
        "system": "https://fhir.nhs.uk/STU3/CodeSystem/EventType-1",
        "code": name,
    }
    assert known.send(message) == READ
    assert known.told("select event from intake_bundle order by id desc limit 1") == [(event,)]


def test_another_date_of_birth_waits(known: Room) -> None:
    message = told("CH015", vaccine())
    the(message, "Patient").update(birthDate="2026-11-11")
    the(message, "Patient").pop("_birthDate")
    assert known.send(message) == queued("date-of-birth-differs")
    assert rows(known, "record_vaccination", "id") == []


@pytest.mark.parametrize("event", ["CH015", "CH033", "PDS004"])
def test_the_parent_and_infant_service_holds_nothing_of_it(
    people: cast.Cast, superuser: psycopg.Connection, event: str
) -> None:
    """Its notice lets no program write down what others found, nor that a child has a plan or has died."""
    pairs, number = Room(people.pairs_intake, superuser), number_of_nobody(509)
    register(cleo_and_mia(), by=people.pia)
    superuser.execute(
        "insert into record_nhs_number"
        " (service, entry_id, definition_id, source, recorded_at, from_on, person_id, number, status)"
        " select service, entry_id, definition_id, source, recorded_at, from_on, person_id, %s, '01'"
        " from record_name where given = 'Cleo'",
        [number],
    )
    resources = {"CH015": (vaccine(),), "CH033": plan("1064311000000109")}.get(event, ())
    message = told(event, *resources, number=number)
    patient = the(message, "Patient")
    patient.update(
        birthDate="2026-11-15", **({"deceasedDateTime": "2026-11-18"} if event == "PDS004" else {})
    )
    patient.pop("_birthDate")
    assert pairs.send(message) == queued("not-allowed")
    pairs.forget()


# What no service may hold, and what waits for people


def test_what_is_asked_of_a_household_is_listed_and_dropped(known: Room) -> None:
    message = told(
        "CH030",
        household(householdSmokingStatus=coded("94151000119101"), substanceStatus=coded("1104271000000102")),
    )
    assert known.send(message) == READ
    assert left_out(known) == ["householdSmokingStatus", "substanceStatus"]
    assert "94151000119101" not in str(known.told("select left_out from intake_bundle"))


def test_who_else_works_with_the_child_is_listed_and_dropped(known: Room) -> None:
    episode = {"resourceType": "EpisodeOfCare", "status": "active"}
    assert (
        known.send(told("CH027", episode, {"resourceType": "Practitioner", "name": [{"family": "Zed"}]}))
        == READ
    )
    assert left_out(known) == ["EpisodeOfCare", "Practitioner"]


@pytest.mark.parametrize(
    ("event", "resource", "reason"),
    [
        ("CH028", {"resourceType": "ReferralRequest"}, "referral"),
        ("CH029", {"resourceType": "Flag"}, "safety-alert"),
        ("CH004", {"resourceType": "Observation"}, "not-read-yet"),
        ("PDS003", {"resourceType": "Communication"}, "not-read-yet"),
    ],
)
def test_what_people_decide_waits_with_its_own_reason(
    known: Room, event: str, resource: Json, reason: str
) -> None:
    assert known.send(told(event, resource)) == queued(reason)


# Legal information


def test_looked_after_and_a_protection_plan_are_held_with_their_dates(known: Room) -> None:
    looked_after, council = plan("764841000000100", end="2026-11-18")
    assert known.send(told("CH033", looked_after, plan("1064311000000109")[0], council)) == READ
    assert rows(known, "record_circumstance", "kind, said, since_on") == [
        (
            "circumstances.looked-after",
            "Looked after from 16 November 2026 to 18 November 2026 (Kent County Council)",
            date(2026, 11, 16),
        ),
        (
            "circumstances.protection-plan",
            "Child protection plan from 16 November 2026 (Kent County Council)",
            date(2026, 11, 16),
        ),
    ]
    assert left_out(known) == ["telecom"]


def test_a_plan_that_ends_before_it_begins_waits(known: Room) -> None:
    assert known.send(told("CH033", *plan("1064311000000109", end="2026-11-15"))) == queued(
        "dates-contradict"
    )


# Demographics and the national register


def ethnic(code: str) -> Json:
    url = "https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-EthnicCategory-1"
    return {"url": url, "valueCodeableConcept": {"coding": [{"code": code}]}}


def test_an_ethnic_category_is_held_and_what_the_notice_does_not_list_is_dropped(known: Room) -> None:
    message = told("CH001")
    belief = "https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-ReligiousAffiliation-1"
    religion = {"url": belief, "valueCodeableConcept": {"text": "Quaker"}}
    the(message, "Patient")["extension"] = [ethnic("CP"), religion]
    the(message, "Patient")["communication"] = [{"language": {"coding": [{"code": "pl"}]}}]
    assert known.send(message) == READ
    assert rows(known, "record_circumstance", "kind, said, source") == [
        ("background.ethnicity", "C", "health-organisation")
    ]
    assert left_out(known) == ["background.language", "background.religion"]


def test_what_the_family_said_themselves_stands(known: Room) -> None:
    for sender, code in enumerate("GN", 1):
        message = told("CH001", about=str(sender))
        the(message, "Organization")["identifier"][0]["value"] = f"RXX0{sender}"
        the(message, "Patient")["extension"] = [ethnic(code)]
        message["id"] = f"from-{sender}"
        the(message, "Patient")["identifier"] = the(message, "Patient")["identifier"][:1]
        assert known.send(message) == READ
    assert rows(known, "record_circumstance", "said", current=False) == [("G",)]
    assert left_out(known) == ["background.ethnicity"]


def test_a_change_of_practice_ends_the_old_and_begins_the_new(known: Room) -> None:
    assert known.send(changed_practice()) == READ
    moved = changed_practice("G82001", "Hopbine Surgery", about="two")
    the(moved, "MessageHeader")["timestamp"] = "2026-11-21T10:00:00+00:00"
    assert known.send(moved) == READ
    assert rows(known, "record_gp_practice", "ods_code, practice, until_on", current=False) == [
        ("G82999", "Larkhythe Surgery", date(2026, 11, 22)),
        ("G82001", "Hopbine Surgery", None),
    ]


def test_an_older_change_of_practice_that_comes_late_waits(known: Room) -> None:
    moved = changed_practice("G82001", "Hopbine Surgery", about="two")
    the(moved, "MessageHeader")["timestamp"] = "2026-11-21T10:00:00+00:00"
    assert [known.send(one) for one in (moved, changed_practice())] == [READ, queued("late")]
    assert rows(known, "record_gp_practice", "ods_code") == [("G82001",)]


def test_a_change_of_address_ends_the_old_and_changes_no_team(known: Room) -> None:
    message = told("PDS002", version=None)
    new = {"use": "home", "line": ["7 Wrenlowthorn Way"], "city": "Dover", "postalCode": "CT16 2KO"}
    old = {**the(message, "Patient")["address"][0], "use": "old"}
    the(message, "Patient")["address"] = [old, new]
    assert known.send(message) == READ
    (child,) = known.held()
    assert (child.address, child.postcode, child.teams) == (
        "7 Wrenlowthorn Way, Dover",
        "CT16 2KO",
        ("Mid Kent",),
    )


def test_a_new_address_of_a_child_who_must_not_be_found_is_hidden_too(known: Room) -> None:
    known.superuser.execute(
        "insert into record_restriction"
        " (service, entry_id, definition_id, source, recorded_at, from_on, person_id, child_id, what, reason)"
        " select service, entry_id, definition_id, source, recorded_at, from_on, person_id, person_id,"
        " 'address', 'Refuge' from record_name where person_id > %s",
        [known.before],
    )
    message = told("PDS002", version=None)
    the(message, "Patient")["address"] = [
        {"use": "home", "line": ["7 Wrenlowthorn Way"], "postalCode": "CT16 2KO"}
    ]
    assert known.send(message) == READ
    assert rows(known, "record_address", "kind, postcode") == [("restricted", "CT16 2KO")]


def test_nobody_is_registered_from_a_change_of_address(room: Room) -> None:
    before = room.rows()
    assert room.send(told("PDS002", version=None)) == queued("child-not-known")
    assert room.rows() == before


def test_a_death_is_held_with_its_day(known: Room) -> None:
    message = told("PDS004", version=None)
    the(message, "Patient")["deceasedDateTime"] = "2026-11-18"
    assert known.send(message) == READ
    assert rows(known, "record_death", "died_on") == [(date(2026, 11, 18),)]


def test_a_death_of_a_parent_is_held_of_the_parent(known: Room) -> None:
    known.send(well_formed("CH023"))
    message = told("PDS004", version=None, number=MOTHER.number)
    mother = the(message, "Patient")
    mother.update(birthDate=MOTHER.born_on.isoformat(), deceasedDateTime="2026-11-18")
    mother.pop("_birthDate")
    assert known.send(message) == READ
    dead = "select n.given from record_death d join record_name n using (person_id) where d.person_id > %s"
    assert known.told(dead, known.before) == [("Gráinne",)]


@pytest.mark.parametrize("written", ["2026-11-01", "2026-12-01", "1917"])
def test_a_death_that_cannot_be_right_waits(known: Room, written: str) -> None:
    message = told("PDS004", version=None)
    the(message, "Patient")["deceasedDateTime"] = written
    assert known.send(message) == queued("dates-contradict")
    assert rows(known, "record_death", "id") == []
