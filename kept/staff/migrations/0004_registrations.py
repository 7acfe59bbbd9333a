"""Professional registration of staff: written by whoever keeps the accounts, read by the pages."""

import django.db.models.deletion
from django.db import migrations, models

SQL = """
revoke all on staff_registration from public, kept_guard, kept_door, kept_application, kept_publisher, kept_intake;
-- Registers of professionals are public: the pages show an officer who somebody is.
grant select on staff_registration to kept_door;
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0003_sign_ins")]
    operations = [
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.TextField()),
                ("number", models.TextField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.account"
                    ),
                ),
            ],
            options={
                "db_table": "staff_registration",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["account", "body"],
                        condition=models.Q(until_on__isnull=True),
                        name="registered_once_with_a_body",
                    ),
                    models.UniqueConstraint(
                        fields=["body", "number"],
                        condition=models.Q(until_on__isnull=True),
                        name="one_professional_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(number__regex=r"^[A-Z0-9]{1,32}$"), name="number_as_in_a_register"
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
