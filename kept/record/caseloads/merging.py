"""Giving all the children of one team to another, when teams are merged: some at a time, in entries that name them."""

from collections.abc import Callable
from datetime import datetime

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, entry, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.record.caseloads.models import CaseloadPlace
from kept.standards.days import day_of

GIVING = "give the children of a team to another"
SOURCE = "health-organisation"
CARE = frozenset({"care.episode"})
AT_A_TIME = 500
CHILDREN = "select person from ledger.children_of_team(%s, %s, %s, %s)"


def give_all(*, by: Asker, team: int, into: int, at: datetime, told: Callable[[int], None]) -> int:
    """Put every child on the caseload of `team` on that of `into` instead; returns how many, and tells as it goes.

    Whoever is named for a child stays named. What is cut off in between is finished by asking again. Raises Refused
    where the asker may not say who looks after a child.
    """
    on, given = day_of(at), 0
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing="service",
        part="child",
        items=CARE,
        purpose=by.service,
        source=SOURCE,
        on=on,
    )
    if not decision:
        refuse(by=by, act=GIVING, purpose=by.service, decision=decision, source=SOURCE, at=at)
    while children := _children_of(by=by, team=team, at=at):
        allowed = [Allowed(child, read=CARE, record=CARE) for child in children]
        with entry(by=by, act=GIVING, purpose=by.service, allowed=allowed, source=SOURCE, at=at) as opened:
            places = CaseloadPlace.objects.filter(person_id__in=children, until_on=None)
            # Whoever left the old team since they were listed goes nowhere.
            moved = set(places.filter(team_id=team).values_list("person_id", flat=True))
            there = set(places.filter(team_id=into).values_list("person_id", flat=True))
            places.filter(team_id=team).update(until_on=on)
            CaseloadPlace.objects.bulk_create(
                CaseloadPlace(person_id=child, team_id=into, from_on=on, **opened.held)
                for child in sorted(moved - there)
            )
        given += len(moved)
        told(len(moved))
    return given


def _children_of(*, by: Asker, team: int, at: datetime) -> list[int]:
    with connections[here()].cursor() as cursor:
        cursor.execute(CHILDREN, [by.token, team, AT_A_TIME, at])
        return [person for (person,) in cursor.fetchall()]
