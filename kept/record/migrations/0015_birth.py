"""How a child was born, and its lock; what a newer birth message says takes its place."""

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0014_alerts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Birth",
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
                ("gestation_days", models.IntegerField(null=True)),
                ("weight_grams", models.IntegerField(null=True)),
                ("order", models.IntegerField(null=True)),
                ("babies", models.IntegerField(null=True)),
                ("place", models.TextField(blank=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_birth",
                "indexes": [models.Index(fields=["person"], name="birth_of_a_child")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on", None)),
                        fields=("person", "told_in"),
                        name="birth_told_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("gestation_days", None), ("gestation_days__range", (140, 322)), _connector="OR"
                        ),
                        name="gestation_is_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weight_grams", None), ("weight_grams__range", (200, 10500)), _connector="OR"
                        ),
                        name="birth_weight_is_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("order", None),
                            ("babies", None),
                            ("order__lte", models.F("babies")),
                            _connector="OR",
                        ),
                        name="one_of_as_many_as_were_born",
                    ),
                ],
            },
        ),
        Protect("record_birth", item="health.birth-measures"),
        migrations.RunSQL("grant update (until_on) on record_birth to kept_guard", migrations.RunSQL.noop),
    ]
