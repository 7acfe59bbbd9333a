-- What waits for its seal. Every entry comes here as it is written, by whichever function; the sealer takes it away as
-- it seals it. So a transaction that took long is sealed after those that were quicker, and nothing has to be
-- remembered about transactions that a restored database would not know.
create table ledger_unsealed (
    entry bigint primary key,
    at timestamptz not null
);
create function ledger.awaits_its_seal() returns trigger language plpgsql as $$
begin
    insert into public.ledger_unsealed values (new.id, new.at);
    return null;
end $$;
grant execute on function ledger.awaits_its_seal() to kept_guard;
grant insert on ledger_unsealed to kept_guard;
grant select on ledger_unsealed to kept_guard;
grant select, delete on ledger_unsealed to kept_sealer;
set local role kept_guard;
-- A trigger on the table is one on each part, which takes a right on each.
do $$
declare v_part text;
begin
    for v_part in select relid::regclass::text from pg_partition_tree('ledger_entry') loop
        execute format('grant trigger on %s to kept_guard', v_part);
    end loop;
    create trigger awaits_its_seal after insert on ledger_entry for each row execute function ledger.awaits_its_seal();
    for v_part in select relid::regclass::text from pg_partition_tree('ledger_entry') loop
        execute format('revoke trigger on %s from kept_guard', v_part);
    end loop;
end $$;
create or replace function ledger.make_part(p_kind text, p_month text, p_from timestamptz, p_until timestamptz)
returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    v_part text := format('ledger.%I', p_kind || '_' || p_month);
begin
    execute format('create table %s (like %I including defaults)', v_part, 'ledger_' || p_kind);
    perform ledger.close_part(v_part);
    execute format('alter table %I attach partition %s for values from (%L) to (%L)',
                   'ledger_' || p_kind, v_part, p_from, p_until);
    execute format('revoke all on %s from kept_guard', v_part);
end $$;
insert into ledger_unsealed select id, at from ledger_entry;
create policy sealer on ledger_entry for select to kept_sealer using (true);
create policy sealer on ledger_subject for select to kept_sealer using (true);
grant select on ledger_entry, ledger_subject to kept_sealer;
reset role;

-- One batch of entries under one head. The head is what is signed: number, size, root, time, whether nothing waited any
-- more, key, and the hash of the head before. The leaves stay when their entries are let go.
create table ledger_seal (
    number bigint primary key,
    size bigint not null unique,         -- leaves in the tree, with this batch
    entries int8multirange not null,     -- the batch, in the order of their numbers
    leaves bytea not null,               -- their hashes, 32 bytes each
    frontier bytea not null,             -- the hashes of the whole subtrees, the largest first
    root bytea not null,
    sealed_at timestamptz not null,
    caught_up boolean not null,
    key text not null,
    previous bytea not null,
    signature bytea not null
);
alter table ledger_seal alter leaves set storage external, alter frontier set storage external;
create index seals_of_an_entry on ledger_seal using gist (entries);

-- The public halves of the keys that sealed. Each but the first is signed by the one before it, or says that it was lost.
create table ledger_key (
    id text primary key,
    public bytea not null,
    from_at timestamptz not null unique,
    before text not null,
    signature bytea not null
);
create trigger never_changes before update or delete or truncate on ledger_seal
    for each statement execute function ledger.never_changes();
create trigger never_changes before update or delete or truncate on ledger_key
    for each statement execute function ledger.never_changes();
grant select, insert on ledger_seal, ledger_key to kept_sealer;

-- Whether entries may be dated by hand here: what verifying cannot hold against one.
set local role kept_guard;
create function ledger.takes_any_time() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (select from ledger.cluster where kind = 'test');
end $$;
grant execute on function ledger.takes_any_time() to kept_sealer;

-- How many entries wait for their seal, and since when: for those who run the program, and nothing about anybody.
create function ledger.unsealed() returns table (work text, number bigint, since timestamptz)
language sql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
    select 'entries-to-seal', count(*), min(at) from ledger_unsealed
$$;
grant execute on function ledger.unsealed() to kept_monitor;
reset role;
