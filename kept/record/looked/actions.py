"""Saying that something unusual was looked into, and what was found; preparing who has looked for a family."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from kept.ledger.entries import Allowed, entry, facts, refuse
from kept.notices.asker import Asker
from kept.notices.questions import may_collect
from kept.published.reads import definition_for
from kept.record.looked.family import RIGHTS, entries_about, may_prepare
from kept.record.looked.models import LookCheck, LookedLine, LookedView
from kept.record.looked.patterns import BY_CODE
from kept.record.looked.reads import AUDIT, NOBODY
from kept.record.looked.unusual import Wanted, is_still_so
from kept.record.looked.withholding import NewView, faults_of
from kept.standards.days import day_of

CHECKING = "look into something unusual"
CHECK = frozenset({"ledger.check"})
SOURCE = "someone-who-knows-them"  # an officer, who is told of it by the entries


SAYS_NOTHING = "Say what you found: was it right to look?"
NOT_CHOSEN = "Open the list again, and choose what you looked into."
OWN = "This is what you did yourself. Ask another officer to look into it."
MORE_SINCE = (
    "This is not as you were shown it: more may have been done since. Open it again, and say what you found."
)

PREPARING = "prepare who has looked for a family"
SHOWN = frozenset({"ledger.shown"})
FROM_WHOEVER_ASKED = "the-person"
CHANGED = "These are not the entries that you were shown. Begin again."


class NotPrepared(Exception):
    """Nothing was prepared. `faults` says why for each field, in sentences that say what to do."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class NotChecked(Exception):
    """Nothing was written down. The message says why, and what to do."""


def check_look(
    *,
    by: Asker,
    pattern: str,
    account: int,
    public_id: UUID | None,
    began_at: datetime,
    last_at: datetime,
    days: tuple[date, date],
    found: str,
    at: datetime,
) -> None:
    """Write down what was found of something unusual that an account did, about one person or (None) about nobody.

    It is found again first, between the days of the list that was shown: what was done since `last_at` is checked by
    nobody who has not seen it. Raises NotChecked where it says nothing, is not there, or is what the asker did; Refused
    for anyone whom the law does not let check.
    """
    if pattern not in BY_CODE:
        raise NotChecked(NOT_CHOSEN)
    if sum(letter.isalpha() for letter in found) < 2:
        raise NotChecked(SAYS_NOTHING)
    on, ids = day_of(at), [public_id] if public_id else []
    fact = next(iter(facts(by=by, ids=ids, at=at)), None) if public_id else NOBODY
    decision = may_collect(
        definition_for(by=by, on=on).definition,
        by=by,
        standing=fact.standing if fact else "none",
        part=fact.part if fact else "child",
        items=CHECK,
        purpose=AUDIT,
        source=SOURCE,
        on=on,
    )
    if fact is None or not decision:
        refuse(by=by, act=CHECKING, purpose=AUDIT, decision=decision, ids=ids, source=SOURCE, at=at)
    if account == by.account:
        raise NotChecked(OWN)
    wanted = Wanted(*days, pattern, account, unchecked=False)
    if wanted.is_too_long or not is_still_so(
        by=by, wanted=wanted, public_id=public_id, began_at=began_at, last_at=last_at, at=at
    ):
        raise NotChecked(MORE_SINCE)
    allowed = [Allowed(fact.person, record=CHECK)]
    with entry(by=by, act=CHECKING, purpose=AUDIT, allowed=allowed, source=SOURCE, at=at) as opened:
        LookCheck.objects.create(
            person_id=fact.person,
            pattern=pattern,
            account=account,
            began_at=began_at,
            found=found.strip(),
            by_account=by.account,
            **opened.held,
        )


def prepare_view(*, by: Asker, public_id: UUID, new: NewView, at: datetime) -> int:
    """Write down what a family is shown of who has looked, entry by entry; the number of what was prepared.

    Every entry of those days has a decision: none is shown, and none held back, that nobody decided on. Raises
    NotPrepared; Refused for anyone whom the law does not let prepare it, in the same words for somebody hidden, of
    another service, or nobody.
    """
    if faults := faults_of(new, today=day_of(at)):
        raise NotPrepared(faults)
    about = {"act": PREPARING, "public_id": public_id, "reason": new.asked_by}
    fact, allowed = may_prepare(by=by, **about, record=SHOWN, at=at)  # type: ignore[arg-type]
    with entry(
        by=by,
        act=PREPARING,
        purpose=RIGHTS,
        allowed=[allowed],
        source=FROM_WHOEVER_ASKED,
        reason=new.asked_by,
        at=at,
    ) as opened:
        days = {"since_on": new.since_on, "last_on": new.last_on}
        found = entries_about(by=by, part=fact.part, **days, last_entry=new.last_entry)  # type: ignore[arg-type]
        if {one.number for one in found} != new.choices.keys():
            raise NotPrepared({"choices": CHANGED})
        view = LookedView.objects.create(
            person_id=fact.person,
            **days,
            last_entry=new.last_entry,
            asked_by=new.asked_by.strip(),
            opinion_of=new.opinion_of.strip(),
            opinion_on=new.opinion_on,
            account=by.account,
            **opened.held,
        )
        LookedLine.objects.bulk_create(
            LookedLine(
                person_id=fact.person,
                view=view,
                number=one.number,
                done_at=one.at,
                shown=new.choices[one.number].shown,
                proposed=one.proposed,
                clause=new.choices[one.number].clause,
                why=new.choices[one.number].why.strip(),
                **opened.held,
            )
            for one in found
        )
    return int(view.pk)
