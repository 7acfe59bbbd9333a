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

# Which messages a person sent back to be read again, and which do not wait anew: their numbers, for who reads.
SENT_BACK = """
create function ledger.messages_sent_back(p_token text, p_at timestamptz) returns table (bundle bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query select w.bundle_id from intake_waiting w
        where w.service = asker.service and w.closed_as = 'read-again'
          and not exists (select from intake_waiting n where n.bundle_id = w.bundle_id and n.closed_at is null);
end $$;
grant execute on function ledger.messages_sent_back(text, timestamptz) to kept_intake;
alter function ledger.messages_sent_back(text, timestamptz) owner to kept_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_bundles"), ("ledger", "0001_entries")]
    operations = [
        migrations.RunSQL(SEALED, migrations.RunSQL.noop),
        Protect("intake_waiting", item="intake.message", updates=("closed_at", "closed_as")),
        migrations.RunSQL(SENT_BACK, migrations.RunSQL.noop),
    ]
