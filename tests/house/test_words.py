"""Every folder and every model is a word of the glossary; every column of a table about people is a promised item."""

import re

import pytest
from django.apps import apps
from ruamel.yaml import YAML

from kept.ledger.held import Held
from kept.ledger.protection import Protect
from tests.house.source import PACKAGE, ROOT

OURS = ("published", "ledger", "staff", "record", "intake")
BESIDE = {"id", "person", "person_id", "entry_id", "service", "definition_id", "source", "recorded_at"}


def glossary() -> set[str]:
    """The words that the glossary explains, in lower case."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return {word.lower() for row in re.findall(r"^\| \*\*(.+?)\*\*", text, re.M) for word in row.split(" / ")}


def words_of(name: str) -> str:
    """CaseloadPlace → caseload place; notices_given → notices given."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()


def held_models() -> list[type[Held]]:
    return [model for model in apps.get_models() if issubclass(model, Held)]


def test_every_model_is_in_the_glossary() -> None:
    models = [model for room in OURS for model in apps.get_app_config(room).get_models()]
    missing = {words_of(model.__name__) for model in models} - glossary()
    assert not missing


def test_every_folder_is_in_the_glossary() -> None:
    folders = {
        words_of(path.name)
        for path in PACKAGE.rglob("*")
        if path.is_dir()
        and (path / "__init__.py").exists()
        and path.name != "migrations"
        and "node_modules" not in path.parts
    }
    assert not folders - glossary()


@pytest.mark.parametrize("model", held_models(), ids=lambda model: model.__name__)
def test_every_table_about_people_holds_a_promised_item(model: type[Held]) -> None:
    vocabulary = YAML(typ="safe").load((ROOT / "definitions" / "vocabulary.yaml").read_text(encoding="utf-8"))
    assert model.items() <= set(vocabulary["items"]) | {"*"}


@pytest.mark.parametrize("model", held_models(), ids=lambda model: model.__name__)
def test_every_table_about_people_is_locked_by_its_own_item(model: type[Held]) -> None:
    locks = {operation.table: operation for room in OURS for operation in locks_of(room)}
    table = model._meta.db_table
    if table == "record_person":
        return  # the person's own row has a lock of its own, in SQL; a system check looks at it
    lock = locks[table]
    assert frozenset(lock.item_by_kind.values()) or {lock.item} == model.items()
    assert not lock.item_by_kind or lock.item_by_kind == model.item_by_kind


def locks_of(room: str) -> list[Protect]:
    from importlib import import_module
    from pkgutil import iter_modules

    package = import_module(f"kept.{room}.migrations")
    return [
        operation
        for found in iter_modules(package.__path__)
        for operation in import_module(f"kept.{room}.migrations.{found.name}").Migration.operations
        if isinstance(operation, Protect)
    ]
