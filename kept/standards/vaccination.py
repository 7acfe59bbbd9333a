"""Why a vaccine was not given: the list DCH-ReasonNotGiven-1 of 4 December 2017. Vaccines have no list of ours: the
national dictionary of medicines has thousands, and a message names each in words."""

REASONS_NOT_GIVEN = {
    "2": "Given elsewhere",
    "3": "Did not attend",
    "4": "Declined",
    "5": "Must not be given to this child",
    "6": "A reaction to an earlier one",
    "7": "No consent",
}
