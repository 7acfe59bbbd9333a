"""The same question, put to a version with one clause that says something else."""

from __future__ import annotations

from dataclasses import replace

from kept.notices.replaying import Difference, Question, Would, newly, no_longer
from tests.notices.tiny import ON, tiny

CLAUSES = """
    - id: hold.facts
      section: what-we-hold
      says: We write down your child's name and allergies.
      means:
        collect: {items: [identity.name, health.allergy], about: [child], from: [the-person], for: [lending]}
    - id: see.facts
      section: what-we-hold
      says: Your librarian sees your child's name and allergies, and adds to them.
      means:
        see:
          roles: [librarian]
          standing: [team]
          items: [identity.name, health.allergy]
          about: [child]
          for: [lending]
          to: [read, record]
          decided_by: Anytown Council
          decided_on: 2026-01-05
    """
OLD = tiny(CLAUSES)
BOTH = frozenset({"identity.name", "health.allergy"})
READ = Question("librarian", "lending", "", False, "team", "child", BOTH, ON)
RECORDED = replace(READ, source="the-person")
OF_A_STRANGER = replace(READ, standing="service")


def but(old: str, new: str) -> Difference | None:
    """What becomes of what was read, if the clauses say `new` where they said `old`; at most one thing."""
    assert old in CLAUSES
    found = no_longer(tiny(CLAUSES.replace(old, new)), READ)
    assert len(found) <= 1
    return found[0] if found else None


def test_the_same_version_decides_the_same() -> None:
    assert no_longer(OLD, READ) == no_longer(OLD, RECORDED) == newly(OLD, OLD, OF_A_STRANGER) == ()


def test_what_nobody_sees_any_more_would_have_been_refused() -> None:
    found = but(
        "items: [identity.name, health.allergy]\n          about", "items: [identity.name]\n          about"
    )
    assert found == Difference(
        Would.REFUSE,
        frozenset({"health.allergy"}),
        "why.need-to-know",
        "Only people who need to know see what we hold.",
    )


def test_what_is_seen_for_a_reason_only_would_have_been_asked_for_one() -> None:
    found = but("to: [read, record]", "to: [read, record]\n          reason: required")
    assert found
    assert (found.would, found.items, found.clause) == (Would.ASK, BOTH, "see.facts")


def test_whoever_gave_a_reason_would_not_have_been_asked() -> None:
    new = tiny(CLAUSES.replace("to: [read, record]", "to: [read, record]\n          reason: required"))
    assert no_longer(new, replace(READ, reasoned=True)) == ()


def test_what_is_read_but_not_added_to_would_have_been_refused_to_who_writes() -> None:
    new = tiny(CLAUSES.replace("to: [read, record]", "to: [read]"))
    assert no_longer(new, READ) == ()
    assert {one.would for one in no_longer(new, RECORDED)} == {Would.REFUSE}


def test_who_was_refused_would_have_been_allowed() -> None:
    new = tiny(CLAUSES.replace("standing: [team]", "standing: [team, service]"))
    (found,) = newly(OLD, new, OF_A_STRANGER)
    assert (found.would, found.items, found.clause) == (Would.ALLOW, BOTH, "see.facts")
    assert found.words == "Your librarian sees your child's name and allergies, and adds to them."
