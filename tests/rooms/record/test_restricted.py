"""People and addresses that must not be known: every door that stands today is tried."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from kept.database.acting import acting_as
from kept.ledger.entries import Refused, facts
from kept.notices.asker import Asker
from kept.post.outbox import Outbox
from kept.record.caseloads.reads import open_caseload
from kept.record.families.actions import NotRegistered
from kept.record.families.values import NewFamily
from kept.record.life_at_risk.actions import open_with_life_at_risk
from kept.record.looked.reads import who_has_looked
from kept.record.reads import open_record
from kept.record.restricted.actions import NotRestricted, end_restriction, may_restrict, restrict
from kept.record.restricted.reads import children_beside, open_family
from kept.record.restricted.values import NewRestriction
from kept.record.search.reads import search
from kept.record.search.values import Sought
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import WIDER, about, session
from tests.rooms.record.hiding import REFUGE, REFUGE_POSTCODE, bring_efe, hide, move_to_refuge, opened

KEEP_SAFE = "keep-safe"

OUTBOX = Outbox(settings.OUTBOX)


def knows(by: Asker, given: str) -> bool:
    return bool(facts(by=by, ids=[public_id_of(given)], at=AT))


def refused_words(by: Asker, address: UUID, purpose: str = HEALTH_VISITING) -> tuple[object, ...]:
    with CaptureQueriesContext(connections["default"]) as asked, pytest.raises(Refused) as refused:
        open_record(by=by, public_id=address, purpose=purpose, at=AT)
    decision = refused.value.decision
    return decision.outcome, decision.words, decision.rests_on, dict(decision.withheld), len(asked)


def end(people: Cast, what: str, *, given: str = "Grace", reason: str = "The court order has ended.") -> None:
    end_restriction(
        by=people.hannah,
        public_id=public_id_of("Amina"),
        purpose=HEALTH_VISITING,
        person=public_id_of(given),
        what=what,
        reason=reason,
        source="the-person",
        at=AT,
    )


def test_a_hidden_mother_stays_on_the_record_of_the_child_through_whom_it_was_said(people: Cast) -> None:
    hide(people, "person")
    (grace,) = opened(people.hannah, "Amina").adults
    assert grace.name == "Grace Okafor"
    assert [(one.what, one.reason) for one in grace.restrictions] == [
        ("person", "She fled from somebody who looks for her.")
    ]
    assert knows(people.nadia, "Grace")
    assert knows(people.ada, "Grace")


def test_a_hidden_mother_is_not_on_the_record_of_another_child(people: Cast) -> None:
    bring_efe(people)
    assert {adult.given for adult in opened(people.samuel, "Efe").adults} == {"Grace", "Obi"}
    hide(people, "person")
    efe = opened(people.samuel, "Efe")
    assert [adult.given for adult in efe.adults] == ["Obi"]
    assert "Grace" not in repr(efe)


def test_nor_is_she_on_it_where_the_same_team_looks_after_both_unless_it_was_said(people: Cast) -> None:
    bring_efe(people, name=NORTH)
    hide(people, "person")
    assert [adult.given for adult in opened(people.hannah, "Efe").adults] == ["Obi"]
    end(people, "person")
    hide(people, "person", beside=frozenset({public_id_of("Efe")}))
    assert {adult.given for adult in opened(people.hannah, "Efe").adults} == {"Grace", "Obi"}


def test_a_hidden_mother_is_unknown_to_whoever_is_not_of_her_childs_team(people: Cast) -> None:
    bring_efe(people)
    hide(people, "person")
    for by in (people.samuel, people.sefi, people.imani, people.priya, people.ana, people.ira, people.pia):
        assert not knows(by, "Grace"), by.name
    for by in (people.samuel, people.sefi, people.priya):
        assert refused_words(by, public_id_of("Grace")) == refused_words(by, uuid4()), by.name


def test_a_hidden_child_is_refused_in_the_words_and_with_the_work_that_nobody_is(people: Cast) -> None:
    hide(people, "person", given="Amina")
    assert opened(people.hannah, "Amina").child.name == "Amina Okafor"
    for by, purpose in (
        (people.samuel, HEALTH_VISITING),
        (people.sefi, KEEP_SAFE),
        (people.imani, "matching"),
    ):
        assert not knows(by, "Amina"), by.name
        assert refused_words(by, public_id_of("Amina"), purpose) == refused_words(by, uuid4(), purpose), (
            by.name
        )


def test_not_even_a_life_at_risk_opens_who_is_hidden(people: Cast) -> None:
    bring_efe(people)
    hide(people, "person")
    hide(people, "person", given="Amina")
    words = set()
    for address in (public_id_of("Amina"), uuid4()):
        with pytest.raises(Refused) as refused:
            open_with_life_at_risk(
                by=people.samuel,
                public_id=address,
                reason="She does not answer.",
                confirmed_at=AT,
                outbox=OUTBOX,
                at=AT,
            )
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1
    seen = open_with_life_at_risk(
        by=people.hannah,
        public_id=public_id_of("Efe"),
        reason="He does not answer.",
        confirmed_at=AT,
        outbox=OUTBOX,
        at=AT,
    )
    assert [adult.given for adult in seen.adults] == ["Obi"]


def test_a_hidden_child_is_on_no_other_caseload_and_counts_in_none(people: Cast) -> None:
    before = open_caseload(by=people.samuel, purpose=HEALTH_VISITING, at=AT)
    hide(people, "person", given="Amina")
    assert open_caseload(by=people.samuel, purpose=HEALTH_VISITING, at=AT) == before
    mine = open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT)
    assert "Amina Okafor" in [one.child.name for one in mine.children]


def test_whoever_checks_who_has_looked_sees_no_hidden_name(people: Cast) -> None:
    hide(people, "person")
    hide(people, "person", given="Amina")
    opened(people.hannah, "Amina")
    page = who_has_looked(by=people.priya, at=AT)
    assert page.in_all > 2
    assert not any("Amina" in repr(entry) or "Grace" in repr(entry) for entry in page.entries)
    with pytest.raises(Refused):
        who_has_looked(by=people.priya, public_id=public_id_of("Amina"), at=AT)


def test_raw_sql_finds_a_hidden_mother_no_more_than_a_page_does(people: Cast, database: str) -> None:
    bring_efe(people)
    hide(people, "person")
    hide(people, "address")
    grace, efe = person_of("Grace"), person_of("Efe")
    with session(database) as raw:
        assert raw.opens(about(grace, read=("identity.name",)), by="samuel") == WIDER
        assert raw.opens(about(grace, read=("care.restriction",)), by="sefi", reason="x") == WIDER
        with raw.undone():
            raw.open(about(efe, read=("identity.name", "relationship.kind")), by="samuel")
            for table in ("record_person", "record_name", "record_relationship", "record_restriction"):
                column = "id" if table == "record_person" else "person_id"
                assert raw.rows(f"select 1 from {table} where {column} = %s", grace) == []
        for function in ("is_restricted(1, '2026-11-22')", "is_hidden_beside(1, 1, 'person', '2026-11-22')"):
            assert raw.told(f"select ledger.{function}") == "42501"


def test_a_hidden_address_shows_to_its_own_practitioners_alone(people: Cast, database: str) -> None:
    bring_efe(people)
    hide(people, "address")
    (grace,) = opened(people.hannah, "Amina").adults
    assert (grace.address, grace.postcode) == ("", "")
    assert (grace.restricted_address, grace.restricted_postcode) == ("1 Hopbine Lane", "CT1 1CC")
    for by, child in ((people.ada, "Amina"), (people.nadia, "Amina"), (people.samuel, "Efe")):
        (seen,) = (adult for adult in opened(by, child).adults if adult.given == "Grace")
        assert (seen.home, seen.restrictions, seen.address_is_hidden) == (("", ""), (), False), by.name
    with session(database) as raw, raw.undone():
        everything = (
            "identity.address",
            "identity.restricted-address",
            "care.restriction",
            "relationship.kind",
        )
        raw.open(
            about(person_of("Grace"), read=everything),
            about(person_of("Efe"), read=everything[:1]),
            by="samuel",
        )
        grace_lives = "select 1 from {} where person_id = %s"
        assert raw.rows(grace_lives.format("record_address"), person_of("Grace")) == []
        assert raw.rows(grace_lives.format("record_restriction"), person_of("Grace")) == []


def test_one_team_that_looks_after_both_children_sees_it_on_one_record_and_not_on_the_other(
    people: Cast,
) -> None:
    bring_efe(people, name=NORTH)
    hide(people, "address")
    (on_efes,) = (adult for adult in opened(people.hannah, "Efe").adults if adult.given == "Grace")
    assert (on_efes.home, on_efes.restrictions) == (("", ""), ())
    (on_aminas,) = opened(people.hannah, "Amina").adults
    assert on_aminas.restricted_postcode == "CT1 1CC"


def test_what_is_known_of_her_on_another_record_is_not_where_she_lives(people: Cast) -> None:
    bring_efe(people, name=NORTH)
    hide(people, "address")
    hide(people, "person", beside=frozenset({public_id_of("Efe")}))
    (on_efes,) = (adult for adult in opened(people.hannah, "Efe").adults if adult.given == "Grace")
    assert (on_efes.home, {one.what for one in on_efes.restrictions}) == (("", ""), {"person"})


def test_whoever_hides_what_is_hidden_from_them_is_shown_nothing_by_it(people: Cast) -> None:
    bring_efe(people)
    hide(people, "address")
    hide(people, "address", by=people.samuel, through="Efe")
    (seen,) = (adult for adult in opened(people.samuel, "Efe").adults if adult.given == "Grace")
    assert (seen.home, [one.what for one in seen.restrictions]) == (("", ""), ["address"])
    end_restriction(
        by=people.samuel,
        public_id=public_id_of("Efe"),
        purpose=HEALTH_VISITING,
        person=public_id_of("Grace"),
        what="address",
        reason="Said in error.",
        source="the-person",
        at=AT,
    )
    (seen,) = (adult for adult in opened(people.samuel, "Efe").adults if adult.given == "Grace")
    assert (seen.home, seen.restrictions) == (("", ""), ())
    (grace,) = opened(people.hannah, "Amina").adults
    assert grace.restricted_postcode == "CT1 1CC"
    assert grace.address_is_hidden


def test_a_message_about_somebody_hidden_brings_no_second_record_and_no_open_address(people: Cast) -> None:
    hide(people, "person")
    hide(people, "address")
    move_to_refuge(people)
    assert as_superuser("select count(*) from record_name where given = 'Grace'") == [(1,)]
    held = as_superuser(
        "select kind, until_on is null from record_address where person_id = %s order by id",
        person_of("Grace"),
    )
    assert held == [("restricted", False), ("restricted", True)]


def test_whoever_lives_with_her_has_a_hidden_address_too(people: Cast) -> None:
    hide(people, "address")
    assert opened(people.hannah, "Amina").child.restricted_postcode == "CT1 1CC"
    move_to_refuge(people)
    move_to_refuge(people, child="Dayo", number=26, born_on=AT.date())
    kinds = as_superuser("select distinct kind from record_address where postcode = %s", REFUGE_POSTCODE)
    assert kinds == [("restricted",)]
    for by in (people.ada, people.nadia, people.imani):
        for name in ("Amina", "Dayo"):
            with session_of(by, name) as seen:
                assert REFUGE not in seen, (by.name, name)
    dayo = opened(people.hannah, "Dayo")
    assert dayo.child.restricted_address == REFUGE
    assert [adult.given for adult in dayo.adults] == ["Grace"]


class session_of:  # noqa: N801 - reads as a sentence
    """What somebody sees of a child's record, in one string; nothing where they are refused."""

    def __init__(self, by: Asker, given: str) -> None:
        self.by, self.given = by, given

    def __enter__(self) -> str:
        try:
            return repr(opened(self.by, self.given))
        except Refused:
            return ""

    def __exit__(self, *_: object) -> None:
        pass


def test_a_number_that_a_hidden_person_holds_does_not_fit_and_no_more_is_said(people: Cast) -> None:
    hide(people, "person")
    mother = cast.adult("Grace", "Okafor", 2)
    family = NewFamily(cast.child("Gift", "Stone", 27), (mother,), 1)
    with acting_as("intake"), pytest.raises(NotRegistered) as asked:
        cast.register(by=people.imani, family=family)
    assert asked.value.reasons == ("number-held-by-another",)


def test_nobody_restricts_or_opens_the_page_beyond_the_team(people: Cast) -> None:
    new = NewRestriction(public_id_of("Grace"), "person", "Because.")
    amina = public_id_of("Amina")
    for by in (people.samuel, people.ada, people.nadia, people.sefi, people.imani, people.priya, people.pia):
        with pytest.raises(Refused):
            restrict(by=by, public_id=amina, purpose=by.service, new=new, source="the-person", at=AT)
        with pytest.raises(Refused):
            open_family(by=by, public_id=amina, purpose=by.service, at=AT)
    assert as_superuser("select count(*) from record_restriction") == [(0,)]
    assert may_restrict(by=people.hannah, purpose=HEALTH_VISITING, at=AT)
    assert not may_restrict(by=people.ada, purpose=HEALTH_VISITING, at=AT)


def test_somebody_of_another_family_is_refused_like_nobody(people: Cast) -> None:
    words = set()
    for address in (public_id_of("Nils"), uuid4()):
        new = NewRestriction(address, "person", "Because.")
        with pytest.raises(Refused) as refused:
            restrict(
                by=people.hannah,
                public_id=public_id_of("Amina"),
                purpose=HEALTH_VISITING,
                new=new,
                source="the-person",
                at=AT,
            )
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1


@pytest.mark.parametrize(
    ("what", "reason", "field"),
    [("", "Because.", "what"), ("person", " \n", "reason"), ("address", "x" * 2001, "reason")],
)
def test_what_is_incomplete_is_said_and_nothing_is_written(
    people: Cast, what: str, reason: str, field: str
) -> None:
    new = NewRestriction(public_id_of("Grace"), what, reason)
    with pytest.raises(NotRestricted) as wrong:
        restrict(
            by=people.hannah,
            public_id=public_id_of("Amina"),
            purpose=HEALTH_VISITING,
            new=new,
            source="the-person",
            at=AT,
        )
    assert list(wrong.value.faults) == [field]


def test_it_is_written_who_said_it_when_and_under_which_entry_and_clause(people: Cast) -> None:
    hide(people, "address")
    hide(people, "address")
    held = as_superuser(
        "select distinct r.account, r.from_on, r.until_on, e.act, e.clauses && array['see.hidden']"
        " from record_restriction r join ledger_entry e on e.id = r.entry_id"
    )
    assert held == [(people.hannah.account, AT.date(), None, "restrict a person or an address", True)]


def test_what_has_ended_is_kept_and_the_address_is_shown_again(people: Cast) -> None:
    bring_efe(people)
    hide(people, "person")
    hide(people, "address")
    end(people, "address")
    end(people, "address", given="Amina")
    end(people, "person")
    (grace,) = opened(people.hannah, "Amina").adults
    assert (grace.postcode, grace.restrictions) == ("CT1 1CC", ())
    assert {adult.given for adult in opened(people.samuel, "Efe").adults} == {"Grace", "Obi"}
    assert as_superuser("select count(*), count(until_on) from record_restriction") == [(3, 3)]
    ended = as_superuser("select distinct reason from ledger_entry where act = 'end a restriction'")
    assert ended == [("The court order has ended.",)]


def test_only_the_children_of_the_askers_teams_are_offered(people: Cast) -> None:
    bring_efe(people)
    grace = person_of("Grace")
    assert [one.public_id for one in children_beside(by=people.hannah, persons=[grace], at=AT)] == [
        public_id_of("Amina")
    ]
    hide(people, "person")
    assert children_beside(by=people.samuel, persons=[grace], at=AT) == ()


@pytest.mark.parametrize("given", ["Grace", "Amina"])
def test_no_search_finds_who_is_hidden(people: Cast, given: str) -> None:
    bring_efe(people)
    sought = Sought(name=f"{given} Okafor")
    for by in (people.hannah, people.samuel, people.imani):
        assert given == "Amina" or search(by=by, sought=sought, purpose=HEALTH_VISITING, at=AT).people
    hide(people, "person", given=given)
    for by in (people.hannah, people.samuel, people.imani, people.nadia, people.ada):
        found = search(by=by, sought=sought, purpose=HEALTH_VISITING, at=AT)
        assert found == search(by=by, sought=Sought(name="Nobody Atall"), purpose=HEALTH_VISITING, at=AT)
    beside = search(by=people.hannah, sought=Sought(name="Okafor"), purpose=HEALTH_VISITING, at=AT)
    assert given not in repr(beside)


def test_no_search_finds_by_a_hidden_address(people: Cast) -> None:
    hide(people, "address")
    move_to_refuge(people)
    for postcode in (REFUGE_POSTCODE, "CT1 1CC"):
        for by in (people.hannah, people.ada, people.imani):
            assert (
                search(by=by, sought=Sought(postcode=postcode), purpose=HEALTH_VISITING, at=AT).people == ()
            )
