"""Who has looked, as a family is shown it: decided entry by entry, proposed and never silent, naming nobody else."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from kept.ledger.entries import Allowed, Refused, entry
from kept.notices.asker import Asker
from kept.record.looked.actions import NotPrepared, prepare_view
from kept.record.looked.family import (
    NotThere,
    ToPrepare,
    View,
    may_offer,
    open_view,
    prepared_views,
    to_prepare,
)
from kept.record.looked.withholding import CHILD_ABUSE, OTHER_PEOPLE, SERIOUS_HARM, Choice, NewView
from kept.record.reads import open_record
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import about, session
from tests.rooms.record.hiding import bring_efe, hide

TODAY = AT.date()
WHO = "Her mother Grace, known to the desk by her passport."
WHY = "Her father would learn where she is."


def opens(by: Asker, given: str = "Amina") -> None:
    open_record(by=by, public_id=public_id_of(given), purpose=by.service, at=AT)


def looks(people: Cast, given: str = "Amina", *, by: Asker | None = None, **how: Any) -> ToPrepare:
    asked = {"since_on": TODAY, "last_on": TODAY, "asked_by": WHO, **how}
    return to_prepare(by=by or people.priya, public_id=public_id_of(given), **asked, at=AT)


def view_of(found: ToPrepare, *, held_back: dict[int, Choice] | None = None, **more: Any) -> NewView:
    choices = {one.number: Choice() for one in found.entries} | (held_back or {})
    said = {"asked_by": WHO, "last_entry": found.last_entry, "choices": choices, **more}
    return NewView(TODAY, TODAY, **said)


def prepares(people: Cast, new: NewView, given: str = "Amina", *, by: Asker | None = None) -> int:
    return prepare_view(by=by or people.priya, public_id=public_id_of(given), new=new, at=AT)


def reads(people: Cast, number: int, given: str = "Amina", *, by: Asker | None = None) -> View:
    return open_view(by=by or people.priya, public_id=public_id_of(given), number=number, at=AT)


def test_an_officer_decides_entry_by_entry_and_the_family_is_shown_what_was_decided(people: Cast) -> None:
    opens(people.hannah)
    opens(people.nadia)
    found = looks(people)
    lead, practitioner, registered = found.entries
    assert (found.name, found.part, found.too_many) == ("Amina Okafor", "child", False)
    assert [one.role for one in found.entries] == ["lead", "practitioner", "intake"]
    number = prepares(people, view_of(found, held_back={lead.number: Choice(CHILD_ABUSE, WHY)}))
    view = reads(people, number)
    assert [one.number for one in view.entries] == [practitioner.number, registered.number]
    assert [(one.number, one.clause, one.why) for one in view.held_back] == [(lead.number, CHILD_ABUSE, WHY)]
    name, (prepared,) = prepared_views(by=people.priya, public_id=public_id_of("Amina"), at=AT)
    assert (name, prepared.shown, prepared.withheld, prepared.asked_by) == ("Amina Okafor", 2, 1, WHO)


def test_what_is_shown_holds_no_account_no_reason_and_nobody_else_of_the_family(people: Cast) -> None:
    opens(people.hannah)
    view = reads(people, prepares(people, view_of(looks(people))))
    said = repr(view)
    assert "Amina Okafor" in said
    for word in ("Grace", "Hannah", "hannah", WHO):
        assert word not in said


def test_what_was_done_to_keep_somebody_safe_is_proposed_to_be_held_back(people: Cast) -> None:
    allowed = [Allowed(person_of("Amina"), read=frozenset({"identity.name"}))]
    opens(people.hannah)
    with entry(
        by=people.sefi, act="see a name", purpose="keep-safe", allowed=allowed, reason="A call.", at=AT
    ):
        pass
    said = {"reason": "Ambulance called: baby not breathing", "purpose": "vital-interests"}
    with entry(by=people.samuel, act="open a record with a life at risk", allowed=allowed, at=AT, **said):
        pass
    proposals = [(one.role, one.purpose, one.proposed) for one in looks(people).entries]
    assert proposals == [
        ("practitioner", "vital-interests", CHILD_ABUSE),
        ("safeguarding-lead", "keep-safe", CHILD_ABUSE),
        ("practitioner", HEALTH_VISITING, ""),
        ("intake", HEALTH_VISITING, ""),
    ]


def test_what_tells_of_others_is_proposed_to_be_held_back(people: Cast) -> None:
    """That another service asked for the address, and that somebody asked who has looked."""
    with pytest.raises(Refused):
        opens(people.pia)
    looks(people)
    asked, pairs, registered = looks(people).entries
    assert (asked.purpose, asked.proposed) == ("rights", OTHER_PEOPLE)
    assert (pairs.service, pairs.outcome, pairs.proposed) == (people.pia.service, "must not", OTHER_PEOPLE)
    assert registered.proposed == ""


def test_an_entry_that_names_somebody_hidden_is_proposed_in_the_same_words_as_any_other(people: Cast) -> None:
    """Grace is hidden beside Amina. Efe's father may ask about Efe: whoever looked for her team is held back."""
    bring_efe(people)
    opens(people.samuel, "Efe")
    hide(people, "person")
    found = looks(people, "Efe")
    beside = [one for one in found.entries if one.proposed]
    assert {one.proposed for one in beside} == {CHILD_ABUSE}
    named = as_superuser(
        "select distinct s.entry_id from ledger_subject s join record_person p on p.ledger_id = s.ledger_id"
        " where p.id = %s",
        person_of("Grace"),
    )
    assert {one.number for one in beside} == {number for (number,) in named} & {
        one.number for one in found.entries
    }
    assert beside
    assert "Grace" not in repr(found)


def test_a_view_says_nothing_of_what_it_holds_back(people: Cast) -> None:
    """What a family reads is the same whether an entry was never made or is held back."""
    from kept.web.looked.words import words_of

    opens(people.hannah)
    first = looks(people)
    whole = reads(people, prepares(people, view_of(first)))
    opens(people.nadia)
    second = looks(people)
    back = {one.number: Choice(CHILD_ABUSE, WHY) for one in second.entries if one not in first.entries}
    part = reads(people, prepares(people, view_of(second, held_back=back)))
    assert part.held_back
    assert not whole.held_back
    assert words_of(part, by=people.priya, on=TODAY) == words_of(whole, by=people.priya, on=TODAY)


def test_every_entry_has_a_decision_or_nothing_is_prepared(people: Cast) -> None:
    opens(people.hannah)
    found = looks(people)
    with pytest.raises(NotPrepared, match="not the entries that you were shown"):
        prepares(people, NewView(TODAY, TODAY, found.last_entry, WHO, {found.entries[0].number: Choice()}))
    other = {10**9: Choice()}
    with pytest.raises(NotPrepared, match="not the entries"):
        prepares(people, view_of(found, held_back=other))
    assert as_superuser("select count(*) from record_looked_view") == [(0,)]


def test_what_was_looked_at_meanwhile_is_not_in_it(people: Cast) -> None:
    found = looks(people)
    opens(people.hannah)
    assert looks(people, last_entry=found.last_entry).entries == found.entries
    view = reads(people, prepares(people, view_of(found)))
    assert [one.number for one in view.entries] == [one.number for one in found.entries]


def test_to_hold_back_needs_a_ground_and_a_reason_and_for_serious_harm_an_opinion(people: Cast) -> None:
    found = looks(people)
    (one,) = found.entries

    def faults(choice: Choice, **more: Any) -> set[str]:
        with pytest.raises(NotPrepared) as wrong:
            prepares(people, view_of(found, held_back={one.number: choice}, **more))
        return set(wrong.value.faults)

    assert faults(Choice("law.made-up", WHY)) == {f"clause-{one.number}"}
    assert faults(Choice(CHILD_ABUSE, " . ")) == {f"why-{one.number}"}
    assert faults(Choice(SERIOUS_HARM, WHY)) == {"opinion_of"}
    old = {"opinion_of": "Dr Example", "opinion_on": TODAY - timedelta(days=190)}
    assert faults(Choice(SERIOUS_HARM, WHY), **old) == {"opinion_on"}
    assert faults(Choice(), asked_by="she") == {"asked_by"}
    fresh = {"opinion_of": "Dr Example", "opinion_on": TODAY - timedelta(days=180)}
    assert prepares(people, view_of(found, held_back={one.number: Choice(SERIOUS_HARM, WHY)}, **fresh))


def test_preparing_reading_and_printing_are_entries_for_the_purpose_of_rights(people: Cast) -> None:
    number = prepares(people, view_of(looks(people)))
    reads(people, number)
    open_view(
        by=people.priya,
        public_id=public_id_of("Amina"),
        number=number,
        act="print who has looked, as prepared for a family",
        at=AT,
    )
    acts = as_superuser(
        "select act, purpose, reason <> '' from ledger_entry where account = %s order by id",
        people.priya.account,
    )
    assert acts == [
        ("look through who has looked for a family", "rights", True),
        ("prepare who has looked for a family", "rights", True),
        ("read who has looked, as prepared for a family", "rights", True),
        ("print who has looked, as prepared for a family", "rights", True),
    ]


@pytest.mark.parametrize("name", ["hannah", "nadia", "ada", "sefi", "imani", "ana", "ira", "paul"])
def test_nobody_else_prepares_or_reads_it(people: Cast, name: str) -> None:
    found = looks(people)
    number = prepares(people, view_of(found))
    by = getattr(people, name)
    for attempt in (
        lambda: looks(people, by=by),
        lambda: prepares(people, view_of(found), by=by),
        lambda: reads(people, number, by=by),
        lambda: prepared_views(by=by, public_id=public_id_of("Amina"), at=AT),
    ):
        with pytest.raises(Refused):
            attempt()
    assert may_offer(by=by, at=AT) == (name == "paul")  # of his own service he may


def test_somebody_hidden_and_nobody_are_refused_in_the_same_words(people: Cast) -> None:
    hide(people, "person")
    said = set()
    for address in (public_id_of("Grace"), uuid4()):
        with pytest.raises(Refused) as refused:
            to_prepare(by=people.priya, public_id=address, since_on=TODAY, last_on=TODAY, asked_by=WHO, at=AT)
        said.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(said) == 1


def test_one_persons_view_is_not_found_through_another(people: Cast) -> None:
    number = prepares(people, view_of(looks(people)))
    for wrong, given in ((number, "Bo"), (number + 1, "Amina")):
        with pytest.raises(NotThere):
            reads(people, wrong, given)


def test_more_than_anybody_decides_on_is_not_prepared_at_once(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kept.record.looked.family.MOST", 1)
    opens(people.hannah)
    found = looks(people)
    assert (len(found.entries), found.too_many) == (1, True)


def test_the_database_keeps_no_line_that_is_held_back_without_a_reason_and_changes_none(people: Cast) -> None:
    prepares(people, view_of(looks(people)))
    with pytest.raises(psycopg.errors.CheckViolation, match="withheld_with_a_reason"):
        as_superuser("update record_looked_line set shown = false, clause = 'law.exempt-crime'")
    database = as_superuser("select current_database()")[0][0]
    with session(database) as raw, raw.undone():
        raw.open(
            about(
                person_of("Amina"),
                read=("identity.name", "ledger.access", "ledger.shown"),
                record=("ledger.shown",),
            ),
            by="priya",
            purpose="rights",
            source="the-person",
            reason="To try.",
        )
        assert raw.one("select count(*) from record_looked_line") == 1
        assert raw.told("update record_looked_line set shown = true") == "42501"
