"""A small notice to publish: the toy library's, as it was, or changed in one place."""

from datetime import UTC, date, datetime

from kept.database.acting import acting_as
from kept.published import actions
from kept.published.models import Definition
from tests.cast import APPROVER, BY
from tests.notices.tiny import NOTICE, changed, texts

SERVICE = "toy-library"
FIRST = date(2026, 1, 5)  # the day on which the notice says that it begins
AT = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
IN_FORCE = "in_force: {from: 2026-01-05}"


def beginning(on: str, *, until: str = "") -> dict[str, str]:
    """The same notice, in force from another day."""
    return changed(NOTICE, IN_FORCE, f"in_force: {{from: {on}{f', until: {until}' if until else ''}}}")


def publish(
    drafted: dict[str, str] | None = None, *, by: str = BY, approved_by: str = APPROVER
) -> tuple[Definition, bool]:
    with acting_as("publisher"):
        return actions.publish(
            by=by, approved_by=approved_by, service=SERVICE, texts=drafted or texts(), at=AT
        )
