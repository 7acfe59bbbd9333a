"""A time without end is not the clock's, on every PostgreSQL: before 17 subtracting one was an error of its own."""

from django.db import migrations

CHECK = """
set local role kept_guard;
create or replace function ledger.check_clock(p_at timestamptz) returns void
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if (case when p_at is null or not isfinite(p_at) then true
            else abs(extract(epoch from clock_timestamp() - p_at)) > 60 end) then
        if not exists (select from ledger.cluster where kind = 'test') then
            raise exception 'The time given is more than 60 seconds from the server''s clock. Set both clocks.'
                using errcode = 'KP003';
        end if;
    end if;
end $$;
reset role;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_work_waiting"), ("ledger", "0004_replay")]
    operations = [migrations.RunSQL(CHECK, migrations.RunSQL.noop)]
