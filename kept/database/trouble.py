"""What went wrong with the database, in sentences that say what to do."""

from collections.abc import Iterator

FULL = (
    "Nothing was saved: the disk that holds the record is full, or the database may not write a file that "
    "large. Nothing that was saved before is lost. Make room, then do it again."
)
GONE = (
    "Nothing was saved: the database cannot be reached. Nothing that was saved before is lost. "
    "See whether it runs (kept database status), start it (kept database start), then do it again."
)
BUSY = "Nothing was saved: the database was too busy to answer in time. Do it again in a moment."
NOT_PREPARED = "The database does not let Kept in: its roles are not prepared. Run: kept database prepare"

# An option of a connection whose address this process was not given: which setting would give it.
NOT_GIVEN = "kept_not_given"


def not_given(setting: str) -> str:
    return (
        f"{setting} is not set, and this needs it. A process is given only the addresses of the database that its "
        "work needs: run the command where that one is set."
    )


# PostgreSQL's own codes, https://www.postgresql.org/docs/18/errcodes-appendix.html
SENTENCES = {
    "53100": FULL,
    "08": GONE,
    "57P": GONE,
    "53300": BUSY,
    "55P03": BUSY,
    "57014": BUSY,
    "40": BUSY,
    "25P03": BUSY,
    "28": NOT_PREPARED,
    "3D000": NOT_PREPARED,
}
# What only happens where somebody else was first, between the reading and the writing: a rule of the database that
# what was read then did not break, or an entry that opens more than the asker may by now (KP002, of schema ledger).
MEANWHILE = "Somebody changed this meanwhile. Open it again; copy what you typed first."
OF_MEANWHILE = frozenset({"23505", "23514", "23P01", "KP002"})
# A file-size limit has no code of its own, and a connection that was never made has none at all.
WORDS = {
    "File too large": FULL,
    "No space left on device": FULL,
    "Disk quota exceeded": FULL,
    "password authentication failed": NOT_PREPARED,
    "no password supplied": NOT_PREPARED,
    "too many clients": BUSY,
    "connection failed": GONE,
    "connection is bad": GONE,
    "connection is closed": GONE,
    "the connection is lost": GONE,
    "server closed the connection": GONE,
}
# What the server itself says where it cannot start, and what to do.
REASONS = {
    "No space left on device": "the disk that holds it is full. Nothing is lost. Make room, start it again.",
    "Disk quota exceeded": "the disk has no more room for its user. Nothing is lost. Make room, start it again.",
    "File too large": "it may not write a file that large. Raise the limit (ulimit -f) and start it again.",
    "still in use": "a process of the server that was killed still works. Wait for it and start it again.",
    "could not create any TCP/IP sockets": "another program listens on its port. Stop that one.",
    "could not map anonymous shared memory": "too little memory is free on this machine: it needs 600 MB.",
    "Permission denied": "a file of it is closed to its own user. See who owns the files in its folder.",
}


class DatabaseTrouble(Exception):
    """The state of the database is in the way, not what was asked; its words say what to do."""


class CannotStart(DatabaseTrouble):
    """The embedded server cannot be started, stopped or used."""


class NotPrepared(DatabaseTrouble):
    """A role, an address or a right that the database needs is missing."""


def sentence(error: BaseException) -> str | None:
    """What to tell a person of a database error, or None where the trouble is not the database's state."""
    for cause in causes_of(error):
        code = getattr(cause, "sqlstate", None) or ""
        known = SENTENCES.get(code) or SENTENCES.get(code[:3]) or SENTENCES.get(code[:2])
        if known:
            return known
    told = " ".join(str(cause) for cause in causes_of(error) if hasattr(cause, "sqlstate"))
    return next((words for part, words in WORDS.items() if part in told), None)


def changed_meanwhile(error: BaseException) -> str:
    """By which rule of the database somebody else was first: its name, or its code where it has none; '' otherwise."""
    for cause in causes_of(error):
        code = getattr(cause, "sqlstate", None) or ""
        if code in OF_MEANWHILE:
            return getattr(getattr(cause, "diag", None), "constraint_name", None) or code
    return ""


def plain(reason: str) -> str:
    """What a reason in the server's log means for a person; the reason itself where it is not a usual one."""
    return next((words for part, words in REASONS.items() if part in reason), reason)


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from: Django wraps psycopg's errors in its own."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__
