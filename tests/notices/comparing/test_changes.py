"""Each change is found, in both directions, and only what widens must be told."""

from __future__ import annotations

import pytest

from kept.notices.comparing import Change, compare
from kept.notices.loading import load
from tests.notices.tiny import NOTICE, ON, changed, texts, toy_library

OLD = toy_library()


def changes(file: str, old: str, new: str) -> tuple[Change, ...]:
    return compare(OLD, load(changed(file, old, new), service="toy-library"), on=ON)


def kinds(found: tuple[Change, ...]) -> dict[str, str]:
    return {change.kind: change.words for change in found}


def test_nothing_changes_between_a_notice_and_itself() -> None:
    assert compare(OLD, OLD) == ()


def test_clauses_cut_otherwise_change_nothing() -> None:
    cut = changed(
        NOTICE,
        "      items: [identity.name, identity.date-of-birth]\n      about: [child]\n",
        "      items: [identity.date-of-birth]\n      about: [child]\n",
    )
    cut[NOTICE] += """
- id: hold.name-apart
  section: what-we-hold
  says: We write down your child's name.
  source: [toys-3.04]
  means:
    collect: {items: [identity.name], about: [child], from: [the-person, someone-who-knows-them], for: [lending]}
"""
    assert compare(OLD, load(cut, service="toy-library"), on=ON) == ()


@pytest.mark.parametrize(
    ("old", "new", "wider", "narrower", "words"),
    [
        (
            "items: [health.allergy], about: [child]",
            "items: [health.allergy, circumstances.police], about: [child]",
            "newly-collected",
            "no-longer-collected",
            "About child: contact with the police.",
        ),
        (
            "      items: [identity.name, health.allergy]\n",
            "      items: [identity.name, health.allergy, identity.date-of-birth]\n",
            "newly-told",
            "no-longer-told",
            "To your nursery, about child, to lend you toys: date of birth.",
        ),
        (
            "agreement: {ask: first}",
            "agreement: {ask: never}",
            "no-longer-asked",
            "newly-asked",
            "To your nursery, about child, to lend you toys: allergies; name.",
        ),
        (
            "      items: [health.allergy]\n",
            "      items: [health.allergy, identity.name]\n",
            "newly-seen",
            "no-longer-seen",
            "By manager, about child: name.",
        ),
        (
            "until: {years: 5}",
            "until: {years: 6}",
            "newly-served",
            "no-longer-served",
            "Opens care from birth until 6 years of age, with a parent or carer, and ends it then.",
        ),
    ],
)
def test_what_one_version_does_more_the_other_does_less(
    old: str, new: str, wider: str, narrower: str, words: str
) -> None:
    later = load(changed(NOTICE, old, new), service="toy-library")
    assert kinds(compare(OLD, later, on=ON))[wider] == words
    assert kinds(compare(later, OLD, on=ON))[narrower] == words


def test_an_exception_to_asking_first_is_a_change_and_must_be_told() -> None:
    later = load(
        changed(NOTICE, "agreement: {ask: first}", "agreement: {ask: first, except: [lending]}"),
        service="toy-library",
    )
    (change,) = compare(OLD, later, on=ON)
    assert change.kind == "no-longer-asked"
    assert change.must_be_told


def test_a_longer_time_must_be_told_and_a_shorter_one_not() -> None:
    longer = load(changed("retention.yaml", "keeps: {years: 2}", "keeps: {years: 3}"), service="toy-library")
    (change,) = {change.kind for change in compare(OLD, longer, on=ON)}
    assert change == "kept-longer"
    assert all(change.must_be_told for change in compare(OLD, longer, on=ON))
    assert not any(change.must_be_told for change in compare(longer, OLD, on=ON))


def test_a_right_or_a_purpose_that_goes_is_named() -> None:
    everything = texts()
    everything[NOTICE] = everything[NOTICE].replace("right: {right: access, ", "right: {right: erasure, ")
    found = kinds(compare(OLD, load(everything, service="toy-library"), on=ON))
    assert (found["right-gone"], found["new-right"]) == ("Access.", "Erasure.")
    without = OLD.without(["why.counting"])
    assert kinds(compare(OLD, without, on=ON)) == {"purpose-gone": "To make the library better."}


def test_new_words_for_the_same_promise_are_shown_and_need_not_be_told() -> None:
    found = changes(NOTICE, "says: Toys help children grow.", "says: Toys help a child grow.")
    assert [(change.kind, change.words) for change in found] == [("words-changed", "Toys help a child grow.")]
    assert not found[0].must_be_told


def test_every_change_names_a_clause_of_one_of_the_versions() -> None:
    later = load(
        changed(NOTICE, "      recipients: [nursery]\n", "      recipients: [old-nursery]\n"),
        service="toy-library",
    )
    assert all(
        change.clause in OLD.by_id.keys() | later.by_id.keys() for change in compare(OLD, later, on=ON)
    )
