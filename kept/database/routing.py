"""Which connection a model is read and written by: Django asks, for every query that does not name one."""

from typing import Any

from kept.database.acting import here

# Accounts, second factors, sessions and lock-out are the door's; nothing about a family is.
DOOR = frozenset({"staff", "account", "mfa", "axes", "auth", "contenttypes", "sessions"})


class Router:
    """Named in the setting DATABASE_ROUTERS. All connections lead to one database, each as another role."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return "door" if model._meta.app_label in DOOR else here()

    db_for_write = db_for_read

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the owner makes and changes tables."""
        return db == "owner"
