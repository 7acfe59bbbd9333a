"""Messages through intake: how many a second are put away, sealed, and read into the record, one after another.

Of each child three: the birth, the personal contacts, and what was measured at birth. Each goes the way that
`kept intake run` sends it, in one process: two transactions that reach the disk, with every lock on.
"""

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import psycopg

from bench.figures import Figures
from bench.place import DELIVERER, SERVICE, superuser
from bench.serving import database_cpu_seconds, machine_cpu_seconds
from kept.database.acting import acting_as
from kept.intake.actions import read_bundle, still_to_read, take
from kept.intake.child_health_events.catalogue import OBSERVATIONS
from kept.intake.child_health_events.kinds import BIRTH_WEIGHT
from kept.intake.demonstration import families
from kept.intake.demonstration.elements import Json
from kept.intake.demonstration.families import Baby, Family
from kept.intake.demonstration.messages import as_bytes, birth_details, personal_contacts
from kept.intake.demonstration.places import POSTAL_DISTRICTS
from kept.notices.asker import Asker
from kept.staff.reads import asker_of

WARM = 60
TOKEN = "the token of the bench"  # noqa: S105 - of a server that goes with the bench


def taken_in(home: Path, *, messages: int) -> Figures:
    """Take in and read so many messages; how many a second, and what one costs."""
    at = datetime.now(UTC)
    with superuser(home) as connection:
        _let_ask(connection)
        by = asker_of(token=f"process:{TOKEN}", at=at)
        assert by is not None
        sending = _messages(messages + WARM, at=at)
        with acting_as("intake"):
            _tell("Warming up intake.")
            _read(by, [next(sending) for _ in range(WARM)])
            _tell(f"Taking in {messages:,} messages, one after another.")
            before, began = _spent(home), time.perf_counter()
            times = _read(by, list(sending))
            took = time.perf_counter() - began
        program, database, machine = (then - first for first, then in zip(before, _spent(home), strict=True))
        states = dict(
            connection.execute("select state, count(*) from intake_bundle group by state").fetchall()
        )
    assert set(states) == {"read"}, f"Not every message was read: {states}"
    cut = quantiles(times, n=100, method="inclusive")
    return {
        "intake_messages_per_second": round(len(times) / took, 1),
        "intake_message_p50_ms": round(1000 * cut[49], 2),
        "intake_message_p95_ms": round(1000 * cut[94], 2),
        "intake_cpu_ms_per_message": round(1000 * (program + database) / len(times), 2),
        "intake_other_work_cpu_share": round(1 - (program + database) / machine, 3) if machine else 0.0,
    }


def _let_ask(connection: psycopg.Connection[Any]) -> None:
    """A team for where the families live, and the process that reads messages."""
    connection.execute(
        "insert into staff_team (service, name, postcode_districts) values (%s, 'Team of the messages', %s)",
        [SERVICE, list(POSTAL_DISTRICTS)],
    )
    connection.execute(
        "insert into staff_process (name, token_hash, role, service, organisation)"
        " values ('bench', %s, 'intake', %s, %s)",
        [hashlib.sha256(TOKEN.encode()).hexdigest(), SERVICE, DELIVERER],
    )


def _messages(many: int, *, at: datetime) -> Iterator[bytes]:
    left = many
    for family in families(children=many // 3 + 2, seed=1, at=at):
        for baby in family.children:
            for message in (
                birth_details(family, baby),
                personal_contacts(family, baby),
                _measured(family, baby),
            ):
                if left:
                    left -= 1
                    yield as_bytes(message)


def _measured(family: Family, baby: Baby) -> Json:
    """CH018: the weight at birth, as a message of its own."""
    message: Json = json.loads(as_bytes(birth_details(family, baby)))
    message["id"] = f"{message['id'][:-3]}018"
    message["entry"] = [one for one in message["entry"] if _is_weight_or_frame(one["resource"])]
    for one in message["entry"]:
        if one["resource"]["resourceType"] == "MessageHeader":
            one["resource"]["event"]["code"] = OBSERVATIONS
    return message


def _is_weight_or_frame(resource: Json) -> bool:
    if resource["resourceType"] != "Observation":
        return True
    return bool(resource["code"]["coding"][0]["code"] == BIRTH_WEIGHT)


def _read(by: Asker, messages: list[bytes]) -> list[float]:
    """Take each in and read it, as the command does; how long each took."""
    times = []
    for content in messages:
        began = time.perf_counter()
        at = datetime.now(UTC)
        take(by=by, file="message.json", content=content, at=at)
        (bundle,) = still_to_read(by=by)
        result = read_bundle(by=by, bundle_id=bundle, at=at)
        times.append(time.perf_counter() - began)
        assert result, "somebody else read it"
        assert result.state == "read", result
    return times


def _spent(home: Path) -> tuple[float, float, float]:
    return time.process_time(), database_cpu_seconds(home), machine_cpu_seconds()


def _tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
