"""Drafts: proposed by one person, published by the approval of another, and never rewritten."""

import django.db.models.deletion
from django.db import migrations, models

ONCE = """
-- A draft is approved or withdrawn once. All else of it stays what it was when it was proposed.
create function published_draft_stays() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'A draft is never taken away. Withdraw it.' using errcode = 'restrict_violation';
    end if;
    if (old.id, old.service, old.dated, old.in_force_from, old.texts, old.hash, old.proposed_by, old.proposed_at)
        is distinct from
       (new.id, new.service, new.dated, new.in_force_from, new.texts, new.hash, new.proposed_by, new.proposed_at)
    then
        raise exception 'A draft never changes. Propose another.' using errcode = 'restrict_violation';
    end if;
    if old.version_id is not null or old.withdrawn_at is not null then
        raise exception 'This draft was approved or withdrawn already.' using errcode = 'restrict_violation';
    end if;
    if new.version_id is not null and not exists (
        select from published_definition d
        where d.id = new.version_id and d.service = new.service and d.hash = new.hash
          and d.published_by = new.proposed_by and d.approved_by = new.approved_by)
    then
        raise exception 'The published version is not this draft, or other people published it.'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger published_draft_stays before update or delete on published_draft
    for each row execute function published_draft_stays();
create trigger published_draft_is_never_emptied before truncate on published_draft
    for each statement execute function published_draft_stays();

-- A draft begins open: nobody proposes one that is approved already.
create function published_draft_begins_open() returns trigger language plpgsql as $$
begin
    if new.approved_by is not null or new.withdrawn_by is not null then
        raise exception 'A draft is approved or withdrawn after it was proposed.'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger published_draft_begins_open before insert on published_draft
    for each row execute function published_draft_begins_open();

grant select on published_draft to kept_application, kept_publisher;
grant insert on published_draft to kept_publisher;
grant update (approved_by, approved_at, version_id, withdrawn_by, withdrawn_at) on published_draft
    to kept_publisher;
grant usage on sequence published_draft_id_seq to kept_publisher;
"""


class Migration(migrations.Migration):
    dependencies = [("published", "0001_definitions")]
    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.TextField()),
                ("dated", models.DateField()),
                ("in_force_from", models.DateField()),
                ("texts", models.JSONField()),
                ("hash", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("approved_by", models.TextField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.TextField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "version",
                    models.ForeignKey("published.Definition", django.db.models.deletion.PROTECT, null=True),
                ),
            ],
            options={
                "db_table": "published_draft",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("approved_by")), _negated=True),
                        name="nobody_approves_their_own_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None), ("version", None)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                ("version__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_draft_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None)),
                            models.Q(
                                ("version", None),
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_withdrawn_draft_is_not_published",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
    ]
