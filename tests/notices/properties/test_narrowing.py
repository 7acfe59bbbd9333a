"""Taking a promise away never permits more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.permits import Permit, permit_key, permits_of
from kept.notices.questions import may_collect, may_see
from tests.notices.generated import STEADY, Situation, definitions, situations

NARROWING = {"collect", "see", "tell", "count", "serve", "keep", "guard", "use"}


def asked(definition: Definition, situation: Situation) -> tuple[Decision, Decision]:
    who = {"by": situation.by, "standing": situation.standing, "part": situation.part}
    what = {
        "items": situation.items,
        "purpose": situation.purpose,
        "reason": situation.reason,
        "on": situation.on,
    }
    return (
        may_see(definition, **who, **what),  # type: ignore[arg-type]
        may_collect(definition, **who, **what, source=situation.source),  # type: ignore[arg-type]
    )


def permitted(permits: tuple[Permit, ...]) -> set[tuple[object, ...]]:
    """Each permit taken apart to single items and the times between all days on which anything changes."""
    days = sorted({day for p in permits for day in (p.from_on, p.until_on) if day})
    return {
        (permit_key(permit), item, day)
        for permit in permits
        for item in permit.items
        for day in days
        if permit.from_on <= day and (permit.until_on is None or day < permit.until_on)
    }


@STEADY
@given(definitions(), st.data())
def test_without_a_clause_nothing_more_is_seen_or_collected(
    definition: Definition, data: st.DataObject
) -> None:
    narrowing = [c for c in definition.clauses if set(c.kinds) & NARROWING]
    gone = data.draw(st.sets(st.sampled_from([c.id for c in narrowing]), min_size=1, max_size=3))
    less = definition.without(gone) if len(gone) < len(definition.clauses) else definition
    for situation in data.draw(st.lists(situations(), min_size=5, max_size=20)):
        for whole, part in zip(asked(definition, situation), asked(less, situation), strict=True):
            assert part.allowed <= whole.allowed


@STEADY
@given(definitions(), st.data())
def test_without_a_clause_no_permit_is_added(definition: Definition, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from([c.id for c in definition.clauses]))
    before, after = permits_of(definition), permits_of(definition.without([gone]))
    days = {p.from_on for p in (*before, *after)} | {p.until_on for p in (*before, *after) if p.until_on}
    for permit in after:
        for day in sorted(days):
            if permit.from_on <= day and (permit.until_on is None or day < permit.until_on):
                found = [
                    p
                    for p in before
                    if permit_key(p) == permit_key(permit)
                    and p.from_on <= day
                    and (p.until_on is None or day < p.until_on)
                ]
                assert found
                assert set(permit.items) <= set(found[0].items)


@STEADY
@given(definitions(), st.lists(situations(), min_size=5, max_size=30))
def test_every_decision_rests_on_something_that_exists(
    definition: Definition, asked_about: list[Situation]
) -> None:
    known = definition.by_id.keys()
    for situation in asked_about:
        for decision in asked(definition, situation):
            assert decision.rests_on
            assert set(decision.rests_on) <= known
            assert set(decision.withheld.values()) <= known
            assert decision.words == definition.by_id[decision.rests_on[0]].words or decision.owed
            assert decision.allowed | decision.withheld.keys() == situation.items
            assert not decision.allowed & decision.withheld.keys()
            assert bool(decision) == (decision.outcome is Outcome.MAY) == bool(decision.allowed)


@STEADY
@given(definitions(), st.lists(situations(), min_size=5, max_size=30))
def test_what_rests_on_a_clause_falls_with_it(definition: Definition, asked_about: list[Situation]) -> None:
    for situation in asked_about:
        for place, decision in enumerate(asked(definition, situation)):
            gone = set(decision.rests_on)
            if decision and len(gone) < len(definition.clauses):
                after = asked(definition.without(gone), situation)[place]
                assert not (after.allowed & decision.allowed) or set(after.rests_on).isdisjoint(gone)


@STEADY
@given(definitions(), st.lists(situations(), min_size=5, max_size=30))
def test_a_reason_never_closes_what_was_open(definition: Definition, asked_about: list[Situation]) -> None:
    for situation in asked_about:
        who = {"by": situation.by, "standing": situation.standing, "part": situation.part}
        what = {"items": situation.items, "purpose": situation.purpose, "on": situation.on}
        silent = may_see(definition, **who, **what)  # type: ignore[arg-type]
        said = may_see(definition, **who, **what, reason="because")  # type: ignore[arg-type]
        assert silent.allowed <= said.allowed
        assert not said.owed
