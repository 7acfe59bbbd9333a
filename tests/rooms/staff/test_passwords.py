"""Which passwords are refused, and that every other is taken as it was typed."""

import hashlib
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from pytest_django import Settings

from kept.staff.models import Account
from kept.staff.passwords import listed
from tests.rooms.staff.staff_room import PASSWORD, joined

ROBIN = Account(email="robin.example@example.org", name="Robin Example")


def told(password: str) -> str:
    try:
        validate_password(password, ROBIN)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "Kent-Health-Visiting-2026!",
        "kentcountycouncil",
        "WelcomeToKept123456",  # two letters of its own
        "Password Password 1",
        "123456789012345678",
        "PAIRS practitioner!!",
    ],
)
def test_where_somebody_works_is_no_password(password: str) -> None:
    assert "words about your work" in told(password)


@pytest.mark.parametrize("password", ["robin.example@example.org", "Robin Example 1"])
def test_nor_is_their_own_name_or_address(password: str) -> None:
    assert "too similar" in told(password)


@pytest.mark.parametrize("password", ["short spoon", "qwertyuiop123", "q1w2e3r4t5y6"])
def test_nor_a_short_or_a_common_one(password: str) -> None:
    assert "too short" in told(password) or "too common" in told(password)


@pytest.mark.parametrize(
    "password",
    [
        "three wooden spoons",
        "ÄÖÜ-käse-und-brot",
        "كلمة سر طويلة جدا",
        "  spaces  at both ends  ",
        "x9" * 500 + "spoon",
    ],
)
def test_any_characters_and_any_length_will_do(password: str) -> None:
    assert told(password) == ""


def hash_of(password: str) -> str:
    """As the list has it: SHA-1 is the list's own choice."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def made_list(folder: Path, *passwords: str) -> Path:
    hashes = sorted(hash_of(one) for one in passwords)
    file = folder / "published.txt"
    file.write_bytes("".join(f"{one}:{n * 7919 + 1}\r\n" for n, one in enumerate(hashes)).encode())
    return file


@pytest.mark.parametrize("many", [0, 1, 2, 3, 4, 7, 50, 1000])
def test_every_published_password_is_found_and_no_other(many: int, tmp_path: Path) -> None:
    known = [f"password number {n}" for n in range(many)]
    file = made_list(tmp_path, *known)

    def found(password: str) -> bool:
        return listed(file, hash_of(password))

    assert all(found(one) for one in known)
    assert not any(found(f"{one} not") for one in [*known, "another"])


def test_a_published_password_is_refused_where_there_is_a_list(settings: Settings, tmp_path: Path) -> None:
    settings.BREACHED_PASSWORDS = made_list(tmp_path, "three wooden spoons")
    assert "a list that thieves use" in told("three wooden spoons")
    assert told("four wooden spoons") == ""


@pytest.mark.usefixtures("room")
def test_a_password_is_asked_for_as_it_was_set_to_the_letter() -> None:
    colleague = joined()
    for other in (PASSWORD.upper(), f"{PASSWORD} ", PASSWORD[:-1]):
        assert colleague.type_password(other).status_code == 200
    assert colleague.type_password().status_code == 302


@pytest.mark.usefixtures("room")
def test_a_new_password_needs_the_one_before_and_is_refused_in_sentences() -> None:
    colleague = joined().sign_in()
    new = {"password1": "Kent-Health-2026!", "password2": "Kent-Health-2026!"}
    wrong = colleague.browser.post("/password/change/", {"oldpassword": "not this one", **new})
    assert wrong.context["form"].errors["oldpassword"]
    refused = colleague.browser.post("/password/change/", {"oldpassword": PASSWORD, **new})
    assert "words about your work" in str(refused.context["form"].errors)
    assert colleague.asker is not None
