"""Whatever a session says of itself, makes, or hides behind: the policies believe only the open entry."""

import pytest

from tests.cast import AT, as_superuser, person_of, superuser
from tests.rooms.ledger.raw import DENIED, Raw, about

SETTINGS = {
    "role": "kept_application",
    "session_authorization": "kept_application",
    "search_path": "pg_temp, ledger, public",
    "kept.asker": "1",
    "kept.account": "1",
    "kept.entry": "1",
    "kept.service": "health-visiting",
    "ledger.entry": "1",
    "app.current_user": "hannah",
    "application_name": "kept owner",
    "default_transaction_isolation": "serializable",
    "timezone": "Pacific/Kiritimati",
    "datestyle": "German, DMY",
    "array_nulls": "off",
    "transform_null_equals": "on",
    "plan_cache_mode": "force_generic_plan",
    "constraint_exclusion": "on",
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
}
NOT_TO_SET = {
    "role": "kept_guard",
    "session_authorization": "postgres",
    "session_replication_role": "replica",
    "log_statement": "all",
    "is_superuser": "on",
}
OTHERS = ("kept_guard", "kept_owner", "kept_door", "kept_intake", "kept_backup", "postgres")
MAKING = (
    "create schema mine",
    "create table public.ledger_scope_of_mine ()",
    "create table ledger.mine ()",
    "create view public.mine as select 1",
    "create temp table ledger_scope (backend integer)",
    "create temp view ledger_scope as select 1",
    "select * into temp mine from record_name",
    "create function public.people_for(text, text) returns bigint[] language sql return null",
    "create function pg_temp.people_for(text, text) returns bigint[] language sql return null",
    "create function ledger.people_for(text, integer) returns bigint[] language sql return null",
    "create or replace function ledger.people_for(text, text) returns bigint[] language sql return null",
    "create operator public.= (leftarg = bigint, rightarg = text, function = int8eq)",
    "create type public.mine as (one int)",
    "create domain public.mine as bigint",
    "create sequence public.mine",
    "create extension plpgsql",
    "create language mine handler plpgsql_call_handler",
    "create publication mine for all tables",
    "create event trigger mine on ddl_command_start execute function ledger.never_changes()",
    "create policy mine on record_name using (true)",
    "create rule mine as on select to record_name do instead select 1",
    "create index on record_name (given)",
    "create statistics mine on given, family from record_name",
    "create trigger mine before insert on record_name execute function ledger.never_changes()",
    "create role mine",
    "create database mine",
    "create tablespace mine location '/tmp'",
    "do 'begin end'",
    "select lo_from_bytea(0, 'mine')",
    "alter table record_name disable row level security",
    "alter table record_name no force row level security",
    "alter table record_name disable trigger all",
    "alter policy readable on record_name using (true)",
    "drop policy readable on record_name",
    "alter function ledger.people_for(text, text) owner to kept_application",
    "alter role kept_application bypassrls",
    "alter role kept_guard login",
    "alter default privileges for role kept_owner grant select on tables to public",
    "grant kept_guard to kept_application",
    "security label on table record_name is 'mine'",
    "comment on table record_name is 'mine'",
    "reassign owned by kept_owner to kept_application",
    "select pg_read_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "alter system set log_statement = 'all'",
    "load 'plpgsql'",
    "checkpoint",
)


def test_no_setting_opens_anything(application: Raw) -> None:
    for name, value in SETTINGS.items():
        for local in (True, False):
            application.rows("select set_config(%s, %s, %s)", name, value, local)
            assert application.held() == {}, name
    with application.undone() as raw:
        for name, value in SETTINGS.items():
            raw.rows("select set_config(%s, %s, true)", name, value)
        assert raw.held() == {}


def test_some_settings_are_refused(application: Raw) -> None:
    refused = {
        name: application.told("select set_config(%s, %s, false)", name, value)
        for name, value in NOT_TO_SET.items()
    }
    assert refused == dict.fromkeys(NOT_TO_SET, DENIED) | {"is_superuser": "55P02"}


def test_row_security_is_not_set_aside(application: Raw) -> None:
    application.rows("set row_security = off")
    assert application.told("select * from record_name") == DENIED


@pytest.mark.parametrize("role", OTHERS)
def test_no_session_becomes_another_role(application: Raw, role: str) -> None:
    assert application.told(f"set role {role}") == DENIED
    assert application.told(f"set session authorization {role}") == DENIED
    assert application.told("reset session authorization") == ""
    assert application.rows("select session_user::text, current_user::text") == [("kept_application",) * 2]


def test_nothing_is_made(application: Raw) -> None:
    """No table, function or operator of an asker's own can stand in front of a real one."""
    done = [statement for statement in MAKING if not application.told(statement)]
    assert done == []


def test_what_is_granted_onward_is_nothing(application: Raw) -> None:
    application.rows("grant select on record_name, ledger_entry to kept_publisher with grant option")
    assert as_superuser("select has_table_privilege('kept_publisher', 'record_name', 'select')") == [(False,)]


def test_a_role_that_changes_its_own_defaults_gains_nothing_but_a_nuisance(application: Raw) -> None:
    """PostgreSQL lets every role set its own defaults and its own password: that can lock us out, and open nothing."""
    with superuser() as connection:
        (before,) = connection.execute("select setconfig from pg_db_role_setting s join pg_roles r on"
                                       " r.oid = s.setrole where rolname = 'kept_application'").fetchone()  # fmt: skip
    try:
        application.rows("alter role kept_application set search_path = ledger")
        assert application.held() == {}
    finally:
        application.rows("alter role kept_application set search_path = public")
    assert application.held() == {}
    (after,) = as_superuser(
        "select setconfig from pg_db_role_setting s join pg_roles r on r.oid = s.setrole"
        " where rolname = 'kept_application'"
    )
    assert sorted(after[0]) == sorted(before)


HOSTILE = """
create schema hostile;
create table hostile.ledger_scope (like public.ledger_scope);
create table hostile.opened (like public.ledger_scope);
create table hostile.cluster (kind text);
insert into hostile.cluster values ('test');
create function hostile.people_for(text, text) returns bigint[] language sql return array[1, 2, 3, 4, 5]::bigint[];
create function hostile.service_for(variadic text[]) returns text language sql return 'health-visiting';
create function hostile.published_in_force(text, date) returns bigint language sql return 1;
create function hostile.yes(bigint, bigint) returns boolean language sql return true;
create operator hostile.= (leftarg = bigint, rightarg = bigint, function = hostile.yes);
create function hostile.yes_text(text, text) returns boolean language sql return true;
create operator hostile.= (leftarg = text, rightarg = text, function = hostile.yes_text);
create function hostile.yes_items(jsonb, text[]) returns boolean language sql return true;
create operator hostile.?| (leftarg = jsonb, rightarg = text[], function = hostile.yes_items);
create function hostile.them(jsonb, text) returns text language sql return '{1,2,3,4,5}';
create operator hostile.->> (leftarg = jsonb, rightarg = text, function = hostile.them);
grant usage on schema hostile to kept_application;
grant all on all tables in schema hostile to kept_application;
grant execute on all functions in schema hostile to kept_application;
"""


def test_names_that_stand_in_front_of_ours_are_not_believed(database: str, application: Raw) -> None:
    """Even were somebody able to make them: each function says where its names are to be found."""
    amina = person_of("Amina")
    with superuser() as connection:
        connection.execute(HOSTILE)
        connection.execute(f"grant temp on database {database} to kept_application")
    for path in ("hostile, pg_catalog, public", "hostile, public, pg_catalog", "pg_temp, hostile, public"):
        application.rows(f"set search_path = {path}")
        assert application.held() == {}
        assert application.opens(about(person_of("Bo"), read=("identity.name",))) == "KP002"
        with application.undone() as raw:
            raw.rows("create temp table ledger_scope (like hostile.ledger_scope)")
            raw.rows("create temp table opened (like hostile.opened)")
            raw.rows("create temp table published_permit (like public.published_permit)")
            raw.rows(
                "insert into pg_temp.opened values (pg_backend_pid(), pg_current_xact_id(), now(), 1,"
                " 'health-visiting', 1, '', now(), '{\"*\": \"{1,2,3}\", \"identity.name\": \"{1,2,3}\"}', '{}', '{}',"
                " '{}', true)"
            )
            assert raw.held() == {}
            raw.open(about(amina, read=("identity.name",)))
            assert raw.held() == {"record_person": 1, "record_name": 1, "record_search_key": 2}


@pytest.mark.parametrize(
    "statement",
    [
        "insert into ledger_entry (at, role, service, organisation, act, purpose, outcome, clauses, process, source,"
        " reason, request) values (now(), 'lead', 'health-visiting', '', '', '', 'may', '{}', '', '', '', '')",
        "insert into ledger_subject (entry_id, ledger_id, service, read, recorded)"
        " values (1, gen_random_uuid(), 'health-visiting', '{}', '{}')",
        "insert into ledger_scope select * from ledger_scope",
        "update ledger_scope set transaction = pg_current_xact_id()",
        "select * from ledger.opened",
        "select setval('ledger_entry_id_seq', 1000)",
        "select nextval('ledger_entry_id_seq')",
        "update ledger.cluster set kind = 'test'",
        "insert into published_permit (definition_id, role, standing, part, purpose, act, source, from_on, items,"
        " clauses, reasoned) values (1, 'practitioner', 'service', 'child', 'health-visiting', 'read', '',"
        " '2026-01-01', '{identity.name}', '{see.team-child}', '{}')",
        "select * from staff_session",
        "insert into staff_session values ('mine', '', now(), 1, now(), now(), now())",
        "update staff_membership set role = 'lead'",
        "insert into staff_team_member (account_id, team_id, from_on) values (1, 2, current_date)",
        "update mfa_authenticator set data = '{}'",
        "delete from mfa_authenticator",
    ],
)
def test_what_the_entry_rests_on_is_nobodys_to_write(application: Raw, statement: str) -> None:
    assert application.told(statement) == DENIED
    with application.undone() as raw:
        raw.open(about(person_of("Amina"), read=("identity.name",)), at=AT)
        assert raw.told(statement) == DENIED
