"""Articles 13 and 14 of the UK GDPR, and what good practice adds: what a notice should say, and whether it does.

The published notice is judged, not our own words: something counts as said when a clause that carries out a
published statement means it, and when none of the statements behind it is marked as leaving it out. A clause
can say what has no kind of its own as ``inform``, with the word that stands in ``SAYS`` below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kept.notices.findings import Finding
from kept.notices.means import Collect, Identify, Inform, Keep, Right, Tell, Use

if TYPE_CHECKING:
    from kept.notices.definition import Clause, Definition
    from kept.notices.lists import Body


@dataclass(frozen=True, slots=True)
class Said:
    """What the published clauses of a definition say, made ready for the questions below."""

    definition: Definition
    on: date

    def clauses(self) -> Iterator[Clause]:
        return (clause for clause in self.definition.clauses if not clause.proposed and clause.source)

    def means(self, kind: type) -> list[tuple[Clause, object]]:
        return [
            (clause, meant) for clause in self.clauses() for meant in clause.means if isinstance(meant, kind)
        ]

    def informs(self, of: str) -> bool:
        return any(isinstance(meant, Inform) and meant.of == of for _, meant in self.means(Inform))

    def right(self, right: str, *, section: str = "") -> bool:
        return any(
            isinstance(meant, Right) and meant.right == right and section in ("", clause.section)
            for clause, meant in self.means(Right)
        )

    def body(self, responsibility: str) -> Body | None:
        """The body printed with a responsibility."""
        for _, meant in self.means(Identify):
            if isinstance(meant, Identify) and meant.responsibility == responsibility:
                return self.definition.bodies.get(meant.body or "")
        return None

    def reachable(self, responsibility: str) -> bool:
        body = self.body(responsibility)
        return body is not None and bool(body.address or body.phone or body.email)

    def defective(self, kind: type, defect: str) -> bool:
        """Whether a statement behind one kind of clause is marked with a defect."""
        statements = {name for clause, _ in self.means(kind) for name in clause.source}
        return any(self._marked(name, defect) for name in statements)

    def _marked(self, name: str, defect: str) -> bool:
        statement = self.definition.statements.get(name)
        return statement is not None and any(one.kind == defect for one in statement.defects)

    def asks_agreement(self) -> bool:
        asks = any(
            isinstance(m, Tell) and m.agreement and m.agreement.ask == "first" for _, m in self.means(Tell)
        )
        return asks or self.defective(Collect, "missing-withdrawal")

    def gives(self, right: str) -> bool:
        """Whether the law in force on the day gives a right."""
        return any(
            entry.of_law and meant.right == right
            for entry, meant in self.definition.meaning(Right, on=self.on)
        )

    def indirect(self) -> bool:
        sources = {source for _, m in self.means(Collect) if isinstance(m, Collect) for source in m.sources}
        return bool(sources - {"the-person"})

    def mixes_sources(self) -> bool:
        return any(
            isinstance(m, Collect) and "the-person" in m.sources and len(m.sources) > 1
            for _, m in self.means(Collect)
        )

    def others(self) -> bool:
        """Whether it holds facts about people who may never see the notice."""
        parts = {part for _, m in self.means(Collect) if isinstance(m, Collect) for part in m.about}
        return bool(parts & {"relative", "other-child", "emergency-contact", "professional"})

    def can_object_to(self) -> bool:
        told = {name for _, m in self.means(Tell) if isinstance(m, Tell) for name in m.recipients}
        return any(self.definition.recipients[name].can_object for name in told)


Question = Callable[[Said], bool]


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a notice should say: ``missing`` is true of a notice that does not, where it applies to it."""

    code: str
    words: str
    missing: Question
    applies: Question = lambda said: True


def _right(code: str, right: str, words: str, applies: Question = lambda said: True) -> Duty:
    return Duty(code, words, lambda said: not said.right(right), applies)


def _says(code: str, of: str, words: str, applies: Question = lambda said: True) -> Duty:
    return Duty(code, words, lambda said: not said.informs(of), applies)


DUTIES = (
    Duty(
        "article-13.1.a",
        "How to reach the body that answers for the service is not said: no address, telephone number or email.",
        lambda said: not said.reachable("controller"),
    ),
    _says(
        "article-13.1.a.roles",
        "roles",
        "Who decides about the information, the council or the deliverer, is not said.",
    ),
    Duty(
        "article-13.1.b",
        "How to reach the data protection officer is not said.",
        lambda said: not said.reachable("data-protection-officer"),
    ),
    Duty("article-13.1.c", "No purpose is said.", lambda said: not said.means(Use)),
    Duty(
        "article-13.1.c.basis",
        "The legal basis of each purpose is not said: no article, condition or Act.",
        lambda said: said.defective(Use, "missing-legal-basis"),
    ),
    Duty("article-13.1.e", "Nobody is named who may be told.", lambda said: not said.means(Tell)),
    _says("article-13.1.f", "transfers", "Whether information leaves the country is not said."),
    Duty(
        "article-13.2.a",
        "How long information is kept, or how that is worked out, is not said.",
        lambda said: not said.means(Keep) or said.defective(Keep, "missing-retention"),
    ),
    _right("article-13.2.b.access", "access", "The right to see what is held is not said."),
    _right(
        "article-13.2.b.rectification", "rectification", "The right to have mistakes put right is not said."
    ),
    _right(
        "article-13.2.b.erasure",
        "erasure",
        "The right to have facts let go, and when it does not hold, is not said.",
    ),
    _right(
        "article-13.2.b.restriction", "restriction", "The right to have use stopped for a time is not said."
    ),
    _right("article-13.2.b.objection", "objection", "The right to object is said of marketing only."),
    _right(
        "article-13.2.b.portability",
        "portability",
        "The right to take facts elsewhere is not said, nor that it does not hold for public tasks.",
    ),
    _right(
        "article-13.2.c",
        "withdraw-agreement",
        "Agreement is asked for, and that it can be withdrawn is not said.",
        lambda said: said.asks_agreement(),
    ),
    Duty(
        "article-13.2.ca",
        "The right to complain to the body that answers for the service is not listed among the rights.",
        lambda said: not said.right("complain-to-controller", section="rights"),
        lambda said: said.gives("complain-to-controller"),
    ),
    _right("article-13.2.d", "complain-to-regulator", "The right to complain to the regulator is not said."),
    _says(
        "article-13.2.e",
        "must-you-tell-us",
        "Whether one has to give the information, and what happens if one does not, is not said.",
    ),
    _right(
        "article-13.2.f",
        "no-decision-by-program",
        "Whether a program decides anything by itself is not said.",
    ),
    Duty(
        "article-14.1.d",
        "Which kinds of information come from others, and which from the person, is not kept apart.",
        lambda said: said.mixes_sources(),
        lambda said: said.indirect(),
    ),
    _says(
        "article-14.2.f",
        "public-sources",
        "Sources are named in general only; whether some are open to everyone is not said.",
        lambda said: said.indirect(),
    ),
    _says(
        "article-14.3",
        "someone-else",
        "When other people are told that something about them is held is not said.",
        lambda said: said.others(),
    ),
    _says(
        "good-practice.changes",
        "changes",
        "There is a date, and no version, list of changes or date of review.",
    ),
    _right("good-practice.opt-out", "national-opt-out", "The national data opt-out is not said."),
    _right(
        "good-practice.objection-route",
        "object-to-sharing",
        "Families can object to one of the sharings that the notice names, and how is not said.",
        lambda said: said.can_object_to(),
    ),
    _says("good-practice.childs-rights", "childs-rights", "A child's own rights are not said."),
    _says(
        "good-practice.other-carers", "other-carers", "What holds for carers who are not parents is not said."
    ),
)


def articles(definition: Definition, *, on: date) -> Iterator[Finding]:
    """What the published notice leaves out, judged by the law of a day."""
    said = Said(definition, on)
    for duty in DUTIES:
        if duty.applies(said) and duty.missing(said):
            yield Finding(
                duty.code,
                definition.service,
                duty.words,
                "Say it in the next notice.",
                definition.clauses[0].file,
            )
