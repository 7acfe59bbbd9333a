"""The one way a table about people gets its lock: forced row-level security that believes only the open entry."""

from collections.abc import Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

READERS = "kept_application, kept_intake"
# What a row says of itself (its entry, service, definition, source and time) is the open entry's. It is asked once a
# statement, not once a row: many people may be written about in one.
TRUTHFUL = (
    "(entry_id, service, definition_id, source, recorded_at)"
    " = (select e.entry, e.service, e.definition, e.source, e.at from ledger.this_entry() e)"
)


class Protect(Operation):
    """Force row-level security on a table, by the one item that it holds (or the one of each row's kind; of many kinds
    each may be named by the item itself, `named_by_row`, and is then looked up by that name).

    A row shows to an entry that may read the item about its person, or that wrote the row itself. It is written
    only under an entry that may record the item about its person, and must name that entry truthfully. Only the
    columns in `updates` may ever change, each once, from empty; nothing is deleted but by disposal.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        table: str,
        *,
        item: str = "",
        item_by_kind: Mapping[str, str] | None = None,
        named_by_row: bool = False,
        person: str = "person_id",
        updates: tuple[str, ...] = (),
    ) -> None:
        self.table, self.item, self.person, self.updates = table, item, person, updates
        self.item_by_kind = dict(item_by_kind or {})
        self.named_by_row = named_by_row

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The lock changes nothing that Django's models know of."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.statements():
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The table goes with its policies."""

    def describe(self) -> str:
        return f"Lock {self.table} by {self.item}"

    @staticmethod
    def opened(*items: str) -> str:
        """The condition on a table: that it is the open entry's service, and opens one of its items.

        It says the same thing twice so that the planner finds the two answers equal, or not, before it touches the
        table. A condition that an asker adds may be tried on rows before a policy's own are, and EXPLAIN ANALYZE
        tells whether any row met it; so a table that an entry does not open is not looked into at all.
        """
        named = ", ".join(f"'{item}'" for item in items)
        return f"(service, service) = (select s, s from ledger.service_for({named}) s)"  # noqa: S608

    def _may(self, act: str) -> str:
        """The condition on a row: that the open entry may do this about its person and its item."""
        if self.named_by_row:
            opened = f"(select ledger.people_by_item('{act}'))"
            return f"{self.person} = any (({opened} ->> kind)::bigint[])"
        if not self.item_by_kind:
            return self._may_item(self.item, act)
        kinds = (
            f"kind = '{kind}' and {self._may_item(item, act)}" for kind, item in self.item_by_kind.items()
        )
        return f"({' or '.join(kinds)})"

    def _may_item(self, item: str, act: str) -> str:
        return f"{self.person} = any ((select ledger.people_for('{item}', '{act}'))::bigint[])"

    def _items(self) -> list[str]:
        return sorted(set(self.item_by_kind.values())) or [self.item]

    def statements(self) -> list[str]:
        table, may_read, may_record = self.table, self._may("read"), self._may("record")
        opened = self.opened(*self._items())
        locked = [
            f"alter table {table} enable row level security",
            f"alter table {table} force row level security",
            f"create policy guard on {table} to kept_guard using (true) with check (true)",
            f"create policy backup on {table} for select to kept_backup using (true)",
            f"create policy readable on {table} for select to {READERS}"
            f" using ({opened} and ({may_read} or entry_id = (select ledger.entry())))",
            f"create policy recordable on {table} for insert to {READERS}"
            f" with check ({may_record} and {TRUTHFUL})",
            f"grant select, insert on {table} to {READERS}",
            f"grant select on {table} to kept_guard, kept_backup",
            f"grant usage on sequence {table}_id_seq to {READERS}",
            f"comment on table {table} is 'item: {', '.join(self._items())}'",
        ]
        return locked + self.changes()

    def changes(self) -> list[str]:
        """What lets the columns in `updates` change, once, from empty."""
        if not self.updates:
            return []
        opened, may_record = self.opened(*self._items()), self._may("record")
        still_empty = " and ".join(f"{column} is null" for column in self.updates)
        return [
            f"create policy changeable on {self.table} for update to {READERS}"
            f" using ({opened} and {may_record} and {still_empty})"
            f" with check ({may_record})",
            f"grant update ({', '.join(self.updates)}) on {self.table} to {READERS}",
        ]


class LetChange(Protect):
    """Let columns of a table that is locked already change, each once, from empty."""

    def statements(self) -> list[str]:
        return self.changes()

    def describe(self) -> str:
        return f"Let {', '.join(self.updates)} of {self.table} be filled in"
