"""Hypothesis strategies: whole definitions, made up, and situations to ask them about.

They go through the loader, so that whatever is tested with them (the questions, the permits, the database) gets
what publishing would give it; ``definition.texts`` are the files to publish. Everything is drawn from few words,
so that clauses, situations and permits meet often.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.loading import understood
from kept.notices.places import Placed

SERVICE = "generated"
ROLES = ("practitioner", "administrator", "privacy-officer")
STANDINGS = ("named", "team", "service", "new", "none")
PARTS = ("child", "parent", "nobody")
SOURCES = ("the-person", "health-organisation", "social-care-organisation")
PURPOSES = ("caring", "improving", "audit")
CLASSES = ("personal", "special", "careful")
ITEMS = {
    "identity.name": "personal",
    "identity.address": "personal",
    "health.facts": "special",
    "circumstances.housing": "careful",
    "circumstances.police-contact": "criminal",
    "ledger.access": "personal",
}
RECIPIENTS = ("gp", "school")
BASES = ("article-6.public-task", "article-9.health-care", "article-10.safety", "power.reviews")
FIRST = date(2026, 1, 1)
DAYS = (date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1))
ASKED_ON = (date(2025, 12, 31), *DAYS, date(2026, 5, 31), date(2027, 1, 1))

TIMES = [
    {"from": start} | ({"until": until} if until else {})
    for start in (date(2018, 5, 25), *DAYS[1:])
    for until in (None, *DAYS[1:])
    if until is None or start < until
]

Texts = dict[str, str]
Values = dict[str, Any]

STEADY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that may_see and may_collect are asked with, beside the definition."""

    by: Asker
    standing: str
    part: str
    items: frozenset[str]
    purpose: str
    source: str
    reason: str
    on: date


def definitions() -> st.SearchStrategy[Definition]:
    """Definitions that load, from the barest to ones with proposals, adoptions and law of every kind."""
    return values().map(_understood)


def texts() -> st.SearchStrategy[Texts]:
    """The texts of the same definitions, as their files would hold them."""
    return values().map(written)


def written(definition: Values) -> Texts:
    """The files of a definition, written out."""
    return {name: flow(value) for name, value in definition.items()}


def _understood(definition: Values) -> Definition:
    # Writing them out and reading them back takes most of a tenth of a second, and one property does that.
    placed = {name: Placed(name, value) for name, value in definition.items()}
    return understood(placed, service=SERVICE, texts=written(definition))


def situations(service: str = SERVICE) -> st.SearchStrategy[Situation]:
    """Askers, people, items, purposes, sources and days; mostly known ones, sometimes words nobody knows."""
    return st.builds(
        Situation,
        by=st.builds(
            _asker, st.sampled_from([*ROLES, "stranger"]), st.sampled_from([service, service, "another"])
        ),
        standing=st.sampled_from(STANDINGS),
        part=st.sampled_from([*PARTS, "relative"]),
        items=_some([*ITEMS, "identity.unknown"]).map(frozenset),
        purpose=st.sampled_from([*PURPOSES, "marketing"]),
        source=st.sampled_from([*SOURCES, ""]),
        reason=st.sampled_from(["", " ", "because"]),
        on=st.sampled_from(ASKED_ON),
    )


def _asker(role: str, service: str) -> Asker:
    return Asker(
        token="of nobody", account=1, process="", name="Ash", role=role, service=service, organisation="trust"
    )


@st.composite
def values(draw: st.DrawFn) -> Values:
    """What the files of one definition say, by their names."""
    clauses = [dict(clause) for clause in draw(_SOME_CLAUSES)] + draw(_REST)
    for number, clause in enumerate(clauses):
        clause["id"] = f"clause.{number}"
    law = [_basis(basis) for basis in BASES] + [dict(entry) for entry in draw(_SOME_LAW)]
    for number, entry in enumerate(law):
        entry.setdefault("id", f"law.{number}")
    proposed = [clause["id"] for clause in clauses if clause.get("status") == "proposed"]
    adopted = draw(st.lists(st.sampled_from(proposed), unique=True)) if proposed else []
    return LISTS | {
        f"services/{SERVICE}.yaml": {"notice": NOTICE, "clauses": clauses},
        "law.yaml": {"law": law},
        "adopted.yaml": {"adopted": [draw(_adoption(clause)) for clause in adopted]},
    }


def _some(words: Collection[str]) -> st.SearchStrategy[list[str]]:
    """One or more of a few words. Hypothesis likes small numbers best: those stand for most of the words."""
    listed = sorted(words)
    return st.integers(0, 2 ** len(listed) - 2).map(
        lambda missing: [word for place, word in enumerate(listed) if not missing >> place & 1]
    )


@cache
def _see() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "roles": _some(ROLES),
            "standing": _some(STANDINGS),
            "items": _some(ITEMS),
            "about": _some(PARTS),
            "for": _some(PURPOSES),
            "to": _some(("read", "record")),
            "reason": st.sampled_from(["none", "none", "required"]),
            "decided_by": st.just("Somebody"),
            "decided_on": st.just(FIRST),
        }
    )


@cache
def _collect() -> st.SearchStrategy[dict[str, Any]]:
    lists = {"items": _some(ITEMS), "about": _some(PARTS), "from": _some(SOURCES), "for": _some(PURPOSES)}
    return st.fixed_dictionaries(lists)


@cache
def _use() -> st.SearchStrategy[dict[str, Any]]:
    acts = _some(("read", "record", "tell", "count"))
    return st.fixed_dictionaries(
        {"purpose": st.sampled_from(PURPOSES), "basis": _some(BASES), "permits": acts}
    )


@cache
def _tell() -> st.SearchStrategy[dict[str, Any]]:
    rule = st.fixed_dictionaries(
        {"ask": st.sampled_from(["first", "never"])}, optional={"except": _some(PURPOSES)}
    )
    return st.fixed_dictionaries(
        {
            "recipients": _some(RECIPIENTS),
            "items": _some(ITEMS),
            "about": _some(PARTS),
            "for": _some(PURPOSES),
            "agreement": rule,
            "reason": st.sampled_from(["none", "required"]),
        }
    )


def _serve() -> st.SearchStrategy[dict[str, Any]]:
    ages = st.integers(1, 6).map(lambda years: {"until": {"years": years}})
    return st.fixed_dictionaries({"ages": ages, "resident_of": st.just(["town"])})


def _count() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"for": _some(PURPOSES), "threshold": st.integers(0, 10)})


@cache
def _means() -> st.SearchStrategy[dict[str, Any]]:
    return st.one_of(
        st.fixed_dictionaries({"see": _see()}),
        st.fixed_dictionaries({"collect": _collect()}),
        st.fixed_dictionaries({"see": _see(), "collect": _collect()}),
        st.fixed_dictionaries({"see": _see(), "collect": _collect()}),
        st.fixed_dictionaries({"use": _use()}),
        st.fixed_dictionaries({"tell": _tell()}),
        st.fixed_dictionaries({"serve": _serve()}),
        st.fixed_dictionaries({"count": _count()}),
    )


def _clause() -> st.SearchStrategy[dict[str, Any]]:
    status = st.sampled_from(["published", "published", "proposed"])
    said = {"section": st.just("why"), "says": st.just("We do what we say.")}
    return st.fixed_dictionaries({**said, "status": status, "means": _means()})


def _entry() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "says": st.just("The law says so."),
            "citation": st.just("an Act"),
            "status": st.sampled_from(["confirmed", "confirmed", "unconfirmed"]),
            "effect": st.sampled_from(["may", "may", "must", "must-not"]),
            "in_force": st.sampled_from(TIMES),
            "means": _means(),
        }
    )


def _usual() -> st.SearchStrategy[list[dict[str, Any]]]:
    """What a notice usually has and may lack: safeguards, ends of lists, a rule for how long."""
    usual = [
        {"guard": [{"safeguard": word} for word in ("need-to-know", "second-factor")]},
        {"guard": [{"safeguard": word} for word in ("row-level-security", "append-only-ledger")]},
        {"keep": {"records": ["all"], "rule": "for-a-while"}},
        {"use": {"purpose": "caring", "basis": list(BASES), "permits": ["read", "record", "tell"]}},
        {"use": {"closes": "purposes"}},
        {"tell": {"closes": "recipients"}},
        {"collect": {"closes": "sources"}},
        {"collect": {"closes": "items", "class": "personal"}},
        {"collect": {"closes": "items", "class": "special"}},
    ]
    clauses = [{"section": "why", "says": "We promise this too.", "means": means} for means in usual]
    nothing: st.SearchStrategy[set[int]] = st.just(set())
    lacking = st.one_of(nothing, nothing, st.sets(st.integers(0, len(clauses) - 1), min_size=1, max_size=2))
    return lacking.map(lambda gone: [dict(c) for place, c in enumerate(clauses) if place not in gone])


def _basis(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "says": "The law lets us.",
        "citation": "an Act",
        "status": "unconfirmed",
        "in_force": {"from": DAYS[1] if name == "article-10.safety" else date(2018, 5, 25)},
        "means": {"explain": {}},
    }


@cache
def _adoption(clause: str) -> st.SearchStrategy[dict[str, Any]]:
    people = {"service": st.just(SERVICE), "by": st.just("Ash"), "approved_by": st.just("Bo")}
    return st.fixed_dictionaries({"clause": st.just(clause), "on": st.sampled_from(DAYS), **people})


def flow(value: object) -> str:
    """Plain values as YAML on one line, with days unquoted as a person writes them."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, date | int) else f"'{value}'"


_SOME_CLAUSES = st.lists(_clause(), min_size=2, max_size=12)
_SOME_LAW = st.lists(_entry(), max_size=4)
_REST = _usual()

NOTICE = {
    "service": SERVICE,
    "title": "Generated",
    "dated": FIRST,
    "in_force": {"from": FIRST},
    "controller": "council",
    "delivered_by": "trust",
}
LISTS: Values = {
    "vocabulary.yaml": {
        "items": {
            item: {"class": of_class, "words": item, "made_by_us": item == "ledger.access"}
            for item, of_class in ITEMS.items()
        },
        "purposes": {purpose: {"words": purpose} for purpose in PURPOSES},
        "areas": {"town": {"words": "Town"}},
    },
    "roles.yaml": {"roles": {role: {"words": role, "held_by": "deliverer"} for role in ROLES}},
    "recipients.yaml": {
        "bodies": {body: {"names": [{"name": body, "from": FIRST}]} for body in ("council", "trust")},
        "recipients": {
            name: {"words": name, "registered": {"from": DAYS[place]}, "channels": ["letter"]}
            for place, name in enumerate(RECIPIENTS)
        },
    },
    "retention.yaml": {
        "rules": {
            "for-a-while": {"words": "for a while", "counts_from": "end-of-care", "keeps": {"years": 1}}
        },
        "records": {"all": {"words": "all of it", "items": list(ITEMS)}},
    },
}
