"""Asking for a family that another team looks after, or another service, or nobody: one answer, in the same time."""

import http.client
import re
from collections.abc import Callable
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

TRIES = 200
# What differs from one answer to the next, whoever asks for whatever.
OF_THE_ANSWER_ITSELF = re.compile(
    r'(nonce|name="csrfmiddlewaretoken" value)="[^"]+"|nonce-[\w+/=-]+|csrftoken=\w+'
)


@pytest.fixture(scope="module", autouse=True)
def cleo(site: Site) -> None:
    """Known to the Parent and Infant Relationship Service alone."""
    people.register_with_pairs("Cleo", mother="Mia")


def anothers() -> str:
    """The record of Bo, whom Kent South looks after."""
    return people.record_of("Bo")


def invented() -> str:
    return f"/children/{uuid4()}/"


def of_another_service() -> str:
    return people.record_of("Cleo")


def of_an_adult() -> str:
    return people.record_of("Grace")


@pytest.mark.parametrize("address", [anothers, of_another_service, of_an_adult, invented])
def test_the_refusal_has_the_clause_in_its_own_words_and_says_what_to_do(
    address: Callable[[], str], arrives: Arrives
) -> None:
    hannah = arrives("hannah").goes_to(address())
    assert (hannah.status, hannah.heading) == (403, "You cannot do this")
    hannah.sees("Only people who need to know can see what we keep.", "Clause why.need-to-know")
    hannah.sees("speak to your safeguarding lead now", "That you asked has been written down.")
    hannah.does_not_see("Bo", "Larsen", "Cleo", "Grace")


@pytest.mark.parametrize("form", ["", "contacts/new/?once=6f3c2ec8-7d1e-4c2e-9d5c-000000000000"])
def test_the_page_is_the_same_to_the_byte(form: str, arrives: Arrives) -> None:
    hannah = arrives("hannah")
    real, *others = (
        bytes_of(hannah, address() + form) for address in (anothers, of_another_service, invented)
    )
    assert others == [real, real]


def test_a_visit_sent_for_somebody_elses_child_is_refused_alike(arrives: Arrives) -> None:
    hannah = arrives("hannah")
    real, made_up = (bytes_of(hannah, one() + "contacts/new/", visit(hannah)) for one in (anothers, invented))
    assert real == made_up
    assert "You cannot do this" in real


def test_the_entry_names_the_person_only_where_there_is_one(arrives: Arrives) -> None:
    hannah = arrives("hannah")
    named = [entry_of(hannah, address()) for address in (anothers, of_another_service, invented)]
    assert named == [1, 1, 0]


def test_a_real_address_is_refused_in_the_time_of_an_invented_one(arrives: Arrives, site: Site) -> None:
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in arrives("hannah").context.cookies())
    real, made_up = anothers(), [invented() for _ in range(TRIES)]
    line = http.client.HTTPConnection(str(urlsplit(site.address).netloc))
    took: dict[str, list[float]] = {"real": [], "invented": []}
    for address in made_up:
        took["real"].append(seconds(line, real, cookies))
        took["invented"].append(seconds(line, address, cookies))
    of_real, of_invented = median(took["real"]) * 1000, median(took["invented"]) * 1000
    print(f"refused: {of_real:.2f} ms for a real address, {of_invented:.2f} ms for an invented one")  # noqa: T201
    # Within a tenth of one another on a quiet machine; the bound leaves room for a busy one.
    assert 1 / 1.5 < of_real / of_invented < 1.5


def seconds(line: http.client.HTTPConnection, path: str, cookies: str) -> float:
    began = perf_counter()
    line.request("GET", path, headers={"Cookie": cookies})
    answer = line.getresponse()
    answer.read()
    took = perf_counter() - began
    assert answer.status == 403
    return took


def bytes_of(visitor: Visitor, path: str, form: dict[str, str] | None = None) -> str:
    """Status, headers and page of an answer, without what is of each answer alone."""
    url = visitor.site.address + path
    ask = visitor.context.request
    answer = ask.post(url, form=form) if form else ask.get(url)
    headers = {name: value for name, value in answer.headers.items() if name not in ("date", "set-cookie")}
    return OF_THE_ANSWER_ITSELF.sub("", f"{answer.status} {sorted(headers.items())} {answer.text()}")


def visit(visitor: Visitor) -> dict[str, str]:
    """A whole visit, as the form sends it."""
    visitor.goes_to(people.record_of("Amina")).presses("Record a contact")
    today = people.today()
    version = visitor.tab.locator("[name=notice_version]").first.get_attribute("value") or ""
    return {
        "csrfmiddlewaretoken": visitor.tab.locator("[name=csrfmiddlewaretoken]").first.input_value(),
        "once": str(uuid4()),
        "visited_on-day": str(today.day),
        "visited_on-month": str(today.month),
        "visited_on-year": str(today.year),
        "place": "home",
        "notice": "given",
        "notice_version": version,
        "notice_format": "full",
    }


def entry_of(visitor: Visitor, path: str) -> int:
    """Of how many people the entry is that this refusal wrote."""
    visitor.goes_to(path)
    ((entry, outcome, named),) = cast.as_superuser(
        "select e.id, e.outcome, (select count(*) from ledger_subject s where s.entry_id = e.id)"
        " from ledger_entry e order by e.id desc limit 1"
    )
    assert outcome == "must not", entry
    return int(named)
