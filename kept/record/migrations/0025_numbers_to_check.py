"""NHS numbers that were said of one person while another record holds them wait, on nobody's record, to be looked at."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0025_numbers_to_check.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0024_need_met")]
    operations = [
        migrations.CreateModel(
            name="NumberToCheck",
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
                ("number", models.TextField()),
                ("status", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_number_to_check",
                "indexes": [
                    models.Index(
                        condition=models.Q(until_on=None), fields=["service"], name="numbers_that_wait"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(until_on=None),
                        fields=["person", "number"],
                        name="number_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(number__regex="^[0-9]{10}$"), name="number_to_check_is_ten_digits"
                    ),
                ],
            },
        ),
        Protect("record_number_to_check", item="identity.nhs-number", updates=("until_on",)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
