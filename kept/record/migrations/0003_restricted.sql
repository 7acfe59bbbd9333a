-- Who must not be known of, or where somebody lives, beyond the record of the child through whom it was said: each row
-- of record_restriction names that child. A child born since it began, of whom a message told, is known through as well:
-- nobody has to be told of a birth twice.

-- Whether somebody is restricted on a day. Search leaves such people out, for everybody: those who may know of them
-- find them on their own caseload. For functions of the guard only: to others it would tell who is hidden.
create function ledger.is_restricted(p_person bigint, p_on date) returns boolean
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from record_restriction t where t.person_id = p_person and t.what = 'person'
                   and t.from_on <= p_on and (t.until_on is null or t.until_on > p_on))
$$;

-- Whether somebody ('person'), or where they live ('address'), is restricted and not to be known through this child.
create function ledger.is_hidden_beside(p_person bigint, p_child bigint, p_what text, p_on date) returns boolean
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
    v_since date := (select min(from_on) from record_restriction
                     where person_id = p_person and what = p_what
                       and from_on <= p_on and (until_on is null or until_on > p_on));
begin
    return v_since is not null
        and not exists (select from record_restriction
                        where person_id = p_person and child_id = p_child and what = p_what and shows
                          and from_on <= p_on and (until_on is null or until_on > p_on))
        and not exists (select from record_date_of_birth b
                        join record_relationship r on r.child_id = b.person_id and r.person_id = p_person
                        join ledger_entry e on e.id = r.entry_id and e.process <> ''
                        where b.person_id = p_child and b.until_on is null and b.born_on >= v_since);
end $$;

-- The people of the open entry of whom a restriction of this kind, and what it hides, may be read in it: those who are
-- known through a child that the entry names. The process that reads messages knows of all of them, so that a new
-- address is restricted as the old one was; it shows nothing to anybody.
create function ledger.known_through(p_what text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_named bigint[] := ledger.people_for('*', 'read');
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
                     select from unnest(v_named) child
                     where (child = t.child_id or exists (
                               select from record_relationship r where r.person_id = t.person_id and r.child_id = child))
                       and not ledger.is_hidden_beside(t.person_id, child, p_what, v_on)));
end $$;

-- Whoever restricts what is hidden from them must neither be refused, which would tell, nor be shown it, which would
-- be worse: their restriction stands, and the child through whom they said it does not count.
create function ledger.says_what_a_restriction_shows() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    new.shows := new.person_id = any (ledger.known_through(new.what)) or not exists (
        select from record_restriction t
        where t.person_id = new.person_id and t.what = new.what and (t.until_on is null or t.until_on > new.from_on));
    return new;
end $$;
create trigger restriction_shows before insert on record_restriction
    for each row execute function ledger.says_what_a_restriction_shows();

-- The address that is restricted is a row of another kind, and so of another item: see 0008 of the decisions.
create policy known_through on record_address as restrictive for select to kept_application, kept_intake
    using (kind = 'ordinary' or person_id = any ((select ledger.known_through('address'))::bigint[])
           or entry_id = (select ledger.entry()));
create policy known_through on record_restriction as restrictive for select to kept_application, kept_intake
    using (child_id = any ((select ledger.people_for('*', 'read'))::bigint[])
           or what = 'person' and person_id = any ((select ledger.known_through('person'))::bigint[])
           or what = 'address' and person_id = any ((select ledger.known_through('address'))::bigint[])
           or entry_id = (select ledger.entry()));
grant update (kind) on record_address to kept_application, kept_intake;

-- As in 0002, but for those who are restricted: they are unknown to everybody but the teams of the children through
-- whom they are known, and with a family they come only with such a child. The process that reads messages knows of
-- them, so that nobody is registered a second time. Who is `named` is told in 0009.
set local role kept_guard;
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
                  and (c.person_id = p.id or c.person_id in (
                          select r.child_id from record_relationship r
                          where r.person_id = p.id and (r.until_on is null or r.until_on > v_on)))
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
reset role;

grant execute on function ledger.known_through(text) to kept_application, kept_intake;
alter function ledger.is_restricted(bigint, date) owner to kept_guard;
alter function ledger.is_hidden_beside(bigint, bigint, text, date) owner to kept_guard;
alter function ledger.says_what_a_restriction_shows() owner to kept_guard;
alter function ledger.known_through(text) owner to kept_guard;

-- The children of these people who are on the caseloads of the asker's teams, so that whoever restricts somebody can
-- say on whose records they stay. Whoever is restricted is left out where they may not be known.
create function ledger.children_beside(p_token text, p_persons bigint[], p_at timestamptz)
returns table (person bigint, child bigint, public_id uuid, standing text, part text)
language plpgsql stable security definer rows 4 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        with known as (
            select k.person from ledger.reach(asker.service, asker.account, '{}', p_persons, false, p_at) k
            where k.standing in ('named', 'team')
        ), related as (
            select r.person_id, r.child_id from record_relationship r
            where r.person_id in (select known.person from known) and (r.until_on is null or r.until_on > v_on)
              and not ledger.is_hidden_beside(r.person_id, r.child_id, 'person', v_on)
        )
        select related.person_id, c.person, c.public_id, c.standing, c.part
        from related
        join ledger.reach(asker.service, asker.account, '{}', array(select child_id from related), false, p_at) c
            on c.person = related.child_id
        where c.standing in ('named', 'team')
        order by 1, 2;
end $$;
grant execute on function ledger.children_beside(text, bigint[], timestamptz) to kept_application;
alter function ledger.children_beside(text, bigint[], timestamptz) owner to kept_guard;

-- Whether the address of any of these people is restricted: only the process that reads messages is told, so that it
-- opens no more than it needs about a family of whom nobody hides.
create function ledger.hides_an_address(p_token text, p_persons bigint[], p_at timestamptz) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return asker.process <> '' and exists (
        select from record_restriction t
        where t.person_id = any (p_persons) and t.service = asker.service and t.what = 'address'
          and t.from_on <= v_on and (t.until_on is null or t.until_on > v_on));
end $$;
grant execute on function ledger.hides_an_address(text, bigint[], timestamptz) to kept_intake;
alter function ledger.hides_an_address(text, bigint[], timestamptz) owner to kept_guard;
