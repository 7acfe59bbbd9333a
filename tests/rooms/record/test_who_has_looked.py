"""Who has looked, and why: the controller's privacy officer sees all of it, and is seen to have looked."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from kept.ledger.entries import Refused
from kept.record.caseloads.reads import open_caseload
from kept.record.looked.reads import Looked, Sought, who_has_looked
from kept.record.reads import open_record
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, public_id_of


def everything(by: object, **how: object) -> tuple[Looked, ...]:
    return who_has_looked(by=by, at=AT, **how).entries  # type: ignore[arg-type]


def opens(by: object, given: str, *, refused: bool = False) -> None:
    address = public_id_of(given) if given else uuid4()
    if refused:
        with pytest.raises(Refused):
            open_record(by=by, public_id=address, purpose=by.service, at=AT)  # type: ignore[arg-type, attr-defined]
    else:
        open_record(by=by, public_id=address, purpose=by.service, at=AT)  # type: ignore[arg-type, attr-defined]


@pytest.mark.proves("hv-2.01")
def test_the_privacy_officer_sees_every_entry_and_whom_it_is_about(people: Cast) -> None:
    opens(people.hannah, "Amina")
    opens(people.samuel, "Amina", refused=True)
    opens(people.samuel, "", refused=True)
    itself, invented, refused, opened, *registered = everything(people.priya)
    assert (itself.account, itself.act) == (people.priya.account, "see who has looked")
    assert (opened.account, opened.role, opened.act, opened.purpose, opened.outcome) == (
        people.hannah.account, "practitioner", "open a record", HEALTH_VISITING, "may"
    )  # fmt: skip
    assert {one.name for one in opened.subjects} == {"Amina Okafor", "Grace Okafor"}
    assert (refused.account, refused.outcome) == (people.samuel.account, "must not")
    assert [one.name for one in refused.subjects] == ["Amina Okafor"]
    assert (invented.outcome, invented.subjects) == ("must not", ())
    assert [one.process for one in registered] == ["intake", "intake"]


def test_each_entry_rests_on_clauses_in_their_own_words(people: Cast) -> None:
    opens(people.hannah, "Amina")
    (_, opened, *_) = everything(people.priya)
    clauses = dict(opened.clauses)
    assert clauses["see.team-child"] == "Your health visiting team can see your child's record and add to it."
    assert all(words for words in clauses.values())


def test_looking_is_an_entry_too(people: Cast) -> None:
    everything(people.priya)
    _, names, looked, *_ = everything(people.priya)
    assert (names.act, looked.act) == ("see whom entries name", "see who has looked")
    assert looked.account == names.account == people.priya.account
    assert looked.purpose == "audit"
    assert {one.name for one in names.subjects} == {
        "Amina Okafor",
        "Grace Okafor",
        "Bo Larsen",
        "Nils Larsen",
    }


def test_about_one_person_it_shows_every_entry_that_names_them(people: Cast) -> None:
    """Also those of the other service: whoever of it asked for the address is named to the one whose family it is."""
    opens(people.hannah, "Amina")
    opens(people.samuel, "Bo")
    opens(people.pia, "Amina", refused=True)
    open_caseload(by=people.nadia, purpose=HEALTH_VISITING, at=AT)
    page = who_has_looked(by=people.priya, public_id=public_id_of("Amina"), at=AT)
    assert page.name == "Amina Okafor"
    asked = [(one.account, one.act) for one in page.entries]
    assert asked == [
        (people.priya.account, "see who has looked"),
        (people.nadia.account, "open a caseload"),
        (people.pia.account, "open a record"),
        (people.hannah.account, "open a record"),
        (None, "register a family"),
    ]


@pytest.mark.proves("hv-2.02")
@pytest.mark.parametrize("name", ["hannah", "nadia", "ada", "sefi", "imani", "ana"])
def test_nobody_else_sees_it(people: Cast, name: str) -> None:
    by = getattr(people, name)
    addresses: tuple[UUID | None, ...] = (None, public_id_of("Amina"), uuid4())
    for address in addresses:
        with pytest.raises(Refused):
            who_has_looked(by=by, public_id=address, at=AT)
    named = as_superuser(
        "select count(s.id) from ledger_entry e left join ledger_subject s on s.entry_id = e.id"
        " where e.account = %s and e.outcome = 'must not' group by e.id order by e.id",
        by.account,
    )
    assert named == [(0,), (1,), (0,)]


@pytest.mark.proves("pairs-2.02")
def test_another_services_officer_sees_nothing_of_it(people: Cast) -> None:
    opens(people.hannah, "Amina")
    opens(people.pia, "Amina", refused=True)
    (_, *found) = everything(people.paul)
    assert [(one.account, one.subjects[0].name if one.subjects else "") for one in found] == [
        (people.pia.account, "")
    ]
    words = set()
    for address in (public_id_of("Amina"), uuid4()):
        with pytest.raises(Refused) as refused:
            who_has_looked(by=people.paul, public_id=address, at=AT)
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1


def test_an_entry_that_names_somebody_of_another_service_shows_no_name(people: Cast) -> None:
    """A health visitor asked for an address of PAIRS: their officer sees that, and not whose address it was."""
    opens(people.pia, "Amina", refused=True)
    (_, asked) = everything(people.paul)
    assert [(one.public_id, one.name) for one in asked.subjects] in ([], [(None, "")])


def test_what_is_sought_is_found(people: Cast) -> None:
    opens(people.hannah, "Amina")
    opens(people.samuel, "Bo")
    opens(people.samuel, "Amina", refused=True)
    today = AT.date()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)

    def accounts(**sought: object) -> list[int | None]:
        found = everything(people.priya, sought=Sought(**sought))  # type: ignore[arg-type]
        return [one.account for one in found if one.act == "open a record"]

    hannah, samuel = people.hannah.account, people.samuel.account
    assert accounts() == [samuel, samuel, hannah]
    assert accounts(account=samuel) == [samuel, samuel]
    assert accounts(account=samuel, outcome="must not") == [samuel]
    assert accounts(purpose=HEALTH_VISITING, outcome="may") == [samuel, hannah]
    assert accounts(purpose=PAIRS) == []
    assert len(accounts(from_on=today, until_on=today)) == 3
    assert accounts(until_on=yesterday) == accounts(from_on=tomorrow) == []


def test_there_are_pages_of_it(people: Cast) -> None:
    for _ in range(51):
        open_caseload(by=people.hannah, purpose=HEALTH_VISITING, at=AT)
    first = who_has_looked(by=people.priya, at=AT)
    assert (len(first.entries), first.in_all, first.pages) == (50, 54, 2)
    second = who_has_looked(by=people.priya, page=2, at=AT)
    assert {one.id for one in first.entries}.isdisjoint(one.id for one in second.entries[2:])


def test_one_who_looked_for_a_reason_said_it(people: Cast) -> None:
    """The reason stands in the entry, in whoever's words it was given, and nothing of what they saw."""
    from kept.ledger.entries import Allowed, entry
    from tests.cast import person_of

    allowed = [Allowed(person_of("Bo"), read=frozenset({"identity.name"}))]
    said = "Called by the school at four."
    with entry(by=people.sefi, act="see a name", purpose="keep-safe", allowed=allowed, reason=said, at=AT):
        pass
    (_, looked, *_) = everything(people.priya)
    assert (looked.account, looked.reason, looked.clauses[0][0]) == (
        people.sefi.account,
        said,
        "see.safeguarding-lead",
    )
