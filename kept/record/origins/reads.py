"""Where everything on a child's record comes from, for whoever may see it: one entry, and nothing it does not open.

The record page pays nothing for this: each row carries its entry, version and source, and they are asked for here.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kept.ledger.entries import Allowed, Fact, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.holding import why_held
from kept.published.reads import definition_for, published
from kept.record import models
from kept.record.origins.values import Origin, OriginsOfPerson, Recorded
from kept.record.reads import ITEMS_WITH_A_TABLE, may_open
from kept.standards.days import day_of

OPENING = "see why a record is held"
MOST = 500  # of each table the latest so many; a child's whole record has fewer

# What says which of several rows is meant, where its item and its day do not.
WORDS = {
    "record_name": "concat_ws(' ', nullif(given, ''), nullif(family, ''))",
    "record_address": "concat_ws(', ', nullif(lines, ''), nullif(postcode, ''))",
    "record_nhs_number": "number",
    "record_number_to_check": "concat(number, ', waits to be checked')",
    "record_phone": "number",
    "record_email": "email",
    "record_gp_practice": "practice",
    "record_circumstance": "said",
    "record_circumstance_review": "concat_ws(', ', replace(outcome, '-', ' '), nullif(why, ''))",
    "record_vaccination": "vaccine",
    "record_gender": "words",
}
DAYS = {"record_contact": '"on"', "record_notice_given": '"on"', "record_date_of_birth": "born_on"}
NOTHING = "''"
# The person's own row is no item, keys are made from the name, and what officers wrote is no part of a record.
NOT_SHOWN = {"Person", "SearchKey", "LookCheck", "LookedLine", "LookedView"}


def _of_table(model: type[models.Name]) -> str:
    """The rows of one table that stand today, as far as the open entry lets them be seen."""
    columns = {field.column for field in model._meta.concrete_fields}
    table = model._meta.db_table
    item = "kind" if model.item_by_kind else f"'{model.item}'"
    words, told_by = WORDS.get(table, NOTHING), "told_by" if "told_by" in columns else NOTHING
    day = DAYS.get(table, '"on"' if "on" in columns else "null")
    stands = [f"{column} is null" for column in ("until_on", "corrected_at") if column in columns]
    where = " and ".join(["person_id = any (%(persons)s)", *stands])
    # Tables and columns are our own.
    return (
        f"(select '{table}' as held_in, {item} as item, person_id, {words} as words, ({day})::date as day, source,"  # noqa: S608
        f" {told_by} as told_by, definition_id, entry_id, recorded_at from {table} where {where}"
        f" order by id desc limit {MOST})"
    )


TABLES = {
    model._meta.db_table: model
    for model in (getattr(models, name) for name in models.__all__ if name not in NOT_SHOWN)
}
HELD = " union all ".join(map(_of_table, TABLES.values()))
ORIGINS = f"""
with held as materialized ({HELD})
select (select json_agg(json_build_array(h.held_in, h.item, h.person_id, h.words, h.day, h.source, h.told_by,
                                         h.definition_id, h.entry_id, h.recorded_at)
                        order by h.recorded_at desc, h.entry_id desc) from held h),
       (select json_agg(json_build_array(w.entry, w.purpose, coalesce(a.name, ''), w.role, w.process))
        from ledger.written_by((select array_agg(entry_id) from held), (select array_agg(recorded_at) from held)) w
        left join staff_account a on a.id = w.account),
       (select json_agg(json_build_array(n.person_id, n.given, n.family)) from record_name n
        where n.person_id = any (%(persons)s) and n.until_on is null)
"""  # noqa: S608


def open_origins(*, by: Asker, public_id: UUID, purpose: str, at: datetime) -> tuple[OriginsOfPerson, ...]:
    """Of everybody of a child's family, the child first, where all that the asker may see comes from.

    Raises Refused, in the same words, whether the record is another team's, another service's or nobody's.
    """
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    found = facts(by=by, ids=[public_id], with_family=True, at=at)
    decisions = {fact: may_open(definition, by=by, fact=fact, purpose=purpose, on=on) for fact in found}
    child = next((fact for fact in found if fact.public_id == public_id and fact.part == "child"), None)
    if child is None or not decisions[child]:
        nobody = may_open(definition, by=by, fact=None, purpose=purpose, on=on)
        refuse(by=by, act=OPENING, purpose=purpose, decision=nobody, ids=[public_id], at=at)
    allowed = [
        Allowed(fact.person, read=decision.allowed & ITEMS_WITH_A_TABLE)
        for fact, decision in decisions.items()
        if decision
    ]
    about = {"persons": [one.person for one in allowed]}
    row = read(ORIGINS, about, by=by, act=OPENING, purpose=purpose, allowed=allowed, at=at)
    shown = [child, *(fact for fact, decision in decisions.items() if decision and fact != child)]
    return _people_from(row, shown)


def _people_from(row: tuple[Any, ...], shown: Iterable[Fact]) -> tuple[OriginsOfPerson, ...]:
    """What `ORIGINS` answered, person by person."""
    held, written, names = row
    recorded = {number: rest for number, *rest in written or ()}
    called = {person: " ".join(filter(None, parts)) for person, *parts in names or ()}
    return tuple(
        OriginsOfPerson(
            fact.person,
            fact.public_id,
            fact.part,
            called.get(fact.person, ""),
            tuple(_origin(one, fact.part, recorded) for one in held or () if one[2] == fact.person),
        )
        for fact in shown
    )


def _origin(row: list[Any], part: str, written: Mapping[int, list[str]]) -> Origin:
    table, kind, _, words, day, source, told_by, version, number, recorded_at = row
    at = datetime.fromisoformat(recorded_at)
    purpose, name, role, process = written.get(number, ("", "", "", ""))
    item = TABLES[table].item_by_kind.get(kind, kind)
    held_under = published(version).definition
    return Origin(
        item=item,
        words=words or "",
        on=date.fromisoformat(day) if day else None,
        source=source,
        told_by=told_by or "",
        held_under=held_under,
        clause=why_held(held_under, part=part, item=item, purpose=purpose, source=source, on=day_of(at)),
        recorded=Recorded(at, purpose, name, role, process),
    )
