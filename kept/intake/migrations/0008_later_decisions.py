"""Of a message that was sent back once, what was decided last holds: it is read again only where nothing was since."""

from django.db import migrations

SENT_BACK = """
set local role kept_guard;
create or replace function ledger.messages_sent_back(p_token text, p_at timestamptz) returns table (bundle bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query select w.bundle_id from intake_waiting w
        where w.service = asker.service and w.closed_as = 'read-again'
          and not exists (select from intake_waiting n where n.bundle_id = w.bundle_id and n.id > w.id);
end $$;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0007_endless_times")]
    operations = [migrations.RunSQL(SENT_BACK, migrations.RunSQL.noop)]
