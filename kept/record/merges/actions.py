"""Saying that two records are of one person, or of two; and undoing it. A person says it, never the program."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import connections

from kept.database.acting import here
from kept.ledger.entries import Allowed, Entry, Fact, entry, facts
from kept.notices.asker import Asker
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_see, served_until
from kept.published.reads import definition_for
from kept.record.caseloads.models import CaseloadPlace
from kept.record.episodes.actions import open_episode
from kept.record.episodes.models import Episode, NamedProfessional
from kept.record.episodes.reads import colleagues_of
from kept.record.episodes.values import MERGED
from kept.record.families.models import HouseholdMember, ParentalResponsibility, Relationship
from kept.record.merges.models import SamePerson
from kept.record.merges.reads import SAME, SOURCE, TO_COMPARE, two_of
from kept.record.merges.rules import faults_of
from kept.record.people.reads import born_on, people_shown
from kept.standards.days import day_of

SAYING, UNDOING = "say whether two records are of one person", "undo that two records are of one person"
CHANGED = {
    "child": SAME | {"care.episode", "household.members"},
    "parent": SAME | {"relationship.kind", "relationship.parental-responsibility"},
}


class NotMerged(Exception):
    """Nothing was said. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def say_same(
    *, by: Asker, first: UUID, other: UUID, same: bool, why: str, purpose: str, at: datetime
) -> None:
    """Say that two records are of one person, or of two.

    Of one person, the record of `first` is opened from now on and what the other holds is shown in it: no row moves.
    Either way an NHS number of the one that was said of the other does not wait any longer (a trigger of 0025). Of a
    child, the care of the other ends, and whoever belongs to the other belongs to the first as well. Raises Refused
    where the asker may not say it; NotMerged where it cannot be so, or something was said of the two already.
    """
    if first == other:
        raise NotMerged({"said": "This is one record. Choose two."})
    one, two = two_of(by=by, act=SAYING, one=first, other=other, purpose=purpose, at=at)
    family = facts(by=by, ids=[other], with_family=True, at=at) if same and two.part == "child" else ()
    adults = [fact for fact in family if fact.part != "child"]
    allowed = _all_allowed(by=by, everybody=(one, two, *adults), purpose=purpose, at=at)
    on = day_of(at)
    with entry(by=by, act=SAYING, purpose=purpose, allowed=allowed, source=SOURCE, at=at) as opened:
        _check(one, two, same=same, why=why, on=on)
        ends = same and two.part == "child"
        SamePerson.objects.create(
            person_id=one.person,
            other_id=two.person,
            same=same,
            why=why.strip(),
            account=by.account,
            named=_named(two.person) if ends else None,
            from_on=on,
            **opened.held,
        )
        if ends:
            _end_care(two.person, on)
            may = {fact.person: fact.record for fact in allowed}
            _belong_to(
                opened, one.person, two.person, [fact.person for fact in adults if fact.person in may], on
            )
            _live_and_answer(opened, one.person, two.person, may, on)


def undo(*, by: Asker, first: UUID, other: UUID, purpose: str, at: datetime) -> None:
    """Undo what was said of two records: each stands alone again, as it was; care of the other that ended with the
    saying begins again, with its own team and whoever was named, unless the child is too old by now.

    Raises Refused where the asker may not; NotMerged where nothing was said of the two.
    """
    one, two = two_of(by=by, act=UNDOING, one=first, other=other, purpose=purpose, at=at)
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    family = facts(by=by, ids=[first], with_family=True, at=at)
    everybody = {fact.person: fact for fact in (*family, one, two)}
    allowed = _all_allowed(by=by, everybody=everybody.values(), purpose=purpose, at=at)
    with entry(by=by, act=UNDOING, purpose=purpose, allowed=allowed, source=SOURCE, at=at) as opened:
        said = SamePerson.objects.filter(person_id=one.person, other_id=two.person, until_on=None).first()
        if said is None:
            raise NotMerged({"said": "Nothing is said of these two. Somebody undid it meanwhile."})
        SamePerson.objects.filter(id=said.pk).update(until_on=on)
        if said.same and two.part == "child":
            of_then = {"entry_id": said.entry_id, "until_on": None}
            for joined in (Relationship, ParentalResponsibility):
                joined.objects.filter(child_id=one.person, **of_then).update(until_on=on)
            HouseholdMember.objects.filter(person_id=one.person, **of_then).update(until_on=on)
            _begin_care(opened, definition, said, by=by, at=at)


def _all_allowed(*, by: Asker, everybody: Iterable[Fact], purpose: str, at: datetime) -> list[Allowed]:
    """What the entry opens about each; whoever is none of this purpose's (to call in an emergency) is not in it."""
    found = (_allowed(by=by, fact=fact, purpose=purpose, at=at) for fact in everybody)
    return [one for one in found if one.read or one.record]


def _allowed(*, by: Asker, fact: Fact, purpose: str, at: datetime) -> Allowed:
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    stood = {"by": by, "standing": fact.standing, "part": fact.part, "purpose": purpose, "on": on}
    items = CHANGED.get(fact.part, frozenset({"relationship.kind"}))
    seen = may_see(definition, items=TO_COMPARE | items, **stood)  # type: ignore[arg-type]
    changed = may_collect(definition, items=items, source=SOURCE, **stood)  # type: ignore[arg-type]
    return Allowed(fact.person, read=seen.allowed, record=changed.allowed)


def _check(one: Fact, two: Fact, *, same: bool, why: str, on: date) -> None:
    shown = people_shown(persons=[one.person, two.person], child=0, on=on)
    people = {person.person: person for person in shown}
    if faults := faults_of(people[one.person], people[two.person], same=same, why=why):
        raise NotMerged(faults)
    said = SamePerson.objects.filter(until_on=None)
    both = {one.person, two.person}
    if said.filter(person_id__in=both, other_id__in=both).exists():
        raise NotMerged({"said": "Something is said of these two already. Undo it first."})
    if same and _put_together():
        raise NotMerged({"said": "One of them is put together with a third record. Undo that first."})


def _put_together() -> bool:
    """Whether either is put together with anybody, also somebody whom this entry does not name."""
    with connections[here()].cursor() as cursor:
        cursor.execute("select ledger.put_together()")
        return bool(cursor.fetchone()[0])


def _end_care(child: int, on: date) -> None:
    """End care of a child whose record is shown in another from now on."""
    CaseloadPlace.objects.filter(person_id=child, until_on=None).update(until_on=on)
    NamedProfessional.objects.filter(person_id=child, until_on=None).update(until_on=on)
    Episode.objects.filter(person_id=child, until_on=None).update(until_on=on, ended_because=MERGED)


def _belong_to(opened: Entry, first: int, other: int, adults: list[int], on: date) -> None:
    """Let whoever belongs to the other child belong to the first too, unless they do already."""
    held = Relationship.objects.filter(until_on=None, person_id__in=adults)
    there = set(held.filter(child_id=first).values_list("person_id", flat=True))
    for relationship in held.filter(child_id=other).exclude(person_id__in=there):
        Relationship.objects.create(
            person_id=relationship.person_id,
            child_id=first,
            kind=relationship.kind,
            from_on=on,
            **opened.held,
        )


def _live_and_answer(
    opened: Entry, first: int, other: int, may: Mapping[int, frozenset[str]], on: date
) -> None:
    """What is held of who lives with the other, and who is responsible by law, holds for the first, as far as nothing
    is held there and the asker may write it."""
    answers = ParentalResponsibility.objects.filter(until_on=None, person_id__in=may)
    known = set(answers.filter(child_id=first).values_list("person_id", flat=True))
    for answer in answers.filter(child_id=other).exclude(person_id__in=known):
        if "relationship.parental-responsibility" in may[answer.person_id]:
            ParentalResponsibility.objects.create(
                person_id=answer.person_id,
                child_id=first,
                responsible=answer.responsible,
                evidence=answer.evidence,
                from_on=on,
                **opened.held,
            )
    homes = HouseholdMember.objects.filter(until_on=None)
    there = set(homes.filter(person_id=first).values_list("member_id", flat=True))
    if "household.members" in may[first]:
        for member in (
            set(homes.filter(person_id=other).values_list("member_id", flat=True)) - there - {first}
        ):
            HouseholdMember.objects.create(person_id=first, member_id=member, from_on=on, **opened.held)


def _named(child: int) -> int | None:
    """The account of whoever is named as the one who looks after a child."""
    named = NamedProfessional.objects.filter(person_id=child, until_on=None)
    return named.values_list("account", flat=True).first()


def _begin_care(opened: Entry, definition: Definition, said: SamePerson, *, by: Asker, at: datetime) -> None:
    """Begin care of the other again where it ended with the saying: with the team, and the one named, of then.

    A team that nobody is on any more was taken over: then the team of the two has the child.
    """
    on, child, born = day_of(at), said.other_id, born_on(person=said.other_id)
    ended = Episode.objects.filter(person_id=child, until_on=said.from_on, ended_because=MERGED)
    too_old_on = served_until(definition, born_on=born, on=on) if born else None
    too_old = too_old_on is not None and too_old_on <= on
    if too_old or not ended.exists() or Episode.objects.filter(person_id=child, until_on=None).exists():
        return
    open_episode(within=opened, child=child, born=born, definition=definition, on=on)
    places = CaseloadPlace.objects.order_by("id")
    own = places.filter(person_id=child, until_on=said.from_on).values_list("team_id", flat=True).last()
    meanwhile = (
        places.filter(person_id=said.person_id, until_on=None).values_list("team_id", flat=True).first()
    )
    there: set[int] = set()
    for team in dict.fromkeys(team for team in (own, meanwhile) if team):
        if not there:
            places.filter(person_id=child, until_on=None).update(until_on=on)
            CaseloadPlace.objects.create(person_id=child, team_id=team, from_on=on, **opened.held)
            there = {one.account for one in colleagues_of(by=by, child=child, at=at)}
    if said.named in there:
        about = {"person_id": child, "account": said.named, "from_on": on, **opened.held}
        NamedProfessional.objects.create(**about)
