"""Who looks after a child: beginning and ending care, giving a child to a team, naming the one who looks after them."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from kept.ledger.entries import Allowed, Entry, Fact, entry, facts, read, refuse
from kept.notices.asker import Asker
from kept.notices.decision import Decision
from kept.notices.definition import Definition
from kept.notices.questions import may_collect, may_see, may_serve, served_until
from kept.published.reads import definition_for
from kept.record.caseloads.models import CaseloadPlace
from kept.record.episodes.models import Episode, NamedProfessional
from kept.record.episodes.reads import CARE as CARE_OF_A_CHILD
from kept.record.episodes.reads import care_from, colleagues_of, latest_episode, teams_of_the_service
from kept.record.episodes.rules import faults_of_ending
from kept.record.episodes.values import CORRECTED, DIED, CareOpened
from kept.record.families.deaths import DEATH, fault_of_death, write_death
from kept.record.people.reads import PEOPLE, born_on, people_from
from kept.standards.days import day_of

SOURCE = "the-person"
CARE = frozenset({"care.episode"})
WHO = frozenset({"identity.name", "identity.date-of-birth"})
SEEING, NAMING, PLACING, ENDING, BEGINNING = (
    "see how care stands",
    "name who looks after a child",
    "give a child to a team",
    "end care",
    "begin care again",
)


class NotChanged(Exception):
    """Nothing was changed. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


def open_episode(*, within: Entry, child: int, born: date | None, definition: Definition, on: date) -> None:
    """Begin care of a child in an entry that is open, and say until when the definition serves them."""
    until_on = served_until(definition, born_on=born, on=on) if born else None
    Episode.objects.create(person_id=child, from_on=on, serves_until_on=until_on, **within.held)


def follow_birth(*, within: Entry, child: int, born: date, definition: Definition, on: date) -> None:
    """Let care of a child end when the service's ages do, where the date of birth was corrected."""
    held = Episode.objects.filter(person_id=child, until_on=None)
    for episode in held:
        held.filter(id=episode.pk).update(until_on=on, ended_because=CORRECTED)
        until_on = served_until(definition, born_on=born, on=on)
        if until_on is None or until_on > episode.from_on:  # else they were too old all the time
            Episode.objects.create(
                person_id=child, from_on=episode.from_on, serves_until_on=until_on, **within.held
            )


def name_professional(*, by: Asker, public_id: UUID, purpose: str, account: int | None, at: datetime) -> None:
    """Name a practitioner of the child's team as the one who looks after them; nobody, where `account` is None.

    Who was named before stays in the record. Raises Refused where the asker may not say who looks after the child;
    NotChanged for somebody who is not on a team of the child's.
    """
    child, allowed = _may(by=by, act=NAMING, public_id=public_id, purpose=purpose, at=at)
    if account not in {None, *(one.account for one in colleagues_of(by=by, child=child.person, at=at))}:
        raise NotChanged({"account": "Choose one of the child’s team."})
    with _writing(by, NAMING, purpose, allowed, at) as opened:
        held = NamedProfessional.objects.filter(person_id=child.person, until_on=None)
        if held.values_list("account", flat=True).first() == account:
            return
        _end_naming(child.person, day_of(at))
        if account is not None:
            NamedProfessional.objects.create(
                person_id=child.person, account=account, from_on=day_of(at), **opened.held
            )


def give_to_team(*, by: Asker, public_id: UUID, purpose: str, team: int, at: datetime) -> None:
    """Put the child on the caseload of another team, and on no other; who was named is named no longer.

    Raises Refused where the asker may not; NotChanged where there is no such team, or no care to give to it.
    """
    child, allowed = _may(by=by, act=PLACING, public_id=public_id, purpose=purpose, at=at)
    _check_team(team, by=by)
    with _writing(by, PLACING, purpose, allowed, at) as opened:
        episode = latest_episode(child=child.person)
        if episode is None or episode.is_ended:
            raise NotChanged({"team": "Care of this child has ended. Begin it again first."})
        held = CaseloadPlace.objects.filter(person_id=child.person, until_on=None)
        if list(held.values_list("team_id", flat=True)) == [team]:
            return
        held.exclude(team_id=team).update(until_on=day_of(at))
        _end_naming(child.person, day_of(at))
        _place(opened, child.person, team, day_of(at))


def end_episode(
    *,
    by: Asker,
    public_id: UUID,
    purpose: str,
    because: str,
    hand_over: str,
    ended_on: date | None,
    died_on: date | None = None,
    at: datetime,
) -> None:
    """End care of a child, with the reason and what was said about a hand-over; the child leaves every caseload today.
    Where the child died, that is written too, with the day where it is known (`died_on`), by whoever may write it.

    Raises Refused where the asker may not; NotChanged where it cannot be so.
    """
    child, allowed = _may(by=by, act=ENDING, public_id=public_id, purpose=purpose, at=at)
    on = day_of(at)
    if because == DIED:
        allowed = _writing_death(allowed, by=by, standing=child.standing, purpose=purpose, on=on)
    with _writing(by, ENDING, purpose, allowed, at) as opened:
        episode = latest_episode(child=child.person)
        if episode is None or episode.is_ended:
            raise NotChanged({"because": "Care of this child has ended already."})
        if faults := faults_of_ending(
            episode, because=because, hand_over=hand_over, ended_on=ended_on, today=on
        ):
            raise NotChanged(faults)
        if allowed.record >= DEATH:
            if wrong := fault_of_death(died_on, born=born_on(person=child.person), today=on):
                raise NotChanged({"died_on": wrong})
            write_death(within=opened, person=child.person, died_on=died_on, on=on)
        CaseloadPlace.objects.filter(person_id=child.person, until_on=None).update(until_on=on)
        _end_naming(child.person, on)
        Episode.objects.filter(person_id=child.person, until_on=None).update(
            until_on=ended_on, ended_because=because, hand_over=hand_over or None
        )


def begin_again(*, by: Asker, public_id: UUID, purpose: str, team: int, authority: str, at: datetime) -> None:
    """Begin care of a child whose care was ended, with a team. `authority` is the area where the family lives now.

    Raises Refused where the asker may not, or the service is for no child of that age, or none without a parent;
    NotChanged where a person must decide first, or care has not ended.
    """
    child, allowed = _may(by=by, act=BEGINNING, public_id=public_id, purpose=purpose, at=at)
    _check_team(team, by=by)
    on = day_of(at)
    definition = definition_for(by=by, on=on).definition
    carer = any(fact.part == "parent" for fact in facts(by=by, ids=[public_id], with_family=True, at=at))
    with _writing(by, BEGINNING, purpose, allowed, at) as opened:
        episode, born = latest_episode(child=child.person), born_on(person=child.person)
        if episode is not None and not episode.is_ended:
            raise NotChanged({"team": "Care of this child has not ended."})
        serving = may_serve(definition, born_on=born or on, authority=authority, with_carer=carer, on=on)
        if serving:
            open_episode(within=opened, child=child.person, born=born, definition=definition, on=on)
            _place(opened, child.person, team, on)
    if serving.owed:
        raise NotChanged(
            {"authority": "Choose where the family lives now. We help families who live in Kent."}
        )
    if not serving:
        refuse(by=by, act=BEGINNING, purpose=purpose, decision=serving, ids=[public_id], at=at)


def open_care(*, by: Asker, public_id: UUID, purpose: str, at: datetime) -> CareOpened:
    """How care of a child stands, with whom and what to choose from.

    Raises Refused where the asker may not say who looks after the child.
    """
    child, allowed = _may(by=by, act=SEEING, public_id=public_id, purpose=purpose, at=at)
    seen = [replace(allowed, record=frozenset())]
    about = {"child": child.person, "persons": [child.person]}
    care, people = read(
        f"select {CARE_OF_A_CHILD}, ({PEOPLE})",  # made of constants
        about, by=by, act=SEEING, purpose=purpose, allowed=seen, at=at,
    )  # fmt: skip
    return CareOpened(
        child=people_from(people)[0],
        care=care_from(care),
        colleagues=colleagues_of(by=by, child=child.person, at=at),
        teams=teams_of_the_service(by=by),
    )


def may_change_care(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role says who looks after a child: asked to offer the page, not to open it."""
    return bool(_collecting(by=by, standing="team", purpose=purpose, on=day_of(at)))


def _may(*, by: Asker, act: str, public_id: UUID, purpose: str, at: datetime) -> tuple[Fact, Allowed]:
    """The child, and what an entry about their care opens; or a refusal, in the same words for anybody's child."""
    on = day_of(at)
    child = next((fact for fact in facts(by=by, ids=[public_id], at=at) if fact.part == "child"), None)
    standing = child.standing if child else "none"
    decision = _collecting(by=by, standing=standing, purpose=purpose, on=on)
    if child is None or not decision:
        refuse(by=by, act=act, purpose=purpose, decision=decision, ids=[public_id], at=at)
    seen = may_see(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=standing,
        part="child",
        items=CARE | WHO,
        purpose=purpose,
        on=on,
    )
    return child, Allowed(child.person, read=seen.allowed, record=CARE)


def may_record_death(*, by: Asker, purpose: str, at: datetime) -> bool:
    """Whether the asker's role writes down that a child of their team's died."""
    return bool(_dying(by=by, standing="team", purpose=purpose, on=day_of(at)))


def _writing_death(allowed: Allowed, *, by: Asker, standing: str, purpose: str, on: date) -> Allowed:
    """What the entry opens, and the child's death where the asker may write it: that care ended says it otherwise."""
    if not _dying(by=by, standing=standing, purpose=purpose, on=on):
        return allowed
    definition = definition_for(by=by, on=on).definition
    seen = may_see(definition, by=by, standing=standing, part="child", items=DEATH, purpose=purpose, on=on)
    return replace(allowed, read=allowed.read | seen.allowed, record=allowed.record | DEATH)


def _dying(*, by: Asker, standing: str, purpose: str, on: date) -> Decision:
    definition = definition_for(by=by, on=on).definition
    return may_collect(
        definition,
        by=by,
        standing=standing,
        part="child",
        items=DEATH,
        purpose=purpose,
        source=SOURCE,
        on=on,
    )


def _collecting(*, by: Asker, standing: str, purpose: str, on: date) -> Decision:
    return may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=standing,
        part="child",
        items=CARE,
        purpose=purpose,
        source=SOURCE,
        on=on,
    )


def _writing(
    by: Asker, act: str, purpose: str, allowed: Allowed, at: datetime
) -> AbstractContextManager[Entry]:
    return entry(by=by, act=act, purpose=purpose, allowed=[allowed], source=SOURCE, at=at)


def _check_team(team: int, *, by: Asker) -> None:
    if team not in {one.id for one in teams_of_the_service(by=by)}:
        raise NotChanged({"team": "Choose a team."})


def _place(opened: Entry, child: int, team: int, on: date) -> None:
    """Put the child on a caseload; a child who is on it already stays there."""
    if not CaseloadPlace.objects.filter(person_id=child, team_id=team, until_on=None).exists():
        CaseloadPlace.objects.create(person_id=child, team_id=team, from_on=on, **opened.held)


def _end_naming(child: int, on: date) -> None:
    NamedProfessional.objects.filter(person_id=child, until_on=None).update(until_on=on)
