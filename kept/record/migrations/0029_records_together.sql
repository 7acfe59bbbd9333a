-- Of people of the asker's service, each record that is put together with theirs, and whose record it is shown in: so
-- that what others tell of either reaches the one that is opened. Whoever stands alone is not among the answers.
create function ledger.records_together(p_token text, p_persons bigint[], p_at timestamptz)
returns table (record bigint, first bigint)
language plpgsql stable security definer rows 2 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        with firsts as (
            select distinct s.person_id as person from record_same_person s
            where s.service = asker.service and s.same and s.until_on is null
              and (s.person_id = any (p_persons) or s.other_id = any (p_persons))
        )
        select f.person, f.person from firsts f
        union all
        select s.other_id, f.person from firsts f
        join record_same_person s on s.person_id = f.person and s.same and s.until_on is null;
end $$;
grant execute on function ledger.records_together(text, bigint[], timestamptz) to kept_intake;
alter function ledger.records_together(text, bigint[], timestamptz) owner to kept_guard;
