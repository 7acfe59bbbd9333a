"""Why a letter cannot go: pure, in sentences that say what to do."""

from kept.record.letters.values import EMAIL, POST, TEXT, Correspondent

INSTEAD = "Give them the notice when you meet, and record it."
# The same words whatever the cause: that an address must not be known is itself not to be known.
NOWHERE = {
    POST: "There is no address that a letter to this person may go to.",
    EMAIL: "There is no email address that this person said is safe to use.",
    TEXT: "There is no phone number that this person said is safe to use.",
}
NO_NAME = "The name of this person is not recorded, so that nobody can be written to by name."
DIED = "This person, or the child, has died: no letter or message is sent."
WRITTEN = "This person was told of this notice in this way already."


def why_not(to: Correspondent, way: str) -> str:
    """Why a letter cannot go to somebody in this way; '' where it can."""
    if to.died:
        return DIED
    if not to.name:
        return NO_NAME
    if not to.reached_at(way):
        return NOWHERE[way]
    return WRITTEN if way in to.written else ""
