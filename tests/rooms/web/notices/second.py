"""A second version of the health visiting notice, as it might be published one day: some lines come, go and change."""

from datetime import timedelta

from kept.database.acting import acting_as
from kept.published import reads
from kept.published.actions import publish
from tests import cast

NEW = """
- id: hold.school
  section: what-we-hold
  says: We write down where your child goes to school.
  picture: i-training-class
  source: []
  means:
    collect:
      items: [education.school]
      about: [child]
      from: [the-person]
      for: [health-visiting]
"""


def second_texts(in_force_from: str) -> dict[str, str]:
    """One clause of the first version is gone, one has other words, one may tell less, and one is new."""
    texts = cast.texts()
    name = "services/health_visiting.yaml"
    text = texts[name]
    text = _without(_without(text, "hold.school"), "hold.religion")
    text = _instead(text, "We keep your child's address.", "We write down where your child lives.")
    text = _instead(text, "dated: 2026-03-03", "dated: 2026-11-20")
    text = _instead(text, "in_force: {from: 2026-03-03}", f"in_force: {{from: {in_force_from}}}")
    text = _instead(text, "This notice is from 3 March 2026.", "This notice is from 20 November 2026.")
    return texts | {name: text + NEW}


def publish_second(in_force_from: str = "2026-11-20") -> str:
    """Publish it, to be in force from a day; its hash."""
    with acting_as("publisher"):
        stored, new = publish(
            by=cast.BY,
            approved_by=cast.APPROVER,
            service=cast.HEALTH_VISITING,
            texts=second_texts(in_force_from),
            at=cast.AT + timedelta(hours=1),
        )
    assert new
    reads.published.cache_clear()
    return stored.hash


def _instead(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new)


def _without(text: str, clause: str) -> str:
    before, found, after = text.partition(f"- id: {clause}\n")
    assert found, clause
    return before + after[after.index("\n- id: ") + 1 :]
