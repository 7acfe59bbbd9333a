"""Made-up caseloads, messages that wait, and entries of the ledger."""

from datetime import timedelta
from uuid import UUID

from kept.record.merges.values import Said
from kept.web.pages import (
    Beside,
    CaseloadChild,
    Destination,
    Due,
    LeftOut,
    Looked,
    Option,
    Pages,
    Pair,
    Waiting,
)
from tests.rooms.web.made_up import ARABIC_NAME, AT, LONG_NAME, ON, SCRIPT_NAME, Page

CHILDREN = (
    CaseloadChild(
        ARABIC_NAME,
        "/children/1/",
        ON - timedelta(days=61),
        Due("6 to 8 week review", ON - timedelta(days=5)),
    ),
    CaseloadChild(
        "Amara Okafor",
        "/children/2/",
        ON - timedelta(days=11),
        Due("New birth visit", ON + timedelta(days=3)),
    ),
    CaseloadChild(
        LONG_NAME, "/children/3/", ON - timedelta(days=400), Due("2-year review", ON + timedelta(days=330))
    ),
    CaseloadChild(SCRIPT_NAME, "/children/4/", None),
)
CASELOAD = {
    "saved": "",
    "take_in_href": "/children/new/",
    "team": "Maidstone North",
    "children": CHILDREN,
    "not_told_href": "/not-yet-told/",
    "may_search": True,
    "total": 64,
    "on": ON,
    "pages": Pages(current=2, last=3, previous_href="/?page=1", next_href="/?page=3"),
}

PAIRS = (
    Pair(
        ARABIC_NAME,
        LONG_NAME,
        ON - timedelta(days=61),
        ("The same name", "The same date of birth"),
        "/duplicates/1/2/",
    ),
    Pair(SCRIPT_NAME, "Not named yet", None, ("The same postcode",), "/duplicates/3/4/"),
    Pair(LONG_NAME, "", None, (), "", ("Kent North", "Kent South")),
)
SAID = Said(True, "The hospital says that it is one baby.", ON, UUID(int=1))
COMPARED = {
    "one": ARABIC_NAME,
    "other": LONG_NAME,
    "lines": (
        Beside("Name", ARABIC_NAME, LONG_NAME, True),
        Beside("Team", "Kent North", "Kent North", False),
    ),
    "said": None,
    "answers": (Option("one", "One person", "The other is shown in it."), Option("two", "Two people")),
    "values": {},
    "errors": {},
    "cancel_href": "/duplicates/",
}

CARE = "Health visiting"
ENTRIES = (
    Looked(
        AT,
        "Naomi Mensah",
        "health visitor",
        "Read the record",
        CARE,
        (Destination("Amara Okafor", "/1/"), Destination("Ngozi Okafor", "/2/")),
        ("hv-3.28",),
    ),
    Looked(
        AT - timedelta(minutes=4),
        "Naomi Mensah",
        "health visitor",
        "Read the caseload",
        CARE,
        tuple(Destination(f"Child {number}") for number in range(1, 31)),
        ("hv-3.28",),
    ),
    Looked(
        AT - timedelta(days=1),
        "Tom Ashdown",
        "health visitor",
        "Asked to read the record",
        CARE,
        clauses=("Only people who need to know may look. (hv-2.02)",),
        reason="A colleague is away <i>today</i>",
        refused=True,
    ),
    Looked(
        AT - timedelta(days=11),
        "intake",
        "program",
        "Wrote a birth",
        CARE,
        (Destination("Amara Okafor", "/1/"),),
        ("hv-3.27", "hv-3.28"),
    ),
)
LOOKED = {
    "family_href": "/children/c0ffee/looked/family/",
    "staff_href": "/unusual-looks/staff/1/",
    "check_href": "/children/c0ffee/looked/check/",
    "last_opening": 7,
    "checked": False,
    "entries": ENTRIES,
    "total": 4,
    "pages": Pages(current=1, last=1),
    "about": "Amara Okafor",
    "everyone_href": "/who-has-looked/",
    "filter_href": "/who-has-looked/",
    "kept": (("about", "c0ffee"),),
    "filters": {"from": "2026-11-01", "until": "", "who": "7", "outcome": "must not"},
    "errors": {},
    "staff": (Option("7", "Naomi Mensah"), Option("8", "Tom Ashdown")),
    "purposes": (Option("health-visiting", "Health visiting"),),
    "outcomes": (Option("may", "Allowed"), Option("must not", "Refused")),
}

WAITING = (
    Waiting(
        received_at=AT - timedelta(days=9),
        words="Birth details (CH005)",
        file="birth-0007.json",
        why="The mother has the same NHS number as her baby.",
        do_next="Ask the maternity unit for the mother’s number, then register the baby by hand.",
        href="/queue/1/",
    ),
    Waiting(
        received_at=AT - timedelta(days=2),
        words="Could not be told",
        file="a-very-long-file-name-that-nobody-would-have-chosen-2026-11-20T09-15-00Z.json",
        why="The file is not JSON: it breaks off at line 12, column 3.",
        do_next="Ask the sender to send it again.",
    ),
)
QUEUE = {
    "waiting": WAITING,
    "total": 2,
    "saved": "",
    "pages": Pages(current=1, last=1),
    "left_out": (
        LeftOut(AT - timedelta(days=1), "Observations", "0007.json", ("Heart rate (364075005)", "169895004")),
    ),
}


def pages() -> dict[str, Page]:
    none = {"total": 0, "pages": Pages(1, 1)}
    return {
        "caseload": Page("caseload.html", CASELOAD, "Caseload"),
        "caseload-empty": Page("caseload.html", CASELOAD | none | {"children": ()}, "Caseload"),
        "looked": Page("who_has_looked.html", LOOKED, "Who has looked"),
        "looked-wrong": Page(
            "who_has_looked.html",
            LOOKED
            | none
            | {"entries": (), "about": "", "errors": {"from": "Enter a real day, for example 2026-03-27."}},
            "Who has looked",
        ),
        "duplicates": Page(
            "duplicates.html",
            {"pairs": PAIRS, "saved": "It is written down.", "further_href": "?before=7", "first_href": ""},
            "Duplicates",
        ),
        "duplicates-none": Page(
            "duplicates.html",
            {"pairs": (), "saved": "", "further_href": "", "first_href": "/duplicates/"},
            "Duplicates",
        ),
        "compare": Page("compare.html", COMPARED, "Duplicates"),
        "compare-said": Page(
            "compare.html", COMPARED | {"said": SAID, "errors": {"said": "Undo it first."}}, "Duplicates"
        ),
        "queue": Page("intake_queue.html", QUEUE, "Intake queue"),
        "queue-empty": Page(
            "intake_queue.html", QUEUE | none | {"waiting": (), "left_out": ()}, "Intake queue"
        ),
    }
