"""Who may work on a notice, and what stands between a draft and the day on which it counts. Values in, answers out."""

from collections.abc import Collection, Iterable
from datetime import date

from kept.notices.asker import Asker
from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Adoption, Definition
from kept.notices.means import Identify

ROLE = "information-governance"


def may_govern(definition: Definition, *, by: Asker, on: date) -> Decision:
    """Whether somebody may prepare, approve and publish versions of a notice: a person of the body that answers for
    the service, in the role for it, for their own service alone.

    The answer rests on the clause by which the notice names that body. Where no clause names it, nobody may.
    """
    named = [
        clause
        for clause, meant in definition.meaning(Identify, on=on, law=False)
        if meant.responsibility == "controller" and meant.body == definition.controller
    ]
    clause = named[0] if named else definition.by_id[definition.table.at(on).refusals.last]
    theirs = (by.role, by.service, by.organisation) == (ROLE, definition.service, definition.controller)
    allowed = bool(named) and theirs and by.account is not None
    return Decision(Outcome.MAY if allowed else Outcome.MUST_NOT, (clause.id,), clause.words)


def in_the_way(
    draft: Definition,
    *,
    proposed_by: str,
    approved_by: str = "",
    before: Definition,
    begun: Collection[date],
    published: Collection[str],
    on: date,
) -> tuple[str, ...]:
    """Why a draft cannot be published on a day, in sentences; none where nothing is in the way.

    `before` is the version in force; `begun` are the days on which published versions of the service begin and
    `published` their hashes. Without `approved_by` it is not asked who approves.
    """
    said = []
    if draft.hash in published:
        said.append("These files are published already, word for word. Change something first.")
    elif draft.from_on < on:
        said.append("The day on which it comes into force is over. Give it today or a later day.")
    elif draft.from_on in begun:
        said.append("Another version comes into force on the same day. Give it another day.")
    if approved_by and approved_by == proposed_by:
        said.append("You proposed this draft. Somebody else must approve it.")
    for adoption in new_adoptions(draft, before=before):
        said += _in_the_way_of(adoption, proposed_by=proposed_by, approved_by=approved_by)
    return tuple(said)


def new_adoptions(draft: Definition, *, before: Definition) -> tuple[Adoption, ...]:
    """The adoptions that a draft brings: those that the version in force has not."""
    return tuple(adoption for adoption in draft.adoptions if adoption not in before.adoptions)


def _in_the_way_of(adoption: Adoption, *, proposed_by: str, approved_by: str) -> Iterable[str]:
    if adoption.by != proposed_by:
        yield (
            f"The adoption of {adoption.clause} names {adoption.by}, who did not propose this draft. "
            f"Take it out of adopted.yaml, and adopt the proposal on the page of the draft."
        )
    elif approved_by and adoption.approved_by != approved_by:
        yield (
            f"The adoption of {adoption.clause} is to be approved by {adoption.approved_by}. "
            "Ask them, or withdraw the draft and adopt the proposal again with another name."
        )
