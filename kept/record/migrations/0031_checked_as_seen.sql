-- As in 0026, and what was done after somebody looked into something is found again, whatever the pattern.
set local role kept_guard;
create or replace function ledger.unusual(
    p_from timestamptz, p_until timestamptz, p_thresholds jsonb, p_surnames jsonb, p_roles text[], p_family integer,
    p_pattern text, p_account bigint, p_unchecked boolean, p_most integer, p_skip integer, p_many integer
) returns table (pattern text, account bigint, role text, person bigint, ledger_id uuid, began_at timestamptz,
                 last_at timestamptz, many bigint, found text, in_all bigint)
language plpgsql stable security definer rows 50 set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
    v_service text := ledger.watched_service();
    v_on date := (p_until at time zone 'Europe/London')::date;
begin
    if v_service is null or p_until - p_from > interval '32 days' then
        return;
    end if;
    return query
        with done as materialized (
            select e.id, e.account, e.role, e.at, e.outcome, e.purpose,
                   (e.at at time zone 'Europe/London') as london
            from ledger_entry e
            where e.service = v_service and e.at >= p_from and e.at < p_until and e.account is not null
              and (p_account is null or e.account = p_account)
            order by e.id desc limit p_most
        ), named as materialized (
            select d.*, s.ledger_id, s.part, s.recorded, count(*) over of_one as together,
                   bool_or(s.part in ('', 'child')) over of_one as names_a_child
            from done d join ledger_subject s on s.entry_id = d.id
            where s.service = v_service and s.at >= p_from and s.at < p_until
            window of_one as (partition by d.id)
        ), looks as materialized (
            select n.* from named n where n.together <= p_family
        ), seen as materialized (
            select x.account, x.ledger_id, p.id as person
            from (select distinct l.account, l.ledger_id from looks l) x
            join record_person p on p.ledger_id = x.ledger_id
        ), named_so as (
            select s.account, s.ledger_id
            from jsonb_to_recordset(p_surnames) as w (account bigint, surname text)
            join seen s on s.account = w.account
            where w.surname <> '' and not ledger.is_restricted(s.person, v_on)
              and exists (select from record_search_key k
                          join record_name n on n.person_id = k.person_id and n.until_on is null
                          where k.person_id = s.person and k.until_on is null
                            and (k.key = w.surname or starts_with(k.key, w.surname || ' '))
                            and (position(w.surname in lower(n.family)) > 0
                                 or position(w.surname in lower(n.given)) = 0))
        ), theirs as materialized (
            select s.account, s.ledger_id from seen s
            where exists (
                select from staff_team_member m join record_caseload_place c on c.team_id = m.team_id
                where m.account_id = s.account and c.person_id = s.person)
            or exists (
                select from staff_team_member m join record_caseload_place c on c.team_id = m.team_id
                join record_relationship r on r.child_id = c.person_id
                where m.account_id = s.account and r.person_id = s.person)
        ), strange as (
            select l.id from looks l left join theirs t on t.account = l.account and t.ledger_id = l.ledger_id
            where l.role = any (p_roles) and l.purpose <> 'vital-interests'
            group by l.id having count(t.account) = 0
        ), about_somebody as (
            select 'own-surname' as pattern, l.account, l.role, l.ledger_id, l.at, l.london from looks l
            join named_so o on o.account = l.account and o.ledger_id = l.ledger_id
            union all
            select 'never-on-team', l.account, l.role, l.ledger_id, l.at, l.london from looks l
            join strange s on s.id = l.id
            where l.part in ('', 'child') or not l.names_a_child
        ), findings as (
            select a.pattern, a.account, max(a.role) as role, a.ledger_id, date_trunc('day', a.london) as began,
                   max(a.at) as last_at, count(*) as many
            from about_somebody a group by a.pattern, a.account, a.ledger_id, date_trunc('day', a.london)
            union all
            select 'many-in-an-hour', l.account, max(l.role), null, date_trunc('hour', l.london), max(l.at),
                   count(distinct l.ledger_id)
            from looks l where l.part in ('', 'child') and l.outcome = 'may'
            group by l.account, date_trunc('hour', l.london)
            having count(distinct l.ledger_id) > (p_thresholds ->> 'many-in-an-hour')::integer
            union all
            select 'at-night', d.account, max(d.role), null,
                   date_trunc('day', d.london - interval '12 hours') + interval '12 hours', max(d.at), count(*)
            from done d
            where (extract(hour from d.london) >= (p_thresholds ->> 'night-begins')::integer
                   or extract(hour from d.london) < (p_thresholds ->> 'night-ends')::integer)
              and d.purpose <> 'vital-interests'
            group by d.account, date_trunc('day', d.london - interval '12 hours')
            having count(*) > (p_thresholds ->> 'at-night')::integer
            union all
            select 'often-refused', d.account, max(d.role), null, date_trunc('day', d.london), max(d.at), count(*)
            from done d where d.outcome = 'must not'
            group by d.account, date_trunc('day', d.london)
            having count(*) > (p_thresholds ->> 'often-refused')::integer
            union all
            select 'again-and-again', l.account, max(l.role), l.ledger_id,
                   date_trunc('day', min(l.london)), max(l.at), count(distinct l.london::date)
            from looks l where l.part in ('', 'child') and l.outcome = 'may'
            group by l.account, l.ledger_id
            having count(distinct l.london::date) > (p_thresholds ->> 'again-and-again')::integer
               and bool_and(l.recorded = '{}')
        ), told as (
            select f.pattern, f.account, f.role, coalesce(s.person, 0) as person, f.ledger_id,
                   f.began at time zone 'Europe/London' as began_at, f.last_at, f.many
            from findings f left join seen s on s.account = f.account and s.ledger_id = f.ledger_id
            where p_pattern = '' or f.pattern = p_pattern
        ), answered as (
            select t.*, (select c.found from record_look_check c
                         where c.service = v_service and c.pattern = t.pattern and c.account = t.account
                           -- Whoever is hidden from officers too is checked as nobody.
                           and (c.person_id = t.person or c.person_id = 0 and ledger.is_restricted(t.person, v_on))
                           -- What was done after it was checked is not checked.
                           and c.recorded_at >= t.last_at
                           and (c.began_at = t.began_at or t.pattern = 'again-and-again')
                         order by c.id desc limit 1) as found
            from told t
        )
        select a.pattern, a.account, a.role, a.person, a.ledger_id, a.began_at, a.last_at, a.many, a.found,
               count(*) over ()
        from answered a where not p_unchecked or a.found is null
        order by a.began_at desc, a.last_at desc, a.pattern, a.account, a.ledger_id
        offset p_skip limit p_many;
end $$;
reset role;
