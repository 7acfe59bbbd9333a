"""Whether families travel to the database sealed: a real service is told where they do not."""

from pathlib import Path

import pytest

from kept.config.checks import unsealed_ways
from kept.database.addresses import django_database


def of(address: str) -> list[str]:
    return unsealed_ways({"default": django_database(address, alias="default")})


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kept_application:x@db.example/kept",
        "postgresql://kept_application:x@db.example/kept?sslmode=prefer",
        "postgresql://kept_application:x@db.example/kept?sslmode=require",  # sealed, and nobody knows to whom
        "postgresql://kept_application:x@192.0.2.7:5433/kept",
    ],
)
def test_a_server_elsewhere_that_nobody_vouches_for_is_told(address: str) -> None:
    assert of(address) == ["default"]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kept_application:x@db.example/kept?sslmode=verify-full",
        "postgresql://kept_application:x@127.0.0.1:5433/kept",
        "postgresql://kept_application:x@localhost/kept",
        "postgresql://kept_application:x@%2Fvar%2Frun%2Fpostgresql/kept",
    ],
)
def test_a_sealed_way_and_this_machine_are_not(address: str) -> None:
    assert of(address) == []


def test_the_guide_says_what_to_write() -> None:
    guide = Path(__file__).parents[3] / "docs" / "guides" / "security.md"
    assert "sslmode=verify-full" in guide.read_text(encoding="utf-8")
