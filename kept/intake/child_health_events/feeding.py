"""CH014: how a baby feeds, as a questionnaire answers it."""

from __future__ import annotations

from collections.abc import Iterator

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import Node, day, node, nodes, text
from kept.intake.child_health_events.said import Said, day_found, true_ones
from kept.intake.faults import Reason
from kept.record.assessments.values import FeedingTold
from kept.standards.feeding import FIRST_FEEDS, STATUSES

STATUS, FIRST_FEED, METHOD, SOLIDS = "feedingStatus", "firstMilkFeed", "feedingMethod", "introductionOfSolids"
NO_NAME = "item"  # what a question is called on the receipt that has no name of its own


def feeding(bundle: Bundle) -> Said:
    """The status, the first feed, the method and when solids began; whatever else is asked is left out."""
    said = Said()
    for one in true_ones(bundle, "QuestionnaireResponse"):
        answers = dict(answered(one))
        said.left_out += [asked for asked in answers if asked not in (STATUS, FIRST_FEED, METHOD, SOLIDS)]
        coded = {asked: text(node(answer, "valueCoding"), "code") for asked, answer in answers.items()}
        status, first = coded.get(STATUS, ""), coded.get(FIRST_FEED, "")
        solids_on = day(answers.get(SOLIDS, {}), "valueDate")
        unknown = (status and status not in STATUSES) or (first and first not in FIRST_FEEDS)
        if unknown or (SOLIDS in answers and solids_on is None):
            said.wrong(Reason.OUTCOME_UNKNOWN)
            continue
        method = said.short(text(node(answers.get(METHOD, {}), "valueCoding"), "display"))
        if not (status or first or method or solids_on):
            continue
        found_on = said.on(day_found(one, bundle, "authored"))
        said.told.append(FeedingTold(found_on, status, first, method, solids_on))
    return said


def answered(response: Node) -> Iterator[tuple[str, Node]]:
    """What a questionnaire asked, by its own name for it, with the first answer; questions inside questions too."""
    waiting = list(nodes(response, "item"))
    while waiting:
        item = waiting.pop(0)
        waiting += nodes(item, "item")
        if answers := nodes(item, "answer"):
            yield text(item, "linkId") or NO_NAME, answers[0]
