"""Signing in, staying signed in, and signing out."""

import re

import pyotp

from kept.staff.adapters import SecondFactorAdapter
from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.signing_in import code_of, signs_in, types_password
from tests.journeys.site import Site
from tests.journeys.visitor import Visitor

NOT_RIGHT = "The email address or the password is not right. Try again."
TOO_MANY = "There were too many tries. Wait 15 minutes, then try again."
WRONG_CODE = SecondFactorAdapter.error_messages["incorrect_code"]
NEW_PASSWORD = "four plain wooden spoons"
# The last code was typed half an hour ago, as far as the database knows.
LATER = "update mfa_authenticator set data = data - 'last_step' where user_id = %s"
LEFT_ALONE = (
    "update staff_session set last_seen_at = last_seen_at - interval '31 minutes' where account_id = %s"
)


def test_a_password_and_a_code_open_the_caseload(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    visitor.goes_to("/caseload/")
    assert visitor.path == "/sign-in/?next=%2Fcaseload%2F"
    visitor.types("Email address", robin.email).types("Password", cast.PASSWORD).presses("Sign in")
    assert visitor.heading == "Enter your code"
    visitor.types("Code", code_of(robin.secret)).presses("Sign in").is_at("/caseload/")


def test_a_wrong_password_and_a_wrong_address_are_told_the_same(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    types_password(visitor, email=robin.email, password="a slip of the pen")
    known = (visitor.errors, visitor.status)
    assert visitor.tab.get_by_label("Email address").input_value() == robin.email
    types_password(visitor, email="nobody@kent.example", password="a slip of the pen")
    assert known == (visitor.errors, visitor.status) == ([NOT_RIGHT], 200)


def test_a_wrong_code_is_said_and_another_can_be_typed(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    types_password(visitor, email=robin.email)
    visitor.types("Code", "000000").presses("Sign in")
    assert visitor.errors == [WRONG_CODE]
    visitor.types("Code", code_of(robin.secret)).presses("Sign in").is_at("/caseload/")


def test_five_wrong_passwords_lock_out_in_the_same_words_for_everyone(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    for email in (robin.email, f"nobody-{robin.email}"):
        for _ in range(5):
            types_password(visitor, email=email, password="a slip of the pen")
        assert (visitor.errors, visitor.status) == ([TOO_MANY], 429)
    types_password(visitor, email=robin.email)
    assert visitor.errors == [TOO_MANY]


def test_a_lock_out_is_nobody_elses(arrives: Arrives) -> None:
    visitor, other = arrives(), people.colleague()
    for _ in range(5):
        types_password(visitor, email=people.colleague().email, password="a slip of the pen")
    signs_in(visitor, email=other.email, secret=other.secret)
    visitor.is_at("/caseload/")


def test_who_has_no_second_factor_sets_one_up_before_anything_else(arrives: Arrives) -> None:
    robin, visitor = people.colleague(totp=False), arrives()
    types_password(visitor, email=robin.email)
    assert visitor.heading == "Set up an authenticator app"
    visitor.goes_to("/caseload/")
    assert visitor.heading == "Set up an authenticator app"
    secret = visitor.tab.locator(".kept-secret").inner_text().strip()
    visitor.types("Type the 6 digits that the app shows", "123456").presses("Set up")
    assert visitor.errors == [WRONG_CODE]
    assert visitor.tab.locator(".kept-secret").inner_text().strip() == secret
    visitor.types("Type the 6 digits that the app shows", code_of(secret)).presses("Set up")
    assert visitor.heading == "Show that it is you"
    visitor.types("Code", code_of(secret)).presses("Continue")
    assert visitor.heading == "Recovery codes"
    assert len(codes_shown(visitor)) == 10
    visitor.presses("I have kept them safe").is_at("/caseload/")


def test_a_recovery_code_lets_in_once(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.follows("Robin").follows("Make new ones").presses("Make new codes")
    first = codes_shown(visitor)[0]
    visitor.goes_to("/second-factor/recovery-codes/")
    assert codes_shown(visitor) == []
    again = arrives()
    types_password(again, email=robin.email)
    again.types("Code", first).presses("Sign in").is_at("/caseload/")
    third = arrives()
    types_password(third, email=robin.email)
    third.types("Code", first).presses("Sign in")
    assert third.errors == [WRONG_CODE]


def codes_shown(visitor: Visitor) -> list[str]:
    return visitor.tab.locator(".kept-codes li").all_inner_texts()


def test_a_passkey_is_added_and_lets_in(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    carries_a_key(visitor)
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.follows("Robin").follows("Add a passkey").types("Name", "Work phone")
    asks_for_the_key(visitor, "Add", then="**/recovery-codes/")
    visitor.goes_to("/second-factor/webauthn/").sees("Work phone", "Not used yet.")
    visitor.presses("Sign out")
    types_password(visitor, email=robin.email)
    asks_for_the_key(visitor, "Use a passkey", then="**/caseload/")
    visitor.goes_to("/second-factor/webauthn/").sees("Work phone", "Last used")
    visitor.follows("Rename").types("Name", "Old phone").presses("Save").sees("Old phone")
    visitor.follows("Remove").presses("Remove").sees("You have no passkey yet.")


def carries_a_key(visitor: Visitor) -> None:
    """Chromium's own make-believe of a passkey, which says yes by itself."""
    line = visitor.context.new_cdp_session(visitor.tab)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def asks_for_the_key(visitor: Visitor, button: str, *, then: str) -> None:
    """Press what asks the browser for a passkey; the page goes on by itself once it has it."""
    visitor.tab.get_by_role("button", name=button, exact=True).click()
    visitor.tab.wait_for_url(then)
    visitor.looks()


def test_the_last_second_factor_stays(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.follows("Robin").follows("Remove")
    assert visitor.errors == ["You need a second factor. Add another before you remove this one."]


def test_who_signs_out_is_out_in_that_browser(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.presses("Sign out")
    assert visitor.path == "/sign-in/"
    visitor.goes_back()
    assert visitor.heading == "Sign in"
    visitor.does_not_see("Amina Okafor")


def test_a_session_left_alone_ends_and_says_why(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    cast.as_superuser(LEFT_ALONE, robin.number)
    visitor.goes_to(people.record_of("Amina"))
    assert visitor.heading == "Sign in"
    visitor.sees("You were signed out.", "go on where you were")
    cast.as_superuser(LATER, robin.number)
    visitor.types("Email address", robin.email).types("Password", cast.PASSWORD).presses("Sign in")
    visitor.types("Code", code_of(robin.secret, later=1)).presses("Sign in")
    visitor.is_at(people.record_of("Amina"))


def test_what_was_typed_is_still_there_when_the_session_ended_meanwhile(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.goes_to(people.record_of("Amina")).presses("Record a contact")
    visitor.types("Note", "We talked for most of an hour.")
    cast.as_superuser(LEFT_ALONE, robin.number)
    visitor.presses("Save the contact")
    assert visitor.heading == "You were signed out"
    visitor.sees("What you typed was not saved.", "We talked for most of an hour.")


def test_a_new_password_ends_every_other_session(arrives: Arrives) -> None:
    robin, here, elsewhere = people.colleague(), arrives(), arrives()
    signs_in(here, email=robin.email, secret=robin.secret)
    cast.as_superuser(LATER, robin.number)
    types_password(elsewhere, email=robin.email)
    elsewhere.types("Code", code_of(robin.secret, later=1)).presses("Sign in").is_at("/caseload/")
    here.follows("Robin").follows("Change your password").types("Password you have now", cast.PASSWORD)
    here.types("New password", NEW_PASSWORD).types("New password, once more", NEW_PASSWORD)
    here.presses("Change password")
    assert here.heading == "Sign in"
    assert elsewhere.goes_to("/caseload/").heading == "Sign in"
    types_password(here, email=robin.email)
    assert here.errors == [NOT_RIGHT]


def test_nobody_is_led_to_another_host(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    visitor.goes_to("/sign-in/?next=https://elsewhere.example/caseload/")
    visitor.types("Email address", robin.email).types("Password", cast.PASSWORD).presses("Sign in")
    visitor.types("Code", code_of(robin.secret)).presses("Sign in").is_at("/caseload/")


def test_an_empty_box_is_said_by_its_name(arrives: Arrives) -> None:
    visitor = arrives().goes_to("/sign-in/").presses("Sign in")
    assert visitor.errors == ["Enter your email address.", "Enter your password."]


def test_an_account_shows_its_second_factors(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.follows("Robin").sees("Your account", "Authenticator app Set up", "Passkeys None")


def test_the_cookie_is_for_this_program_alone(arrives: Arrives, site: Site) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    (session,) = [one for one in visitor.context.cookies() if one["name"] == "sessionid"]
    assert session["httpOnly"]
    assert session["sameSite"] == "Lax"
    assert session["expires"] == -1
    assert not re.search(re.escape(robin.email), site.said())
    assert pyotp.TOTP(robin.secret).now() not in site.said()
