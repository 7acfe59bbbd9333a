"""On paper: a PDF that a screen reader follows, the same from every machine, made once."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kept.notices.leaflet import leaflet
from kept.notices.loading import load
from kept.published.reads import published
from kept.web import building
from kept.web.notices.addresses import format_href
from kept.web.notices.formats import PAPERS, Form, Shown, shown
from kept.web.notices.papers import file_name, in_groups, paper, typeset
from tests import cast
from tests.rooms.web.notices import paper_read
from tests.rooms.web.notices.reading import DATED, SERVICES, TITLES, newest

needs_pdftotext = pytest.mark.skipif(
    not paper_read.PDFTOTEXT,
    reason="pdftotext is not on this machine, and nothing else here reads a PDF's words",
)


@pytest.fixture(autouse=True, scope="module")
def drawn() -> None:
    building.build()


def one(service: str, form: Form) -> Shown:
    definition = cast.definition(service)
    return shown(definition, form, version="Version 1", on=definition.dated)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("form", PAPERS)
def test_it_is_tagged_and_says_what_it_is(service: str, form: Form) -> None:
    notice = one(service, form)
    pdf = typeset(notice)
    itself = paper_read.of_itself(pdf)
    assert "<pdfuaid:part>1</pdfuaid:part>" in itself
    assert f"{TITLES[service]}: {notice.kind}, {DATED[service]}. Version 1." in itself
    assert notice.leaflet.hash in itself
    opened = paper_read.unpacked(pdf)
    for said in ("/Marked true", "/DisplayDocTitle true", "/Lang (en-GB)", "/StructTreeRoot"):
        assert re.search(re.escape(said).replace(r"\ ", r"\s*"), opened), said


@pytest.mark.parametrize("form", PAPERS)
def test_its_headings_are_one_title_and_each_part(form: Form) -> None:
    notice = one(cast.PAIRS, form)
    opened = paper_read.unpacked(typeset(notice))
    tags = re.findall(r"/S\s*/(\w+)", opened)
    assert tags.count("H1") == 1
    assert tags.count("H2") == len(notice.sections) + 1
    assert "Figure" not in tags


@pytest.mark.parametrize("form", PAPERS)
def test_it_is_set_in_our_own_typeface_alone(form: Form) -> None:
    fonts = set(
        re.findall(r"/BaseFont\s*/[A-Z]{6}\+(\w+)", paper_read.unpacked(typeset(one(cast.PAIRS, form))))
    )
    assert fonts
    assert all(font.startswith("Arimo") for font in fonts)


@needs_pdftotext
@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("form", PAPERS)
def test_every_line_stands_there_once_and_in_the_order_of_reading(service: str, form: Form) -> None:
    notice = one(service, form)
    said = paper_read.words(typeset(notice))
    at = said.index("3 March 2026" if service == cast.HEALTH_VISITING else "26 June 2026")
    for section in notice.sections:
        for line in section.lines:
            found = said.find(line.words, at)
            assert found > 0, f"{line.clause} is missing or out of its place"
            at = found + len(line.words)
    assert in_groups(notice.leaflet.hash) in said[at:]
    for line in leaflet(cast.definition(service), on=notice.leaflet.on).lines:
        repeated = [other.words for other in notice.leaflet.lines if line.words in other.words]
        assert said.count(line.words) == len(repeated) or form is Form.FULL, line.clause


@needs_pdftotext
def test_easy_read_and_large_print_are_large() -> None:
    assert paper_read.smallest_letters(typeset(one(cast.PAIRS, Form.EASY_READ))) >= 15.9
    assert paper_read.smallest_letters(typeset(one(cast.PAIRS, Form.LARGE_PRINT))) >= 15.9


def test_easy_read_is_no_longer_than_twenty_pages() -> None:
    for service in SERVICES:
        pages = re.findall(r"/Type\s*/Page\b", paper_read.unpacked(typeset(one(service, Form.EASY_READ))))
        assert 0 < len(pages) <= 20


def test_the_same_words_make_the_same_file_and_other_words_another() -> None:
    notice = one(cast.PAIRS, Form.LARGE_PRINT)
    assert typeset(notice) == typeset(notice)
    assert typeset(notice) != typeset(one(cast.HEALTH_VISITING, Form.LARGE_PRINT))


def test_it_is_made_once_and_kept(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    notice = one(cast.PAIRS, Form.EASY_READ)
    first = paper(notice)
    (kept,) = (tmp_path / "papers").glob("*.pdf")
    made = kept.stat().st_mtime_ns
    assert paper(notice) == first
    assert kept.stat().st_mtime_ns == made
    paper(one(cast.PAIRS, Form.LARGE_PRINT))
    assert len(list((tmp_path / "papers").glob("*.pdf"))) == 2


def test_markup_in_a_notice_stays_words() -> None:
    texts = cast.texts()
    name = "services/parent_infant_relationship.yaml"
    sly = texts[name].replace(
        "says: The Real Group Ltd does this work for us.", "says: 'We pay #panic(\"x\") $5$ *now* and @you.'"
    )
    definition = load(texts | {name: sly}, service=cast.PAIRS)
    pdf = typeset(shown(definition, Form.EASY_READ, version="Version 1", on=definition.dated))
    assert not paper_read.PDFTOTEXT or 'We pay #panic("x") $5$ *now* and @you.' in paper_read.words(pdf)


@pytest.mark.parametrize("form", PAPERS)
def test_at_its_address_it_is_the_published_one(reader: Client, form: Form) -> None:
    edition = newest(cast.PAIRS)
    answer = reader.get(format_href(edition, form, paper=True))
    assert answer.headers["Content-Type"] == "application/pdf"
    notice = shown(published(edition.id).definition, form, version="Version 1", on=edition.dated)
    assert file_name(notice) == f"parent-infant-relationship-2026-06-26-{form}.pdf"
    assert file_name(notice) in answer.headers["Content-Disposition"]
    assert edition.hash in paper_read.of_itself(answer.content)
