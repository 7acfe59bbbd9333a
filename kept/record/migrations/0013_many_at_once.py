"""Whom the open entry registers is looked up once a statement: many people may be registered by one.

The rule stays what it was. Asked about each row anew, it took all newcomers of the entry out of storage each time.
"""

from django.db import migrations

NEWCOMERS = """
create function ledger.newcomers() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    -- Joined with nothing, it comes out of storage here, once, and not at each row that asks it for somebody.
    return (select newcomers || '{}' from ledger.opened);
end $$;
grant execute on function ledger.newcomers() to kept_application, kept_intake;
alter function ledger.newcomers() owner to kept_guard;
alter policy registrable on record_person
    with check ((select ledger.newcomers()) -> id::text = jsonb_build_object('ledger_id', ledger_id, 'part', part)
                and ledger.is_this_entry(entry_id, service, definition_id, source, recorded_at));
drop function ledger.registers(bigint, uuid, text);
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0012_merges")]
    operations = [migrations.RunSQL(NEWCOMERS, migrations.RunSQL.noop)]
