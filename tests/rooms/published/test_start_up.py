"""Before anybody is served, the house looks whether it stands as its notices promise."""

import pytest
from django.core import checks
from pytest_django import Settings
from typer.testing import CliRunner

from tests import clusters
from tests.cast import as_superuser

SECOND_FACTOR = "kept.staff.second_factor.SecondFactorMiddleware"


def found() -> list[str]:
    """What the house finds wrong with itself."""
    return sorted(
        {str(one.id) for one in checks.run_checks(databases=["default"]) if str(one.id).startswith("kept.")}
    )


def sentences() -> str:
    return "\n".join(f"{one.msg} {one.hint}" for one in checks.run_checks(databases=["default"]))


def test_nothing_is_wrong_with_a_house_as_it_was_made(database: str) -> None:
    assert found() == []


def test_where_there_are_no_tables_it_says_what_to_do(database: str) -> None:
    name = "kept_without_tables"
    clusters.superuser().execute(f"create database {name} owner kept_owner")
    try:
        clusters.admit(clusters.superuser(), name)
        with clusters.pointed_at(name):
            assert found() == ["kept.E001"]
            assert "kept database prepare" in sentences()
    finally:
        clusters.drop(name)


@pytest.mark.parametrize(
    "change",
    [
        "delete from published_permit where id = (select min(id) from published_permit)",
        "update published_permit set items = items || '{ledger.access}', clauses = clauses || '{see.team-child}'"
        " where id = (select min(id) from published_permit)",
        "update published_permit set reasoned = '{}' where reasoned <> '{}'",
        "update published_permit set until_on = '2099-01-01' where id = (select min(id) from published_permit)",
        "insert into published_permit (definition_id, role, standing, part, purpose, act, source, from_on, items,"
        " clauses, reasoned) values (1, 'practitioner', 'service', 'child', 'health-visiting', 'read', '',"
        " '2026-01-01', '{identity.name}', '{see.team-child}', '{}')",
    ],
    ids=["one fewer", "one item more", "no reason needed", "for longer", "one more"],
)
def test_permits_that_the_text_does_not_give_are_found(database: str, change: str) -> None:
    as_superuser("alter table published_permit disable trigger all")
    as_superuser(change)
    as_superuser("alter table published_permit enable trigger all")
    assert found() == ["kept.E004"]


def test_a_text_that_was_changed_afterwards_is_found(database: str) -> None:
    as_superuser("alter table published_definition disable trigger all")
    as_superuser(
        "update published_definition set texts = jsonb_set(texts, '{law.yaml}',"
        " to_jsonb((texts ->> 'law.yaml') || E'\\n# a remark\\n')) where service = 'health-visiting'"
    )
    as_superuser("alter table published_definition enable trigger all")
    assert found() == ["kept.E003"]


def test_a_text_that_cannot_be_read_any_more_is_found(database: str) -> None:
    as_superuser("alter table published_definition disable trigger all")
    as_superuser(
        "update published_definition set texts = texts - 'law.yaml' where service = 'health-visiting'"
    )
    as_superuser("alter table published_definition enable trigger all")
    assert found() == ["kept.E002"]
    assert "The file is missing" in sentences()


@pytest.mark.parametrize(
    "change",
    [
        "alter table record_name no force row level security",
        "alter table record_name disable row level security",
        "create table record_shoe_size (person_id bigint, size integer)",
        "create schema aside; create table aside.notes (person_id bigint)",
        "create materialized view everybody as select person_id, given from record_name",
    ],
)
def test_a_table_about_people_without_its_lock_is_found(database: str, change: str) -> None:
    as_superuser(change)
    assert found() == ["kept.E005", "kept.E006"]


def test_a_table_that_is_gone_is_found(database: str) -> None:
    as_superuser("alter table record_note rename to record_notes_of_old")
    assert found() == ["kept.E005", "kept.E006"]
    assert "The table record_note is about people" in sentences()


@pytest.mark.parametrize(
    "change",
    [
        "alter table ledger_entry disable trigger ledger_entry_never_changes",
        "alter table ledger_entry enable replica trigger ledger_entry_never_changes",
        "drop trigger ledger_subject_never_changes on ledger_subject",
        "drop trigger published_permit_never_changes on published_permit",
        "drop trigger ledger_entry_never_changes on ledger_entry; create trigger ledger_entry_never_changes"
        " before update on ledger_entry for each statement execute function ledger.never_changes()",
        "grant update (reason) on ledger_entry to kept_application",
        "grant delete on ledger_subject to kept_application",
    ],
)
def test_a_ledger_that_can_be_changed_is_found(database: str, change: str) -> None:
    as_superuser(change)
    assert found() == ["kept.E006"]
    assert "append-only-ledger" in sentences()


@pytest.mark.parametrize(
    "change",
    [
        "alter function ledger.asker(text, timestamptz) rename to who",
        "alter function ledger.whose(uuid[]) security invoker",
        "alter function ledger.reach(text, bigint, uuid[], bigint[], boolean, timestamptz) owner to kept_owner",
    ],
)
def test_a_ledger_that_cannot_ask_who_needs_to_know_is_found(database: str, change: str) -> None:
    as_superuser(change)
    assert found() == ["kept.E006"]
    assert "need-to-know" in sentences()


def test_a_second_factor_that_nobody_asks_for_is_found(database: str, settings: Settings) -> None:
    """It must come after whoever is signed in is known, and must be there at all."""
    whole = settings.MIDDLEWARE
    settings.MIDDLEWARE = [name for name in whole if name != SECOND_FACTOR]
    assert found() == ["kept.E006"]
    assert "second-factor" in sentences()
    settings.MIDDLEWARE = [SECOND_FACTOR, *(name for name in whole if name != SECOND_FACTOR)]
    assert found() == ["kept.E006"]
    settings.MIDDLEWARE = whole
    assert found() == []


def test_the_command_says_so_and_fails(database: str) -> None:
    from kept.cli.app import app

    as_superuser("alter table record_name no force row level security")
    answer = CliRunner().invoke(app, ["check", "--database", "--format", "json"])
    assert answer.exit_code == 1
    assert "The table record_name is about people and has no forced row-level security." in answer.stdout
