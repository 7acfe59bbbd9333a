"""Search: what people are found by, and the one function that finds them."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0004_search.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0003_restricted")]
    operations = [
        migrations.CreateModel(
            name="SearchKey",
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
                ("key", models.TextField(db_collation="C")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_search_key",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(until_on=None),
                        fields=("person", "key"),
                        name="each_search_key_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="search_key_is_not_empty"
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(until_on=None),
                        fields=["service", "key"],
                        include=("person",),
                        name="people_by_search_key",
                    )
                ],
            },
        ),
        Protect("record_search_key", item="identity.name", updates=("until_on",)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
