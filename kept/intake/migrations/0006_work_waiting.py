"""How much work waits, and since when: counts and times for those who run the program, and nothing about anybody."""

from django.db import migrations

WAITING = """
grant select (received_at) on intake_bundle to kept_guard;
create function ledger.work_waiting() returns table (work text, number bigint, since timestamptz)
language sql stable security definer rows 2 set search_path = pg_catalog, public, pg_temp as $$
    select 'messages-to-read', count(*), min(received_at) from intake_bundle where state = 'received'
    union all
    select 'messages-for-a-person', count(*), min(recorded_at) from intake_waiting where closed_at is null
$$;
grant execute on function ledger.work_waiting() to kept_monitor;
alter function ledger.work_waiting() owner to kept_guard;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_demonstration")]
    operations = [migrations.RunSQL(WAITING, migrations.RunSQL.noop)]
