"""Who has looked, as a family is shown it: decided entry by entry, proposed and never silent, naming nobody else."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Allowed, Refused, entry
from kept.notices.asker import Asker
from kept.record.circumstances.actions import record_circumstance
from kept.record.circumstances.values import NewCircumstance
from kept.record.looked import actions, withholding
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
from kept.record.looked.withholding import (
    CAREFUL,
    CHILD_ABUSE,
    ORDINARY,
    OTHER_PEOPLE,
    RISKY_ACTS,
    RISKY_ITEMS,
    SERIOUS_HARM,
    WHOLE_LOOKS,
    Choice,
    NewView,
)
from kept.record.people.safe_to_use import open_contact_details
from kept.record.reads import open_record
from kept.web.looked.words import words_of
from tests import cast
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import about, session
from tests.rooms.record.hiding import bring_efe, hide

TODAY, TOMORROW = AT.date(), AT + timedelta(hours=13)
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


def records(by: Asker, kind: str, *, of: str = "Grace") -> None:
    record_circumstance(
        by=by,
        public_id=public_id_of("Amina"),
        about=public_id_of(of),
        purpose=HEALTH_VISITING,
        new=NewCircumstance(kind, "As she told it."),
        at=AT,
    )


def test_what_the_clauses_tell_of_what_was_written_down_is_proposed_to_be_held_back(people: Cast) -> None:
    """Grace's list would say “We ask about abuse at home”, and tell whoever reads it with her that she spoke of it."""
    records(people.hannah, "circumstances.domestic-abuse")
    records(people.hannah, "background.religion")
    found = looks(people, "Grace").entries
    assert [one.proposed for one in found] == ["", SERIOUS_HARM, ""]
    assert "hold.abuse" in found[1].clauses


def test_opening_a_record_tells_nothing_of_what_stands_in_it_and_is_proposed_to_be_shown(
    people: Cast,
) -> None:
    """Every look at a record names all that could stand in it, in every list alike."""
    opens(people.hannah)
    assert looks(people, "Grace").entries[0].proposed == ""


def test_asking_which_contact_details_are_safe_is_proposed_to_be_held_back(people: Cast) -> None:
    open_contact_details(by=people.hannah, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert looks(people, "Grace").entries[0].proposed == SERIOUS_HARM


def test_every_word_that_an_entry_is_judged_by_is_one_that_there_is() -> None:
    """An item, or an act, that is renamed would be proposed to be shown, or held back, and nobody would notice."""
    items = cast.definition(HEALTH_VISITING).vocabulary.items
    careful = {item for item, one in items.items() if one.of_class in CAREFUL}
    assert careful >= ORDINARY
    assert not (RISKY_ITEMS - items.keys())
    written = "".join(file.read_text() for file in Path(actions.__file__).parents[1].rglob("*.py"))
    elsewhere = written.replace(Path(withholding.__file__).read_text(), "")
    assert [act for act in RISKY_ACTS | WHOLE_LOOKS if f'"{act}"' not in elsewhere] == []


def test_what_was_held_back_once_is_proposed_to_be_held_back_again(people: Cast) -> None:
    opens(people.hannah)
    first = looks(people)
    back = {first.entries[0].number: Choice("law.exempt-crime", WHY)}
    prepares(people, view_of(first, held_back=back))
    proposals = {one.number: one.proposed for one in looks(people).entries}
    assert proposals[first.entries[0].number] == "law.exempt-crime"
    for_grace = {one.number: one.proposed for one in looks(people, "Grace").entries}
    assert for_grace[first.entries[0].number] == SERIOUS_HARM, "as any other, and not why"
    assert WHY not in repr(looks(people, "Grace"))


def test_a_list_that_was_prepared_is_read_as_it_was_whatever_the_law_says_since(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(people.hannah)
    number = prepares(people, view_of(looks(people)))
    before = words_of(reads(people, number))
    texts = cast.texts()
    wider = texts["law.yaml"].replace("owed: [tell-role, tell-organisation]", "owed: [tell-role, tell-name]")
    monkeypatch.setattr(cast, "texts", lambda: texts | {"law.yaml": wider})
    with acting_as("publisher"):
        cast.publish(TOMORROW.date().isoformat())
    by = cast.everyone(at=TOMORROW).priya
    about: dict[str, Any] = {"by": by, "public_id": public_id_of("Amina"), "at": TOMORROW}
    assert words_of(open_view(**about, number=number)) == before
    assert "Hannah" not in repr(before)

    days = {"since_on": TODAY, "last_on": TODAY}
    found = to_prepare(**about, **days, asked_by=WHO)
    another = prepare_view(**about, new=view_of(found))
    assert "Hannah, a health visitor" in repr(words_of(open_view(**about, number=another)))


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
    opens(people.hannah)
    first = looks(people)
    whole = reads(people, prepares(people, view_of(first)))
    opens(people.nadia)
    second = looks(people)
    back = {one.number: Choice(CHILD_ABUSE, WHY) for one in second.entries if one not in first.entries}
    part = reads(people, prepares(people, view_of(second, held_back=back)))
    assert part.held_back
    assert not whole.held_back
    assert words_of(part) == words_of(whole)


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
