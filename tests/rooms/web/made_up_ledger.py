"""Made-up pages over the ledger: why each thing is held, what looks unusual, and what a family is shown of it."""

from datetime import timedelta

from kept.web.origins.shown import Why, WhyAbout
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


def pages() -> dict[str, Page]:
    return {"why": Page("why.html", {"people": PEOPLE, "record_href": "/children/c0ffee/"}, "Caseload")}
