"""Tiny notices: a paragraph writes only the clauses that it is about; the rest of the notice stands here."""

from __future__ import annotations

import textwrap
from collections.abc import Collection
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.notices.questions import may_collect, may_see

FOLDER = Path(__file__).parent / "toy_library"
NOTICE = "services/toy_library.yaml"
ON = date(2026, 6, 1)

HEAD = """\
notice:
  service: toy-library
  title: Toy Library
  dated: 2026-01-05
  in_force: {from: 2026-01-05}
  controller: anytown-council
  delivered_by: toy-trust
clauses:
"""

REST = """\
- id: who.answers
  section: who-we-are
  says: Anytown Council looks after the Toy Library.
  means: {identify: {as: controller, body: anytown-council}}
- id: who.for
  section: who-we-are
  says: The library is for children under 5 who live in Anytown.
  means: {serve: {ages: {until: {years: 5}}, resident_of: [anytown]}}
- id: why.need-to-know
  section: why
  says: Only people who need to know see what we hold.
  means: {guard: {safeguard: need-to-know}}
- id: why.two-keys
  section: why
  says: We keep it locked in three ways.
  means:
    guard: [{safeguard: second-factor}, {safeguard: row-level-security}, {safeguard: append-only-ledger}]
- id: why.lending
  section: why
  says: We use what we know to lend you toys.
  means: {use: {purpose: lending, basis: [article-6.public-task, article-9.health-care], permits: [read, record, tell]}}
- id: why.only
  section: why
  says: We use what we know for these reasons only.
  means: {use: {closes: purposes}}
- id: hold.personal
  section: what-we-hold
  says: These are all the personal facts we write down.
  means: {collect: {closes: items, class: personal}}
- id: hold.special
  section: what-we-hold
  says: These are all the sensitive facts we write down.
  means: {collect: {closes: items, class: special}}
- id: hold.careful
  section: what-we-hold
  says: We are careful with these facts.
  means: {collect: {closes: items, class: careful}}
- id: tell.only
  section: who-we-tell
  says: We tell only the people on this list.
  means: {tell: {closes: recipients}}
- id: long.membership
  section: how-long
  says: We keep facts for two years after you leave.
  means: {keep: {records: [membership], rule: two-years-after-leaving}}
"""


def texts() -> dict[str, str]:
    """The texts of the whole toy library, by their names."""
    files = sorted(FOLDER.rglob("*.yaml"))
    return {file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8") for file in files}


def toy_library() -> Definition:
    """The third service, complete, that stands beside the two real ones in the tests."""
    return load(texts(), service="toy-library")


def tiny_texts(*clauses: str, law: str = "", adopted: str = "[]") -> dict[str, str]:
    """The texts of a tiny notice. What is written here stands before the rest of the notice and of the law."""
    everything = texts()
    everything[NOTICE] = HEAD + "".join(_block(clause) for clause in clauses) + REST
    everything["law.yaml"] = everything["law.yaml"] + _block(law)
    everything["adopted.yaml"] = f"adopted: {textwrap.dedent(adopted).strip()}\n"
    return everything


def _block(text: str) -> str:
    return textwrap.dedent(text).strip("\n") + "\n" if text.strip() else ""


def tiny(*clauses: str, law: str = "", adopted: str = "[]", without: Collection[str] = ()) -> Definition:
    """A definition with these clauses, and with the rest of a notice except what is left out."""
    definition = load(tiny_texts(*clauses, law=law, adopted=adopted), service="toy-library")
    missing = set(without) - definition.by_id.keys()
    assert not missing, f"nothing to leave out: {missing}"
    return definition.without(without)


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The texts of the toy library with one passage of one file changed."""
    everything = texts()
    assert everything[name].count(old) == 1, f"{old!r} stands {everything[name].count(old)} times in {name}"
    everything[name] = everything[name].replace(old, new)
    return everything


def asker(role: str = "librarian", *, service: str = "toy-library", process: str = "") -> Asker:
    """Somebody of the toy library."""
    return Asker(
        token="of nobody",
        account=None if process else 1,
        process=process,
        name="Ash Larch",
        role=role,
        service=service,
        organisation="toy-trust",
    )


def plain(text: str) -> object:
    """A YAML text as plain values, read without any of our own code."""
    return YAML(typ="safe", pure=True).load(text)


def seen(
    definition: Definition,
    *items: str,
    role: str = "librarian",
    standing: str = "team",
    part: str = "child",
    purpose: str = "lending",
    reason: str = "",
    service: str = "toy-library",
    on: date = ON,
) -> Decision:
    """What may_see answers in one situation: by default a librarian of the child's own team, lending."""
    by = asker(role, service=service)
    return may_see(
        definition,
        by=by,
        standing=standing,
        part=part,
        items=frozenset(items),
        purpose=purpose,
        reason=reason,
        on=on,
    )


def collected(
    definition: Definition,
    *items: str,
    source: str = "the-person",
    role: str = "librarian",
    standing: str = "team",
    part: str = "child",
    purpose: str = "lending",
    reason: str = "",
    service: str = "toy-library",
    on: date = ON,
) -> Decision:
    """What may_collect answers in one situation: by default the same librarian, told by the person."""
    by = asker(role, service=service)
    return may_collect(
        definition,
        by=by,
        standing=standing,
        part=part,
        items=frozenset(items),
        purpose=purpose,
        source=source,
        reason=reason,
        on=on,
    )


def see_clause(
    name: str,
    items: str,
    *,
    role: str = "librarian",
    about: str = "child",
    to: str = "read, record",
    more: str = "",
) -> str:
    """A `see` clause on one line, for paragraphs that are about something else."""
    return (
        f"- id: {name}\n  section: what-we-hold\n  says: They see what they need.\n  means:\n"
        f"    see: {{roles: [{role}], standing: [team], items: [{items}], about: [{about}], for: [lending],\n"
        f"          to: [{to}], decided_by: Anytown Council, decided_on: 2026-01-05{more}}}\n"
    )


def collect_clause(
    name: str, items: str, *, about: str = "child", sources: str = "the-person", purposes: str = "lending"
) -> str:
    """A `collect` clause on one line, for paragraphs that are about something else."""
    return (
        f"- id: {name}\n  section: what-we-hold\n  says: We write this down.\n  means:\n"
        f"    collect: {{items: [{items}], about: [{about}], from: [{sources}], for: [{purposes}]}}\n"
    )
