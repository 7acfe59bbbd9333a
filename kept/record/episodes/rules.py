"""What must be true of an ending before it is recorded; pure."""

from datetime import date

from kept.record.episodes.values import AGE, DIED, ENDED_BY_A_PERSON, HAND_OVERS, MISTAKE, EpisodeShown

WITHOUT_A_HAND_OVER = frozenset({DIED, MISTAKE})


def faults_of_ending(
    episode: EpisodeShown, *, because: str, hand_over: str, ended_on: date | None, today: date
) -> dict[str, str]:
    """What is wrong with an ending, field by field, each in a sentence that says what to do. Empty if nothing."""
    wrong = {}
    if because not in ENDED_BY_A_PERSON:
        wrong["because"] = "Choose why care ends."
    if ended_on is None:
        wrong["ended_on"] = "Enter the day on which care ended, for example 27 3 2026."
    elif ended_on > today:
        wrong["ended_on"] = (
            "Care cannot have ended in the future. Come back on the day, or enter an earlier one."
        )
    elif ended_on < episode.from_on:
        wrong["ended_on"] = "Care cannot end before it began. Enter a later day."
    if because == AGE and not (episode.serves_until_on and episode.serves_until_on <= today):
        wrong["because"] = "The child has not grown out of this service yet. Choose another reason."
    if because not in WITHOUT_A_HAND_OVER and hand_over not in HAND_OVERS:
        wrong["hand_over"] = "Say whether the family was offered a hand-over to the next service."
    return wrong


def fault_of_day(on: date, *, episode: EpisodeShown | None) -> str:
    """Why nothing can have been done with a child on a day, by how care stands; empty where it can."""
    if episode is None or episode.over_on is None or on < episode.over_on:
        return ""
    if episode.serves_until_on and on >= episode.serves_until_on:
        return "By then the child had grown out of this service. Enter an earlier day, or hand over."
    return "By then care had ended. Enter an earlier day, or begin care again first."
