"""Under which clause and version each thing is held, who told it, who wrote it down: for whoever may see it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NewContact
from kept.record.origins.reads import open_origins
from kept.record.origins.values import Origin, OriginsOfPerson
from tests import cast
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, person_of, public_id_of
from tests.rooms.ledger.raw import Raw, about, session
from tests.rooms.record.hiding import bring_efe, hide

TOMORROW = AT + timedelta(hours=13)


def origins(people: Cast, given: str = "Amina", *, by: str = "hannah", at=AT) -> tuple[OriginsOfPerson, ...]:  # type: ignore[no-untyped-def]
    asker = getattr(cast.everyone(at=at), by)
    return open_origins(by=asker, public_id=public_id_of(given), purpose=asker.service, at=at)


def of(people: tuple[OriginsOfPerson, ...], given: str, item: str) -> tuple[Origin, ...]:
    (found,) = (one for one in people if one.name.startswith(given))
    return tuple(origin for origin in found.origins if origin.item == item)


def visits(*, at=AT) -> None:  # type: ignore[no-untyped-def]
    record_contact(
        by=cast.everyone(at=at).hannah,
        public_id=public_id_of("Amina"),
        purpose=HEALTH_VISITING,
        contact=NewContact("home-visit", AT.date(), "home", note="A quiet morning.", weight_grams=3500),
        source="the-person",
        at=at,
    )


def test_each_thing_has_its_clause_its_version_its_source_and_its_recorder(people: Cast) -> None:
    visits()
    found = origins(people)
    (phone,) = of(found, "Grace", "contact.phone")
    assert (phone.words, phone.source, phone.recorded.process) == (
        "07700 900001",
        "health-organisation",
        "intake",
    )
    assert phone.clause is not None
    assert "hv-3.09" in phone.clause.source
    (weight,) = of(found, "Amina", "growth.weight")
    assert (weight.source, weight.recorded.name, weight.recorded.role, weight.recorded.at) == (
        "the-person",
        "Hannah",
        "practitioner",
        AT,
    )
    assert weight.held_under.dated.isoformat() == "2026-03-03"
    assert all(origin.clause for person in found for origin in person.origins)


def test_everything_that_stands_on_the_record_is_there(people: Cast) -> None:
    """What the record's tables hold of the family today is answered for, row by row."""
    visits()
    found = origins(people)
    shown = sum(len(person.origins) for person in found)
    tables = [
        table
        for (table,) in as_superuser(
            "select table_name from information_schema.columns where table_name like 'record\\_%%'"
            " and column_name = 'person_id' and table_name <> 'record_search_key'"
        )
    ]
    family = [person_of("Amina"), person_of("Grace")]
    held = 0
    for table in tables:
        ((rows,),) = as_superuser(f"select count(*) from {table} where person_id = any (%s)", family)
        held += rows
    assert shown == held


def test_what_was_written_under_an_older_version_shows_that_versions_words(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits()
    (before,) = of(origins(people), "Amina", "growth.weight")
    assert before.clause is not None
    texts, said = cast.texts(), before.clause.words
    newer = {name: text.replace(f"says: {said}", "says: We weigh your baby.") for name, text in texts.items()}
    assert newer != texts
    monkeypatch.setattr(cast, "texts", lambda: newer)
    with acting_as("publisher"):
        cast.publish(TOMORROW.date().isoformat())
    visits(at=TOMORROW)
    found = of(origins(people, at=TOMORROW), "Amina", "growth.weight")
    assert [one.clause and one.clause.words for one in found] == ["We weigh your baby.", said]
    assert [one.held_under.from_on for one in found] == [TOMORROW.date(), before.held_under.from_on]


def test_what_the_asker_may_not_see_is_not_there_either(people: Cast) -> None:
    visits()
    assert of(origins(people), "Amina", "care.note")
    ada = origins(people, by="ada")
    assert not of(ada, "Amina", "care.note")
    assert not of(ada, "Amina", "growth.weight")
    assert of(ada, "Grace", "contact.phone")


def test_another_team_another_service_and_nobodys_record_are_refused_in_the_same_words(people: Cast) -> None:
    said = set()
    for by, address in (
        (people.samuel, public_id_of("Amina")),
        (people.pia, public_id_of("Amina")),
        (people.samuel, uuid4()),
        (people.priya, public_id_of("Amina")),
    ):
        with pytest.raises(Refused) as refused:
            open_origins(by=by, public_id=address, purpose=by.service, at=AT)
        said.add(refused.value.decision.words)
    assert len(said) == 1


def test_whoever_is_hidden_beside_another_child_is_not_among_them(people: Cast) -> None:
    bring_efe(people)
    hide(people, "person")
    assert {one.name for one in origins(people, "Efe", by="samuel")} == {"Efe Okafor", "Obi Okafor"}
    assert {one.name for one in origins(people, "Amina")} == {"Amina Okafor", "Grace Okafor"}


def test_looking_at_it_is_an_entry_that_names_everybody_shown(people: Cast) -> None:
    origins(people)
    ((act, purpose, named),) = as_superuser(
        "select e.act, e.purpose, count(s.id) from ledger_entry e join ledger_subject s on s.entry_id = e.id"
        " where e.account = %s group by e.id, e.act, e.purpose",
        people.hannah.account,
    )
    assert (act, purpose, named) == ("see why a record is held", HEALTH_VISITING, 2)


@pytest.fixture
def application(database: str) -> Iterator[Raw]:
    with session(database) as opened:
        yield opened


def test_who_wrote_something_is_told_only_of_what_the_open_entry_reads(application: Raw) -> None:
    """An entry about Amina tells nothing of who wrote about Bo, nor one that reads a name who wrote the rest."""
    asked = "select entry, process from ledger.written_by(%s, %s)"
    entries = as_superuser("select id, at from ledger_entry where act = 'register a family' order by id")
    numbers, times = [one for one, _ in entries], [at for _, at in entries]
    assert application.rows(asked, numbers, times) == []
    amina = person_of("Amina")
    with application.undone() as hers:
        hers.open(about(amina, read=("identity.name",)))
        assert hers.rows(asked, numbers, times) == [(numbers[0], "intake")]
    with application.undone() as hers:
        hers.open(about(amina, read=("care.note",)))
        assert hers.rows(asked, numbers, times) == []
