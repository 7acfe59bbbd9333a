"""Made-up pages over the ledger: why each thing is held, what looks unusual, and what a family is shown of it."""

from dataclasses import replace
from datetime import timedelta

from kept.record.looked.family import HeldBack
from kept.record.looked.patterns import PATTERNS
from kept.record.looked.unusual import Wanted
from kept.web.looked.family import Before, Deciding
from kept.web.looked.unusual import Day, Finding
from kept.web.looked.words import FamilyWords, Times
from kept.web.origins.shown import Why, WhyAbout
from kept.web.pages import Destination, Option, Pages
from tests.rooms.web.made_up import ARABIC_NAME, AT, LONG_NAME, ON, SCRIPT_NAME, Page

SAYS = "We write down your name, your address and your date of birth, so that we know who you are."
WHY = Why(
    "Name",
    SCRIPT_NAME,
    None,
    "a service that looks after their health (Made Up Surgery)",
    f"{LONG_NAME}, practitioner",
    AT,
    SAYS,
    "hold.parent-identity",
    "Health Visiting Service",
    ON,
    "/notices/health-visiting/",
    anchor="about-1-identity.name",
)
PEOPLE = (
    WhyAbout(
        "about-1",
        ARABIC_NAME,
        "the child",
        (
            WHY,
            Why(
                "An address that must stay hidden",
                "12 Made Up Lane, ME99 1ZZ",
                ON - timedelta(days=3),
                "the person",
                "the program “intake”",
                AT,
                SAYS,
                "law.one",
                "Health Visiting Service",
                ON,
                "/notices/health-visiting/",
                of_law="UK GDPR, Article 5(1)(d)",
                hidden=True,
            ),
        ),
    ),
    WhyAbout("about-2", "Not named yet", "a parent or main carer", ()),
)


FINDINGS = (
    Finding(
        "Own surname",
        "Looked at somebody whose family name is their own.",
        Destination(LONG_NAME, "/unusual-looks/staff/1/"),
        "practitioner",
        Destination(ARABIC_NAME, "/children/c0ffee/looked/"),
        AT,
        "2 entries that day",
        "",
        {"pattern": "own-surname", "account": "1", "about": "", "began": AT.isoformat()},
    ),
    Finding(
        "At night",
        "Did more than a little between ten at night and six in the morning.",
        Destination("Naomi Mensah", "/unusual-looks/staff/2/"),
        "",
        None,
        AT,
        "9 entries that night",
        SCRIPT_NAME,
        {},
    ),
    Finding(
        "Never on their caseload",
        "Looked at, or asked for, a family that was never on the caseload of any team of theirs.",
        Destination("Naomi Mensah", "/unusual-looks/staff/2/"),
        "lead",
        Destination("Someone not of this service"),
        AT,
        "1 entry that day",
        "",
        {},
    ),
)
WANTED = Wanted(ON - timedelta(days=6), ON)
UNUSUAL = {
    "findings": FINDINGS,
    "total": 120,
    "only_after": AT,
    "pages": Pages(2, 3, "/?page=1", "/?page=3"),
    "filter_href": "/unusual-looks/",
    "check_href": "/unusual-looks/check/",
    "back_to": "/",
    "wanted": WANTED,
    "patterns": (Option("", "Everything unusual"), *(Option(one.code, one.title) for one in PATTERNS)),
    "shows": (Option("", "Not looked into yet"), Option("all", "All")),
    "rules": PATTERNS,
    "errors": {},
    "checked": False,
}
STAFF_MEMBER = {
    "registrations": ("Nursing and Midwifery Council 12A3456E", "Social Work England SW0000"),
    "name": LONG_NAME,
    "days": tuple(
        Day(ON - timedelta(days=day), 40, day, 120, AT, AT, "/who-has-looked/?who=1") for day in range(5)
    ),
    "findings": FINDINGS,
    "wanted": WANTED,
    "errors": {},
    "filter_href": "/unusual-looks/staff/1/",
    "unusual_href": "/unusual-looks/",
}

FAMILY = {
    "name": ARABIC_NAME,
    "views": (Before("/children/c0ffee/looked/family/1/", AT, "Naomi Mensah", (ON, ON), SCRIPT_NAME, 12, 3),),
    "values": {"since": "2025-11-22", "last": "2026-11-22"},
    "errors": {},
    "action_href": "/children/c0ffee/looked/family/",
    "looked_href": "/children/c0ffee/looked/",
}
WHO = "A health visitor, a nurse or another worker who gives care"
READ = Times(
    WHO,
    "Made Up NHS Foundation Trust",
    "Open a record.",
    "health visiting",
    (SAYS, "We ask about abuse at home."),
)
PREPARE = FAMILY | {
    "entries": (
        Deciding(7, AT, "Open a record", False, "", True, "", "", READ),
        Deciding(
            8, AT, "Open a record", True, SAYS, False, "law.one", SCRIPT_NAME, replace(READ, clauses=())
        ),
    ),
    "last_entry": "8",
    "grounds": (Option("", "Choose"), Option("law.one", SAYS)),
}
GIVEN = {
    "words": FamilyWords(
        "Health Visiting Service",
        "Made Up Council",
        "Privacy notice of 3 March 2026.",
        "c0ffee",
        "Who has looked, and why",
        LONG_NAME,
        ON,
        "1 November 2026 to 22 November 2026",
        ("This list says who looked.",),
        (
            Times(
                "A health visitor",
                "Made Up NHS Foundation Trust",
                "Open a record.",
                "health visiting",
                (SAYS, SAYS),
                ("3 Mar 2026, 14:05", "7 Mar 2026, 9:00"),
            ),
        ),
        ("The law lets us leave something out.",),
    ),
    "held_back": ((HeldBack(8, AT, "law.one", SCRIPT_NAME), SAYS),),
    "paper_href": "/paper/",
    "family_href": "/children/c0ffee/looked/family/",
    "cannot_print": True,
}


def pages() -> dict[str, Page]:
    nothing = {"findings": (), "total": 0, "only_after": None, "pages": Pages(1, 1), "checked": True}
    wrong = {"errors": {"from": "Choose at most 31 days.", "found": "Say what you found."}}
    return {
        "why": Page("why.html", {"people": PEOPLE, "record_href": "/children/c0ffee/"}, "Caseload"),
        "looked-family": Page("looked_family.html", FAMILY, "Who has looked"),
        "looked-family-wrong": Page(
            "looked_family.html",
            FAMILY | {"views": (), "errors": {"since": "Enter a real day.", "asked_by": "Say who asked."}},
            "Who has looked",
        ),
        "looked-prepare": Page("looked_prepare.html", PREPARE, "Who has looked"),
        "looked-prepare-wrong": Page(
            "looked_prepare.html",
            PREPARE | {"errors": {"why-8": "Say why.", "clause-8": "Choose.", "opinion_of": "Say who."}},
            "Who has looked",
        ),
        "looked-given": Page("looked_view.html", GIVEN, "Who has looked"),
        "unusual": Page("unusual.html", UNUSUAL, "Who has looked"),
        "unusual-nothing": Page("unusual.html", UNUSUAL | nothing, "Who has looked"),
        "unusual-wrong": Page("unusual.html", UNUSUAL | wrong, "Who has looked"),
        "staff-member": Page("staff_member.html", STAFF_MEMBER, "Who has looked"),
        "staff-member-nothing": Page(
            "staff_member.html", STAFF_MEMBER | {"days": (), "findings": ()}, "Who has looked"
        ),
    }
