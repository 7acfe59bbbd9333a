"""The permits that publishing stores and the answers of the questions are the same thing said twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kept.notices.definition import Definition
from kept.notices.permits import Permit, permits_of
from kept.notices.questions import may_collect, may_see
from tests.notices.generated import STEADY, Situation, definitions, situations


def looked_up(permits: tuple[Permit, ...], situation: Situation, act: str, service: str) -> dict[str, str]:
    """What the second lock finds: one row, by its key and the day; without a reason, less what needs one."""
    source = situation.source if act == "record" else ""
    key = (situation.by.role, situation.standing, situation.part, situation.purpose, act, source)
    rows = [
        permit
        for permit in permits
        if (permit.role, permit.standing, permit.part, permit.purpose, permit.act, permit.source) == key
        and permit.from_on <= situation.on
        and (permit.until_on is None or situation.on < permit.until_on)
        and situation.by.service == service
    ]
    assert len(rows) <= 1, "two permits for one key on one day"
    if not rows:
        return {}
    closed = set() if situation.reason.strip() else set(rows[0].reasoned)
    return {
        item: clause
        for item, clause in zip(rows[0].items, rows[0].clauses, strict=True)
        if item in situation.items and item not in closed
    }


@STEADY
@given(definitions(), st.lists(situations(), min_size=10, max_size=60))
def test_permits_say_what_the_questions_say(definition: Definition, asked: list[Situation]) -> None:
    permits = permits_of(definition)
    for now in asked:
        who = {"by": now.by, "standing": now.standing, "part": now.part}
        what = {"items": now.items, "purpose": now.purpose, "reason": now.reason, "on": now.on}
        seen = may_see(definition, **who, **what)  # type: ignore[arg-type]
        found = looked_up(permits, now, "read", definition.service)
        assert seen.allowed == found.keys()
        if seen:
            assert set(seen.rests_on) == set(found.values())
        taken = may_collect(definition, **who, **what, source=now.source)  # type: ignore[arg-type]
        found = looked_up(permits, now, "record", definition.service)
        assert taken.allowed == found.keys()
        if taken:
            assert set(taken.rests_on) == set(found.values())


@STEADY
@given(definitions(), st.sampled_from(["guard", "keep", "use"]))
def test_without_the_clauses_of_one_kind_nothing_that_they_limited_is_permitted(
    definition: Definition, kind: str
) -> None:
    gone = {clause.id for clause in definition.by_id.values() if kind in clause.kinds}
    less = definition.without(gone)
    assert not less.clauses or permits_of(less) == ()


@STEADY
@given(definitions())
def test_permits_are_sorted_and_whole(definition: Definition) -> None:
    permits = permits_of(definition)
    assert list(permits) == sorted(
        permits, key=lambda p: (p.role, p.standing, p.part, p.purpose, p.act, p.source, p.from_on)
    )
    for permit in permits:
        assert permit.items
        assert list(permit.items) == sorted(set(permit.items))
        assert len(permit.items) == len(permit.clauses)
        assert set(permit.reasoned) <= set(permit.items)
        assert permit.until_on is None or permit.from_on < permit.until_on
        assert (permit.source == "") == (permit.act == "read")
