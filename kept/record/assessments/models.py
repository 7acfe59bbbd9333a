"""What others found of a child, a table for each thing. A newer version of the message that told it ends a row; nothing
is overwritten."""

from django.db import models

from kept.record.people.models import AboutPerson

HEARING_OUTCOMES = ["01", "02", "03", "04", "98"]
BLOOD_SPOT_CONDITIONS = ["PKU", "SCD", "CF", "CHT", "MCADD", "HCU", "MSUD", "GA1", "IVA", "HT1"]
BLOOD_SPOT_OUTCOMES = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"]
EXAMINED = ["eyes", "heart", "hips", "testes"]
EXAMINATION_OUTCOMES = ["01", "02", "03", "NN"]


class ToldByOthers(AboutPerson):
    """On which day it was found, which message told it (all versions of it share `told_in`), and who sent that."""

    on = models.DateField()
    told_in = models.TextField()
    told_by = models.TextField()

    class Meta:
        abstract = True


class Birth(ToldByOthers):
    """How a child was born: of the child alone. How the birth went for the mother is her own history."""

    item = "health.birth-measures"

    gestation_days = models.IntegerField(null=True)
    weight_grams = models.IntegerField(null=True)
    order = models.IntegerField(null=True)
    babies = models.IntegerField(null=True)
    place = models.TextField(blank=True)

    class Meta:
        db_table = "record_birth"
        indexes = [models.Index(fields=["person"], name="birth_of_a_child")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "told_in"], condition=models.Q(until_on=None), name="birth_told_once"
            ),
            models.CheckConstraint(
                condition=models.Q(gestation_days=None) | models.Q(gestation_days__range=(20 * 7, 46 * 7)),
                name="gestation_is_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(weight_grams=None) | models.Q(weight_grams__range=(200, 10_500)),
                name="birth_weight_is_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(order=None)
                | models.Q(babies=None)
                | models.Q(order__lte=models.F("babies")),
                name="one_of_as_many_as_were_born",
            ),
        ]


class HearingScreening(ToldByOthers):
    item = "health.screening"

    outcome = models.TextField()
    finding = models.TextField(blank=True)

    class Meta:
        db_table = "record_hearing_screening"
        indexes = [models.Index(fields=["person"], name="hearing_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=HEARING_OUTCOMES), name="hearing_outcome_is_national"
            ),
            models.UniqueConstraint(
                fields=["person", "told_in", "on", "outcome", "finding"],
                condition=models.Q(until_on=None),
                name="hearing_told_once",
            ),
        ]


class BloodSpot(ToldByOthers):
    """The outcome for one condition."""

    item = "health.screening"

    condition = models.TextField()
    outcome = models.TextField()
    detail = models.TextField(blank=True)

    class Meta:
        db_table = "record_blood_spot"
        indexes = [models.Index(fields=["person"], name="blood_spot_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(condition__in=BLOOD_SPOT_CONDITIONS),
                name="blood_spot_condition_is_national",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=BLOOD_SPOT_OUTCOMES), name="blood_spot_outcome_is_national"
            ),
            models.UniqueConstraint(
                fields=["person", "told_in", "condition"],
                condition=models.Q(until_on=None),
                name="one_outcome_of_a_condition",
            ),
        ]


class PhysicalExamination(ToldByOthers):
    """What was found of the eyes, the heart, the hips or the testes."""

    item = "health.screening"

    examined = models.TextField()
    outcome = models.TextField()

    class Meta:
        db_table = "record_physical_examination"
        indexes = [models.Index(fields=["person"], name="examinations_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(examined__in=EXAMINED, outcome__in=EXAMINATION_OUTCOMES),
                name="examination_is_national",
            ),
            models.UniqueConstraint(
                fields=["person", "told_in", "examined"],
                condition=models.Q(until_on=None),
                name="one_outcome_of_an_examination",
            ),
        ]


class Feeding(ToldByOthers):
    """How a baby feeds, as it was on one day."""

    item = "health.feeding"

    status = models.TextField(blank=True)
    first_feed = models.TextField(blank=True)
    method = models.TextField(blank=True)
    solids_on = models.DateField(null=True)

    class Meta:
        db_table = "record_feeding"
        indexes = [models.Index(fields=["person"], name="feeding_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["", "01", "02", "03"], first_feed__in=["", "01", "02", "03"]),
                name="feeding_is_national",
            ),
            models.UniqueConstraint(
                fields=["person", "told_in", "on"],
                condition=models.Q(until_on=None),
                name="feeding_told_once",
            ),
        ]


class Vaccination(ToldByOthers):
    """A vaccine that was given on a day, or was not, and why."""

    item = "health.immunisation"

    vaccine = models.TextField()
    code = models.TextField(blank=True)
    dose = models.IntegerField(null=True)
    given = models.BooleanField()
    reason_not_given = models.TextField(blank=True)
    reported = models.BooleanField(default=False)
    batch = models.TextField(blank=True)

    class Meta:
        db_table = "record_vaccination"
        indexes = [models.Index(fields=["person"], name="vaccinations_of_a_child")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(vaccine=""), name="vaccine_is_named"),
            models.CheckConstraint(
                condition=models.Q(given=False) | models.Q(reason_not_given=""), name="given_or_why_not"
            ),
            models.UniqueConstraint(
                fields=["person", "told_in", "on", "vaccine", "code"],
                condition=models.Q(until_on=None),
                name="vaccination_told_once",
            ),
        ]
