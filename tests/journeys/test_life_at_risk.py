"""A life is at risk, and the family is another team's: look at once, say why, and somebody checks."""

from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives
from tests.journeys.signing_in import signs_in

WHY = "The ambulance service called: a baby is not breathing."


def test_a_practitioner_looks_and_a_privacy_officer_checks(arrives: Arrives) -> None:
    people.register("Zora", mother="Marta", team=cast.SOUTH)
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.goes_to(people.record_of("Zora"))
    assert visitor.status == 403
    visitor.follows("open the record because a life is at risk")
    assert visitor.heading == "Open this record because a life is at risk"
    visitor.presses("Open the record")
    assert visitor.errors == ["Say in a few words why a life is at risk. Somebody will read it and check."]
    visitor.types("Why is a life at risk?", WHY).presses("Open the record")
    assert visitor.heading == "Zora Example"
    visitor.sees("Opened because a life is at risk", WHY, "07700 900001", "Not shown to you")
    visitor.does_not_see("Record a contact")
    visitor.goes_to(people.record_of("Zora"))
    assert visitor.status == 403

    priya = arrives("priya").goes_to("/who-has-looked/").follows("Life at risk")
    priya.sees("Robin", WHY, "Zora Example").follows("Zora Example")
    priya.presses("Say that it is checked").sees("Say what you found: was it right to look?")
    priya.types("What did you find: was it right to look?", "The call is in the 999 log.")
    priya.presses("Say that it is checked").sees("What you found is written down.")
    priya.goes_to("/life-at-risk/").does_not_see("Zora")


def test_an_invented_address_has_the_same_form_and_the_same_refusal(arrives: Arrives) -> None:
    robin, visitor = people.colleague(), arrives()
    signs_in(visitor, email=robin.email, secret=robin.secret)
    visitor.goes_to("/children/00000000-0000-4000-8000-000000000000/").follows(
        "open the record because a life is at risk"
    )
    visitor.types("Why is a life at risk?", WHY).presses("Open the record")
    assert (visitor.status, visitor.heading) == (403, "You cannot do this")


def test_an_administrator_is_not_offered_it(arrives: Arrives) -> None:
    ada = arrives("ada").goes_to(people.record_of("Bo"))
    ada.does_not_see("open the record because a life is at risk")
