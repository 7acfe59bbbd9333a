"""What must be there before somebody looks because a life is at risk; pure."""

from datetime import datetime, timedelta

# A reason in words can be checked afterwards; a full stop cannot.
LEAST_LETTERS = 10
CONFIRMED_WITHIN = timedelta(minutes=5)
LASTS = timedelta(minutes=30)


def faults_of(*, reason: str, confirmed_at: datetime | None, at: datetime) -> dict[str, str]:
    """What is missing, field by field, each in a sentence."""
    faults = {}
    if sum(letter.isalpha() for letter in reason) < LEAST_LETTERS:
        faults["reason"] = "Say in a few words why a life is at risk. Somebody will read it and check."
    if confirmed_at is None or at - confirmed_at > CONFIRMED_WITHIN:
        faults["second_factor"] = "Confirm with your second factor that it is you, then open the record."
    return faults
