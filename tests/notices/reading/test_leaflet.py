"""A leaflet holds what counts, in the order of reading, and says where each line comes from."""

from __future__ import annotations

from datetime import date

from kept.notices.leaflet import Leaflet, Line, leaflet
from kept.notices.loading import load
from tests.notices.tiny import NOTICE, ON, changed, tiny, toy_library

HOBBY = """
- id: hold.hobby
  section: what-we-hold
  says: We would like to know what your child loves to play.
  status: proposed
  means: {collect: {items: [identity.hobby], about: [child], from: [the-person], for: [lending]}}
"""
REFERRERS = """
- id: hold.name
  section: what-we-hold
  says: We write down your child's name.
  means: {collect: {items: [identity.name], about: [child], from: [the-person], for: [lending]}}
- id: hold.referrer
  section: what-we-hold
  says: Do you work with families? We write down your name.
  means: {collect: {items: [identity.name], about: [professional], from: [the-person], for: [lending]}}
"""


def lines(read: Leaflet) -> dict[str, Line]:
    return {line.clause: line for line in read.lines}


def words(read: Leaflet) -> list[str]:
    return [line.words for line in read.lines]


def test_every_clause_that_counts_is_one_line_in_its_own_words() -> None:
    notice = toy_library()
    read = leaflet(notice, on=ON)
    assert sorted(words(read)) == sorted(c.words for c in notice.clauses if c.counts(ON))
    assert len(lines(read)) == len(read.lines)


def test_who_can_see_it_has_a_heading_of_its_own() -> None:
    headings = {section.title: section.lines for section in leaflet(tiny(), on=ON).sections}
    assert [line.clause for line in headings["Who can see it?"]] == ["why.need-to-know", "why.two-keys"]
    assert [line.clause for line in headings["Why"]] == ["why.lending", "why.only"]


def test_a_line_that_ends_a_list_leads_it() -> None:
    found = lines(leaflet(tiny(), on=ON))
    assert {clause for clause, line in found.items() if line.leads} == {
        "hold.personal", "hold.special", "hold.careful", "tell.only",
    }  # fmt: skip


def test_an_idea_a_line_where_a_clause_has_two_sentences() -> None:
    read = leaflet(tiny(REFERRERS), on=ON)
    assert lines(read)["hold.referrer"].sentences == (
        "Do you work with families?",
        "We write down your name.",
    )
    numbered = load(
        changed(NOTICE, "Toys help children grow.", "Call 0303 123 1113. It is free."), service="toy-library"
    )
    (line,) = [one for one in leaflet(numbered, on=ON).lines if one.words.startswith("Call")]
    assert line.sentences == ("Call 0303 123 1113.", "It is free.")


def test_what_is_about_those_who_work_with_families_stands_apart() -> None:
    read = leaflet(tiny(REFERRERS), on=ON)
    assert [line.clause for line in read.professionals] == ["hold.referrer"]
    assert all(line.clause != "hold.referrer" for section in read.sections for line in section.lines)
    assert leaflet(tiny(), on=ON).professionals == ()


def test_a_proposal_is_no_line_until_it_is_adopted_and_then_it_says_since_when() -> None:
    assert "hold.hobby" not in lines(leaflet(tiny(HOBBY), on=ON))
    adopted = "[{clause: hold.hobby, service: toy-library, by: Ash, approved_by: Bo, on: 2026-04-01}]"
    read = leaflet(tiny(HOBBY, adopted=adopted), on=ON)
    assert lines(read)["hold.hobby"].added_on == date(2026, 4, 1)


def test_a_body_is_named_as_it_is_called_on_the_day() -> None:
    notice = toy_library()
    before, after = (
        leaflet(notice, on=day).body("deliverer") for day in (date(2026, 2, 28), date(2026, 3, 1))
    )
    assert before
    assert after
    assert (before.name, after.name) == ("Toy Trust", "The Toy and Play Trust")


def test_published_words_stay_and_the_new_name_stands_beside_them() -> None:
    line = lines(leaflet(toy_library(), on=ON))["who.delivers"]
    assert line.words == "The Toy Trust runs the library for us."
    (name,) = line.renamed
    assert (name.was, name.now, name.from_on) == ("Toy Trust", "The Toy and Play Trust", date(2026, 3, 1))


def test_words_in_another_language_are_used_where_they_are_there() -> None:
    french = changed(
        NOTICE, "says: Toys help children grow.", "says: {en: Toys help., fr: Les jouets aident.}"
    )
    read = leaflet(load(french, service="toy-library"), on=ON, language="fr")
    assert [line.words for line in read.lines if line.language == "fr"] == ["Les jouets aident."]
    assert lines(read)["who.answers"].language == "en"
