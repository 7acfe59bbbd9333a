"""Both are made from the clauses, and say of what is not said that it is not said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from kept.notices.data_privacy_vocabulary import CONTEXT, dpv
from kept.notices.record_of_processing import NOT_SAID, record_of_processing
from tests.notices.real import definition_of
from tests.notices.tiny import ON, tiny, toy_library

SERVICES = ["health-visiting", "parent-infant-relationship"]


def test_a_record_has_one_activity_for_each_purpose_that_is_open() -> None:
    record = record_of_processing(toy_library(), on=ON)
    assert [activity.purpose for activity in record.activities] == [
        "to lend you toys",
        "to make the library better",
        "to check who has looked",
    ]
    lending = record.activities[0]
    assert lending.items == ("name", "date of birth", "phone number", "allergies", "toys borrowed")
    assert lending.special
    assert lending.recipients == ("your nursery",)
    assert lending.kept == ("two years after you leave",)
    assert lending.legal_bases == ("UK GDPR Article 6(1)(e)", "UK GDPR Article 9(2)(h) (unconfirmed)")
    assert record.activities[1].figures == "nought, or 5 and more"


def test_names_are_those_of_the_day_and_what_is_not_said_is_not_guessed() -> None:
    assert record_of_processing(toy_library(), on=date(2026, 2, 28)).deliverer == "Toy Trust"
    record = record_of_processing(toy_library(), on=date(2026, 3, 1))
    assert record.deliverer == "The Toy and Play Trust"
    assert record.controller == "Anytown Council"
    assert record.transfers == record.department == record.data_protection_officer == NOT_SAID


def test_a_transfer_that_a_clause_speaks_of_is_in_the_record() -> None:
    abroad = """
    - id: more.abroad
      section: more
      says: Nothing leaves the country.
      means: {inform: {of: transfers}}
    """
    assert record_of_processing(tiny(abroad), on=ON).transfers == "Nothing leaves the country."


def test_the_two_services_have_a_record_each() -> None:
    health, pairs = (
        record_of_processing(definition_of(service), on=date(2026, 11, 22)) for service in SERVICES
    )
    assert health.department == pairs.department == "Public Health"
    assert health.deliverer != pairs.deliverer
    assert {a.purpose for a in health.activities} != {a.purpose for a in pairs.activities}
    assert json.loads(json.dumps(health.as_json()))["title"] == "Health Visiting Service"


def nodes(service: str) -> dict[str, dict[str, Any]]:
    graph = dpv(definition_of(service), on=date(2026, 11, 22))["@graph"]
    return {node["@id"]: node for node in graph}


@pytest.mark.parametrize("service", SERVICES)
def test_every_term_has_a_known_prefix_and_everything_named_in_a_process_is_described(service: str) -> None:
    found = nodes(service)
    described = set(found)
    for node in found.values():
        for key in node:
            assert key.startswith("@") or key.split(":")[0] in CONTEXT
        for item in node.get("dpv:hasPersonalData", ()):
            assert item["@id"] in described
        if "dpv:hasPurpose" in node:
            assert node["dpv:hasPurpose"]["@id"] in described
            assert node["dpv:hasLegalBasis"]


def test_a_term_of_the_vocabulary_is_used_where_there_is_one_and_one_of_our_own_where_not() -> None:
    process = next(
        n
        for n in nodes("health-visiting").values()
        if n.get("dpv:hasPurpose") == {"@id": "kept:purpose:keep-safe"}
    )
    bases = {basis["@id"] for basis in process["dpv:hasLegalBasis"]}
    assert "eu-gdpr:A6-1-e" in bases
    assert "kept:law:schedule-1.safeguarding" in bases


def test_the_same_definition_gives_the_same_words_each_time() -> None:
    assert json.dumps(dpv(toy_library(), on=ON)) == json.dumps(dpv(toy_library(), on=ON))
