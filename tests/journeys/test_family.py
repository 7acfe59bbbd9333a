"""A child's family on the pages: the map and the list, somebody written down, a tie changed, whom to call."""

from dataclasses import replace

from kept.database.acting import acting_as
from kept.record.families.values import NewFamily
from tests import cast
from tests.journeys import people
from tests.journeys.conftest import Arrives


def siblings_of(mother: str, *given: str) -> None:
    """Children of one mother, all on Kent North's caseload, as messages would bring them."""
    adult = cast.adult(mother, "Example", next(people._numbers))
    for name in given:
        born = replace(cast.child(name, "Example", next(people._numbers)), born_on=people.born(9))
        with acting_as("intake"):
            by = cast.everyone(at=people.now()).intake
            family = NewFamily(born, (adult,), people.team_called(cast.NORTH))
            cast.register(by=by, family=family, at=people.now())


def test_the_family_of_a_child_is_a_map_and_a_list(arrives: Arrives) -> None:
    siblings_of("Orla", "Oran", "Olwen", "Óengus")
    hannah = arrives("hannah").goes_to(people.record_of("Oran"))
    hannah.sees("Other children of the same carers", "Olwen Example", "Also cared for by Orla Example")
    hannah.follows("Family map, and who lives in the home")
    hannah.sees(
        "Parents and carers", "Orla Example", "In the child’s home since", "Parental responsibility: Yes"
    )
    picture = hannah.tab.get_by_role("img", name="Family map")
    assert "Óengus" in (picture.text_content() or "")
    hannah.follows("Olwen Example")
    assert hannah.path == people.record_of("Olwen")


def test_a_grandmother_is_written_down_and_what_is_wrong_is_said(arrives: Arrives) -> None:
    people.register("Perl", mother="Petra")
    hannah = (
        arrives("hannah").goes_to(f"{people.record_of('Perl')}family/").presses("Write down somebody else")
    )
    hannah.presses("Save")
    assert hannah.errors == ["Say whether it is a relative or another child in the home."]
    hannah.chooses("Who is it?", "A relative, or somebody else who matters").presses("Save")
    assert hannah.errors == ["Enter their name.", "Choose what they are to the child.", "Say who told you."]
    hannah.types("First names", "Paloma")
    hannah.tab.get_by_label("What are they to the child?").select_option(label="Grandmother")
    hannah.chooses("Do they live in the child’s home?", "Yes").chooses("Who told you?", "The person").presses(
        "Save"
    )
    hannah.sees("They are written down.", "Paloma", "Grandmother", "Relatives and others")
    hannah.goes_to(people.record_of("Perl")).sees("Paloma", "Grandmother")


def test_who_is_responsible_by_law_is_said_with_what_was_seen(arrives: Arrives) -> None:
    people.register("Quillon", mother="Qiana")
    hannah = arrives("hannah").goes_to(f"{people.record_of('Quillon')}family/").follows("Change")
    hannah.tab.get_by_label("What did you see that shows it?").select_option(label="Court order")
    hannah.chooses("Do they have parental responsibility?", "Yes")
    hannah.chooses("Who told you?", "Someone who knows them").presses("Save")
    assert hannah.status == 422
    hannah.chooses("Who told you?", "The person").presses("Save")
    hannah.sees("What you said is recorded.", "Yes, court order seen")


def test_an_administrator_sees_who_belongs_to_the_child_and_changes_nothing(arrives: Arrives) -> None:
    people.register("Rhun", mother="Rhian")
    ada = arrives("ada").goes_to(f"{people.record_of('Rhun')}family/")
    ada.sees("Rhian Example", "Mother")
    ada.does_not_see("Write down somebody else", "Change", "In the home", "Parental responsibility")


def test_whom_to_call_is_named_and_shown_under_its_own_purpose(arrives: Arrives) -> None:
    people.register_with_pairs("Sunniva", mother="Signe")
    pia = arrives("pia").goes_to(people.record_of("Sunniva")).follows("Whom to call in an emergency")
    pia.sees("Nobody is named yet.").presses("Save")
    assert pia.errors == [
        "Enter the name of the person to call.",
        "Enter a phone number, for example 07700 900123 or +44 7700 900123.",
        "Choose what they are to the child.",
    ]
    pia.types("Name", "Solveig Friend").types("Phone number", "07700 900 611")
    pia.tab.get_by_label("What are they to the child?").select_option(label="Friend of the family")
    pia.presses("Save").sees("They are the one to call now.", "Solveig Friend", "07700 900 611")
    pia.goes_to(people.record_of("Sunniva")).does_not_see("Solveig")
    people.register("Tova", mother="Tuva")
    arrives("hannah").goes_to(people.record_of("Tova")).does_not_see("emergency")


def test_another_child_in_the_home_of_a_family_of_pairs(arrives: Arrives) -> None:
    people.register_with_pairs("Ursel", mother="Undine")
    pia = arrives("pia").goes_to(f"{people.record_of('Ursel')}family/add/")
    pia.chooses("Who is it?", "Another child in the home").types("First names", "Ulrik")
    pia.tab.get_by_label("What are they to the child?").select_option(label="Brother")
    pia.chooses("Do they live in the child’s home?", "No").chooses("Who told you?", "The person").presses(
        "Save"
    )
    assert pia.errors == ["We write down another child only while they live in the child’s home."]
    pia.chooses("Do they live in the child’s home?", "Yes")
    pia.types_day("Date of birth, of another child in the home", people.born(2000)).presses("Save")
    pia.sees("They are written down.", "Ulrik", "Other children")
