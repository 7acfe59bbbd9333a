"""The formats of a notice, made from its leaflet: what each is called, and what stands on it beside the lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markupsafe import Markup

from kept.notices.definition import Definition
from kept.notices.leaflet import Leaflet, Line, Renamed, Section, leaflet, line_of
from kept.notices.particulars import Particular, citation, items_of, law_beside, particulars
from kept.published.editions import Edition
from kept.web import wording
from kept.web.notices.pictures import symbols

DRAFT = "Draft, not published"
PROFESSIONALS = "For people who work with families"
LAW = "What does the law add?"
# The parts of a notice that are the same for families and for those who work with them.
FOR_EVERYBODY = ("who-we-are", "rights", "contact", "more")


class Form(StrEnum):
    """How a notice can be read; each has an address of its own."""

    EASY_READ = "easy-read"
    LARGE_PRINT = "large-print"
    TEXT = "text"
    FULL = "full"
    PROFESSIONALS = "professionals"


WORDS = {
    Form.EASY_READ: "Easy Read",
    Form.LARGE_PRINT: "Large print",
    Form.TEXT: "Plain text",
    Form.FULL: "Full notice",
    Form.PROFESSIONALS: PROFESSIONALS,
}
# Which formats can be had on paper.
PAPERS = (Form.EASY_READ, Form.LARGE_PRINT, Form.FULL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice in one format, ready to be laid out."""

    form: Form
    leaflet: Leaflet
    version: str  # 'Version 1', or that it is a draft
    sections: tuple[Section, ...]  # those of this format
    drawings: Mapping[str, Markup]  # only where the format has pictures
    exactly: Mapping[str, tuple[Particular, ...]]  # by clause; only in the full notice

    @property
    def kind(self) -> str:
        """What it is called above its title."""
        if self.form is Form.PROFESSIONALS:
            return f"Privacy notice. {PROFESSIONALS}"
        return f"{WORDS[self.form].removesuffix(' notice')} privacy notice"

    @property
    def stamp(self) -> str:
        """3 March 2026. Version 1."""
        return f"{wording.day(self.leaflet.dated)}. {self.version}."

    @property
    def short_stamp(self) -> str:
        """The date, the version and the beginning of the hash: for the foot of every sheet."""
        return f"{wording.day(self.leaflet.dated)}. {self.version}. {self.leaflet.hash[:12]}"

    @property
    def about(self) -> tuple[tuple[str, str], ...]:
        """Which notice this is, in pairs of a label and what stands beside it."""
        return tuple(_about(self.leaflet, self.version))

    @property
    def said(self) -> tuple[str, ...]:
        """What must be said of the format itself before its lines."""
        if self.form is Form.PROFESSIONALS and not self.leaflet.professionals:
            return ("This notice lets us keep nothing about people who work with families.",)
        if self.form is not Form.FULL:
            return ()
        controller = self.leaflet.body("controller")
        council = controller.name if controller else "The council"
        return (
            f"Kept made this long form from the lines of the Easy Read notice. {council} has not issued it.",
            "Under each line stands what it means exactly.",
        )


def shown(definition: Definition, form: Form, *, version: str, on: date, language: str = "en") -> Shown:
    """A definition in one format, with names as they are on a day."""
    read = leaflet(definition, on=on, language=language)
    full = form is Form.FULL
    return Shown(
        form=form,
        leaflet=read,
        version=version,
        sections=tuple(_sections(definition, read, form)),
        drawings=symbols(line.picture for line in read.lines) if form is Form.EASY_READ else {},
        exactly=dict(_exactly(definition, read)) if full else {},
    )


def version_words(edition: Edition | None) -> str:
    return f"Version {edition.number}" if edition else DRAFT


def notes(line: Line) -> tuple[str, ...]:
    """What stands beside a line that was overtaken, or that came later than the rest."""
    return (
        *(f"This was added on {wording.day(on)}." for on in (line.added_on,) if on),
        *(_renamed(name) for name in line.renamed),
    )


def _renamed(name: Renamed) -> str:
    return f"From {wording.day(name.from_on)} the {name.was} is called the {name.now}."


def _sections(definition: Definition, read: Leaflet, form: Form) -> Iterator[Section]:
    """All of it; those who work with families have their part at the end, and the law is in the full notice."""
    if form is Form.PROFESSIONALS:
        yield from _professional(read)
        return
    yield from read.sections
    if read.professionals:
        yield Section("professionals", PROFESSIONALS, read.professionals)
    if form is Form.FULL:
        yield Section("law", LAW, tuple(map(line_of, law_beside(definition, on=read.on))))


def _professional(read: Leaflet) -> Iterator[Section]:
    """Their part first, then what is the same for everybody."""
    if read.professionals:
        yield Section("professionals", "What do we keep about you?", read.professionals)
    yield from (section for section in read.sections if section.code in FOR_EVERYBODY)


def _exactly(definition: Definition, read: Leaflet) -> Iterator[tuple[str, tuple[Particular, ...]]]:
    for line in read.lines:
        yield line.clause, particulars(definition, definition.by_id[line.clause], on=read.on)
    for entry in law_beside(definition, on=read.on):
        begun = f" In force from {wording.day(entry.from_on)}." if entry.from_on else ""
        written = items_of(definition, entry)
        exactly = (Particular("The law", (f"{citation(entry)}.{begun}",)), Particular("What", written))
        yield entry.id, tuple(one for one in exactly if one.values)


def _about(read: Leaflet, version: str) -> Iterator[tuple[str, str]]:
    yield "Service", read.title
    yield "Date on the notice", wording.day(read.dated)
    yield "In force from", wording.day(read.from_on)
    yield "Version", version.removeprefix("Version ")
    for label, responsibility in (
        ("Answers for the service", "controller"),
        ("Does the work", "deliverer"),
        ("Checks us", "regulator"),
    ):
        if named := read.body(responsibility):  # type: ignore[arg-type]
            reached = ", ".join(filter(None, (named.phone, named.web)))
            yield label, f"{named.name}{f', {reached}' if reached else ''}"
    yield "Code of this version", read.hash
