"""What the database itself refuses of a draft, whatever the program is made to say."""

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connections

from kept.database.acting import acting_as
from kept.notices.asker import Asker
from kept.notices.decision import Refused
from kept.published import actions, reads
from kept.published.drafts import NoSuchDraft, Signatory
from tests import cast

IRA, IVO = "ira@kent.example", "ivo@kent.example"


def signs(asker: Asker, address: str) -> Signatory:
    return Signatory(asker, address)


@pytest.fixture
def draft(people: cast.Cast) -> int:
    texts = reads.definition_for(by=people.ira, on=cast.AT.date()).definition.texts
    return actions.propose(by=signs(people.ira, IRA), texts=texts, at=cast.AT)


def as_role(alias: str, sql: str, *values: object) -> list[tuple]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def refused(alias: str, sql: str, *values: object) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - Django wraps what the database says
        as_role(alias, sql, *values)
    cause = caught.value.__cause__
    assert isinstance(cause, psycopg.Error)
    return cause.sqlstate or ""


VERSION = "(select min(id) from published_definition where service = 'health-visiting')"
APPROVED = (
    f"update published_draft set approved_by = %s, approved_at = now(), version_id = {VERSION} where id = %s"
)
DENIED, CHECK, RESTRICTED = "42501", "23514", "23001"


def test_nobody_approves_their_own_draft(draft: int) -> None:
    assert refused("publisher", APPROVED, IRA, draft) in (CHECK, RESTRICTED)
    with cast.superuser() as connection:
        connection.execute("alter table published_draft disable trigger published_draft_stays")
    assert refused("publisher", APPROVED, IRA, draft) == CHECK


def test_a_draft_is_approved_only_as_the_version_that_those_two_published(draft: int) -> None:
    assert refused("publisher", APPROVED, IVO, draft) == RESTRICTED


@pytest.mark.parametrize(
    "sql",
    [
        "update published_draft set texts = '{}'",
        "update published_draft set proposed_by = 'somebody@kent.example'",
        "delete from published_draft",
        "truncate published_draft",
    ],
)
@pytest.mark.parametrize("alias", ["publisher", "default", "door", "intake"])
def test_no_role_rewrites_a_draft(draft: int, alias: str, sql: str) -> None:
    assert refused(alias, sql) == DENIED


@pytest.mark.parametrize(
    "sql",
    ["update published_draft set hash = 'x'", "delete from published_draft", "truncate published_draft"],
)
def test_not_even_the_owner_rewrites_a_draft(draft: int, sql: str) -> None:
    assert refused("owner", sql) == RESTRICTED


def test_the_application_reads_drafts_and_writes_none(draft: int) -> None:
    assert as_role("default", "select id from published_draft") == [(draft,)]
    assert refused("default", "update published_draft set withdrawn_by = 'x', withdrawn_at = now()") == DENIED


@pytest.mark.parametrize("alias", ["door", "intake"])
def test_other_roles_do_not_read_drafts(draft: int, alias: str) -> None:
    assert refused(alias, "select id from published_draft") == DENIED


def test_nobody_proposes_a_draft_that_is_approved_already(draft: int) -> None:
    again = (
        "insert into published_draft (service, dated, in_force_from, texts, hash, proposed_by, proposed_at,"
        f" approved_by, approved_at, version_id) select service, dated, in_force_from, texts, hash, '{IRA}',"
        f" proposed_at, '{IVO}', now(), {VERSION} from published_draft"
    )
    assert refused("publisher", again) == RESTRICTED


def test_a_decided_draft_stays_decided(draft: int, people: cast.Cast) -> None:
    actions.withdraw(by=signs(people.ivo, IVO), draft=draft, at=cast.AT)
    undone = "update published_draft set withdrawn_by = null, withdrawn_at = null"
    assert refused("publisher", undone) == RESTRICTED


@pytest.mark.parametrize("name", ["hannah", "sefi", "priya", "ana", "intake"])
def test_the_actions_refuse_whoever_the_notice_does_not_name(
    draft: int, people: cast.Cast, name: str
) -> None:
    by, before = signs(getattr(people, name), "somebody@kent.example"), versions()
    for deed in (
        lambda: actions.approve_and_publish(by=by, draft=draft, at=cast.AT),
        lambda: actions.withdraw(by=by, draft=draft, at=cast.AT),
        lambda: actions.adopt(by=by, draft=draft, clause="hold.language", approver=IVO, at=cast.AT),
        lambda: actions.propose(by=by, texts={}, at=cast.AT),
        lambda: reads.draft(by=by, number=draft, at=cast.AT),
        lambda: reads.drafts(by=by, at=cast.AT),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.decision.rests_on == ("who.council",)
    assert versions() == before


def test_another_services_draft_is_not_there(draft: int, people: cast.Cast) -> None:
    from dataclasses import replace

    theirs = reads.definition_in_force(service=cast.PAIRS, on=cast.AT.date())
    other = signs(replace(people.ira, service=cast.PAIRS, definition=theirs.id), IRA)
    with pytest.raises(NoSuchDraft):
        reads.draft(by=other, number=draft, at=datetime.now(UTC))


def versions() -> int:
    with acting_as("publisher"):
        return len(reads.versions(service=cast.HEALTH_VISITING))
