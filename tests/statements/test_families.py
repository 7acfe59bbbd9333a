"""What the notices say of a family beside the child and the parents: the home, relatives, other children."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from kept.ledger.entries import Refused
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.record.relatives.actions import NotRecorded
from kept.record.relatives.reads import open_family_map
from kept.record.relatives.values import NewRelative
from kept.record.restricted.actions import restrict
from kept.record.restricted.values import NewRestriction
from tests.cast import AT, HEALTH_VISITING, NORTH, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import WIDER, Raw, about, session
from tests.rooms.record.families_tried import JOY, adds, at_home, changes, opens
from tests.rooms.record.hiding import bring_efe
from tests.statements.breaking import gives, in_the_database
from tests.statements.situations import cleo_and_mia, register

TODAY, THEN = AT.date(), date(2026, 11, 17)
TEO = NewRelative("other-child", "Teo", "Marsh", "ORB", lives_here=True, born_on=date(2022, 3, 4))
# What a family has that no notice lists about a relative or another child.
NOTHING_MORE = ("contact.phone", "contact.email", "identity.address", "identity.nhs-number", "identity.sex",
                "identity.gender", "health.facts", "education.school", "background.ethnicity")  # fmt: skip


def leaves_nobody_out_of_a_household(patch: pytest.MonkeyPatch) -> None:
    """Break: a household shows everybody who lives there."""
    as_superuser("drop policy hidden_are_left_out on record_household_member")


def takes(purpose: str, *items: str, part: str = "other-child"):  # type: ignore[no-untyped-def]
    """Break: practitioners record these items about such a person, which no clause gives."""

    def broken(patch: pytest.MonkeyPatch) -> None:
        gives(
            patch,
            role="practitioner",
            standing=("team", "new"),
            parts=(part,),
            purpose=purpose,
            items=items,
            source="the-person",
        )

    return in_the_database(broken)


def opens_new(raw: Raw, part: str, item: str, *, by: str, purpose: str) -> str:
    """What the database says to an entry that registers somebody of this part with this item."""
    number = raw.one("select nextval('record_person_id_seq')")
    items = ("identity.name", item)
    new = about(number, record=items, part=part, ledger_id=str(uuid4()))
    return raw.opens(new, by=by, purpose=purpose, source="the-person")


@pytest.mark.proves("pairs-3.12", breaks=leaves_nobody_out_of_a_household)
def test_pairs_holds_who_lives_in_the_home_and_which_relatives_matter_and_nothing_more(
    people: Cast, database: str
) -> None:
    register(cleo_and_mia(), by=people.pia)
    adds(people.pia, replace(JOY, from_on=THEN), child="Cleo")
    adds(people.pia, replace(JOY, given="Jim", kind="friend", lives_here=False, from_on=THEN), child="Cleo")
    joy, cleo = person_of("Joy"), person_of("Cleo")
    assert as_superuser(
        "select kind, from_on, until_on from record_relationship where person_id = %s", joy
    ) == [("GPM", THEN, None)]
    assert as_superuser(
        "select person_id, from_on, until_on from record_household_member where member_id = %s", joy
    ) == [(cleo, THEN, None)]
    assert at_home(people.pia, "Cleo") == {"Mia", "Joy"}
    changes(people.pia, "Joy", child="Cleo", kind="GPM", lives_here=False)
    assert at_home(people.pia, "Cleo") == {"Mia"}
    with pytest.raises(Refused):
        adds(people.pia, replace(JOY, given="Jo", born_on=date(2010, 1, 1)), child="Cleo")
    with session(database) as raw:
        for item in (*NOTHING_MORE, "identity.date-of-birth"):
            assert opens_new(raw, "relative", item, by="pia", purpose=PAIRS) == WIDER, item
        assert opens_new(raw, "relative", "relationship.kind", by="pia", purpose=PAIRS) == ""
    hidden = NewRestriction(public_id_of("Mia"), "address", "She fled.", frozenset())
    restrict(
        by=people.pia, public_id=public_id_of("Cleo"), purpose=PAIRS, new=hidden, source="the-person", at=AT
    )
    assert at_home(people.pia, "Cleo") == set()
    drawn = open_family_map(by=people.pia, public_id=public_id_of("Cleo"), purpose=PAIRS, at=AT)
    assert person_of("Mia") not in drawn.ties.lives_since


@pytest.mark.proves("pairs-3.13", breaks=takes(PAIRS, "education.school"))
def test_pairs_holds_name_and_birthday_of_another_child_who_lives_in_the_home(
    people: Cast, database: str
) -> None:
    register(cleo_and_mia(), by=people.pia)
    for changed in ({"lives_here": False}, {"lives_here": False, "born_on": None}):
        with pytest.raises(NotRecorded) as told:
            adds(people.pia, replace(TEO, **changed), child="Cleo")  # type: ignore[arg-type]
        assert list(told.value.faults) == ["lives_here"]
    adds(people.pia, TEO, child="Cleo")
    (teo,) = (one for one in opens(people.pia, "Cleo").adults if one.part == "other-child")
    assert (teo.name, teo.born_on, at_home(people.pia, "Cleo")) == ("Teo Marsh", TEO.born_on, {"Mia", "Teo"})
    stood = {"by": people.pia, "standing": "team", "part": "other-child", "purpose": PAIRS, "on": TODAY}
    definition = definition_for(by=people.pia, on=TODAY).definition
    school = may_collect(definition, items=frozenset({"education.school"}), source="the-person", **stood)
    assert not school
    with session(database) as raw:
        for item in NOTHING_MORE:
            assert opens_new(raw, "other-child", item, by="pia", purpose=PAIRS) == WIDER, item
        assert opens_new(raw, "other-child", "identity.date-of-birth", by="pia", purpose=PAIRS) == ""
    changes(people.pia, "Teo", child="Cleo", kind="ORB", ended_on=TODAY)
    assert as_superuser("select until_on from record_date_of_birth where person_id = %s", teo.person) == [
        (TODAY,)
    ]


@pytest.mark.proves("hv-3.21", breaks=takes(HEALTH_VISITING, "identity.date-of-birth"))
def test_health_visiting_holds_no_birthday_of_another_child_but_on_that_childs_own_record(
    people: Cast, database: str
) -> None:
    adds(people.hannah, replace(JOY, from_on=THEN))
    adds(people.hannah, replace(TEO, born_on=None, from_on=THEN))
    assert at_home(people.hannah) == {"Grace", "Joy", "Teo"}
    assert as_superuser(
        "select r.kind, r.from_on, h.from_on from record_relationship r"
        " join record_household_member h on h.member_id = r.person_id where r.person_id = any (%s) order by 1",
        [person_of("Joy"), person_of("Teo")],
    ) == [("GPM", THEN, THEN), ("ORB", THEN, THEN)]
    with pytest.raises(Refused):
        adds(people.hannah, replace(TEO, given="Tom"))
    with session(database) as raw:
        for item in (*NOTHING_MORE, "identity.date-of-birth"):
            for part in ("relative", "other-child"):
                assert opens_new(raw, part, item, by="hannah", purpose=HEALTH_VISITING) == WIDER, item
    bring_efe(people, name=NORTH)
    (efe,) = opens(people.hannah).siblings
    assert (efe.child.given, efe.child.born_on) == ("Efe", date(2026, 11, 15))
    with pytest.raises(Refused):
        opens(people.samuel, "Efe")
    as_superuser(
        "update record_caseload_place set team_id = (select id from staff_team where name = 'Kent South')"
        " where person_id = %s",
        efe.child.person,
    )
    assert opens(people.hannah).siblings == ()
    assert "Efe" not in repr(opens(people.hannah))
