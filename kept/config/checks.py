"""Whether the house stands as its notices promise: asked before a page is served, and by `kept check --database`.

All are asked as the role that serves pages, so that what they find is what holds for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Worry
from django.db import connections

from kept.database.acting import APPLICATION
from kept.database.migrated import versions
from kept.ledger.held import Held
from kept.notices.definition import Definition
from kept.notices.faults import Faulty
from kept.notices.loading import load
from kept.notices.means import Guard
from kept.notices.permits import Permit, permits_of
from kept.published.models import Definition as Stored
from kept.published.models import Permit as StoredPermit

SECOND_FACTOR = "kept.staff.second_factor.SecondFactorMiddleware"
KNOWS_WHO = "django.contrib.auth.middleware.AuthenticationMiddleware"
THIS_MACHINE = ("", "localhost", "127.0.0.1", "::1")
STAY = ("ledger_entry", "ledger_subject", "published_definition", "published_permit")
# What the ledger calls and does not define itself.
CALLED = (
    "ledger.asker(text, timestamptz)",
    "ledger.reach(text, bigint, uuid[], bigint[], boolean, timestamptz)",
    "ledger.whose(uuid[])",
)
TABLES = """
select c.oid::regclass::text, c.relrowsecurity and c.relforcerowsecurity and row_security_active(c.oid)
from pg_class c where c.relkind in ('r', 'p', 'm', 'f')
and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
and (c.oid::regclass::text = any (%s) or exists (
    select from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_id' and not a.attisdropped))
"""
# Parts of a table too: each can be named by itself.
STAYING = """
select name from unnest(%s::text[]) as name
union select p.relid::regclass::text from unnest(%s::text[]) as name, pg_partition_tree(to_regclass(name)) p
"""
# A trigger that fires before each statement which changes, deletes or empties: 1 a row, 2 before, 8 delete, 16 update,
# 32 truncate (PostgreSQL: src/include/catalog/pg_trigger.h).
GUARDED = """
select name from unnest(%s::text[]) as name
where not exists (select from pg_trigger t where t.tgrelid = to_regclass(name) and t.tgenabled in ('O', 'A')
                  and t.tgtype & 59 = 58)
or has_table_privilege(name, 'update, delete, truncate') or has_any_column_privilege(name, 'update')
"""
MISSING = """
select name from unnest(%s::text[]) as name where not exists (
    select from pg_proc p join pg_roles r on r.oid = p.proowner
    where p.oid = to_regprocedure(name) and p.prosecdef and not r.rolcanlogin)
"""


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connections[APPLICATION].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def has_tables() -> bool:
    return rows("select to_regclass('ledger_entry') is not null") == [(True,)]


def is_of_this_version() -> bool:
    return has_tables() and not versions(using=APPLICATION).sentence


def of_the_database(check: Callable[[], Iterator[CheckMessage]]) -> Callable[..., list[CheckMessage]]:
    """Ask only where the database is to be looked at, and has what is looked for: it is of this version."""

    @register(Tags.database)
    def asked(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
        return list(check()) if APPLICATION in (databases or ()) and is_of_this_version() else []

    return asked


@register(Tags.database)
def there_are_tables(*, databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """What a newer program promised, an older one would not keep; what an older database lacks, this one needs."""
    if APPLICATION not in (databases or ()):
        return []
    if not has_tables():
        return [Error("The database has no tables yet.", hint="Run: kept database prepare", id="kept.E001")]
    sentence = versions(using=APPLICATION).sentence
    return [Error(sentence, id="kept.E007")] if sentence else []


def unsealed_ways(databases: Mapping[str, Any]) -> list[str]:
    """The connections that leave this machine without TLS to a server whose certificate is checked."""
    return sorted(
        alias
        for alias, address in databases.items()
        if (host := address.get("HOST", "")) not in THIS_MACHINE
        and not host.startswith("/")
        and address.get("OPTIONS", {}).get("sslmode") != "verify-full"
    )


@register(Tags.security, deploy=True)
def the_way_to_the_database_is_sealed(**_: object) -> list[CheckMessage]:
    if not (found := unsealed_ways(settings.DATABASES)):
        return []
    return [
        Worry(
            f"Families travel to the database on another machine unsealed ({', '.join(found)}).",
            hint="Write ?sslmode=verify-full at the end of each KEPT_DATABASE_ address.",
            id="kept.W001",
        )
    ]


@of_the_database
def notices_are_kept() -> Iterator[CheckMessage]:
    """The permits that the database looks up are those of the text that a family reads, and what that text says about
    how it keeps what it holds is so."""
    for stored in Stored.objects.using(APPLICATION).order_by("id"):
        what = f"Version {stored.pk} of the notice of {stored.service}"
        try:
            definition = load(stored.texts, service=stored.service)
        except Faulty as faulty:
            yield Error(f"{what} cannot be read any more: {faulty}", hint=PUBLISH_ANEW, id="kept.E002")
            continue
        if stored.hash != definition.hash:
            yield Error(f"{what} is not the text that was published.", hint=RESTORE, id="kept.E003")
        if stored_permits(stored.pk) != set(permits_of(definition)):
            yield Error(f"{what} has other permits than its text gives.", hint=PUBLISH_ANEW, id="kept.E004")
        yield from safeguards_that_are_off(what, definition)


PUBLISH_ANEW = "Publish a version that this program reads, with a later date: kept notice publish"
RESTORE = "Somebody has changed the database by hand. Restore it from a backup."


def stored_permits(version: int) -> set[Permit]:
    kept = StoredPermit.objects.using(APPLICATION).filter(definition=version)
    return {
        Permit(
            role=permit.role,
            standing=permit.standing,
            part=permit.part,
            purpose=permit.purpose,
            act=permit.act,
            source=permit.source,
            from_on=permit.from_on,
            until_on=permit.until_on,
            items=tuple(permit.items),
            clauses=tuple(permit.clauses),
            reasoned=tuple(permit.reasoned),
        )
        for permit in kept
    }


@of_the_database
def tables_about_people_are_locked() -> Iterator[CheckMessage]:
    """Every table of a kind that holds people, and every other one that names a person."""
    for table in unlocked():
        yield Error(
            f"The table {table} is about people and has no forced row-level security.",
            hint=f'Lock it in a migration: Protect("{table}", item=...).',
            id="kept.E005",
        )


def unlocked() -> list[str]:
    held = [model._meta.db_table for model in apps.get_models() if issubclass(model, Held)]
    found = dict(rows(TABLES, held))
    return sorted({table for table, locked in found.items() if not locked} | (set(held) - found.keys()))


def safeguards_that_are_off(what: str, definition: Definition) -> Iterator[CheckMessage]:
    for safeguard, clause in promised(definition).items():
        if wrong := SAFEGUARDS[safeguard]():
            yield Error(
                f"{what} promises a safeguard that is off ({safeguard}, under {clause}): {wrong}",
                hint="Nobody is served until it is on again.",
                id="kept.E006",
            )


def promised(definition: Definition) -> dict[str, str]:
    """Each safeguard that a clause promises, and the clause."""
    return {
        meant.safeguard: clause.id
        for clause in (*definition.law, *definition.clauses)
        for meant in clause.means
        if isinstance(meant, Guard)
    }


def second_factor() -> str:
    order = list(settings.MIDDLEWARE)
    if SECOND_FACTOR not in order:
        return f"{SECOND_FACTOR} is not in MIDDLEWARE."
    if KNOWS_WHO not in order or order.index(KNOWS_WHO) > order.index(SECOND_FACTOR):
        return f"In MIDDLEWARE, {KNOWS_WHO} must stand before {SECOND_FACTOR}."
    return ""


def row_level_security() -> str:
    return f"it is not forced on {', '.join(found)}." if (found := unlocked()) else ""


def append_only_ledger() -> str:
    stay = [name for (name,) in rows(STAYING, list(STAY), list(STAY))]
    found = [name for (name,) in rows(GUARDED, stay)]
    return f"rows can be changed in {', '.join(found)}." if found else ""


def need_to_know() -> str:
    found = [name for (name,) in rows(MISSING, list(CALLED))]
    return f"the database lacks {', '.join(found)}." if found else ""


SAFEGUARDS: dict[str, Callable[[], str]] = {
    "second-factor": second_factor,
    "row-level-security": row_level_security,
    "append-only-ledger": append_only_ledger,
    "need-to-know": need_to_know,
}
