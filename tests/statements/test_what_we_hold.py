"""What each service may hold: closed lists of items, from named sources, in tables of their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kept.intake.child_health_events import dates
from kept.ledger.entries import Refused
from kept.notices.checks.check import check
from kept.notices.purposes import Purpose
from kept.notices.questions import may_collect
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NewContact
from kept.record.families import actions as families
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import the, well_formed
from tests.rooms.ledger.raw import WIDER, about, session
from tests.statements.breaking import gives, in_the_database, takes
from tests.statements.public_pages import PLAIN_FILES
from tests.statements.situations import TODAY, asker, cleo_and_mia, register, with_basis

Break = Callable[[pytest.MonkeyPatch], None]
HEALTH = frozenset({"health.facts"})
SOCIAL_CARE = "social-care-organisation"


def records(
    items: tuple[str, ...], *, service: str, parts: tuple[str, ...], source: str = "the-person"
) -> Break:
    """Break: a practitioner may write down what no clause lists."""

    def breaks(patch: pytest.MonkeyPatch) -> None:
        gives(patch, role="practitioner", standing=("new", "team"), parts=parts, purpose=service,
              items=items, source=source)  # fmt: skip

    return in_the_database(breaks)


def holds_for_any_purpose(patch: pytest.MonkeyPatch) -> None:
    """Break: a special item needs no condition of Article 9."""
    patch.setattr(Purpose, "may_hold", lambda self, of_class: True)


def takes_anybody_for_family(patch: pytest.MonkeyPatch) -> None:
    """Break: a friend to call in an emergency is registered like a parent."""
    as_superuser("alter table record_person drop constraint part_is_one_of_the_notice")
    records(
        ("identity.name", "contact.phone", "relationship.kind"),
        service=HEALTH_VISITING,
        parts=("emergency-contact",),
    )(patch)


def hears_nothing_from_social_care(patch: pytest.MonkeyPatch) -> None:
    """Break: what social care says is refused."""
    takes(patch, lambda key: key[-1] == SOCIAL_CARE)
    cast.publish_again()


def overwrites_the_birthday(patch: pytest.MonkeyPatch) -> None:
    """Break: whatever date a later message says stands beside the first, as good as it."""
    as_superuser("drop index one_current_date_of_birth")
    original = families.refresh
    patch.setattr(families, "_check_same", lambda new, shown: None)
    patch.setattr(
        families, "refresh", lambda *, shown, **rest: original(shown=replace(shown, born_on=None), **rest)
    )


def finds_nobody(patch: pytest.MonkeyPatch) -> None:
    """Break: nobody is found by their number, so that everybody is new."""
    as_superuser("drop index nhs_number_held_by_one_person")
    patch.setattr(families, "person_with_nhs_number", lambda **_: None)


def saves_any_date(patch: pytest.MonkeyPatch) -> None:
    """Break: a date of any year is a date of birth."""
    as_superuser("alter table record_date_of_birth drop constraint born_in_living_memory")
    patch.setattr(dates, "EARLIEST_BIRTH", date.min)


@pytest.mark.proves("pairs-3.01", breaks=records(("contact.phone",), service=PAIRS, parts=("parent",)))
def test_pairs_has_no_place_for_a_parents_phone_number(people: Cast, database: str) -> None:
    family = cleo_and_mia()
    (mother,) = family.adults
    with pytest.raises(Refused) as refused:
        register(replace(family, adults=(replace(mother, phones=("07700 900002",)),)), by=people.pia)
    assert refused.value.decision.withheld == {"contact.phone": "hold.personal"}
    register(family, by=people.pia)
    with session(database) as raw:
        phone = about(person_of("Mia"), record=("contact.phone",))
        assert raw.opens(phone, by="pia", purpose=PAIRS, source="the-person") == WIDER


@pytest.mark.proves("hv-3.01", breaks=takes_anybody_for_family)
def test_health_visiting_has_no_place_for_an_emergency_contact(people: Cast) -> None:
    friend = NewPerson("emergency-contact", "Fay", "Frost", phones=("07700 900003",), relationship="OTX")
    child = replace(cast.child("Dele", "Frost", 21), nhs_number="", nhs_number_status="")
    with pytest.raises(Refused) as refused:
        register(NewFamily(child, (friend,), 1), by=people.hannah)
    assert refused.value.decision.withheld["identity.name"] == "hold.personal"
    assert as_superuser("select count(*) from record_name where given = 'Fay'") == [(0,)]


@pytest.mark.proves("pairs-3.02", breaks=records(("identity.sex",), service=PAIRS, parts=("child",)))
def test_pairs_holds_gender_and_shows_it_and_has_no_place_for_sex(
    people: Cast, settings: Settings, tmp_path: Path
) -> None:
    family = cleo_and_mia()
    with pytest.raises(Refused) as refused:
        register(replace(family, child=replace(family.child, sex="2")), by=people.pia)
    assert refused.value.decision.withheld == {"identity.sex": "hold.personal"}
    said = replace(family, child=replace(family.child, gender="Girl"),
                   adults=(replace(family.adults[0], gender="Woman"),))  # fmt: skip
    register(said, by=people.pia)
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cast.token_of("pia")
    page = browser.get(f"/children/{public_id_of('Cleo')}/").content.decode()
    assert all(
        words in page for words in ("Gender", "Girl", "Woman", "CT1 1CC", "15 November 2026", "6 June 1996")
    )
    assert ">Sex<" not in page


@pytest.mark.proves("pairs-3.04", breaks=holds_for_any_purpose)
def test_pairs_writes_down_nothing_about_health_for_a_purpose_without_a_condition_of_article_9() -> None:
    by = asker("practitioner", PAIRS)
    writing = {
        "by": by,
        "standing": "team",
        "part": "child",
        "purpose": PAIRS,
        "source": "the-person",
        "on": TODAY,
    }
    assert may_collect(cast.definition(PAIRS), items=HEALTH, **writing)
    bare = with_basis(PAIRS, purpose=PAIRS, basis="article-6.public-task")
    assert not may_collect(bare, items=HEALTH, **writing)
    assert "hold.health" in {found.about for found in check(bare, on=TODAY) if found.code == "no-condition"}
    unlisted = may_collect(cast.definition(PAIRS), items=frozenset({"background.culture"}), **writing)
    assert unlisted.rests_on == ("hold.special",)


@pytest.mark.proves(
    "hv-3.10", breaks=records(("health.special-educational-need",), service=HEALTH_VISITING, parts=("child",))
)
def test_health_visiting_has_no_place_for_a_special_educational_need(people: Cast, database: str) -> None:
    need = "health.special-educational-need"
    said = {
        "standing": "team",
        "part": "child",
        "purpose": HEALTH_VISITING,
        "source": "the-person",
        "on": TODAY,
    }
    refused = may_collect(cast.definition(HEALTH_VISITING), by=people.hannah, items=frozenset({need}), **said)
    assert refused.withheld == {need: "hold.special"}
    with session(database) as raw:
        amina = person_of("Amina")
        assert raw.opens(about(amina, record=("health.facts",)), source="the-person") == ""
        assert raw.opens(about(amina, record=(need,)), source="the-person") == WIDER


EVERYTHING = (
    "identity.name",
    "identity.date-of-birth",
    "identity.address",
    "relationship.kind",
    "care.episode",
)


@pytest.mark.proves(
    "pairs-3.18", breaks=records(EVERYTHING, service=PAIRS, parts=("child", "parent"), source=SOCIAL_CARE)
)
def test_pairs_writes_down_nothing_that_social_care_or_nobody_said(people: Cast) -> None:
    for source in (SOCIAL_CARE, "", "police"):
        with pytest.raises(Refused):
            register(cleo_and_mia(), by=people.pia, source=source)
    assert as_superuser("select count(*) from record_person where service = %s", PAIRS) == [(0,)]
    register(cleo_and_mia(), by=people.pia, source="someone-who-knows-them")
    assert as_superuser("select distinct source from record_person where service = %s", PAIRS) == [
        ("someone-who-knows-them",)
    ]


@pytest.mark.proves("hv-3.27", breaks=hears_nothing_from_social_care)
def test_health_visiting_writes_down_what_social_care_says_and_names_it(people: Cast) -> None:
    contact = NewContact("home-visit", TODAY, "home", "A social worker rang: the family has moved.")
    amina = public_id_of("Amina")
    writing = {
        "by": people.hannah,
        "public_id": amina,
        "purpose": HEALTH_VISITING,
        "contact": contact,
        "at": AT,
    }
    with pytest.raises(Refused):
        record_contact(**writing, source="")
    assert record_contact(**writing, source=SOCIAL_CARE)
    assert as_superuser("select source from record_note") == [(SOCIAL_CARE,)]


def test_a_childs_names_are_kept_as_they_were_given_and_a_baby_without_one_has_a_record(people: Cast) -> None:
    named = replace(cast.child("Amína", "Okáfor-Şahin", 1))
    register(NewFamily(named, (), 1), by=people.intake, source="health-organisation")
    amina = person_of("Amína")
    held = as_superuser(
        "select given, family, until_on from record_name where person_id = %s order by id", amina
    )
    assert held == [("Amina", "Okafor", TODAY), ("Amína", "Okáfor-Şahin", None)]
    nameless = replace(cast.child("", "", 22))
    register(NewFamily(nameless, (), 1), by=people.intake, source="health-organisation")
    assert as_superuser("select count(*) from record_nhs_number where number = %s", number_of_nobody(22)) == [
        (1,)
    ]


@pytest.mark.proves("hv-3.04", breaks=overwrites_the_birthday)
def test_a_second_date_of_birth_for_one_number_waits_for_a_person(people: Cast) -> None:
    baby = cast.child("Amina", "Okafor", 1)
    assert baby.born_on
    other = replace(baby, born_on=baby.born_on - timedelta(days=1))
    with pytest.raises(families.NotRegistered) as asked:
        register(NewFamily(other, (), 1), by=people.intake, source="health-organisation")
    assert asked.value.reasons == ("date-of-birth-differs",)
    held = as_superuser("select born_on from record_date_of_birth where person_id = %s", person_of("Amina"))
    assert held == [(baby.born_on,)]


@pytest.mark.proves("hv-3.06", breaks=finds_nobody)
def test_a_second_child_of_one_mother_has_the_mother_whom_the_first_has(people: Cast) -> None:
    second = NewFamily(cast.child("Efe", "Okafor", 24), (cast.adult("Grace", "Okafor", 2),), 1)
    register(second, by=people.intake, source="health-organisation")
    assert as_superuser("select count(*) from record_nhs_number where number = %s", number_of_nobody(2)) == [
        (1,)
    ]
    children = as_superuser(
        "select n.given from record_relationship r join record_name n on n.person_id = r.child_id"
        " where r.person_id = %s and r.until_on is null order by 1",
        person_of("Grace"),
    )
    assert children == [("Amina",), ("Efe",)]


@pytest.mark.proves("hv-3.08", breaks=saves_any_date)
def test_a_mother_born_in_1073_is_asked_about_and_never_saved(people: Cast) -> None:
    message = well_formed("CH023")
    for kind in ("Patient", "RelatedPerson"):
        the(message, kind)["address"][0].update(postalCode="CT1 1CC", district="Canterbury")
    the(message, "RelatedPerson")["birthDate"] = "1073-05-05"
    with cast.superuser() as superuser:
        superuser.autocommit = True
        room = Room(people.intake, superuser)
        assert room.send(message).reasons == ("date-of-birth-impossible",)
        the(message, "RelatedPerson")["birthDate"] = "1994-02-28"
        message["id"] = "another"
        assert room.send(message).state == "read"
    assert as_superuser("select count(*) from record_date_of_birth where born_on < '1900-01-01'") == [(0,)]
