"""With which body a member of staff is registered as a professional, and under which number; what was so stays."""

from datetime import datetime

from django.db import transaction

from kept.staff.actions import OWNER, NotPossible, note
from kept.staff.models import Registration
from kept.standards.days import day_of
from kept.standards.registration_bodies import BODIES, tidy


def register_professional(*, by: str, account: int, body: str, number: str, at: datetime) -> str:
    """Write down that somebody is registered with a body (its national code); an empty number is that they are not any
    more. Returns the number as it is held. Raises NotPossible with what to do.
    """
    if body not in BODIES:
        known = ", ".join(f"{code} {name}" for code, name in BODIES.items())
        raise NotPossible(f"There is no body {body}. The bodies are: {known}.")
    try:
        plain = tidy(number) if number else ""
    except ValueError as wrong:
        raise NotPossible(str(wrong)) from None
    current = Registration.objects.using(OWNER).filter(body=body, until_on=None)
    if plain and current.filter(number=plain).exclude(account=account).exists():
        raise NotPossible("Somebody else is registered under this number. Check it.")
    with transaction.atomic(using=OWNER):
        held = current.filter(account=account)
        if list(held.values_list("number", flat=True)) == ([plain] if plain else []):
            return plain
        held.update(until_on=day_of(at))
        if plain:
            Registration.objects.using(OWNER).create(
                account_id=account, body=body, number=plain, from_on=day_of(at)
            )
        note(act="register_professional", by=by, account=account, about=f"{body} {plain}".strip(), at=at)
    return plain
