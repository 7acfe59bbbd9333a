"""CH033: that a council looks after a child, or has a plan to protect them; and what no service may hold at all."""

from __future__ import annotations

from datetime import date

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import codes, node, nodes, text
from kept.intake.child_health_events.feeding import answered
from kept.intake.child_health_events.said import Said, day_at, true_ones
from kept.intake.faults import Reason
from kept.record.assessments.values import CircumstanceTold

LOOKED_AFTER, PROTECTION_PLAN = "764841000000100", "1064311000000109"  # SNOMED CT
_TOLD = {
    LOOKED_AFTER: ("circumstances.looked-after", "Looked after"),
    PROTECTION_PLAN: ("circumstances.protection-plan", "Child protection plan"),
}

# Where a message says since when something is so: in one element of another, or in one alone.
_BEGINS = (("effectivePeriod", "start"), ("", "valueDateTime"), ("", "effectiveDateTime"))


def legal(bundle: Bundle) -> Said:
    """The dates, and the council where it is named; its telephone numbers are left out."""
    said = Said()
    for one in true_ones(bundle, "Observation"):
        code = next((code for code in codes(node(one, "code")) if code in _TOLD), "")
        if not code:
            said.left_out += codes(node(one, "code"))[:1]
            continue
        period = node(one, "effectivePeriod")
        began_on = next(
            (found for of, key in _BEGINS if (found := day_at(node(one, of) if of else one, key))), None
        )
        ended_on = day_at(period, "end")
        if began_on is None or (ended_on is not None and ended_on < began_on):
            said.wrong(Reason.DATES_CONTRADICT if began_on else Reason.DAY_UNKNOWN)
            continue
        kind, words = _TOLD[code]
        councils = [bundle.resolve(who) for who in nodes(one, "performer")]
        council = next((name for who in councils if (name := said.short(text(who, "name")))), "")
        said.told.append(CircumstanceTold(kind, _in_words(words, began_on, ended_on, council), began_on))
        said.left_out += ["telecom" for who in councils if who.get("telecom")]
    return said


def nothing_to_hold(bundle: Bundle) -> Said:
    """Everything of the message by code: the questions that were asked, the kinds of record; never an answer."""
    asked = [
        question for response in bundle.of_kind("QuestionnaireResponse") for question, _ in answered(response)
    ]
    told = ("EpisodeOfCare", "CareTeam", "Practitioner", "PractitionerRole")
    return Said(left_out=[*asked, *(kind for kind in told if bundle.of_kind(kind))])


def _in_words(words: str, began_on: date, ended_on: date | None, council: str) -> str:
    until = f" to {_day(ended_on)}" if ended_on else ""
    by = f" ({council})" if council else ""
    return f"{words} from {_day(began_on)}{until}{by}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B} {on.year}"
