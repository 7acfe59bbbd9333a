"""What looks unusual: each pattern finds what it is for and nothing else, names nobody hidden, and can be checked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.published.reads import definition_in_force
from kept.record.caseloads.reads import open_caseload
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NewContact
from kept.record.looked.actions import NotChecked, check_look
from kept.record.looked.patterns import BY_CODE, PATTERNS
from kept.record.looked.unusual import Unusual, Wanted, unusual_looks, work_of
from kept.record.reads import open_record
from kept.staff import actions as staff
from tests import cast
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import session
from tests.rooms.record.hiding import hide

# The families are on their caseloads since the day of the tests: what is looked at comes after it.
MORNING, LATER = AT + timedelta(days=1), AT + timedelta(days=6)
HOUR = timedelta(hours=1)


def found(people: Cast, *codes: str, **how: object) -> list[Unusual]:
    wanted = Wanted(AT.date(), LATER.date(), **how)  # type: ignore[arg-type]
    page = unusual_looks(by=people.priya, wanted=wanted, at=LATER)
    return [one for one in page.findings if not codes or one.pattern in codes]


def colleague(name: str, *, team: str = cast.NORTH) -> Asker:
    """Somebody new on a team, who has signed in."""
    with acting_as("owner"):
        account = staff.add_account(
            by=cast.BY,
            definition=definition_in_force(service=HEALTH_VISITING, on=AT.date()).definition,
            email=f"{name.split()[0].lower()}@kent.example",
            name=name,
            role="practitioner",
            organisation=cast.TRUST,
            teams=[team],
            password=cast.PASSWORD,
            at=AT - timedelta(days=30),
        )
        staff.add_totp(by=cast.BY, account=account, at=AT)
    as_superuser(
        "insert into staff_session (session_key, session_data, expire_date, account_id, signed_in_at,"
        " second_factor_at, last_seen_at) values (encode(sha256(%s), 'hex'), '', %s, %s, %s, %s, %s)",
        name.encode(), AT + timedelta(days=900), account, AT, AT, AT + timedelta(days=900),
    )  # fmt: skip
    from kept.staff.reads import asker_of

    asker = asker_of(token=name, at=AT)
    assert asker
    return asker


def opens(by: Asker, given: str, *, at: datetime = MORNING) -> None:
    open_record(by=by, public_id=public_id_of(given), purpose=HEALTH_VISITING, at=at)


def refused(by: Asker, given: str, *, at: datetime = MORNING) -> None:
    with pytest.raises(Refused):
        open_record(
            by=by, public_id=public_id_of(given) if given else uuid4(), purpose=HEALTH_VISITING, at=at
        )


def test_somebody_who_looks_at_their_own_surname_is_offered_for_checking(people: Cast) -> None:
    opens(people.hannah, "Amina")
    opens(colleague("Rosa Òkafor"), "Amina")
    one, other = found(people, "own-surname")
    assert {one.about and one.about.name, other.about and other.about.name} == {
        "Amina Okafor",
        "Grace Okafor",
    }
    assert one.account == other.account != people.hannah.account


def test_a_first_name_that_is_somebodys_surname_is_none(people: Cast) -> None:
    opens(colleague("Rosa Grace"), "Amina")
    assert found(people, "own-surname") == []


def test_a_family_that_was_never_on_their_teams_caseload_is_offered_also_where_it_was_refused(
    people: Cast,
) -> None:
    opens(people.hannah, "Amina")
    refused(people.hannah, "Bo")
    refused(people.hannah, "")
    (one,) = found(people, "never-on-team")
    assert (one.account, one.about and one.about.name, one.many) == (people.hannah.account, "Bo Larsen", 1)


def test_whoever_has_no_caseload_is_not_measured_by_it(people: Cast) -> None:
    from kept.ledger.entries import Allowed, entry

    allowed = [Allowed(person_of("Bo"), read=frozenset({"identity.name"}))]
    with entry(
        by=people.sefi, act="see a name", purpose="keep-safe", allowed=allowed, reason="Called.", at=AT
    ):
        pass
    assert found(people, "never-on-team") == []


def test_many_children_in_one_hour_are_offered_and_a_caseload_is_one_look(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.record.looked.unusual.thresholds", lambda: dict.fromkeys(BY_CODE, 0))
    opens(people.hannah, "Amina")
    open_caseload(by=people.nadia, purpose=HEALTH_VISITING, at=MORNING)
    found_so = found(people, "many-in-an-hour")
    assert {(one.account, one.many, one.about) for one in found_so} >= {(people.hannah.account, 1, None)}
    monkeypatch.setattr("kept.record.looked.unusual.LARGEST_FAMILY", 0)
    assert found(people, "many-in-an-hour") == []


def test_the_hour_the_night_and_the_day_are_londons(people: Cast) -> None:
    """In summer an hour ahead of the clock of the database."""
    late = datetime(2027, 7, 1, 21, 5, tzinfo=UTC)  # five past ten
    for minutes in (-10, 0, 1, 2, 3, 4):
        opens(people.hannah, "Amina", at=late + timedelta(minutes=minutes))
    wanted = Wanted(late.date(), late.date())
    assert unusual_looks(by=people.priya, wanted=wanted, at=late).findings == ()
    opens(people.hannah, "Amina", at=late + 3 * HOUR)  # past midnight, and of the same night
    wanted = Wanted(late.date(), late.date() + timedelta(days=1))
    (night,) = unusual_looks(by=people.priya, wanted=wanted, at=late + 4 * HOUR).findings
    assert (night.pattern, night.many) == ("at-night", 6)
    assert night.began_at == datetime(2027, 7, 1, 11, 0, tzinfo=UTC)  # noon, from which the night is counted


def test_often_refused_is_more_than_five_times_on_a_day(people: Cast) -> None:
    for _ in range(5):
        refused(people.hannah, "")
    assert found(people, "often-refused") == []
    refused(people.hannah, "")
    (one,) = found(people, "often-refused")
    assert (one.account, one.many) == (people.hannah.account, 6)


def test_who_looks_again_and_again_and_writes_nothing_is_offered_until_they_write(people: Cast) -> None:
    for day in range(5):
        opens(people.hannah, "Amina", at=AT + timedelta(days=day))
    (one,) = found(people, "again-and-again")
    assert (one.about and one.about.name, one.many) == ("Amina Okafor", 5)
    record_contact(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        purpose=HEALTH_VISITING,
        contact=NewContact("home-visit", MORNING.date(), "home"),
        source="the-person",
        at=LATER,
    )
    assert found(people, "again-and-again") == []


def test_what_was_looked_into_is_offered_no_more_and_says_what_was_found(people: Cast) -> None:
    refused(people.hannah, "Bo")
    (one,) = found(people, "never-on-team")
    checked(people, one, "She covered for Samuel that day.")
    assert found(people, "never-on-team") == []
    (again,) = found(people, "never-on-team", unchecked=False)
    assert again.found == "She covered for Samuel that day."
    ((act, purpose),) = as_superuser(
        "select act, purpose from ledger_entry where id = (select entry_id from record_look_check)"
    )
    assert (act, purpose) == ("look into something unusual", "audit")


def checked(people: Cast, one: Unusual, said: str, *, by: Asker | None = None, at: datetime = LATER) -> None:
    check_look(
        by=by or people.priya,
        pattern=one.pattern,
        account=one.account,
        public_id=one.about.public_id if one.about else None,
        began_at=one.began_at,
        last_at=one.last_at,
        days=(AT.date(), LATER.date()),
        found=said,
        at=at,
    )


def test_what_is_done_after_it_was_looked_into_is_offered_again(people: Cast) -> None:
    """The start of the day is the same: what was found in the morning says nothing of the afternoon."""
    refused(people.hannah, "Bo")
    (one,) = found(people, "never-on-team")
    checked(people, one, "She covered for Samuel that morning.", at=MORNING + HOUR)
    refused(people.hannah, "Bo", at=MORNING + 2 * HOUR)
    (again,) = found(people, "never-on-team")
    assert (again.began_at, again.many, again.found) == (one.began_at, 2, "")
    checked(people, again, "And that afternoon.")
    assert found(people, "never-on-team") == []


def test_what_was_done_while_somebody_wrote_is_not_checked_with_it(people: Cast) -> None:
    refused(people.hannah, "Bo")
    (one,) = found(people, "never-on-team")
    refused(people.hannah, "Bo", at=MORNING + HOUR)
    with pytest.raises(NotChecked, match="not as you were shown it"):
        checked(people, one, "She covered for Samuel that day.")
    assert found(people, "never-on-team")[0].many == 2


def test_only_what_is_found_is_checked(people: Cast) -> None:
    """Nothing is checked before it is done, nor about somebody else, nor of another's."""
    refused(people.hannah, "Bo")
    (one,) = found(people, "never-on-team")
    for changes in (
        {"began_at": LATER + 30 * HOUR},
        {"last_at": LATER + 30 * HOUR},
        {"pattern": "at-night"},
        {"account": one.account + 100},
        {"about": None},
        {"about": replace(one.about, public_id=public_id_of("Amina"))},
    ):
        with pytest.raises(NotChecked, match="not as you were shown it"):
            checked(people, replace(one, **changes), "Right to look.")
    assert as_superuser("select count(*) from record_look_check") == [(0,)]


def test_nobody_looks_into_what_they_did_themselves(people: Cast) -> None:
    refused(people.hannah, "Bo")
    (hers,) = found(people, "never-on-team")
    with pytest.raises(NotChecked, match="what you did yourself"):
        checked(people, replace(hers, account=people.priya.account), "It was right.")


def test_a_check_that_says_nothing_is_none_and_nobody_else_may_check(people: Cast) -> None:
    refused(people.hannah, "Bo")
    (one,) = found(people, "never-on-team")
    with pytest.raises(NotChecked, match="Say what you found"):
        checked(people, one, " . ")
    for by in (people.hannah, people.nadia, people.sefi, people.paul):
        with pytest.raises(Refused):
            checked(people, one, "Nothing to see here.", by=by)
    assert as_superuser("select count(*) from record_look_check") == [(0,)]


@pytest.mark.parametrize("name", ["hannah", "nadia", "ada", "sefi", "imani", "ana", "ira"])
def test_nobody_else_looks_for_it(people: Cast, name: str) -> None:
    by = getattr(people, name)
    with pytest.raises(Refused):
        unusual_looks(by=by, wanted=Wanted.lately(on=LATER.date()), at=LATER)
    with pytest.raises(Refused):
        work_of(by=by, account=1, wanted=Wanted.lately(on=LATER.date()), at=LATER)


def test_another_services_officer_finds_nothing_of_it(people: Cast) -> None:
    refused(people.hannah, "Bo")
    opens(colleague("Rosa Okafor"), "Amina")
    page = unusual_looks(by=people.paul, wanted=Wanted.lately(on=LATER.date()), at=LATER)
    assert page.findings == ()


def test_somebody_hidden_is_not_found_by_their_surname_and_has_no_name(people: Cast) -> None:
    hide(people, "person")
    rosa = colleague("Rosa Okafor")
    opens(rosa, "Amina", at=AT)
    assert [one.about and one.about.name for one in found(people, "own-surname")] == ["Amina Okafor"]
    with_grace = as_superuser(
        "select count(*) from ledger_subject s join record_person p on p.ledger_id = s.ledger_id where p.id = %s",
        person_of("Grace"),
    )
    assert with_grace[0][0] > 0


def test_the_function_answers_nobody_without_an_entry_that_watches_the_service(database: str) -> None:
    asked = "select * from ledger.unusual(%s, %s, '{}', '[]', '{}', 12, '', null, false, 99, 0, 50)"
    with session(database) as raw:
        assert raw.rows(asked, AT - HOUR, AT + HOUR) == []
        with raw.undone() as hers:
            hers.open({"person": person_of("Amina"), "read": ["identity.name"], "record": []})
            assert hers.rows(asked, AT - HOUR, AT + HOUR) == []


def test_all_that_one_account_did_is_told_day_by_day(people: Cast) -> None:
    opens(people.hannah, "Amina", at=AT)
    opens(people.hannah, "Amina", at=MORNING)
    refused(people.hannah, "Bo", at=MORNING + HOUR)
    refused(people.samuel, "Amina", at=MORNING)
    account = people.hannah.account
    assert account
    wanted = Wanted.lately(on=LATER.date())
    second, first = work_of(by=people.priya, account=account, wanted=wanted, at=LATER)
    assert (second.on, second.entries, second.refused, second.people) == (MORNING.date(), 2, 1, 3)
    assert (second.first_at, second.last_at) == (MORNING, MORNING + HOUR)
    assert (first.on, first.entries, first.people) == (AT.date(), 1, 2)


def test_every_pattern_says_what_it_finds_and_none_claims_a_published_source() -> None:
    assert len({pattern.code for pattern in PATTERNS}) == len(PATTERNS) == 6
    assert not any(pattern.confirmed for pattern in PATTERNS)
    assert all(pattern.finds.endswith(".") for pattern in PATTERNS)


def test_it_is_shown_a_page_at_a_time(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kept.record.looked.unusual.A_PAGE", 1)
    refused(people.hannah, "Bo")
    refused(people.samuel, "Amina")
    wanted = Wanted.lately(on=LATER.date())
    pages = [unusual_looks(by=people.priya, wanted=wanted, page=page, at=LATER) for page in (1, 2, 3)]
    assert [page.in_all for page in pages[:2]] == [2, 2]
    assert {page.findings[0].account for page in pages[:2]} == {people.hannah.account, people.samuel.account}
    assert pages[2].findings == ()
    assert isinstance(pages[0].findings[0].about and pages[0].findings[0].about.public_id, UUID)


def test_of_too_much_for_one_run_only_the_newest_is_looked_at_and_it_is_said(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(people.samuel, "Amina")
    refused(people.hannah, "Bo", at=MORNING + HOUR)
    wanted = Wanted.lately(on=LATER.date())
    assert unusual_looks(by=people.priya, wanted=wanted, at=LATER).only_after is None
    monkeypatch.setattr(
        "kept.record.looked.unusual.MOST_ENTRIES", 4
    )  # hers is the fourth from the end by now
    page = unusual_looks(by=people.priya, wanted=wanted, at=LATER)
    assert page.only_after == MORNING
    assert {one.account for one in page.findings} == {people.hannah.account}
