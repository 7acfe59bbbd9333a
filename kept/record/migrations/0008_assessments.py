"""What others found of a child, that somebody died, and the locks of each; and how what a message told ends."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0008_assessments.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0006_circumstances"),
    ]

    operations = [
        migrations.CreateModel(
            name="BloodSpot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("on", models.DateField()),
                ("told_in", models.TextField()),
                ("told_by", models.TextField()),
                ("condition", models.TextField()),
                ("outcome", models.TextField()),
                ("detail", models.TextField(blank=True)),
            ],
            options={
                "db_table": "record_blood_spot",
            },
        ),
        migrations.CreateModel(
            name="Death",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("died_on", models.DateField(null=True)),
                ("status", models.TextField(blank=True)),
            ],
            options={
                "db_table": "record_death",
            },
        ),
        migrations.CreateModel(
            name="Feeding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("on", models.DateField()),
                ("told_in", models.TextField()),
                ("told_by", models.TextField()),
                ("status", models.TextField(blank=True)),
                ("first_feed", models.TextField(blank=True)),
                ("method", models.TextField(blank=True)),
                ("solids_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "record_feeding",
            },
        ),
        migrations.CreateModel(
            name="HearingScreening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("on", models.DateField()),
                ("told_in", models.TextField()),
                ("told_by", models.TextField()),
                ("outcome", models.TextField()),
                ("finding", models.TextField(blank=True)),
            ],
            options={
                "db_table": "record_hearing_screening",
            },
        ),
        migrations.CreateModel(
            name="PhysicalExamination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("on", models.DateField()),
                ("told_in", models.TextField()),
                ("told_by", models.TextField()),
                ("examined", models.TextField()),
                ("outcome", models.TextField()),
            ],
            options={
                "db_table": "record_physical_examination",
            },
        ),
        migrations.CreateModel(
            name="Vaccination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("entry_id", models.BigIntegerField()),
                ("definition_id", models.BigIntegerField()),
                ("source", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("on", models.DateField()),
                ("told_in", models.TextField()),
                ("told_by", models.TextField()),
                ("vaccine", models.TextField()),
                ("code", models.TextField(blank=True)),
                ("dose", models.IntegerField(null=True)),
                ("given", models.BooleanField()),
                ("reason_not_given", models.TextField(blank=True)),
                ("reported", models.BooleanField(default=False)),
                ("batch", models.TextField(blank=True)),
            ],
            options={
                "db_table": "record_vaccination",
            },
        ),
        migrations.AddField(
            model_name="circumstance",
            name="told_in",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="measurement",
            name="told_by",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="measurement",
            name="told_in",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="measurement",
            name="until_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None), models.Q(("told_in", ""), _negated=True)),
                fields=("person", "told_in", "kind", "on"),
                name="measurement_told_once",
            ),
        ),
        migrations.AddField(
            model_name="bloodspot",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
        migrations.AddField(
            model_name="death",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
        migrations.AddField(
            model_name="feeding",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
        migrations.AddField(
            model_name="hearingscreening",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
        migrations.AddField(
            model_name="physicalexamination",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
        migrations.AddField(
            model_name="vaccination",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
            ),
        ),
        migrations.AddIndex(
            model_name="bloodspot",
            index=models.Index(fields=["person"], name="blood_spot_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="bloodspot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "condition__in",
                        ["PKU", "SCD", "CF", "CHT", "MCADD", "HCU", "MSUD", "GA1", "IVA", "HT1"],
                    )
                ),
                name="blood_spot_condition_is_national",
            ),
        ),
        migrations.AddConstraint(
            model_name="bloodspot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"])
                ),
                name="blood_spot_outcome_is_national",
            ),
        ),
        migrations.AddConstraint(
            model_name="bloodspot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)),
                fields=("person", "told_in", "condition"),
                name="one_outcome_of_a_condition",
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)), fields=("person",), name="one_current_death"
            ),
        ),
        migrations.AddConstraint(
            model_name="death",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["", "1", "2"])), name="death_is_told_as_pds_does"
            ),
        ),
        migrations.AddIndex(
            model_name="feeding",
            index=models.Index(fields=["person"], name="feeding_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="feeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_feed__in", ["", "01", "02", "03"]), ("status__in", ["", "01", "02", "03"])
                ),
                name="feeding_is_national",
            ),
        ),
        migrations.AddConstraint(
            model_name="feeding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)),
                fields=("person", "told_in", "on"),
                name="feeding_told_once",
            ),
        ),
        migrations.AddIndex(
            model_name="hearingscreening",
            index=models.Index(fields=["person"], name="hearing_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="hearingscreening",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["01", "02", "03", "04", "98"])),
                name="hearing_outcome_is_national",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingscreening",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)),
                fields=("person", "told_in", "on", "outcome", "finding"),
                name="hearing_told_once",
            ),
        ),
        migrations.AddIndex(
            model_name="physicalexamination",
            index=models.Index(fields=["person"], name="examinations_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="physicalexamination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("examined__in", ["eyes", "heart", "hips", "testes"]),
                    ("outcome__in", ["01", "02", "03", "NN"]),
                ),
                name="examination_is_national",
            ),
        ),
        migrations.AddConstraint(
            model_name="physicalexamination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)),
                fields=("person", "told_in", "examined"),
                name="one_outcome_of_an_examination",
            ),
        ),
        migrations.AddIndex(
            model_name="vaccination",
            index=models.Index(fields=["person"], name="vaccinations_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="vaccination",
            constraint=models.CheckConstraint(
                condition=models.Q(("vaccine", ""), _negated=True), name="vaccine_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="vaccination",
            constraint=models.CheckConstraint(
                condition=models.Q(("given", False), ("reason_not_given", ""), _connector="OR"),
                name="given_or_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaccination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on", None)),
                fields=("person", "told_in", "on", "vaccine", "code"),
                name="vaccination_told_once",
            ),
        ),
        Protect("record_hearing_screening", item="health.screening"),
        Protect("record_blood_spot", item="health.screening"),
        Protect("record_physical_examination", item="health.screening"),
        Protect("record_feeding", item="health.feeding"),
        Protect("record_vaccination", item="health.immunisation"),
        Protect("record_death", item="identity.death", updates=("until_on",)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
