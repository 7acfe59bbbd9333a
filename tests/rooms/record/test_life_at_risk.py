"""Looking because a life is at risk: at once, for a reason, for half an hour, and checked by somebody else."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from kept.ledger.entries import Refused
from kept.notices.asker import Asker
from kept.post.outbox import Outbox
from kept.record.life_at_risk.actions import (
    NotOpened,
    check_openings,
    look_again,
    may_open_with_life_at_risk,
    open_with_life_at_risk,
    opened_lately,
)
from kept.record.looked.reads import Sought, who_has_looked
from kept.record.reads import ChildRecord, open_record
from tests.cast import AT, HEALTH_VISITING, Cast, as_superuser, public_id_of

WHY = "Ambulance called: baby not breathing"
MINUTE = timedelta(minutes=1)
OUTBOX = Outbox(settings.OUTBOX)


def opens(by: Asker, given: str = "Amina", *, reason: str = WHY, outbox: Path | None = None) -> ChildRecord:
    address = public_id_of(given) if given else uuid4()
    return open_with_life_at_risk(
        by=by,
        public_id=address,
        reason=reason,
        confirmed_at=AT - MINUTE,
        outbox=Outbox(outbox) if outbox else OUTBOX,
        at=AT,
    )


def checks(by: Asker, finding: str = "Right: 999 log agrees.", *, last_entry: int = 10**9) -> None:
    check_openings(by=by, public_id=public_id_of("Amina"), finding=finding, last_entry=last_entry, at=AT)


def to_check(people: Cast) -> list[int | None]:
    found = who_has_looked(by=people.priya, sought=Sought(unchecked=True), at=AT)
    return [one.account for one in found.entries]


def test_another_team_sees_what_saves_a_life_and_no_more(people: Cast) -> None:
    record = opens(people.samuel)
    assert record.child.name == "Amina Okafor"
    assert record.child.address
    assert record.adults[0].phones == ("07700 900001",)
    assert "growth.weight" in record.child.withheld
    ((act, purpose, reason, clauses),) = as_superuser(
        "select act, purpose, reason, clauses from ledger_entry where account = %s", people.samuel.account
    )
    assert (act, purpose, reason) == ("open a record with a life at risk", "vital-interests", WHY)
    assert clauses == ["law.vital-interests"]


@pytest.mark.parametrize("reason", ["", "   ", ".", "...........", "1234567890", "see file"])
def test_a_reason_that_says_nothing_opens_nothing(people: Cast, reason: str) -> None:
    with pytest.raises(NotOpened) as told:
        opens(people.samuel, reason=reason)
    assert set(told.value.faults) == {"reason"}
    assert as_superuser("select 1 from ledger_entry where account = %s", people.samuel.account) == []


@pytest.mark.parametrize("minutes", [None, 6, 600])
def test_a_second_factor_given_long_ago_opens_nothing(people: Cast, minutes: int | None) -> None:
    confirmed_at = AT - minutes * MINUTE if minutes else None
    with pytest.raises(NotOpened) as told:
        open_with_life_at_risk(
            by=people.samuel,
            public_id=public_id_of("Amina"),
            reason=WHY,
            confirmed_at=confirmed_at,
            outbox=OUTBOX,
            at=AT,
        )
    assert set(told.value.faults) == {"second_factor"}


@pytest.mark.parametrize("name", ["ada", "imani", "priya", "ana", "pia", "paul"])
def test_whom_the_law_does_not_name_is_refused_in_the_same_words_as_for_nobody(
    people: Cast, name: str
) -> None:
    by, words = getattr(people, name), set()
    assert not may_open_with_life_at_risk(by=by, at=AT) or name == "pia"
    for given in ("Amina", ""):
        with pytest.raises(Refused) as refused:
            opens(by, given)
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1


def test_an_invented_address_is_refused_in_the_same_words_as_another_services(
    people: Cast, cleo: int
) -> None:
    words = set()
    for given in ("Cleo", ""):
        with pytest.raises(Refused) as refused:
            opens(people.samuel, given)
        words.add((refused.value.decision.words, refused.value.decision.rests_on))
    assert len(words) == 1


def test_it_lasts_half_an_hour_and_looking_again_does_not_make_it_longer(people: Cast) -> None:
    amina = public_id_of("Amina")

    def lasting(minutes: int, by: Asker = people.samuel) -> object:
        return opened_lately(by=by, public_id=amina, at=AT + minutes * MINUTE)

    assert lasting(0) is None
    opens(people.samuel)
    opening = opened_lately(by=people.samuel, public_id=amina, at=AT + 20 * MINUTE)
    assert opening
    assert (opening.reason, opening.until) == (WHY, AT + 30 * MINUTE)
    look_again(by=people.samuel, public_id=amina, opening=opening, at=AT + 20 * MINUTE)
    assert lasting(29)
    assert lasting(30) is lasting(45) is None
    assert lasting(1, people.sefi) is None


def test_it_opens_nothing_but_that_record(people: Cast) -> None:
    opens(people.samuel)
    with pytest.raises(Refused):
        open_record(by=people.samuel, public_id=public_id_of("Amina"), purpose=HEALTH_VISITING, at=AT)
    assert opened_lately(by=people.samuel, public_id=public_id_of("Bo"), at=AT) is None


def test_it_waits_to_be_checked_by_a_privacy_officer(people: Cast) -> None:
    opens(people.samuel)
    opens(people.sefi, "Bo")
    assert to_check(people) == [people.sefi.account, people.samuel.account]
    checks(people.priya)
    assert to_check(people) == [people.sefi.account]
    opens(people.samuel)
    assert to_check(people) == [people.samuel.account, people.sefi.account]


def test_what_was_opened_after_the_page_was_shown_waits_to_be_checked_itself(people: Cast) -> None:
    """The page at 10:00, another opening at 10:01, the answer at 10:02."""
    opens(people.samuel)
    shown = who_has_looked(by=people.priya, public_id=public_id_of("Amina"), at=AT).entries
    last = max(one.id for one in shown if one.act == "open a record with a life at risk")
    opens(people.sefi)
    checks(people.priya, last_entry=last)
    assert to_check(people) == [people.sefi.account]
    checks(people.priya, "Right (openings up to entry 999999999).", last_entry=last)
    assert to_check(people) == [people.sefi.account], "what is typed moves nothing"
    with pytest.raises(NotOpened, match="Open the list again"):
        checks(people.priya, last_entry=0)


@pytest.mark.parametrize("name", ["samuel", "hannah", "nadia", "imani", "ana", "paul"])
def test_nobody_else_can_say_that_it_was_right(people: Cast, name: str) -> None:
    opens(people.samuel)
    with pytest.raises(Refused):
        checks(getattr(people, name))
    assert to_check(people) == [people.samuel.account]


def test_a_finding_that_says_nothing_checks_nothing(people: Cast) -> None:
    opens(people.samuel)
    with pytest.raises(NotOpened, match="what you found"):
        checks(people.priya, " - ")
    assert to_check(people) == [people.samuel.account]


def test_the_privacy_officers_of_the_service_are_told_and_by_no_name(people: Cast, tmp_path: Path) -> None:
    opens(people.samuel, outbox=tmp_path / "outbox")
    (message,) = (tmp_path / "outbox").glob("*.txt")
    said = message.read_text()
    assert said.startswith("To: priya@kent.example\nBy: email\nSubject: Kept: a record is opened")
    for hidden in ("Amina", "Okafor", "Samuel", WHY):
        assert hidden not in said


def test_a_refusal_and_a_reason_that_says_nothing_tell_nobody(people: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotOpened):
        opens(people.samuel, reason="", outbox=tmp_path / "outbox")
    with pytest.raises(Refused):
        opens(people.ana, outbox=tmp_path / "outbox")
    assert not (tmp_path / "outbox").exists()


def test_a_life_is_not_kept_waiting_for_the_outbox(
    people: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "outbox").write_text("a file, where a folder should be")
    assert opens(people.samuel, outbox=tmp_path / "outbox").child.name == "Amina Okafor"
    assert "could not be put into the outbox" in caplog.text
    assert "priya" not in caplog.text
