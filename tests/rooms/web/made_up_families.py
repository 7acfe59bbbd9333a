"""Made-up records, a visit to write down, and a refusal."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from kept.record.circumstances.values import NeedAnswer
from kept.web.circumstances.shown import Need, Reviewed, Told, ToldAbout
from kept.web.family.shown import SiblingShown
from kept.web.notices_given.shown import NoticeOnRecord
from kept.web.pages import (
    Address,
    CareHeld,
    CareTime,
    ContactHeld,
    Destination,
    Due,
    Earlier,
    HeldUnder,
    NoticeGiven,
    Option,
    Person,
    Refusal,
    Weight,
    withheld_by_clause,
)
from kept.web.record.found import Finding, FoundAbout
from tests.rooms.web.made_up import ARABIC_NAME, LONG_NAME, NOTE, NOTICE, ON, SCRIPT_NAME, Page

NEED_TO_KNOW = "We share only with people who need to know."
SAYS = {
    "hv-2.02": NEED_TO_KNOW,
    "hv-3.10": "Some information is more sensitive. We hold only what is on this list.",
}
ITEMS = {
    "identity.nhs-number": "NHS number",
    "identity.address": "address",
    "contact.phone": "phone",
    "care.note": "notes of contacts",
    "growth.weight": "weight",
}

CHILD = Person(
    relationship="Child",
    name="Amara Okafor",
    born_on=ON - timedelta(days=11),
    sex="Female",
    nhs_number="9991000003",
    addresses=(Address(("12 Made Up Lane", "Maidstone", "ME99 1ZZ")),),
    practice=("Orchard Example Surgery", "01632 960 001"),
)
MOTHER = Person(
    relationship="Mother",
    name="Ngozi Okafor",
    born_on=date(1994, 5, 6),
    nhs_number="9991001379",
    addresses=CHILD.addresses,
    phones=("07700 900 123",),
    emails=("ngozi.okafor@example.org",),
    practice=CHILD.practice,
    parental_responsibility="Yes, birth certificate that names them seen",
)
FATHER = Person(relationship="Father", name=LONG_NAME, phones=("07700 900 456", "01632 960 456"))
LATE_CHILD = replace(
    CHILD,
    name=ARABIC_NAME,
    born_on=ON - timedelta(days=61),
    number_to_check="NHS number to check: 999 100 1379. It is not on the record until somebody has looked.",
)

VISIT = ContactHeld(
    words="New birth visit",
    happened_on=ON - timedelta(days=1),
    place="at home",
    practitioner="Naomi Mensah",
    why="It was the twin who cried.",
    before=ContactHeld("Clinic contact", ON - timedelta(days=2), note="Crying.", why="The wrong day."),
    correct_href="/children/c0ffee/contacts/1/correct/",
    note="Feeding well, about every three hours. Cord clean and dry.\n\nNgozi is sleeping little; her mother stays "
    "until Sunday. Talked about safe sleep and crying.\nNext: weigh again in a week.",
)
LONG_VISIT = replace(
    VISIT,
    words="6 to 8 week review",
    happened_on=ON,
    place="in the Family Hub",
    note=("👶🏽 Feeding well. " + ARABIC_NAME + " " + "smiles_at_everyone_" * 20 + " ") * 95,
)
TOLD = (
    ToldAbout(
        "Grace Okafor",
        (
            Told(
                "Religious beliefs", "Chose not to say", None, "the person", ON, review_href="/children/c0ffee/told/1/"
            ),
            Told(
                "Health",
                "Migraine " + ARABIC_NAME,
                ON - timedelta(days=400),
                "someone who knows them",
                ON,
                review=Reviewed("Still so", ON, "", "Naomi Mensah"),
            ),
        ),
        (
            Told(
                "Domestic abuse",
                "Said of somebody else " + ARABIC_NAME,
                None,
                "the person",
                ON - timedelta(days=9),
                review=Reviewed("Recorded by mistake", ON, "It was said of " + LONG_NAME, "Naomi Mensah"),
                ended_on=ON,
            ),
            Told("Ethnic group", "African", None, "the person", ON - timedelta(days=400), ended_on=ON),
        ),
    ),
)  # fmt: skip
FOUND = (
    FoundAbout(
        "Newborn screening",
        (
            Finding(
                "Hearing",
                "Clear response, no follow-up needed",
                ON - timedelta(days=9),
                "Orchard Example Hospital",
            ),
            Finding(
                "Blood spot, phenylketonuria", "Condition not suspected", ON - timedelta(days=4), ARABIC_NAME
            ),
        ),
    ),
    FoundAbout("Vaccines", (Finding("First dose of " + LONG_NAME, "Not given: declined", ON, "RXX01"),)),
)
RECORD: dict[str, Any] = {
    "child": CHILD,
    "family": (MOTHER, FATHER),
    "on": ON,
    "due": Due("New birth visit", ON + timedelta(days=3)),
    "contacts": (),
    "weights": (),
    "notice": NoticeOnRecord(in_force=NOTICE, record_href="/children/c0ffee/notice-given/"),
    "withheld": (),
    "held_under": (HeldUnder("Health Visiting Service", NOTICE),),
    "saved": "",
    "back": Destination("Caseload", "/"),
    "record_contact_href": "/children/c0ffee/contacts/new/",
    "told_about": TOLD,
    "needs": (
        Need("Grace Okafor", "Large print, and " + ARABIC_NAME, ask_again=True),
        Need(
            "Grace Okafor",
            "A British Sign Language interpreter",
            ask_again=False,
            answer=NeedAnswer(
                met=False, on=ON - timedelta(days=4), said="The interpreter was not told of the visit."
            ),
            answer_href="/children/c0ffee/need/9a7e/",
        ),
        Need("Obi Okafor", "Calls, not letters", ask_again=False, answer=NeedAnswer(met=True, on=ON)),
    ),
    "why_href": "",
    "siblings": (),
    "twins": (),
    "family_href": "/children/c0ffee/family/",
    "emergency_href": "",
    "care": CareHeld(
        times=(
            CareTime(ON - timedelta(days=11), ON + timedelta(days=1815), open=True),
            CareTime(
                ON - timedelta(days=300),
                ON - timedelta(days=90),
                open=False,
                words="The family has moved away.",
            ),
        ),
        teams=("Maidstone North",),
        named="Naomi Mensah",
        named_since_on=ON - timedelta(days=10),
    ),
    **dict.fromkeys(
        ("told_href", "details_href", "hide_href", "care_href", "safe_href", "change_href"),
        "/children/c0ffee/more/",
    ),
    "found": FOUND,
    "looked_href": "",
}
SEEN = RECORD | {
    "child": LATE_CHILD,
    "due": Due("6 to 8 week review", ON - timedelta(days=5)),
    "contacts": (LONG_VISIT, VISIT),
    "weights": (
        Weight(ON, 4980),
        Weight(ON - timedelta(days=40), 3420),
        Weight(ON - timedelta(days=61), 3505),
    ),
    "notice": NoticeOnRecord(
        said=(
            NoticeGiven(
                "Health Visiting Service privacy notice of 3 March 2026",
                ON - timedelta(days=50),
                "Easy Read, on paper",
            ),
        ),
        told=True,
    ),
    "saved": "The visit is saved.",
    "emergency_href": "/children/c0ffee/emergency/",
    "why_href": "/children/c0ffee/why/",
    "siblings": (
        SiblingShown("Chidi Okafor", "/children/beef/", "Also cared for by Ngozi Okafor", date(2022, 3, 4)),
        SiblingShown(ARABIC_NAME, "/children/cafe/", f"Also cared for by {LONG_NAME}", None),
    ),
    "twins": (SiblingShown("Not named yet", "/children/beef/", "Also cared for by Ngozi Okafor", ON),),
    "looked_href": "/who-has-looked/?about=c0ffee",
}
ADMINISTRATORS_CHILD = replace(
    CHILD,
    nhs_number=None,
    withheld={"identity.nhs-number": "hv-2.02", "growth.weight": "hv-2.02", "care.note": "hv-3.10"},
)
ADMINISTRATORS_MOTHER = replace(
    MOTHER, phones=(), nhs_number=None, withheld={"identity.nhs-number": "hv-2.02"}
)
WITHHELD = RECORD | {
    "child": ADMINISTRATORS_CHILD,
    "family": (ADMINISTRATORS_MOTHER,),
    "contacts": (replace(VISIT, note="", note_clause="hv-3.10"),),
    "notice": NoticeOnRecord(
        said=(NoticeGiven("", ON - timedelta(days=1), why_not="The family asked for it in Igbo."),)
    ),
    "withheld": withheld_by_clause(
        people=(ADMINISTRATORS_CHILD, ADMINISTRATORS_MOTHER), says=SAYS, items=ITEMS
    ),
    "record_contact_href": "",
    "told_about": (),
    "family_href": "",
    "care": CareHeld(clause="hv-2.02"),
    **dict.fromkeys(("told_href", "details_href", "hide_href", "care_href", "safe_href", "change_href"), ""),
    "found": (FoundAbout("Vaccines", clause="hv-2.02"),),
}
SPARSE = RECORD | {
    "child": Person(relationship="Child", born_on=ON),
    "family": (Person(relationship="Mother", name=SCRIPT_NAME),),
    "due": None,
}

TAKING_IN: dict[str, Any] = {
    "items": {
        "child": frozenset({"identity.sex", "identity.gender"}),
        "parent": frozenset({"identity.gender", "contact.phone"}),
    },
    "values": {},
    "once": "6f1c",
    "errors": {},
    "on": ON,
    "sexes": (Option("1", "Male"), Option("2", "Female")),
    "carers": (Option("BPM", "Mother"), Option("GPF", "Grandfather")),
    "areas": (Option("kent", "In Kent"),),
    "yes_no": (Option("yes", "Yes"), Option("no", "No")),
    "teams": (Option("1", LONG_NAME),),
    "sources": (Option("the-person", "the person"),),
    "cancel_href": "/caseload/",
}
WHOM: dict[str, Any] = {
    "people": (Destination("Amara Okafor, child", "/1/"), Destination(f"{LONG_NAME}, mother", "/2/")),
    "cancel_href": "/children/c0ffee/",
}
DETAILS: dict[str, Any] = {
    "name": LONG_NAME,
    "items": frozenset(
        {
            "identity.name",
            "identity.date-of-birth",
            "identity.sex",
            "identity.gender",
            "identity.nhs-number",
            "identity.address",
            "contact.phone",
            "contact.email",
        }
    ),
    "values": {"given": ARABIC_NAME, "family": SCRIPT_NAME},
    "errors": {},
    "died_href": "/children/c0ffee/details/9a7e/died/",
    "showed": {"showed-identity.name": "6f1c"},
    "sexes": (Option("1", "Male"), Option("2", "Female")),
    "before": (Earlier("Name", LONG_NAME, ON - timedelta(days=400), ON),),
    "to_check": "NHS number to check: 999 100 1379. It is not on the record until somebody has looked.",
    "to_check_answers": (
        Option("waits", "It still has to be checked"),
        Option("wrong", "It was said wrongly"),
    ),
    "cancel_href": "/children/c0ffee/",
}
DEATH: dict[str, Any] = {
    "child": CHILD,
    "name": LONG_NAME,
    "held": "Died on 20 November 2026",
    "answers": (Option("died", "They have died"), Option("mistake", "It was written down by mistake")),
    "sources": (Option("the-person", "The person"),),
    "values": {},
    "errors": {},
    "action_href": "/children/c0ffee/details/9a7e/died/",
    "cancel_href": "/children/c0ffee/",
}
KEEPING_SAFE: dict[str, Any] = {
    "child": CHILD,
    "on": ON,
    "saved": "",
    "told_about": TOLD,
    "withheld": WITHHELD["withheld"],
    "told_href": "/children/c0ffee/safe/told/",
    "cancel_href": "/children/c0ffee/",
}
REVIEWED: dict[str, Any] = {
    "child": CHILD,
    "name": "Grace Okafor",
    "held": TOLD[0].told[1],
    "outcomes": (Option("still-so", "Yes, it is still so"), Option("changed", "No, it has changed")),
    "one_answer": True,
    "is_a_need": True,
    "sources": (Option("the-person", "The person"),),
    "on": ON,
    "values": {"said": ARABIC_NAME, "once": "6f1c"},
    "errors": {},
    "action_href": "/children/c0ffee/told/9a7e/1/",
    "cancel_href": "/children/c0ffee/",
}
NEED_ANSWERED: dict[str, Any] = {
    "child": CHILD,
    "name": "Grace Okafor",
    "needs": ("Large print, and " + ARABIC_NAME, "A British Sign Language interpreter"),
    "answers": (Option("yes", "Yes"), Option("no", "No")),
    "on": ON,
    "once": "6f1c",
    "values": {},
    "errors": {},
    "action_href": "/children/c0ffee/need/9a7e/",
    "cancel_href": "/children/c0ffee/",
}
CHANGING_CARE: dict[str, Any] = {
    "child": CHILD,
    "on": ON,
    "care": RECORD["care"],
    "ended": False,
    "asks_death": True,
    "colleagues": (Option("1", "Naomi Mensah"), Option("2", LONG_NAME), Option("nobody", "Nobody for now")),
    "teams": (Option("1", "Maidstone North"), Option("2", "Maidstone South")),
    "reasons": (Option("moved", "The family has moved away"),),
    "hand_overs": (Option("not-offered", "Not offered"),),
    "areas": (Option("kent", "In Kent"),),
    "values": {},
    "errors": {},
    "action_href": "/children/c0ffee/care/",
    "cancel_href": "/children/c0ffee/",
}
DIED = SEEN | {"child": replace(CHILD, died="Died on 20 November 2026"), "due": None, "saved": ""}

CONTACT = {
    "child": CHILD,
    "on": ON,
    "kinds": (Option("new-birth-visit", "New birth visit"), Option("home-visit", "Home visit")),
    "action_href": "/children/c0ffee/contacts/new/",
    "cancel_href": "/children/c0ffee/",
    "once": "6f1c",
    "values": {"visited_on-day": "22", "visited_on-month": "11", "visited_on-year": "2026"},
    "errors": {},
    "places": (Option("home", "At home"), Option("clinic", "In a clinic"), Option("hub", "In a Family Hub")),
    "versions": (Option("17", "Health Visiting Service, dated 3 March 2026"),),
    "formats": (
        Option("easy-read-paper", "Easy Read, on paper"),
        Option("full-paper", "Full notice, on paper"),
        Option("read-aloud", "Read aloud"),
    ),
}
WRONG_CONTACT = CONTACT | {
    "values": {
        "visited_on-day": "22",
        "visited_on-month": "11",
        "visited_on-year": "2062",
        "note": NOTE,
        "weight": "3420",
        "weight_unit": "kilograms",
        "notice": "not-given",
    },
    "errors": {
        "visited_on": "The visit cannot be after today. Check the year.",
        "place": "Choose where the visit took place.",
        "weight": "3,420 kilograms is too much for a baby. Did you mean 3,420 grams?",
        "notice_why_not": "Write why the family was not given the notice.",
    },
}

REFUSAL = Refusal(
    says=NEED_TO_KNOW,
    clause="hv-2.02",
    service="Health Visiting Service",
    dated=NOTICE,
    do_next=(
        "If you need this record for your work, ask the lead of the team that holds it.",
        "If a child may be in danger, ring the safeguarding lead now. You do not need this page for that.",
    ),
)


def pages() -> dict[str, Page]:
    return {
        "record-new": Page("record.html", RECORD, "Caseload"),
        "record-seen": Page("record.html", SEEN, "Caseload"),
        "record-withheld": Page("record.html", WITHHELD, "Caseload"),
        "record-sparse": Page("record.html", SPARSE, "Caseload"),
        "care": Page("care.html", CHANGING_CARE, "Caseload"),
        "care-ended": Page(
            "care.html", CHANGING_CARE | {"ended": True, "errors": {"team": "Choose a team."}}, "Caseload"
        ),
        "take-in": Page("take_in.html", TAKING_IN, "Caseload"),
        "take-in-wrong": Page(
            "take_in.html",
            TAKING_IN | {"values": {"child_given": SCRIPT_NAME}, "errors": {"team": "Choose a team."}},
            "Caseload",
        ),
        "details-of-whom": Page("details_of_whom.html", WHOM, "Caseload"),
        "details": Page("details.html", DETAILS, "Caseload"),
        "details-wrong": Page(
            "details.html", DETAILS | {"errors": {"given": "Enter a first name."}}, "Caseload"
        ),
        "need-met": Page("need_met.html", NEED_ANSWERED, "Caseload"),
        "need-met-wrong": Page(
            "need_met.html",
            NEED_ANSWERED | {"values": {"met": "no"}, "errors": {"said": "Say what was missing."}},
            "Caseload",
        ),
        "died": Page("died.html", DEATH, "Caseload"),
        "died-wrong": Page(
            "died.html",
            DEATH | {"held": "", "answers": (), "errors": {"source": "Say who told you."}},
            "Caseload",
        ),
        "review-told": Page("review_told.html", REVIEWED, "Caseload"),
        "review-told-wrong": Page(
            "review_told.html",
            REVIEWED
            | {"values": {"outcome": "changed", "once": "6f1c"}, "errors": {"said": "Write what is so now."}},
            "Caseload",
        ),
        "keep-safe": Page("keep_safe.html", KEEPING_SAFE, "Caseload"),
        "record-of-a-child-who-died": Page("record.html", DIED, "Caseload"),
        "contact": Page("record_contact.html", CONTACT, "Caseload"),
        "correct-contact": Page("correct_contact.html", CONTACT, "Caseload"),
        "correct-contact-wrong": Page(
            "correct_contact.html", WRONG_CONTACT | {"errors": {"why": "Say what was wrong."}}, "Caseload"
        ),
        "contact-wrong": Page("record_contact.html", WRONG_CONTACT, "Caseload"),
        "refusal": Page("refusal.html", {"refusal": REFUSAL}, "Caseload"),
    }
