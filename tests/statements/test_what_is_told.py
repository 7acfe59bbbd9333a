"""What families tell of their background, health and lives: each item about whom the notice says, and nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kept.ledger.entries import Refused
from kept.notices import telling
from kept.notices.asker import Asker
from kept.notices.definition import Clause, Definition
from kept.notices.means import Tell
from kept.notices.questions import may_collect, may_tell
from kept.record.circumstances.actions import NotRecorded, offered, record_circumstance
from kept.record.circumstances.values import NewCircumstance
from kept.record.reads import open_record
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.statements.situations import TODAY, asker, cleo_and_mia, register
from tests.statements.test_what_we_hold import SOCIAL_CARE, hears_nothing_from_social_care, records

CHILD_OF = {"Mia": "Cleo", "Cleo": "Cleo", "Grace": "Amina", "Amina": "Amina"}
# A fault of the database's: what a mother says of herself is written down about her child too.
COPIES = """
create function public.copies() returns trigger language plpgsql security definer as $$
begin
    insert into record_circumstance (person_id, kind, said, declined, from_on, service, entry_id, definition_id, source,
                                     recorded_at)
    select r.child_id, new.kind, new.said, new.declined, new.from_on, new.service, new.entry_id, new.definition_id,
           new.source, new.recorded_at
    from record_relationship r where r.person_id = new.person_id;
    return new;
end $$;
alter function public.copies() owner to kept_guard;
grant insert on record_circumstance to kept_guard;
grant usage on sequence record_circumstance_id_seq to kept_guard;
create trigger copies after insert on record_circumstance for each row execute function public.copies()
"""


def copies_to_the_child(patch: pytest.MonkeyPatch) -> None:
    """Break: what a mother says of herself is filled in for her child."""
    as_superuser(COPIES)


def tells_what_no_list_holds(patch: pytest.MonkeyPatch) -> None:
    """Break: whoever may be told something may be told anything."""
    original = telling._offers

    def offers(definition: Definition, one: Any) -> Iterator[tuple[Clause, Tell]]:
        for clause, tell in original(definition, one):
            yield clause, replace(tell, items=tuple(definition.vocabulary.items))

    patch.setattr(telling, "_offers", offers)


def told_to(item: str, *, service: str) -> set[str]:
    """To whom this service may tell an item about a parent, for any purpose at all."""
    definition = cast.definition(service)
    return {
        recipient
        for recipient in definition.recipients
        for purpose in definition.vocabulary.purposes
        if item
        in may_tell(
            definition,
            by=asker("practitioner", service),
            recipient=recipient,
            part="parent",
            items=frozenset({item}),
            purpose=purpose,
            reason="They asked for it.",
            on=TODAY,
        ).allowed
    }


@pytest.fixture
def pia(people: Cast) -> Asker:
    """Who looks after Cleo and her mother Mia, in the Parent and Infant Relationship Service."""
    register(cleo_and_mia(), by=people.pia)
    return people.pia


def tells(by: Asker, of: str, kind: str, said: str = "As they said it.", **more: Any) -> None:
    record_circumstance(
        by=by,
        public_id=public_id_of(CHILD_OF[of]),
        about=public_id_of(of),
        purpose=by.service,
        new=NewCircumstance(kind, "" if more.get("declined") else said, **more),
        at=AT,
    )


def held(of: str) -> list[tuple]:
    return as_superuser(
        "select kind, said, declined, source from record_circumstance where person_id = %s and until_on is null"
        " order by id",
        person_of(of),
    )


def refused(by: Asker, of: str, kind: str, **more: Any) -> str:
    """The clause that refuses to write it down."""
    with pytest.raises(Refused) as refusal:
        tells(by, of, kind, **more)
    return refusal.value.decision.withheld.get(kind, "") or refusal.value.decision.rests_on[0]


def kinds(by: Asker, part: str) -> set[str]:
    return {one.kind for one in offered(by=by, part=part, standing="team", purpose=by.service, on=TODAY)}


@pytest.mark.proves("pairs-3.05", breaks=records(("health.facts",), service=PAIRS, parts=("other-child",)))
def test_health_is_written_down_about_the_parent_and_the_infant_and_nobody_else(pia: Asker) -> None:
    health = ("health.facts", "health.disability", "health.special-educational-need",
              "health.long-term-condition")  # fmt: skip
    for kind in health:
        tells(pia, "Mia", kind, source="health-organisation")
        tells(pia, "Cleo", kind)
    tells(pia, "Mia", "health.pregnancy")
    assert {row[0] for row in held("Mia")} == {*health, "health.pregnancy"}
    assert {row[3] for row in held("Mia")} == {"health-organisation", "the-person"}
    definition = cast.definition(PAIRS)
    for part in ("other-child", "relative"):
        decision = may_collect(
            definition,
            by=pia,
            standing="team",
            part=part,
            items=frozenset(health),
            purpose=PAIRS,
            source="the-person",
            on=TODAY,
        )
        assert not decision


@pytest.mark.proves("pairs-3.07", breaks=records(("background.ethnicity",), service=PAIRS, parts=("child",)))
def test_an_ethnic_group_is_of_the_national_list_and_of_the_parent_alone(pia: Asker) -> None:
    tells(pia, "Mia", "background.ethnicity", "G")
    with pytest.raises(NotRecorded):
        tells(pia, "Mia", "background.ethnicity", "Kentish")
    tells(pia, "Mia", "background.ethnicity", "Z")
    assert held("Mia") == [("background.ethnicity", "Z", False, "the-person")]
    assert refused(pia, "Cleo", "background.ethnicity", said="G")
    assert held("Cleo") == []


@pytest.mark.proves("pairs-3.08", breaks=records(("background.religion",), service=PAIRS, parts=("child",)))
def test_a_belief_is_as_its_owner_gave_it_or_did_not(pia: Asker) -> None:
    tells(pia, "Mia", "background.religion", "A Quaker, more or less")
    tells(pia, "Mia", "background.religion", declined=True)
    assert held("Mia") == [("background.religion", "", True, "the-person")]
    assert refused(pia, "Cleo", "background.religion")


@pytest.mark.proves(
    "pairs-3.09",
    breaks=records(
        ("background.sexual-orientation",), service=PAIRS, parts=("parent",), source="health-organisation"
    ),
)
def test_sexual_orientation_is_believed_of_its_owner_alone(pia: Asker) -> None:
    for source in ("health-organisation", "someone-who-knows-them", "social-care-organisation"):
        assert refused(pia, "Mia", "background.sexual-orientation", source=source)
    assert refused(pia, "Cleo", "background.sexual-orientation")
    tells(pia, "Mia", "background.sexual-orientation", "Bisexual")
    assert held("Mia") == [("background.sexual-orientation", "Bisexual", False, "the-person")]


@pytest.mark.proves(
    "pairs-3.17",
    breaks=records(("circumstances.money",), service=HEALTH_VISITING, parts=("parent",)),
)
def test_money_and_housing_are_two_items_of_one_service(people: Cast, pia: Asker) -> None:
    tells(pia, "Mia", "circumstances.money", "Behind with the rent", source="someone-who-knows-them")
    tells(pia, "Mia", "circumstances.housing", "One room for five", since_on=TODAY)
    record = open_record(by=pia, public_id=public_id_of("Cleo"), purpose=PAIRS, at=AT)
    assert [(one.kind, one.source, one.recorded_on) for one in record.circumstances[person_of("Mia")]] == [
        ("circumstances.housing", "the-person", TODAY),
        ("circumstances.money", "someone-who-knows-them", TODAY),
    ]
    for kind in ("circumstances.money", "circumstances.housing"):
        assert kind not in kinds(people.hannah, "parent")
        assert refused(people.hannah, "Grace", kind)


@pytest.mark.proves(
    "hv-3.13", breaks=records(("health.disability",), service=HEALTH_VISITING, parts=("relative",))
)
def test_a_disability_is_of_child_or_parent_and_changes_no_format(people: Cast) -> None:
    for of in ("Grace", "Amina"):
        tells(people.hannah, of, "health.disability", "Deaf in one ear", source="health-organisation")
        tells(people.hannah, of, "health.long-term-condition", "Asthma")
    assert [row[0] for row in held("Grace")] == ["health.disability", "health.long-term-condition"]
    tells(people.hannah, "Grace", "needs.communication", "Speak to her left side")
    assert "needs.communication" in {row[0] for row in held("Grace")}
    assert not kinds(people.hannah, "relative") & {"health.disability", "health.long-term-condition"}


@pytest.mark.proves("hv-3.15", breaks=copies_to_the_child)
def test_a_childs_ethnic_group_is_never_the_mothers_filled_in(people: Cast) -> None:
    tells(people.hannah, "Grace", "background.ethnicity", "N")
    assert held("Amina") == []
    tells(people.hannah, "Amina", "background.ethnicity", "F")
    assert (held("Grace")[0][1], held("Amina")[0][1]) == ("N", "F")
    (child, mother) = (
        may_collect(
            cast.definition(HEALTH_VISITING),
            by=people.hannah,
            standing="team",
            part=part,
            items=frozenset({"background.ethnicity"}),
            purpose=HEALTH_VISITING,
            source="the-person",
            on=TODAY,
        ).rests_on
        for part in ("child", "parent")
    )
    assert child[0].startswith("law.")
    assert not mother[0].startswith("law.")


@pytest.mark.proves("hv-3.16", breaks=records(("background.culture",), service=PAIRS, parts=("parent",)))
def test_culture_is_in_the_persons_own_words_and_of_one_service(people: Cast, pia: Asker) -> None:
    tells(people.hannah, "Grace", "background.culture", "Igbo, and Margate")
    assert held("Grace") == [("background.culture", "Igbo, and Margate", False, "the-person")]
    tells(people.hannah, "Grace", "background.culture", declined=True)
    assert held("Grace") == [("background.culture", "", True, "the-person")]
    assert "background.culture" not in kinds(pia, "parent")
    assert refused(pia, "Mia", "background.culture")


@pytest.mark.proves(
    "hv-3.25", breaks=records(("circumstances.young-carer",), service=PAIRS, parts=("parent",))
)
def test_ever_in_care_and_young_carer_are_facts_about_a_parent_in_one_service(
    people: Cast, pia: Asker
) -> None:
    two = {"circumstances.ever-in-care", "circumstances.young-carer"}
    for kind in sorted(two):
        tells(people.hannah, "Grace", kind)
        assert refused(people.hannah, "Amina", kind)
        assert refused(pia, "Mia", kind)
    assert {row[0] for row in held("Grace")} == two
    looked_after = "circumstances.looked-after"
    assert looked_after not in kinds(pia, "child")
    assert refused(pia, "Cleo", looked_after)


@pytest.mark.proves("hv-3.17", breaks=tells_what_no_list_holds)
def test_a_belief_stays_where_it_was_told(people: Cast) -> None:
    tells(people.hannah, "Grace", "background.religion", "A Quaker, more or less")
    tells(people.hannah, "Grace", "background.religion", declined=True)
    assert held("Grace") == [("background.religion", "", True, "the-person")]
    assert told_to("background.religion", service=HEALTH_VISITING) == set()
    assert told_to("identity.name", service=HEALTH_VISITING)


@pytest.mark.proves("hv-3.18", breaks=tells_what_no_list_holds)
def test_sexual_orientation_is_of_its_owners_word_and_goes_to_nobody(people: Cast) -> None:
    assert refused(people.hannah, "Grace", "background.sexual-orientation", source="health-organisation")
    tells(people.hannah, "Grace", "background.sexual-orientation", "Lesbian")
    assert held("Grace") == [("background.sexual-orientation", "Lesbian", False, "the-person")]
    assert told_to("background.sexual-orientation", service=HEALTH_VISITING) == set()


@pytest.mark.proves("hv-3.27", breaks=hears_nothing_from_social_care)
def test_what_social_care_says_is_written_down_in_one_service_and_not_in_the_other(
    people: Cast, pia: Asker
) -> None:
    tells(people.hannah, "Grace", "health.facts", "Sees a counsellor", source=SOCIAL_CARE)
    assert held("Grace") == [("health.facts", "Sees a counsellor", False, SOCIAL_CARE)]
    assert refused(pia, "Mia", "health.facts", source=SOCIAL_CARE)
    assert held("Mia") == []
