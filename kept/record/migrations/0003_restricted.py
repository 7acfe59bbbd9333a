"""People, and addresses, that must not be known beyond one child's record; and the locks that see to it."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0003_restricted.sql").read_text()
# An address has a kind now, and each kind is an item: the lock by one item makes room for the lock by kind.
UNLOCK = "; ".join(
    f"drop policy {policy} on record_address"
    for policy in ("guard", "backup", "readable", "recordable", "changeable")
)


class Migration(migrations.Migration):
    dependencies = [("record", "0003_safe_to_use")]
    operations = [
        migrations.CreateModel(
            name="Restriction",
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
                ("what", models.TextField()),
                ("reason", models.TextField()),
                ("account", models.BigIntegerField(null=True)),
                ("shows", models.BooleanField(db_default=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.person"
                    ),
                ),
            ],
            options={
                "db_table": "record_restriction",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(until_on=None),
                        fields=("person", "child", "what"),
                        name="restricted_once_through_a_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(what__in=["person", "address"]), name="what_is_restricted"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="restriction_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.AddField("address", "kind", models.TextField(db_default="ordinary")),
        migrations.RemoveConstraint("address", "one_current_address"),
        migrations.AddConstraint(
            "address",
            models.UniqueConstraint(
                condition=models.Q(until_on=None), fields=("person", "kind"), name="one_current_address"
            ),
        ),
        migrations.AddConstraint(
            "address",
            models.CheckConstraint(
                condition=models.Q(kind__in=["ordinary", "restricted"]), name="address_is_of_a_kind"
            ),
        ),
        migrations.RunSQL(UNLOCK, migrations.RunSQL.noop),
        Protect(
            "record_address",
            item_by_kind={"ordinary": "identity.address", "restricted": "identity.restricted-address"},
            updates=("until_on",),
        ),
        Protect("record_restriction", item="care.restriction", updates=("until_on",)),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
