"""Whether communication needs were met: said of a day, kept as the needs themselves are."""

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("record", "0023_looked")]
    operations = [
        migrations.CreateModel(
            name="NeedMet",
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
                ("met", models.BooleanField()),
                ("said", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_need_met",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(met=True) | ~models.Q(said=""),
                        name="a_need_not_met_says_what_was_missing",
                    )
                ],
            },
        ),
        Protect("record_need_met", item="needs.communication"),
    ]
