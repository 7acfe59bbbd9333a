"""Whether the tables that verifying reads are those that were made: what the catalogue says of them.

Verifying reads as the sealer. Whoever owns the database could show that role less than there is: by a policy, by a
rule, or by a view in the place of a table. That is looked for here. A server that lies about its own catalogue is not
found by asking it (decision 0015).
"""

from collections.abc import Iterator
from typing import Any

import psycopg

from kept.ledger.canonical import ENTRY, SUBJECT
from kept.ledger.findings import Finding

TABLES = ("ledger_entry", "ledger_subject", "ledger_seal", "ledger_key", "ledger_unsealed")
# What the catalogue has to say of each: its kind, whether policies hold, and whether they hold its owner too.
KINDS = {
    "ledger_entry": ("p", True, True),
    "ledger_subject": ("p", True, True),
    "ledger_seal": ("r", False, False),
    "ledger_key": ("r", False, False),
    "ledger_unsealed": ("r", False, False),
}
PART = ("r", True, True)
COLUMNS = {"ledger_entry": {*ENTRY}, "ledger_subject": {*SUBJECT, "id"}}
ALL = """
select root, c.oid, c.oid::regclass::text, c.relkind::text, c.relrowsecurity, c.relforcerowsecurity, c.relhasrules,
       n.nspname::text, (select count(*) from pg_inherits i where i.inhrelid = c.oid or i.inhparent = c.oid
                         and c.relkind <> 'p')
from unnest(%s::text[]) root
cross join lateral (select to_regclass('public.' || root) as oid
                    union select relid from pg_partition_tree(to_regclass('public.' || root))) part
join pg_class c on c.oid = part.oid join pg_namespace n on n.oid = c.relnamespace
order by 1, 3
"""
# Those that hold the role that asks.
POLICIES = """
select polname::text, polcmd::text, polpermissive, pg_get_expr(polqual, polrelid) from pg_policy
where polrelid = %s
and exists (select from unnest(polroles) role where role = 0 or pg_has_role(role, 'member')) order by 1
"""
SEES_ALL = [("sealer", "r", True, "true")]
NAMED = "select attname::text from pg_attribute where attrelid = %s and attnum > 0 and not attisdropped"


def differences(connection: psycopg.Connection[Any]) -> Iterator[Finding]:
    """What is not as it was made, of the tables of the ledger and of each of their parts."""
    there = set()
    for root, oid, name, kind, locked, forced, rules, schema, parents in connection.execute(ALL, [[*TABLES]]):
        is_part = name != root
        there.add(root)
        if (kind, locked, forced) != (PART if is_part else KINDS[root]) or rules:
            yield _told(
                name, "is not the table that was made: another kind of it, other locks, or a rule on it"
            )
        if parents != int(is_part) or schema != ("ledger" if is_part else "public"):
            yield _told(name, "stands in another place among the tables than where it was made")
        if not is_part:
            yield from _columns_and_policies(connection, root, oid)
    for root in TABLES:
        if root not in there:
            yield _told(root, "is not there")


def _columns_and_policies(connection: psycopg.Connection[Any], root: str, oid: int) -> Iterator[Finding]:
    policies = connection.execute(POLICIES, [oid]).fetchall()
    if policies != (SEES_ALL if KINDS[root][1] else []):
        yield _told(root, "has other policies for whoever verifies: rows of it may not be shown")
    columns = {column for (column,) in connection.execute(NAMED, [oid])}
    if root in COLUMNS and columns != COLUMNS[root]:
        yield _told(
            root, f"has other columns ({', '.join(sorted(columns ^ COLUMNS[root]))}): they are not sealed"
        )


def _told(name: str, words: str) -> Finding:
    return Finding("table", f"{name} {words}.")
