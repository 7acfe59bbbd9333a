"""People, and what we hold to know one from another: one table for each promised item, each with its own lock."""

from django.db import models

from kept.ledger.held import Held


class Person(Held):
    """That somebody is known to a service, as which part of a family. Everything else about them has its own table.

    A person known to two services is two rows: nothing joins them but an agreement to tell. The public id is the
    address of the record; the ledger id is how entries name the person, and is destroyed at disposal.
    """

    item = "*"

    part = models.TextField()
    public_id = models.UUIDField(unique=True)
    ledger_id = models.UUIDField(unique=True)

    class Meta:
        db_table = "record_person"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    part__in=["child", "parent", "relative", "other-child", "emergency-contact"]
                ),
                name="part_is_one_of_the_notice",
            ),
        ]


class AboutPerson(Held):
    """A dated fact about one person. `until_on` is exclusive; empty while it holds."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        abstract = True


class Name(AboutPerson):
    item = "identity.name"

    given = models.TextField()
    family = models.TextField()

    class Meta:
        db_table = "record_name"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_name"
            )
        ]


class DateOfBirth(AboutPerson):
    item = "identity.date-of-birth"

    born_on = models.DateField()

    class Meta:
        db_table = "record_date_of_birth"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_date_of_birth"
            ),
            models.CheckConstraint(
                condition=models.Q(born_on__gte="1900-01-01"), name="born_in_living_memory"
            ),
        ]


class Sex(AboutPerson):
    """Sex by national code: 1 male, 2 female, 9 indeterminate, X not known (NHS Data Dictionary)."""

    item = "identity.sex"

    code = models.TextField()

    class Meta:
        db_table = "record_sex"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_sex"
            ),
            models.CheckConstraint(
                condition=models.Q(code__in=["1", "2", "9", "X"]), name="sex_is_a_national_code"
            ),
        ]


class Gender(AboutPerson):
    """Gender in the person's own words, or a parent's for a baby: what the parent and infant service asks, not sex."""

    item = "identity.gender"

    words = models.TextField()

    class Meta:
        db_table = "record_gender"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_gender"
            ),
            models.CheckConstraint(condition=~models.Q(words=""), name="gender_is_said"),
        ]


class NhsNumber(AboutPerson):
    """An NHS number with its verification status, 01 to 08 (NHS Data Dictionary: NHS NUMBER STATUS INDICATOR CODE)."""

    item = "identity.nhs-number"

    number = models.TextField()
    status = models.TextField()

    class Meta:
        db_table = "record_nhs_number"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_nhs_number"
            ),
            models.UniqueConstraint(
                fields=["service", "number"],
                condition=models.Q(until_on=None),
                name="nhs_number_held_by_one_person",
            ),
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^[0-9]{10}$"), name="nhs_number_is_ten_digits"
            ),
        ]


class NumberToCheck(AboutPerson):
    """An NHS number that was said of one person while another record of the service held it: it is on nobody's record
    by this, and waits until somebody has looked. `until_on` is the day on which that was settled."""

    item = "identity.nhs-number"

    number = models.TextField()
    status = models.TextField()

    class Meta:
        db_table = "record_number_to_check"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "number"], condition=models.Q(until_on=None), name="number_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^[0-9]{10}$"), name="number_to_check_is_ten_digits"
            ),
        ]
        indexes = [
            models.Index(fields=["service"], condition=models.Q(until_on=None), name="numbers_that_wait"),
        ]


class Address(AboutPerson):
    """Where somebody lives. A restricted address is a row of another kind, and so of another item."""

    item_by_kind = {"ordinary": "identity.address", "restricted": "identity.restricted-address"}

    kind = models.TextField(db_default="ordinary")
    lines = models.TextField()
    postcode = models.TextField()
    authority = models.TextField()

    class Meta:
        db_table = "record_address"
        constraints = [
            # One of each kind: whoever may not know of the restricted one must not run into it.
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(until_on=None), name="one_current_address"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["ordinary", "restricted"]), name="address_is_of_a_kind"
            ),
        ]


# The reason of a restriction that holds because of another of the family, and ends with that one (0028).
ALSO_THERE = "Said to live where the address of another of the family is restricted."


class Restriction(AboutPerson):
    """That somebody, or where they live, must not be known beyond the record of one child; it holds until it is ended.

    The child is the one through whose record it was said: for a child who is restricted, the child themself. `shows` is
    for the database to say: whoever restricts what is hidden from them already learns nothing by it.
    """

    item = "care.restriction"

    child = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.TextField()
    reason = models.TextField()
    account = models.BigIntegerField(null=True)
    shows = models.BooleanField(db_default=True)

    class Meta:
        db_table = "record_restriction"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "child", "what"],
                condition=models.Q(until_on=None) & ~models.Q(reason=ALSO_THERE),
                name="restricted_once_through_a_child",
            ),
            models.UniqueConstraint(
                fields=["person", "child", "what"],
                condition=models.Q(until_on=None, reason=ALSO_THERE),
                name="restricted_once_with_another",
            ),
            models.CheckConstraint(
                condition=models.Q(what__in=["person", "address"]), name="what_is_restricted"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="restriction_has_a_reason"),
        ]


SAFE_TO_USE = ("yes", "no", "not-asked")


class Phone(AboutPerson):
    """A phone number, and whether its owner said that it is safe to use. What is said anew is a new row."""

    item = "contact.phone"

    number = models.TextField()
    safe_to_use = models.TextField(db_default="not-asked")

    class Meta:
        db_table = "record_phone"
        indexes = [models.Index(fields=["person"], name="phones_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(safe_to_use__in=SAFE_TO_USE), name="phone_is_safe_or_not_or_not_asked"
            )
        ]


class Email(AboutPerson):
    item = "contact.email"

    email = models.TextField()
    safe_to_use = models.TextField(db_default="not-asked")

    class Meta:
        db_table = "record_email"
        indexes = [models.Index(fields=["person"], name="emails_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(safe_to_use__in=SAFE_TO_USE), name="email_is_safe_or_not_or_not_asked"
            )
        ]


class GpPractice(AboutPerson):
    """The practice a person is registered with: its ODS code and how to reach it."""

    item = "gp.practice"

    ods_code = models.TextField()
    practice = models.TextField()
    phone = models.TextField(blank=True)

    class Meta:
        db_table = "record_gp_practice"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_practice"
            )
        ]


class Death(AboutPerson):
    """That somebody died, and on which day where that is known; told informally (1) or by the registrar (2)."""

    item = "identity.death"

    died_on = models.DateField(null=True)
    status = models.TextField(blank=True)

    class Meta:
        db_table = "record_death"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until_on=None), name="one_current_death"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["", "1", "2"]), name="death_is_told_as_pds_does"
            ),
        ]
