"""What holds of telling, counting, asking and keeping in every definition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.means import Tell
from kept.notices.questions import Agreement, Objection, keep_until, may_ask, may_count, may_serve, may_tell
from tests.notices.generated import (
    ASKED_ON,
    ITEMS,
    PARTS,
    PURPOSES,
    RECIPIENTS,
    STEADY,
    Situation,
    definitions,
    situations,
)

AGREEMENTS = st.builds(
    Agreement,
    recipient=st.sampled_from(RECIPIENTS),
    items=st.sets(st.sampled_from(sorted(ITEMS)), min_size=1).map(frozenset),
    purpose=st.sampled_from(PURPOSES),
    from_on=st.sampled_from(ASKED_ON),
)
OBJECTIONS = st.builds(
    Objection,
    from_on=st.sampled_from(ASKED_ON),
    recipient=st.sampled_from([*RECIPIENTS, ""]),
    purpose=st.sampled_from([*PURPOSES, ""]),
)
TELLINGS = st.lists(
    st.tuples(situations(), st.sampled_from([*RECIPIENTS, "police"]), st.lists(AGREEMENTS, max_size=3)),
    min_size=3,
    max_size=12,
)
Telling = tuple[Situation, str, list[Agreement]]


def tell(definition: Definition, telling: Telling, objections: list[Objection] | None = None) -> Decision:
    now, recipient, agreements = telling
    return may_tell(
        definition,
        by=now.by,
        recipient=recipient,
        part=now.part,
        items=now.items,
        purpose=now.purpose,
        reason=now.reason,
        agreements=agreements,
        objections=objections or [],
        on=now.on,
    )


@STEADY
@given(definitions(), TELLINGS, st.data())
def test_without_a_clause_nothing_more_is_told(
    definition: Definition, tellings: list[Telling], data: st.DataObject
) -> None:
    narrowing = [c.id for c in definition.clauses if {"tell", "collect", "guard", "keep"} & set(c.kinds)]
    gone = data.draw(st.sets(st.sampled_from(narrowing), min_size=1)) if narrowing else set()
    less = definition.without(gone)
    for telling in tellings if less.clauses else []:
        assert tell(less, telling).allowed <= tell(definition, telling).allowed


@STEADY
@given(definitions(), TELLINGS)
def test_without_its_agreement_rule_a_clause_tells_nothing(
    definition: Definition, tellings: list[Telling]
) -> None:
    bare = replace(
        definition,
        clauses=tuple(
            replace(c, means=tuple(replace(m, agreement=None) if isinstance(m, Tell) else m for m in c.means))
            for c in definition.clauses
        ),
    )
    promises = {clause.id for clause in definition.clauses}
    for telling in tellings:
        decision = tell(bare, telling)
        assert not decision or promises.isdisjoint(decision.rests_on)


@STEADY
@given(definitions(), TELLINGS, st.lists(OBJECTIONS, min_size=1, max_size=3))
def test_an_objection_never_permits_more(
    definition: Definition, tellings: list[Telling], objections: list[Objection]
) -> None:
    for telling in tellings:
        assert tell(definition, telling, objections).allowed <= tell(definition, telling).allowed


@STEADY
@given(definitions(), TELLINGS)
def test_every_telling_rests_on_something_that_exists(
    definition: Definition, tellings: list[Telling]
) -> None:
    for telling in tellings:
        decision = tell(definition, telling)
        clauses = [definition.by_id[name] for name in decision.rests_on]
        assert clauses
        assert decision.words == clauses[0].words
        assert "record" in decision.owed
        assert set(decision.withheld.values()) <= definition.by_id.keys()
        assert decision.allowed | decision.withheld.keys() == telling[0].items
        assert not decision.allowed & decision.withheld.keys()
        assert bool(decision.allowed) == bool(decision)
        if decision.outcome is Outcome.MUST:
            assert any(clause.of_law and clause.confirmed and clause.effect == "must" for clause in clauses)
        if decision:
            assert all(clause.confirmed for clause in clauses)


@STEADY
@given(
    definitions(),
    st.lists(st.tuples(situations(), st.lists(st.integers(0, 12), max_size=3)), max_size=8),
    st.data(),
)
def test_without_a_clause_nothing_more_is_counted(
    definition: Definition, asked: list[tuple[Situation, list[int]]], data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.sampled_from([c.id for c in definition.clauses[1:]]), min_size=1))
    less = definition.without(gone)
    for now, figures in asked:
        whole = may_count(definition, by=now.by, purpose=now.purpose, figures=figures, on=now.on)
        part = may_count(less, by=now.by, purpose=now.purpose, figures=figures, on=now.on)
        assert bool(whole) or not part
        assert set(part.rests_on) <= less.by_id.keys()


@STEADY
@given(
    definitions(),
    st.sampled_from(ASKED_ON),
    st.integers(-2000, 400),
    st.sampled_from(["town", "elsewhere", ""]),
)
def test_without_the_clauses_that_say_whom_we_serve_nobody_is_served(
    definition: Definition, on: date, age: int, authority: str
) -> None:
    born_on = date.fromordinal(on.toordinal() - age)
    whole = may_serve(definition, born_on=born_on, authority=authority, with_carer=True, on=on)
    assert set(whole.rests_on) <= definition.by_id.keys()
    serving = {clause.id for clause in definition.by_id.values() if "serve" in clause.kinds}
    if serving and len(serving) < len(definition.by_id):
        less = definition.without(serving)
        assert not may_serve(less, born_on=born_on, authority=authority, with_carer=True, on=on)


@STEADY
@given(
    definitions(),
    st.sampled_from([*ITEMS, "identity.unknown"]),
    st.sampled_from(PARTS),
    st.sampled_from(ASKED_ON),
)
def test_what_no_rule_names_is_neither_kept_nor_collected(
    definition: Definition, item: str, part: str, on: date
) -> None:
    kept = keep_until(definition, item=item, part=part, events={}, on=on)
    assert set(kept.rests_on) <= definition.by_id.keys()
    assert bool(kept.rules) or kept.over(on)
    if not kept.rules:
        assert item not in definition.items_about(part, on=on)


@STEADY
@given(
    definitions(), st.sampled_from(["access", "erasure", "any", ""]), st.booleans(), st.sampled_from(ASKED_ON)
)
def test_every_right_has_an_answer(definition: Definition, right: str, about_self: bool, on: date) -> None:
    decision = may_ask(definition, right=right, about_self=about_self, on=on)
    assert set(decision.rests_on) <= definition.by_id.keys()
    assert not decision
