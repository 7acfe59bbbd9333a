"""Demonstration families: the same every time, of every kind, nobody's, and well-formed."""

import re
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import chain, islice
from pathlib import Path

import pytest

from kept.intake.child_health_events.reading import read_message
from kept.intake.demonstration import Family, families, messages, write_messages
from kept.intake.demonstration.families import NUMBERS_FOR_ADULTS, Adult, Baby, Position, families_from
from kept.intake.demonstration.plans import CONCEALED, LOOKED_AFTER, PLANS, REFUGE, TWO_SERVICES
from kept.standards import nhs_number, postcodes
from kept.standards.ages import years_old

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


def made(children: int, *, seed: int = 1, at: datetime = AT) -> list[Family]:
    return list(families(children=children, seed=seed, at=at))


def babies(some: list[Family]) -> list[Baby]:
    return [baby for family in some for baby in family.children]


def adults(some: list[Family]) -> list[Adult]:
    return [adult for family in some for adult in family.adults]


@pytest.mark.parametrize("children", [0, 1, 2, 3, 14, 100])
def test_there_are_as_many_children_as_asked_for(children: int) -> None:
    assert [baby.serial for baby in babies(made(children))] == list(range(children))


def test_the_same_seed_and_day_make_the_same_messages_and_another_seed_makes_others() -> None:
    assert list(map(messages, made(40))) == list(map(messages, made(40)))
    assert list(map(messages, made(40))) != list(map(messages, made(40, seed=2)))


def test_the_first_families_are_the_same_however_many_follow() -> None:
    assert made(300)[:20] == made(40)[:20]


@pytest.mark.parametrize(
    "at", [AT, datetime(2028, 2, 29, 23, 59, tzinfo=UTC), datetime(2017, 11, 15, tzinfo=UTC)]
)
def test_nothing_is_wrong_with_any_message(at: datetime) -> None:
    for raw in chain.from_iterable(chain.from_iterable(map(messages, made(200, at=at)))):
        assert read_message(raw, at=at).faults == ()


def test_every_child_was_born_in_the_last_five_years_and_some_in_the_last_weeks() -> None:
    born = [baby.born_at.date() for baby in babies(made(600))]
    assert all(day < AT.date() and years_old(day, on=AT.date()) < 5 for day in born)
    assert {years_old(day, on=AT.date()) for day in born} == {0, 1, 2, 3, 4}
    assert sum(day > AT.date() - timedelta(weeks=8) for day in born) > 60


def test_the_first_families_are_of_every_kind() -> None:
    first = made(len(PLANS) + 4)
    assert {len(family.children) for family in first} == {1, 2, 3}
    assert {baby.babies for baby in babies(first)} == {1, 2, 3}
    assert any(baby.gestation_days < 37 * 7 for baby in babies(first))
    assert any(not baby.number for baby in babies(first))
    assert any(baby.called.written for baby in babies(first))
    assert any(not baby.called.family for baby in babies(first))
    assert any(adult.relationship == "GPM" and adult.lives_with for adult in adults(first))
    assert any(adult.relationship == "BPF" and not adult.lives_with for adult in adults(first))
    assert any(len(family.adults) == 1 for family in first)
    assert any(family.children[0].born_at.date() != family.children[-1].born_at.date() for family in first)


def test_the_first_families_are_of_every_kind_that_needs_care() -> None:
    first = {family.kind: family for family in made(len(PLANS) + 6) if family.kind}
    assert first.keys() == {REFUGE, LOOKED_AFTER, CONCEALED, TWO_SERVICES}
    assert [adult.relationship for adult in first[LOOKED_AFTER].adults] == ["FPM", "BPM"]
    assert [adult.responsibility for adult in first[LOOKED_AFTER].adults] == [False, True]
    assert [adult.lives_with for adult in first[REFUGE].adults] == [True, False]
    assert not first[CONCEALED].children[0].number
    assert all(
        (AT - family.children[-1].born_at).days <= 300 for family in made(3000) if family.kind == TWO_SERVICES
    )


def test_families_go_on_from_any_position_as_if_they_had_never_stopped() -> None:
    begun = list(families_from(Position(), children=400, seed=1, at=AT))
    for family, after in begun[::60]:
        rest = [one for one, _ in families_from(after, children=400, seed=1, at=AT)]
        assert rest == [one for one, _ in begun][after.families :]
        assert family == begun[after.families - 1][0]


def test_names_come_from_everywhere() -> None:
    names = " ".join(
        f"{baby.called.given} {baby.called.family} {baby.called.written}" for baby in babies(made(800))
    )
    assert all(mark in names for mark in ("'", "’", "-", "ł", "Ş", "ọ̀", "é", "Ț", "ễ"))
    for script in ("\u0400-\u04ff", "\u0600-\u06ff", "\u0900-\u097f", "\u1200-\u137f", "\u4e00-\u9fff"):
        assert re.search(f"[{script}]", names)


def test_nobody_in_a_family_has_the_same_given_name_as_another() -> None:
    for family in made(100):
        everybody: list[Baby | Adult] = [*family.children, *family.adults]
        given = [one.called.given for one in everybody]
        assert len(set(given)) == len(given)


def test_a_number_is_nobodys_and_is_given_once() -> None:
    some = made(500)
    everybody: list[Baby | Adult] = [*babies(some), *adults(some)]
    numbers = [one.number for one in everybody if one.number]
    assert len(numbers) > 900
    assert len(set(numbers)) == len(numbers)
    assert all(nhs_number.is_test_number(number) for number in numbers)


def test_children_and_adults_can_never_meet_at_one_number() -> None:
    assert nhs_number.test_number(nhs_number.TEST_NUMBERS - NUMBERS_FOR_ADULTS) > nhs_number.test_number(
        800_000
    )


def test_no_address_telephone_or_email_can_be_anybodys() -> None:
    for family in made(300):
        for home in (family.home, *(adult.home for adult in family.adults)):
            assert postcodes.tidy(home.postcode) == home.postcode
            assert postcodes.district(home.postcode)
            assert set(home.postcode[-2:]) <= set(postcodes.NEVER_LAST)
        for adult in family.adults:
            assert re.fullmatch(r"07700 900\d{3}", adult.phone)
            assert not adult.email or adult.email.endswith("@example.org")


def test_every_family_lives_in_kent_and_every_district_has_some() -> None:
    lived_in = Counter(family.home.district for family in made(600))
    assert len(lived_in) == 12
    assert "Medway" not in lived_in


def test_twins_come_minutes_apart_and_say_so() -> None:
    twins = next(
        family for family in made(40) if len(family.children) == 2 and family.children[0].babies == 2
    )
    first, second = twins.children
    assert (first.order, second.order) == (1, 2)
    assert timedelta(0) < second.born_at - first.born_at < timedelta(hours=1)
    said = [read_message(birth, at=AT).message for birth, _ in messages(twins)]
    assert [(m.birth.order, m.birth.babies) for m in said if m and m.birth] == [(1, 2), (2, 2)]


def test_every_parent_was_old_enough_and_every_grandmother_older() -> None:
    for family in made(300):
        eldest: date = family.children[0].born_at.date()
        ages = {adult.relationship: years_old(adult.born_on, on=eldest) for adult in family.adults}
        assert all(age >= 16 for age in ages.values())
        assert ages.get("GPM", 99) >= ages["BPM"] + 16


def test_ids_differ_from_message_to_message_and_from_day_to_day() -> None:
    def ids(at: datetime) -> list[str]:
        raws = chain.from_iterable(chain.from_iterable(map(messages, made(60, at=at))))
        return [message.id for raw in raws if (message := read_message(raw, at=at).message)]

    assert len(set(ids(AT) + ids(AT + timedelta(days=1)))) == 240


def test_files_appear_whole_in_the_order_of_sending(tmp_path: Path) -> None:
    done: list[int] = []
    assert write_messages(tmp_path / "in", children=5, seed=1, at=AT, progress=done.append) == 10
    names = sorted(file.name for file in (tmp_path / "in").iterdir())
    assert names[:3] == ["0000000-CH005.json", "0000000-CH023.json", "0000001-CH005.json"]
    assert len(names) == 10
    assert done == sorted(done)
    assert done[-1] == 5
    sent = list(chain.from_iterable(chain.from_iterable(map(messages, made(5)))))
    assert [(tmp_path / "in" / name).read_bytes() for name in names] == sent


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    def written() -> dict[str, bytes]:
        write_messages(tmp_path, children=6, seed=3, at=AT)
        return {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    assert written() == written()


def test_families_are_made_one_at_a_time() -> None:
    """Hundreds of families are asked for of a million, and no more than a few are ever in memory."""
    many = families(children=1_000_000, seed=1, at=AT)
    for family in islice(many, 20):
        messages(family)
    tracemalloc.start()
    try:
        for family in islice(many, 100):
            messages(family)
        before, _ = tracemalloc.get_traced_memory()
        for family in islice(many, 400):
            messages(family)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 100_000
