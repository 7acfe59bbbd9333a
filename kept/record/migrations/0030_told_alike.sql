-- As before, and a person's records are one person: whoever was told through one of them has been told, and whoever is
-- recorded twice is not waited for twice. `ChildRecord.told` in kept/record/reads.py asks the same of one family.
set local role kept_guard;
create or replace function ledger.not_yet_told(
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
              and not exists (
                select from record_death d
                where d.until_on is null
                  and (d.person_id = c.person or d.person_id in (
                    select s.other_id from record_same_person s
                    where s.person_id = c.person and s.same and s.until_on is null)))
        ), records as (
            select m.person as child, m.person as record from mine m
            union all
            select m.person, s.other_id
            from mine m join record_same_person s on s.person_id = m.person and s.same and s.until_on is null
        ), family as (
            select c.child, c.record as person, null::bigint as parent from records c
            union all
            select c.child, r.person_id, coalesce(s.person_id, r.person_id)
            from records c join record_relationship r on r.child_id = c.record
            join record_person p on p.id = r.person_id and p.part = 'parent'
            left join record_same_person s on s.other_id = r.person_id and s.same and s.until_on is null
            where (r.until_on is null or r.until_on > v_on)
              -- Whoever the record does not show must not be missed by the list.
              and not ledger.is_hidden_beside(r.person_id, c.child, 'person', v_on)
        ), told as (
            select f.child, f.parent is not null as parent,
                   bool_or(exists (select from record_notice_given n
                                   where n.person_id = f.person and n.version_id = v_version and n."on" is not null
                                     and n.corrected_at is null)
                           or exists (select from record_letter l
                                      where l.person_id = f.person and l.version_id = v_version)) as told
            from family f
            group by f.child, f.parent
            -- Of a parent who died nobody waits to be told.
            having f.parent is null or not bool_or(exists (
                select from record_death d where d.person_id = f.person and d.until_on is null))
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
reset role;
