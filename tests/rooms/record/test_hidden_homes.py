"""A home that must stay hidden stays so, whoever writes down who lives there: each way in is tried."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from time import monotonic

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from kept.database.acting import acting_as
from kept.notices.asker import Asker
from kept.record.families.details import Changed, change_details
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson
from kept.record.restricted.actions import end_restriction
from kept.record.search.reads import search
from kept.record.search.values import Sought
from kept.standards.nhs_number import test_number as number
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, SOUTH, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import Raw, about, session
from tests.rooms.record.hiding import REFUGE, REFUGE_POSTCODE, bring_efe, hide, move_to_refuge, opened, team

GRACE = NewPerson(
    part="parent",
    given="Grace",
    family="Okafor",
    born_on=date(1995, 5, 5),
    nhs_number=number(2),
    nhs_number_status="01",
    address=REFUGE,
    postcode=REFUGE_POSTCODE,
    phones=("07700 900001",),
)
LIVES = "select kind, postcode from record_address where person_id = %s and until_on is null"
TWIN = cast.child("Bisi", "Okafor", 71)
GRACE_THERE = cast.adult("Grace", "Okafor", 2)


def lives(given: str) -> list[tuple[str, str]]:
    """Where somebody is held to live, as nobody who works here could read it."""
    return as_superuser(LIVES, person_of(given))


def moves(by: Asker, *, given: str = "Grace", through: str = "Amina", said: NewPerson = GRACE) -> Changed:
    return change_details(by=by, public_id=public_id_of(through), about=public_id_of(given), purpose=HEALTH_VISITING,
                          said=said, at=AT)  # fmt: skip


def found_at(people: Cast, postcode: str) -> set[str]:
    sought = Sought(postcode=postcode)
    return {
        one.name.split()[0]
        for by in (people.hannah, people.samuel, people.ada, people.imani)
        for one in search(by=by, sought=sought, purpose=HEALTH_VISITING, at=AT).people
    }


def twins(people: Cast, *, name: str = NORTH, postcode: str = "CT1 1CC") -> None:
    """A message about Amina's twin, Bisi, who lives with their mother too."""
    with acting_as("intake"):
        bisi = replace(TWIN, postcode=postcode)
        cast.register(by=people.intake, family=NewFamily(bisi, (GRACE_THERE,), team(name)))


def message_of(people: Cast, new: NewPerson, *adults: NewPerson, name: str = NORTH) -> None:
    with acting_as("intake"):
        cast.register(by=people.intake, family=NewFamily(new, adults, team(name)))


def ends(people: Cast, *, by: Asker | None = None, given: str = "Grace", through: str = "Amina") -> None:
    end_restriction(by=by or people.hannah, public_id=public_id_of(through), purpose=HEALTH_VISITING,
                    person=public_id_of(given), what="address", reason="It is over.", source="the-person",
                    at=AT)  # fmt: skip


@pytest.mark.parametrize(
    ("who", "through"), [("ada", "Amina"), ("imani", "Amina"), ("samuel", "Efe"), ("hannah", "Efe")]
)
def test_a_new_address_is_hidden_also_where_the_writer_may_not_know_why(
    people: Cast, who: str, through: str
) -> None:
    bring_efe(people, name=NORTH if who == "hannah" else SOUTH)
    hide(people, "address")
    assert moves(getattr(people, who), through=through).items >= {"identity.address"}
    assert lives("Grace") == [("restricted", REFUGE_POSTCODE)]
    assert found_at(people, REFUGE_POSTCODE) == set()
    (grace,) = opened(people.hannah, "Amina").adults
    assert (grace.address, grace.restricted_address) == ("", REFUGE)
    for by in (people.ada, people.nadia, people.imani):
        assert REFUGE not in repr(opened(by, "Amina"))
    assert REFUGE not in repr(opened(people.samuel if who != "hannah" else people.hannah, "Efe"))


@pytest.mark.parametrize("who", ["ada", "imani"])
def test_the_writer_is_answered_as_where_nobody_hides(people: Cast, who: str) -> None:
    by, answers = getattr(people, who), []
    for what in ("address", ""):
        if what:
            hide(people, what)
        else:
            ends(people)
        said = replace(GRACE, postcode="CT4 4CC" if what else "CT5 5CC")
        with CaptureQueriesContext(connections["default"]) as asked:
            answers.append((moves(by, said=said), len(asked)))
    assert answers[0] == answers[1]


def test_whoever_hid_what_was_hidden_from_them_writes_a_new_address_and_meets_no_error(people: Cast) -> None:
    bring_efe(people)
    hide(people, "address")
    hide(people, "address", by=people.samuel, through="Efe")
    moves(people.samuel, through="Efe")
    assert lives("Grace") == [("restricted", REFUGE_POSTCODE)]
    (grace,) = opened(people.hannah, "Amina").adults
    assert grace.restricted_address == REFUGE


def test_a_message_and_many_rows_at_once_are_hidden_as_a_page_is(people: Cast, database: str) -> None:
    bring_efe(people)
    hide(people, "address")
    with acting_as("intake"):
        there = replace(cast.adult("Grace", "Okafor", 2), postcode="CT6 6CC")
        efe = cast.child("Efe", "Okafor", 24, sex="1", postcode="TN9 9AB")
        cast.register(by=people.intake, family=NewFamily(efe, (there,), team(SOUTH)))
    assert lives("Grace") == [("restricted", "CT6 6CC")]
    grace, nils = person_of("Grace"), person_of("Nils")
    as_superuser("update record_address set until_on = from_on where person_id = %s", nils)
    with session(database) as raw, raw.kept():
        record = ("identity.address",)
        entry = raw.open(
            about(grace, record=record), about(nils, record=record), by="imani", source="the-person"
        )
        raw.rows(
            "insert into record_address (person_id, from_on, lines, postcode, authority, service, entry_id,"
            " definition_id, source, recorded_at) select p, '2026-11-22', 'x', 'CT7 7CC', '', 'health-visiting', %s,"
            " published_in_force('health-visiting', '2026-11-22'), 'the-person', %s from unnest(%s::bigint[]) p",
            entry, AT, [grace, nils],
        )  # fmt: skip
    assert lives("Grace") == [("restricted", "CT7 7CC")]
    assert lives("Nils") == [("ordinary", "CT7 7CC")]


def test_a_twin_who_lives_there_is_hidden_with_the_other(people: Cast) -> None:
    twins(people)
    hide(people, "address", given="Amina")
    assert {*lives("Amina"), *lives("Grace"), *lives("Bisi")} == {("restricted", "CT1 1CC")}
    assert found_at(people, "CT1 1CC") == set()
    assert opened(people.hannah, "Bisi").child.restricted_postcode == "CT1 1CC"
    for by in (people.ada, people.nadia, people.imani):
        assert "CT1 1CC" not in repr(opened(by, "Bisi"))


def test_a_twin_of_another_team_is_hidden_too_and_that_team_keeps_the_address(people: Cast) -> None:
    twins(people, name=SOUTH)
    hide(people, "address")
    assert lives("Bisi") == [("restricted", "CT1 1CC")]
    assert found_at(people, "CT1 1CC") == set()
    bisi = opened(people.samuel, "Bisi").child
    assert (bisi.restricted_postcode, [one.what for one in bisi.restrictions]) == ("CT1 1CC", ["address"])
    assert "She fled" not in repr(bisi)
    assert "CT1 1CC" not in repr(opened(people.imani, "Bisi"))


def test_a_brother_who_lives_elsewhere_stays_as_he_is(people: Cast) -> None:
    bring_efe(people)
    hide(people, "address")
    assert {*lives("Efe"), *lives("Obi")} == {("ordinary", "TN9 9AB")}


def test_a_message_that_names_the_twin_alone_hides_where_the_others_are_hidden(people: Cast) -> None:
    twins(people)
    hide(people, "address", given="Grace")
    move_to_refuge(people)
    ends(people, given="Bisi", through="Bisi")
    message_of(people, replace(TWIN, address="", postcode="CT9 9CC"))
    assert lives("Bisi") == [("ordinary", "CT9 9CC")]
    message_of(people, replace(TWIN, address=REFUGE, postcode="ct33re"))
    assert lives("Bisi") == [("restricted", "ct33re")]
    assert opened(people.hannah, "Bisi").child.address_is_hidden


def test_a_new_baby_written_down_by_whoever_may_not_know_is_hidden_with_the_mother(people: Cast) -> None:
    twins(people, name=SOUTH, postcode="TN9 1CC")
    hide(people, "address")
    move_to_refuge(people)
    moves(
        people.samuel,
        given="Bisi",
        through="Bisi",
        said=replace(TWIN, address=REFUGE, postcode=REFUGE_POSTCODE),
    )
    assert lives("Bisi") == [("restricted", REFUGE_POSTCODE)]


def test_to_end_it_shows_all_of_the_family_who_live_there_again(people: Cast) -> None:
    twins(people, name=SOUTH)
    hide(people, "address")
    ends(people)
    assert {*lives("Amina"), *lives("Grace"), *lives("Bisi")} == {("ordinary", "CT1 1CC")}
    assert as_superuser("select 1 from record_restriction where until_on is null") == []
    assert opened(people.imani, "Bisi").child.postcode == "CT1 1CC"


def test_it_stays_hidden_while_another_team_hides_the_same_home(people: Cast) -> None:
    twins(people, name=SOUTH)
    everybody = ("Amina", "Grace", "Bisi")
    hide(people, "address", by=people.samuel, given="Bisi", through="Bisi")
    ends(people)
    assert {home for given in everybody for home in lives(given)} == {("restricted", "CT1 1CC")}
    hide(people, "address")
    ends(people, by=people.samuel, given="Bisi", through="Bisi")
    assert {home for given in everybody for home in lives(given)} == {("restricted", "CT1 1CC")}
    for by, given in ((people.hannah, "Amina"), (people.samuel, "Bisi")):
        assert opened(by, given).child.restricted_postcode == "CT1 1CC"
    ends(people)
    assert {home for given in everybody for home in lives(given)} == {("ordinary", "CT1 1CC")}


def test_a_home_without_a_postcode_is_told_by_its_lines(people: Cast) -> None:
    twins(people)
    as_superuser("update record_address set postcode = '' where postcode = 'CT1 1CC'")
    hide(people, "address")
    assert {*lives("Amina"), *lives("Grace"), *lives("Bisi")} == {("restricted", "")}


def test_whoever_comes_to_belong_to_who_is_hidden_is_hidden_with_them(people: Cast) -> None:
    hide(people, "address")
    move_to_refuge(people)
    message_of(people, cast.child("Ife", "Okafor", 72, postcode=REFUGE_POSTCODE))
    assert lives("Ife") == [("ordinary", REFUGE_POSTCODE)]
    message_of(people, cast.child("Ife", "Okafor", 72, postcode=REFUGE_POSTCODE), GRACE_THERE)
    assert lives("Ife") == [("restricted", REFUGE_POSTCODE)]


@pytest.mark.parametrize("first", ["hannah", "ada"])
def test_two_at_once_do_not_miss_each_other(people: Cast, database: str, first: str) -> None:
    """Whoever hides and whoever writes a new address wait for each other, whoever came first."""
    amina, grace = person_of("Amina"), person_of("Grace")
    items = ("care.restriction", "identity.address", "identity.restricted-address")
    named = {
        "hannah": about(grace, read=items, record=items),
        "ada": about(grace, record=("identity.address",)),
    }
    said = {
        "hannah": ("record_restriction", {"child_id": amina, "what": "address", "reason": "She fled."}),
        "ada": ("record_address", {"lines": REFUGE, "postcode": REFUGE_POSTCODE, "authority": "Kent"}),
    }
    second = "ada" if first == "hannah" else "hannah"
    as_superuser("update record_address set until_on = from_on where person_id = %s", grace)

    def writes(raw: Raw, who: str) -> str:
        table, columns = said[who]
        return raw.writes(
            table, grace, raw.open(named[who], by=who, source="the-person"), from_on=AT.date(), **columns
        )

    with session(database) as one, session(database) as other, ThreadPoolExecutor(1) as pool:
        with one.kept():
            assert writes(one, first) == ""
            other.rows("begin")
            later = pool.submit(writes, other, second)
            waits_for(one.one("select pg_backend_pid()"))
        assert later.result(30) == ""
        other.rows("commit")
    assert lives("Grace") == [("restricted", REFUGE_POSTCODE)]


def waits_for(backend: int) -> None:
    """Come back when somebody waits for what this session holds."""
    until = monotonic() + 30
    asked = "select 1 from pg_stat_activity where %s = any (pg_blocking_pids(pid))"
    while not as_superuser(asked, backend):
        assert monotonic() < until, "nobody waits"
