"""What of a message went nowhere, as codes on its receipt; and how somebody who sorts messages is shown them."""

import django.contrib.postgres.fields
from django.db import migrations, models

# The receipt stays the intake role's. The guard reads what is told of it here, and never what came.
SHOWN = """
grant select (id, service, file, event, state, finished_at, left_out) on intake_bundle to kept_guard;
grant update (event, left_out) on intake_bundle to kept_intake;
create policy guard on intake_bundle for select to kept_guard using (true);

-- The latest messages of which something was left out: which file, which event, when, and the codes of what it was.
-- Only for an entry that may read messages that are about nobody yet, of its own service.
create function ledger.what_was_left_out(p_many integer)
returns table (file text, event text, read_at timestamptz, left_out text[])
language plpgsql stable security definer rows 20 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select b.file, b.event, b.finished_at, b.left_out
        from intake_bundle b, ledger.opened o
        where b.service = o.service and b.state = 'read' and b.left_out <> '{}'
          and 0 = any (ledger.people_for('intake.message', 'read'))
        order by b.id desc limit least(p_many, 50);
end $$;
grant execute on function ledger.what_was_left_out(integer) to kept_application;
alter function ledger.what_was_left_out(integer) owner to kept_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_workflow"), ("ledger", "0001_entries")]
    operations = [
        migrations.AddField(
            model_name="bundle",
            name="event",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="bundle",
            name="left_out",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], size=None
            ),
        ),
        migrations.AddIndex(
            model_name="bundle",
            index=models.Index(
                fields=["service", "-id"],
                condition=models.Q(state="read") & ~models.Q(left_out=[]),
                name="what_was_left_out",
            ),
        ),
        migrations.RunSQL(SHOWN, migrations.RunSQL.noop),
    ]
