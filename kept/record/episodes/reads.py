"""How a child's care stands, as the open entry may see it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connections

from kept.database.acting import here
from kept.notices.asker import Asker
from kept.record.episodes.values import CareShown, Colleague, EpisodeShown, TeamShown

# The times of care of each of some children, latest first; the teams that look after one today; who is named.
EPISODES = """
select json_agg(json_build_array(e.from_on, e.until_on, e.serves_until_on, e.ended_because, e.hand_over)
                order by e.id desc)
from record_episode e where e.person_id = %(child)s
"""
CARE = f"""
json_build_array(({EPISODES}),
    (select json_agg(t.name order by t.name) from record_caseload_place c join staff_team t on t.id = c.team_id
     where c.person_id = %(child)s and c.until_on is null),
    (select json_build_array(a.name, n.from_on)
     from record_named_professional n join staff_account a on a.id = n.account
     where n.person_id = %(child)s and n.until_on is null))
"""  # noqa: S608  # made of constants
SERVED = """
select person_id, serves_until_on from record_episode where person_id = any (%s) and until_on is null
"""
COLLEAGUES = "select account, name from ledger.practitioners_of(%s, %s, %s)"
TEAMS_OF_THE_SERVICE = "select id, name from staff_team where service = %s order by name"


def care_from(answered: Sequence[Any]) -> CareShown:
    """How care stands, as `CARE` answered it."""
    episodes, teams, named = answered
    name, since_on = named or ("", None)
    return CareShown(
        episodes=tuple(map(_episode, episodes or ())),
        teams=tuple(teams or ()),
        named=name,
        named_since_on=_day(since_on),
    )


def latest_episode(*, child: int) -> EpisodeShown | None:
    """The latest time of care of a child, as far as the open entry may read it."""
    (found,) = _row(EPISODES, {"child": child})
    return _episode(found[0]) if found else None


def served_until(*, children: Sequence[int]) -> dict[int, date]:
    """Child → the first day on which the service's ages are over, of those whose care nobody has ended."""
    with connections[here()].cursor() as cursor:
        cursor.execute(SERVED, [list(children)])
        return {child: until_on for child, until_on in cursor.fetchall() if until_on}


def colleagues_of(*, by: Asker, child: int, at: datetime) -> tuple[Colleague, ...]:
    """The practitioners of the teams that look after a child of the asker's service, by name."""
    with connections[here()].cursor() as cursor:
        cursor.execute(COLLEAGUES, [by.token, child, at])
        return tuple(Colleague(*row) for row in cursor.fetchall())


def teams_of_the_service(*, by: Asker) -> tuple[TeamShown, ...]:
    """Every team of the asker's service, by name."""
    with connections[here()].cursor() as cursor:
        cursor.execute(TEAMS_OF_THE_SERVICE, [by.service])
        return tuple(TeamShown(*row) for row in cursor.fetchall())


def _row(statement: str, values: dict[str, Any]) -> tuple[Any, ...]:
    with connections[here()].cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _episode(row: Sequence[Any]) -> EpisodeShown:
    from_on, until_on, serves_until_on, because, hand_over = row
    return EpisodeShown(
        date.fromisoformat(from_on), _day(until_on), _day(serves_until_on), because or "", hand_over or ""
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
