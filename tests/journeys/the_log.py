"""What a log must never say: anything that stands in a record, and who works here. Asked after all journeys."""

import json
import re

from tests import cast
from tests.journeys.site import Site

# Everything that could be said of anybody, as the database has it when the journeys are over.
SAID_OF_PEOPLE = """
select given from record_name union select family from record_name union select number from record_nhs_number
union select lines from record_address union select postcode from record_address union select number from record_phone
union select email from record_email union select text from record_note union select email from staff_account
union select name from staff_account union select public_id::text from record_person
union select ledger_id::text from record_person union select reason from ledger_entry
"""
SHORTEST = 3


def what_it_should_not_say(site: Site) -> list[str]:
    """The names, numbers and addresses that stand in the log of a site."""
    said = site.said()
    known = {str(one) for (one,) in cast.as_superuser(SAID_OF_PEOPLE) if one and len(str(one)) >= SHORTEST}
    assert len(known) > 50
    return [one for one in sorted(known) if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said)]


def lines(site: Site) -> list[dict[str, object]]:
    """What the program said once it served: one JSON object a line."""
    said = [line for line in site.said().splitlines() if line.strip()]
    while said and not said[0].startswith("{"):
        said.pop(0)  # what `kept serve` says to the person who starts it
    return [json.loads(line) for line in said]
