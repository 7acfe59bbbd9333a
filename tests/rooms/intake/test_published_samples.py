"""The sample messages that NHS Digital published, which are a hard case: every fault of each, then and now.

They are not ours to publish again, so they lie outside the project: beside its folder, or where
KEPT_PUBLISHED_SAMPLES says.
"""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kept.intake.child_health_events.reading import read_message
from kept.intake.reads import open_queue
from tests import cast
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.running import Post, told_here

SAMPLES = Path(
    os.environ.get("KEPT_PUBLISHED_SAMPLES")
    or Path(__file__).resolve().parents[4] / "shared" / "data" / "child-health-events"
)
NOVEMBER_2017 = datetime(2017, 11, 15, 12, tzinfo=UTC)
NOVEMBER_2026 = datetime(2026, 11, 22, 12, tzinfo=UTC)

# No sample has one date that agrees with the others. Those that correct or register need a version, those that register
# a council area: only two have to, and neither has it.
_ALL = {"no-version", "dates-contradict"}
FAULTS = {
    "DCH-AdditionalDemographics-Bundle-Example-1": {*_ALL, "nothing-told"},
    "DCH-BirthDetails-Bundle-Example-1": {*_ALL, "authority-unknown", "dangling-reference"},
    "DCH-BloodSpotTestOutcome-Bundle-Example-1": {"dates-contradict"},
    "DCH-FeedingStatus-Bundle-Example-1": {"dates-contradict"},
    "DCH-LegalInformation-Bundle-Example-1": {"dates-contradict"},
    "DCH-NewbornHearing-Bundle-Example-1": {"dates-contradict"},
    "DCH-Observation-Bundle-Example-1": {"dates-contradict"},
    "DCH-PersonalContacts-Bundle-Example-1": {
        *_ALL,
        "authority-unknown",
        "nhs-number-shared",
        "date-of-birth-impossible",
    },
    "DCH-ProfessionalContact-Team-Bundle-Example-1": _ALL,
    "DCH-Referral-Bundle-Example-1": {"not-json"},
    "DCH-SocialContextHousehold-Bundle-Example-1": _ALL,
    "DCH-Vaccination-Bundle-Example-1": {"dates-contradict"},
}

if not SAMPLES.is_dir():
    pytest.skip(
        f"The published samples are not at {SAMPLES}. Put them there, or name their folder in "
        "KEPT_PUBLISHED_SAMPLES.",
        allow_module_level=True,
    )


def test_every_sample_is_listed() -> None:
    assert {file.stem for file in SAMPLES.glob("*.json")} == set(FAULTS)


@pytest.mark.parametrize("at", [NOVEMBER_2017, NOVEMBER_2026], ids=["2017", "2026"])
@pytest.mark.parametrize("sample", FAULTS)
def test_a_sample_has_exactly_these_faults(sample: str, at: datetime) -> None:
    reading = read_message((SAMPLES / f"{sample}.json").read_bytes(), at=at)
    assert {str(fault.reason) for fault in reading.faults} == FAULTS[sample]


def test_what_the_birth_sample_says_is_still_read_for_the_person_who_sorts_it() -> None:
    reading = read_message(
        (SAMPLES / "DCH-BirthDetails-Bundle-Example-1.json").read_bytes(), at=NOVEMBER_2017
    )
    message = reading.message
    assert message is not None
    assert message.child is not None
    assert message.birth is not None
    assert message.child.number is not None
    assert message.child.number.digits == "9912003888"
    assert (message.sender, message.birth.gestation_days, message.birth.place) == ("RX3EP", 283, "RX3EP")


def test_one_number_has_two_dates_of_birth_across_the_samples() -> None:
    readings = [read_message(file.read_bytes(), at=NOVEMBER_2017) for file in SAMPLES.glob("*.json")]
    children = [reading.message.child for reading in readings if reading.message and reading.message.child]
    assert {child.number.digits for child in children if child.number} == {"9912003888"}
    assert sorted({str(child.born_on) for child in children}) == ["2013-10-12", "2017-10-02"]


@pytest.fixture(scope="module")
def old_law(database: str) -> None:
    """In November 2017 the law that the notices rest on was half a year away: here it has begun by then."""
    begun = {
        name: text.replace("{from: 2018-05-25}", "{from: 2017-01-01}") for name, text in cast.texts().items()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cast, "texts", lambda: begun)
        cast.publish_again()


@pytest.mark.usefixtures("old_law")
@pytest.mark.parametrize("at", [NOVEMBER_2017, NOVEMBER_2026], ids=["2017", "2026"])
def test_every_sample_waits_for_exactly_its_reasons_and_nobody_is_registered(
    room: Room, post: Post, people: cast.Cast, at: datetime
) -> None:
    samples = {file.name: file.read_bytes() for file in SAMPLES.glob("*.json")}
    before = room.rows()
    post.deliver(samples)
    run = replace(post, now=("--at", f"{at:%Y-%m-%dT%H:%M:%S}")).command("--format", "json")
    done = told_here(*run[1:])
    assert (done.code, done.errors) == (0, "")
    waits = {
        one["file"].removesuffix(".json"): set(one["reasons"]) for one in json.loads(done.answer)["files"]
    }
    assert waits == {sample: faults | beside_the_notice(sample, at) for sample, faults in FAULTS.items()}
    assert room.rows() == before
    assert (post.waiting(), post.taken()) == (set(), samples)
    assert room.states() == {"queued": len(samples)}
    queue = open_queue(by=people.imani, purpose=cast.HEALTH_VISITING, at=NOVEMBER_2026)
    assert {one.file for one in queue.waiting} == set(samples)


def beside_the_notice(sample: str, at: datetime) -> set[str]:
    """In 2026 every child of the samples is past the fifth birthday, as far as a sample can be read at all."""
    return {"past-fifth-birthday"} if at is NOVEMBER_2026 and FAULTS[sample] != {"not-json"} else set()
