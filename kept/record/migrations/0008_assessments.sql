-- What a message told ends when a newer version of the message comes, or when its sender takes it back. The process that
-- reads messages may record what others found and may not read it afterwards, so it cannot find the rows itself: it
-- says which message, and about whom. Only what the open entry may record about that person ends. Answers how many rows.
create function ledger.end_what_was_told(p_person bigint, p_told_in text) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_entry bigint;
    v_on date;
    v_records jsonb := ledger.people_by_item('record');
    v_all integer := 0;
    v_here integer;
    v_of record;
begin
    select o.entry, (o.at at time zone 'Europe/London')::date into v_entry, v_on from ledger.opened o;
    if v_entry is null or coalesce(p_told_in, '') = '' then
        return 0;
    end if;
    for v_of in select * from (values
        ('record_birth', '''health.birth-measures'''),
        ('record_hearing_screening', '''health.screening'''), ('record_blood_spot', '''health.screening'''),
        ('record_physical_examination', '''health.screening'''), ('record_feeding', '''health.feeding'''),
        ('record_vaccination', '''health.immunisation'''), ('record_measurement', '''growth.'' || kind'),
        ('record_circumstance', 'kind')) t (called, item)
    loop
        execute format('update %I set until_on = $1 where person_id = $2 and told_in = $3 and until_on is null'
                       ' and entry_id <> $4 and person_id = any (($5 ->> (%s))::bigint[])', v_of.called, v_of.item)
            using v_on, p_person, p_told_in, v_entry, v_records;
        get diagnostics v_here = row_count;
        v_all := v_all + v_here;
    end loop;
    return v_all;
end $$;
grant update (until_on) on record_hearing_screening, record_blood_spot, record_physical_examination, record_feeding,
    record_vaccination, record_measurement, record_circumstance to kept_guard;
grant execute on function ledger.end_what_was_told(bigint, text) to kept_intake;
alter function ledger.end_what_was_told(bigint, text) owner to kept_guard;
