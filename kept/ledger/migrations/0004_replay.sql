-- What was asked between two moments, and how often, without who asked and about whom: to be put again to another
-- version of a notice. A person's row of an entry is a question; what was opened about nobody is one too. Of a refusal
-- that names nobody whom the asker's service knows, it is not known how the asker stood, so it has no standing here.
set local role kept_guard;

create function ledger.asked_between(p_service text, p_from timestamptz, p_until timestamptz)
returns table (
    on_day date, definition bigint, role text, purpose text, source text, reasoned boolean, standing text, part text,
    items text[], allowed boolean, decisions bigint, first_entry bigint
)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with asked as (
        select e.id, e.at, e.definition, e.role, e.purpose, e.source, btrim(e.reason) <> '' as reasoned, e.outcome,
               e.asked
        from ledger_entry e
        where e.service = p_service and e.at >= p_from and e.at < p_until
    ), put as (
        select a.*, q.source as recorded_from, q.standing, q.part, q.items
        from asked a
        join ledger_subject s on s.entry_id = a.id and s.at = a.at and s.at >= p_from and s.at < p_until
        cross join lateral (values ('', s.standing, s.part, s.read), (a.source, s.standing, s.part, s.recorded))
            as q (source, standing, part, items)
        where a.outcome = 'may' and q.items <> '{}'
        union all
        select a.*, a.source, 'service', 'nobody', a.asked from asked a where a.outcome = 'may' and a.asked <> '{}'
        union all
        select a.*, a.source, coalesce(s.standing, ''), coalesce(s.part, ''), a.asked
        from asked a
        left join ledger_subject s on s.entry_id = a.id and s.at = a.at and s.at >= p_from and s.at < p_until
        where a.outcome <> 'may'
    )
    select (p.at at time zone 'Europe/London')::date, p.definition, p.role, p.purpose, p.recorded_from, p.reasoned,
           p.standing, p.part, p.items, p.outcome = 'may', count(*), min(p.id)
    from put p
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
$$;
grant execute on function ledger.asked_between(text, timestamptz, timestamptz) to kept_publisher;

reset role;
