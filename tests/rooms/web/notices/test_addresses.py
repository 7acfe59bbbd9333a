"""One fixed address for the notice in force, one for ever for each version, and nothing that remembers who reads."""

import re
from datetime import date

import pytest
from django.conf import settings as django_settings
from django.test import Client

from kept.published.editions import editions
from kept.web.notices.addresses import format_href, notice_href, version_href
from kept.web.notices.formats import PAPERS, Form
from tests import cast
from tests.rooms.web.notices.reading import SERVICES, TITLES, Seen, newest, read, sent
from tests.rooms.web.notices.second import publish_second


def test_the_fixed_address_gives_the_version_in_force_and_the_older_one_stays_as_it_was(
    reader: Client,
) -> None:
    first = newest(cast.HEALTH_VISITING)
    before = {form: read(reader, first, form) for form in Form}
    papers = {form: reader.get(format_href(first, form, paper=True)).content for form in PAPERS}
    assert first.hash in sent(reader, notice_href(cast.HEALTH_VISITING))
    second = publish_second()
    in_force = Seen(sent(reader, notice_href(cast.HEALTH_VISITING))).text
    assert second in in_force
    assert "20 November 2026. Version 2." in in_force
    assert first.hash not in in_force
    assert {form: read(reader, first, form) for form in Form} == before
    assert {form: reader.get(format_href(first, form, paper=True)).content for form in PAPERS} == papers


def test_a_version_that_is_not_in_force_yet_can_be_read_and_is_not_at_the_fixed_address(
    reader: Client,
) -> None:
    publish_second(in_force_from="2126-11-20")
    assert "Version 1." in Seen(sent(reader, notice_href(cast.HEALTH_VISITING))).text
    assert "Version 2." in Seen(read(reader, newest(cast.HEALTH_VISITING), Form.EASY_READ)).text
    versions = Seen(sent(reader, f"{notice_href(cast.HEALTH_VISITING)}versions/")).text
    assert "Comes into force on 20 November 2126." in versions


def test_the_address_of_a_version_opens_it_as_easy_read(reader: Client) -> None:
    edition = newest(cast.PAIRS)
    address = version_href(service=edition.service, dated=edition.dated, version_hash=edition.hash)
    assert address == f"/notices/parent-infant-relationship/2026-06-26/{edition.hash[:12]}/"
    answer = reader.get(address, follow=True)
    assert answer.redirect_chain == [(f"{address}easy-read/", 301)]


@pytest.mark.parametrize(
    "address",
    [
        "/notices/no-such-service/",
        "/notices/no-such-service/versions/",
        "/notices/no-such-service/compare/",
        "/notices/health-visiting/2026-03-03/000000000000/",
        "/notices/health-visiting/2026-02-30/000000000000/easy-read/",
        "/notices/health-visiting/compare/?from=000000000000",
        "/notices/health-visiting/compare/?from=%00&to='",
    ],
)
def test_what_was_never_published_is_not_there(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_a_version_is_not_found_under_another_date_or_service(reader: Client) -> None:
    edition = newest(cast.PAIRS)
    for service, dated in ((cast.PAIRS, date(2026, 6, 25)), (cast.HEALTH_VISITING, edition.dated)):
        address = version_href(service=service, dated=dated, version_hash=edition.hash)
        assert reader.get(f"{address}easy-read/").status_code == 404


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/notices/", "public, no-cache"),
        ("/notices/health-visiting/", "public, no-cache"),
        ("/notices/health-visiting/versions/", "public, no-cache"),
        ("easy-read/", "public, max-age=86400"),
        ("text/", "public, max-age=86400"),
        ("easy-read.pdf", "public, max-age=31536000, immutable"),
    ],
)
def test_a_cache_may_keep_it_for_everybody_and_nothing_says_who_reads(
    reader: Client, address: str, kept: str
) -> None:
    if not address.startswith("/"):
        one = newest(cast.HEALTH_VISITING)
        address = version_href(service=one.service, dated=one.dated, version_hash=one.hash) + address
    reader.cookies[django_settings.SESSION_COOKIE_NAME] = cast.token_of("hannah")
    answer = reader.get(address)
    assert answer.headers["Cache-Control"] == kept
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies
    assert "nonce" not in answer.headers["Content-Security-Policy"]
    assert b"Hannah" not in answer.content
    assert reader.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert reader.post(address).status_code == 405


def test_it_is_sent_packed_to_whoever_can_open_it(reader: Client) -> None:
    address = notice_href(cast.HEALTH_VISITING)
    packed = reader.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < 50_000 < len(reader.get(address).content)


def test_every_link_of_every_public_page_leads_somewhere_of_ours(reader: Client) -> None:
    publish_second()
    waiting, met = ["/notices/"], set()
    while waiting:
        address = waiting.pop()
        if address in met:
            continue
        met.add(address)
        answer = reader.get(address, follow=True)
        assert answer.status_code == 200, address
        if answer.headers["Content-Type"].startswith("text/html"):
            page = Seen(answer.content.decode())
            found = {one.partition("#")[0] for one in page.addresses} - {""}
            assert all(one.startswith(("/notices/", "/static/")) for one in found), found
            waiting += [one for one in found if one.startswith("/notices/")]
    assert {
        format_href(one, form) for one in editions(service=cast.HEALTH_VISITING) for form in Form
    } - met == {format_href(one, Form.PROFESSIONALS) for one in editions(service=cast.HEALTH_VISITING)}
    assert {notice_href(service) for service in SERVICES} <= met


@pytest.mark.parametrize("form", [Form.EASY_READ, Form.FULL])
def test_every_part_that_the_contents_name_is_there(reader: Client, form: Form) -> None:
    html = read(reader, newest(cast.PAIRS), form)
    named = set(re.findall(r'href="#(part-[\w-]+)"', html))
    assert named
    assert all(f'id="{one}"' in html for one in named)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_list_of_versions_says_since_when_and_until_when(reader: Client) -> None:
    publish_second()
    text = Seen(sent(reader, "/notices/health-visiting/versions/")).text
    assert "20 November 2026. Version 2. In force since 20 November 2026." in text
    assert (
        "3 March 2026. Version 1. In force from 1 January 2017, until another came on 20 November 2026."
        in text
    )
    index = Seen(sent(reader, "/notices/")).text
    assert [index.count(title) for title in TITLES.values()] == [2, 2]


def test_a_page_compares_two_versions(reader: Client) -> None:
    first = newest(cast.HEALTH_VISITING)
    second = publish_second()
    text = Seen(sent(reader, "/notices/health-visiting/compare/")).text
    assert "New lines We write down where your child goes to school." in text
    assert "Lines that are gone We ask about your religion. You can choose not to say." in text
    assert "Before We keep your child's address. Now We write down where your child lives." in text
    assert "We must tell each family that has the older notice." in text
    assert "We may now write down About the child: school." in text
    same = Seen(sent(reader, f"/notices/health-visiting/compare/?from={second[:12]}&to={second[:12]}")).text
    assert "Nothing is different." in same
    back = Seen(
        sent(reader, f"/notices/health-visiting/compare/?from={second[:12]}&to={first.hash[:12]}")
    ).text
    assert "New lines We ask about your religion." in back


def test_with_one_version_there_is_nothing_to_compare(reader: Client) -> None:
    assert "Nothing is different." in Seen(sent(reader, "/notices/parent-infant-relationship/compare/")).text


def test_the_record_leads_to_the_notice_that_it_is_held_under(reader: Client) -> None:
    reader.cookies[django_settings.SESSION_COOKIE_NAME] = cast.token_of("hannah")
    record = Seen(sent(reader, f"/children/{cast.public_id_of('Amina')}/"))
    one = newest(cast.HEALTH_VISITING)
    address = version_href(service=one.service, dated=one.dated, version_hash=one.hash)
    assert address in record.addresses
    assert reader.get(address, follow=True).status_code == 200
    assert "/notices/" in record.addresses


def test_whoever_is_not_signed_in_finds_the_notices_too(reader: Client) -> None:
    answer = reader.get("/", follow=True)
    assert "/notices/" in Seen(answer.content.decode()).addresses
