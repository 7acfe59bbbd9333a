"""A team's caseload: its own children and nobody else's, in one entry that names each who was shown."""

import pytest

from kept.ledger.entries import Refused
from kept.record.caseloads.reads import open_caseload
from kept.staff import actions
from tests.cast import AT, HEALTH_VISITING, NORTH, PAIRS, Cast, as_superuser, person_of
from tests.rooms.record.visits import records, visit

MANY = 120
# More children of Kent North, each a day older than the one before, and the oldest without a date of birth.
MORE = """
with held as (
    select 'health-visiting' as service, 1 as entry_id, 1 as definition_id, '' as source, now() as recorded_at
), children as (
    insert into record_person (service, entry_id, definition_id, source, recorded_at, part, public_id, ledger_id)
    select held.*, 'child', gen_random_uuid(), gen_random_uuid() from held, generate_series(1, %s) returning id
), named as (
    insert into record_name (service, entry_id, definition_id, source, recorded_at, from_on, person_id, given, family)
    select held.*, '2026-11-01', id, 'Child ' || id, 'Many' from held, children
), born as (
    insert into record_date_of_birth (service, entry_id, definition_id, source, recorded_at, from_on, person_id,
                                      born_on)
    select held.*, '2026-11-01', id, date '2026-11-01' - id::integer from held, children where id %% 50 <> 0
)
insert into record_caseload_place (service, entry_id, definition_id, source, recorded_at, from_on, person_id, team_id)
select held.*, '2026-11-01', id, (select id from staff_team where name = %s) from held, children
"""


def listed(by: object, *, page: int = 1, purpose: str = "") -> list[str]:
    found = open_caseload(by=by, purpose=purpose or by.service, page=page, at=AT)  # type: ignore[arg-type, attr-defined]
    return [one.child.name for one in found.children]


def last_entry() -> tuple:
    ((act, named, read),) = as_superuser(
        "select act, (select count(*) from ledger_subject s where s.entry_id = e.id),"
        " (select array_agg(distinct i) from ledger_subject s, unnest(s.read) i where s.entry_id = e.id)"
        " from ledger_entry e order by id desc limit 1"
    )
    return act, named, read


@pytest.mark.proves("hv-2.02")
def test_each_team_sees_its_own_children(people: Cast) -> None:
    assert listed(people.hannah) == listed(people.nadia) == listed(people.ada) == ["Amina Okafor"]
    assert listed(people.samuel) == ["Bo Larsen"]


def test_another_service_sees_none_of_them(people: Cast) -> None:
    assert listed(people.pia) == []
    assert open_caseload(by=people.pia, purpose=PAIRS, at=AT).in_all == 0


def test_one_entry_names_everyone_who_was_shown(people: Cast) -> None:
    before = as_superuser("select count(*) from ledger_entry")[0][0]
    listed(people.hannah)
    assert as_superuser("select count(*) from ledger_entry") == [(before + 1,)]
    assert last_entry() == (
        "open a caseload",
        1,
        ["care.contact", "care.episode", "identity.date-of-birth", "identity.death", "identity.name"],
    )


def test_where_nobody_is_shown_nobody_is_named(people: Cast) -> None:
    before = as_superuser("select count(*) from ledger_entry")
    assert listed(people.pia) == []
    assert as_superuser("select count(*) from ledger_entry") == before


def test_a_long_caseload_is_shown_by_pages_each_in_its_own_entry(people: Cast) -> None:
    as_superuser(MORE, MANY, NORTH)
    pages = [open_caseload(by=people.hannah, purpose=HEALTH_VISITING, page=page, at=AT) for page in (1, 2, 3)]
    assert [(len(page.children), page.in_all, page.pages) for page in pages] == [
        (50, 121, 3),
        (50, 121, 3),
        (21, 121, 3),
    ]
    everyone = [one.child for page in pages for one in page.children]
    assert len({one.person for one in everyone}) == 121
    ages = [one.born_on for one in everyone if one.born_on]
    assert ages == sorted(ages, reverse=True)
    named = as_superuser(
        "select count(*) from ledger_subject s join ledger_entry e on e.id = s.entry_id"
        " where e.act = 'open a caseload' group by e.id order by e.id"
    )
    assert named == [(50,), (50,), (21,)]


def test_past_the_last_page_there_is_nobody(people: Cast) -> None:
    assert listed(people.hannah, page=2) == []


@pytest.mark.parametrize("name", ["sefi", "priya", "ana", "paul"])
def test_a_role_without_a_caseload_is_refused(people: Cast, name: str) -> None:
    by = getattr(people, name)
    with pytest.raises(Refused):
        open_caseload(by=by, purpose=by.service, at=AT)
    assert as_superuser("select outcome, account from ledger_entry order by id desc limit 1") == [
        ("must not", by.account)
    ]


def test_who_sorts_messages_may_assign_and_has_no_caseload(people: Cast) -> None:
    assert listed(people.imani) == []


def test_for_another_purpose_it_stays_closed(people: Cast) -> None:
    for purpose in ("audit", "marketing", PAIRS, "plan-and-improve"):
        with pytest.raises(Refused):
            open_caseload(by=people.hannah, purpose=purpose, at=AT)


def test_it_says_who_was_visited(people: Cast) -> None:
    def visited() -> list[bool]:
        found = open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT)
        return [one.visited for one in found.children]

    assert visited() == [False]
    records(people.hannah, visit())
    assert visited() == [True]


def test_a_child_who_has_left_is_no_longer_shown(people: Cast) -> None:
    as_superuser(
        "update record_caseload_place set until_on = %s where person_id = %s", AT.date(), person_of("Amina")
    )
    assert listed(people.hannah) == []


def test_who_has_left_the_team_sees_nobody(people: Cast) -> None:
    hannah = people.hannah
    assert hannah.account
    actions.leave_team(by="the tests", account=hannah.account, service=HEALTH_VISITING, team=NORTH, at=AT)
    assert listed(hannah) == []
    assert listed(people.nadia) == ["Amina Okafor"]
