"""One address for each role, from the settings or the embedded server."""

from pathlib import Path

import psycopg
import pytest
from django.db import connections

from kept.database import embedded
from kept.database.addresses import (
    address_of,
    django_database,
    django_databases,
    given_addresses,
    setting_of,
)
from kept.database.base import DatabaseWrapper
from kept.database.preparing import prepare_for
from kept.database.roles import ALIASES
from kept.database.trouble import NotPrepared

NAMED = {
    setting_of(role): f"postgresql://{role}:word@db.kent.example:5433/families?sslmode=verify-full"
    for role in ALIASES.values()
}


def test_the_settings_are_called_for_their_roles() -> None:
    assert set(NAMED) == {
        "KEPT_DATABASE_APPLICATION",
        "KEPT_DATABASE_DOOR",
        "KEPT_DATABASE_OWNER",
        "KEPT_DATABASE_PUBLISHER",
        "KEPT_DATABASE_INTAKE",
        "KEPT_DATABASE_SEALER",
        "KEPT_DATABASE_KEEPER",
    }


def test_an_address_becomes_djangos_own_words(tmp_path: Path) -> None:
    found = django_databases(NAMED, home=tmp_path)
    assert set(found) == set(ALIASES)
    door = found["door"]
    assert (door["HOST"], door["PORT"], door["NAME"]) == ("db.kent.example", "5433", "families")
    assert (door["USER"], door["PASSWORD"]) == ("kept_door", "word")
    assert door["OPTIONS"]["sslmode"] == "verify-full"
    assert door["OPTIONS"]["application_name"] == "kept door"
    assert not door["ATOMIC_REQUESTS"]


def test_a_socket_and_a_difficult_password_are_understood() -> None:
    entry = django_database(
        "postgresql://kept_door:a%40b%2Fc%25@/kept?host=%2Frun%2Fa%20b&port=5432", alias="door"
    )
    assert (entry["HOST"], entry["PASSWORD"]) == ("/run/a b", "a@b/c%")


def test_a_process_is_given_what_its_work_needs_and_says_what_it_lacks(tmp_path: Path) -> None:
    some = {name: address for name, address in NAMED.items() if "OWNER" not in name}
    assert "kept_owner" not in given_addresses(some)
    owner = DatabaseWrapper(
        {**connections.settings["owner"], **django_databases(some, home=tmp_path)["owner"]}
    )
    with pytest.raises(NotPrepared, match="KEPT_DATABASE_OWNER is not set, and this needs it"):
        owner.connect()
    with pytest.raises(NotPrepared, match="KEPT_DATABASE_OWNER is not set"):
        prepare_for(settings=some | {"KEPT_DATABASE_ADMINISTRATOR": "postgresql:///"}, home=tmp_path)
    assert given_addresses({"KEPT_DATABASE_ADMINISTRATOR": "anything"}) == {}


def test_addresses_of_two_databases_are_refused() -> None:
    elsewhere = NAMED["KEPT_DATABASE_DOOR"].replace("/families", "/others")
    with pytest.raises(NotPrepared, match="lead to different databases"):
        given_addresses(NAMED | {"KEPT_DATABASE_DOOR": elsewhere})


def test_one_role_is_found_in_the_settings_or_on_the_embedded_server(home: Path) -> None:
    named = "postgresql://kept_backup:word@db.kent.example/families"
    assert address_of("kept_backup", settings={"KEPT_DATABASE_BACKUP": named}, home=home) == named
    with pytest.raises(NotPrepared, match="KEPT_DATABASE_MONITOR is not set"):
        address_of("kept_monitor", settings={"KEPT_DATABASE_BACKUP": named}, home=home)
    with pytest.raises(NotPrepared, match="kept database prepare"):
        address_of("kept_monitor", settings={}, home=home)


@pytest.mark.parametrize(
    "address",
    [
        "db.kent.example",
        "mysql://kept_door:word@db.kent.example/kept",
        "postgresql://kept_door:wo%rd@db.kent.example/kept",
        "postgresql://kept_door:word@one.example,two.example/kept",
        "host=db.kent.example user=kept_door password=word",
        "postgresql://kept_door:word@db.kent.example/kept?nonsense=1",
    ],
)
def test_what_is_no_address_is_refused_and_never_repeated(address: str) -> None:
    with pytest.raises(NotPrepared, match="KEPT_DATABASE_DOOR is not the address") as why:
        given_addresses(NAMED | {"KEPT_DATABASE_DOOR": address})
    assert "kent" not in str(why.value)


def test_another_roles_address_is_refused() -> None:
    with pytest.raises(
        NotPrepared, match="must be the address of the role kept_door, and is that of kept_owner"
    ):
        given_addresses(NAMED | {"KEPT_DATABASE_DOOR": NAMED["KEPT_DATABASE_OWNER"]})


def test_before_anything_is_made_the_settings_can_be_read(home: Path) -> None:
    entry = django_databases({}, home=home)["default"]
    assert (entry["USER"], entry["PASSWORD"]) == ("kept_application", "")
    assert not home.exists()


def test_the_embedded_servers_addresses_lead_there_as_each_role(home: Path) -> None:
    embedded.start(home=home, profile="fast")
    prepare_for(settings={}, home=home, kind="test")
    for alias, entry in django_databases({}, home=home).items():
        names = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "dbname"}
        with psycopg.connect(**{name: entry[key] for key, name in names.items()}) as connection:
            assert connection.execute("SELECT current_user::text").fetchone() == (ALIASES[alias],)
