"""What is told about somebody: only what the notice lists about that person, from that source, and in one service."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from kept.ledger.entries import Refused
from kept.notices.checks.check import check
from kept.notices.means import See, Tell
from kept.notices.permits import permits_of
from kept.notices.questions import may_collect
from kept.record.circumstances import actions as circumstances
from kept.record.circumstances.actions import NotRecorded, record_circumstance
from kept.record.circumstances.values import NewCircumstance
from kept.record.families import details
from kept.record.families.details import change_details
from kept.record.families.values import NewFamily
from kept.record.people.values import NewPerson
from kept.record.reads import open_record
from kept.standards.nhs_number import test_number as number
from kept.web.circumstances.shown import needs_of
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import WIDER, about, session
from tests.statements.breaking import gives
from tests.statements.situations import TODAY, asker, cleo_and_mia, register
from tests.statements.test_what_we_hold import records

Break = Callable[[pytest.MonkeyPatch], None]
WORDS = "As they told it."
CLINIC, ACQUAINTANCE = "health-organisation", "someone-who-knows-them"
BELIEF, ORIENTATION, CULTURE = "background.religion", "background.sexual-orientation", "background.culture"
NHS_NUMBER = "identity.nhs-number"
ETHNICITY, DISABILITY = "background.ethnicity", "health.disability"
MONEY, HOUSING = "circumstances.money", "circumstances.housing"
IN_CARE, YOUNG_CARER, LOOKED_AFTER = (
    "circumstances.ever-in-care",
    "circumstances.young-carer",
    "circumstances.looked-after",
)
NO_LONGER_CAREFUL = frozenset({"careful", "criminal"})


def tells(by: Any, child: str, whom: str, kind: str, said: str = WORDS, **more: Any) -> None:
    purpose = more.pop("purpose", by.service)
    new = NewCircumstance(kind, "" if more.get("declined") else said, **more)
    record_circumstance(
        by=by, public_id=public_id_of(child), about=public_id_of(whom), purpose=purpose, new=new, at=AT
    )


def refuses(by: Any, child: str, whom: str, kind: str, **more: Any) -> None:
    with pytest.raises(Refused):
        tells(by, child, whom, kind, **more)


def held(given: str) -> dict[str, tuple[str, bool, str]]:
    """What stands about somebody: item → the words, whether they chose not to say, and who told us."""
    rows = as_superuser(
        "select kind, said, declined, source from record_circumstance where person_id = %s and until_on is null",
        person_of(given),
    )
    return {kind: (said, declined, source) for kind, said, declined, source in rows}


def collects(service: str, part: str, item: str, source: str = "the-person", purpose: str = "") -> bool:
    """Whether a practitioner may write an item down about such a person, whoever it is."""
    decision = may_collect(
        cast.definition(service),
        by=asker("practitioner", service),
        standing="team",
        part=part,
        items=frozenset({item}),
        purpose=purpose or service,
        source=source,
        on=TODAY,
    )
    return bool(decision)


def holds_one_number_on_one_record(
    by: Any, child: str, whom: str, own: str, *, said_of_another: str = ""
) -> None:
    """A number is held with its status, a wrong digit is refused, and what another holds goes to a queue alone."""

    def says(said: str) -> Any:
        ids = {"public_id": public_id_of(child), "about": public_id_of(whom)}
        opened = details.open_details(by=by, purpose=by.service, at=AT, **ids)
        new = NewPerson(
            part=opened.person.part,
            given=opened.person.given,
            family=opened.person.family,
            born_on=opened.person.born_on,
            nhs_number=said,
            nhs_number_status="02",
        )
        return change_details(by=by, purpose=by.service, said=new, at=AT, **ids)

    def on_record(said: str) -> list[tuple[str, str]]:
        return as_superuser(
            "select n.given, i.status from record_nhs_number i join record_name n using (person_id)"
            " where i.number = %s and i.until_on is null",
            said,
        )

    with pytest.raises(details.NotChanged):
        says(own[:9] + str((int(own[9]) + 1) % 10))
    says(own)
    assert on_record(own) == [(whom, "02")]
    if said_of_another:
        held = on_record(said_of_another)
        says(said_of_another)
        assert on_record(said_of_another) == held
        assert len(held) == 1
        assert on_record(own) == [(whom, "02")]
        assert as_superuser(
            "select person_id from record_number_to_check where number = %s and until_on is null",
            said_of_another,
        ) == [(person_of(whom),)]


def told_items(service: str, recipients: Iterable[str] = ()) -> frozenset[str]:
    """Every item that any clause lets anybody be told; or the recipients who are named."""
    named = frozenset(recipients)
    found = cast.definition(service).meaning(Tell, on=TODAY)
    return frozenset(
        item for _, tell in found if not named or named & set(tell.recipients) for item in tell.items
    )


def shows(role: str, *items: str, service: str, parts: tuple[str, ...]) -> Break:
    """Break: a role reads what no clause gives it, on the page and in SQL."""

    def breaks(patch: pytest.MonkeyPatch) -> None:
        gives(patch, role=role, standing=["team"], parts=parts, purpose=service, items=items)
        cast.publish_again()

    return breaks


def registers_anew(patch: pytest.MonkeyPatch) -> None:
    """Break: a number that comes later is left out."""
    patch.setattr(details, "_differing", lambda said, held: frozenset())


def lets_a_number_end_on_two(patch: pytest.MonkeyPatch) -> None:
    """Break: one NHS number may stand on two records."""
    as_superuser("drop index nhs_number_held_by_one_person")


@pytest.mark.proves("pairs-3.05", breaks=records(("health.facts",), service=PAIRS, parts=("other-child",)))
def test_pairs_writes_health_down_about_the_pair_and_about_nobody_else(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    facts = ("health.facts", DISABILITY, "health.special-educational-need", "health.long-term-condition")
    for kind in facts:
        tells(people.pia, "Cleo", "Cleo", kind, source=CLINIC)
        tells(people.pia, "Cleo", "Mia", kind)
    tells(people.pia, "Cleo", "Mia", "health.pregnancy")
    assert {source for _, _, source in held("Cleo").values()} == {CLINIC}
    assert held("Mia").keys() == {*facts, "health.pregnancy"}
    for part in ("other-child", "relative"):
        assert not any(collects(PAIRS, part, kind) for kind in facts), part
    with pytest.raises(NotRecorded):
        tells(people.pia, "Cleo", "Mia", "health.facts", source="")


@pytest.mark.proves("pairs-3.11", breaks=lets_a_number_end_on_two)
def test_pairs_holds_the_numbers_of_the_pair_alone_and_one_number_on_one_record(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    holds_one_number_on_one_record(people.pia, "Cleo", "Mia", number(81))
    holds_one_number_on_one_record(people.pia, "Cleo", "Cleo", number(82), said_of_another=number(81))
    assert not any(
        collects(PAIRS, part, NHS_NUMBER) for part in ("relative", "other-child", "emergency-contact")
    )


@pytest.mark.proves("hv-3.20", breaks=lets_a_number_end_on_two)
def test_a_parents_number_is_held_as_in_the_other_service(people: Cast) -> None:
    holds_one_number_on_one_record(people.hannah, "Amina", "Grace", number(81), said_of_another=number(1))
    assert not any(collects(HEALTH_VISITING, part, NHS_NUMBER) for part in ("relative", "other-child"))


@pytest.mark.proves("pairs-3.07", breaks=records((ETHNICITY,), service=PAIRS, parts=("child",)))
def test_pairs_takes_a_parents_ethnic_group_from_the_list_and_fills_in_nobody_elses(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    with pytest.raises(NotRecorded):
        tells(people.pia, "Cleo", "Mia", ETHNICITY, "Kentish")
    tells(people.pia, "Cleo", "Mia", ETHNICITY, "Z")  # not stated
    tells(people.pia, "Cleo", "Mia", ETHNICITY, "N")
    assert held("Mia") == {ETHNICITY: ("N", False, "the-person")}
    refuses(people.pia, "Cleo", "Cleo", ETHNICITY, said="N")
    assert held("Cleo") == {}


@pytest.mark.proves("pairs-3.08", breaks=records((BELIEF,), service=PAIRS, parts=("child",)))
def test_pairs_takes_a_parents_belief_in_their_own_words_or_that_they_chose_not_to_say(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    tells(people.pia, "Cleo", "Mia", BELIEF, "Quaker, mostly")
    assert held("Mia") == {BELIEF: ("Quaker, mostly", False, "the-person")}
    tells(people.pia, "Cleo", "Mia", BELIEF, declined=True)
    assert held("Mia") == {BELIEF: ("", True, "the-person")}
    refuses(people.pia, "Cleo", "Mia", BELIEF, source=CLINIC)
    for part in ("child", "relative", "other-child", "emergency-contact"):
        assert not collects(PAIRS, part, BELIEF), part
    refuses(people.pia, "Cleo", "Cleo", BELIEF)


@pytest.mark.proves(
    "pairs-3.09", breaks=records((ORIENTATION,), service=PAIRS, parts=("parent",), source=ACQUAINTANCE)
)
def test_pairs_takes_sexual_orientation_from_the_person_alone(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    for source in (ACQUAINTANCE, CLINIC, "social-care-organisation"):
        refuses(people.pia, "Cleo", "Mia", ORIENTATION, source=source)
    refuses(people.pia, "Cleo", "Cleo", ORIENTATION)
    tells(people.pia, "Cleo", "Mia", ORIENTATION, "Bisexual")
    assert held("Mia") == {ORIENTATION: ("Bisexual", False, "the-person")}


def careful_beyond_their_clauses(service: str) -> set[tuple[str, str]]:
    """Who reads a careful item that no clause gives to their role: role and item."""
    definition = cast.definition(service)
    named = {
        (role, item)
        for _, see in definition.meaning(See, on=TODAY)
        for role in see.roles
        for item in see.items
        if "read" in see.to
    }
    careful = {item for item, one in definition.vocabulary.items.items() if one.of_class in NO_LONGER_CAREFUL}
    return {
        (permit.role, item)
        for permit in permits_of(definition)
        for item in permit.items
        if permit.act == "read" and item in careful and (permit.role, item) not in named
    }


def reports_police_as_unconfirmed(service: str) -> bool:
    found = check(cast.definition(service), on=TODAY)
    return any(one.code == "unconfirmed-law" and one.about.startswith("article-10") for one in found)


@pytest.mark.proves(
    "pairs-3.10", breaks=shows("administrator", MONEY, HOUSING, service=PAIRS, parts=("parent",))
)
def test_pairs_withholds_a_careful_item_from_every_role_that_no_clause_names(people: Cast) -> None:
    assert careful_beyond_their_clauses(PAIRS) == set()
    asked = {"standing": "team", "part": "parent", "purpose": PAIRS, "source": "the-person", "on": TODAY}
    unlisted = may_collect(
        cast.definition(PAIRS), by=asker("practitioner", PAIRS), items=frozenset({IN_CARE}), **asked
    )
    assert unlisted.withheld == {IN_CARE: "hold.careful"}
    items = cast.definition(PAIRS).vocabulary.items
    assert {
        items[one].of_class for one in ("circumstances.police-contact", "circumstances.police-involvement")
    } == {"criminal"}
    assert reports_police_as_unconfirmed(PAIRS)


@pytest.mark.proves("pairs-3.17", breaks=records((MONEY,), service=HEALTH_VISITING, parts=("parent",)))
def test_money_and_housing_are_two_items_of_pairs_alone_and_only_housing_is_told(people: Cast) -> None:
    register(cleo_and_mia(), by=people.pia)
    for kind in (MONEY, HOUSING):
        tells(people.pia, "Cleo", "Mia", kind, since_on=TODAY, purpose="help-and-support")
        refuses(people.hannah, "Amina", "Grace", kind)
    assert held("Mia").keys() == {MONEY, HOUSING}
    dated = as_superuser("select distinct since_on, source from record_circumstance")
    assert dated == [(TODAY, "the-person")]
    housing = told_items(PAIRS, ("housing-provider",))
    assert (HOUSING in housing, MONEY in housing) == (True, False)


def puts_it_on_the_childs_record(patch: pytest.MonkeyPatch) -> None:
    """Break: whatever is told of anybody of the family is written on the record of the child."""
    whose = circumstances.of_the_family
    patch.setattr(
        circumstances, "of_the_family", lambda **asked: whose(**{**asked, "about": asked["public_id"]})
    )


@pytest.mark.proves("hv-3.11", breaks=puts_it_on_the_childs_record)
def test_a_fact_about_health_stands_on_the_record_of_whom_it_is_about(people: Cast) -> None:
    tells(people.samuel, "Bo", "Nils", "health.facts", "Asthma")
    tells(people.samuel, "Bo", "Bo", "health.facts", "Eczema", source=CLINIC)
    tells(people.samuel, "Bo", "Bo", "health.development", "Sits up, and reaches for toys")
    refuses(people.samuel, "Bo", "Nils", "health.development")
    assert held("Nils") == {"health.facts": ("Asthma", False, "the-person")}
    assert held("Bo") == {
        "health.facts": ("Eczema", False, CLINIC),
        "health.development": ("Sits up, and reaches for toys", False, "the-person"),
    }
    for item in (
        "health.screening",
        "health.feeding",
        "health.immunisation",
        "health.development",
        "growth.weight",
    ):
        assert collects(HEALTH_VISITING, "child", item), item
    for part in ("child", "parent"):
        assert not collects(HEALTH_VISITING, part, "health.special-educational-need"), part


@pytest.mark.proves("hv-3.13", breaks=records((DISABILITY,), service=HEALTH_VISITING, parts=("relative",)))
def test_a_disability_of_child_or_parent_is_taken_and_is_no_communication_need(people: Cast) -> None:
    for kind in (DISABILITY, "health.long-term-condition"):
        tells(people.hannah, "Amina", "Amina", kind, source=CLINIC)
        tells(people.hannah, "Amina", "Grace", kind)
        assert not any(collects(HEALTH_VISITING, part, kind) for part in ("relative", "other-child"))
    assert held("Amina")[DISABILITY] == (WORDS, False, CLINIC)

    def needs() -> list[str]:
        record = open_record(
            by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT
        )
        return [need.words for need in needs_of(record, on=TODAY)]

    assert needs() == []
    tells(people.hannah, "Amina", "Grace", "needs.communication", "Large print")
    assert needs() == ["Large print"]


@pytest.mark.proves(
    "hv-3.15",
    breaks=records((ETHNICITY,), service=HEALTH_VISITING, parts=("child",), source=ACQUAINTANCE),
)
def test_a_childs_ethnic_group_is_held_under_the_law_alone_and_copied_from_nobody(people: Cast) -> None:
    tells(people.hannah, "Amina", "Grace", ETHNICITY, "N")
    assert (held("Grace"), held("Amina")) == ({ETHNICITY: ("N", False, "the-person")}, {})
    with pytest.raises(NotRecorded):
        tells(people.hannah, "Amina", "Grace", ETHNICITY, "Kentish")
    refuses(people.hannah, "Amina", "Amina", ETHNICITY, said="N", source=ACQUAINTANCE)
    definition = cast.definition(HEALTH_VISITING)
    listing = {
        permit.clauses[permit.items.index(ETHNICITY)]
        for permit in permits_of(definition)
        if permit.act == "record" and permit.part == "child" and ETHNICITY in permit.items
    }
    assert listing == {"law.ethnic-group-of-child"}


@pytest.mark.proves("hv-3.16", breaks=records((CULTURE,), service=PAIRS, parts=("parent",)))
def test_culture_is_in_the_persons_own_words_and_of_health_visiting_alone(people: Cast) -> None:
    tells(people.hannah, "Amina", "Grace", CULTURE, "Igbo, and Kentish by now")
    assert held("Grace") == {CULTURE: ("Igbo, and Kentish by now", False, "the-person")}
    tells(people.hannah, "Amina", "Grace", CULTURE, declined=True)
    assert held("Grace") == {CULTURE: ("", True, "the-person")}
    refuses(people.hannah, "Amina", "Grace", CULTURE, source=CLINIC)
    register(cleo_and_mia(), by=people.pia)
    refuses(people.pia, "Cleo", "Mia", CULTURE)
    assert not any(
        CULTURE in permit.items
        for permit in permits_of(cast.definition(PAIRS))
        if permit.role == "practitioner"
    )


@pytest.mark.proves("hv-3.17", breaks=records((BELIEF,), service=HEALTH_VISITING, parts=("child",)))
def test_a_parents_belief_is_taken_as_they_gave_it_and_goes_to_nobody(people: Cast) -> None:
    tells(people.hannah, "Amina", "Grace", BELIEF, "Quaker")
    tells(people.hannah, "Amina", "Grace", BELIEF, declined=True)
    assert held("Grace") == {BELIEF: ("", True, "the-person")}
    refuses(people.hannah, "Amina", "Grace", BELIEF, source=CLINIC)
    refuses(people.hannah, "Amina", "Amina", BELIEF)
    assert BELIEF not in told_items(HEALTH_VISITING)


@pytest.mark.proves(
    "hv-3.18",
    breaks=records((ORIENTATION,), service=HEALTH_VISITING, parts=("parent",), source=CLINIC),
)
def test_sexual_orientation_is_taken_from_the_person_alone_and_goes_to_nobody(people: Cast) -> None:
    for source in (CLINIC, ACQUAINTANCE, "social-care-organisation"):
        refuses(people.hannah, "Amina", "Grace", ORIENTATION, source=source)
    refuses(people.hannah, "Amina", "Amina", ORIENTATION)
    tells(people.hannah, "Amina", "Grace", ORIENTATION, "Lesbian")
    assert held("Grace") == {ORIENTATION: ("Lesbian", False, "the-person")}
    assert ORIENTATION not in told_items(HEALTH_VISITING)


@pytest.mark.proves(
    "hv-3.19",
    breaks=shows("administrator", IN_CARE, YOUNG_CARER, service=HEALTH_VISITING, parts=("parent",)),
)
def test_an_administrator_opens_no_careful_item_that_no_clause_gives_them(
    people: Cast, database: str
) -> None:
    assert careful_beyond_their_clauses(HEALTH_VISITING) == set()
    assert reports_police_as_unconfirmed(HEALTH_VISITING)
    with session(database) as raw:
        grace = person_of("Grace")
        assert raw.opens(about(grace, read=("identity.name",)), by="ada") == ""
        for item in ("media.photo", "media.video", "media.sound", IN_CARE, "circumstances.domestic-abuse"):
            assert raw.opens(about(grace, read=(item,)), by="ada") == WIDER, item


@pytest.mark.proves("hv-3.20", breaks=registers_anew)
def test_a_baby_has_a_record_before_the_number_which_is_added_without_a_second_record(people: Cast) -> None:
    baby = replace(cast.child("Edda", "Frost", 71), nhs_number="", nhs_number_status="")
    team = as_superuser("select id from staff_team where name = %s", cast.NORTH)[0][0]
    register(NewFamily(baby, (cast.adult("Freya", "Frost", 72),), team), by=people.intake, source=CLINIC)
    record = open_record(by=people.hannah, public_id=public_id_of("Edda"), purpose=HEALTH_VISITING, at=AT)
    assert (record.child.nhs_number, record.adults[0].nhs_number) == ("", number(72))
    change_details(
        by=people.hannah,
        public_id=public_id_of("Edda"),
        about=public_id_of("Edda"),
        purpose=HEALTH_VISITING,
        said=replace(baby, nhs_number=number(73), nhs_number_status="02"),
        at=AT,
    )
    assert as_superuser(
        "select p.id, i.number from record_person p join record_nhs_number i on i.person_id = p.id"
        " join record_name n on n.person_id = p.id where n.given = 'Edda'"
    ) == [(record.child.person, number(73))]
    listing = {
        permit.clauses[permit.items.index("identity.nhs-number")]
        for permit in permits_of(cast.definition(HEALTH_VISITING))
        if permit.act == "record" and permit.part == "child" and "identity.nhs-number" in permit.items
    }
    assert listing == {"law.nhs-number"}


@pytest.mark.proves("hv-3.25", breaks=records((YOUNG_CARER,), service=PAIRS, parts=("parent",)))
def test_ever_in_care_and_young_carer_are_of_a_parent_and_of_health_visiting_alone(people: Cast) -> None:
    for kind in (IN_CARE, YOUNG_CARER):
        tells(people.hannah, "Amina", "Grace", kind)
        refuses(people.hannah, "Amina", "Amina", kind)
    refuses(people.hannah, "Amina", "Grace", LOOKED_AFTER, purpose="keep-safe")
    tells(
        people.hannah, "Amina", "Amina", LOOKED_AFTER, purpose="keep-safe", source="social-care-organisation"
    )
    assert (held("Grace").keys(), held("Amina").keys()) == ({IN_CARE, YOUNG_CARER}, {LOOKED_AFTER})
    register(cleo_and_mia(), by=people.pia)
    for kind in (IN_CARE, YOUNG_CARER, LOOKED_AFTER):
        refuses(people.pia, "Cleo", "Mia", kind)
        refuses(people.pia, "Cleo", "Cleo", kind, purpose="keep-safe")
