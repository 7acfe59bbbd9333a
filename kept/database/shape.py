"""What a database is made of, beside its rows: tables and their locks, policies, functions, triggers, grants, counters.

Each kind is hashed from lines that say the same on every version of PostgreSQL, so that a restored database can be
held against the one that was backed up.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

OURS = "('public'::regnamespace, 'ledger'::regnamespace)"
LINES: Mapping[str, str] = {
    "tables": """
        select format('%s.%s %s %s %s %s %s', relnamespace::regnamespace, relname, relkind, relpersistence,
                      pg_get_userbyid(relowner), relrowsecurity, relforcerowsecurity)
        from pg_class where relnamespace in OURS and relkind in ('r', 'p', 'v', 'm', 'S')""",
    "columns": """
        select format('%s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull)
        from pg_attribute join pg_class c on c.oid = attrelid
        where c.relnamespace in OURS and c.relkind in ('r', 'p') and attnum > 0 and not attisdropped""",
    "constraints": """
        select format('%s %s %s %s', conrelid::regclass, conname, contype, convalidated)
        from pg_constraint where connamespace in OURS and contype <> 'n'""",
    "indexes": """
        select format('%s %s %s %s', indrelid::regclass, indexrelid::regclass, indisunique, indisvalid)
        from pg_index join pg_class c on c.oid = indexrelid where c.relnamespace in OURS""",
    "policies": """
        select format('%s %s %s %s %s', polrelid::regclass, polname, polcmd, polpermissive,
                      (select string_agg(rolname, ',' order by rolname) from pg_roles where oid = any (polroles)))
        from pg_policy""",
    "functions": """
        select format('%s %s %s %s', p.oid::regprocedure, pg_get_userbyid(proowner), prosecdef,
                      md5(prosrc || coalesce(array_to_string(proconfig, ','), '')))
        from pg_proc p where pronamespace in OURS""",
    "triggers": """
        select format('%s %s %s %s %s', tgrelid::regclass, tgname, tgtype, tgenabled, tgfoid::regprocedure)
        from pg_trigger where not tgisinternal""",
    # What an owner may do with its own is said in the one database and goes without saying in the other.
    "grants": """
        select format('%s %s %s', c.oid::regclass, coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public'),
                      a.privilege_type)
        from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace in OURS and a.grantee <> c.relowner
        union all
        select format('%s.%s %s %s', t.attrelid::regclass, t.attname,
                      coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public'), a.privilege_type)
        from pg_attribute t join pg_class c on c.oid = t.attrelid, aclexplode(t.attacl) a
        where c.relnamespace in OURS and a.grantee <> c.relowner
        union all
        select format('%s %s %s', p.oid::regprocedure, coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public'),
                      a.privilege_type)
        from pg_proc p, aclexplode(p.proacl) a where p.pronamespace in OURS and a.grantee <> p.proowner
        union all
        select format('%s %s %s', n.nspname, coalesce(pg_get_userbyid(nullif(a.grantee, 0)), 'public'),
                      a.privilege_type)
        from pg_namespace n, aclexplode(n.nspacl) a where n.oid in OURS and a.grantee <> n.nspowner""",
}
SEQUENCES = """
    select relnamespace::regnamespace::text, relname from pg_class where relkind = 'S' and relnamespace in OURS
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A hash of each kind of thing, and how far each counter had counted."""

    hashes: Mapping[str, str]
    counters: Mapping[str, int]

    def unlike(self, other: "Shape") -> tuple[str, ...]:
        """The kinds of things that another database, made from this one, does not have as this one has."""
        wrong = [kind for kind, found in self.hashes.items() if other.hashes.get(kind) != found]
        # A counter may have been drawn from while the dump was made; it never goes back.
        behind = [name for name, value in self.counters.items() if other.counters.get(name, -1) < value]
        return (*wrong, *(["counters"] if behind else []))


def shape_of(connection: psycopg.Connection[Any]) -> Shape:
    """The shape of the database that the connection leads to. The names in it are those that its roles use."""
    connection.execute("select set_config('search_path', 'public', true)")
    hashes = {kind: hashed(connection, question) for kind, question in LINES.items()}
    counters = {}
    for schema, name in asked(connection, SEQUENCES):
        question = SQL("select case when is_called then last_value else last_value - 1 end from {}")
        (value,) = connection.execute(question.format(Identifier(schema, name))).fetchone() or (0,)
        counters[f"{schema}.{name}"] = value
    return Shape(hashes, counters)


def hashed(connection: psycopg.Connection[Any], question: str) -> str:
    lines = sorted(line for (line,) in asked(connection, question))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def asked(connection: psycopg.Connection[Any], question: str) -> list[tuple[Any, ...]]:
    return connection.execute(question.replace("OURS", OURS).encode()).fetchall()
