"""Why each service may use what it knows: a closed list of purposes, each on a legal basis."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kept.ledger.entries import Refused
from kept.notices import purposes, telling
from kept.notices.checks import grounds
from kept.notices.checks.check import check
from kept.notices.decision import Outcome
from kept.notices.definition import Clause
from kept.notices.means import Tell
from kept.notices.questions import may_collect, may_see, may_tell
from kept.record.reads import open_record
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import WIDER, about, session
from tests.statements.breaking import asks_no_reason, gives, in_the_database, tells_for_any_purpose
from tests.statements.situations import TODAY, asker, cleo_and_mia, register, with_basis

NAME = frozenset({"identity.name"})
CLOSED = "why.only-these"
Break = Callable[[pytest.MonkeyPatch], None]


def opens_for(purpose: str, *, role: str = "practitioner", standing: tuple[str, ...] = ("team",)) -> Break:
    """Break: a record opens under this purpose."""

    def breaks(patch: pytest.MonkeyPatch) -> None:
        gives(patch, role=role, standing=standing, parts=["child"], purpose=purpose, items=NAME)

    return breaks


def needs_no_basis(patch: pytest.MonkeyPatch) -> None:
    """Break: any purpose counts as one with a basis in law."""
    for module in (purposes, grounds):
        patch.setattr(module, "grounds_of", lambda definition, use, on: iter(("article-6", "article-9")))


def takes_any_reason(patch: pytest.MonkeyPatch) -> None:
    """Break: no reason is as good as one."""
    says = telling._says

    def unreasoned(clause: Clause, tell: Tell, asked: telling._Telling, item: str) -> str:
        return says(clause, tell, replace(asked, reason="any"), item)

    patch.setattr(telling, "_says", unreasoned)


@pytest.mark.proves("pairs-2.01", breaks=needs_no_basis)
@pytest.mark.parametrize("purpose", ["parent-infant-relationship", "help-and-support", "keep-safe"])
def test_pairs_does_nothing_for_a_purpose_that_has_no_basis_in_law(purpose: str) -> None:
    by = asker("practitioner", PAIRS)
    whom = {"by": by, "standing": "team", "part": "child", "items": NAME, "purpose": purpose, "on": TODAY}
    assert may_see(cast.definition(PAIRS), **whom)
    baseless = with_basis(PAIRS, purpose=purpose, basis="article-9.health-care")
    assert may_see(baseless, **whom).rests_on == (CLOSED,)
    assert ("no-legal-basis", purpose) in {
        (found.code, found.words.split("“")[1].split("”")[0])
        for found in check(baseless, on=TODAY)
        if "“" in found.words
    }


@pytest.mark.proves("hv-2.01", breaks=needs_no_basis)
@pytest.mark.parametrize(
    ("purpose", "recipient"),
    [("national-return", "national-data-set"), ("care-record", "shared-care-record")],
)
def test_the_return_and_the_care_record_need_a_legal_basis_of_their_own(purpose: str, recipient: str) -> None:
    by = asker("practitioner", HEALTH_VISITING)
    telling = {"by": by, "recipient": recipient, "part": "child", "items": frozenset({"identity.date-of-birth"}),
               "purpose": purpose, "reason": "due", "on": TODAY}  # fmt: skip
    assert may_tell(cast.definition(HEALTH_VISITING), **telling).outcome in (Outcome.MAY, Outcome.MUST)
    baseless = with_basis(HEALTH_VISITING, purpose=purpose, basis="article-9.health-care")
    assert may_tell(baseless, **telling).rests_on == (CLOSED,)


@pytest.mark.proves("pairs-3.19", breaks=in_the_database(opens_for("")))
def test_pairs_opens_a_record_for_its_own_purpose_and_never_for_none(people: Cast, database: str) -> None:
    register(cleo_and_mia(), by=people.pia)
    cleo = public_id_of("Cleo")
    assert open_record(by=people.pia, public_id=cleo, purpose=PAIRS, at=AT).child.given == "Cleo"
    with session(database) as raw:
        none = raw.opens(about(person_of("Cleo"), read=("identity.name",)), by="pia", purpose="")
    with pytest.raises(Refused) as refused:
        open_record(by=people.pia, public_id=cleo, purpose="", at=AT)
    assert (none, refused.value.decision.rests_on) == (WIDER, (CLOSED,))
    assert as_superuser("select count(*) from ledger_entry where purpose = '' and outcome = 'may'") == [(0,)]


@pytest.mark.proves("hv-3.28", breaks=in_the_database(opens_for(PAIRS)))
def test_health_visiting_opens_a_record_for_its_own_purpose_and_not_for_one_of_pairs(
    people: Cast, database: str
) -> None:
    amina = public_id_of("Amina")
    assert (
        open_record(by=people.hannah, public_id=amina, purpose=HEALTH_VISITING, at=AT).child.given == "Amina"
    )
    with session(database) as raw:
        theirs = raw.opens(about(person_of("Amina"), read=("identity.name",)), purpose=PAIRS)
    with pytest.raises(Refused) as refused:
        open_record(by=people.hannah, public_id=amina, purpose=PAIRS, at=AT)
    assert (theirs, refused.value.decision.rests_on) == (WIDER, (CLOSED,))


@pytest.mark.proves(
    "pairs-3.20",
    breaks=in_the_database(opens_for("help-and-support", role="privacy-officer", standing=("service",))),
)
def test_help_and_support_is_for_those_who_help_and_for_no_officer(people: Cast, database: str) -> None:
    register(cleo_and_mia(), by=people.pia)
    cleo, purpose = public_id_of("Cleo"), "help-and-support"
    assert open_record(by=people.pia, public_id=cleo, purpose=purpose, at=AT).child.given == "Cleo"
    with session(database) as raw:
        officer = raw.opens(about(person_of("Cleo"), read=("identity.name",)), by="paul", purpose=purpose)
    with pytest.raises(Refused):
        open_record(by=people.paul, public_id=cleo, purpose=purpose, at=AT)
    assert officer == WIDER


def told_for(service: str, purpose: str) -> Outcome:
    """What is said to telling a GP a name, with a reason, for one purpose alone."""
    decision = may_tell(
        cast.definition(service),
        by=asker("practitioner", service),
        recipient="gp",
        part="child",
        items=NAME,
        purpose=purpose,
        reason="The family asked for help.",
        on=TODAY,
    )
    return decision.outcome


def seen_for(service: str, purpose: str) -> bool:
    by = asker("practitioner", service)
    return bool(
        may_see(
            cast.definition(service),
            by=by,
            standing="team",
            part="child",
            items=NAME,
            purpose=purpose,
            on=TODAY,
        )
    )


@pytest.mark.proves("pairs-3.21", breaks=tells_for_any_purpose)
def test_to_understand_circumstances_pairs_reads_and_tells_nobody() -> None:
    assert seen_for(PAIRS, "understand-circumstances")
    assert told_for(PAIRS, "understand-circumstances") is Outcome.MUST_NOT
    assert told_for(PAIRS, "help-and-support") is Outcome.ASK


@pytest.mark.proves("hv-3.30", breaks=tells_for_any_purpose)
def test_to_understand_needs_health_visiting_reads_and_tells_nobody() -> None:
    assert seen_for(HEALTH_VISITING, "understand-needs")
    assert told_for(HEALTH_VISITING, "understand-needs") is Outcome.MUST_NOT
    assert told_for(HEALTH_VISITING, "health-visiting") is Outcome.MAY


@pytest.mark.proves("pairs-3.22", breaks=takes_any_reason)
def test_to_keep_a_child_safe_pairs_may_tell_unasked_but_never_without_a_reason() -> None:
    def told(reason: str) -> tuple[Outcome, tuple[str, ...]]:
        decision = may_tell(
            cast.definition(PAIRS),
            by=asker("safeguarding-lead", PAIRS),
            recipient="council-safeguarding",
            part="child",
            items=NAME,
            purpose="keep-safe",
            reason=reason,
            on=TODAY,
        )
        return decision.outcome, decision.owed

    outcome, owed = told("A bruise that nobody could explain.")
    assert outcome in (Outcome.MAY, Outcome.MUST)
    assert "ask" not in owed
    assert [told(blank)[0] for blank in ("", " ", "\t\n")] == [Outcome.MUST_NOT] * 3
    assert "reason" in told("")[1]


@pytest.mark.proves("hv-3.31", breaks=in_the_database(asks_no_reason))
def test_the_safeguarding_lead_reads_about_every_adult_with_a_reason_and_about_nobody_without(
    people: Cast, database: str
) -> None:
    items = frozenset({"identity.name", "contact.phone"})
    with session(database) as raw:
        for part, person in (("child", person_of("Amina")), ("parent", person_of("Grace"))):
            read = items if part == "parent" else NAME
            asked = about(person, read=tuple(sorted(read)))
            said = {"by": people.sefi, "standing": "service", "part": part, "items": read,
                    "purpose": "keep-safe", "on": TODAY}  # fmt: skip
            definition = cast.definition(HEALTH_VISITING)
            assert may_see(definition, **said, reason="Grace has a new partner.").allowed == read
            assert raw.opens(asked, by="sefi", purpose="keep-safe", reason="Grace has a new partner.") == ""
            assert "reason" in may_see(definition, **said).owed
            assert raw.opens(asked, by="sefi", purpose="keep-safe") == WIDER


def answers(service: str, purpose: str) -> set[tuple[Outcome, str]]:
    """What is said to seeing, writing down, telling and counting for a purpose, and under which clause."""
    definition, by = cast.definition(service), asker("practitioner", service)
    whom = {"by": by, "part": "child", "items": NAME, "purpose": purpose, "on": TODAY}
    said = (
        may_see(definition, **whom, standing="team"),
        may_collect(definition, **whom, standing="team", source="the-person"),
        may_tell(definition, **whom, recipient="gp", reason="They asked."),
    )
    return {(decision.outcome, decision.rests_on[0]) for decision in said}


@pytest.mark.proves("pairs-3.25", breaks=opens_for("marketing"))
def test_pairs_refuses_a_purpose_off_its_list_by_the_clause_that_closes_it() -> None:
    assert answers(PAIRS, "help-and-support") != {(Outcome.MUST_NOT, CLOSED)}
    for purpose in ("marketing", "research", "health-visiting"):
        assert answers(PAIRS, purpose) == {(Outcome.MUST_NOT, CLOSED)}


@pytest.mark.proves("hv-3.35", breaks=opens_for("prove-funding"))
def test_health_visiting_refuses_a_purpose_off_its_list_by_the_clause_that_closes_it() -> None:
    assert answers(HEALTH_VISITING, "health-visiting") != {(Outcome.MUST_NOT, CLOSED)}
    for purpose in ("prove-funding", "marketing", "help-and-support"):
        assert answers(HEALTH_VISITING, purpose) == {(Outcome.MUST_NOT, CLOSED)}


@pytest.mark.parametrize("service", [HEALTH_VISITING, PAIRS])
def test_only_the_law_goes_past_the_list_and_the_answer_says_that_it_was_the_law(service: str) -> None:
    by = asker("privacy-officer", service)
    decision = may_see(
        cast.definition(service),
        by=by,
        standing="service",
        part="child",
        items=NAME,
        purpose="breach",
        on=TODAY,
    )
    assert decision.rests_on == ("law.breach",)
