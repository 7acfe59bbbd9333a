"""What there is to know of a draft before two people publish it, beside the version in force: values for its pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import unified_diff

from kept.ledger.held import columns_held
from kept.notices.checks.check import check
from kept.notices.comparing import WIDER, Change, compare
from kept.notices.definition import Adoption, Clause, Definition
from kept.notices.doing import does
from kept.notices.findings import Finding
from kept.published.rules import new_adoptions
from kept.web.notices.changes import HEADINGS

REWORDED = "Other words in the notice"
# So many lines of one file are shown; who changes more reads the file itself.
MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Changed:
    """Changes of one kind, each in words and with its clause."""

    heading: str
    changes: tuple[Change, ...]
    tell: bool  # whether families must be told of these


@dataclass(frozen=True, slots=True)
class Adopted:
    """A proposal that counts with this draft, and all that it widens."""

    clause: str
    words: str
    by: str
    approved_by: str
    on: date
    new: bool  # with this draft; else an earlier version had it
    widens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A clause that counts for nothing yet, and what the program would do because of it."""

    clause: str
    words: str
    would: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    name: str
    lines: tuple[str, ...]  # each begins with + or -, or with a space where it stayed
    more: int  # lines that are not shown


@dataclass(frozen=True, slots=True)
class Assessed:
    """A draft beside the version in force."""

    changed: tuple[Changed, ...]
    tell: bool  # whether families who have the version in force must be told
    new_findings: tuple[Finding, ...]
    same_findings: tuple[Finding, ...]
    mended: int  # how many findings of the version in force are gone
    adopted: tuple[Adopted, ...]
    proposals: tuple[Proposal, ...]
    files: tuple[FileChange, ...]


def assessed(draft: Definition, *, before: Definition, on: date) -> Assessed:
    """Everything about a draft, as of a day. Takes about a second."""
    changes = changes_of(draft, before=before)
    day, columns = max(on, draft.from_on), columns_held()
    found, known = (check(one, on=day, columns=columns) for one in (draft, before))
    said = {_same(finding) for finding in known}
    still = {_same(finding) for finding in found}
    return Assessed(
        changed=tuple(_changed(changes)),
        tell=any(change.must_be_told for change in changes),
        new_findings=tuple(finding for finding in found if _same(finding) not in said),
        same_findings=tuple(finding for finding in found if _same(finding) in said),
        mended=len(said - still),
        adopted=tuple(_adopted(draft, before)),
        proposals=tuple(_proposals(draft)),
        files=tuple(_files(draft.texts, before=before.texts)),
    )


def changes_of(draft: Definition, *, before: Definition) -> tuple[Change, ...]:
    """What changes for families once all of a draft counts, its adoptions too: both versions on that day."""
    on = max([draft.from_on, *(adoption.on for adoption in draft.adoptions)])
    over = before.until_on is not None and before.until_on <= on
    return compare(before, draft, on=None if over else on)


def _changed(changes: tuple[Change, ...]) -> Iterator[Changed]:
    for kind, heading in (HEADINGS | {"words-changed": REWORDED}).items():
        if of_kind := tuple(change for change in changes if change.kind == kind):
            yield Changed(heading, of_kind, tell=kind in WIDER)


def _same(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings the same one: not the line, which moves."""
    return finding.code, finding.about, finding.words


def _adopted(draft: Definition, before: Definition) -> Iterator[Adopted]:
    new = new_adoptions(draft, before=before)
    for adoption in draft.adoptions:
        clause = draft.by_id[adoption.clause]
        yield Adopted(
            clause=clause.id,
            words=clause.words,
            by=adoption.by,
            approved_by=adoption.approved_by,
            on=adoption.on,
            new=adoption in new,
            widens=tuple(_widened(draft, adoption)) if adoption in new else (),
        )


def _widened(draft: Definition, adoption: Adoption) -> Iterator[str]:
    """All that the draft does and would not do without the adoption, whichever clause it then rests on."""
    clauses = tuple(
        replace(clause, from_on=None) if clause.id == adoption.clause else clause for clause in draft.clauses
    )
    for change in changes_of(draft, before=replace(draft, clauses=clauses)):
        if change.kind in HEADINGS:
            yield f"{HEADINGS[change.kind]}: {change.words[:1].lower()}{change.words[1:]}"


def _proposals(draft: Definition) -> Iterator[Proposal]:
    for clause in draft.clauses:
        if clause.proposed and clause.from_on is None:
            yield Proposal(clause.id, clause.words, _would(draft, clause))


def _would(draft: Definition, clause: Clause) -> tuple[str, ...]:
    return does(draft, replace(clause, from_on=draft.from_on))


def _files(texts: Mapping[str, str], *, before: Mapping[str, str]) -> Iterator[FileChange]:
    for name in sorted({*texts, *before}):
        old, new = before.get(name, "").splitlines(), texts.get(name, "").splitlines()
        lines = [
            line for line in unified_diff(old, new, lineterm="", n=2) if not line.startswith(("---", "+++"))
        ]
        if lines:
            yield FileChange(name, tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))
