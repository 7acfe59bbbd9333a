-- Two records of one person, of whom, or of whose family, somebody must stay hidden: what is restricted in one record is so
-- in both, and whoever stays hidden through one stays with the child when the two are put together.
set local role kept_guard;

-- Lets what restricts any of these people, or is known through them, restrict each record of the same person, and be
-- known through each record of the same child.
create function ledger.share_restrictions(p_persons bigint[]) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
    v_records bigint[] := ledger.records_of(p_persons);
    v_made bigint[];
begin
    if not exists (select from record_same_person s
                   where s.same and s.until_on is null
                     and (s.person_id = any (p_persons) or s.other_id = any (p_persons))) then
        return;
    end if;
    with shared as (
        select distinct on (p, c, t.what, t.reason = ledger.also_there()) p, c, t.what, t.reason, t.account
        from record_restriction t, unnest(ledger.records_of(array[t.person_id])) p,
             unnest(ledger.records_of(array[t.child_id])) c
        where (t.person_id = any (v_records) or t.child_id = any (v_records)) and t.until_on is null
          and not exists (select from record_restriction o
                          where o.person_id = p and o.child_id = c and o.what = t.what and o.until_on is null
                            and (t.reason = ledger.also_there() or o.reason <> ledger.also_there()))
        order by p, c, t.what, t.reason = ledger.also_there(), t.id
    ), made as (
        insert into record_restriction (person_id, child_id, what, reason, account, from_on, service, entry_id,
                                        definition_id, source, recorded_at)
        select s.p, s.c, s.what, s.reason, s.account, (e.at at time zone 'Europe/London')::date, e.service, e.entry,
               e.definition, e.source, e.at
        from shared s, ledger.this_entry() e
        on conflict do nothing
        returning id
    )
    select array_agg(id) into v_made from made;
    update record_restriction n set shows = true
    where n.id = any (v_made) and not n.shows
      and exists (select from record_restriction t
                  where t.person_id = any (ledger.records_of(array[n.person_id]))
                    and t.child_id = any (ledger.records_of(array[n.child_id]))
                    and t.what = n.what and t.until_on is null and t.shows);
end $$;

create or replace function ledger.hides_a_home() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update record_restriction t set until_on = n.from_on
    from added n
    where t.person_id = n.person_id and t.child_id = n.child_id and t.what = n.what and t.until_on is null
      and t.reason = ledger.also_there() and n.reason <> ledger.also_there();
    perform ledger.share_restrictions(array(select n.person_id from added n union select n.child_id from added n));
    perform ledger.hide_homes(array(select distinct t.person_id from added t
                                    where t.what = 'address' and t.until_on is null order by 1));
    return null;
end $$;

create or replace function ledger.shows_homes_again() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
    v_on date := (select (t.at at time zone 'Europe/London')::date from ledger.this_entry() t);
    v_ended bigint[] := array(select distinct n.person_id from changed n
                              where n.what = 'address' and n.until_on is not null order by 1);
    v_person bigint;
    v_family bigint[];
    v_there bigint[];
begin
    if not exists (select from changed n where n.until_on is not null) then  -- a statement that ends nothing comes here too
        return null;
    end if;
    update record_restriction t set until_on = n.until_on
    from changed n
    where n.until_on is not null and t.until_on is null and t.what = n.what
      and t.person_id = any (ledger.records_of(array[n.person_id]))
      and t.child_id = any (ledger.records_of(array[n.child_id]))
      and not exists (select from record_restriction o
                      where o.person_id = n.person_id and o.child_id = n.child_id and o.what = n.what
                        and o.until_on is null);
    foreach v_person in array v_ended loop
        v_family := ledger.family_of(v_person);
        perform pg_advisory_xact_lock(hashtext('homes'), hashtext(n::text)) from unnest(v_family) n;
        v_there := array(
            select distinct t.person_id from record_restriction t
            join record_address a on a.person_id = t.person_id and a.until_on is null
            join record_address mine on mine.person_id = v_person and mine.kind = 'restricted' and mine.until_on is null
                and (mine.id = a.id or ledger.home_of(mine.lines, mine.postcode) = ledger.home_of(a.lines, a.postcode))
            where t.person_id = any (v_family) and t.what = 'address' and t.until_on is null);
        update record_restriction t set until_on = v_on
        where t.person_id = any (v_there) and t.what = 'address' and t.until_on is null
          and not exists (select from record_restriction o
                          where o.person_id = any (v_there) and o.what = 'address' and o.until_on is null
                            and o.reason <> ledger.also_there());
        update record_address set kind = 'ordinary'
        where person_id = v_person and kind = 'restricted' and until_on is null
          and not exists (select from record_restriction t
                          where t.person_id = v_person and t.what = 'address' and t.until_on is null);
    end loop;
    perform ledger.hide_homes(v_ended);
    return null;
end $$;

-- As in 0003, and whoever is restricted in the second of two records is known to the team that has the first.
create or replace function ledger.reach(
    p_service text, p_account bigint, p_ids uuid[], p_persons bigint[], p_with_family boolean, p_at timestamptz
) returns table (person bigint, public_id uuid, ledger_id uuid, standing text, part text)
language plpgsql stable security definer rows 4 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_reads_messages boolean := p_account is null and session_user = 'kept_intake';
    v_asked bigint[] := p_persons;
    v_restricted bigint[] := '{}';
    v_teams bigint[];
begin
    if p_ids <> '{}' then
        v_asked := v_asked || array(select id from record_person where public_id = any (p_ids)
                                    union select id from record_person where ledger_id = any (p_ids));
    end if;
    if p_with_family then
        v_asked := v_asked || array(
            select person_id from record_relationship
            where child_id = any (v_asked) and (until_on is null or until_on > v_on)
              and (v_reads_messages or not ledger.is_hidden_beside(person_id, child_id, 'person', v_on)));
        -- Of one person there may be two records: the other is shown in the first (0012).
        v_asked := v_asked || array(select other_id from record_same_person
                                    where person_id = any (v_asked) and same and until_on is null);
    end if;
    if not v_reads_messages then
        v_restricted := array(
            select t.person_id from record_restriction t
            where t.person_id = any (v_asked) and t.what = 'person'
              and t.from_on <= v_on and (t.until_on is null or t.until_on > v_on));
    end if;
    v_teams := array(select m.team_id from staff_team_member m where m.account_id = p_account
                     and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on));
    return query
        select p.id, p.public_id, p.ledger_id,
               case
                   when v_teams <> '{}' and exists (
                       select from record_caseload_place c
                       where c.person_id in (p.id, ledger.first_record_of(p.id)) and c.team_id = any (v_teams)
                         and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on))
                     or v_teams <> '{}' and p.part <> 'child' and exists (
                       select from record_relationship r join record_caseload_place c on c.person_id = r.child_id
                       where r.person_id in (p.id, ledger.first_record_of(p.id)) and c.team_id = any (v_teams)
                         and (r.until_on is null or r.until_on > v_on)
                         and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on))
                   then case when ledger.is_named_for(p_account, p.id, p.part, v_on) then 'named' else 'team' end
                   else 'service'
               end,
               p.part
        from record_person p
        where p.id = any (v_asked) and p.service = p_service and p.id <> all (v_restricted);
    if v_restricted <> '{}' and v_teams <> '{}' then
        return query
            select p.id, p.public_id, p.ledger_id,
                   case when ledger.is_named_for(p_account, p.id, p.part, v_on) then 'named' else 'team' end, p.part
            from record_person p
            where p.id = any (v_restricted) and p.service = p_service and exists (
                select from record_caseload_place c
                where c.team_id = any (v_teams)
                  and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on)
                  and (c.person_id in (p.id, ledger.first_record_of(p.id)) or c.person_id in (
                          select r.child_id from record_relationship r
                          where r.person_id in (p.id, ledger.first_record_of(p.id))
                            and (r.until_on is null or r.until_on > v_on)))
                  and not ledger.is_hidden_beside(p.id, c.person_id, 'person', v_on));
    end if;
    if p_persons <> '{}' then
        return query
            select n, null::uuid, null::uuid, case n when 0 then 'service' else 'new' end,
                   case n when 0 then 'nobody' end
            from unnest(p_persons) n
            where n between 0 and (select last_value from record_person_id_seq)
              and not exists (select from record_person p where p.id = n);
    end if;
end $$;

-- As in 0029, but nobody stands alone of whom no number was said: where the one of whom it was said may not be known of,
-- there is no line. It would say that beside the holder of the number there is somebody who must stay hidden.
create or replace function ledger.duplicates(p_token text, p_purpose text, p_before bigint, p_at timestamptz)
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
            from known where one is not null
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

-- Of some people, the public id of whoever's record theirs is shown in, so that an old address still leads there: for
-- the team that has the child, and for whoever puts records together. Another team is told nothing.
create or replace function ledger.shown_in(p_token text, p_id uuid, p_at timestamptz) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return (select f.public_id
            from record_person p
            join record_same_person s on s.other_id = p.id and s.same and s.until_on is null
            join record_person f on f.id = s.person_id
            where p.public_id = p_id and p.service = asker.service
              and 2 = (select count(*)
                       from ledger.reach(asker.service, asker.account, '{}', array[p.id, f.id], false, p_at) r
                       where r.standing in ('named', 'team')
                          or r.standing = 'service' and exists (
                              select from published_permit m
                              where m.definition_id = published_in_force(asker.service, v_on) and m.role = asker.role
                                and m.act = 'read' and m.standing = 'service' and m.part = r.part
                                and 'identity.same-person' = any (m.items)
                                and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on))));
end $$;
reset role;

-- Whoever must stay hidden, and belongs to the second record, belongs to the first from then on. Whoever puts the two
-- together may not know of them, and nobody would see them any more, or what is said about them. When that is undone,
-- they belong to the second alone.
create function ledger.carries_over_who_is_hidden() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        update record_relationship r set until_on = new.until_on
        where old.until_on is null and r.child_id = new.person_id and r.entry_id = new.entry_id and r.until_on is null
          and ledger.is_restricted(r.person_id, new.until_on);
        return null;
    end if;
    if new.same then
        perform ledger.share_restrictions(array[new.person_id, new.other_id]);
        insert into record_relationship (person_id, child_id, kind, from_on, service, entry_id, definition_id, source,
                                         recorded_at)
        select r.person_id, new.person_id, r.kind, new.from_on, new.service, new.entry_id, new.definition_id, new.source,
               new.recorded_at
        from record_relationship r
        where r.child_id = new.other_id and r.until_on is null and ledger.is_restricted(r.person_id, new.from_on)
          and not exists (select from record_relationship o
                          where o.child_id = new.person_id and o.person_id = r.person_id and o.until_on is null);
        perform ledger.hide_homes(array[new.person_id]);
    end if;
    return null;
end $$;
create trigger carries_over_who_is_hidden after insert or update on record_same_person
    for each row execute function ledger.carries_over_who_is_hidden();
alter function ledger.carries_over_who_is_hidden() owner to kept_guard;
grant insert, update (until_on) on record_relationship to kept_guard;
grant usage on sequence record_relationship_id_seq to kept_guard;

-- Whoever puts two records together reads in the same entry nobody whom it does not name.
drop policy shown_beside_the_child on record_relationship;
create policy shown_beside_the_child on record_relationship as restrictive for select to kept_application, kept_intake
    using (child_id = any ((select ledger.people_for('*', 'read'))::bigint[])
           and person_id = any ((select ledger.people_for('*', 'read'))::bigint[]));
