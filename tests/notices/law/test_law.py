"""A law entry is a clause with a citation, dates and a status."""

from __future__ import annotations

from datetime import date, timedelta

from kept.notices.decision import Outcome
from kept.notices.definition import Definition
from kept.notices.permits import Permit, permits_of
from tests.notices.tiny import ON, collect_clause, collected, see_clause, seen, tiny

SEE = see_clause("see.all", "identity.name, health.allergy")
HOLD = collect_clause("hold.name", "identity.name")
ALLERGIES = """
- id: law.allergies
  says: The law asks us to know about allergies.
  citation: an Act made up for this paragraph
  status: STATUS
  in_force: {from: FROM, until: UNTIL}
  effect: EFFECT
  means: {collect: {items: [health.allergy], about: [child], from: [the-person], for: [lending]}}
"""


def allergies(
    *, status: str = "confirmed", start: str = "2021-01-01", until: str = "2099-01-01", effect: str = "may"
) -> Definition:
    law = ALLERGIES.replace("STATUS", status).replace("FROM", start).replace("UNTIL", until)
    return tiny(HOLD, SEE, law=law.replace("EFFECT", effect))


def test_confirmed_law_opens_what_the_notice_does_not_list_and_is_what_the_decision_rests_on() -> None:
    decision = collected(allergies(), "health.allergy")
    assert decision.outcome is Outcome.MAY
    assert decision.rests_on == ("law.allergies",)


def test_law_that_is_not_confirmed_opens_nothing() -> None:
    assert collected(allergies(status="unconfirmed"), "health.allergy").rests_on == ("hold.special",)


def test_law_opens_nothing_before_its_first_day_or_from_its_last_on() -> None:
    notice = allergies(start="2026-03-01", until="2026-09-30")
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 9, 29), date(2026, 9, 30)]
    assert [bool(collected(notice, "health.allergy", on=day)) for day in days] == [False, True, True, False]


def test_what_confirmed_law_forbids_no_promise_can_open() -> None:
    law = """
    - id: law.no-names
      says: The law forbids us to write names down.
      citation: an Act made up for this paragraph
      status: STATUS
      in_force: {from: 2021-01-01}
      effect: must-not
      means: {collect: {items: [identity.name], about: [child], from: [the-person], for: [lending]}}
    """
    assert collected(tiny(HOLD, SEE, law=law.replace("STATUS", "unconfirmed")), "identity.name")
    assert not collected(tiny(HOLD, SEE, law=law.replace("STATUS", "confirmed")), "identity.name")
    assert not seen(tiny(HOLD, SEE, law=law.replace("STATUS", "confirmed")), "identity.name")


def test_the_law_can_forbid_a_role_to_see() -> None:
    law = """
    - id: law.librarians-look-away
      says: The law forbids librarians to read names.
      citation: an Act made up for this paragraph
      status: confirmed
      in_force: {from: 2021-01-01}
      effect: must-not
      means:
        see: {roles: [librarian], standing: [team], items: [identity.name], about: [child], for: [lending],
              to: [read], decided_by: Parliament, decided_on: 2021-01-01}
    """
    notice = tiny(HOLD, SEE, law=law)
    assert not seen(notice, "identity.name")
    assert collected(notice, "identity.name")


def test_law_for_another_service_is_not_read_into_this_one() -> None:
    law = ALLERGIES.replace("STATUS", "confirmed").replace("FROM", "2021-01-01").replace(", until: UNTIL", "")
    law = law.replace("effect: EFFECT", "services: [health-visiting]")
    assert "law.allergies" not in tiny(HOLD, SEE, law=law).by_id


def test_the_promise_is_named_where_promise_and_law_open_the_same() -> None:
    law = (
        ALLERGIES.replace("STATUS", "confirmed").replace("FROM", "2021-01-01").replace("UNTIL", "2099-01-01")
    )
    notice = tiny(collect_clause("hold.a", "health.allergy"), SEE, law=law.replace("EFFECT", "may"))
    assert collected(notice, "health.allergy").rests_on == ("hold.a",)


RECORD = ("record", "team")


def key_of(permit: Permit) -> tuple[str, str]:
    """What tells the permits of these notices apart: whoever is named has those of the team once more."""
    return permit.act, permit.standing


def test_permits_are_cut_at_the_days_on_which_the_law_begins_and_ends() -> None:
    notice = allergies(start="2026-03-01", until="2026-09-30")
    times = [(p.from_on, p.until_on, p.items) for p in permits_of(notice) if key_of(p) == RECORD]
    name, both = ("identity.name",), ("health.allergy", "identity.name")
    first, begins, ends = date(2026, 1, 5), date(2026, 3, 1), date(2026, 9, 30)
    assert times == [(first, begins, name), (begins, ends, both), (ends, None, name)]


def test_a_permit_that_stays_the_same_is_not_cut() -> None:
    notice = allergies(start="2026-03-01", until="2026-09-30")
    audit = [p for p in permits_of(notice) if p.purpose == "audit"]
    assert audit
    assert {(p.from_on, p.until_on) for p in audit} == {(notice.from_on, None)}


def test_a_permit_is_cut_when_only_the_need_for_a_reason_changes() -> None:
    freely = see_clause("see.freely", "identity.name").replace("  means:", "  status: proposed\n  means:")
    adopted = "[{clause: see.freely, service: toy-library, by: Ash, approved_by: Bo, on: 2026-04-01}]"
    asks = see_clause("see.asks", "identity.name", more=", reason: required")
    records = [p for p in permits_of(tiny(HOLD, asks, freely, adopted=adopted)) if key_of(p) == RECORD]
    assert [(p.from_on, p.reasoned) for p in records] == [
        (date(2026, 1, 5), ("identity.name",)),
        (date(2026, 4, 1), ()),
    ]


def test_the_table_answers_for_any_day_of_the_calendar() -> None:
    notice = allergies()
    for day in (date.min, notice.from_on - timedelta(days=1), ON, date.max):
        assert seen(notice, "identity.name", on=day).rests_on
