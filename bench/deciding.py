"""Decisions a second: the definition compiled, beside Cedar and Casbin given the same permits and asked the same.

One question is a whole record: forty items about one child, of a practitioner of the team, for one purpose. Kept
answers it in one decision; the others answer item by item. No earlier answer is remembered by any of them.
"""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from time import perf_counter

import casbin
import cedarpy

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.notices.permits import Permit, permits_of
from kept.notices.questions import may_see

SERVICE, PURPOSE, ON = "health-visiting", "health-visiting", date(2026, 11, 22)
ITEMS = 40
ASKER = Asker("", 1, "", "Somebody", "practitioner", SERVICE, "kent-community-health")

CASBIN_MODEL = """
[request_definition]
r = role, standing, part, purpose, item
[policy_definition]
p = role, standing, part, purpose, item
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.role == p.role && r.standing == p.standing && r.part == p.part && r.purpose == p.purpose && r.item == p.item
"""


def decided(*, seconds: float) -> dict[str, float]:
    """Whole-record questions a second of each engine on one core, and how long both definitions take to load."""
    texts = {
        file.relative_to(DEFINITIONS).as_posix(): file.read_text(encoding="utf-8")
        for file in DEFINITIONS.rglob("*.yaml")
    }
    started = perf_counter()
    both = [load(texts, service=service) for service in (SERVICE, "parent-infant-relationship")]
    for definition in both:
        definition.table.at(ON)
    loading = perf_counter() - started
    definition = both[0]
    reads = [permit for permit in permits_of(definition) if permit.act == "read"]
    items = forty(definition)
    return {
        "definitions_load_seconds": round(loading, 3),
        "decisions_per_second": per_second(kept(definition, items), seconds),
        "decisions_cedar_per_second": per_second(cedar(reads, items), seconds),
        "decisions_casbin_per_second": per_second(casbin_of(reads, items), seconds),
    }


DEFINITIONS = Path(__file__).parents[1] / "definitions"


def forty(definition: Definition) -> frozenset[str]:
    """Forty items that are held about a child, the allowed and the withheld among them."""
    held = sorted(definition.items_about("child", on=ON))
    others = sorted(set(definition.vocabulary.items) - set(held))
    return frozenset((held + others)[:ITEMS])


def kept(definition: Definition, items: frozenset[str]) -> Callable[[], None]:
    def ask() -> None:
        may_see(definition, by=ASKER, standing="team", part="child", items=items, purpose=PURPOSE, on=ON)

    return ask


def cedar(reads: Iterable[Permit], items: Iterable[str]) -> Callable[[], None]:
    """One policy a permit; one request an item, sent together."""
    policies = "\n".join(map(cedar_policy, reads))
    requests = [
        {
            "principal": 'Role::"practitioner"',
            "action": 'Action::"read"',
            "resource": f'Item::"{item}"',
            "context": {"standing": "team", "part": "child", "purpose": PURPOSE, "item": item},
        }
        for item in items
    ]

    def ask() -> None:
        cedarpy.is_authorized_batch(requests, policies, [])

    return ask


def cedar_policy(permit: Permit) -> str:
    items = ", ".join(f'"{item}"' for item in permit.items)
    return (
        f'permit(principal == Role::"{permit.role}", action == Action::"read", resource) when {{'
        f' context.standing == "{permit.standing}" && context.part == "{permit.part}"'
        f' && context.purpose == "{permit.purpose}" && [{items}].contains(context.item) }};'
    )


def casbin_of(reads: Iterable[Permit], items: Iterable[str]) -> Callable[[], None]:
    """One policy an item of a permit; one request an item."""
    model = casbin.Enforcer.new_model(text=CASBIN_MODEL)
    enforcer = casbin.Enforcer(model)
    enforcer.add_policies(
        [[p.role, p.standing, p.part, p.purpose, item] for p in set(reads) for item in p.items]
    )

    def ask() -> None:
        for item in items:
            enforcer.enforce("practitioner", "team", "child", PURPOSE, item)

    return ask


def per_second(ask: Callable[[], None], seconds: float) -> float:
    """How often a question is answered in a second, asked over and over for at least so long."""
    ask()
    asked, started = 0, perf_counter()
    while (taken := perf_counter() - started) < seconds:
        ask()
        asked += 1
    return round(asked / taken, 1)
