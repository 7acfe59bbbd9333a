"""The time for which a service looks after a child, and who is named as the one who does."""

from django.db import models

from kept.record.episodes.values import ENDED, HAND_OVERS
from kept.record.people.models import AboutPerson


class Episode(AboutPerson):
    """One time of care: opened, and ended at the latest, by what the service's definition serves.

    It is over from `until_on`, where somebody ended it, and in any case from `serves_until_on`, the birthday on which
    the service's ages end; both are exclusive. `serves_until_on` is empty while nobody knows when the child was born.
    """

    item = "care.episode"

    serves_until_on = models.DateField(null=True)
    ended_because = models.TextField(null=True)
    hand_over = models.TextField(null=True)

    class Meta:
        db_table = "record_episode"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_episode_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None, ended_because=None, hand_over=None)
                | models.Q(until_on__isnull=False, ended_because__in=tuple(ENDED)),
                name="an_episode_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(hand_over=None) | models.Q(hand_over__in=tuple(HAND_OVERS)),
                name="hand_over_is_an_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(serves_until_on=None) | models.Q(serves_until_on__gt=models.F("from_on")),
                name="an_episode_begins_while_the_child_is_served",
            ),
        ]


class NamedProfessional(AboutPerson):
    """Who is named as the one who looks after a child. The name opens nothing to whoever is not on the child's team."""

    item = "care.episode"

    account = models.BigIntegerField()

    class Meta:
        db_table = "record_named_professional"
        indexes = [models.Index(fields=["account"], name="children_of_a_named_one")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_named_at_a_time"
            )
        ]
