"""From where a record comes from to its page: plain values, in words."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from kept.notices.definition import Definition
from kept.record.origins.values import Origin, OriginsOfPerson, Recorded
from kept.web.notices.addresses import version_href
from kept.web.wording import opening

MOST_LETTERS = 80  # of something that was told: enough to know which, and no more
OURSELVES = "this service"
NO_CLAUSE = "No clause of this version lists it. Tell information governance."
HIDDEN = "identity.restricted-address"


@dataclass(frozen=True, slots=True)
class Why:
    """One thing that is held: what it is, who told it, who wrote it down, and the clause, in that version's words."""

    item: str
    words: str
    on: date | None
    source: str
    recorded_by: str
    recorded_at: datetime
    says: str
    clause: str
    version: str
    dated: date
    version_href: str
    of_law: str = ""  # the citation, where the clause is the law's
    hidden: bool = False  # must not be printed
    anchor: str = ""  # of the first of its item


@dataclass(frozen=True, slots=True)
class WhyAbout:
    """Everything that is held about one person, under an anchor that the record links to."""

    anchor: str
    name: str
    part: str
    held: tuple[Why, ...]


def why_about(person: OriginsOfPerson, definition: Definition) -> WhyAbout:
    anchor, held = anchor_of(person.public_id), dict[str, list[Why]]()
    for origin in sorted(person.origins, key=lambda one: one.recorded.at):
        said, of_item = why(origin, definition), held.setdefault(origin.item, [])
        if said not in of_item:  # care has a row for the team and one for its time: once said is enough
            of_item.append(said)
    return WhyAbout(
        anchor=anchor,
        name=person.name or "Not named yet",
        part={code: one.words for code, one in definition.vocabulary.parts.items()}[person.part],  # type: ignore[index]
        held=tuple(
            replace(one, anchor="" if place else f"{anchor}-{item}")
            for item in sorted(held)
            for place, one in enumerate(held[item])
        ),
    )


def anchor_of(public_id: object) -> str:
    """Where somebody stands on the page; it names nobody."""
    return f"about-{public_id}"


def why(origin: Origin, definition: Definition) -> Why:
    items, sources = definition.vocabulary.items, definition.vocabulary.sources
    source = sources[origin.source].words if origin.source in sources else OURSELVES
    under, clause = origin.held_under, origin.clause
    item = items[origin.item].words if origin.item in items else origin.item
    return Why(
        item=item[:1].upper() + item[1:],
        words=opening(origin.words, MOST_LETTERS),
        on=origin.on,
        source=f"{source} ({origin.told_by})" if origin.told_by else source,
        recorded_by=recorder(origin.recorded),
        recorded_at=origin.recorded.at,
        says=clause.words if clause else NO_CLAUSE,
        clause=clause.id if clause else "",
        version=under.title,
        dated=under.dated,
        version_href=version_href(service=under.service, dated=under.dated, version_hash=under.hash),
        of_law=clause.citation if clause and clause.of_law else "",
        hidden=origin.item == HIDDEN,
    )


def recorder(recorded: Recorded) -> str:
    """Who wrote something down: somebody and their role, or a program."""
    if recorded.process:
        return f"the program “{recorded.process}”"
    role = recorded.role.replace("-", " ")
    return f"{recorded.name}, {role}" if recorded.name else "somebody whose name is not kept"
