-- What the entry of this very transaction opens. One row a backend, written over by each entry; it counts only
-- while the transaction that wrote it runs, so it is worth nothing to a later one. Unlogged: a crash ends every
-- transaction that could have used it.
create unlogged table ledger_scope (
    backend integer primary key,
    transaction xid8 not null,
    entry bigint not null,
    service text not null,
    definition bigint not null,
    source text not null,
    reads jsonb not null,       -- item → the ids of the people it may be read about, as an array's text
    records jsonb not null,     -- item → the ids of the people it may be recorded about
    newcomers jsonb not null,   -- id of a person registered by this entry → ledger id
    watched uuid[] not null,    -- ledger ids of the people whose entries may be read
    watches_service boolean not null
) with (fillfactor = 50);

create type ledger_named as (ledger_id uuid, read text[], recorded text[]);

grant select, insert, update on ledger_scope to kept_guard;
grant select, insert on ledger_entry, ledger_subject to kept_guard;
grant usage on sequence ledger_entry_id_seq, ledger_subject_id_seq to kept_guard;

-- An entry is never changed, by anybody who can log in, the owner included.
create function ledger.never_changes() returns trigger language plpgsql as $$
begin
    raise exception 'An entry of the ledger never changes.' using errcode = 'restrict_violation';
end $$;
create trigger ledger_entry_never_changes before update or delete or truncate on ledger_entry
    for each statement execute function ledger.never_changes();
create trigger ledger_subject_never_changes before update or delete or truncate on ledger_subject
    for each statement execute function ledger.never_changes();

-- A back-dated entry would revive what was withdrawn since. Only a cluster marked for tests when it was made
-- takes any time; everywhere else the door's clock and the server's agree within a minute.
create function ledger.check_clock(p_at timestamptz) returns void
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if p_at is null or abs(extract(epoch from clock_timestamp() - p_at)) > 60 then
        if not exists (select from ledger.cluster where kind = 'test') then
            raise exception 'The time given is more than 60 seconds from the server''s clock. Set both clocks.'
                using errcode = 'KP003';
        end if;
    end if;
end $$;

create function ledger.facts(
    p_token text, p_ids uuid[], p_persons bigint[], p_with_family boolean, p_at timestamptz
) returns table (person bigint, public_id uuid, standing text, part text)
language plpgsql stable security definer rows 4 set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    perform ledger.check_clock(p_at);
    select * into asker from ledger.asker(p_token, p_at);
    if not found then
        raise exception 'Nobody is signed in with this token.' using errcode = 'KP001';
    end if;
    return query
        select r.person, r.public_id, r.standing, r.part
        from ledger.reach(asker.service, asker.account, p_ids, p_persons, p_with_family, p_at) r
        where r.standing in ('team', 'service');
end $$;

create function ledger.open(
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
    v_reasoned boolean := p_reason ~ '\S';
begin
    perform ledger.check_clock(p_at);
    if exists (select from ledger_scope where backend = pg_backend_pid()
               and transaction = pg_current_xact_id_if_assigned()) then
        raise exception 'This transaction has its entry already. One transaction, one entry.'
            using errcode = 'KP004';
    end if;
    select * into asker from ledger.asker(p_token, p_at);
    if not found then
        raise exception 'Nobody is signed in with this token.' using errcode = 'KP001';
    end if;
    v_definition := published_in_force(asker.service, v_on);

    -- People asked about alike are answered together: a caseload of fifty is one look at the permits.
    with wanted as (
        select w.person, w.part, w.ledger_id,
               coalesce(w.read, '{}') as read, coalesce(w.record, '{}') as record
        from jsonb_to_recordset(p_allowed)
             as w (person bigint, part text, ledger_id uuid, read text[], record text[])
    ), stood as (
        select w.person, w.read, w.record, r.standing,
               case r.standing when 'new' then w.part else r.part end as part,
               case r.standing when 'new' then w.ledger_id else r.ledger_id end as ledger_id
        from wanted w
        left join ledger.reach(asker.service, asker.account, '{}', array(select person from wanted), false, p_at) r
            using (person)
    ), alike as (
        select standing, part, read, record from stood group by standing, part, read, record
    ), judged as (
        select a.*, reading.clauses || recording.clauses as clauses,
               a.standing is not null
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
        (select coalesce(jsonb_object_agg(person, ledger_id), '{}') from stood where standing = 'new')
            as newcomers,
        (select coalesce(array_agg(ledger_id), '{}') from stood where 'ledger.access' = any (read)) as watched,
        (select coalesce(bool_or(person = 0 and 'ledger.access' = any (read)), false) from stood)
            as watches_service,
        (select array_agg(row (ledger_id, read, record)::ledger_named) from stood
         where ledger_id is not null) as named
    into asked;

    if asked.within is not true or v_definition is null then
        raise exception 'The entry asks for more than the published definition permits.' using errcode = 'KP002';
    end if;

    insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                              definition, clauses, source, reason, request)
    values (p_at, asker.account, asker.process, asker.role, asker.service, asker.organisation, p_act, p_purpose,
            'may', v_definition, asked.clauses, p_source, p_reason, p_request)
    returning id into v_entry;
    insert into ledger_subject (entry_id, ledger_id, service, read, recorded)
    select v_entry, n.ledger_id, asker.service, n.read, n.recorded from unnest(asked.named) n;

    insert into ledger_scope values (pg_backend_pid(), pg_current_xact_id(), v_entry, asker.service, v_definition,
        p_source, asked.reads, asked.records, asked.newcomers, asked.watched, asked.watches_service)
    on conflict (backend) do update set transaction = excluded.transaction, entry = excluded.entry,
        service = excluded.service, definition = excluded.definition, source = excluded.source,
        reads = excluded.reads, records = excluded.records, newcomers = excluded.newcomers,
        watched = excluded.watched, watches_service = excluded.watches_service;
    return query select v_entry, v_definition;
end $$;

-- A refusal is an entry too. It names the people the address belongs to, where it belongs to anybody, in
-- whichever service; the asker is told the same either way.
create function ledger.refuse(
    p_token text, p_act text, p_purpose text, p_ids uuid[], p_clauses text[], p_reason text, p_request text,
    p_at timestamptz
) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker record;
    v_entry bigint;
begin
    perform ledger.check_clock(p_at);
    select * into asker from ledger.asker(p_token, p_at);
    if not found then
        raise exception 'Nobody is signed in with this token.' using errcode = 'KP001';
    end if;
    insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                              definition, clauses, source, reason, request)
    values (p_at, asker.account, asker.process, asker.role, asker.service, asker.organisation, p_act, p_purpose,
            'must not', published_in_force(asker.service, (p_at at time zone 'Europe/London')::date),
            p_clauses, '', p_reason, p_request)
    returning id into v_entry;
    insert into ledger_subject (entry_id, ledger_id, service, read, recorded)
    select v_entry, w.ledger_id, w.service, '{}', '{}' from ledger.whose(p_ids) w;
    return v_entry;
end $$;

-- What policies ask. Each answers only for the entry of this very transaction; with none, with a forged one or
-- an old one, the answer is nobody.
create function ledger.people_for(p_item text, p_act text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select (case p_act when 'read' then reads else records end ->> p_item)::bigint[] from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned());
end $$;

create function ledger.entry() returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select entry from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned());
end $$;

create function ledger.service() returns text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select service from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned());
end $$;

-- Whether a row's own account of itself (its entry, service, definition and source) is this entry's.
create function ledger.is_this_entry(p_entry bigint, p_service text, p_definition bigint, p_source text)
returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned()
              and entry = p_entry and service = p_service and definition = p_definition and source = p_source);
end $$;

create function ledger.registers(p_person bigint, p_ledger_id uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned()
              and newcomers ->> p_person::text = p_ledger_id::text);
end $$;

create function ledger.watched() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select watched from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned());
end $$;

create function ledger.watched_service() returns text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select service from ledger_scope
            where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned()
              and watches_service);
end $$;

alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
alter table ledger_subject enable row level security;
alter table ledger_subject force row level security;
create policy guard on ledger_entry to kept_guard using (true) with check (true);
create policy guard on ledger_subject to kept_guard using (true) with check (true);
create policy read_by_whom_the_law_names on ledger_subject for select to kept_application using (
    service = (select ledger.watched_service()) or ledger_id = any ((select ledger.watched())::uuid[]));
create policy read_by_whom_the_law_names on ledger_entry for select to kept_application using (
    service = (select ledger.watched_service())
    or exists (select from ledger_subject s where s.entry_id = ledger_entry.id));
grant select on ledger_entry, ledger_subject to kept_application;

-- The definer functions belong to a role nobody can log in as; who may call which is said here and nowhere else.
do $$
declare f text;
begin
    foreach f in array array[
        'ledger.check_clock(timestamptz)',
        'ledger.facts(text, uuid[], bigint[], boolean, timestamptz)',
        'ledger.open(text, text, text, jsonb, text, text, text, timestamptz)',
        'ledger.refuse(text, text, text, uuid[], text[], text, text, timestamptz)',
        'ledger.people_for(text, text)', 'ledger.entry()', 'ledger.service()', 'ledger.is_this_entry(bigint, text, bigint, text)',
        'ledger.registers(bigint, uuid)', 'ledger.watched()', 'ledger.watched_service()'
    ] loop
        execute format('grant execute on function %s to kept_application, kept_intake', f);
        execute format('alter function %s owner to kept_guard', f);
    end loop;
end $$;
