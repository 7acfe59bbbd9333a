"""Published definitions: stored whole, read by both locks, never changed."""

import django.contrib.postgres.fields
from django.db import migrations, models

IMMUTABLE = """
create function published_never_changes() returns trigger language plpgsql as $$
begin
    raise exception 'A published definition never changes. Publish a new version instead.'
        using errcode = 'restrict_violation';
end $$;
create trigger published_definition_never_changes before update or delete or truncate on published_definition
    for each statement execute function published_never_changes();
create trigger published_permit_never_changes before update or delete or truncate on published_permit
    for each statement execute function published_never_changes();

-- The day's definition of a service: the one that came into force last.
create function published_in_force(p_service text, p_on date) returns bigint language plpgsql stable as $$
begin
    return (select id from published_definition
            where service = p_service and in_force_from <= p_on
              and (in_force_until is null or in_force_until > p_on)
            order by in_force_from desc limit 1);
end $$;
grant execute on function published_in_force(text, date)
    to kept_guard, kept_application, kept_intake, kept_publisher, kept_door;

grant select on published_definition, published_permit
    to kept_guard, kept_application, kept_intake, kept_publisher, kept_door;
grant insert on published_definition, published_permit to kept_publisher;
grant usage on sequence published_definition_id_seq, published_permit_id_seq to kept_publisher;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Definition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("title", models.TextField()),
                ("dated", models.DateField()),
                ("in_force_from", models.DateField()),
                ("in_force_until", models.DateField(null=True)),
                ("hash", models.TextField(unique=True)),
                ("texts", models.JSONField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.TextField()),
                ("approved_by", models.TextField()),
            ],
            options={
                "db_table": "published_definition",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "in_force_from"), name="one_version_begins_on_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("published_by", models.F("approved_by")), _negated=True),
                        name="a_second_person_approves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("definition", models.ForeignKey("published.Definition", models.PROTECT)),
                ("role", models.TextField()),
                ("standing", models.TextField()),
                ("part", models.TextField()),
                ("purpose", models.TextField()),
                ("act", models.TextField()),
                ("source", models.TextField(blank=True)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("items", django.contrib.postgres.fields.ArrayField(models.TextField())),
                ("clauses", django.contrib.postgres.fields.ArrayField(models.TextField())),
                ("reasoned", django.contrib.postgres.fields.ArrayField(models.TextField(), default=list)),
            ],
            options={
                "db_table": "published_permit",
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "definition",
                            "role",
                            "purpose",
                            "act",
                            "standing",
                            "part",
                            "source",
                            "from_on",
                        ),
                        name="one_permit_a_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("items__len", models.F("clauses__len"))),
                        name="every_item_has_its_clause",
                    ),
                ],
            },
        ),
        migrations.RunSQL(IMMUTABLE, migrations.RunSQL.noop),
    ]
