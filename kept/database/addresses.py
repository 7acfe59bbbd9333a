"""Where the database is: one address for each role, because a single one cannot serve them.

An address is a postgresql:// URL, given in a setting (KEPT_DATABASE_APPLICATION, KEPT_DATABASE_DOOR, …) or,
where no setting names one, that of the embedded server.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from kept.database.embedded import located
from kept.database.roles import ALIASES, LOGIN_NAMES
from kept.database.trouble import NOT_GIVEN, NotPrepared, not_given

DATABASE = "kept"
# A connection is used again for a minute; longer would hold on to what a restarted server no longer knows.
REUSED_SECONDS = 60
CONNECT_SECONDS = 5


def setting_of(role: str) -> str:
    """KEPT_DATABASE_APPLICATION for kept_application."""
    return f"KEPT_DATABASE_{role.removeprefix('kept_').upper()}"


def given_addresses(settings: Mapping[str, str]) -> dict[str, str]:
    """The address of each role that the settings name; empty where they name none. Raises NotPrepared.

    A process is given the addresses that its work needs and no more. They lead to one database: a program that uses
    two by mistake would write half of a thing to each.
    """
    found = {role: address for role in LOGIN_NAMES if (address := settings.get(setting_of(role), ""))}
    places = {place_of(check(role, address)) for role, address in found.items()}
    if len(places) > 1:
        raise NotPrepared(
            f"The addresses of the database ({', '.join(map(setting_of, found))}) lead to different databases. "
            "Give all of them the same host, port and database."
        )
    return found


def place_of(parts: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(parts.get("host", "")), str(parts.get("port", "5432")), str(parts.get("dbname", DATABASE))


def address_of(role: str, *, settings: Mapping[str, str], home: Path) -> str:
    """The address of one role, from the settings or the embedded server. Raises NotPrepared where there is none."""
    given = given_addresses(settings)
    if role in given:
        return given[role]
    if given:
        raise NotPrepared(not_given(setting_of(role)))
    return located(home=home).address_for(role, database=DATABASE)


def check(role: str, address: str) -> dict[str, Any]:
    """The parts of an address. Raises NotPrepared where it is not one, or is another role's; never repeats it."""
    parts = parsed(address, setting=setting_of(role))
    user = parts.get("user")
    if user != role:
        raise NotPrepared(
            f"{setting_of(role)} must be the address of the role {role}, and is that of {user or 'nobody'}. "
            "Grants name the roles, so their names are fixed."
        )
    return parts


def parsed(address: str, *, setting: str) -> dict[str, Any]:
    try:
        found = conninfo_to_dict(address)
    except ProgrammingError:
        raise NotPrepared(wrong_address(setting)) from None
    if "," in str(found.get("host", "")) or not address.startswith(("postgresql://", "postgres://")):
        raise NotPrepared(wrong_address(setting))
    return found


def wrong_address(setting: str) -> str:
    return (
        f"{setting} is not the address of a PostgreSQL database. "
        "Write it so: postgresql://role:password@host:5432/kept (a % in a password is written %25, a @ %40)."
    )


def django_databases(settings: Mapping[str, str], *, home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES: from the settings, else the embedded server in `home`, running or not.

    Before the embedded server is prepared its roles have no password yet, and connecting says so.
    """
    addresses = given_addresses(settings) or embedded_addresses(home=home)
    return {
        alias: django_database(addresses[role], alias=alias) if role in addresses else withheld(role)
        for alias, role in ALIASES.items()
    }


def withheld(role: str) -> dict[str, Any]:
    """An entry of DATABASES for a role whose address this process was not given: using it says so."""
    return {"ENGINE": "kept.database", "OPTIONS": {NOT_GIVEN: setting_of(role)}}


def embedded_addresses(*, home: Path, database: str = DATABASE) -> dict[str, str]:
    """The address of each role on the embedded server, without a password where it has none yet."""
    server = located(home=home)
    return {role: server.address_so_far(role, database=database) for role in ALIASES.values()}


def django_database(address: str, *, alias: str) -> dict[str, Any]:
    """One entry of DATABASES; whatever the address says beyond host and user (sslmode, …) goes to the
    driver."""
    found = parsed(address, setting=setting_of(ALIASES[alias]))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": found.pop("host", ""),
        "PORT": found.pop("port", ""),
        "USER": found.pop("user", ""),
        "PASSWORD": found.pop("password", ""),
        "NAME": found.pop("dbname", DATABASE),
        "CONN_MAX_AGE": REUSED_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS, "application_name": f"kept {alias}", **found},
    }
