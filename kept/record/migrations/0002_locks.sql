-- How an asker stands to people: found from rows that no asker can write, never claimed.
--   named    as team, and named as the one who looks after the child: told in 0003
--   team     on the caseload of a team of the asker's; an adult, through a child of theirs
--   service  held by the asker's service, but looked after by others
--   new      held by nobody yet: a number that was drawn for somebody and is free
-- Whoever is held by another service only has no row at all, as nobody has: an entry never opens them, whatever a
-- definition says. Person 0 is someone not yet known: what a message says before it is read into a record.
create function ledger.reach(
    p_service text, p_account bigint, p_ids uuid[], p_persons bigint[], p_with_family boolean, p_at timestamptz
) returns table (person bigint, public_id uuid, ledger_id uuid, standing text, part text)
language plpgsql stable security definer rows 4 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_asked bigint[] := p_persons;
    v_teams bigint[];
begin
    if p_ids <> '{}' then
        v_asked := v_asked || array(select id from record_person where public_id = any (p_ids)
                                    union select id from record_person where ledger_id = any (p_ids));
    end if;
    if p_with_family then
        v_asked := v_asked || array(
            select person_id from record_relationship
            where child_id = any (v_asked) and (until_on is null or until_on > v_on));
    end if;
    v_teams := array(select m.team_id from staff_team_member m where m.account_id = p_account
                     and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on));
    return query
        select p.id, p.public_id, p.ledger_id,
               case
                   when v_teams <> '{}' and exists (
                       select from record_caseload_place c
                       where c.person_id = p.id and c.team_id = any (v_teams)
                         and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on))
                     or v_teams <> '{}' and p.part <> 'child' and exists (
                       select from record_relationship r join record_caseload_place c on c.person_id = r.child_id
                       where r.person_id = p.id and c.team_id = any (v_teams)
                         and (r.until_on is null or r.until_on > v_on)
                         and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on))
                   then 'team'
                   else 'service'
               end,
               p.part
        from record_person p where p.id = any (v_asked) and p.service = p_service;
    if p_persons <> '{}' then
        return query
            select n, null::uuid, null::uuid, case n when 0 then 'service' else 'new' end,
                   case n when 0 then 'nobody' end
            from unnest(p_persons) n
            where n between 0 and (select last_value from record_person_id_seq)
              and not exists (select from record_person p where p.id = n);
    end if;
end $$;

-- Whose address this is, in any service: only a refusal asks, to name the person whom somebody was refused.
create function ledger.whose(p_ids uuid[]) returns table (ledger_id uuid, service text)
language plpgsql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    return query select p.ledger_id, p.service from record_person p where p.public_id = any (p_ids);
end $$;

-- Why this asker opened a record with a life at risk, and when, since a moment: nobody else's opening counts. The
-- latest act of that name; looking again has another, so that an opening does not last for ever.
create function ledger.opened_with_life_at_risk(p_token text, p_id uuid, p_since timestamptz, p_at timestamptz)
returns table (reason text, opened_at timestamptz)
language plpgsql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        select e.reason, e.at
        from record_person p
        join ledger_subject s on s.ledger_id = p.ledger_id
        join ledger_entry e on e.id = s.entry_id
        where p.public_id = p_id and e.account = asker.account and e.at > p_since and e.outcome = 'may'
          and e.service = asker.service and e.purpose = 'vital-interests'
          and e.act = 'open a record with a life at risk'
        order by e.id desc limit 1;
end $$;

-- The children on the caseloads of the asker's teams, youngest first: who they are, not what is held about them.
create function ledger.caseload(p_token text, p_skip integer, p_many integer, p_at timestamptz)
returns table (person bigint, public_id uuid, standing text, part text, in_all bigint)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        with mine as (
            select distinct c.person_id from record_caseload_place c
            join staff_team_member m on m.team_id = c.team_id and m.account_id = asker.account
                and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on)
            where c.service = asker.service
              and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on)
        )
        select p.id, p.public_id, 'team', p.part, count(*) over ()
        from mine join record_person p on p.id = mine.person_id
        left join record_date_of_birth b on b.person_id = p.id and b.until_on is null
        order by b.born_on desc nulls first, p.id
        offset p_skip limit p_many;
end $$;

-- The people whom entries name, for those who may see who has looked: by ledger id, of the asker's service only.
create function ledger.facts_of_named(p_token text, p_ledger_ids uuid[], p_at timestamptz)
returns table (ledger_id uuid, person bigint, public_id uuid, standing text, part text)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        select r.ledger_id, r.person, r.public_id, r.standing, r.part
        from ledger.reach(asker.service, asker.account, p_ledger_ids, '{}', false, p_at) r
        where r.standing in ('named', 'team', 'service');
end $$;

-- Whether a number is held by somebody of the asker's service: by whom stays untold.
create function ledger.person_with_nhs_number(p_token text, p_number text, p_at timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return (select n.person_id from record_nhs_number n
            where n.service = asker.service and n.number = p_number and n.until_on is null);
end $$;

grant select on staff_team_member, staff_team to kept_guard;
grant select on sequence record_person_id_seq to kept_guard;
grant select on staff_team to kept_application, kept_intake;

alter table record_person enable row level security;
alter table record_person force row level security;
create policy guard on record_person to kept_guard using (true) with check (true);
create policy backup on record_person for select to kept_backup using (true);
create policy readable on record_person for select to kept_application, kept_intake
    using ((service, service) = (select s, s from ledger.service_for('*') s)
           and id = any ((select ledger.people_for('*', 'read'))::bigint[]));
create policy registrable on record_person for insert to kept_application, kept_intake
    with check (ledger.registers(id, ledger_id, part)
                and ledger.is_this_entry(entry_id, service, definition_id, source, recorded_at));
grant select, insert on record_person to kept_application, kept_intake;
grant select on record_person to kept_guard, kept_backup;
grant usage on sequence record_person_id_seq to kept_application, kept_intake;
comment on table record_person is 'item: *';

-- A relationship makes a family, and a family is what a team sees: it joins only people whom one entry names.
create policy both_are_of_this_entry on record_relationship as restrictive for insert to kept_application, kept_intake
    with check (child_id = any ((select ledger.people_for('*', 'read'))::bigint[]));

-- Rights first, then the owner: what belongs to the guard only the guard can give.
grant execute on function ledger.facts_of_named(text, uuid[], timestamptz) to kept_application;
grant execute on function ledger.caseload(text, integer, integer, timestamptz) to kept_application;
grant execute on function ledger.opened_with_life_at_risk(text, uuid, timestamptz, timestamptz) to kept_application;
grant execute on function ledger.person_with_nhs_number(text, text, timestamptz) to kept_intake;
alter function ledger.reach(text, bigint, uuid[], bigint[], boolean, timestamptz) owner to kept_guard;
alter function ledger.whose(uuid[]) owner to kept_guard;
alter function ledger.caseload(text, integer, integer, timestamptz) owner to kept_guard;
alter function ledger.opened_with_life_at_risk(text, uuid, timestamptz, timestamptz) owner to kept_guard;
alter function ledger.facts_of_named(text, uuid[], timestamptz) owner to kept_guard;
alter function ledger.person_with_nhs_number(text, text, timestamptz) owner to kept_guard;
