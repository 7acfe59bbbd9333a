-- The children of the asker's teams whose families have not been told of the notice in force: who they are, and since
-- when they wait. Whoever a caseload leaves out is left out here too. A family has been told when the notice was given to
-- the family, or when each parent was told alone: kept/record/notices_given/rules.py asks the same of one family.
create function ledger.not_yet_told(
    p_token text, p_purpose text, p_team bigint, p_skip integer, p_many integer, p_at timestamptz
) returns table (person bigint, waiting_since date, in_all bigint)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_version bigint;
    v_begun date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    v_version := published_in_force(asker.service, v_on);
    -- Only for a role that may see which notice was given.
    if not exists (
        select from published_permit p
        where p.definition_id = v_version and p.role = asker.role and p.purpose = p_purpose and p.act = 'read'
          and p.standing = 'team' and p.part = 'child' and p.source = '' and 'care.notice-given' = any (p.items)
          and 'care.notice-given' <> all (p.reasoned)
          and p.from_on <= v_on and (p.until_on is null or p.until_on > v_on)
    ) then
        return;
    end if;
    select d.in_force_from into v_begun from published_definition d where d.id = v_version;
    return query
        with mine as (
            select c.person, c.place, greatest(v_begun, (
                       select min(p.from_on) from record_caseload_place p where p.person_id = c.person)) as since
            from ledger.caseload(p_token, 0, null, p_at)
                 with ordinality as c (person, public_id, standing, part, caseload, place)
            where (p_team is null or exists (
                select from record_caseload_place p
                where p.person_id = c.person and p.team_id = p_team
                  and p.from_on <= v_on and (p.until_on is null or p.until_on > v_on)))
              and not exists (select from record_death d where d.person_id = c.person and d.until_on is null)
        ), family as (
            select m.person as child, m.person, false as parent from mine m
            union all
            select m.person, r.person_id, true
            from mine m join record_relationship r on r.child_id = m.person
            join record_person p on p.id = r.person_id and p.part = 'parent'
            where (r.until_on is null or r.until_on > v_on)
              -- Whoever the record does not show must not be missed by the list.
              and not ledger.is_hidden_beside(r.person_id, m.person, 'person', v_on)
              and not exists (select from record_death d where d.person_id = r.person_id and d.until_on is null)
        ), told as (
            select f.child, f.parent,
                   exists (select from record_notice_given n
                           where n.person_id = f.person and n.version_id = v_version and n."on" is not null
                             and n.corrected_at is null)
                   or exists (select from record_letter l where l.person_id = f.person and l.version_id = v_version)
                       as told
            from family f
        ), waiting as (
            select m.person, m.since, m.place
            from mine m join told t on t.child = m.person
            group by m.person, m.since, m.place
            having not (bool_or(t.told) filter (where not t.parent)
                        or coalesce(bool_and(t.told) filter (where t.parent), false))
        )
        select w.person, w.since, count(*) over () from waiting w order by w.since, w.place
        offset p_skip limit p_many;
end $$;

-- Which of these letters were recorded: what becomes of a letter that was prepared when the program stopped. A letter's
-- id is random and says nothing of anybody.
create function ledger.letters_recorded(p_letters uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(select l.letter_id from record_letter l where l.letter_id = any (p_letters));
end $$;

grant execute on function ledger.not_yet_told(text, text, bigint, integer, integer, timestamptz) to kept_application;
grant execute on function ledger.letters_recorded(uuid[]) to kept_application;
alter function ledger.not_yet_told(text, text, bigint, integer, integer, timestamptz) owner to kept_guard;
alter function ledger.letters_recorded(uuid[]) owner to kept_guard;

-- Whether a letter may go to the address of somebody whom the open entry names: never to one whose address, or who
-- themself, must not be known, whatever else is recorded of where they live. An older address may be the very house that
-- they left.
create function ledger.may_be_written_to(p_person bigint) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return p_person = any (ledger.people_for('identity.address', 'read'))
        and not exists (
            select from record_restriction t, ledger.opened o
            where t.person_id = p_person
              and t.from_on <= (o.at at time zone 'Europe/London')::date
              and (t.until_on is null or t.until_on > (o.at at time zone 'Europe/London')::date));
end $$;
grant execute on function ledger.may_be_written_to(bigint) to kept_application;
alter function ledger.may_be_written_to(bigint) owner to kept_guard;
