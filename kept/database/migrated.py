"""Whether a database and this program are of one version: which changes of the tables were made, and which we know."""

from dataclasses import dataclass
from functools import cache

from django.db import connections

# Releases before this one let nobody but the owner see it.
MAY_SEE = "select coalesce(has_table_privilege(to_regclass('django_migrations'), 'select'), false)"


@dataclass(frozen=True, slots=True)
class Versions:
    """What the program has and the database lacks, and the other way round; both empty where they agree."""

    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What to tell a person, or nothing where the two agree."""
        if self.unknown:
            return (
                f"This database was changed by a newer Kept than this one (it has {self.unknown[-1]}), and an older "
                "program would not keep what the newer promised. Install the newer release again, or restore the "
                "backup that was made before the upgrade: kept restore"
            )
        if self.missing:
            return (
                f"This database is of an older Kept (it lacks {self.missing[0]}). "
                "Back it up (kept backup), then run: kept database prepare"
            )
        return ""


def versions(*, using: str) -> Versions:
    """Compare a database with this program, as the role of a connection. Raises django.db.Error."""
    with connections[using].cursor() as cursor:
        cursor.execute(MAY_SEE)
        made = set()
        if cursor.fetchone() == (True,):
            cursor.execute("select app, name from django_migrations")
            made = {f"{app}.{name}" for app, name in cursor.fetchall()}
    return Versions(tuple(sorted(known() - made)), tuple(sorted(made - known())))


@cache
def known() -> frozenset[str]:
    """Every change of the tables that this program has. They lie in its files, which do not change while it runs."""
    from django.db.migrations.loader import MigrationLoader

    return frozenset(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
