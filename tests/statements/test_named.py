"""Whom a service looks after and until when; and what only the one who is named for a child may read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kept.ledger.entries import Refused
from kept.record.circumstances.actions import record_circumstance
from kept.record.circumstances.values import CircumstanceShown, NewCircumstance
from kept.record.contacts.actions import NotRecorded, record_contact
from kept.record.contacts.values import NewContact
from kept.record.episodes import actions as episodes
from kept.record.episodes.actions import begin_again, end_episode, name_professional, open_care
from kept.record.families import actions as families
from kept.record.families.values import NewFamily
from kept.record.reads import open_record
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, public_id_of
from tests.statements.breaking import gives
from tests.statements.situations import cleo_and_mia, register
from tests.statements.test_who_we_are import YES

KEEP_SAFE = "keep-safe"
TODAY = AT.date()


def serves_at_any_age_and_alone(patch: pytest.MonkeyPatch) -> None:
    """Break: whoever is asked about is served, and nobody grows out of it."""
    for module in (families, episodes):
        patch.setattr(module, "may_serve", lambda *_, **__: YES)
    patch.setattr(episodes, "served_until", lambda *_, **__: None)


def shows_the_team(role: str, items: tuple[str, ...]) -> Callable[[pytest.MonkeyPatch], None]:
    """Break: what is for the one who is named is for everybody of the team."""

    def breaks(patch: pytest.MonkeyPatch) -> None:
        gives(patch, role=role, standing=["team"], parts=["child", "parent"], purpose=KEEP_SAFE, items=items)
        cast.publish_again()

    return breaks


def tells(by: object, given: str, about: str, new: NewCircumstance) -> None:
    record_circumstance(
        by=by,  # type: ignore[arg-type]
        public_id=public_id_of(given),
        about=public_id_of(about),
        purpose=KEEP_SAFE,
        new=new,
        at=AT,
    )


def read_of(by: object, given: str, about: str, reason: str = "") -> dict[str, CircumstanceShown]:
    """Item → what this asker reads about somebody to keep them safe."""
    record = open_record(by=by, public_id=public_id_of(given), purpose=KEEP_SAFE, reason=reason, at=AT)  # type: ignore[arg-type]
    person = next(one.person for one in (record.child, *record.adults) if one.given == about)
    return {one.kind: one for one in record.circumstances.get(person, ())}


def names(by: object, given: str, who: str) -> None:
    ((account,),) = as_superuser("select id from staff_account where name = %s", who.capitalize())
    name_professional(
        by=by,  # type: ignore[arg-type]
        public_id=public_id_of(given),
        purpose=by.service,  # type: ignore[attr-defined]
        account=account,
        at=AT,
    )


@pytest.mark.proves("pairs-1.03", breaks=serves_at_any_age_and_alone)
def test_pairs_begins_care_of_a_pair_and_ends_it_on_the_second_birthday(people: Cast) -> None:
    family = cleo_and_mia()
    for unserved in (
        replace(family, adults=()),
        replace(family, child=replace(family.child, born_on=date(2024, 11, 22))),
    ):
        with pytest.raises(Refused):
            register(unserved, by=people.pia)
    assert as_superuser("select 1 from record_episode where service = %s", PAIRS) == []
    born = date(2024, 11, 23)  # two tomorrow
    register(replace(family, child=replace(family.child, born_on=born)), by=people.pia)
    asking = {"by": people.pia, "public_id": public_id_of("Cleo"), "purpose": PAIRS}
    ((episode,)) = open_care(**asking, at=AT).care.episodes  # type: ignore[arg-type]
    assert (episode.is_open(on=TODAY), episode.is_open(on=TODAY + timedelta(days=1))) == (True, False)
    tomorrow = AT + timedelta(days=1)
    with pytest.raises(NotRecorded) as over:
        record_contact(
            **asking,  # type: ignore[arg-type]
            contact=NewContact("home-visit", tomorrow.date(), "home"),
            source="the-person",
            at=tomorrow,
        )
    assert "grown out" in over.value.faults["visited_on"]
    end_episode(**asking, because="age", hand_over="accepted", ended_on=tomorrow.date(), at=tomorrow)  # type: ignore[arg-type]
    ((team,),) = as_superuser("select id from staff_team where service = %s", PAIRS)
    with pytest.raises(Refused):
        begin_again(**asking, team=team, authority="kent", at=tomorrow)  # type: ignore[arg-type]


@pytest.mark.proves("hv-1.03", breaks=serves_at_any_age_and_alone)
def test_health_visiting_serves_a_child_until_the_fifth_birthday_and_records_nothing_after(
    people: Cast,
) -> None:
    ((team,),) = as_superuser("select id from staff_team where name = %s", cast.NORTH)
    five = NewFamily(
        replace(cast.child("Dara", "Quill", 11), born_on=date(2021, 11, 22)),
        (cast.adult("Dot", "Quill", 12),),
        team,
    )
    with pytest.raises(Refused):
        register(five, by=people.intake, source="health-organisation")
    register(
        replace(five, child=replace(five.child, born_on=date(2021, 11, 23))),  # five tomorrow
        by=people.intake,
        source="health-organisation",
    )
    asking = {"by": people.hannah, "public_id": public_id_of("Dara"), "purpose": HEALTH_VISITING}
    ((episode,)) = open_care(**asking, at=AT).care.episodes  # type: ignore[arg-type]
    assert (episode.is_open(on=TODAY), episode.is_open(on=TODAY + timedelta(days=1))) == (True, False)
    tomorrow = AT + timedelta(days=1)
    with pytest.raises(NotRecorded) as over:
        record_contact(
            **asking,  # type: ignore[arg-type]
            contact=NewContact("home-visit", tomorrow.date(), "home"),
            source="the-person",
            at=tomorrow,
        )
    assert "grown out" in over.value.faults["visited_on"]


HELP_AND_POLICE = ("circumstances.social-services-support", "circumstances.police-contact")
PLAN = "circumstances.protection-plan"


@pytest.mark.proves("hv-3.23", breaks=shows_the_team("practitioner", (*HELP_AND_POLICE, PLAN)))
def test_help_from_social_services_and_the_police_are_read_by_the_one_named_and_the_safeguarding_lead(
    people: Cast,
) -> None:
    definition = cast.definition(HEALTH_VISITING)
    assert definition.vocabulary.items["circumstances.police-contact"].of_class == "criminal"
    since = date(2026, 5, 1)
    for kind in HELP_AND_POLICE:
        tells(people.hannah, "Amina", "Grace", NewCircumstance(kind, "In May.", since_on=since))
        with pytest.raises(Refused):  # the parent's, not the child's
            tells(people.hannah, "Amina", "Amina", NewCircumstance(kind, "In May.", since_on=since))
    plan = NewCircumstance(PLAN, "Neglect.", since_on=since, source="social-care-organisation")
    tells(people.hannah, "Amina", "Amina", plan)
    with pytest.raises(Refused):  # no law has a plan of a parent
        tells(people.hannah, "Amina", "Grace", plan)
    of_the_mother, of_the_child = set(HELP_AND_POLICE), {PLAN}
    assert read_of(people.hannah, "Amina", "Grace").keys() & of_the_mother == set()
    assert read_of(people.hannah, "Amina", "Amina").keys() & of_the_child == set()
    assert read_of(people.sefi, "Amina", "Grace", reason="A worry.").keys() >= of_the_mother
    names(people.nadia, "Amina", "hannah")
    held = read_of(people.hannah, "Amina", "Grace")
    assert held.keys() >= of_the_mother
    assert {(one.since_on, one.source) for one in held.values()} == {(since, "the-person")}
    assert read_of(people.hannah, "Amina", "Amina").keys() >= of_the_child
    assert read_of(people.nadia, "Amina", "Grace").keys() & of_the_mother == set()


WORKER_AND_POLICE = ("circumstances.social-worker", "circumstances.police-contact")


@pytest.mark.proves("pairs-3.15", breaks=shows_the_team("practitioner", WORKER_AND_POLICE))
def test_a_childs_police_contact_and_social_worker_are_read_by_the_one_named_alone(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    since = date(2026, 11, 16)
    for kind in WORKER_AND_POLICE:
        tells(people.pia, "Cleo", "Cleo", NewCircumstance(kind, "Since birth.", since_on=since))
        with pytest.raises(Refused):
            tells(people.pia, "Cleo", "Mia", NewCircumstance("circumstances.police-contact", "In May."))
    assert cast.definition(PAIRS).vocabulary.items["circumstances.police-contact"].of_class == "criminal"
    assert read_of(people.pia, "Cleo", "Cleo").keys() & set(WORKER_AND_POLICE) == set()
    names(people.pia, "Cleo", "pia")
    held = read_of(people.pia, "Cleo", "Cleo")
    assert held.keys() >= set(WORKER_AND_POLICE)
    assert {(one.since_on, one.source) for one in held.values()} == {(since, "the-person")}
