"""Made-up families as a map, the forms about them, and whom to call."""

from typing import Any
from uuid import UUID

from kept.record.people.values import PersonShown
from kept.web.family.shown import Group, Member
from kept.web.family_map.rules import Kin, family_map
from kept.web.pages import Option
from tests.rooms.web.made_up import ARABIC_NAME, LONG_NAME, ON, SCRIPT_NAME, Page

KIN = {
    "Parents and carers": (
        Kin("Ngozi Okafor", "Mother", "Parents and carers", True),
        Kin(LONG_NAME, "Father", "Parents and carers", False),
        Kin(SCRIPT_NAME, "Foster mother", "Parents and carers", False),
    ),
    "Other children": (
        *(Kin(f"Child {number}", "Also cared for by Ngozi", "Other children", True) for number in range(40)),
        Kin(ARABIC_NAME, "Step-sister or half-sister", "Other children", None),
    ),
    "Relatives and others": (Kin("Joy", "Grandmother", "Relatives and others", False),),
}
FAMILY = {
    "name": "Amara Okafor",
    "map": family_map(
        child=Kin("Amara Okafor", "The child", ""),
        above=KIN["Parents and carers"],
        below=(*KIN["Other children"], *KIN["Relatives and others"]),
    ),
    "groups": tuple(
        Group(
            words,
            tuple(
                Member(
                    one.name,
                    one.words,
                    (
                        "In the child’s home since 3 March 2022.",
                        "Parental responsibility: Yes, court order seen.",
                    ),
                    href="/children/beef/" if words == "Other children" else "",
                    change_href="" if words == "Other children" else "/children/c0ffee/family/1/",
                )
                for one in kin
            ),
        )
        for words, kin in KIN.items()
    ),
    "shows_home": True,
    "saved": "They are written down.",
    "back_href": "/children/c0ffee/",
    "add_href": "/children/c0ffee/family/add/",
}
ALONE = FAMILY | {
    "map": family_map(child=Kin(ARABIC_NAME, "The child", ""), above=(), below=()),
    "groups": (),
    "saved": "",
    "add_href": "",
}
ADD: dict[str, Any] = {
    "name": ARABIC_NAME,
    "parts": (
        Option("relative", "A relative"),
        Option("other-child", "Another child", "While they live here."),
    ),
    "kinds": (Option("", "Choose"), Option("GPM", "Grandmother")),
    "sources": (Option("the-person", "The person"), Option("health-organisation", "A health service")),
    "asks_birthday": True,
    "values": {},
    "errors": {},
    "on": ON,
    "action_href": "/children/c0ffee/family/add/",
    "cancel_href": "/children/c0ffee/family/",
}
TIE: dict[str, Any] = ADD | {
    "evidence": (Option("", "Nothing was seen"), Option("court-order", "Court order")),
    "asks_responsibility": True,
    "now": "Yes, court order seen",
    "at_home_now": "nothing",
    "asks_home": True,
}
EMERGENCY: dict[str, Any] = {
    "name": "Amara Okafor",
    "contact": None,
    "words": "",
    "since_on": None,
    "kinds": ADD["kinds"],
    "values": {},
    "errors": {},
    "saved": "",
    "action_href": "/children/c0ffee/emergency/",
    "back_href": "/children/c0ffee/",
}
CALLED = EMERGENCY | {
    "contact": PersonShown(1, UUID(int=1), "emergency-contact", given=LONG_NAME, phones=("07700 900 777",)),
    "words": "Friend of the family",
    "since_on": ON,
    "saved": "They are the one to call now.",
    "values": {"name": "", "phone": "ring the bell", "kind": ""},
    "errors": {
        "name": "Enter the name of the person to call.",
        "phone": "Enter a phone number, for example 07700 900123.",
        "kind": "Choose what they are to the child.",
    },
}


def pages() -> dict[str, Page]:
    return {
        "family": Page("family.html", FAMILY, "Caseload"),
        "family-alone": Page("family.html", ALONE, "Caseload"),
        "family-add": Page("family_add.html", ADD, "Caseload"),
        "family-tie": Page("family_tie.html", TIE, "Caseload"),
        "family-tie-wrong": Page(
            "family_tie.html",
            TIE
            | {
                "values": {"kind": "GPM", "from_on-day": "31"},
                "errors": dict.fromkeys(
                    ("kind", "responsible", "evidence", "lives_here", "from_on", "ended_on", "source"),
                    "Choose.",
                ),
            },
            "Caseload",
        ),
        "emergency": Page("emergency.html", EMERGENCY, "Caseload"),
        "emergency-named": Page("emergency.html", CALLED, "Caseload"),
    }
