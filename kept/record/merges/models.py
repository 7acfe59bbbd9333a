"""That two records are of one person, or are not, as somebody said: a link between them, and no row moves."""

from django.db import models

from kept.record.people.models import AboutPerson, Person


class SamePerson(AboutPerson):
    """What was said of two records, until it is undone: `person` is whose record is opened, `other` who is shown in it.

    Nothing of either changes: each keeps its own rows, so that undoing it leaves both as they were.
    """

    item = "identity.same-person"

    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    same = models.BooleanField()
    why = models.TextField()
    account = models.BigIntegerField(null=True)
    named = models.BigIntegerField(null=True)
    """The account of whoever was named as the one who looks after `other`, a child, when this was said."""

    class Meta:
        db_table = "record_same_person"
        indexes = [models.Index(fields=["person"], name="others_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("other")), name="nobody_is_merged_with_themselves"
            ),
            models.CheckConstraint(condition=~models.Q(why=""), name="sameness_has_a_reason"),
            models.UniqueConstraint(
                fields=["other"], condition=models.Q(until_on=None, same=True), name="merged_into_one_person"
            ),
            models.UniqueConstraint(
                fields=["person", "other"], condition=models.Q(until_on=None), name="said_once_of_two"
            ),
        ]
