-- What 0008 of the decisions says of a home that must stay hidden holds whoever writes, and whatever they may know: a new
-- address of somebody whose address is restricted is restricted, and so is that of everybody of the family who is
-- held to live at the same home. Whoever writes is not asked whether they may know of it, and is told nothing.

-- Where an address is, to compare it with another: the postcode, or where there is none the lines. For the guard.
create function ledger.home_of(p_lines text, p_postcode text) returns text
language sql immutable as $$
    select nullif(upper(replace(coalesce(nullif(replace(p_postcode, ' ', ''), ''), p_lines), ' ', '')), '')
$$;
alter function ledger.home_of(text, text) owner to kept_guard;

-- The records that are said to be of the same people as these, and these. For functions of the guard.
create function ledger.records_of(p_persons bigint[]) returns bigint[]
language sql stable as $$
    select array(select pg_catalog.unnest(p_persons)
                 union select s.other_id from public.record_same_person s
                 where s.person_id = any (p_persons) and s.same and s.until_on is null
                 union select s.person_id from public.record_same_person s
                 where s.other_id = any (p_persons) and s.same and s.until_on is null)
$$;
alter function ledger.records_of(bigint[]) owner to kept_guard;

-- Everybody to whom somebody belongs, in order: of a child who cares for the child, their other children, and who cares
-- for those; of an adult their children, who else cares for these, and the children of those. For functions of the guard.
create function ledger.family_of(p_person bigint) returns bigint[]
language plpgsql stable set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
    v_family bigint[] := ledger.records_of(array[p_person]);
begin
    for step in 1..3 loop
        v_family := ledger.records_of(array(
            select unnest(v_family)
            union select r.person_id from record_relationship r where r.child_id = any (v_family) and r.until_on is null
            union select r.child_id from record_relationship r where r.person_id = any (v_family) and r.until_on is null));
    end loop;
    return array(select n from unnest(v_family) n order by n);
end $$;
alter function ledger.family_of(bigint) owner to kept_guard;

-- The words of a restriction that holds because of another of the family, and ends with it (kept/record/families/actions.py).
create function ledger.also_there() returns text
language sql immutable as $$ select 'Said to live where the address of another of the family is restricted.' $$;
alter function ledger.also_there() owner to kept_guard;

-- Restricts the open address of everybody of these people's families who is restricted, or lives where another is. A
-- child's is known through the child, an adult's through those of their children through whom the home is known. Who
-- writes about one family at a time waits for the other: neither would see what the other has not finished.
create function ledger.hide_homes(p_persons bigint[]) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
    e record;
    v_person bigint;
    v_family bigint[];
    v_hidden bigint[];
    v_homes text[];
    v_there bigint[];
begin
    select t.*, x.account into e
    from ledger.this_entry() t join ledger_entry x on x.id = t.entry and x.at = t.at;
    if not found then  -- nobody writes without an entry, but whoever brings a backup back
        return;
    end if;
    foreach v_person in array p_persons loop
        v_family := ledger.family_of(v_person);
        perform pg_advisory_xact_lock(hashtext('homes'), hashtext(n::text)) from unnest(v_family) n;
        v_hidden := array(select distinct t.person_id from record_restriction t
                          where t.person_id = any (v_family) and t.what = 'address' and t.until_on is null);
        continue when v_hidden = '{}';
        update record_address a set until_on = (e.at at time zone 'Europe/London')::date
        where a.person_id = any (v_hidden) and a.kind = 'restricted' and a.until_on is null
          and exists (select from record_address o where o.person_id = a.person_id and o.kind = 'ordinary'
                                                     and o.until_on is null);
        update record_address set kind = 'restricted'
        where person_id = any (v_hidden) and kind = 'ordinary' and until_on is null;
        v_homes := array(select distinct ledger.home_of(a.lines, a.postcode) from record_address a
                         where a.person_id = any (v_hidden) and a.until_on is null);
        v_there := array(select a.person_id from record_address a
                         where a.person_id = any (v_family) and a.person_id <> all (v_hidden) and a.kind = 'ordinary'
                           and a.until_on is null and ledger.home_of(a.lines, a.postcode) = any (v_homes));
        continue when v_there = '{}';
        insert into record_restriction (person_id, child_id, what, reason, account, from_on, service, entry_id,
                                        definition_id, source, recorded_at)
        select p.id, p.id, 'address', ledger.also_there(), e.account, (e.at at time zone 'Europe/London')::date,
               e.service, e.entry, e.definition, e.source, e.at
        from record_person p where p.id = any (v_there) and p.part = 'child'
        on conflict do nothing;
        with theirs as (
            select r.person_id, r.child_id,
                   exists (select from record_restriction t
                           where t.child_id = r.child_id and t.person_id = any (v_family) and t.what = 'address'
                             and t.until_on is null) as known
            from record_relationship r
            where r.person_id = any (v_there) and r.until_on is null
        )
        insert into record_restriction (person_id, child_id, what, reason, account, from_on, service, entry_id,
                                        definition_id, source, recorded_at)
        select distinct h.person_id, h.child_id, 'address', ledger.also_there(), e.account,
               (e.at at time zone 'Europe/London')::date, e.service, e.entry, e.definition, e.source, e.at
        from theirs h
        where h.known or not exists (select from theirs o where o.person_id = h.person_id and o.known)
        on conflict do nothing;
        -- What was written for the children has come to the adults already. Nothing was hidden of them before, so nobody who may see such a child is kept from it.
        update record_restriction set shows = true
        where person_id = any (v_there) and what = 'address' and until_on is null and entry_id = e.entry and not shows;
    end loop;
end $$;
alter function ledger.hide_homes(bigint[]) owner to kept_guard;

-- A new address: once a statement, which may write thousands. Of whom an entry registers nobody knows a thing yet; who
-- belongs to them is written after, and looked at then.
create function ledger.hides_a_new_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_new jsonb := coalesce(ledger.newcomers(), '{}');
begin
    perform ledger.hide_homes(array(select distinct a.person_id from added a
                                    where a.until_on is null and not v_new ? a.person_id::text order by 1));
    return null;
end $$;
create trigger hides_a_new_address after insert on record_address
    referencing new table as added for each statement execute function ledger.hides_a_new_address();
alter function ledger.hides_a_new_address() owner to kept_guard;

-- One restricted address follows another also where the writer may not see the one before.
create function ledger.follows_what_is_hidden() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update record_address set until_on = new.from_on
    where person_id = new.person_id and kind = 'restricted' and until_on is null;
    return new;
end $$;
create trigger follows_what_is_hidden before insert on record_address
    for each row when (new.kind = 'restricted' and new.until_on is null)
    execute function ledger.follows_what_is_hidden();
alter function ledger.follows_what_is_hidden() owner to kept_guard;

-- Somebody who belongs to a child: a new baby of a mother who must not be found, or the other way about.
create function ledger.hides_a_new_relative() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_new jsonb := coalesce(ledger.newcomers(), '{}');
begin
    perform ledger.hide_homes(array(
        select distinct r.child_id from added r
        where r.until_on is null and not (v_new ? r.person_id::text and v_new ? r.child_id::text) order by 1));
    return null;
end $$;
create trigger hides_a_new_relative after insert on record_relationship
    referencing new table as added for each statement execute function ledger.hides_a_new_relative();
alter function ledger.hides_a_new_relative() owner to kept_guard;

-- What is restricted now. Who was so only because of another is so in their own right where somebody says so.
create function ledger.hides_a_home() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update record_restriction t set until_on = n.from_on
    from added n
    where t.person_id = n.person_id and t.child_id = n.child_id and t.what = n.what and t.until_on is null
      and t.reason = ledger.also_there() and n.reason <> ledger.also_there();
    perform ledger.hide_homes(array(select distinct t.person_id from added t
                                    where t.what = 'address' and t.until_on is null order by 1));
    return null;
end $$;
create trigger hides_a_home after insert on record_restriction
    referencing new table as added for each statement execute function ledger.hides_a_home();
alter function ledger.hides_a_home() owner to kept_guard;

-- When the last restriction of an address has ended, the address shows again, and so does that of everybody who was
-- restricted only because they live there. Where another of the family who lives there is restricted in their own
-- right, the home stays hidden for all of them.
create function ledger.shows_homes_again() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
    v_on date := (select (t.at at time zone 'Europe/London')::date from ledger.this_entry() t);
    v_ended bigint[] := array(select distinct n.person_id from changed n
                              where n.what = 'address' and n.until_on is not null order by 1);
    v_person bigint;
    v_family bigint[];
    v_there bigint[];
begin
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
create trigger shows_homes_again after update on record_restriction
    referencing new table as changed for each statement execute function ledger.shows_homes_again();
alter function ledger.shows_homes_again() owner to kept_guard;

-- Whoever restricts one reads in the same entry what they wrote, and not whom else it restricted.
drop policy known_through on record_restriction;
create policy known_through on record_restriction as restrictive for select to kept_application, kept_intake
    using (child_id = any ((select ledger.people_for('care.restriction', 'read'))::bigint[])
           or what = 'person' and person_id = any ((select ledger.known_through('person'))::bigint[])
           or what = 'address' and person_id = any ((select ledger.known_through('address'))::bigint[])
           or entry_id = (select ledger.entry()) and person_id = any ((select ledger.people_for('*', 'read'))::bigint[]));

grant update (until_on, kind) on record_address to kept_guard;
grant insert, update (until_on, shows) on record_restriction to kept_guard;
grant usage on sequence record_restriction_id_seq to kept_guard;

-- What was written openly before there was this rule.
set local role kept_guard;
update record_address a set until_on = o.from_on
from record_address o
where a.kind = 'restricted' and a.until_on is null and o.person_id = a.person_id and o.kind = 'ordinary'
  and o.until_on is null
  and exists (select from record_restriction t
              where t.person_id = a.person_id and t.what = 'address' and t.until_on is null);
update record_address a set kind = 'restricted'
where a.kind = 'ordinary' and a.until_on is null
  and exists (select from record_restriction t
              where t.person_id = a.person_id and t.what = 'address' and t.until_on is null);
reset role;
