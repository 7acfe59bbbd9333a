"""Made-up searches: nobody typed yet, somebody found, nobody, too many, and what cannot be read."""

from kept.web.search.shown import Beside, Listed, PersonListed
from tests.rooms.web.made_up import ARABIC_NAME, LONG_NAME, ON, SCRIPT_NAME, Page

ITEMS = frozenset({"identity.name", "identity.date-of-birth", "identity.nhs-number", "identity.address"})
FORM = {"items": ITEMS, "values": {}, "errors": {}, "on": ON, "found": None}
PEOPLE = (
    PersonListed(LONG_NAME, "/children/1/", "Child", ON, ("Canterbury and Coastal", "Ashford"), ()),
    PersonListed(ARABIC_NAME, "/children/2/", "Child", None, (), ()),
    PersonListed("", "/children/3/", "Child", ON, ("Ashford",), ()),
    PersonListed(
        SCRIPT_NAME,
        "",
        "Parent",
        ON.replace(year=1994),
        ("Ashford",),
        (
            Beside("Mother of", LONG_NAME, "/children/1/"),
            Beside("Mother of", "", "/children/3/"),
        ),
    ),
    PersonListed("Grace Okafor", "", "Parent", ON.replace(year=1994), (), ()),
)
TYPED = {"name": "westhuizen " + ARABIC_NAME, "born_on-day": "1", "postcode": "CT1 1CC"}
FAULTS = {
    "name": "Type at least 2 letters of a part of the name.",
    "born_on": "Enter a real day, for example 27 3 2026.",
    "nhs_number": "An NHS number has 10 digits. Check the number and type it again.",
    "postcode": "Enter a whole postcode, for example CT1 1CC.",
}


def pages() -> dict[str, Page]:
    found = FORM | {"values": TYPED, "found": Listed(PEOPLE, more=False)}
    return {
        "search": Page("search.html", FORM, "Caseload"),
        "search-found": Page("search.html", found, "Caseload"),
        "search-more": Page("search.html", found | {"found": Listed(PEOPLE * 10, more=True)}, "Caseload"),
        "search-nobody": Page("search.html", found | {"found": Listed((), more=False)}, "Caseload"),
        "search-wrong": Page("search.html", FORM | {"values": TYPED, "errors": FAULTS}, "Caseload"),
    }
