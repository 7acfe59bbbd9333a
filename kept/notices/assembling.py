"""The files of a definition put together: each is right in itself, and they must be right of each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from kept.notices import shapes
from kept.notices.definition import Adoption, Clause, Definition, Unsettled
from kept.notices.faults import Fault
from kept.notices.lists import Dates
from kept.notices.places import Placed
from kept.notices.wording import nearest

Read = Mapping[str, Any]


def assembled(
    read: Read, placed: Mapping[str, Placed], *, service: str, texts: Mapping[str, str], fingerprint: str
) -> Definition | list[Fault]:
    """The definition, or what is wrong between its files."""
    notice_file = next(name for name in read if name.startswith("services/"))
    faults = [*_between(read, placed, notice_file, service)]
    if faults:
        return faults
    notice: shapes.NoticeShape = read[notice_file].notice
    adoptions = _adoptions(read, service)
    return Definition(
        service=service,
        title=notice.title,
        dated=notice.dated,
        from_on=notice.in_force.start,
        until_on=notice.in_force.until,
        controller=notice.controller,
        delivered_by=notice.delivered_by,
        clauses=tuple(_promises(read[notice_file], adoptions, placed[notice_file])),
        law=tuple(_entries(read["law.yaml"], placed["law.yaml"], service)),
        vocabulary=read["vocabulary.yaml"],
        roles=_frozen(read["roles.yaml"].roles),
        bodies=_frozen(read["recipients.yaml"].bodies),
        recipients=_frozen(read["recipients.yaml"].recipients),
        rules=_frozen(read["retention.yaml"].rules if "retention.yaml" in read else {}),
        records=_frozen(read["retention.yaml"].records if "retention.yaml" in read else {}),
        statements=_frozen(read["statements.yaml"].statements if "statements.yaml" in read else {}),
        adoptions=adoptions,
        texts=texts,
        hash=fingerprint,
    )


def _frozen(listed: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(dict(listed))


def _adoptions(read: Read, service: str) -> tuple[Adoption, ...]:
    listed = read["adopted.yaml"].adopted if "adopted.yaml" in read else ()
    return tuple(
        Adoption(clause=one.clause, by=one.by, approved_by=one.approved_by, on=one.on)
        for one in listed
        if one.service == service
    )


def _promises(file: shapes.ServiceFile, adoptions: tuple[Adoption, ...], page: Placed) -> Iterator[Clause]:
    begins = {adoption.clause: max(adoption.on, file.notice.in_force.start) for adoption in adoptions}
    for place, clause in enumerate(file.clauses):
        proposed = clause.status == "proposed"
        yield Clause(
            id=clause.id,
            section=clause.section,
            says=_frozen(clause.says),
            means=clause.means.all(),
            from_on=begins.get(clause.id) if proposed else file.notice.in_force.start,
            until_on=file.notice.in_force.until,
            source=clause.source,
            picture=clause.picture or "",
            proposed=proposed,
            unsettled=_unsettled(clause.unsettled),
            file=page.file,
            line=page.line(("clauses", place, "id")),
        )


def _entries(file: shapes.LawFile, page: Placed, service: str) -> Iterator[Clause]:
    for place, entry in enumerate(file.law):
        if entry.services and service not in entry.services:
            continue
        yield Clause(
            id=entry.id,
            section=entry.section or "",
            says=_frozen(entry.says),
            means=entry.means.all(),
            from_on=entry.in_force.start,
            until_on=entry.in_force.until,
            source=entry.source,
            picture=entry.picture or "",
            unsettled=_unsettled(entry.unsettled),
            of_law=True,
            citation=entry.citation,
            confirmed=entry.status == "confirmed",
            effect=entry.effect,
            file=page.file,
            line=page.line(("law", place, "id")),
        )


def _unsettled(shape: shapes.UnsettledShape | None) -> Unsettled | None:
    return Unsettled(question=shape.question, default=shape.default, since=shape.since) if shape else None


def _between(read: Read, placed: Mapping[str, Placed], notice_file: str, service: str) -> Iterator[Fault]:
    notice: shapes.ServiceFile = read[notice_file]
    page = placed[notice_file]
    if notice.notice.service != service:
        yield Fault(page.file, page.line(("notice", "service")), f"This is not the notice of “{service}”.")
    yield from _dates_faults(notice.notice.in_force, ("notice", "in_force"), page)
    yield from _written_once(notice.clauses, read["law.yaml"].law, page)
    for name, key in ((notice_file, "clauses"), ("law.yaml", "law")):
        for place, clause in enumerate(getattr(read[name], key)):
            yield from _clause_faults(clause, (key, place), placed[name])
    yield from _adoption_faults(read, placed, notice, service)


def _written_once(clauses: tuple[Any, ...], law: tuple[Any, ...], page: Placed) -> Iterator[Fault]:
    seen = {entry.id for entry in law}
    for place, clause in enumerate(clauses):
        if clause.id in seen:
            line = page.line(("clauses", place, "id"))
            yield Fault(page.file, line, f"The id “{clause.id}” is used twice.", "Give each clause its own.")
        seen.add(clause.id)


def _clause_faults(clause: Any, path: tuple[str, int], page: Placed) -> Iterator[Fault]:
    if "en" not in clause.says:
        yield Fault(page.file, page.line((*path, "says")), "The English words (en) are missing.")
    if hasattr(clause, "in_force"):
        yield from _dates_faults(clause.in_force, (*path, "in_force"), page)
    for tell in clause.means.tell:
        if not tell.closes and tell.agreement is None:
            line = page.line((*path, "means", "tell"))
            yield Fault(
                page.file,
                line,
                "Nothing says whether the family is asked first.",
                "Add agreement: {ask: first}.",
            )
    if clause.means.explain and len(clause.means.all()) > 1:
        line = page.line((*path, "means", "explain"))
        yield Fault(
            page.file, line, "A clause that only explains can mean nothing else.", "Take out “explain”."
        )


def _dates_faults(dates: Dates, path: tuple[str | int, ...], page: Placed) -> Iterator[Fault]:
    if dates.until and dates.until <= dates.start:
        yield Fault(page.file, page.line(path), "It ends before it begins.")


def _adoption_faults(
    read: Read, placed: Mapping[str, Placed], notice: shapes.ServiceFile, service: str
) -> Iterator[Fault]:
    if "adopted.yaml" not in read:
        return
    page = placed["adopted.yaml"]
    proposals = [clause.id for clause in notice.clauses if clause.status == "proposed"]
    for place, one in enumerate(read["adopted.yaml"].adopted):
        if one.service == service and one.clause not in proposals:
            line = page.line(("adopted", place, "clause"))
            yield Fault(
                page.file,
                line,
                f"“{one.clause}” is no proposal of this notice.",
                nearest(one.clause, proposals),
            )
        if one.by.casefold() == one.approved_by.casefold():
            line = page.line(("adopted", place, "approved_by"))
            yield Fault(page.file, line, "Someone else must approve an adoption.")
