"""The date of each notice, its versions, and its longer form."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connections
from django.test import Client

from kept.database.acting import acting_as
from kept.notices.checks.check import check
from kept.published.editions import Edition
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NewContact
from kept.record.origins.reads import open_origins
from kept.web.notices import pages, views
from kept.web.notices.addresses import notice_href
from kept.web.notices.formats import Form
from kept.web.pages import Destination
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, public_id_of
from tests.statements.public_pages import newest, notice_in, page, reader
from tests.statements.situations import TODAY

__all__ = ["reader"]

ELSEWHERE = re.compile(r'href="(https?:[^"]*)"')
LONGER_FORM = {
    PAIRS: ("We made a longer form of this notice.", "Kent County Council did not write it."),
    HEALTH_VISITING: ("There is a longer form of this notice.", "You can ask us for it."),
}


def shows_the_oldest(patch: pytest.MonkeyPatch) -> None:
    """Break: the fixed address gives a version that a newer one has followed."""
    original = views.editions
    patch.setattr(Edition, "in_force", lambda self, on: self.from_on <= on)
    patch.setattr(views, "editions", lambda **named: tuple(reversed(original(**named))))


def rewrites_what_was_held(patch: pytest.MonkeyPatch) -> None:
    """Break: every fact comes to cite the newest version, whatever was in force on its day."""
    as_superuser(
        "create function cite_the_newest() returns trigger language plpgsql security definer as $$ begin"
        " update public.record_contact set definition_id = new.id where service = new.service; return new; end $$;"
        "create trigger cite_the_newest after insert on published_definition"
        " for each row execute function cite_the_newest()"
    )


def links_to_what_is_not_there(patch: pytest.MonkeyPatch) -> None:
    """Break: beside the other formats stands an address where nobody has put a full notice."""
    original = pages.ways
    invented = Destination("The full notice of the council", "https://www.kent.gov.uk/full-notice")
    patch.setattr(pages, "ways", lambda *given: (*original(*given), invented))


def publish_from(day: str) -> None:
    """Publish both notices once more, to be in force from a later day."""
    with acting_as("publisher"):
        cast.publish(day)


@pytest.mark.proves("pairs-8.01", breaks=shows_the_oldest)
def test_a_version_of_the_pairs_notice_never_changes_and_the_fixed_address_gives_the_one_in_force(
    reader: Client,
) -> None:
    first = newest(PAIRS)
    assert "This notice is from 26 June 2026." in notice_in(reader, first, Form.TEXT)
    before = notice_in(reader, first, Form.FULL)
    publish_from("2020-01-01")
    second = newest(PAIRS)
    assert second.hash != first.hash
    assert second.hash in page(reader, notice_href(PAIRS))
    assert first.hash not in page(reader, notice_href(PAIRS))
    assert first.hash in before
    assert first.hash in notice_in(reader, first, Form.FULL)
    for role in ("default", "door", "publisher", "intake"):
        with pytest.raises(DatabaseError), connections[role].cursor() as cursor:
            cursor.execute("update published_definition set texts = '{}'")


def visit(*, at: datetime) -> None:
    """A visit to Amina, recorded at a moment."""
    record_contact(
        by=cast.everyone(at=at).hannah,
        public_id=public_id_of("Amina"),
        purpose=HEALTH_VISITING,
        contact=NewContact("home-visit", AT.date(), "home"),
        source="the-person",
        at=at,
    )


@pytest.mark.proves("hv-8.01", breaks=rewrites_what_was_held)
def test_a_fact_remembers_the_version_that_was_in_force_on_its_day(people: Cast, reader: Client) -> None:
    first = newest(HEALTH_VISITING)
    assert "This notice is from 3 March 2026." in notice_in(reader, first, Form.TEXT)
    tomorrow = AT + timedelta(hours=13)
    visit(at=AT)
    publish_from(tomorrow.date().isoformat())
    visit(at=tomorrow)
    second = newest(HEALTH_VISITING)
    cited = as_superuser("select definition_id from record_contact order by id")
    assert cited == [(first.id,), (second.id,)]
    # And whoever asks of each why it is held is answered by its own version.
    by = cast.everyone(at=tomorrow).hannah
    (amina, *_) = open_origins(by=by, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=tomorrow)
    shown = [one.held_under.from_on for one in amina.origins if one.item == "care.contact"]
    assert shown == [second.from_on, first.from_on]


@pytest.mark.proves("pairs-8.02", breaks=links_to_what_is_not_there)
def test_the_longer_form_of_pairs_says_that_kent_did_not_issue_it_and_links_nowhere_else(
    reader: Client,
) -> None:
    full = notice_in(reader, newest(PAIRS), Form.FULL)
    aloud = notice_in(reader, newest(PAIRS), Form.TEXT)
    assert all(words in aloud for words in LONGER_FORM[PAIRS])
    assert "Kent County Council has not issued it." in full
    assert ELSEWHERE.findall(full) == []
    assert reported(PAIRS, "pairs-8.02")


@pytest.mark.proves("hv-8.02", breaks=links_to_what_is_not_there)
def test_the_longer_form_of_health_visiting_stands_beside_easy_read_and_links_nowhere_else(
    reader: Client,
) -> None:
    full = notice_in(reader, newest(HEALTH_VISITING), Form.FULL)
    aloud = notice_in(reader, newest(HEALTH_VISITING), Form.TEXT)
    assert all(words in aloud for words in LONGER_FORM[HEALTH_VISITING])
    assert "/easy-read/" in full
    assert ELSEWHERE.findall(full) == []
    assert reported(HEALTH_VISITING, "hv-8.02")


def reported(service: str, statement: str) -> set[str]:
    """What the check finds wrong with one published statement."""
    found = {one.code for one in check(cast.definition(service), on=TODAY) if one.about == statement}
    return found & {"published.wrong-address", "published.dead-link"}
