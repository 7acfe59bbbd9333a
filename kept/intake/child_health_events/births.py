"""What a birth message tells besides who was born: length of pregnancy, weight, and how many were born."""

from __future__ import annotations

from collections.abc import Iterator

from kept.intake.child_health_events.bundle import Bundle
from kept.intake.child_health_events.elements import NOTHING, Node, codes, node, nodes, number, text, whole
from kept.intake.child_health_events.kinds import BIRTH_WEIGHT, BIRTHS_AT_DELIVERY, LENGTH_OF_GESTATION
from kept.intake.child_health_events.people import site_code, the_child
from kept.intake.child_health_events.values import Birth
from kept.intake.faults import Fault, Reason

_NOT_TRUE = frozenset({"entered-in-error", "cancelled"})
_WEEKS = frozenset({"258705008", "wk"})  # SNOMED CT, UCUM
_DAYS = frozenset({"258703001", "d"})
_GRAMS = {"kg": 1000, "g": 1}
# Bounds for what can be right: the lightest and heaviest babies to live, and the earliest and latest births.
LIGHTEST_GRAMS, HEAVIEST_GRAMS = 200, 10_500
SHORTEST_DAYS, LONGEST_DAYS = 20 * 7, 46 * 7
MOST_BABIES = 9


def birth_from(bundle: Bundle) -> Birth:
    """What the message says that can be right; `faults_of` reports what cannot be, and it is left out."""
    gestation, weight = _gestation_days(bundle), _weight_grams(bundle)
    order, babies = whole(the_child(bundle), "multipleBirthInteger"), _babies(bundle)
    return Birth(
        gestation_days=gestation if _may_be(gestation, SHORTEST_DAYS, LONGEST_DAYS) else None,
        weight_grams=weight if _may_be(weight, LIGHTEST_GRAMS, HEAVIEST_GRAMS) else None,
        order=order if _may_be(order, 1, MOST_BABIES) else None,
        babies=babies if _may_be(babies, 1, MOST_BABIES) else None,
        place=next((code for one in bundle.of_kind("Location") if (code := site_code(one))), ""),
    )


def faults_of(bundle: Bundle) -> Iterator[Fault]:
    """A measure that was given and that cannot be right."""
    birth = birth_from(bundle)
    given = (
        (_observation(bundle, LENGTH_OF_GESTATION), birth.gestation_days),
        (_observation(bundle, BIRTH_WEIGHT), birth.weight_grams),
        (_observation(bundle, BIRTHS_AT_DELIVERY), birth.babies),
        (the_child(bundle).get("multipleBirthInteger"), birth.order),
    )
    too_many = birth.order and birth.babies and birth.order > birth.babies
    if too_many or any(source and measure is None for source, measure in given):
        yield Fault(Reason.MEASURE_IMPOSSIBLE)


def _gestation_days(bundle: Bundle) -> int | None:
    observation = _observation(bundle, LENGTH_OF_GESTATION)
    parts = [
        (codes(node(one, "code")), node(one, "valueQuantity")) for one in nodes(observation, "component")
    ]
    alone = node(observation, "valueQuantity")
    parts.append(((text(alone, "code"),), alone))
    days, found = 0, False
    for units, quantity in parts:
        for names, factor in ((_WEEKS, 7), (_DAYS, 1)):
            if names & set(units) and (value := whole(quantity, "value")) is not None:
                days, found = days + factor * value, True
    return days if found else None


def _weight_grams(bundle: Bundle) -> int | None:
    quantity = node(_observation(bundle, BIRTH_WEIGHT), "valueQuantity")
    factor, value = _GRAMS.get(text(quantity, "code")), number(quantity, "value")
    return round(factor * value) if factor and value is not None else None


def _babies(bundle: Bundle) -> int | None:
    return whole(node(_observation(bundle, BIRTHS_AT_DELIVERY), "valueQuantity"), "value")


def _observation(bundle: Bundle, code: str) -> Node:
    for resource in bundle.of_kind("Observation"):
        if code in codes(node(resource, "code")) and text(resource, "status") not in _NOT_TRUE:
            return resource
    return NOTHING


def _may_be(measure: int | None, least: int, most: int) -> bool:
    return measure is not None and least <= measure <= most
