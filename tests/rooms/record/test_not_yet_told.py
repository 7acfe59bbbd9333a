"""Who has not been told of the notice in force: on a record, and as a list of a team's families."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.families.values import NewFamily
from kept.record.notices_given.actions import NotSaid, may_record_notice_given, record_notice_given
from kept.record.notices_given.reads import not_yet_told
from kept.record.notices_given.values import NoticeGivenNow
from kept.record.reads import open_record
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.record.test_caseload import MORE
from tests.rooms.record.visits import entries, records, visit
from tests.rooms.web.notices.second import publish_second

TODAY = AT.date()
SECOND_BEGINS = date(2026, 11, 20)
GIVEN = NoticeGivenNow(format="easy-read", on=TODAY)
LISTING, RECORDING = "list families not yet told", "record a notice given"
# A letter or a notice given to one parent alone, as the other parts of the record write it.
TOLD_ALONE = """
insert into record_letter (service, entry_id, definition_id, source, recorded_at, person_id, version_id, way, letter_id)
select service, entry_id, definition_id, '', recorded_at, id, published_in_force(service, %s), 'post', %s
from record_person where id = %s
"""


def waiting(by: Asker, *, page: int = 1, team: int | None = None, at=AT) -> list[str]:  # type: ignore[no-untyped-def]
    found = not_yet_told(by=by, purpose=by.service, team=team, page=page, at=at)
    return [one.child.name for one in found.families]


def says(by: Asker, said: NoticeGivenNow = GIVEN, *, to: str = "Amina", purpose: str = "") -> bool:
    return record_notice_given(
        by=by,
        public_id=public_id_of(to),
        purpose=purpose or by.service,
        said=said,
        source="the-person",
        at=AT,
    )


def told_alone(given: str) -> None:
    as_superuser(TOLD_ALONE, TODAY, uuid4(), person_of(given))


def shows_as_told(by: Asker, *, given: str = "Amina") -> bool:
    return open_record(by=by, public_id=public_id_of(given), purpose=by.service, at=AT).told


def version_in_force() -> int:
    return int(as_superuser("select published_in_force(%s, %s)", HEALTH_VISITING, TODAY)[0][0])


def test_a_family_who_was_never_given_any_waits_since_care_began(people: Cast) -> None:
    (one,) = not_yet_told(by=people.hannah, purpose=HEALTH_VISITING, at=AT).families
    assert (one.child.name, one.waiting_since_on, one.notices.last) == ("Amina Okafor", TODAY, None)


def test_a_reason_why_not_leaves_the_family_on_the_list_with_the_reason(people: Cast) -> None:
    says(people.hannah, NoticeGivenNow(why_not="They asked for it in Dari."))
    (one,) = not_yet_told(by=people.hannah, purpose=HEALTH_VISITING, at=AT).families
    assert one.notices.last
    assert one.notices.last.why_not == "They asked for it in Dari."
    assert one.notices.given is None


@pytest.mark.parametrize("way", ["at a contact", "outside a contact"])
def test_a_family_who_was_given_the_one_in_force_has_been_told(people: Cast, way: str) -> None:
    assert (waiting(people.hannah), shows_as_told(people.hannah)) == (["Amina Okafor"], False)
    if way == "at a contact":
        records(people.hannah, visit())
    else:
        assert says(people.hannah)
    assert (waiting(people.hannah), shows_as_told(people.hannah)) == ([], True)


def test_a_newer_version_puts_everyone_served_under_the_older_one_on_the_list(people: Cast) -> None:
    says(people.hannah)
    given = version_in_force()
    publish_second(SECOND_BEGINS.isoformat())
    hannah = cast.everyone().hannah
    (one,) = not_yet_told(by=hannah, purpose=HEALTH_VISITING, at=AT).families
    assert one.notices.given == one.notices.last
    assert one.notices.given
    assert (one.notices.given.version_id, one.notices.given.dated) == (given, date(2026, 3, 3))
    assert (one.notices.given.format, one.notices.given.on) == ("easy-read", TODAY)
    assert not shows_as_told(hannah)
    says(hannah)
    assert (waiting(hannah), shows_as_told(hannah)) == ([], True)


def test_a_version_that_is_yet_to_come_changes_nothing(people: Cast) -> None:
    says(people.hannah)
    tomorrow = AT + timedelta(hours=13)
    publish_second(tomorrow.date().isoformat())
    assert waiting(people.hannah) == []
    assert waiting(cast.everyone(at=tomorrow).hannah, at=tomorrow) == ["Amina Okafor"]


def test_who_says_later_which_older_one_it_was_has_still_been_told(people: Cast) -> None:
    older = version_in_force()
    publish_second(SECOND_BEGINS.isoformat())
    hannah = cast.everyone().hannah
    says(hannah)
    says(hannah, replace(GIVEN, version_id=older))
    assert (waiting(hannah), shows_as_told(hannah)) == ([], True)


def test_a_letter_tells_one_parent_and_not_the_other(people: Cast) -> None:
    child, mother = cast.child("Ife", "Obi", 21), cast.adult("Ada", "Obi", 22)
    father = cast.adult("Uche", "Obi", 23, relationship="BPF")
    as_superuser(
        "update record_caseload_place set until_on = from_on where person_id = %s", person_of("Amina")
    )
    with acting_as("intake"):
        cast.register(by=people.intake, family=NewFamily(child, (mother, father), cast._team(NORTH)))
    told_alone("Ada")
    assert (waiting(people.hannah), shows_as_told(people.hannah, given="Ife")) == (["Ife Obi"], False)
    told_alone("Uche")
    assert (waiting(people.hannah), shows_as_told(people.hannah, given="Ife")) == ([], True)


RESTRICT = """
insert into record_restriction (service, entry_id, definition_id, source, recorded_at, from_on, person_id, child_id,
                                what, reason)
select service, entry_id, definition_id, source, recorded_at, from_on, person_id, %s, 'person', 'Witness'
from record_name where person_id = %s
"""


def test_a_parent_who_must_not_be_known_here_is_not_missed_by_the_list(people: Cast) -> None:
    by = people.hannah
    hidden = cast.adult("Uche", "Obi", 33, relationship="BPF")
    with acting_as("intake"):
        cast.register(
            by=people.intake,
            family=NewFamily(
                cast.child("Ife", "Obi", 31), (cast.adult("Ada", "Obi", 32), hidden), cast._team(NORTH)
            ),
        )
    as_superuser(RESTRICT, person_of("Bo"), person_of("Uche"))  # known through another child alone
    as_superuser(
        "update record_date_of_birth set born_on = '2026-10-01' where person_id = %s", person_of("Ife")
    )
    told_alone("Ada")
    assert (waiting(by), shows_as_told(by, given="Ife")) == (["Amina Okafor"], True)


def test_a_child_with_no_parent_on_record_waits_until_the_notice_is_given(people: Cast) -> None:
    as_superuser("update record_relationship set until_on = from_on where child_id = %s", person_of("Amina"))
    assert (waiting(people.hannah), shows_as_told(people.hannah)) == (["Amina Okafor"], False)
    says(people.hannah)
    assert waiting(people.hannah) == []


def test_each_team_sees_its_own_and_another_service_sees_none(people: Cast) -> None:
    assert waiting(people.samuel) == ["Bo Larsen"]
    assert waiting(people.pia) == []
    assert waiting(people.nadia) == waiting(people.ada) == ["Amina Okafor"]


def test_of_several_teams_one_can_be_asked_for(people: Cast) -> None:
    from kept.staff import actions

    teams = dict(as_superuser("select name, id from staff_team"))
    hannah = people.hannah
    assert hannah.account
    actions.join_team(by="the tests", account=hannah.account, service=HEALTH_VISITING, team=cast.SOUTH, at=AT)
    assert sorted(waiting(hannah)) == ["Amina Okafor", "Bo Larsen"]
    assert waiting(hannah, team=teams[cast.SOUTH]) == ["Bo Larsen"]
    assert waiting(hannah, team=teams["Kent PAIRS"]) == []


def test_the_longest_waiting_come_first_by_pages_of_fifty_each_in_its_own_entry(people: Cast) -> None:
    as_superuser(MORE, 120, NORTH)  # on the caseload since 1 November, three weeks before Amina
    pages = [not_yet_told(by=people.hannah, purpose=HEALTH_VISITING, page=page, at=AT) for page in (1, 2, 3)]
    assert [(len(one.families), one.in_all, one.pages) for one in pages] == [
        (50, 121, 3),
        (50, 121, 3),
        (21, 121, 3),
    ]
    everyone = [one for page in pages for one in page.families]
    assert len({one.child.person for one in everyone}) == 121
    since = [one.waiting_since_on for one in everyone]
    assert since == sorted(since)
    assert everyone[-1].child.name == "Amina Okafor"
    ages = [one.child.born_on for one in everyone[:-1] if one.child.born_on]
    assert ages == sorted(ages, reverse=True)
    named = as_superuser(
        "select count(*) from ledger_subject s join ledger_entry e on e.id = s.entry_id"
        " where e.act = %s group by e.id order by e.id",
        LISTING,
    )
    assert named == [(50,), (50,), (21,)]


def test_where_nobody_waits_nobody_is_named(people: Cast) -> None:
    says(people.hannah)
    before = as_superuser("select count(*) from ledger_entry")
    assert waiting(people.hannah) == []
    assert as_superuser("select count(*) from ledger_entry") == before


@pytest.mark.parametrize("name", ["imani", "sefi", "priya", "ana", "paul"])
def test_who_may_not_see_which_notice_was_given_is_refused(people: Cast, name: str) -> None:
    with pytest.raises(Refused):
        waiting(getattr(people, name))
    ((account, act, _, _),) = entries("must not")[-1:]
    assert (account, act) == (getattr(people, name).account, LISTING)


def test_the_function_of_the_database_finds_nobody_for_another_purpose(people: Cast) -> None:
    from django.db import connections

    found = "select * from ledger.not_yet_told(%s, %s, null, 0, 50, %s)"
    with connections["default"].cursor() as cursor:
        cursor.execute(found, [people.hannah.token, HEALTH_VISITING, AT])
        assert len(cursor.fetchall()) == 1
        for token, purpose in ((people.hannah.token, "audit"), (people.imani.token, HEALTH_VISITING)):
            cursor.execute(found, [token, purpose, AT])
            assert cursor.fetchall() == []


def test_recording_it_is_an_entry_of_its_own(people: Cast) -> None:
    assert says(people.hannah)
    ((account, act, clauses, named),) = entries("may")[-1:]
    assert (account, act, named) == (people.hannah.account, RECORDING, 1)
    assert "see.team-child" in clauses
    ((version, format_, on, entry),) = as_superuser(
        'select version_id, format, "on", entry_id from record_notice_given'
    )
    assert (version, format_, on) == (version_in_force(), "easy-read", TODAY)
    assert as_superuser("select max(id) from ledger_entry") == [(entry,)]


def test_the_office_may_record_it_and_a_lead_may_not(people: Cast) -> None:
    assert says(people.ada)
    assert may_record_notice_given(by=people.ada, purpose=HEALTH_VISITING, at=AT)
    assert not may_record_notice_given(by=people.nadia, purpose=HEALTH_VISITING, at=AT)
    with pytest.raises(Refused):
        says(people.nadia)


def test_another_teams_family_and_nobodys_are_refused_alike(people: Cast) -> None:
    said = []
    for public_id in (public_id_of("Bo"), uuid4()):
        with pytest.raises(Refused) as refused:
            record_notice_given(
                by=people.hannah,
                public_id=public_id,
                purpose=HEALTH_VISITING,
                said=GIVEN,
                source="the-person",
                at=AT,
            )
        said.append((refused.value.decision.words, refused.value.decision.rests_on))
    assert said[0] == said[1]
    assert as_superuser("select count(*) from record_notice_given") == [(0,)]


def test_said_twice_it_is_written_once(people: Cast) -> None:
    assert (says(people.hannah), says(people.hannah)) == (True, False)
    assert says(people.hannah, replace(GIVEN, format="large-print"))
    assert as_superuser("select count(*) from record_notice_given") == [(2,)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(GIVEN, on=TODAY + timedelta(days=1)), "notice_given_on"),
        (replace(GIVEN, on=date(2026, 11, 14)), "notice_given_on"),
        (replace(GIVEN, version_id=10**9), "notice_version"),
        (NoticeGivenNow(why_not="x" * 1001), "notice_why_not"),
    ],
)
def test_what_cannot_be_true_is_said_and_not_written(people: Cast, said: NoticeGivenNow, field: str) -> None:
    with pytest.raises(NotSaid) as wrong:
        says(people.hannah, said)
    assert list(wrong.value.faults) == [field]
    assert as_superuser("select count(*) from record_notice_given") == [(0,)]


def test_the_other_services_notice_is_none_of_ours(people: Cast) -> None:
    ((theirs,),) = as_superuser("select published_in_force(%s, %s)", PAIRS, TODAY)
    with pytest.raises(NotSaid):
        says(people.hannah, replace(GIVEN, version_id=theirs))


def alike(people: Cast, given: str = "Amina") -> bool:
    """Whether the record says that the family has been told; the list must say the same."""
    told = shows_as_told(people.hannah, given=given)
    assert (f"{given} Okafor" not in waiting(people.hannah)) == told
    return told


def test_of_a_parent_who_died_nobody_waits_to_be_told(people: Cast) -> None:
    from tests.rooms.record.test_deaths import dies

    parents = (
        cast.adult("Efua", "Okafor", 62),
        cast.adult("Kofi", "Okafor", 63, relationship="BPF"),
    )
    with acting_as("intake"):
        family = NewFamily(cast.child("Ebo", "Okafor", 61), parents, cast._team(NORTH))
        cast.register(by=people.intake, family=family)
    told_alone("Efua")
    assert not alike(people, "Ebo")
    dies(people, "Kofi")
    assert alike(people, "Ebo")


def test_where_the_only_parent_died_the_family_still_waits(people: Cast) -> None:
    from tests.rooms.record.test_deaths import dies

    told_alone("Grace")
    assert alike(people)
    dies(people, "Grace")
    assert not alike(people)


def test_whoever_is_recorded_twice_is_told_once(people: Cast) -> None:
    from tests.rooms.record.test_merges import AGAIN, merges, told_of_again

    told_of_again(people, cast.adult("Gráce", "Okafor", 71), new=AGAIN)
    told_alone("Gráce")
    merges(people.imani)
    assert not alike(people)  # two mothers, as far as anybody said
    merges(people.imani, "Grace", "Gráce")
    assert alike(people)
