"""docs/safety/dpia.md: the assessment of risks to families' rights, with its tables made from the definitions."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kept.cli.safety import Data, paths, table
from kept.notices.checks.undecided import undecided
from kept.notices.definition import Definition
from kept.notices.loading import load
from kept.notices.means import Collect, Keep
from kept.notices.purposes import permitting
from kept.notices.record_of_processing import record_of_processing

SERVICES = "services/"


def assessment(said: Data, texts: Mapping[str, str]) -> Iterator[str]:
    """The page: what is said by hand, and between it what the definitions say."""
    on: date = said["on"]
    definitions = [load(texts, service=service) for service in services(texts)]
    yield f"# {said['title']}\n"
    yield f"{said['about']}\n"
    yield f"## 1. Why it is needed\n\n{said['need']}"
    yield "## 2. What is done\n"
    for heading in ("nature", "scope", "context"):
        yield f"**{heading.capitalize()}.** {said[heading]}"
    for definition in definitions:
        yield from of_service(definition, on=on)
    yield f"## 3. Who was asked\n\n{said['consultation']}"
    yield f"## 4. Need and proportion\n\n{said['necessity']}"
    yield from risks(said["risks"])
    yield "## 7. Decisions and signatures\n"
    yield "Still to be decided by the controller:\n"
    yield from (f"- {one}" for one in said["to_decide"])
    yield "\nOpen questions in the definitions, with what counts until somebody decides:\n"
    yield from table(("where", "question"), sorted(questions(definitions, on=on)))
    yield f"{said['sign_off']}"


def services(texts: Mapping[str, str]) -> list[str]:
    names = [name.removeprefix(SERVICES) for name in texts if name.startswith(SERVICES)]
    return sorted(name.removesuffix(".yaml").replace("_", "-") for name in names)


def of_service(definition: Definition, *, on: date) -> Iterator[str]:
    """What one service does, as its record of processing activities says (Article 30)."""
    record = record_of_processing(definition, on=on)
    yield f"### {record.title}\n"
    yield from table(
        ("", ""),
        [
            ("controller", f"{record.controller}, {record.department}"),
            ("deliverer", record.deliverer),
            ("data protection officer", record.data_protection_officer),
            ("transfers beyond the United Kingdom", record.transfers),
            ("safeguards that the notice promises", " ".join(record.security)),
        ],
    )
    yield from table(
        ("purpose", "legal bases", "about whom", "from whom", "who is told", "special or criminal"),
        [
            (
                f"{one.purpose} (`{one.clause}`)",
                "; ".join(one.legal_bases),
                ", ".join(one.data_subjects),
                ", ".join(one.sources),
                ", ".join(one.recipients) or one.figures or "nobody",
                "yes" if one.special else "no",
            )
            for one in record.activities
        ],
    )
    yield from what_is_held(definition, on=on)


def what_is_held(definition: Definition, *, on: date) -> Iterator[str]:
    """Each item by its class; then how long each kind of record stays."""
    collected = {item for _, one in permitting(definition, Collect, on=on) for item in one.items}
    vocabulary = definition.vocabulary
    by_class: dict[str, list[str]] = {}
    for code, item in vocabulary.items.items():
        if code in collected:
            by_class.setdefault(item.of_class, []).append(item.words)
    yield from table(
        ("class", "what is held"), [(name, "; ".join(words)) for name, words in sorted(by_class.items())]
    )
    yield from table(("record", "stays", "source"), sorted(set(periods(definition, on=on))))


def periods(definition: Definition, *, on: date) -> Iterator[tuple[str, str, str]]:
    for _, keep in definition.meaning(Keep, on=on):
        for name in keep.records:
            if keep.rule:
                rule: Any = definition.rules[keep.rule]
                source = rule.citation if rule.status == "confirmed" else f"{rule.citation} (unconfirmed)"
                yield definition.records[name].words, rule.words, source


def questions(definitions: list[Definition], *, on: date) -> set[tuple[str, str]]:
    return {
        (f"`{found.about}`", found.words)
        for definition in definitions
        for found in undecided(definition, on=on)
        if found.code == "unsettled"
    }


def risks(rows: list[Data]) -> Iterator[str]:
    yield "## 5. Risks to families' rights, and 6. what is done about them\n"
    yield "Likelihood is remote, possible or probable; severity minimal, significant or severe: as we judge it.\n"
    yield from table(
        ("risk", "from", "likelihood, severity", "measures", "kept by", "shown by", "what is left"),
        [
            (
                one["risk"],
                one["from"],
                f"{one['likelihood']}, {one['severity']}",
                one["measures"],
                paths(one["kept_by"]),
                paths(one["shown_by"]),
                one["left"],
            )
            for one in rows
        ],
    )
