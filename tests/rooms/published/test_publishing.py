"""A notice is published whole, by two people, once; from then on it is what it was."""

import pytest
from django.db import DatabaseError

from kept.notices.faults import Faulty
from kept.notices.loading import load
from kept.notices.permits import permits_of
from kept.published import actions
from kept.published.models import Definition, Permit
from kept.published.reads import published
from tests.cast import APPROVER, BY, as_superuser
from tests.notices.tiny import NOTICE, changed, texts
from tests.rooms.ledger.raw import session
from tests.rooms.published.library import AT, SERVICE, beginning, publish

pytestmark = pytest.mark.usefixtures("database")


def stored() -> list[tuple]:
    return as_superuser(
        "select d.id, count(p.id) from published_definition d left join published_permit p on p.definition_id = d.id"
        " where d.service = %s group by d.id order by d.id",
        SERVICE,
    )


def test_a_draft_is_stored_whole_with_the_permits_that_it_gives() -> None:
    version, new = publish()
    assert new
    assert version.texts == texts()
    assert (version.published_by, version.approved_by, version.published_at) == (BY, APPROVER, AT)
    given = permits_of(load(texts(), service=SERVICE))
    kept = Permit.objects.filter(definition=version.pk)
    assert {(p.role, p.standing, p.part, p.purpose, p.act, p.source, *p.items) for p in kept} == {
        (p.role, p.standing, p.part, p.purpose, p.act, p.source, *p.items) for p in given
    }
    assert len(kept) == len(given) > 0


def test_what_was_stored_is_read_back_as_it_was() -> None:
    version, _ = publish()
    assert published(version.pk).definition == load(texts(), service=SERVICE)


def test_the_same_text_again_changes_nothing() -> None:
    first, _ = publish()
    before = stored()
    again, new = publish(by="somebody@kent.example", approved_by="somebody.else@kent.example")
    assert (again.pk, again.published_by, new) == (first.pk, BY, False)
    assert stored() == before


def test_one_person_does_not_publish_alone(database: str) -> None:
    with pytest.raises(actions.NotPublished, match="second person"):
        publish(by=BY, approved_by=BY)
    assert stored() == []
    publish()
    with session(database, "kept_publisher") as raw:
        assert (
            raw.told(
                "insert into published_definition (service, title, dated, in_force_from, hash, texts, published_at,"
                " published_by, approved_by)"
                " values ('toy-library', '', '2027-01-01', '2027-01-01', '', '{}', now(), 'a', 'a')"
            )
            == "23514"
        )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("roles: [librarian]", "roles: [librarain]"),
        ("in_force: {from: 2026-01-05}", "in_force: {from: someday}"),
        ("- id: see.manager", "- id: see.librarian"),
        ("notice:", "notice: ["),
        ("    guard:\n", "    gaurd:\n"),
    ],
)
def test_a_faulty_draft_never_takes_effect(old: str, new: str) -> None:
    publish()
    before = stored()
    with pytest.raises(Faulty):
        publish(changed(NOTICE, old, new))
    assert stored() == before


def test_half_a_draft_is_never_stored() -> None:
    """The role that serves pages may not publish, and leaves nothing behind where it tries."""
    with pytest.raises(DatabaseError, match="permission denied"):
        actions.publish(by=BY, approved_by=APPROVER, service=SERVICE, texts=texts(), at=AT)
    assert stored() == []


def test_two_versions_do_not_begin_on_one_day() -> None:
    publish()
    reworded = changed(NOTICE, "We ask if your child has an allergy.", "We ask about allergies.")
    with pytest.raises(actions.NotPublished, match="give the new version a later date"):
        publish(reworded)
    assert len(stored()) == 1


def test_a_new_version_stands_beside_the_old(database: str) -> None:
    first, _ = publish()
    second, _ = publish(beginning("2026-03-01"))
    assert [number for number, _ in stored()] == [first.pk, second.pk]
    assert Definition.objects.get(pk=first.pk).texts == texts()


def test_a_published_version_gets_no_more_permits(database: str) -> None:
    """Neither from the role that publishes nor from the owner: it would be a notice that nobody approved."""
    first, _ = publish()
    more = (
        "insert into published_permit (definition_id, role, standing, part, purpose, act, source, from_on, items,"
        " clauses, reasoned) values (%s, 'manager', 'service', 'child', 'lending', 'record', 'the-person',"
        " '2026-01-05', '{health.allergy}', '{see.manager}', '{}')"
    )
    for role in ("kept_publisher", "kept_owner"):
        with session(database, role) as raw:
            assert raw.told(more, first.pk) == "23001"
            with raw.undone():
                raw.rows("select pg_current_xact_id()")
                assert raw.told(more, first.pk) == "23001"
