"""Who is asking: a frozen value, made once at the door and passed down."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asker:
    """A member of staff or a named process, under the one role it asks in.

    The database checks ``token`` again by itself (a session key, or the token of a process), so that an asker
    made up in Python opens nothing.
    """

    token: str = field(repr=False)  # a secret: it never shows in a log, a traceback or a test report
    account: int | None  # the staff account; None for a process
    process: str  # '' for a person, else the name of the process, as 'intake'
    name: str  # for display only
    role: str  # one of definitions/roles.yaml
    service: str  # the service whose definition binds the asker
    organisation: str  # the body that the asker works for
    definition: int | None = None  # the number of the service's definition in force when the asker was found
