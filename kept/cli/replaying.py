"""kept notice replay: what a draft would have answered to what was asked."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from kept.cli import notice
from kept.cli.answers import Exit, Format, FormatOption, answer, fail, people
from kept.cli.drafts import drafted, today
from kept.cli.notice import day_said, definitions_folder, services_of, texts_in
from kept.cli.program import program

if TYPE_CHECKING:
    from kept.ledger.replaying import Changed, Replay
    from kept.notices.definition import Definition


@notice.app.command()
def replay(
    new: Annotated[str, typer.Argument(help="the folder of the new definitions, or the number of a draft")],
    since: Annotated[str, typer.Option("--since", help="the first day, as 2026-11-22")],
    until: Annotated[
        str | None, typer.Option("--until", help="the last day; today if it is not said")
    ] = None,
    service: Annotated[
        str | None, typer.Option("--service", help="the service; each of the folder if it is not said")
    ] = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Put every decision since a day to a draft: what would have been refused, allowed, or asked for a reason.

    Nobody is named: decisions that are alike are counted. It changes nothing.

    Not put again, and counted as such: refusals that name nobody whom the service knew, and so every search, caseload
    and list of who has looked that was refused, since no entry says how the asker stood. Where an entry about nobody
    both read and wrote (a message that was sorted out), it says the items and not which of the two, and is put as
    writing alone: a draft that takes only the reading away shows no change there.

    JSON: a list, one for each service; each: service, decisions, not_put (how many could not be put again), changed
    (each: would, role, purpose, source, standing, part, items, clause, words, decisions, first_entry).

    Exit codes: 0 every decision would have been the same; 1 some would not; 2 a day cannot be read; 3 there is no such
    folder, draft or service.
    """
    with program(role="publisher"):
        first, last = day_said(since), today(until)
        if first > last:
            fail(f"{last} is before {first}. Name the first day with --since, the last with --until.",
                 code=Exit.WRONG_USE)  # fmt: skip
        replays = {draft.service: _replayed(draft, first, last) for draft in _drafts(new, service)}
        answer(
            [
                {
                    "service": name,
                    "decisions": found.decisions,
                    "not_put": found.not_put,
                    "changed": found.changed,
                }
                for name, found in replays.items()
            ],
            text="\n\n".join(_told(name, found, first, last) for name, found in replays.items()),
            format=format,
        )
        if any(found.changed for found in replays.values()):
            raise typer.Exit(Exit.NOT_SO)


def _drafts(new: str, service: str | None) -> "list[Definition]":
    if new.isdecimal():
        from kept.published.drafts import NoSuchDraft
        from kept.published.reads import understood_draft

        try:
            return [understood_draft(int(new))]
        except NoSuchDraft as error:
            fail(str(error), code=Exit.NOT_THERE)
    from pathlib import Path

    texts = texts_in(definitions_folder(Path(new)))
    return [drafted(texts, service=one) for one in ([service] if service else services_of(texts))]


def _replayed(draft: "Definition", first: date, last: date) -> "Replay":
    from kept.ledger.replaying import replay as put_again
    from kept.published.reads import published

    with Progress(console=people, transient=True, disable=not people.is_terminal) as progress:
        task = progress.add_task(f"Asking again, {draft.service}", total=(last - first).days + 1)
        return put_again(
            new=draft,
            since=first,
            until=last,
            version=lambda number: published(number).definition,
            progress=lambda day: progress.update(task, completed=(day - first).days + 1),
        )


def _told(service: str, found: "Replay", first: date, last: date) -> str:
    from kept.notices.replaying import Would

    said = [f"{service}, {first} to {last}: {found.decisions} decisions were put again."]
    said += [f"{found.count(would)} would have been {would.value}." for would in Would if found.count(would)]
    if not found.changed:
        said.append("All would have been the same.")
    if found.not_put:
        said.append(
            f"{found.not_put} could not be put again: they are about nobody whom the service knew, as refused "
            "searches, caseloads and lists of who has looked are, or it was not written down yet how the asker stood."
        )
    return "\n".join([" ".join(said), *map(_line, found.changed)])


def _line(one: "Changed") -> str:
    did = f"record (from {one.source})" if one.source else "read"
    items = ", ".join(one.items)
    return (
        f"{one.decisions} {one.would.value}: {one.role}, {one.standing}, to {did} {items} about {one.part}, "
        f"for {one.purpose}: {one.clause}: “{one.words}” First in entry {one.first_entry}."
    )
