"""Contacts with a family, and what was written about them."""

from django.db import models

from kept.ledger.held import Held
from kept.record.notices_given.models import NoticeGiven
from kept.record.people.models import Person


class Contact(Held):
    """One contact with a child's family: what kind, when, where, by whom. A new birth visit closes with its notice."""

    item = "care.contact"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.TextField()
    on = models.DateField()
    place = models.TextField()
    account = models.BigIntegerField(null=True)
    notice_given = models.ForeignKey(NoticeGiven, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True)
    """Made by the form that recorded it, so that a form sent twice is written once."""
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True, db_default="")
    """What was wrong with the contact that this one corrects."""
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "record_contact"
        indexes = [models.Index(fields=["person", "-on"], name="contacts_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="new-birth-visit")
                | models.Q(closed_at=None)
                | models.Q(notice_given__isnull=False),
                name="a_new_birth_visit_closes_with_its_notice",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(why=""), name="a_correction_says_what_was_wrong"
            ),
        ]


class Note(Held):
    """What the practitioner wrote about a contact, in their own words, up to 100,000 characters."""

    item = "care.note"

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    text = models.TextField()
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "record_note"
