"""Sealed bundles are the intake role's alone; what waits is locked like everything about people."""

from django.db import migrations

from kept.ledger.protection import Protect

SEALED = """
alter table intake_bundle enable row level security;
alter table intake_bundle force row level security;
create policy sealed on intake_bundle to kept_intake using (true) with check (true);
grant select, insert, update (state, finished_at, entry_id, message_id, message_digest, version, series, child, person_id)
    on intake_bundle to kept_intake;
grant usage on sequence intake_bundle_id_seq to kept_intake;
grant select on intake_bundle to kept_backup;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_bundles"), ("ledger", "0001_entries")]
    operations = [
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
        Protect("intake_waiting", item="intake.message", updates=("closed_at",)),
    ]
