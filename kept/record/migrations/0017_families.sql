-- A relationship joins a child with somebody of the same service who is none: so nobody is the parent of their own
-- parent, in however many steps. Of those to call in an emergency a child has one at a time. It is looked at after the
-- policies, so that whoever may not write about somebody is told no more than that; and once a statement, which may
-- write thousands of rows.
create function ledger.joins_a_child_with_another() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (select from added r
               left join record_person p on p.id = r.person_id and p.service = r.service
               left join record_person c on c.id = r.child_id and c.service = r.service and c.part = 'child'
               where p.id is null or p.part = 'child' or c.id is null) then
        raise exception 'A relationship joins a child with somebody of the family who is none.'
            using errcode = 'check_violation', constraint = 'relationship_joins_a_child_with_another';
    end if;
    if exists (select from added r join record_person p on p.id = r.person_id and p.part = 'emergency-contact'
               join record_relationship o on o.child_id = r.child_id and o.id <> r.id and o.until_on is null
               join record_person q on q.id = o.person_id and q.part = 'emergency-contact'
               where r.until_on is null) then
        raise exception 'A child has one person to call in an emergency. End the one before.'
            using errcode = 'unique_violation', constraint = 'one_emergency_contact';
    end if;
    return null;
end $$;
create trigger relationship_joins_a_child_with_another after insert on record_relationship
    referencing new table as added for each statement execute function ledger.joins_a_child_with_another();

-- The same of who has parental responsibility.
create function ledger.is_responsible_for_a_child() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (select from added x
               left join record_person a on a.id = x.person_id and a.service = x.service and a.part <> 'child'
               left join record_person c on c.id = x.child_id and c.service = x.service and c.part = 'child'
               where a.id is null or c.id is null) then
        raise exception 'Parental responsibility is for a child, and held by somebody who is none.'
            using errcode = 'check_violation', constraint = 'responsible_for_a_child';
    end if;
    return null;
end $$;
create trigger responsible_for_a_child after insert on record_parental_responsibility
    referencing new table as added for each statement execute function ledger.is_responsible_for_a_child();

-- And of a household: a child's, of people of one service.
create function ledger.is_the_home_of_a_child() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (select from added h
               left join record_person c on c.id = h.person_id and c.service = h.service and c.part = 'child'
               left join record_person m on m.id = h.member_id and m.service = h.service
                   and m.part <> 'emergency-contact'
               where c.id is null or m.id is null) then
        raise exception 'A household is that of a child, and of people of the same service.'
            using errcode = 'check_violation', constraint = 'home_of_a_child';
    end if;
    return null;
end $$;
create trigger home_of_a_child after insert on record_household_member
    referencing new table as added for each statement execute function ledger.is_the_home_of_a_child();

-- Of another child the date of birth is held only while that child is recorded as living in the home.
create function ledger.lives_in_the_home() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (select from added b join record_person p on p.id = b.person_id and p.part = 'other-child'
               where not exists (select from record_household_member h
                                 where h.member_id = b.person_id and h.until_on is null)) then
        raise exception 'The date of birth of another child is held while that child lives in the home.'
            using errcode = 'check_violation', constraint = 'other_child_lives_in_the_home';
    end if;
    return null;
end $$;
create trigger other_child_lives_in_the_home after insert on record_date_of_birth
    referencing new table as added for each statement execute function ledger.lives_in_the_home();

-- The children about whom the open entry reads who must stay hidden: the ones whose records are open. Children who are
-- only named beside them (brothers and sisters) are not among them: through those nobody becomes known.
set local role kept_guard;
create or replace function ledger.known_through(p_what text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_named bigint[] := ledger.people_for('*', 'read');
    v_open bigint[] := ledger.people_for('care.restriction', 'read');
    v_process text;
    v_on date;
begin
    select e.process, (o.at at time zone 'Europe/London')::date into v_process, v_on
    from ledger.opened o join ledger_entry e on e.id = o.entry;
    if session_user = 'kept_intake' and v_process <> '' then
        return v_named;
    end if;
    return array(select t.person_id from record_restriction t
                 where t.person_id = any (v_named) and t.what = p_what and exists (
                     select from unnest(v_open) child
                     where (child = t.child_id or exists (
                               select from record_relationship r where r.person_id = t.person_id and r.child_id = child))
                       and not ledger.is_hidden_beside(t.person_id, child, p_what, v_on)));
end $$;
reset role;
drop policy known_through on record_restriction;
create policy known_through on record_restriction as restrictive for select to kept_application, kept_intake
    using (child_id = any ((select ledger.people_for('care.restriction', 'read'))::bigint[])
           or what = 'person' and person_id = any ((select ledger.known_through('person'))::bigint[])
           or what = 'address' and person_id = any ((select ledger.known_through('address'))::bigint[])
           or entry_id = (select ledger.entry()));

-- Who of the households that the open entry reads is left out of them: everybody whose address is restricted, and
-- whoever is restricted and not known through that child. The process that reads messages leaves nobody out.
create function ledger.left_out_of_households() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_process text;
    v_on date;
begin
    select e.process, (o.at at time zone 'Europe/London')::date into v_process, v_on
    from ledger.opened o join ledger_entry e on e.id = o.entry;
    if session_user = 'kept_intake' and v_process <> '' then
        return '{}';
    end if;
    return array(select h.member_id from record_household_member h
                 join record_restriction t on t.person_id = h.member_id and t.from_on <= v_on
                     and (t.until_on is null or t.until_on > v_on)
                 where h.person_id = any (ledger.people_for('household.members', 'read'))
                   and (t.what = 'address' or ledger.is_hidden_beside(h.member_id, h.person_id, 'person', v_on)));
end $$;
create policy hidden_are_left_out on record_household_member as restrictive for select
    to kept_application, kept_intake
    using (member_id = any ((select ledger.people_for('*', 'read'))::bigint[])
           and (member_id <> all ((select ledger.left_out_of_households())::bigint[])
                or entry_id = (select ledger.entry())));

-- A family is what a team sees: what joins two people shows, and is written, where the open entry names both.
create policy both_are_of_this_entry on record_household_member as restrictive for insert
    to kept_application, kept_intake
    with check (member_id = any ((select ledger.people_for('*', 'read'))::bigint[]));
create policy both_are_of_this_entry on record_parental_responsibility as restrictive for insert
    to kept_application, kept_intake
    with check (child_id = any ((select ledger.people_for('*', 'read'))::bigint[]));
create policy shown_beside_the_child on record_parental_responsibility as restrictive for select
    to kept_application, kept_intake using (child_id = any ((select ledger.people_for('*', 'read'))::bigint[]));
create policy shown_beside_the_child on record_relationship as restrictive for select
    to kept_application, kept_intake using (child_id = any ((select ledger.people_for('*', 'read'))::bigint[]));

-- A child's family, as ledger.facts tells of it, and the other children of those who care for the child, as far as the
-- asker's service holds them and neither of two children, nor who joins them, is hidden beside the other. Of a child
-- of whom there are two records, the first counts.
create function ledger.facts_with_siblings(p_token text, p_ids uuid[], p_at timestamptz)
returns table (person bigint, public_id uuid, standing text, part text, sibling boolean)
language plpgsql stable security definer rows 6 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_children bigint[];
    v_carers bigint[];
    v_siblings bigint[];
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    for person, public_id, standing, part, sibling in
        select r.person, r.public_id, r.standing, r.part, false
        from ledger.reach(asker.service, asker.account, p_ids, '{}', true, p_at) r
        where r.standing in ('named', 'team', 'service')
    loop
        v_children := case when part = 'child' then v_children || person else v_children end;
        v_carers := case when part = 'parent' then v_carers || person else v_carers end;
        return next;
    end loop;
    v_siblings := array(
        select distinct coalesce(ledger.first_record_of(r.child_id), r.child_id) from record_relationship r
        where r.person_id = any (v_carers)
          and coalesce(ledger.first_record_of(r.child_id), r.child_id) <> all (v_children)
          and (r.until_on is null or r.until_on > v_on)
          and not ledger.is_hidden_beside(r.person_id, r.child_id, 'person', v_on)
          and not exists (select from unnest(v_children) c
                          where ledger.is_hidden_beside(r.child_id, c, 'person', v_on)));
    if v_siblings <> '{}' then
        return query
            select r.person, r.public_id, r.standing, r.part, true
            from ledger.reach(asker.service, asker.account, '{}', v_siblings, false, p_at) r
            where r.standing in ('named', 'team', 'service');
    end if;
end $$;

-- Rights first, then the owner.
grant execute on function ledger.facts_with_siblings(text, uuid[], timestamptz) to kept_application;
grant execute on function ledger.left_out_of_households() to kept_application, kept_intake;
alter function ledger.facts_with_siblings(text, uuid[], timestamptz) owner to kept_guard;
alter function ledger.left_out_of_households() owner to kept_guard;
alter function ledger.joins_a_child_with_another() owner to kept_guard;
alter function ledger.is_responsible_for_a_child() owner to kept_guard;
alter function ledger.is_the_home_of_a_child() owner to kept_guard;
alter function ledger.lives_in_the_home() owner to kept_guard;
