"""Which organisation may hold which role, as the notice and the register of roles say."""

import pytest

from kept.notices.decision import Outcome
from kept.staff.rules import may_hold
from tests.rooms.staff.staff_room import COUNCIL, TRUST, definition, now

ROLES = definition().roles
OVERSIGHT = [role for role, rule in ROLES.items() if rule.oversight]
CLAUSE = {TRUST: "who.deliverer", COUNCIL: "who.council"}


def holder_of(role: str) -> str:
    return TRUST if ROLES[role].held_by == "deliverer" else COUNCIL


def asked(role: str, *, organisation: str, on_a_team: bool = False, process: bool = False):  # type: ignore[no-untyped-def]
    return may_hold(
        definition(),
        role=role,
        organisation=organisation,
        on_a_team=on_a_team,
        process=process,
        on=now().date(),
    )


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_held_by_the_organisation_that_the_notice_names_and_by_no_other(role: str) -> None:
    process = ROLES[role].process
    for organisation in (TRUST, COUNCIL, "real-group", ""):
        decision = asked(role, organisation=organisation, process=process)
        assert bool(decision) == (organisation == holder_of(role))
        assert decision.rests_on == (CLAUSE[holder_of(role)],)
        assert decision or holder_of(role) in decision.words


@pytest.mark.parametrize("role", OVERSIGHT)
def test_whoever_oversees_is_of_the_council_and_has_no_caseload(role: str) -> None:
    assert holder_of(role) == COUNCIL
    refused = asked(role, organisation=COUNCIL, on_a_team=True)
    assert refused.outcome is Outcome.MUST_NOT
    assert "no caseload" in refused.words


def test_the_register_has_roles_on_both_sides() -> None:
    assert {"practitioner", "administrator", "lead"} <= set(ROLES) - set(OVERSIGHT)
    assert {"privacy-officer", "rights-officer", "data-protection-officer"} <= set(OVERSIGHT)


def test_a_person_does_not_hold_the_role_of_a_program_nor_a_program_that_of_a_person() -> None:
    assert "is for a program" in asked("intake", organisation=TRUST).words
    assert "is for a person" in asked("practitioner", organisation=TRUST, process=True).words


def test_what_is_allowed_rests_on_the_clause_a_family_can_read() -> None:
    decision = asked("lead", organisation=TRUST, on_a_team=True)
    assert decision.outcome is Outcome.MAY
    assert decision.words == definition().by_id["who.deliverer"].words


def test_a_notice_that_names_no_deliverer_holds_nobodys_account() -> None:
    silent = definition().without(["who.deliverer"])
    with pytest.raises(LookupError, match="names no deliverer"):
        may_hold(silent, role="lead", organisation=TRUST, on_a_team=False, process=False, on=now().date())
