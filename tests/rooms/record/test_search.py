"""Search: finds within the asker's reach by what is typed, and says the same of the hidden as of nobody."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connections
from hypothesis import assume, given
from hypothesis import strategies as st

from kept.database.acting import acting_as
from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.record.families.values import NewFamily
from kept.record.search.keys import LONGEST_KEY, MOST_PARTS, fold, keys_of, parts_of, words_of
from kept.record.search.reads import search, searched_by
from kept.record.search.values import Found, Sought
from kept.standards.nhs_number import test_number as number_of_nobody
from tests import cast
from tests.cast import AT, HEALTH_VISITING, NORTH, SOUTH, Cast, as_superuser, person_of
from tests.rooms.ledger.raw import WIDER, Raw, session

HANNAHS_CHILD = {"Amina Okafor", "Grace Okafor"}
NAME = "identity.name"


def seek(by: Asker, name: str = "", *, purpose: str = "", **how: object) -> Found:
    return search(by=by, sought=Sought(name=name, **how), purpose=purpose or by.service, at=AT)  # type: ignore[arg-type]


def names(by: Asker, name: str = "", **how: object) -> set[str]:
    return {one.name for one in seek(by, name, **how).people}


def register(
    given: str, family: str, number: int, *, team: str = NORTH, mother: str = "Thea", **more: object
) -> None:
    """A child and the mother, as a message would bring them."""
    child = replace(cast.child(given, family, number), **more)
    family_of = NewFamily(child, (cast.adult(mother, family, number + 1),), cast._team(team))
    with acting_as("intake"):
        cast.register(by=cast.everyone().intake, family=family_of)


def last_entry() -> tuple:
    ((act, outcome, purpose, clauses, named),) = as_superuser(
        "select act, outcome, purpose, clauses, (select array_agg(n.given order by n.given) from ledger_subject s"
        " join record_person p on p.ledger_id = s.ledger_id join record_name n on n.person_id = p.id"
        " and n.until_on is null where s.entry_id = e.id) from ledger_entry e order by id desc limit 1"
    )
    return act, outcome, purpose, clauses, named


# What a name is found by.


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.sampled_from("\u0300\u0301\u0302\u0303\u0308\u030a\u0327\u0328"))
def test_a_mark_on_a_letter_changes_nothing(text: str, mark: str) -> None:
    assert fold("".join(letter + mark for letter in text)) == fold(text)


@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_any_parts_in_any_order_find_the_name(written: list[str], data: st.DataObject) -> None:
    """The beginnings of some of its parts, in any order: what the database is asked for finds one of the keys."""
    name = " ".join(written)
    parts, keys = parts_of(name), keys_of(name, "")
    assume(parts and len(parts) < MOST_PARTS and max(map(len, keys)) < LONGEST_KEY)
    some = data.draw(st.lists(st.sampled_from(parts), min_size=1, unique=True))
    typed = [part[: data.draw(st.integers(1, len(part)))] for part in some]
    first, *others = words_of(" ".join(typed).upper() if data.draw(st.booleans()) else " ".join(typed))
    assert any(key.startswith(first) and all(f" {other}" in key for other in others) for key in keys)


@given(st.text(), st.text())
def test_keys_are_few_and_fit_into_an_index(given: str, family: str) -> None:
    keys = keys_of(given, family)
    assert len(keys) <= MOST_PARTS
    assert all(key and len(key.encode()) < 2_700 for key in keys)


def test_the_longest_name_has_keys_that_fit() -> None:
    name = " ".join(f"{chr(0x20000 + place)}" * 500 for place in range(40))
    assert all(len(key.encode()) < 2_700 for key in keys_of(name, name))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Zoë", "zoe"),
        ("Łucja", "lucja"),
        ("Bjørn", "Bjorn"),
        ("Groß", "gross"),
        ("Þórunn", "thorunn"),
        ("İpek", "ipek"),
        ("Yıldız", "yildiz"),
        ("Nguyễn", "NGUYEN"),
        ("Siân", "sia\u0302n"),
        ("Renée", "renee"),
        ("Ærøskøbing", "aeroskobing"),
        ("O’Rourke", "o'rourke"),
        ("O'Rourke", "ORourke"),
        ("O'Rourke", "o rourke"),
        ("Smith-Jones", "jones"),
        ("Smith-Jones", "smithjones"),
        ("王芳", "王"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_a_name_is_found_as_people_type_it(written: str, typed: str) -> None:
    first, *others = words_of(typed)
    assert any(key.startswith(first) and all(f" {o}" in key for o in others) for key in keys_of(written, "X"))


# Whom a search finds.


@pytest.mark.parametrize("typed", ["Amina", "amina okafor", "OKAFOR am", "ok", "Ámïna"])
def test_a_team_finds_its_own_children_by_any_part_of_the_name(people: Cast, typed: str) -> None:
    assert "Amina Okafor" in names(people.hannah, typed)
    assert names(people.samuel, typed) == set()


def test_everything_that_is_typed_must_fit(people: Cast) -> None:
    number = number_of_nobody(1)
    fits = {"born_on": date(2026, 11, 15), "nhs_number": number, "postcode": "ct11cc"}
    assert names(people.hannah, "amina", **fits) == {"Amina Okafor"}
    for one in fits:
        assert names(people.hannah, **{one: fits[one]}) >= {"Amina Okafor"}
    for wrong in (
        {"born_on": date(2026, 11, 16)},
        {"nhs_number": number_of_nobody(5)},
        {"postcode": "CT1 2CC"},
    ):
        assert names(people.hannah, "amina", **{**fits, **wrong}) == set()
    assert names(people.hannah, "grace", **fits) == set()


def test_a_mother_is_found_with_her_children_and_their_team(people: Cast) -> None:
    (grace,) = seek(people.hannah, "Grace").people
    assert (grace.name, grace.part, grace.teams) == ("Grace Okafor", "parent", (NORTH,))
    assert [(child.name, child.relationship) for child in grace.children] == [("Amina Okafor", "BPM")]
    assert last_entry()[-1] == ["Amina", "Grace"]


def test_who_assigns_finds_everybody_of_the_service(people: Cast, cleo: int) -> None:
    assert names(people.imani, "amina") == {"Amina Okafor"}
    assert names(people.imani, "lars") == {"Bo Larsen", "Nils Larsen"}
    assert names(people.imani, postcode="TN9 1CC") == {"Bo Larsen", "Nils Larsen"}
    assert names(people.imani, nhs_number=number_of_nobody(3)) == {"Bo Larsen"}
    assert names(people.imani, "bo", born_on=date(2026, 11, 15)) == {"Bo Larsen"}
    assert names(people.imani, "cleo") == names(people.imani, "marsh") == set()
    assert names(people.pia, "cleo") == {"Cleo Marsh"}


def test_who_has_left_a_team_finds_nobody_of_it(people: Cast) -> None:
    as_superuser(
        "update record_caseload_place set until_on = %s where person_id = %s", AT.date(), person_of("Amina")
    )
    assert names(people.hannah, "okafor") == set()


@pytest.mark.parametrize("name", ["sefi", "priya", "ana", "ira", "paul"])
def test_nobody_else_searches(people: Cast, name: str) -> None:
    by = getattr(people, name)
    assert searched_by(by=by, purpose=by.service, at=AT) == frozenset()
    with pytest.raises(Refused) as refused:
        seek(by, "Amina")
    assert last_entry() == ("search", "must not", by.service, list(refused.value.decision.rests_on), None)


def test_nobody_searches_by_what_they_may_not_see(people: Cast) -> None:
    assert "identity.nhs-number" not in searched_by(by=people.ada, purpose=HEALTH_VISITING, at=AT)
    assert names(people.ada, "amina") == {"Amina Okafor"}
    with pytest.raises(Refused) as refused:
        seek(people.ada, "amina", nhs_number=number_of_nobody(1))
    assert refused.value.decision.withheld == {"identity.nhs-number": "why.need-to-know"}


def test_for_another_purpose_it_stays_closed(people: Cast) -> None:
    for purpose in ("audit", "marketing", "plan-and-improve"):
        with pytest.raises(Refused):
            seek(people.hannah, "Amina", purpose=purpose)


def test_a_name_that_ended_finds_nobody(people: Cast) -> None:
    register("Zoë", "Ślązak", 41)
    register("Zoë", "Groß", 41)
    assert names(people.hannah, "zoe gross") == {"Zoë Groß"}
    assert names(people.hannah, "slazak") == set()


# Whom a search hides.


def restrict(given: str, *, what: str = "person") -> None:
    person = person_of(given)
    as_superuser(
        "insert into record_restriction (service, entry_id, definition_id, source, recorded_at, from_on, person_id,"
        " child_id, what, reason) values (%s, 1, 1, '', %s, %s, %s, %s, %s, 'A refuge')",
        HEALTH_VISITING, AT, AT.date(), person, person_of("Amina"), what,
    )  # fmt: skip


def test_restricted_people_are_left_out_for_everybody(people: Cast) -> None:
    restrict("Grace")
    for by in (people.hannah, people.nadia, people.imani):
        assert names(by, "okafor") == {"Amina Okafor"}
        assert names(by, "grace") == set()
    restrict("Amina")
    for by in (people.hannah, people.imani):
        assert names(by, "okafor") == set()
        assert last_entry()[-1] is None


def test_a_restricted_child_is_not_shown_beside_the_mother(people: Cast) -> None:
    restrict("Amina")
    (grace,) = seek(people.imani, "grace").people
    assert (grace.children, grace.teams) == ((), ())
    assert last_entry()[-1] == ["Grace"]


def test_a_restricted_address_finds_nobody(people: Cast) -> None:
    as_superuser("update record_address set kind = 'restricted' where person_id = %s", person_of("Grace"))
    for by in (people.hannah, people.imani):
        assert names(by, postcode="CT1 1CC") == {"Amina Okafor"}


def asked_of(by: Asker, name: str, **how: object) -> list[str]:
    """The letters that a search sends to the database, and what comes back of them."""
    statements: list[str] = []

    def note(execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:  # type: ignore[type-arg]
        statements.append(sql)
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        assert seek(by, name, **how).people == ()
    return statements


def test_the_hidden_are_answered_as_nobody_is(people: Cast, cleo: int) -> None:
    restrict("Amina")
    seek(people.hannah, "anybody")
    hidden = [asked_of(people.hannah, name) for name in ("amina", "bo", "nils", "cleo")]
    entries = [last_entry()]
    assert asked_of(people.hannah, "nobody of this name") == hidden[0]
    assert [*hidden, hidden[0]] == [hidden[0]] * 5
    assert last_entry() == entries[0]
    assert asked_of(people.imani, "amina") == asked_of(people.imani, "cleo") == hidden[0]


def buffers(raw: Raw, token: str, *words: str) -> int:
    """How many pages of the database a search by these words touches, as EXPLAIN tells the application role: the least
    of several times, for an entry that is written touches one more now and then."""
    tries = [
        raw.one(
            "explain (analyze, buffers, format json) select * from ledger.search(%s, %s, %s, %s, null, '', '', '', %s)",
            token, HEALTH_VISITING, allowed(token), list(words), AT,
        )[0]["Plan"]
        for _ in range(8)
    ]  # fmt: skip
    return min(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in tries)


def allowed(token: str) -> str:
    standing = "service" if token == cast.token_of("imani") else "team"
    return f'[{{"standing": "{standing}", "part": "child", "read": ["{NAME}"]}}]'


# The one entry.


def test_one_entry_names_everybody_who_was_shown(people: Cast) -> None:
    before = as_superuser("select count(*) from ledger_entry")[0][0]
    assert names(people.hannah, "okafor") == HANNAHS_CHILD
    assert as_superuser("select count(*) from ledger_entry") == [(before + 1,)]
    act, outcome, purpose, _, named = last_entry()
    assert (act, outcome, purpose, named) == ("search", "may", HEALTH_VISITING, ["Amina", "Grace"])


def test_a_search_that_finds_nobody_is_an_entry_and_says_nothing_of_what_was_sought(
    people: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert names(people.hannah, "Quetzalcoatl", postcode="ZZ9 9ZZ") == set()
        with pytest.raises(Refused):
            seek(people.priya, "Quetzalcoatl")
    outcomes = as_superuser("select outcome, clauses <> '{}' from ledger_entry order by id desc limit 2")
    assert outcomes == [("must not", True), ("may", True)]
    written = as_superuser(
        "select to_jsonb(e)::text from ledger_entry e union all select to_jsonb(s)::text from ledger_subject s"
    )
    assert not [row for (row,) in written if "quetzal" in row.lower() or "ZZ9" in row]
    assert "quetzal" not in caplog.text.lower()


def test_at_most_fifty_are_shown_and_named(people: Cast) -> None:
    many(120, NORTH)
    for by in (people.hannah, people.imani):
        found = seek(by, "many")
        assert (len(found.people), found.more) == (50, True)
        ((named,),) = as_superuser(
            "select count(*) from ledger_subject where entry_id = (select max(id) from ledger_entry)"
        )
        assert named == 50
    assert not seek(people.hannah, "okafor").more


def test_the_children_beside_those_who_fit_are_among_the_fifty(people: Cast) -> None:
    many(40, NORTH)
    as_superuser(MOTHERS)
    found = seek(people.hannah, "mothers")
    assert found.more
    assert len(found.people) == 25
    assert all(len(one.children) == 1 for one in found.people)
    assert as_superuser(
        "select count(*) from ledger_subject where entry_id = (select max(id) from ledger_entry)"
    ) == [(50,)]


# A mother for each child of no relationship: Mothers<n>.
MOTHERS = """
with held as (
    select 'health-visiting' as service, 1 as entry_id, 1 as definition_id, '' as source, now() as recorded_at
), child as (
    select p.id, row_number() over (order by p.id) as n from record_person p
    where p.part = 'child' and not exists (select from record_relationship r where r.child_id = p.id)
), mother as (
    select nextval('record_person_id_seq') as id, id as child, n from child
), person as (
    insert into record_person (service, entry_id, definition_id, source, recorded_at, id, part, public_id, ledger_id)
    select held.*, id, 'parent', gen_random_uuid(), gen_random_uuid() from held, mother returning id
), name as (
    insert into record_name (service, entry_id, definition_id, source, recorded_at, from_on, person_id, given, family)
    select held.*, '2026-11-01', id, '', 'Mothers' || n from held, mother
), key as (
    insert into record_search_key (service, entry_id, definition_id, source, recorded_at, from_on, person_id, key)
    select held.*, '2026-11-01', id, 'mothers' || n from held, mother
)
insert into record_relationship (service, entry_id, definition_id, source, recorded_at, from_on, person_id, child_id,
                                 kind)
select held.*, '2026-11-01', id, child, 'BPM' from held, mother
"""


def many(count: int, team: str) -> None:
    """Children of a team with keys as the program writes them: Child <n> Many."""
    as_superuser(
        """
with held as (
    select 'health-visiting' as service, 1 as entry_id, 1 as definition_id, '' as source, now() as recorded_at
), children as (
    insert into record_person (service, entry_id, definition_id, source, recorded_at, part, public_id, ledger_id)
    select held.*, 'child', gen_random_uuid(), gen_random_uuid() from held, generate_series(1, %s) returning id
), named as (
    insert into record_name (service, entry_id, definition_id, source, recorded_at, from_on, person_id, given, family)
    select held.*, '2026-11-01', id, 'Child' || id, 'Many' from held, children
), keys as (
    insert into record_search_key (service, entry_id, definition_id, source, recorded_at, from_on, person_id, key)
    select held.*, '2026-11-01', id, k from held, children,
           unnest(array['child' || id || ' many', 'many child' || id]) k
)
insert into record_caseload_place (service, entry_id, definition_id, source, recorded_at, from_on, person_id, team_id)
select held.*, '2026-11-01', id, (select id from staff_team where name = %s) from held, children
""",
        count,
        team,
    )


# The second lock.


def test_the_database_refuses_to_search_wider_than_the_permits_whoever_is_there(
    people: Cast, database: str
) -> None:
    """What is too wide is refused before anybody is looked for: the refusal is the same for those who exist."""
    call = "select * from ledger.search(%s, %s, %s, %s, %s, %s, '', '', %s)"
    hannah = cast.token_of("hannah")

    def told(token: str, purpose: str, allowed: str, words: list[str], number: str = "") -> str:
        with session(database) as raw:
            return raw.told(call, token, purpose, allowed, words, None, number, AT)

    def asked(standing: str, *items: str) -> str:
        read = ", ".join(f'"{item}"' for item in items)
        return f'[{{"standing": "{standing}", "part": "child", "read": [{read}]}}]'

    for words in (["bo"], ["nobody"]):
        assert told(hannah, HEALTH_VISITING, asked("team", NAME), words) == ""
        nameless = asked("team", NAME)[:-1] + ', {"standing": "team", "part": "parent"}]'
        for wider in (
            asked("service", NAME),
            asked("none", NAME),
            asked("team", NAME, "care.concern"),
            "[]",
            nameless,
        ):
            assert told(hannah, HEALTH_VISITING, wider, words) == WIDER
        assert told(hannah, "audit", asked("team", NAME), words) == WIDER
        assert told(cast.token_of("priya"), HEALTH_VISITING, asked("team", NAME), words) == WIDER
        assert told(cast.token_of("sefi"), "keep-safe", asked("service", NAME), words) == WIDER
        # Nobody searches by an item that they do not ask to see.
        assert told(hannah, HEALTH_VISITING, asked("team", NAME), words, number_of_nobody(1)) == WIDER
    for nothing in ([], [""], ["amina", ""]):
        assert told(hannah, HEALTH_VISITING, asked("team", NAME), nothing) in ("KP006", WIDER)


def test_a_search_uses_the_index_and_touches_few_pages(people: Cast, database: str) -> None:
    """Among 20,000 others. Without the index of keys the whole service costs 213 pages, and 438 with two words."""
    many(20_000, SOUTH)
    as_superuser("analyze")
    hannah, imani = cast.token_of("hannah"), cast.token_of("imani")
    with session(database) as raw:
        hidden, nobody = buffers(raw, hannah, "child777"), buffers(raw, hannah, "nobody")
        assert abs(hidden - nobody) < 5
        assert nobody < 160
        assert buffers(raw, imani, "nobody") < 60
        assert buffers(raw, imani, "child777", "many") < 300


def test_the_application_role_uses_the_index_under_the_policies_too(people: Cast, database: str) -> None:
    many(20_000, NORTH)
    as_superuser("analyze")
    with session(database) as raw, raw.undone():
        raw.open({"person": person_of("Amina"), "read": [NAME], "record": []})
        plan = "\n".join(
            line
            for (line,) in raw.rows(
                "explain select person_id from record_search_key where service = 'health-visiting' and until_on is null"
                " and key >= 'amina' and key < 'amina' || chr(1114111)"
            )
        )
    assert "record_search_key" in plan
    assert "Seq Scan" not in plan, plan
