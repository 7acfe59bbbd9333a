"""Who answers for each service, who does the work, and for whom: printed, and obeyed."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from kept.intake import actions as intake
from kept.intake.reads import open_queue
from kept.ledger.entries import Refused
from kept.notices import loading, record_of_processing
from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.faults import Faulty
from kept.notices.leaflet import leaflet
from kept.record.families import actions as families
from kept.record.families.actions import NotRegistered
from kept.staff import rules
from kept.staff.actions import add_account
from kept.web import answers
from tests import cast
from tests.cast import AT, HEALTH_VISITING, PAIRS, REAL_GROUP, TRUST, Cast, as_superuser, public_id_of
from tests.rooms.intake.intake_room import Room
from tests.rooms.intake.messages import the, well_formed
from tests.statements.situations import TODAY, cleo_and_mia, register

PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
YES = Decision(Outcome.MAY, ("who.lives-in-kent",), "")
TITLES = {HEALTH_VISITING: "Health Visiting Service", PAIRS: "Parent and Infant Relationship Service"}


def refuses_without_saying_who(patch: pytest.MonkeyPatch) -> None:
    """Break: a refusal goes out with its reason alone."""

    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        return HttpResponse(error.decision.words, status=403)

    patch.setattr(answers, "refused", refused)


def speaks_for_the_other_service(patch: pytest.MonkeyPatch) -> None:
    """Break: a refusal of one service carries the name and the date of the other."""
    original = answers.definition_for
    patch.setattr(answers, "definition_for", lambda *, by, on: original(by=replace(by, definition=2), on=on))


def serves_everybody(patch: pytest.MonkeyPatch) -> None:
    """Break: wherever a child lives, the service is for them."""
    for module in (intake, families):
        patch.setattr(module, "may_serve", lambda *_, **__: YES)


def takes_any_body(patch: pytest.MonkeyPatch) -> None:
    """Break: a body counts as known whether it stands in the register or not."""
    original = loading._lists

    def without_bodies(placed: dict[str, loading.Placed]) -> dict[str, set[str]]:
        return {name: words for name, words in original(placed).items() if name != "bodies"}

    patch.setattr(loading, "_lists", without_bodies)


def shares_one_entry(patch: pytest.MonkeyPatch) -> None:
    """Break: both services stand in one entry."""
    original = record_of_processing.record_of_processing
    patch.setattr(
        record_of_processing,
        "record_of_processing",
        lambda definition, *, on: original(cast.definition(HEALTH_VISITING), on=on),
    )


def gives_any_role(patch: pytest.MonkeyPatch) -> None:
    """Break: an account of any organisation may hold any role."""
    patch.setattr(rules, "may_hold", lambda *_, **__: YES)


def refusal_to(name: str, settings: Settings, folder: Path) -> str:
    """The page that somebody meets at the address of a record that is not theirs."""
    settings.STATIC_ROOT = folder
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    browser = Client()
    browser.cookies[django_settings.SESSION_COOKIE_NAME] = cast.token_of(name)
    answer = browser.get(f"/children/{public_id_of('Bo')}/")
    assert answer.status_code == 403
    return answer.content.decode()


def printed(definition: Definition, responsibility: str) -> str:
    """Who stands on the notice with a responsibility; '' for nobody."""
    return next(
        (one.name for one in leaflet(definition, on=TODAY).named if one.responsibility == responsibility), ""
    )


def first_line(service: str) -> str:
    return leaflet(cast.definition(service), on=TODAY).lines[0].words


@pytest.mark.proves("pairs-0.01", breaks=refuses_without_saying_who)
def test_the_notice_and_a_refusal_of_pairs_say_which_service_and_which_version(
    people: Cast, settings: Settings, tmp_path: Path
) -> None:
    assert first_line(PAIRS) == f"This notice is about the {TITLES[PAIRS]}."
    page = refusal_to("pia", settings, tmp_path)
    assert f"{TITLES[PAIRS]} privacy notice, dated 26 June 2026" in page


@pytest.mark.proves("hv-0.01", breaks=speaks_for_the_other_service)
def test_the_notice_and_a_refusal_of_health_visiting_never_carry_the_other_service(
    people: Cast, settings: Settings, tmp_path: Path
) -> None:
    assert first_line(HEALTH_VISITING) == f"This notice is about the {TITLES[HEALTH_VISITING]}."
    page = refusal_to("hannah", settings, tmp_path)
    assert f"{TITLES[HEALTH_VISITING]} privacy notice, dated 3 March 2026" in page
    assert TITLES[PAIRS] not in page


@pytest.mark.proves("pairs-1.01", breaks=serves_everybody)
def test_pairs_begins_no_care_of_a_child_who_may_live_elsewhere_unless_a_person_decides(people: Cast) -> None:
    assert printed(cast.definition(PAIRS), "controller") == "Kent County Council"
    family = cleo_and_mia()
    for authority, reason in (("Medway", "authority-elsewhere"), ("", "authority-unknown")):
        with pytest.raises(NotRegistered) as asked:
            register(replace(family, child=replace(family.child, authority=authority)), by=people.pia)
        assert asked.value.reasons == (reason,)
    assert as_superuser("select count(*) from record_person where service = %s", PAIRS) == [(0,)]
    register(replace(family, child=replace(family.child, authority="Canterbury")), by=people.pia)
    assert public_id_of("Cleo")


@pytest.mark.proves("hv-1.01", breaks=serves_everybody)
def test_a_birth_elsewhere_waits_for_a_person_and_reaches_no_caseload(people: Cast) -> None:
    assert printed(cast.definition(HEALTH_VISITING), "controller") == "Kent County Council"
    message = well_formed("CH005")
    the(message, "Patient")["address"][0].update(postalCode="CT1 1CC", district="Medway")
    with cast.superuser() as superuser:
        superuser.autocommit = True
        room = Room(people.intake, superuser)
        assert room.send(message).reasons == ("authority-elsewhere",)
        assert room.held() == []
    queue = open_queue(by=people.imani, purpose=HEALTH_VISITING, at=AT)
    assert [one.reasons for one in queue.waiting] == [("authority-elsewhere",)]


def with_another_department(service: str) -> Definition:
    texts = cast.texts()
    return loading.load(
        {name: text.replace("body: kent-public-health", "body: kent-roads") for name, text in texts.items()},
        service=service,
    )


@pytest.mark.proves("pairs-1.02", breaks=takes_any_body)
def test_public_health_is_printed_as_the_department_and_one_that_nobody_registered_is_an_error() -> None:
    assert printed(cast.definition(PAIRS), "department") == "Public Health"
    with pytest.raises(Faulty, match="“kent-roads”"):
        with_another_department(PAIRS)


@pytest.mark.proves("hv-1.02", breaks=shares_one_entry)
def test_each_service_has_its_own_entry_in_the_record_of_processing() -> None:
    ours, theirs = (
        record_of_processing.record_of_processing(cast.definition(service), on=TODAY)
        for service in (HEALTH_VISITING, PAIRS)
    )
    assert ours.department == "Public Health"
    assert ours.deliverer != theirs.deliverer
    for entry, other in ((ours, PAIRS), (theirs, HEALTH_VISITING)):
        assert not {activity.purpose for activity in entry.activities} & purposes_of(other)
    assert {"the national data set of community services", "your child's school"} <= recipients_in(ours)
    assert not {"the national data set of community services", "your child's school"} & recipients_in(theirs)


def purposes_of(service: str) -> set[str]:
    """The purposes of one service alone, in words."""
    purposes = cast.definition(service).vocabulary.purposes.values()
    return {purpose.words for purpose in purposes if purpose.of == (service,)}


def recipients_in(entry: record_of_processing.RecordOfProcessing) -> set[str]:
    return {recipient for activity in entry.activities for recipient in activity.recipients}


@pytest.mark.proves("pairs-1.05", breaks=gives_any_role)
def test_only_real_group_gives_pairs_its_staff(people: Cast) -> None:
    definition = cast.definition(PAIRS)
    assert printed(definition, "deliverer") == "The Real Group Ltd"
    joining = {"by": cast.BY, "definition": definition, "name": "Nina", "password": cast.PASSWORD, "at": AT}
    for role in ("practitioner", "administrator", "lead"):
        with pytest.raises(Refused) as refused:
            add_account(**joining, email="nina@trust.example", role=role, organisation=TRUST)
        assert refused.value.decision.rests_on == ("who.deliverer",)
        add_account(**joining, email=f"{role}@real.example", role=role, organisation=REAL_GROUP)
    assert as_superuser("select count(*) from staff_account where email = 'nina@trust.example'") == [(0,)]
