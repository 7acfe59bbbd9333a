"""The two locks are one: to the same question, the definition in Python and the database give the same answer."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.permits import Permit, permits_of
from kept.published.reads import definition_in_force
from tests.cast import AT, HEALTH_VISITING, PAIRS
from tests.notices.generated import ROLES, SERVICE, Situation, definitions
from tests.rooms.ledger.asking_both import ANOTHER, House, house, questions_of, undone

STANDINGS = ("named", "team", "service", "new", "none")
PARTS = ("child", "parent", "relative", "other-child", "nobody")
SOURCES = ("the-person", "health-organisation", "social-care-organisation", "someone-who-knows-them", "")
REASONS = ("", " ", "\x1c\u2003", "because")
WORDS = ("role", "standing", "part", "purpose", "source", "day")
EXCHANGED = ((), *combinations(WORDS, 1), *combinations(WORDS, 2))
DAY = timedelta(days=1)
asking = settings(deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def situations(draw: st.DrawFn, definition: Definition, permits: tuple[Permit, ...]) -> Situation:
    """A permit of the definition with a word or two exchanged for others, on a day at which something may change."""
    permit = draw(st.sampled_from(permits or ELSEWHERE))
    exchanged = draw(
        st.sets(st.sampled_from(("role", "standing", "part", "purpose", "source", "day")), max_size=2)
    )

    def word(name: str, given: str, others: tuple[str, ...]) -> str:
        return draw(st.sampled_from(others)) if name in exchanged else given

    days = {definition.from_on - DAY, definition.from_on, permit.from_on - DAY, AT.date(), date(2099, 1, 1)}
    if permit.until_on:
        days |= {permit.until_on - DAY, permit.until_on}
    own = draw(st.frozensets(st.sampled_from(permit.items), min_size=1, max_size=3))
    more = draw(
        st.frozensets(st.sampled_from((*definition.vocabulary.items, "identity.unknown")), max_size=2)
    )
    role = word("role", permit.role, (*definition.roles, "stranger"))
    service = draw(st.sampled_from((definition.service, definition.service, definition.service, ANOTHER)))
    return Situation(
        by=Asker("", 1, "", "", role, service, "trust"),
        standing=word("standing", permit.standing, STANDINGS),
        part=word("part", permit.part, PARTS),
        items=own | more,
        purpose=word("purpose", permit.purpose, (*definition.vocabulary.purposes, "marketing")),
        source=word("source", permit.source or "the-person", SOURCES),
        reason=draw(st.sampled_from(REASONS)),
        on=draw(st.sampled_from(sorted(days))) if "day" in exchanged else permit.from_on,
    )


ELSEWHERE = (
    Permit(
        "practitioner",
        "team",
        "child",
        "caring",
        "read",
        "",
        date(2026, 1, 1),
        None,
        ("identity.name",),
        ("x",),
    ),
)


def compare(both: House, definition: Definition, asked: list[Situation]) -> None:
    questions = [question for one in asked for question in questions_of(definition, one)]
    for question, answer in zip(questions, both.answers(questions), strict=True):
        assert answer == (question.allowed and both.knows(question.situation)), question


@pytest.mark.proves("hv-2.02")
@pytest.mark.proves("pairs-2.02")
def test_over_generated_definitions(database: str) -> None:
    """Definitions of every kind, from the barest; askers of every role; people in every standing."""
    with house(SERVICE, (*ROLES, "stranger")) as both:

        @settings(asking, max_examples=60)
        @given(definitions(), st.data())
        def same(definition: Definition, data: st.DataObject) -> None:
            permits = permits_of(definition)
            asked = data.draw(st.lists(situations(definition, permits), min_size=8, max_size=12))
            with undone(both):
                both.publish(definition)
                compare(both, definition, asked)

        same()


@pytest.mark.proves("hv-2.02")
@pytest.mark.proves("pairs-2.02")
@pytest.mark.parametrize("service", [HEALTH_VISITING, PAIRS])
def test_over_the_published_definitions(database: str, service: str) -> None:
    definition = definition_in_force(service=service, on=AT.date()).definition
    permits = permits_of(definition)
    with house(service, (*definition.roles, "stranger")) as both:

        @settings(asking, max_examples=20)
        @given(st.lists(situations(definition, permits), min_size=16, max_size=24))
        def same(asked: list[Situation]) -> None:
            with undone(both):
                compare(both, definition, asked)

        same()


@pytest.mark.parametrize("service", [HEALTH_VISITING, PAIRS])
def test_no_notice_opens_anybody_to_those_who_do_not_know_them(database: str, service: str) -> None:
    """Whoever is of another service has no standing, and the program is told of nobody. A clause that would let `none`
    see somebody's facts would open nothing; and in the notices as they are there is none."""
    permits = permits_of(definition_in_force(service=service, on=AT.date()).definition)
    assert [permit for permit in permits if permit.standing == "none" and permit.part != "nobody"] == []
