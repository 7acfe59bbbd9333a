"""The definitions of this project: both notices load, carry out every published statement, and are plain to read."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kept.notices.definition import Clause, Definition
from kept.notices.loading import load

FOLDER = Path(__file__).resolve().parents[2] / "definitions"
SERVICES = {"health-visiting": "hv-", "parent-infant-relationship": "pairs-"}
LONGEST_SENTENCE = 15  # words: the norm of Easy Read
HIGHEST_GRADE = 5.0  # Flesch-Kincaid
TELEPHONE = re.compile(r"\b0\d[\d ]{7,}\d\b")
ACRONYM = re.compile(r"\b[A-Z]{2,}s?\b")
WORD = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d+")


def texts() -> dict[str, str]:
    return {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*.yaml")
    }


@pytest.fixture(scope="module", params=sorted(SERVICES))
def definition(request: pytest.FixtureRequest) -> Definition:
    return load(texts(), service=request.param)


def published(definition: Definition) -> list[Clause]:
    return [clause for clause in definition.clauses if not clause.proposed]


def statements_of(definition: Definition) -> set[str]:
    return {name for name in definition.statements if name.startswith(SERVICES[definition.service])}


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", words) if part]


def syllables(word: str) -> int:
    """Groups of vowels, less those not heard (a last e, most of -ed and -es), more those heard as two (area)."""
    word = word.lower()
    heard = re.sub(r"(?<=[^laeiouy])e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscxzhg])es$", "", word)
    apart = re.findall(r"i(?=en|et)|e(?=a$|ing|at[ei])|(?<![cst])i(?=a|o)", heard)
    return max(1, len(re.findall(r"[aeiouy]+", heard)) + len(apart))


def without_names(words: str, definition: Definition) -> str:
    """The words less names of bodies, telephone numbers and addresses, which nobody can make plainer."""
    names = {named.name for body in definition.bodies.values() for named in body.names}
    names |= {listed.words for listed in definition.recipients.values() if listed.words[:1].isupper()}
    names |= {definition.title, "Kent and Medway Care Record", "Community Services Data Set"}
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, "")
    return TELEPHONE.sub("", words)


def grade(words: Iterable[str], definition: Definition) -> float:
    """Flesch-Kincaid grade level of several sayings read one after the other."""
    lines = [line for saying in words for line in sentences(saying)]
    counted = [word for line in lines for word in WORD.findall(without_names(line, definition))]
    heard = sum(map(syllables, counted))
    return 0.39 * len(counted) / len(lines) + 11.8 * heard / len(counted) - 15.59


def sections(definition: Definition) -> Iterator[tuple[str, list[str]]]:
    yield (
        "questions",
        [
            text
            for c in definition.clauses
            if c.unsettled
            for text in (c.unsettled.question, c.unsettled.default)
        ],
    )
    for section in definition.vocabulary.sections:
        yield section, [clause.words for clause in definition.clauses if clause.section == section]
        yield f"law on {section}", [clause.words for clause in definition.law if clause.section == section]


def test_every_statement_of_the_notice_is_carried_out(definition: Definition) -> None:
    cited = {statement for clause in published(definition) for statement in clause.source}
    assert cited == statements_of(definition)


def test_all_134_statements_are_known(definition: Definition) -> None:
    assert len(definition.statements) == 134


def test_a_clause_cites_a_statement_or_is_only_proposed(definition: Definition) -> None:
    assert [clause.id for clause in definition.clauses if not clause.source and not clause.proposed] == []
    assert [clause.id for clause in definition.clauses if clause.proposed and clause.source] == []


def test_every_item_has_a_class_with_plain_words(definition: Definition) -> None:
    vocabulary = definition.vocabulary
    assert {item.of_class for item in vocabulary.items.values()} == set(vocabulary.classes)
    assert all(item.words and item.words == item.words.strip() for item in vocabulary.items.values())


def test_every_clause_is_short(definition: Definition) -> None:
    long = [
        (clause.id, line)
        for clause in (*definition.clauses, *definition.law)
        for line in sentences(clause.words)
        if len(WORD.findall(line)) > LONGEST_SENTENCE
    ]
    assert long == []


def test_every_section_can_be_read_at_eleven_years(definition: Definition) -> None:
    hard = {
        name: round(level, 2)
        for name, words in sections(definition)
        if words and (level := grade(words, definition)) > HIGHEST_GRADE
    }
    assert hard == {}


def test_an_acronym_is_explained_where_it_first_stands(definition: Definition) -> None:
    explained: set[str] = set()
    for clause in definition.clauses:
        words = without_names(clause.words, definition)
        for found in ACRONYM.findall(words):
            acronym = found.removesuffix("s")
            if re.search(rf"\b{acronym} (?:means|is) ", clause.words):
                explained.add(acronym)
            assert acronym in explained, f"{clause.id}: {acronym}"


def test_the_words_are_not_those_of_the_published_notice(definition: Definition) -> None:
    hashes = {statement.hash for statement in definition.statements.values()}
    ours = {hashlib.sha256(clause.words.encode()).hexdigest() for clause in definition.clauses}
    assert not hashes & ours


def test_the_hashes_are_those_of_the_published_statements(definition: Definition) -> None:
    folder = os.environ.get("KEPT_PUBLISHED_STATEMENTS", "")
    files = sorted(Path(folder).glob("*.statements.json")) if folder else []
    if not files:
        pytest.skip(
            "KEPT_PUBLISHED_STATEMENTS names no folder with the published statements (*.statements.json)"
        )
    found = {entry["id"]: entry["text"] for file in files for entry in json.loads(file.read_text("utf-8"))}
    assert {name: hashlib.sha256(text.encode()).hexdigest() for name, text in found.items()} == {
        name: statement.hash for name, statement in definition.statements.items()
    }
