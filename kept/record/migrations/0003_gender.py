"""Gender, which the parent and infant service holds where health visiting holds sex."""

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("record", "0002_locks")]
    operations = [
        migrations.CreateModel(
            name="Gender",
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
                ("words", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_gender",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(until_on=None), fields=("person",), name="one_current_gender"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="gender_is_said"
                    ),
                ],
            },
        ),
        Protect("record_gender", item="identity.gender", updates=("until_on",)),
    ]
