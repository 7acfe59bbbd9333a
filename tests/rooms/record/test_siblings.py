"""A child is reached from every sibling and carer that the asker may see, and from nobody else; nothing gives a gap
away."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.conf import settings

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.post.outbox import Outbox
from kept.record.families.values import NewFamily
from kept.record.life_at_risk.actions import open_with_life_at_risk
from tests import cast
from tests.cast import AT, NORTH, SOUTH, Cast, as_superuser, public_id_of
from tests.rooms.ledger.raw import about, session
from tests.rooms.record.families_tried import opens
from tests.rooms.record.hiding import REFUGE, bring_efe, hide, move_to_refuge, team


def beside(by: cast.Asker, given: str) -> set[str]:
    """The siblings that a record shows; of a record that is refused, none."""
    try:
        return {one.child.given for one in opens(by, given).siblings}
    except Refused:
        return set()


def works_in(name: str, *teams: str) -> None:
    """Somebody of the staff is on these teams and no other."""
    ((account,),) = as_superuser("select id from staff_account where email = %s", f"{name}@kent.example")
    as_superuser(
        "update staff_team_member set until_on = %s where account_id = %s and until_on is null",
        AT.date(), account,
    )  # fmt: skip
    for one in teams:
        as_superuser(
            "insert into staff_team_member (account_id, team_id, from_on) values (%s, %s, %s)",
            account, team(one), AT.date(),
        )  # fmt: skip


RESTRICTED = ("nobody", "grace from efe", "efe", "grace's address")
TEAMS = ((NORTH,), (SOUTH,), (NORTH, SOUTH))


def restricts(people: Cast, what: str) -> None:
    works_in("hannah", NORTH, SOUTH)
    if what == "grace from efe":
        hide(people, "person")
    elif what == "efe":
        hide(people, "person", given="Efe", through="Efe")
    elif what == "grace's address":
        hide(people, "address")


@pytest.mark.parametrize(("teams", "efes_team", "what"), list(product(TEAMS, (NORTH, SOUTH), RESTRICTED)))
def test_who_sees_whom_among_siblings(
    people: Cast, teams: tuple[str, ...], efes_team: str, what: str
) -> None:
    """The truth table: a practitioner of these teams; a brother of this team; restricted so."""
    bring_efe(people, name=efes_team)
    restricts(people, what)
    works_in("hannah", *teams)
    both = {NORTH, efes_team} <= set(teams)
    hidden = what in ("grace from efe", "efe")
    assert beside(people.hannah, "Amina") == ({"Efe"} if both and not hidden else set())
    assert beside(people.hannah, "Efe") == ({"Amina"} if both and what != "grace from efe" else set())


def test_the_other_service_and_whoever_has_no_caseload_see_none(people: Cast, cleo: int) -> None:
    bring_efe(people, name=NORTH)
    for name in ("pia", "samuel", "imani", "priya", "ana"):
        assert not beside(getattr(people, name), "Amina") - ({"Efe"} if name == "imani" else set()), name
    assert beside(people.hannah, "Amina") == beside(people.nadia, "Amina") == {"Efe"}
    assert beside(people.pia, "Cleo") == set()


def test_a_sibling_is_a_name_a_birthday_and_a_way_to_their_record(people: Cast) -> None:
    bring_efe(people, name=NORTH)
    record = opens(people.hannah)
    (efe,) = record.siblings
    assert efe.child.born_on == datetime(2026, 11, 15, tzinfo=UTC).date()
    assert (efe.child.nhs_number, efe.child.postcode, efe.child.sex) == ("", "", "")
    assert [a.given for a in record.adults] == ["Grace"]
    assert efe.through == (record.adults[0].person,)
    assert opens(people.hannah, "Efe").siblings[0].child.public_id == public_id_of("Amina")


def test_the_entry_names_the_sibling_and_opens_no_more_of_them(people: Cast) -> None:
    bring_efe(people, name=NORTH)
    opens(people.hannah)
    assert as_superuser(
        "select s.read from ledger_subject s join record_person p using (ledger_id) where p.public_id = %s"
        " order by s.id desc limit 1",
        public_id_of("Efe"),
    ) == [(["identity.date-of-birth", "identity.name"],)]


def test_through_a_sibling_who_is_named_nobody_and_no_address_becomes_known(people: Cast) -> None:
    """The entry of one record names the other child as well: what is known through that one must not show here."""
    works_in("hannah", NORTH, SOUTH)
    bring_efe(people)
    hide(people, "address")
    move_to_refuge(people)
    assert REFUGE in repr(opens(people.hannah, "Amina"))
    brother = opens(people.hannah, "Efe")
    assert [one.child.given for one in brother.siblings] == ["Amina"]
    assert REFUGE not in repr(brother)
    assert not any(adult.restrictions for adult in brother.adults)


def test_with_a_life_at_risk_no_sibling_comes_along(people: Cast) -> None:
    bring_efe(people, name=NORTH)
    record = open_with_life_at_risk(
        by=people.samuel,
        public_id=public_id_of("Amina"),
        reason="She fell down the stairs and does not wake.",
        confirmed_at=AT,
        outbox=Outbox(settings.OUTBOX),
        at=AT,
    )
    assert record.siblings == ()


def test_a_mother_of_forty(people: Cast) -> None:
    with acting_as("intake"):
        for number in range(40):
            born = cast.child(f"Child{number}", "Okafor", 200 + number)
            family = NewFamily(
                born, (cast.adult("Grace", "Okafor", 2),), team(NORTH if number % 2 else SOUTH)
            )
            cast.register(by=people.intake, family=family)
    assert len(opens(people.hannah).siblings) == 20


def test_sql_of_ones_own_counts_nobody_elses_children(people: Cast, database: str) -> None:
    bring_efe(people)
    grace, amina = cast.person_of("Grace"), cast.person_of("Amina")
    with session(database) as raw, raw.undone():
        raw.open(about(grace, read=("relationship.kind",)), about(amina, read=("identity.name",)))
        assert raw.rows("select child_id from record_relationship") == [(amina,)]
