"""The roles of the database: what each is for and how long its work may take.

Grants on tables stand in the migrations that make the tables. Here is only what a role is before any table:
who may log in, who may pass row-level security (only the one that makes backups, and it only reads), and
the time-outs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OWNER = "kept_owner"
GUARD = "kept_guard"
BACKUP = "kept_backup"
MONITOR = "kept_monitor"


@dataclass(frozen=True, slots=True)
class Role:
    """A role that logs in. The time-outs are in seconds; 0 is none."""

    name: str
    purpose: str
    statement_seconds: int
    lock_seconds: int
    idle_in_transaction_seconds: int
    attributes: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    def all_settings(self) -> dict[str, str]:
        return {
            "statement_timeout": f"{self.statement_seconds}s",
            "lock_timeout": f"{self.lock_seconds}s",
            "idle_in_transaction_session_timeout": f"{self.idle_in_transaction_seconds}s",
            # Names are looked up where migrations made them, and nowhere that a role could put its own.
            "search_path": "public",
            **self.settings,
        }


READ_ONLY = {"default_transaction_read_only": "on"}

# NOINHERIT: the owner may hand functions over to the guard, and has none of the guard's rights by the way.
LOGIN_ROLES: tuple[Role, ...] = (
    Role(OWNER, "makes and changes tables; reads no row about a person", 0, 10, 600, attributes="NOINHERIT"),
    Role("kept_door", "accounts, second factors, sessions; nothing about a family", 5, 2, 10),
    Role("kept_application", "what policies allow inside an open entry", 10, 2, 15),
    Role("kept_publisher", "stores definitions; no row about a person", 60, 5, 60),
    Role("kept_intake", "the sealed raw messages, and what its entries allow", 30, 5, 30),
    Role("kept_sealer", "seals and signs the ledger", 60, 5, 30),
    Role("kept_reporter", "the de-identified views, nothing else", 900, 5, 60, settings=READ_ONLY),
    Role("kept_keeper", "disposal of what is no longer kept", 300, 5, 60),
    Role(MONITOR, "how much work waits, and since when; no row of any table", 5, 2, 10, settings=READ_ONLY),
    Role(BACKUP, "backups: reads everything, writes nothing", 0, 60, 0, settings=READ_ONLY),
)
LOGIN_NAMES: tuple[str, ...] = tuple(role.name for role in LOGIN_ROLES)
# Django's name for a connection, and the role that it is.
ALIASES: Mapping[str, str] = {
    "default": "kept_application",
    "door": "kept_door",
    "owner": OWNER,
    "publisher": "kept_publisher",
    "intake": "kept_intake",
    "sealer": "kept_sealer",
    "keeper": "kept_keeper",
}
