-- Who wrote what the open entry shows: of entries that recorded, about somebody whom the open entry names, an item that
-- it reads of them. The time of each entry is that of the row it wrote, so that only its month is looked into.
create function ledger.written_by(p_entries bigint[], p_ats timestamptz[])
returns table (entry bigint, account bigint, process text, role text, purpose text)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    return query
        select distinct e.id, e.account, e.process, e.role, e.purpose
        from (select distinct x.entry, x.at from unnest(p_entries, p_ats) x (entry, at)) asked
        join ledger_entry e on e.id = asked.entry and e.at = asked.at
        join ledger_subject s on s.entry_id = e.id
        join record_person p on p.ledger_id = s.ledger_id
        where e.service = (select o.service from ledger.opened o)
          and p.id = any (ledger.people_for('*', 'read'))
          and exists (select from unnest(s.recorded) i where p.id = any (ledger.people_for(i, 'read')));
end $$;
grant execute on function ledger.written_by(bigint[], timestamptz[]) to kept_application;
alter function ledger.written_by(bigint[], timestamptz[]) owner to kept_guard;
