-- Two records are joined only where one entry names both people.
create policy both_are_of_this_entry on record_same_person as restrictive for insert to kept_application, kept_intake
    with check (other_id = any ((select ledger.people_for('identity.same-person', 'record'))::bigint[]));

-- Of a person whose record is shown in another, the person whose record that is. For functions of the guard,
-- into whose queries it is written out: hence no settings of its own.
create function ledger.first_record_of(p_person bigint) returns bigint
language sql stable as $$
    select s.person_id from public.record_same_person s where s.other_id = p_person and s.same and s.until_on is null
$$;
alter function ledger.first_record_of(bigint) owner to kept_guard;

-- Pairs of people of the asker's service who may be one, among those who were registered last: the whole name and the
-- date of birth alike; or the date of birth and the postcode, where one has no first name yet and one no NHS number, as
-- a baby has who was told of twice. Whoever is restricted is left out, as search leaves them out, and so is every pair
-- of whom somebody has said something. Only for a role that may say it.
create function ledger.duplicates(p_token text, p_purpose text, p_at timestamptz)
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

-- Whether somebody has no first name, or no NHS number. For functions of the guard.
create function ledger.lacks(p_person bigint, p_what text) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select case p_what
        when 'name' then not exists (select from record_name
                                     where person_id = p_person and until_on is null and given <> '')
        else not exists (select from record_nhs_number where person_id = p_person and until_on is null) end
$$;

-- Of some people, the public id of whoever's record theirs is shown in, so that an old address still leads there.
create function ledger.shown_in(p_token text, p_id uuid, p_at timestamptz) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return (select f.public_id
            from record_person p
            join record_same_person s on s.other_id = p.id and s.same and s.until_on is null
            join record_person f on f.id = s.person_id
            where p.public_id = p_id and p.service = asker.service
              and exists (select from ledger.reach(asker.service, asker.account, '{}', array[p.id], false, p_at) r
                          where r.standing in ('named', 'team', 'service')));
end $$;

-- Whether any of the people about whom the open entry says so is put together with somebody already, on either side.
create function ledger.put_together() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare v_about bigint[] := ledger.people_for('identity.same-person', 'record');
begin
    return exists (select from record_same_person s
                   where s.same and s.until_on is null and (s.other_id = any (v_about) or s.person_id = any (v_about)));
end $$;

grant execute on function ledger.put_together() to kept_application;
alter function ledger.put_together() owner to kept_guard;
grant execute on function ledger.duplicates(text, text, timestamptz) to kept_application;
grant execute on function ledger.shown_in(text, uuid, timestamptz) to kept_application;
alter function ledger.duplicates(text, text, timestamptz) owner to kept_guard;
alter function ledger.lacks(bigint, text) owner to kept_guard;
alter function ledger.shown_in(text, uuid, timestamptz) owner to kept_guard;
