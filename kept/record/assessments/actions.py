"""Writing down what others told of somebody who is known: only what the notice lists, and never over what was said."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connections, models, transaction

from kept.database.acting import here
from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect, may_see
from kept.published.reads import definition_for
from kept.record.assessments.models import (
    Birth,
    BloodSpot,
    Feeding,
    HearingScreening,
    PhysicalExamination,
    Vaccination,
)
from kept.record.assessments.values import (
    BirthTold,
    BloodSpotTold,
    CircumstanceTold,
    DeathTold,
    ExaminationTold,
    FeedingTold,
    HearingTold,
    MeasurementTold,
    Message,
    PracticeTold,
    Told,
    VaccinationTold,
    columns_of,
)
from kept.record.circumstances.models import Circumstance
from kept.record.episodes.reads import latest_episode
from kept.record.growth.models import Measurement
from kept.record.people.models import Death, GpPractice
from kept.record.people.reads import born_on
from kept.standards.days import day_of

TELLING = "write down what others told"
TO_MATCH = frozenset({"identity.date-of-birth", "care.episode"})
# What an entry must also read to know whether something else was told before.
ONE_AT_A_TIME = frozenset({"identity.death", "gp.practice"})
TABLES: dict[type[Told], type[models.Model]] = {
    BirthTold: Birth,
    HearingTold: HearingScreening,
    BloodSpotTold: BloodSpot,
    ExaminationTold: PhysicalExamination,
    FeedingTold: Feeding,
    VaccinationTold: Vaccination,
    MeasurementTold: Measurement,
}
# What a newer version of a message may end of what the message told before.
CORRECTED = frozenset(
    {
        "health.screening",
        "health.feeding",
        "health.immunisation",
        "growth.weight",
        "growth.length",
        "growth.head-circumference",
        "background.ethnicity",
        "circumstances.looked-after",
        "circumstances.protection-plan",
    }
)


class NotTold(Exception):
    """What is told contradicts what is held. `reason` is a code for a person's queue; nothing was written."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Telling:
    """The entry that writes down what was told, still open; and the items of it that were left out."""

    entry: Entry
    left_out: list[str] = field(default_factory=list)


@contextmanager
def telling(
    *,
    by: Asker,
    person: int,
    told: Sequence[Told],
    message: Message,
    corrects: Collection[int],
    born: date | None,
    purpose: str,
    source: str,
    at: datetime,
) -> Iterator[Telling]:
    """Write what a message tells of somebody who is known, in one entry that stays open for what belongs with it.

    What an earlier version of the message told ends first, where there was one: in the records that it `corrects`, of
    which there are two where two were put together; nothing told takes it back. An item that the notice does not list
    about this person is left out and named. Raises NotTold where the date of birth is another one (`born`) or care has
    ended, and Refused where the notice lets nothing of it be written.
    """
    on = day_of(at)
    found = {fact.person: fact for fact in facts(by=by, persons={person, *corrects}, at=at)}
    fact = found.pop(person, None)
    if fact is None:
        raise NotTold("child-not-known")
    items = frozenset(one.item for one in told)
    stood = _stood(by, fact, purpose, on)
    definition = definition_for(by=by, on=on).definition
    recording = may_collect(
        definition, **stood, source=source, items=items | (CORRECTED if corrects else items)
    )
    if not recording or (items and not items & recording.allowed):
        refuse(by=by, act=TELLING, purpose=purpose, decision=recording, source=source, at=at)
    matching = may_see(definition, **stood, items=TO_MATCH | (items & ONE_AT_A_TIME))
    allowed = [Allowed(person, read=matching.allowed, record=recording.allowed)]
    for other in found.values():
        ending = may_collect(definition, **_stood(by, other, purpose, on), source=source, items=CORRECTED)
        allowed.append(Allowed(other.person, record=ending.allowed))
    with entry(by=by, act=TELLING, purpose=purpose, allowed=allowed, source=source, at=at) as opened:
        _check(person, part=fact.part, told=told, born=born)
        for record in corrects:
            _end_what_was_told(record, message.series)
        done = Telling(opened, sorted(items - recording.allowed))
        for one in told:
            if one.item in recording.allowed and not _write(opened, person, one, message, on):
                done.left_out.append(one.item)
        yield done


def _check(person: int, *, part: str, told: Sequence[Told], born: date | None) -> None:
    """That it is who the message means, and a child in our care: of others, only that somebody died is written."""
    held = born_on(person=person)
    if born and held and born != held:
        raise NotTold("date-of-birth-differs")
    if part == "child" and not (told and all(isinstance(one, DeathTold) for one in told)):
        episode = latest_episode(child=person)
        if episode is None or episode.is_ended:
            raise NotTold("care-has-ended")


def write_told(*, within: Entry, person: int, told: Told, message: Message, on: date) -> None:
    """Write one thing that is told within an entry that its caller has opened for it; what an earlier version of the
    message told of it ends first."""
    _end_what_was_told(person, message.series)
    _write(within, person, told, message, on)


def _stood(by: Asker, fact: Fact, purpose: str, on: date) -> dict[str, Any]:
    return {"by": by, "standing": fact.standing, "part": fact.part, "purpose": purpose, "on": on}


def _end_what_was_told(person: int, series: str) -> None:
    """End what an earlier version of a message told. The database does it: who writes these rows may not read them."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select ledger.end_what_was_told(%s, %s)", [person, series])


def _write(within: Entry, person: int, told: Told, message: Message, on: date) -> bool:
    """Write one thing that is told; False where the record says something else of it, which stands."""
    about: dict[str, Any] = {"person_id": person, **within.held}
    if isinstance(told, CircumstanceTold):
        return _write_circumstance(told, {**about, "from_on": on, "told_in": message.series})
    if isinstance(told, DeathTold | PracticeTold):
        _write_one_at_a_time(told, {**about, "from_on": on}, on)
        return True
    table = TABLES[type(told)]
    dated = {} if table is Measurement else {"from_on": on}
    row = table(**about, **dated, **columns_of(told), told_in=message.series, told_by=message.sender)
    table._default_manager.bulk_create([row], ignore_conflicts=True)  # the same message tells a thing once
    return True


def _write_circumstance(told: CircumstanceTold, about: dict[str, Any]) -> bool:
    """False where the record has an answer already: what the family said themselves stands."""
    try:
        with transaction.atomic(using=here()):
            Circumstance.objects.create(**columns_of(told), **about)
    except IntegrityError as error:
        if "one_current_answer" not in str(error):
            raise
        return False
    return True


def _write_one_at_a_time(told: DeathTold | PracticeTold, about: dict[str, Any], on: date) -> None:
    """What is told takes the place of what was; where it says the same, nothing changes."""
    table: type[Death] | type[GpPractice] = Death if isinstance(told, DeathTold) else GpPractice
    current = table.objects.filter(person_id=about["person_id"], until_on=None)
    says = columns_of(told)
    if current.filter(**says).exists() or (
        isinstance(told, DeathTold) and not told.died_on and current.exists()
    ):
        return
    current.update(until_on=on)
    table.objects.create(**says, **about)
