"""Every statement of a notice has its clauses, its kinds and its deeds."""

from __future__ import annotations

import json

import pytest

from kept.notices.doing import SAYING, does
from kept.notices.explaining import explain
from kept.notices.means import KINDS
from tests.notices.real import definition_of
from tests.notices.tiny import tiny, toy_library


def test_a_statement_is_explained_by_the_clauses_that_cite_it() -> None:
    found = {one.statement: one for one in explain(toy_library())}
    assert found["toys-3.04"].clauses == ("hold.child",)
    assert found["toys-3.04"].kinds == ("collect",)
    assert found["toys-3.04"].does == (
        "Takes down name; date of birth: about child; from the-person and someone-who-knows-them.",
    )
    assert found["toys-2.01"].clauses == ("why.need-to-know", "see.librarian", "see.manager")


def test_a_proposal_stands_at_the_end_and_does_nothing() -> None:
    last = explain(toy_library())[-1]
    assert (last.statement, last.clauses) == ("", ("hold.hobby",))
    assert last.does == ("Nothing: it is only proposed.",)


def test_law_that_is_not_confirmed_says_what_it_would_do() -> None:
    law = """
    - id: law.allergies
      says: The law may ask us to know about allergies.
      citation: an Act made up for this paragraph
      status: unconfirmed
      in_force: {from: 2021-01-01}
      means: {collect: {items: [health.allergy], about: [child], from: [the-person], for: [lending]}}
    """
    notice = tiny(law=law)
    (sentence,) = does(notice, notice.by_id["law.allergies"])
    assert sentence.startswith("Nothing yet, for the law is not confirmed. It would: Takes down allergies")


def test_the_proofs_of_a_statement_stand_beside_it() -> None:
    proofs = {"toys-3.04": ["tests/a.py::test_it"]}
    found = {one.statement: one.proven_by for one in explain(toy_library(), proofs=proofs)}
    assert found["toys-3.04"] == ("tests/a.py::test_it",)
    assert found["toys-3.05"] == ()


@pytest.mark.parametrize("service", ["health-visiting", "parent-infant-relationship"])
def test_every_statement_of_both_notices_is_explained(service: str) -> None:
    explained = explain(definition_of(service))
    statements = [one.statement for one in explained if one.statement]
    assert (
        len(statements)
        == len(set(statements))
        == {"health-visiting": 72, "parent-infant-relationship": 62}[service]
    )
    assert all(one.clauses and one.kinds and one.does for one in explained)
    assert json.loads(json.dumps(explained[0].as_json())).keys() == {
        "statement",
        "clauses",
        "kinds",
        "does",
        "proven_by",
    }


def test_every_kind_has_something_to_say() -> None:
    assert SAYING.keys() == set(KINDS.values())
    kinds = {
        kind
        for service in ("health-visiting", "parent-infant-relationship")
        for c in definition_of(service).clauses
        for kind in c.kinds
    }
    assert kinds == KINDS.keys()
