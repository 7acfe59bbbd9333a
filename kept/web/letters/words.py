"""What a letter says: plain values, the same on paper, in an email and on the page that is looked at before it goes."""

from dataclasses import dataclass
from datetime import date

from kept.notices.definition import Definition
from kept.notices.leaflet import Named, leaflet
from kept.notices.means import Identify, Inform
from kept.published.editions import Edition
from kept.record.letters.values import Correspondent
from kept.web.notices.changes import changes
from kept.web.wording import day

# A letter is read at a kitchen table: what does not go on one sheet stands in the notice.
MOST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class LetterWords:
    """One letter, ready to be set or sent. It names one person, one service and one version, and nobody else."""

    service: str
    council: str
    version: str  # 'Privacy notice of 3 March 2026. Version 1.'
    short_hash: str
    name: str
    address: tuple[str, ...]
    written_on: date
    heading: str
    opening: tuple[str, ...]  # a paragraph each
    listed: str  # what stands above the list, or ''
    lines: tuple[str, ...]
    where: str  # the notice's own address, for everybody to read
    closing: tuple[str, ...]
    reference: str

    @property
    def text(self) -> str:
        """All of it as an email says it."""
        listed = [self.listed, *(f"- {line}" for line in self.lines)] if self.lines else []
        parts = [
            f"Dear {self.name}",
            *self.opening,
            "\n".join(listed),
            f"Read it here: {self.where}",
            *self.closing,
            f"{self.service}, {self.council}\n{self.version}",
        ]
        return "\n\n".join(part for part in parts if part)

    @property
    def short_text(self) -> str:
        """What goes on a telephone."""
        return f"{self.service}: {self.opening[0]} Read it here: {self.where} {self.version}"


def letter_words(
    to: Correspondent,
    *,
    definition: Definition,
    edition: Edition,
    had: Definition | None,
    where: str,
    reference: str,
    on: date,
) -> LetterWords:
    """What is said to one person about the notice in force, with what changed since the version that they had."""
    read = leaflet(definition, on=on)
    controller = read.body("controller")
    lines = _new_lines(had, definition)
    return LetterWords(
        service=definition.title,
        council=controller.name if controller else "",
        version=f"Privacy notice of {day(definition.dated)}. Version {edition.number}.",
        short_hash=edition.short_hash,
        name=to.name,
        address=to.address,
        written_on=on,
        heading="Our privacy notice has changed" if had else "Our privacy notice",
        opening=_opening(definition, changed=had is not None, on=on),
        listed="What is new in it:" if lines else "",
        lines=lines,
        where=where,
        closing=_closing(definition, controller, on=on),
        reference=reference,
    )


def _opening(definition: Definition, *, changed: bool, on: date) -> tuple[str, ...]:
    """What this is about, in the notice's own words where it has them."""
    about = next((c.words for c, one in definition.meaning(Identify, on=on, law=False) if is_notice(one)), "")
    return (
        "We have a new privacy notice." if changed else "This is our privacy notice.",
        *([about] if about else []),
        "It says what we write down about your family, and why. It says who can see it, whom we tell, and how long "
        "we keep it.",
    )


def _closing(definition: Definition, controller: Named | None, *, on: date) -> tuple[str, ...]:
    """Where to find more, and what the notice promises about the next one."""
    phone, web = (controller.phone, controller.web) if controller else ("", "")
    reached = " or ".join(filter(None, (f"ring {phone}" if phone else "", f"see {web}" if web else "")))
    return (
        "There you find it with pictures, in large print and as plain text. You need not do anything.",
        *([f"To ask us something, {reached}."] if reached else []),
        "We can also give it to you on paper.",
        *promise(definition, on=on)[:1],
    )


def promise(definition: Definition, *, on: date) -> tuple[str, ...]:
    """The clauses that promise families to hear of a new notice, in their own words: the notice's before the law's."""
    promised = [c for c, one in definition.meaning(Inform, on=on) if one.of == "new-notice"]
    return tuple(clause.words for clause in sorted(promised, key=lambda clause: clause.of_law))


def is_notice(meant: Identify) -> bool:
    return meant.responsibility == "notice"


def _is_of_the_notice_itself(definition: Definition, clause: str) -> bool:
    """Whether a line only says which notice it is, and of when: the letter has said that."""
    return any(isinstance(meant, Identify) and is_notice(meant) for meant in definition.by_id[clause].means)


def _new_lines(had: Definition | None, definition: Definition) -> tuple[str, ...]:
    """The lines that came or have other words since; those beyond one sheet are in the notice."""
    if had is None:
        return ()
    found = changes(had, definition)
    lines = (*found.added, *(one.now for one in found.reworded))
    new = [line.words for line in lines if not _is_of_the_notice_itself(definition, line.clause)]
    if len(new) <= MOST_CHANGES:
        return tuple(new)
    left = len(new) - MOST_CHANGES + 1
    return (*new[: MOST_CHANGES - 1], f"And {left} more lines, which you find in the notice.")
