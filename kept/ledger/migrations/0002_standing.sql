-- What is needed to put a decision again, to another version of a notice: how the asker stood to each person and which
-- part the person had, and of a refusal which items were asked for. Rows from before have none of it.
alter table ledger_entry add column asked text[] not null default '{}';
alter table ledger_subject add column standing text not null default '';
alter table ledger_subject add column part text not null default '';
alter type ledger_named add attribute standing text, add attribute part text;

-- The time of its entry, so that both are kept, and let go, by month. No row can be changed, so the rows that are there
-- get theirs as the column is made. The owner sees no entry: the guard's function does.
set local role kept_guard;
create function ledger.time_of(p_entry bigint) returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select at from ledger_entry where id = p_entry);
end $$;
grant execute on function ledger.time_of(bigint) to kept_owner;
reset role;
alter table ledger_subject add column at timestamptz;
alter table ledger_subject alter column at type timestamptz using ledger.time_of(entry_id);
alter table ledger_subject alter column at set not null;
set local role kept_guard;
drop function ledger.time_of(bigint);

-- As in 0001, and it writes down how the asker stood to each person. `asked` holds the items that were opened about
-- nobody, who has no row among the people named.
create or replace function ledger.open(
    p_token text, p_act text, p_purpose text, p_allowed jsonb, p_source text, p_reason text, p_request text,
    p_at timestamptz
) returns table (entry bigint, definition bigint)
language plpgsql security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    asked record;
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_definition bigint;
    v_entry bigint;
    v_free boolean;
    -- A reason of blanks is none. These are what Python calls blank; no pattern, since what a pattern means is
    -- for the locale to say, and how its backslash is read for whoever sends the query.
    v_blanks constant integer[] := '{9,10,11,12,13,28,29,30,31,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,
                                     8199,8200,8201,8202,8232,8233,8239,8287,12288}';
    v_reasoned boolean := p_reason <> '' and
        btrim(p_reason, (select string_agg(chr(n), '') from unnest(v_blanks) n)) <> '';
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    if exists (select from ledger_scope where backend = pg_backend_pid()
               and transaction = pg_current_xact_id_if_assigned()) then
        raise exception 'This transaction has its entry already. One transaction, one entry.'
            using errcode = 'KP004';
    end if;
    v_definition := published_in_force(asker.service, v_on);

    -- People asked about alike are answered together: a caseload of fifty is one look at the permits.
    with wanted as (
        select w.person, w.part, w.ledger_id,
               coalesce(w.read, '{}') as read, coalesce(w.record, '{}') as record
        from jsonb_to_recordset(p_allowed)
             as w (person bigint, part text, ledger_id uuid, read text[], record text[])
    ), stood as (
        select w.person, w.read, w.record,
               -- A newcomer is somebody, and brings a ledger id that has never named anybody: with a used one,
               -- what is written about another person would be this newcomer's to see.
               case when r.standing <> 'new' or w.part <> 'nobody' and w.ledger_id is not null
                         and not exists (select from ledger_subject s where s.ledger_id = w.ledger_id)
                    then r.standing end as standing,
               case r.standing when 'new' then w.part else r.part end as part,
               case r.standing when 'new' then w.ledger_id else r.ledger_id end as ledger_id
        from wanted w
        left join ledger.reach(asker.service, asker.account, '{}', array(select person from wanted), false, p_at) r
            using (person)
    ), alike as (
        select standing, part, read, record from stood group by standing, part, read, record
    ), judged as (
        select a.*, reading.clauses || recording.clauses as clauses,
               -- Somebody about whom nothing is asked would be opened by no permit at all.
               a.standing is not null and a.read || a.record <> '{}'
               and a.read <@ reading.items and a.record <@ recording.items as within
        from alike a
        cross join lateral (
            select coalesce(array_agg(u.item), '{}') as items,
                   coalesce(array_agg(u.clause) filter (where u.item = any (a.read)), '{}') as clauses
            from published_permit p, unnest(p.items, p.clauses) as u (item, clause)
            where p.definition_id = v_definition and p.role = asker.role and p.purpose = p_purpose
              and p.act = 'read' and p.standing = a.standing and p.part = a.part and p.source = ''
              and p.from_on <= v_on and (p.until_on is null or p.until_on > v_on)
              and (v_reasoned or u.item <> all (p.reasoned))
        ) reading
        cross join lateral (
            select coalesce(array_agg(u.item), '{}') as items,
                   coalesce(array_agg(u.clause) filter (where u.item = any (a.record)), '{}') as clauses
            from published_permit p, unnest(p.items, p.clauses) as u (item, clause)
            where a.record <> '{}'
              and p.definition_id = v_definition and p.role = asker.role and p.purpose = p_purpose
              and p.act = 'record' and p.standing = a.standing and p.part = a.part and p.source = p_source
              and p.from_on <= v_on and (p.until_on is null or p.until_on > v_on)
              and (v_reasoned or u.item <> all (p.reasoned))
        ) recording
    )
    select
        (select bool_and(within) from judged) as within,
        (select coalesce(array_agg(distinct c), '{}') from judged, unnest(clauses) c) as clauses,
        (select coalesce(jsonb_object_agg(item, people), '{}') from (
            select i.item, array_agg(s.person)::text as people from stood s, unnest(s.read || '*'::text) i (item)
            group by i.item) x) as reads,
        (select coalesce(jsonb_object_agg(item, people), '{}') from (
            select i.item, array_agg(s.person)::text as people from stood s, unnest(s.record) i (item)
            group by i.item) x) as records,
        (select coalesce(jsonb_object_agg(person, jsonb_build_object('ledger_id', ledger_id, 'part', part)), '{}')
            from stood where standing = 'new') as newcomers,
        (select array_agg(person) from stood where standing = 'new') as numbers,
        (select coalesce(array_agg(ledger_id), '{}') from stood where 'ledger.access' = any (read)) as watched,
        (select coalesce(bool_or(person = 0 and 'ledger.access' = any (read)), false) from stood)
            as watches_service,
        (select array_agg(row (ledger_id, read, record, standing, part)::ledger_named) from stood
         where ledger_id is not null) as named,
        (select coalesce(array_agg(distinct i), '{}') from stood, unnest(read || record) i
         where ledger_id is null) as of_nobody
    into asked;

    if asked.within is not true or v_definition is null then
        raise exception 'The entry asks for more than the published definition permits.' using errcode = 'KP002';
    end if;
    -- Two entries that register one number would each open what the other writes. So a number is locked; and whoever
    -- had it may have finished since we looked, so we look again, in a statement of its own.
    if asked.numbers is not null then
        v_free := (select bool_and(pg_try_advisory_xact_lock(n)) from unnest(asked.numbers) n);
        if v_free then
            v_free := cardinality(asked.numbers) = (
                select count(*) from ledger.reach(asker.service, asker.account, '{}', asked.numbers, false, p_at) r
                where r.standing = 'new');
        end if;
        if not v_free then
            raise exception 'Somebody else is registered under this number. Draw another.' using errcode = 'KP005';
        end if;
    end if;

    insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                              definition, clauses, source, reason, request, asked)
    values (p_at, asker.account, asker.process, asker.role, asker.service, asker.organisation, p_act, p_purpose,
            'may', v_definition, asked.clauses, p_source, p_reason, p_request,
            asked.of_nobody)
    returning id into v_entry;
    insert into ledger_subject (entry_id, at, ledger_id, service, read, recorded, standing, part)
    select v_entry, p_at, n.ledger_id, asker.service, n.read, n.recorded, n.standing, n.part
    from unnest(asked.named) n;

    insert into ledger_scope values (pg_backend_pid(), pg_current_xact_id(), clock_timestamp(), v_entry,
        asker.service, v_definition, p_source, p_at, asked.reads, asked.records, asked.newcomers, asked.watched,
        asked.watches_service)
    on conflict (backend) do update set transaction = excluded.transaction, opened_at = excluded.opened_at,
        entry = excluded.entry, service = excluded.service, definition = excluded.definition,
        source = excluded.source, at = excluded.at, reads = excluded.reads, records = excluded.records,
        newcomers = excluded.newcomers, watched = excluded.watched, watches_service = excluded.watches_service;
    return query select v_entry, v_definition;
end $$;

-- A refusal is an entry too. It names the people the address belongs to, where it belongs to anybody, in
-- whichever service; the asker is told the same either way. How the asker stood is written down where the asker's own
-- service holds them; the items are those that were asked for, and the source where it was to record them.
drop function ledger.refuse(text, text, text, uuid[], text[], text, text, timestamptz);
create function ledger.refuse(
    p_token text, p_act text, p_purpose text, p_ids uuid[], p_clauses text[], p_reason text, p_request text,
    p_at timestamptz, p_asked text[] default '{}', p_source text default ''
) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker record;
    v_entry bigint;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                              definition, clauses, source, reason, request, asked)
    values (p_at, asker.account, asker.process, asker.role, asker.service, asker.organisation, p_act, p_purpose,
            'must not', published_in_force(asker.service, (p_at at time zone 'Europe/London')::date),
            p_clauses, p_source, p_reason, p_request, p_asked)
    returning id into v_entry;
    insert into ledger_subject (entry_id, at, ledger_id, service, read, recorded, standing, part)
    select v_entry, p_at, w.ledger_id, w.service, '{}', '{}', coalesce(r.standing, ''), coalesce(r.part, '')
    from ledger.whose(p_ids) w
    left join ledger.reach(asker.service, asker.account, p_ids, '{}', false, p_at) r on r.ledger_id = w.ledger_id;
    return v_entry;
end $$;
grant execute on function ledger.refuse(text, text, text, uuid[], text[], text, text, timestamptz, text[], text)
    to kept_application, kept_intake;
reset role;
