"""kept notice check, explain and diff: reading drafts before two people publish them. No database is asked."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kept.cli import notice
from kept.cli.answers import Exit, Format, FormatOption, answer, fail
from kept.cli.notice import Definitions, day_said, definitions_folder, services_of, texts_in
from kept.cli.program import program
from kept.notices.checks.check import check as check_definition
from kept.notices.comparing import compare
from kept.notices.data_privacy_vocabulary import dpv as as_vocabulary
from kept.notices.definition import Definition
from kept.notices.explaining import explain as explain_definition
from kept.notices.faults import Fault, Faulty
from kept.notices.findings import Finding
from kept.notices.loading import load
from kept.notices.record_of_processing import record_of_processing

Service = Annotated[str, typer.Argument(help="the service, such as health-visiting")]
On = Annotated[str | None, typer.Option("--on", help="the day, as 2026-11-22; today if not said")]


@notice.app.command()
def check(
    service: Annotated[
        list[str] | None, typer.Argument(help="the services; all of the folder if none is named")
    ] = None,
    definitions: Definitions = None,
    on: On = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Check drafts: every error with its file and line, and everything a person should look at.

    JSON: errors (each: file, line, wrong, suggestion); findings (each: service, code, about, words, suggestion,
    file, line).

    Exit codes: 0 no errors, whatever there is to look at; 1 errors; 3 there is no such folder or service.
    """
    with program():
        from kept.ledger.held import columns_held

        day, texts = today(on), texts_in(definitions_folder(definitions))
        errors: list[Fault] = []
        findings: list[tuple[str, Finding]] = []
        for one in service or services_of(texts):
            try:
                draft = drafted(texts, service=one)
            except Faulty as faulty:
                errors += faulty.errors
                continue
            findings += [(one, found) for found in check_definition(draft, on=day, columns=columns_held())]
        lines = [str(error) for error in dict.fromkeys(errors)]
        lines += [
            f"{found.file}:{found.line}: {one}: {found.words} {found.suggestion} [{found.code} {found.about}]".replace(
                "  ", " "
            )
            for one, found in findings
        ]
        lines.append(f"{len(set(errors))} errors, {len(findings)} to look at.")
        answer(
            {
                "errors": list(dict.fromkeys(errors)),
                "findings": [
                    {
                        "service": one,
                        "code": found.code,
                        "about": found.about,
                        "words": found.words,
                        "suggestion": found.suggestion,
                        "file": found.file,
                        "line": found.line,
                    }
                    for one, found in findings
                ],
            },
            text="\n".join(lines),
            format=format,
        )
        if errors:
            raise typer.Exit(Exit.NOT_SO)


@notice.app.command()
def explain(service: Service, definitions: Definitions = None, format: FormatOption = Format.TEXT) -> None:
    """Say of each published statement which clauses carry it out, and what the program does because of them.

    JSON: a list; each: statement, clauses, kinds, does, proven_by.

    Exit codes: 0 said; 1 the draft holds errors; 3 there is no such service.
    """
    with program():
        found = explain_definition(
            drafted(texts_in(definitions_folder(definitions)), service=service), proofs=proofs()
        )
        lines = [
            f"{one.statement or 'proposed'}: {', '.join(one.clauses) or 'no clause'} ({', '.join(one.kinds)})\n"
            + "\n".join(
                f"    {sentence}" for sentence in (*one.does, *(f"proven by {t}" for t in one.proven_by))
            )
            for one in found
        ]
        answer([one.as_json() for one in found], text="\n".join(lines), format=format)


@notice.app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="the folder of the old definitions")],
    new: Annotated[Path, typer.Argument(help="the folder of the new ones")],
    service: Annotated[str, typer.Option("--service", help="the service, such as health-visiting")],
    format: FormatOption = Format.TEXT,
) -> None:
    """Say what would change for families from one version to another, and whether they must be told.

    JSON: must_be_told; changes (each: kind, words, clause, must_be_told).

    Exit codes: 0 nothing changes for families; 1 something does.
    """
    with program():
        changes = compare(
            drafted(texts_in(definitions_folder(old)), service=service),
            drafted(texts_in(definitions_folder(new)), service=service),
        )
        told = any(change.must_be_told for change in changes)
        lines = [f"{change.kind}: {change.words} ({change.clause})" for change in changes]
        lines.append("Families must be told." if told else f"{len(changes)} changes; no family must be told.")
        answer(
            {
                "must_be_told": told,
                "changes": [
                    {"kind": c.kind, "words": c.words, "clause": c.clause, "must_be_told": c.must_be_told}
                    for c in changes
                ],
            },
            text="\n".join(lines),
            format=format,
        )
        if changes:
            raise typer.Exit(Exit.NOT_SO)


@notice.app.command()
def dpv(service: Service, definitions: Definitions = None, on: On = None) -> None:
    """Write a definition as JSON-LD in the W3C Data Privacy Vocabulary.

    JSON: JSON-LD, as the vocabulary has it.

    Exit codes: 0 written; 1 the draft holds errors; 3 there is no such service.
    """
    with program():
        draft = drafted(texts_in(definitions_folder(definitions)), service=service)
        answer(as_vocabulary(draft, on=today(on)), text="", format=Format.JSON)


@notice.app.command("record-of-processing")
def processing(
    service: Service, definitions: Definitions = None, on: On = None, format: FormatOption = Format.TEXT
) -> None:
    """Write the record of processing activities that UK GDPR Article 30(1) asks for.

    JSON: service, title, version, controller, department, deliverer, data_protection_officer, transfers, security,
    activities (each: purpose, clause, legal_bases, permits, data_subjects, items, special, sources, recipients,
    figures, kept).

    Exit codes: 0 written; 1 the draft holds errors; 3 there is no such service.
    """
    with program():
        draft = drafted(texts_in(definitions_folder(definitions)), service=service)
        found = record_of_processing(draft, on=today(on)).as_json()
        activities = found["activities"]
        lines = [
            f"{name.replace('_', ' ')}: {said(value)}"
            for name, value in found.items()
            if name != "activities"
        ]
        for activity in activities:
            lines += ["", f"Purpose: {activity['purpose']}"]
            lines += [
                f"  {name.replace('_', ' ')}: {said(value)}"
                for name, value in activity.items()
                if name != "purpose"
            ]
        answer(found, text="\n".join(lines), format=format)


def said(value: object) -> str:
    """A value of the record as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | list):
        return "; ".join(map(str, value)) or "none"
    return str(value)


def drafted(texts: dict[str, str], *, service: str) -> Definition:
    """The draft of one service. Raises Faulty; ends with a sentence where the folder has no such service."""
    if service not in services_of(texts):
        known = ", ".join(services_of(texts)) or "none"
        fail(f"There is no service {service} in this folder. It has: {known}.", code=Exit.NOT_THERE)
    return load(texts, service=service)


def today(said: str | None) -> date:
    from django.utils import timezone

    from kept.standards.days import day_of

    return day_said(said) if said else day_of(timezone.now())


def proofs() -> dict[str, list[str]]:
    """The tests that say they prove each statement, where the tests are there: an installed program has none."""
    import re

    found: dict[str, list[str]] = {}
    for file in sorted(Path("tests").rglob("test_*.py")) if Path("tests").is_dir() else ():
        marked = re.compile(r'mark\.proves\(\s*"([^"]+)"(?:(?!\ndef ).)*?\ndef (test_\w+)', re.S)
        text = file.read_text(encoding="utf-8")
        for statement in re.findall(r'mark\.proves\(\s*"([^"]+)"', text):
            names = [name for said, name in marked.findall(text) if said == statement]
            found.setdefault(statement, []).extend(f"{file}::{name}" for name in names or ["(several)"])
    return found
