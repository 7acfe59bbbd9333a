"""From how care stands to the pages: plain values, in words."""

from datetime import date

from kept.record.episodes.values import ENDED, HAND_OVERS, CareShown, EpisodeShown
from kept.web.pages import CareHeld, CareTime


def care_held(care: CareShown, *, clause: str, on: date) -> CareHeld:
    return CareHeld(
        times=tuple(time_of(episode, on=on) for episode in care.episodes),
        teams=care.teams,
        named=care.named,
        named_since_on=care.named_since_on,
        clause=clause,
    )


def time_of(episode: EpisodeShown, *, on: date) -> CareTime:
    because = ENDED.get(episode.ended_because, "")
    handed = HAND_OVERS.get(episode.hand_over, "")
    words = f"{because}. Hand-over: {handed[:1].lower()}{handed[1:]}." if handed else because
    return CareTime(
        from_on=episode.from_on, over_on=episode.over_on, open=episode.is_open(on=on), words=words
    )
