"""Who may ask: accounts, what they are members of, teams, sessions and processes."""

import django.contrib.postgres.fields
import django.db.models.functions
from django.db import migrations, models

CURRENT = models.Q(("until_on__isnull", True))
IN_ORDER = models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR")


def number() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", number()),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "staff_account",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.Lower("email"))),
                        name="email_in_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", number()),
                ("service", models.TextField()),
                ("name", models.TextField()),
                (
                    "postcode_districts",
                    django.contrib.postgres.fields.ArrayField(models.TextField(), default=list),
                ),
            ],
            options={
                "db_table": "staff_team",
                "constraints": [
                    models.UniqueConstraint(fields=("service", "name"), name="team_names_differ")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", number()),
                ("account", models.ForeignKey("staff.Account", models.PROTECT)),
                ("role", models.TextField()),
                ("service", models.TextField()),
                ("organisation", models.TextField()),
                ("caseload", models.BooleanField()),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "staff_membership",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account",), condition=CURRENT, name="one_membership_at_a_time"
                    ),
                    models.CheckConstraint(condition=IN_ORDER, name="membership_ends_after_it_begins"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", number()),
                ("account", models.ForeignKey("staff.Account", models.PROTECT)),
                ("team", models.ForeignKey("staff.Team", models.PROTECT)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "staff_team_member",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "team"), condition=CURRENT, name="on_a_team_once"
                    ),
                    models.CheckConstraint(condition=IN_ORDER, name="team_member_leaves_after_joining"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("session_data", models.TextField()),
                ("expire_date", models.DateTimeField(db_index=True)),
                ("account", models.ForeignKey("staff.Account", models.CASCADE, null=True)),
                ("signed_in_at", models.DateTimeField(null=True)),
                ("second_factor_at", models.DateTimeField(null=True)),
                ("last_seen_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_session",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("account__isnull", False), ("signed_in_at__isnull", False)),
                            models.Q(
                                ("account__isnull", True),
                                ("second_factor_at__isnull", True),
                                ("signed_in_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="somebody_signed_in",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondFactorTry",
            fields=[
                ("id", number()),
                ("account", models.ForeignKey("staff.Account", models.CASCADE)),
                ("tried_at", models.DateTimeField()),
            ],
            options={"db_table": "staff_second_factor_try"},
        ),
        migrations.CreateModel(
            name="Process",
            fields=[
                ("id", number()),
                ("name", models.TextField(unique=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("role", models.TextField()),
                ("service", models.TextField()),
                ("organisation", models.TextField()),
            ],
            options={"db_table": "staff_process"},
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", number()),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("act", models.TextField()),
                ("account", models.ForeignKey("staff.Account", models.PROTECT, null=True)),
                ("about", models.TextField()),
            ],
            options={"db_table": "staff_change"},
        ),
    ]
