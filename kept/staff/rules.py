"""Which organisation may hold which role, and which role may be on a team. Values in, a decision out."""

from datetime import date

from kept.notices.decision import Decision, Outcome
from kept.notices.definition import Definition
from kept.notices.means import Identify


def may_hold(
    definition: Definition, *, role: str, organisation: str, on_a_team: bool, process: bool, on: date
) -> Decision:
    """Whether an account (or a process) of this organisation may hold a role of the service.

    `role` is one of `definition.roles`. The answer rests on the clause by which the notice names the
    deliverer or the controller: it is what tells a family who works with them, and who checks. `words` say
    what to do instead.
    """
    rule = definition.roles[role]
    holder = definition.delivered_by if rule.held_by == "deliverer" else definition.controller
    rests_on = (_clause_naming(definition, rule.held_by, on=on),)
    if organisation != holder:
        words = f"The role {role} is for the {rule.held_by}, {holder}; not for {organisation}."
    elif process != rule.process:
        who = "a program" if rule.process else "a person"
        words = f"The role {role} is for {who}. Choose another role."
    elif on_a_team and not rule.caseload:
        words = f"The role {role} has no caseload. Leave the teams out."
    else:
        return Decision(Outcome.MAY, rests_on, definition.by_id[rests_on[0]].words)
    return Decision(Outcome.MUST_NOT, rests_on, words)


def _clause_naming(definition: Definition, responsibility: str, *, on: date) -> str:
    """The id of the first clause in force that names who has a responsibility.

    Raises `LookupError` when no clause does: a notice that does not say who answers for the service holds
    nobody's account.
    """
    for clause, named in definition.meaning(Identify, on=on):
        if named.responsibility == responsibility:
            return clause.id
    raise LookupError(f"The notice of {definition.title} names no {responsibility} on {on}.")
