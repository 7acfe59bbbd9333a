"""`kept post settle`: what was recorded leaves, what nobody recorded does not."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings
from typer.testing import CliRunner

from kept.cli.app import app
from kept.post.outbox import Outbox
from tests.cast import as_superuser, person_of

RECORDED = """
insert into record_letter (service, entry_id, definition_id, source, recorded_at, person_id, version_id, way, letter_id)
select service, entry_id, definition_id, '', recorded_at, id, definition_id, 'post', %s
from record_person where id = %s
"""


@pytest.fixture
def outbox(database: str, settings: Settings, tmp_path: Path) -> Outbox:
    settings.OUTBOX = tmp_path / "outbox"
    return Outbox(settings.OUTBOX)


def settle(*said: str) -> str:
    answer = CliRunner().invoke(app, ["post", "settle", *said])
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def test_a_letter_that_was_recorded_is_released_and_another_is_not(outbox: Outbox) -> None:
    recorded, unknown = uuid4(), uuid4()
    as_superuser(RECORDED, recorded, person_of("Grace"))
    for letter in (recorded, unknown):
        outbox.prepare(letter, b"Dear Grace", kind="pdf")
    assert settle() == "1 letter was released.\n"
    assert [file.name for file in outbox.folder.glob("*.pdf")] == [f"{recorded}.pdf"]
    assert json.loads(settle("--format", "json")) == {"released": 0}


def test_where_nothing_was_ever_sent_nothing_waits(outbox: Outbox) -> None:
    assert settle() == "No letter waited.\n"
    assert not outbox.folder.exists()
