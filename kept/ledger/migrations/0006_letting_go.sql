-- Letting go of the ledger's own months. A month goes whole, once it is over and sealed, and when nobody whom it names
-- is held any more, in any service. Two people answer for it, under the clauses that say how long it is kept. What went
-- stands in an entry, which is sealed like others: how many, and their numbers. Their leaves stay in the seals.
grant create on schema public to kept_guard;
alter table ledger_month owner to kept_guard;
revoke create on schema public from kept_guard;
-- The keeper asks the definitions first.
grant select on published_definition, published_permit to kept_keeper;
grant execute on function published_in_force(text, date) to kept_keeper;
set local role kept_guard;

create function ledger.let_go(
    p_until timestamptz, p_by text, p_approved_by text, p_clauses text[], p_at timestamptz
) returns table (month text, entries bigint, still_named bigint, gone boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '5s' as $$
declare
    v_month record;
    v_entries bigint;
    v_numbers text;
    v_named bigint;
begin
    perform ledger.check_clock(p_at);
    if btrim(p_by) = '' or btrim(p_approved_by) = '' or p_by = p_approved_by or p_clauses = '{}' then
        raise exception 'Two people let go of a month of the ledger, under a clause.' using errcode = 'KP002';
    end if;
    for v_month in
        select * from ledger_month m where m.until_at <= p_until and m.until_at <= p_at order by m.until_at
    loop
        select count(*), range_agg(int8range(e.id, e.id + 1))::text into v_entries, v_numbers
        from ledger_entry e where e.at >= v_month.from_at and e.at < v_month.until_at;
        select count(distinct p.id) into v_named
        from ledger_subject s join record_person p on p.ledger_id = s.ledger_id
        where s.at >= v_month.from_at and s.at < v_month.until_at;
        month := replace(v_month.entries, 'ledger.entry_', '');
        entries := v_entries;
        still_named := v_named;
        gone := false;
        -- A later month does not go before an earlier one: what is left begins at one moment.
        if v_named > 0 or exists (select from ledger_unsealed u
                                  where u.at >= v_month.from_at and u.at < v_month.until_at) then
            return next;
            return;
        end if;
        if v_entries > 0 then
            insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                                      definition, clauses, source, reason, request, asked)
            values (p_at, null, 'keeper', 'keeper', '', '', 'let go of a month of the ledger', 'disposal', 'may', null,
                    p_clauses, '', format('%s: %s entries, numbers %s, by %s, approved by %s',
                                          month, v_entries, v_numbers, p_by, p_approved_by), '', '{}');
        end if;
        execute format('alter table ledger_entry detach partition %s', v_month.entries);
        execute format('alter table ledger_subject detach partition %s', v_month.subjects);
        execute format('drop table %s, %s', v_month.entries, v_month.subjects);
        delete from ledger_month m where m.until_at = v_month.until_at;
        gone := true;
        return next;
    end loop;
end $$;
grant execute on function ledger.let_go(timestamptz, text, text, text[], timestamptz) to kept_keeper;

-- Which services have entries from before a moment: each of their definitions is asked how long they are kept.
create function ledger.services_before(p_until timestamptz) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(array_agg(distinct service) filter (where service <> ''), '{}') from ledger_entry
    where at < p_until
$$;
grant execute on function ledger.services_before(timestamptz) to kept_keeper;

reset role;
