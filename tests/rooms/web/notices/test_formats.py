"""Every format says which notice it is, and every line of the notice once."""

from datetime import date

import pytest
from django.test import Client

from kept.notices.leaflet import leaflet
from kept.notices.loading import load
from kept.published.reads import published
from kept.web.notices import formats, views
from kept.web.notices.addresses import format_href
from kept.web.notices.formats import DRAFT, PROFESSIONALS, Form, notes, shown
from kept.web.notices.pictures import drawings
from tests import cast
from tests.rooms.web.notices.paper_read import of_itself
from tests.rooms.web.notices.reading import DATED, PAGES, SERVICES, TITLES, Seen, newest, read, words_of

OTHER = dict(zip(SERVICES, reversed(SERVICES), strict=True))


def forgets_which_it_is(patch: pytest.MonkeyPatch) -> None:
    """Break: what a format says about itself is left out."""
    patch.setattr(formats, "_about", lambda read, version: iter([("Version", version)]))


def shows_the_other_service(patch: pytest.MonkeyPatch) -> None:
    """Break: under the address of one service stands the notice of the other."""
    original = views.published
    patch.setattr(views, "published", lambda number: original(3 - number))


def says_which_it_is(reader: Client, service: str) -> None:
    """Each format, on the screen and on paper, carries service, date, version and hash, and says it is this one."""
    edition = newest(service)
    for form in Form:
        text = read(reader, edition, form)
        said = text if form is Form.TEXT else Seen(text).text
        for one in (TITLES[service], DATED[service], "Version 1.", edition.hash):
            assert one in said, f"{one} is not in {form}"
        assert f"This notice is about the {TITLES[service]}." in said
    for form in formats.PAPERS:
        itself = of_itself(reader.get(format_href(edition, form, paper=True)).content)
        assert TITLES[service] in itself
        assert f"{DATED[service]}. Version 1." in itself
        assert edition.hash in itself


@pytest.mark.proves("pairs-0.01", breaks=forgets_which_it_is)
def test_every_format_of_pairs_carries_service_date_version_and_hash(reader: Client) -> None:
    says_which_it_is(reader, cast.PAIRS)


@pytest.mark.proves("hv-0.01", breaks=shows_the_other_service)
def test_every_format_of_health_visiting_carries_its_own_and_never_the_other_one(reader: Client) -> None:
    says_which_it_is(reader, cast.HEALTH_VISITING)
    edition = newest(cast.HEALTH_VISITING)
    for form in (Form.EASY_READ, Form.LARGE_PRINT, Form.TEXT, Form.PROFESSIONALS):
        assert TITLES[cast.PAIRS] not in read(reader, edition, form)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("form", [Form.EASY_READ, Form.LARGE_PRINT, Form.FULL])
def test_every_clause_in_force_stands_there_once_in_its_own_words(
    reader: Client, service: str, form: Form
) -> None:
    edition = newest(service)
    definition = published(edition.id).definition
    page = Seen(read(reader, edition, form))
    law = {entry.id for entry in definition.law}
    promised = [one for one in page.clauses if one[0] not in law]
    in_force = {clause.id: clause.words for clause in definition.clauses if clause.counts(date(2026, 11, 22))}
    assert len(promised) == len(in_force)
    assert dict(promised) == in_force
    assert (len(page.clauses) > len(promised)) == (form is Form.FULL)


@pytest.mark.parametrize("service", SERVICES)
def test_read_aloud_every_clause_is_said_once_and_no_sign_is_stumbled_over(
    reader: Client, service: str
) -> None:
    edition = newest(service)
    text = read(reader, edition, Form.TEXT)
    for line in leaflet(published(edition.id).definition, on=edition.dated).lines:
        assert text.splitlines().count(line.words) == 1
    assert text.startswith(
        f"This is the privacy notice of the {TITLES[service]}. {DATED[service]}. Version 1."
    )
    assert not set("<>{}_*#|") & set(text)


def test_the_part_for_professionals_holds_theirs_and_what_is_the_same_for_everybody(reader: Client) -> None:
    page = Seen(read(reader, newest(cast.PAIRS), Form.PROFESSIONALS))
    held = [clause for clause, _ in page.clauses]
    assert held[:5] == [
        "why.professionals", "see.professionals", "see.adjustments", "hold.professionals", "hold.adjustments",
    ]  # fmt: skip
    assert "rights.access" in held
    assert "hold.pregnancy" not in held


def test_a_notice_without_a_part_for_professionals_offers_none(reader: Client) -> None:
    assert PROFESSIONALS in Seen(read(reader, newest(cast.PAIRS), Form.EASY_READ)).text
    assert PROFESSIONALS not in Seen(read(reader, newest(cast.HEALTH_VISITING), Form.EASY_READ)).text


@pytest.mark.parametrize("service", SERVICES)
def test_every_picture_that_a_clause_names_is_drawn(service: str) -> None:
    definition = cast.definition(service)
    missing = {clause.picture for clause in definition.clauses} - drawings().keys()
    assert not missing


def test_the_full_notice_says_exactly_what_a_line_means_and_what_the_law_adds(reader: Client) -> None:
    text = Seen(read(reader, newest(cast.PAIRS), Form.FULL)).text
    assert (
        "We keep your gender and your baby's gender. What gender About the child; a parent or main carer"
        in text
    )
    assert "The law that lets us UK GDPR, Article 6(1)(e)" in text
    assert "Do we ask you first? Yes, but not to keep people safe from harm" in text
    assert "How long until the child turns 25" in text
    assert "No program decides about you by itself. The law UK GDPR, Articles 22A to 22D." in text


@pytest.mark.parametrize("form", PAGES)
def test_beside_words_that_were_overtaken_stands_a_dated_note(reader: Client, form: Form) -> None:
    note = "From 30 September 2026 the Information Commissioner is called the Information Commission."
    text = Seen(read(reader, newest(cast.PAIRS), form)).text
    assert f"You can call the Information Commissioner on 0303 123 1113. {note}" in text


def test_a_proposal_stands_there_once_it_is_adopted_and_says_since_when() -> None:
    words = "We would like to write down which language you speak best."
    assert words not in all_words(cast.texts())
    adopted = (
        "adopted:\n- {service: parent-infant-relationship, clause: hold.language, by: Ira, approved_by: Paul,"
        " on: 2026-11-20}\n"
    )
    texts = cast.texts() | {"adopted.yaml": adopted}
    assert f"{words} This was added on 20 November 2026." in all_words(texts)


def all_words(texts: dict[str, str]) -> str:
    definition = load(texts, service=cast.PAIRS)
    draft = shown(definition, Form.EASY_READ, version=DRAFT, on=definition.dated)
    return words_of(
        " ".join(
            word for part in draft.sections for line in part.lines for word in (line.words, *notes(line))
        )
    )


def test_words_in_another_language_are_used_where_they_are_there_and_the_rest_says_that_it_is_english() -> (
    None
):
    texts = cast.texts()
    name = "services/parent_infant_relationship.yaml"
    english = "says: The Real Group Ltd does this work for us."
    polish = "says: {en: The Real Group Ltd does this work for us., pl: Prace wykonuje The Real Group Ltd.}"
    assert english in texts[name]
    definition = load(texts | {name: texts[name].replace(english, polish)}, service=cast.PAIRS)
    lines = {line.clause: line for line in leaflet(definition, on=definition.dated, language="pl").lines}
    assert (lines["who.deliverer"].language, lines["who.deliverer"].words) == (
        "pl", "Prace wykonuje The Real Group Ltd.",
    )  # fmt: skip
    assert lines["who.council"].language == "en"
