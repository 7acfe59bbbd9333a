-- What 0017 checks once a statement, said so that each person is looked up by number. How a join is made is planned once a
-- session, and a session that fills an empty table keeps the plan that is right for an empty one: each statement then went
-- through everybody there is. A scalar question is never made into a join, and may not go through a whole table.
set local role kept_guard;

create or replace function ledger.joins_a_child_with_another() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
begin
    if exists (select from added r
               where coalesce((select p.part from record_person p where p.id = r.person_id and p.service = r.service),
                              'child') = 'child'
                  or (select c.part from record_person c where c.id = r.child_id and c.service = r.service)
                     is distinct from 'child') then
        raise exception 'A relationship joins a child with somebody of the family who is none.'
            using errcode = 'check_violation', constraint = 'relationship_joins_a_child_with_another';
    end if;
    if exists (select from added r
               where r.until_on is null
                 and case when (select p.part from record_person p where p.id = r.person_id) = 'emergency-contact'
                     then exists (
                         select from record_relationship o
                         where o.child_id = r.child_id and o.id <> r.id and o.until_on is null
                           and (select q.part from record_person q where q.id = o.person_id) = 'emergency-contact')
                     end) then
        raise exception 'A child has one person to call in an emergency. End the one before.'
            using errcode = 'unique_violation', constraint = 'one_emergency_contact';
    end if;
    return null;
end $$;

create or replace function ledger.is_responsible_for_a_child() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
begin
    if exists (select from added x
               where coalesce((select a.part from record_person a where a.id = x.person_id and a.service = x.service),
                              'child') = 'child'
                  or (select c.part from record_person c where c.id = x.child_id and c.service = x.service)
                     is distinct from 'child') then
        raise exception 'Parental responsibility is for a child, and held by somebody who is none.'
            using errcode = 'check_violation', constraint = 'responsible_for_a_child';
    end if;
    return null;
end $$;

create or replace function ledger.is_the_home_of_a_child() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
begin
    if exists (select from added h
               where (select c.part from record_person c where c.id = h.person_id and c.service = h.service)
                     is distinct from 'child'
                  or coalesce((select m.part from record_person m where m.id = h.member_id and m.service = h.service),
                              'emergency-contact') = 'emergency-contact') then
        raise exception 'A household is that of a child, and of people of the same service.'
            using errcode = 'check_violation', constraint = 'home_of_a_child';
    end if;
    return null;
end $$;

create or replace function ledger.lives_in_the_home() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
begin
    if exists (select from added b
               where case when (select p.part from record_person p where p.id = b.person_id) = 'other-child'
                     then not exists (select from record_household_member h
                                      where h.member_id = b.person_id and h.until_on is null)
                     end) then
        raise exception 'The date of birth of another child is held while that child lives in the home.'
            using errcode = 'check_violation', constraint = 'other_child_lives_in_the_home';
    end if;
    return null;
end $$;

reset role;
