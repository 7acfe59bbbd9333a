-- What the entry of this very transaction opens. One row a backend, written over by each entry; it counts only
-- while the transaction that wrote it runs, so it is worth nothing to a later one. Unlogged: a crash ends every
-- transaction that could have used it.
create unlogged table ledger_scope (
    backend integer primary key,
    transaction xid8 not null,
    opened_at timestamptz not null,
    entry bigint not null,
    service text not null,
    definition bigint not null,
    source text not null,
    at timestamptz not null,
    reads jsonb not null,       -- item → the ids of the people it may be read about, as an array's text
    records jsonb not null,     -- item → the ids of the people it may be recorded about
    newcomers jsonb not null,   -- id of a person registered by this entry → ledger id and part
    watched uuid[] not null,    -- ledger ids of the people whose entries may be read
    watches_service boolean not null
) with (fillfactor = 50);

-- The open entry of this very transaction; empty where there is none. Whoever sends queries may set the
-- time-outs of a session aside, so an entry opens for five minutes and not for as long as somebody holds on.
create view ledger.opened as
    select * from ledger_scope
    where backend = pg_backend_pid() and transaction = pg_current_xact_id_if_assigned()
      and opened_at > clock_timestamp() - interval '5 minutes';

grant select, insert, update on ledger_scope to kept_guard;
alter view ledger.opened owner to kept_guard;

-- What policies ask. Each answers only for the entry of this very transaction; with none, with a forged one or
-- an old one, the answer is nobody. They are asked for each table of each query: every name in them is qualified, so
-- that none needs a search path of its own, which would cost a fifth of their time.

-- The service, where the entry opens any of these items about anybody. Policies compare it twice with a row's own
-- (see kept/ledger/protection.py).
create function ledger.service_for(variadic p_items text[]) returns text
language plpgsql stable security definer as $$
begin
    return (select o.service from ledger.opened o where o.reads operator(pg_catalog.?|) p_items
                                                     or o.records operator(pg_catalog.?|) p_items);
end $$;

create function ledger.people_for(p_item text, p_act text) returns bigint[]
language plpgsql stable security definer as $$
begin
    return (select (case when p_act operator(pg_catalog.=) 'read' then o.reads else o.records end
                    operator(pg_catalog.->>) p_item)::pg_catalog.int8[] from ledger.opened o);
end $$;

-- The same for every item at once: item → people, for tables whose rows name their own item.
create function ledger.people_by_item(p_act text) returns jsonb
language plpgsql stable security definer as $$
begin
    return (select case when p_act operator(pg_catalog.=) 'read' then o.reads else o.records end
            from ledger.opened o);
end $$;

create function ledger.entry() returns bigint language plpgsql stable security definer as $$
begin
    return (select o.entry from ledger.opened o);
end $$;

-- Whether a row's own account of itself (its entry, service, definition, source and time) is this entry's.
create function ledger.is_this_entry(
    p_entry bigint, p_service text, p_definition bigint, p_source text, p_at timestamptz
) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from ledger.opened where entry = p_entry and service = p_service
                   and definition = p_definition and source = p_source and at = p_at);
end $$;

-- The same, told: what a row that is written now has to say of itself. Empty where no entry is open.
create function ledger.this_entry(
    out entry bigint, out service text, out definition bigint, out source text, out at timestamptz
) returns setof record
language plpgsql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
begin
    return query select o.entry, o.service, o.definition, o.source, o.at from ledger.opened o;
end $$;

create function ledger.registers(p_person bigint, p_ledger_id uuid, p_part text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from ledger.opened where newcomers -> p_person::text
                   = jsonb_build_object('ledger_id', p_ledger_id, 'part', p_part));
end $$;

-- Whether the entry may read entries at all. The first condition, for what an asker adds is tried after it.
create function ledger.watches() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from ledger.opened where watches_service or watched <> '{}');
end $$;

create function ledger.watched() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select watched from ledger.opened);
end $$;

create function ledger.watched_service() returns text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (select service from ledger.opened where watches_service);
end $$;

alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
alter table ledger_subject enable row level security;
alter table ledger_subject force row level security;
create policy guard on ledger_entry to kept_guard using (true) with check (true);
create policy guard on ledger_subject to kept_guard using (true) with check (true);
create policy read_by_whom_the_law_names on ledger_subject for select to kept_application using (
    (select ledger.watches())
    and (service = (select ledger.watched_service()) or ledger_id = any ((select ledger.watched())::uuid[])));
create policy read_by_whom_the_law_names on ledger_entry for select to kept_application using (
    (select ledger.watches())
    and (service = (select ledger.watched_service())
         or exists (select from ledger_subject s where s.entry_id = ledger_entry.id)));
grant select on ledger_entry, ledger_subject to kept_application;

-- Who may call these is said here and nowhere else.
do $$
declare f text;
begin
    foreach f in array array[
        'ledger.service_for(text[])', 'ledger.people_for(text, text)', 'ledger.people_by_item(text)',
        'ledger.entry()',
        'ledger.is_this_entry(bigint, text, bigint, text, timestamptz)', 'ledger.registers(bigint, uuid, text)',
        'ledger.this_entry()', 'ledger.watches()', 'ledger.watched()', 'ledger.watched_service()'
    ] loop
        execute format('grant execute on function %s to kept_application, kept_intake', f);
        execute format('alter function %s owner to kept_guard', f);
    end loop;
end $$;
