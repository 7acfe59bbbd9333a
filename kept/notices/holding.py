"""Why something is held: the clause that let it in, looked up in the definition that it is held under."""

from datetime import date

from kept.notices.definition import Clause, Definition


def why_held(
    definition: Definition, *, part: str, item: str, purpose: str, source: str, on: date
) -> Clause | None:
    """The clause that lists an item about a part of a family, from a source, for a purpose, on the day it was written.

    None where this definition lists it nowhere: then nobody could have written it under this definition.
    """
    received = definition.table.at(on).refusals.holdings.received
    return definition.by_id.get(received.get((part, purpose, source), {}).get(item, ""))
