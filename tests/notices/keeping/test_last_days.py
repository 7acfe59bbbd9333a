"""The longest rule that applies counts, and one that still waits for its event is the longest of all."""

from __future__ import annotations

from datetime import date

from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.notices.questions import Kept, keep_until
from tests.notices.tiny import ON, tiny, tiny_texts

LEFT = {"end-of-service": date(2024, 2, 29)}


def kept(definition: Definition, item: str = "identity.name", events: dict[str, date] | None = None) -> Kept:
    return keep_until(definition, item=item, part="child", events=LEFT if events is None else events, on=ON)


def test_an_item_is_kept_for_the_time_of_its_rule() -> None:
    found = kept(tiny())
    assert found.until_on == date(2026, 3, 1)
    assert found.rules == ("two-years-after-leaving",)
    assert found.rests_on == ("long.membership",)


def test_its_time_is_over_on_that_day_and_not_before() -> None:
    found = kept(tiny())
    assert not found.over(date(2026, 2, 28))
    assert found.over(date(2026, 3, 1))


def test_while_the_event_is_still_to_come_there_is_no_last_day() -> None:
    found = kept(tiny(), events={})
    assert found.until_on is None
    assert not found.over(date.max)


def test_an_item_that_no_rule_names_may_not_be_held_at_all() -> None:
    found = kept(tiny(without=["long.membership"]))
    assert found.rules == ()
    assert found.over(ON)
    assert not found.confirmed
    assert found.rests_on == ("hold.personal",)


def with_second_rule() -> Definition:
    everything = tiny_texts(
        """
        - id: long.names
          section: how-long
          says: We keep names for five years after birth.
          means: {keep: {records: [names], rule: five-years-after-birth}}
        """
    )
    rule = "{words: five years, counts_from: birth, keeps: {years: 5}, status: confirmed}"
    rules = f"rules:\n  five-years-after-birth: {rule}\n"
    records = "records:\n  names: {words: names, items: [identity.name]}\n"
    retention = everything["retention.yaml"].replace("rules:\n", rules).replace("records:\n", records)
    return load(everything | {"retention.yaml": retention}, service="toy-library")


def test_where_two_rules_apply_the_longer_counts_and_both_are_named() -> None:
    notice = with_second_rule()
    found = kept(notice, events={"end-of-service": date(2026, 5, 1), "birth": date(2022, 1, 1)})
    assert found.until_on == date(2028, 5, 1)
    assert found.rules == ("two-years-after-leaving", "five-years-after-birth")
    later = kept(notice, events={"end-of-service": date(2023, 5, 1), "birth": date(2022, 1, 1)})
    assert later.until_on == date(2027, 1, 1)
    assert kept(notice, events={"birth": date(2010, 1, 1)}).until_on is None


def test_nothing_counts_as_confirmed_while_one_of_its_rules_is_not() -> None:
    assert not kept(with_second_rule()).confirmed


def test_one_item_may_have_another_last_day_than_the_next() -> None:
    notice = with_second_rule()
    events = {"end-of-service": date(2024, 1, 1), "birth": date(2023, 1, 1)}
    assert kept(notice, "identity.name", events).until_on == date(2028, 1, 1)
    assert kept(notice, "health.allergy", events).until_on == date(2026, 1, 1)
