"""A newer notice: who was served under an older one is not yet told, and a letter that tells them says of what."""

import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from kept.notices.asker import Asker
from kept.record.contacts.actions import record_contact
from kept.record.contacts.values import NewContact, NoticeGivenNow
from kept.record.notices_given.reads import not_yet_told
from kept.record.notices_given.values import NotYetTold
from kept.record.reads import open_record
from kept.web.letters import papers
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, Cast, as_superuser, public_id_of
from tests.journeys.site import build_once
from tests.rooms.web.notices.paper_read import words as words_of
from tests.statements.situations import TODAY, cleo_and_mia, register
from tests.statements.test_more import publish_from

PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
TITLES = {HEALTH_VISITING: "Health Visiting Service", PAIRS: "Parent and Infant Relationship Service"}
NOT_YET_TOLD = "ledger.not_yet_told(text, text, bigint, integer, integer, timestamptz)"


def takes_any_version_for_the_one_in_force(patch: pytest.MonkeyPatch) -> None:
    """Break: whoever was ever given a notice counts as told of every later one."""
    ((function,),) = as_superuser(f"select pg_get_functiondef('{NOT_YET_TOLD}'::regprocedure)")
    assert "n.version_id = v_version and " in function
    as_superuser(function.replace("n.version_id = v_version and ", ""))


def leaves_out_which_it_is(patch: pytest.MonkeyPatch) -> None:
    """Break: a letter says neither which service writes nor of which version."""
    original = papers.typeset
    patch.setattr(
        papers,
        "typeset",
        lambda said: original(replace(said, service="", version="", opening=(), closing=(), lines=())),
    )


def writes_for_the_other_service(patch: pytest.MonkeyPatch) -> None:
    """Break: a letter of one service carries the name of the other."""
    original = papers.typeset
    patch.setattr(papers, "typeset", lambda said: original(replace(said, council=TITLES[PAIRS])))


def waiting(by: Asker) -> tuple[NotYetTold, ...]:
    return not_yet_told(by=by, purpose=by.service, at=AT).families


def visits(by: Asker, given: str) -> None:
    """A first contact, at which the family is given the notice in force."""
    record_contact(
        by=by,
        public_id=public_id_of(given),
        purpose=by.service,
        contact=NewContact(
            "home-visit", TODAY, "home", notice=NoticeGivenNow(by.definition, "easy-read", TODAY)
        ),
        source="the-person",
        at=AT,
    )


def is_told_until_there_is_a_newer_one(name: str, child: str) -> None:
    """A family is not yet told; given the notice at a contact they are; under a newer one they are not."""
    by: Asker = getattr(cast.everyone(), name)
    record_of = {"public_id": public_id_of(child.split()[0]), "purpose": by.service, "at": AT}
    assert [one.child.name for one in waiting(by)] == [child]
    visits(by, child.split()[0])
    given = open_record(by=by, **record_of).notices.given
    assert given
    assert (given.version_id, given.format, given.on) == (by.definition, "easy-read", TODAY)
    assert waiting(by) == ()
    publish_from("2020-01-01")  # a version in which nothing is different but its own day
    by = getattr(cast.everyone(), name)
    (one,) = waiting(by)
    assert (one.child.name, one.notices.given) == (child, given)
    assert not open_record(by=by, **record_of).told


@pytest.mark.proves("pairs-2.03", breaks=takes_any_version_for_the_one_in_force)
def test_the_first_contact_records_the_notice_and_who_was_served_under_an_older_one_is_not_yet_told(
    people: Cast,
) -> None:
    register(cleo_and_mia(), by=people.pia)
    is_told_until_there_is_a_newer_one("pia", "Cleo Marsh")


@pytest.mark.proves("hv-2.03", breaks=takes_any_version_for_the_one_in_force)
def test_in_health_visiting_too_who_was_served_under_an_older_one_is_not_yet_told(people: Cast) -> None:
    is_told_until_there_is_a_newer_one("hannah", "Amina Okafor")


def letter_to(to: str, *, child: str, by: str, settings: Settings, folder: Path) -> str:
    """The words of the letter that somebody of the staff sends to a parent, read from the outbox."""
    build_once()
    settings.STATIC_ROOT, settings.OUTBOX = folder, folder / "outbox"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    browser = Client()
    browser.cookies[django_settings.SESSION_COOKIE_NAME] = cast.token_of(by)
    page = f"/children/{public_id_of(child)}/letters/{public_id_of(to)}/"
    answer = browser.post(page, {"once": str(uuid4()), "way": "post"})
    assert answer.status_code == 302, answer.content.decode()
    (paper,) = (folder / "outbox").glob("*.pdf")
    return words_of(paper.read_bytes())


@pytest.mark.proves("pairs-0.01", breaks=leaves_out_which_it_is)
def test_a_letter_of_pairs_says_which_service_writes_and_of_which_version(
    people: Cast, settings: Settings, tmp_path: Path
) -> None:
    register(cleo_and_mia(), by=people.pia)
    letter = letter_to("Mia", child="Cleo", by="pia", settings=settings, folder=tmp_path)
    assert f"This notice is about the {TITLES[PAIRS]}." in letter
    assert re.search(rf"{TITLES[PAIRS]} Privacy notice of 26 June 2026. Version 1. [0-9a-f]{{12}}", letter)
    assert TITLES[HEALTH_VISITING] not in letter


@pytest.mark.proves("hv-0.01", breaks=writes_for_the_other_service)
def test_a_letter_of_health_visiting_never_carries_the_other_service_or_its_version(
    people: Cast, settings: Settings, tmp_path: Path
) -> None:
    letter = letter_to("Grace", child="Amina", by="hannah", settings=settings, folder=tmp_path)
    assert f"This notice is about the {TITLES[HEALTH_VISITING]}." in letter
    assert "Privacy notice of 3 March 2026. Version 1." in letter
    assert TITLES[PAIRS] not in letter
    assert "26 June 2026" not in letter
