-- Pairs who are alike, of whom one is among some people: the whole name and the date of birth, or the postcode and the
-- date of birth where a name or a number is missing. `p_any` asks for pairs with anybody; otherwise only with somebody
-- who was registered before, so that a walk through all people finds each pair once.
create function ledger.alike(p_service text, p_some bigint[], p_any boolean, p_on date)
returns table (one bigint, two bigint, reasons text[])
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with asked as (
        select p.id, p.part from record_person p
        where p.id = any (p_some) and p.service = p_service and p.part in ('child', 'parent')
    ), beside as (
        select s.id, k2.person_id as other, 'name' as reason
        from asked s join record_search_key k on k.person_id = s.id and k.until_on is null
        join record_search_key k2 on k2.service = p_service and k2.key = k.key and k2.until_on is null
        union
        select s.id, a2.person_id, 'postcode'
        from asked s
        join record_address a on a.person_id = s.id and a.until_on is null and a.kind = 'ordinary'
        join record_address a2 on a2.service = p_service
            and upper(replace(a2.postcode, ' ', '')) = upper(replace(a.postcode, ' ', ''))
            and a2.until_on is null and a2.kind = 'ordinary'
        where a.postcode <> '' and (ledger.lacks(s.id, 'name') or ledger.lacks(a2.person_id, 'name'))
    ), pairs as (
        select least(b.id, b.other) as one, greatest(b.id, b.other) as two,
               array_agg(distinct b.reason order by b.reason) as reasons
        from beside b where b.other < b.id or p_any and b.other > b.id group by 1, 2
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
      and not ledger.is_restricted(p.one, p_on) and not ledger.is_restricted(p.two, p_on)
      and not exists (select from record_same_person s
                      where s.until_on is null and (s.person_id = p.one and s.other_id = p.two
                                                    or s.person_id = p.two and s.other_id = p.one))
      and not exists (select from record_same_person s
                      where s.until_on is null and s.same and s.other_id in (p.one, p.two))
$$;

-- People of a service of whom something that makes two alike was written down lately, after they were registered: a
-- baby who is named at six weeks, a birthday that was corrected, a number that came, a move.
create function ledger.changed_lately(p_service text) returns bigint[]
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select p.id from (
            select person_id, entry_id from record_name
            where id > (select max(id) - 3000 from record_name) and until_on is null
            union
            select person_id, entry_id from record_date_of_birth
            where id > (select max(id) - 3000 from record_date_of_birth) and until_on is null
            union
            select person_id, entry_id from record_nhs_number
            where id > (select max(id) - 3000 from record_nhs_number) and until_on is null
            union
            select person_id, entry_id from record_address
            where id > (select max(id) - 3000 from record_address) and until_on is null
        ) lately
        join record_person p on p.id = lately.person_id and p.service = p_service
        where p.entry_id <> lately.entry_id)
$$;

set local role kept_guard;
drop function ledger.duplicates(text, text, timestamptz);
reset role;

-- Those of whom one number was said, and those who are alike. Without `p_before` it begins with whoever changed lately
-- and with whoever was registered last; with it, it goes on among those registered before that person. The last row is
-- no pair: it says, as `other`, before whom to go on, where there is anybody. At most fifty of each kind at a time, and
-- at most so many people are looked through that a page is quick.
create function ledger.duplicates(p_token text, p_purpose text, p_before bigint, p_at timestamptz)
returns table (person bigint, other bigint, reasons text[])
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_before bigint := p_before;
    v_some bigint[];
    v_many integer := 0;
    v_pair record;
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
    if p_before is null then
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
            select a.one, a.two, a.reasons
            from ledger.alike(asker.service, ledger.changed_lately(asker.service), true, v_on) a
            order by a.two desc, a.one limit 50;
    end if;
    for v_turn in 1..5 loop
        v_some := array(
            select p.id from record_person p
            where p.service = asker.service and p.part in ('child', 'parent') and (v_before is null or p.id < v_before)
            order by p.id desc limit 2000);
        exit when cardinality(v_some) = 0;
        v_before := v_some[cardinality(v_some)];
        for v_pair in
            select a.one, a.two, a.reasons from ledger.alike(asker.service, v_some, false, v_on) a
            order by a.two desc fetch first 50 rows with ties
        loop
            person := v_pair.one; other := v_pair.two; reasons := v_pair.reasons;
            return next;
            v_many := v_many + 1;
        end loop;
        if v_many >= 50 then
            v_before := other;
        end if;
        exit when v_many >= 50 or cardinality(v_some) < 2000;
    end loop;
    if v_many >= 50 or cardinality(v_some) = 2000 then
        person := null; other := v_before; reasons := '{}';
        return next;
    end if;
end $$;

grant execute on function ledger.duplicates(text, text, bigint, timestamptz) to kept_application;
alter function ledger.alike(text, bigint[], boolean, date) owner to kept_guard;
alter function ledger.changed_lately(text) owner to kept_guard;
alter function ledger.duplicates(text, text, bigint, timestamptz) owner to kept_guard;
