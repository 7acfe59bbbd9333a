"""CH018: what was measured of a child. What nobody may hold (heart rate, temperature and the like) is left out."""

from __future__ import annotations

from datetime import date, timedelta

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import codes, day, node, number, text
from kept.intake.child_health_events.people import the_child
from kept.intake.child_health_events.said import Said, day_found, true_ones
from kept.intake.faults import Reason
from kept.record.assessments.values import MeasurementTold

# SNOMED CT, then LOINC.
KINDS = {
    "27113001": "weight",
    "364589006": "weight",
    "29463-7": "weight",
    "3141-9": "weight",
    "248334005": "length",
    "50373000": "length",
    "8302-2": "length",
    "8306-3": "length",
    "363812007": "head-circumference",
    "169876006": "head-circumference",
    "9843-4": "head-circumference",
    "8287-5": "head-circumference",
}
# UCUM, then SNOMED CT: to grams and millimetres, which the record holds. A unit that is not here is a fault.
UNITS = {
    "weight": {"g": 1, "kg": 1000, "258682000": 1, "258683005": 1000},
    "length": {"mm": 1, "cm": 10, "m": 1000, "258673006": 1, "258672001": 10, "258669008": 1000},
}
UNITS["head-circumference"] = UNITS["length"]
BOUNDS = {"weight": (200, 60_000), "length": (150, 1_500), "head-circumference": (100, 700)}
# Nobody so young weighs more, or is longer: what is beyond was typed in another unit.
FIRST_WEEKS = timedelta(weeks=4)
BOUNDS_AT_FIRST = {"weight": (200, 10_500), "length": (150, 750), "head-circumference": (100, 480)}


def measures(bundle: Bundle) -> Said:
    """Weight, length and head circumference, each on its day. What cannot be right is a fault."""
    said, born_on = Said(), day(the_child(bundle), "birthDate")
    for one in true_ones(bundle, "Observation"):
        kind = next((KINDS[code] for code in codes(node(one, "code")) if code in KINDS), "")
        if not kind:
            given = codes(node(one, "code"))
            said.left_out += [next((code for code in given if code.isdigit()), *given[:1])] if given else []
            continue
        found_on = said.on(day_found(one, bundle, "effectiveDateTime", "effectivePeriod"))
        quantity = node(one, "valueQuantity")
        factor, value = UNITS[kind].get(text(quantity, "code")), number(quantity, "value")
        measured = round(factor * value) if factor and value is not None else None
        if measured is None or not _may_be(kind, measured, found_on, born_on):
            said.wrong(Reason.MEASURE_IMPOSSIBLE)
        else:
            said.told.append(MeasurementTold(found_on, kind, measured))
    return said


def _may_be(kind: str, measured: int, found_on: date, born_on: date | None) -> bool:
    young = born_on is not None and found_on - born_on < FIRST_WEEKS
    least, most = (BOUNDS_AT_FIRST if young else BOUNDS)[kind]
    return least <= measured <= most
