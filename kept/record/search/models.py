"""What people are found by: keys that the program writes beside each name, under the same lock."""

from django.db import models

from kept.record.people.models import AboutPerson, Person


class SearchKey(AboutPerson):
    """One part of somebody's name in plain letters, then the others. It begins and ends with the name it is made of.

    In the order of the letters' numbers (C), a search by the beginning of a part is one stretch of an index.
    """

    item = "identity.name"

    # By the person alone only the current keys are looked for, which `each_search_key_once` lists.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    key = models.TextField(db_collation="C")

    class Meta:
        db_table = "record_search_key"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=models.Q(until_on=None), name="each_search_key_once"
            ),
            models.CheckConstraint(condition=~models.Q(key=""), name="search_key_is_not_empty"),
        ]
        indexes = [
            models.Index(
                fields=["service", "key"],
                include=["person"],
                condition=models.Q(until_on=None),
                name="people_by_search_key",
            )
        ]
