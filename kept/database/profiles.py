"""The server's own settings, written at each start: `durable` for a record, `fast` for tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

Profile = Literal["durable", "fast"]
Value = str | float | bool

# For two cores and 4 GB, the program beside it. `local.conf` in the data folder wins over it.
ALWAYS: Mapping[str, Value] = {
    "max_connections": 100,
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "lc_messages": "C",
    "default_transaction_isolation": "read committed",
    # Planning costs more than it saves on pages of a few rows.
    "jit": False,
    "random_page_cost": 1.1,
    "effective_cache_size": "2GB",
    "maintenance_work_mem": "128MB",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_checkpoints": False,
    # What is in a statement or in its detail is about a family: it never reaches the log.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": 0,
    "log_parameter_max_length_on_error": 0,
}
DURABLE: Mapping[str, Value] = {
    "shared_buffers": "512MB",
    "fsync": True,
    "full_page_writes": True,
    "synchronous_commit": True,
    "wal_compression": True,
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
}
# Survives the death of the server, not of the machine.
FAST: Mapping[str, Value] = {
    "shared_buffers": "128MB",
    "fsync": False,
    "full_page_writes": False,
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "max_wal_size": "1GB",
    "checkpoint_timeout": "1h",
    "autovacuum": False,
}
PROFILES: Mapping[Profile, Mapping[str, Value]] = {"durable": DURABLE, "fast": FAST}
WRITTEN = "# Written by Kept at each start; what is changed here is lost.\n"
OWN = "include_if_exists = 'local.conf'\n"
LOCAL = "# Settings of this machine's own: they win over postgresql.conf, and Kept leaves them alone.\n"


def server_settings(profile: Profile, *, socket: Path, port: int, listen: bool) -> str:
    """The text of postgresql.conf."""
    where: dict[str, Value] = {
        "listen_addresses": "127.0.0.1" if listen else "",
        "port": port,
        "unix_socket_directories": str(socket),
    }
    values = {**ALWAYS, **PROFILES[profile], **where}
    return WRITTEN + "".join(f"{name} = {written(value)}\n" for name, value in values.items()) + OWN


def written(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "'" + str(value).replace("'", "''") + "'"


def who_may_connect(*, listen: bool) -> str:
    """The text of pg_hba.conf: a password always, the superuser by the socket alone."""
    lines = ["local all all scram-sha-256"]
    if listen:
        lines += ["host all postgres 127.0.0.1/32 reject", "host all all 127.0.0.1/32 scram-sha-256"]
    return WRITTEN + "".join(f"{line}\n" for line in lines)
