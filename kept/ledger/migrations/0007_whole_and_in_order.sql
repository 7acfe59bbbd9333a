-- The chain of seals begins with number 1: no other seal is before it.
alter table ledger_seal add constraint ledger_seal_counts_from_one check (number > 0);

set local role kept_guard;
-- The sealer's clock is the database's, as everybody else's is who writes; and it says what lies in the part for the rest.
grant execute on function ledger.check_clock(timestamptz) to kept_sealer;
grant select on ledger_month to kept_sealer;

-- As in 0003; but a month of which entries lie in the part for the rest keeps no other month from being made.
create or replace function ledger.make_months(p_at timestamptz, p_many integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '100ms' as $$
declare
    v_from timestamptz := greatest(date_trunc('month', p_at, 'UTC'), (select max(until_at) from ledger_month));
    v_last timestamptz := date_trunc('month', p_at, 'UTC') + make_interval(months => least(p_many, 24));
    v_made integer := 0;
    v_month text;
begin
    while v_from < v_last loop
        begin
            v_month := to_char(v_from at time zone 'UTC', 'YYYY_MM');
            perform ledger.make_part('entry', v_month, v_from, v_from + interval '1 month');
            perform ledger.make_part('subject', v_month, v_from, v_from + interval '1 month');
            insert into ledger_month
            values (v_from, v_from + interval '1 month', 'ledger.entry_' || v_month, 'ledger.subject_' || v_month);
            v_made := v_made + 1;
        exception
            when lock_not_available then
                return v_made;
            when check_violation then
                null;
        end;
        v_from := v_from + interval '1 month';
    end loop;
    return v_made;
end $$;

-- As in 0006; but what went is told with the days from and until which it is from, of a month without entries too, so
-- that verifying can see that months went whole and one after another. A month does not go before what is older than
-- it, wherever that lies, nor on the day after its last: whoever is slow still writes to it.
create or replace function ledger.let_go(
    p_until timestamptz, p_by text, p_approved_by text, p_clauses text[], p_at timestamptz
) returns table (month text, entries bigint, still_named bigint, gone boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '5s'
set datestyle = 'ISO' as $$
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
        select * from ledger_month m where m.until_at <= p_until and m.until_at <= p_at - interval '1 day'
        order by m.until_at
    loop
        select count(*), coalesce(range_agg(int8range(e.id, e.id + 1)), '{}')::text into v_entries, v_numbers
        from ledger_entry e where e.at >= v_month.from_at and e.at < v_month.until_at;
        select count(distinct p.id) into v_named
        from ledger_subject s join record_person p on p.ledger_id = s.ledger_id
        where s.at >= v_month.from_at and s.at < v_month.until_at;
        month := replace(v_month.entries, 'ledger.entry_', '');
        entries := v_entries;
        still_named := v_named;
        gone := false;
        -- A later month does not go before an earlier one: what is left begins at one moment.
        if v_named > 0 or exists (select from ledger_entry e where e.at < v_month.from_at)
           or exists (select from ledger_unsealed u where u.at >= v_month.from_at and u.at < v_month.until_at) then
            return next;
            return;
        end if;
        insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                                  definition, clauses, source, reason, request, asked)
        values (p_at, null, 'keeper', 'keeper', '', '', 'let go of a month of the ledger', 'disposal', 'may', null,
                p_clauses, '', format('%s, from %s until %s: %s entries, numbers %s, by %s, approved by %s', month,
                                      (v_month.from_at at time zone 'UTC')::date,
                                      (v_month.until_at at time zone 'UTC')::date,
                                      v_entries, v_numbers, p_by, p_approved_by), '', '{}');
        execute format('alter table ledger_entry detach partition %s', v_month.entries);
        execute format('alter table ledger_subject detach partition %s', v_month.subjects);
        execute format('drop table %s, %s', v_month.entries, v_month.subjects);
        delete from ledger_month m where m.until_at = v_month.until_at;
        gone := true;
        return next;
    end loop;
end $$;
reset role;
