-- What somebody says of two records settles the numbers of the one that were said of the other. Whoever says it may
-- change nobody's number, and changes none: that a number waits ends with the saying, in the same entry. When the
-- saying is undone, the numbers that it settled wait again, as they did before.
create function ledger.settles_numbers() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'INSERT' then
        update record_number_to_check t set until_on = new.from_on
        where t.person_id in (new.person_id, new.other_id) and t.until_on is null and t.service = new.service
          and exists (select from record_nhs_number n
                      where n.person_id in (new.person_id, new.other_id) and n.person_id <> t.person_id
                        and n.service = t.service and n.number = t.number and n.until_on is null);
    elsif old.until_on is null and new.until_on is not null then
        insert into record_number_to_check (person_id, number, status, from_on, service, entry_id, definition_id,
                                            source, recorded_at)
        select distinct on (t.person_id, t.number) t.person_id, t.number, t.status, new.until_on, e.service, e.entry,
               e.definition, e.source, e.at
        from record_number_to_check t, ledger.this_entry() e
        where t.person_id in (new.person_id, new.other_id) and t.until_on >= new.from_on and t.service = new.service
          and exists (select from record_nhs_number n
                      where n.person_id in (new.person_id, new.other_id) and n.person_id <> t.person_id
                        and n.service = t.service and n.number = t.number and n.until_on is null)
        on conflict do nothing;
    end if;
    return null;
end $$;
create trigger settles_numbers after insert or update on record_same_person
    for each row execute function ledger.settles_numbers();
alter function ledger.settles_numbers() owner to kept_guard;
grant insert, update (until_on) on record_number_to_check to kept_guard;
grant usage on sequence record_number_to_check_id_seq to kept_guard;

-- As it was, and beside it those of whom a number was said that another record holds: the two, whatever else of them
-- is alike; or one of them alone, where the other may not be known of, or nobody holds the number any more. The two
-- reasons why nobody is beside them are told apart for nobody. Of two who may both not be known of there is no line.
set local role kept_guard;

create or replace function ledger.duplicates(p_token text, p_purpose text, p_at timestamptz)
returns table (person bigint, other bigint, reasons text[])
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    if not exists (
        select from published_permit p
        where p.definition_id = published_in_force(asker.service, v_on) and p.role = asker.role
          and p.purpose = p_purpose and p.act = 'record' and p.standing = 'service'
          and 'identity.same-person' = any (p.items) and 'identity.same-person' <> all (p.reasoned)
          and p.from_on <= v_on and (p.until_on is null or p.until_on > v_on)
    ) then
        return;
    end if;
    return query
        with said as (
            select distinct t.person_id as said_of, h.person_id as holder
            from record_number_to_check t
            left join record_nhs_number h on h.service = t.service and h.number = t.number and h.until_on is null
                and h.person_id <> t.person_id
            where t.service = asker.service and t.until_on is null
        ), known as (
            select case when not ledger.is_restricted(said_of, v_on) then said_of end as one,
                   case when not ledger.is_restricted(holder, v_on) then holder end as two
            from said
        )
        select distinct least(one, two), case when one is not null and two is not null then greatest(one, two) end,
               '{number}'::text[]
        from known where one is not null or two is not null
        order by 1 desc limit 50;
    return query
        with newest as (
            select p.id, p.part from record_person p
            where p.service = asker.service and p.part in ('child', 'parent') order by p.id desc limit 2000
        ), alike as (
            select k2.person_id as one, n.id as two, 'name' as reason
            from newest n join record_search_key k on k.person_id = n.id and k.until_on is null
            join record_search_key k2 on k2.service = asker.service and k2.key = k.key and k2.until_on is null
                and k2.person_id < n.id
            union
            select a2.person_id, n.id, 'postcode'
            from newest n
            join record_address a on a.person_id = n.id and a.until_on is null and a.kind = 'ordinary'
            join record_address a2 on a2.service = asker.service
                and upper(replace(a2.postcode, ' ', '')) = upper(replace(a.postcode, ' ', ''))
                and a2.until_on is null and a2.kind = 'ordinary' and a2.person_id < n.id
            where a.postcode <> '' and (ledger.lacks(n.id, 'name') or ledger.lacks(a2.person_id, 'name'))
        ), pairs as (
            select one, two, array_agg(reason order by reason) as reasons from alike group by one, two
        )
        select p.one, p.two,
               p.reasons || 'born-on'::text
               || case when ledger.lacks(p.one, 'name') or ledger.lacks(p.two, 'name') then '{no-name}'::text[]
                       else '{}' end
               || case when ledger.lacks(p.one, 'number') or ledger.lacks(p.two, 'number') then '{no-number}'::text[]
                       else '{}' end
        from pairs p
        join record_person a on a.id = p.one join record_person b on b.id = p.two and b.part = a.part
        join record_date_of_birth m on m.person_id = p.one and m.until_on is null
        join record_date_of_birth n on n.person_id = p.two and n.until_on is null and n.born_on = m.born_on
        where ('name' = any (p.reasons) or ledger.lacks(p.one, 'number') or ledger.lacks(p.two, 'number'))
          and not ledger.is_restricted(p.one, v_on) and not ledger.is_restricted(p.two, v_on)
          and not exists (select from record_same_person s
                          where s.until_on is null and (s.person_id = p.one and s.other_id = p.two
                                                        or s.person_id = p.two and s.other_id = p.one))
          and not exists (select from record_same_person s
                          where s.until_on is null and s.same and s.other_id in (p.one, p.two))
        order by p.two desc, p.one limit 50;
end $$;

reset role;
