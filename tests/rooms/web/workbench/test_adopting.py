"""A proposal is adopted by two people, and widens what it says and nothing else."""

import pytest

from kept.notices.permits import Permit, permits_of
from kept.published.reads import definition_in_force
from tests import cast
from tests.rooms.web.workbench import desk
from tests.rooms.web.workbench.desk import IRA, IVO

pytestmark = pytest.mark.usefixtures("database")

CLAUSE = "hold.language"


def adopt(name: str, number: int, *, clause: str = CLAUSE, approver: str = IVO):  # type: ignore[no-untyped-def]
    sent = {"clause": clause, "approver": approver}
    return desk.browser_of(name).post(f"/workbench/drafts/{number}/adopt/", sent)


def permitted_on(day) -> set[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    """Each item that each role may see or record, with the clause that permits it, on a day."""
    definition = definition_in_force(service=cast.HEALTH_VISITING, on=day).definition

    def holds(permit: Permit) -> bool:
        return permit.from_on <= day and (permit.until_on is None or day < permit.until_on)

    return {
        (p.role, p.standing, p.part, p.purpose, p.act, p.source, item, clause)
        for p in permits_of(definition)
        if holds(p)
        for item, clause in zip(p.items, p.clauses, strict=True)
    }


def test_an_adopted_proposal_widens_what_it_says_and_nothing_else() -> None:
    before = permitted_on(desk.later())
    number = desk.number_of(adopt("ira", desk.propose("ira", begins_on=desk.later())))
    said = desk.page("ivo", number)
    assert "This draft relies on it." in said
    assert "We may now write down: about the child" in said
    assert "Families who have the notice in force must be told." in said
    desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    after = permitted_on(desk.later())
    assert before < after
    new = after - before
    assert {permit[6] for permit in new} == {"background.language"}
    # What is held can be seen by whoever answers somebody who asks for it: the law says so, and the page too.
    assert {permit[7] for permit in new} == {CLAUSE, "law.rights-officers"}
    assert {permit[0] for permit in new if permit[7] == "law.rights-officers"} == {
        "rights-officer",
        "data-protection-officer",
    }
    assert "What can now be seen: by someone who makes sure that we keep to the law on information" in said
    assert "What can now be seen: by someone who answers people who use their rights, about the child" in said
    assert permitted_on(desk.later(29)) == before


def test_the_adoption_names_both_people_and_its_day() -> None:
    number = desk.number_of(adopt("ira", desk.propose("ira", begins_on=desk.later())))
    desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    (adoption,) = definition_in_force(service=cast.HEALTH_VISITING, on=desk.later()).definition.adoptions
    assert (adoption.clause, adoption.by, adoption.approved_by) == (CLAUSE, IRA, IVO)
    assert adoption.on == desk.later()


def test_the_draft_before_is_withdrawn() -> None:
    first = desk.propose("ira", begins_on=desk.later())
    adopt("ira", first)
    assert "Withdrawn" in desk.page("ira", first)
    assert desk.kept() == 2


@pytest.mark.parametrize("approver", ["", IRA, "hannah@kent.example", "nobody@kent.example"])
def test_only_a_second_person_of_the_role_can_be_named(approver: str) -> None:
    answer = adopt("ira", desk.propose("ira", begins_on=desk.later()), approver=approver)
    assert answer.status_code == 422
    assert "Choose who is to approve the adoption" in desk.read(answer)
    assert desk.kept() == 1


@pytest.mark.parametrize("clause", ["", "hold.nothing", "who.council"])
def test_only_a_proposal_can_be_adopted(clause: str) -> None:
    answer = adopt("ira", desk.propose("ira", begins_on=desk.later()), clause=clause)
    assert answer.status_code == 422
    assert "This clause is no proposal that waits in the draft." in desk.read(answer)


def test_an_adoption_typed_in_with_other_names_is_not_published() -> None:
    typed = (
        f"adopted:\r\n- {{service: health-visiting, clause: {CLAUSE}, by: somebody@kent.example, "
        f"approved_by: {IVO}, on: {desk.later()}}}\r\n"
    )
    sent = desk.form_of(begins_on=desk.later()) | {"file-adopted": typed}
    number = desk.number_of(desk.browser_of("ira").post("/workbench/drafts/new/", sent))
    before = desk.published()
    answer = desk.browser_of("ivo").post(f"/workbench/drafts/{number}/approve/")
    assert "somebody@kent.example, who did not propose this draft." in desk.read(answer)
    assert desk.published() == before
