"""Whose families these are: the team that looks after a child, while it does."""

from django.db import models

from kept.record.people.models import AboutPerson


class CaseloadPlace(AboutPerson):
    """A child's place on a team's caseload: the episode of care that makes its practitioners need to know."""

    item = "care.episode"

    team_id = models.BigIntegerField()

    class Meta:
        db_table = "record_caseload_place"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team_id"],
                condition=models.Q(until_on=None),
                name="once_on_a_caseload",
            )
        ]
        indexes = [
            models.Index(
                fields=["team_id", "person"], condition=models.Q(until_on=None), name="children_of_a_team"
            )
        ]
