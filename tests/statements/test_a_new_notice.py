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


@pytest.mark.proves("pairs-2.03", breaks=takes_any_version_for_the_one_in_force)
def test_the_first_contact_records_the_notice_and_who_was_served_under_an_older_one_is_not_yet_told(
    people: Cast,
) -> None:
    register(cleo_and_mia(), by=people.pia)
    assert [one.child.name for one in waiting(people.pia)] == ["Cleo Marsh"]
    visits(people.pia, "Cleo")
    given = open_record(by=people.pia, public_id=public_id_of("Cleo"), purpose=PAIRS, at=AT).notices.given
    assert given
    assert (given.version_id, given.format, given.on) == (people.pia.definition, "easy-read", TODAY)
    assert waiting(people.pia) == ()
    publish_from("2020-01-01")  # a version in which nothing is different but its own day
    pia = cast.everyone().pia
    (one,) = waiting(pia)
    assert (one.child.name, one.notices.given) == ("Cleo Marsh", given)
    assert not open_record(by=pia, public_id=public_id_of("Cleo"), purpose=PAIRS, at=AT).told


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
