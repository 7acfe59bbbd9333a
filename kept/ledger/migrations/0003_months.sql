-- The ledger by month. What is there becomes the first part as it is: no row is copied, for none can be. The months
-- to come are made by ledger.make_months; what belongs to none of them goes to the part for the rest, so that nobody's
-- work waits for a month. Parts stand in the schema of the ledger, with no right of anybody's on them: whoever names
-- one directly sees nothing.
grant execute on function ledger.never_changes() to kept_guard;

create table ledger_month (
    from_at timestamptz not null unique,
    until_at timestamptz not null primary key,
    entries text not null,
    subjects text not null
);
comment on table ledger_month is 'the parts of the ledger, by the time of the entries in them';
grant select, insert on ledger_month to kept_guard;

-- Subjects are written by functions alone, together with their entry; what is sealed holds the two together.
do $$
declare v_name text;
begin
    for v_name in select conname from pg_constraint
                  where contype = 'f' and conrelid = 'ledger_subject'::regclass loop
        execute format('alter table ledger_subject drop constraint %I', v_name);
    end loop;
end $$;

-- Numbers go on where they were. A part has no numbers of its own.
do $$
declare
    v_table text;
    v_next bigint;
begin
    foreach v_table in array array['ledger_entry', 'ledger_subject'] loop
        execute format('select last_value + case when is_called then 1 else 0 end from %I_id_seq', v_table) into v_next;
        execute format('alter table %I alter id drop identity if exists', v_table);
        execute format('create sequence %I_id_seq start with %s', v_table, v_next);
        execute format('grant usage on sequence %I_id_seq to kept_guard', v_table);
    end loop;
end $$;

-- No month of either has its own policies, rights or triggers but the one that keeps it as it is.
create function ledger.close_part(p_part text) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    execute format('alter table %s enable row level security', p_part);
    execute format('alter table %s force row level security', p_part);
    execute format('create trigger never_changes before update or delete or truncate on %s'
                   ' for each statement execute function ledger.never_changes()', p_part);
end $$;

drop policy guard on ledger_entry;
drop policy guard on ledger_subject;
drop policy read_by_whom_the_law_names on ledger_entry;
drop policy read_by_whom_the_law_names on ledger_subject;
revoke all on ledger_entry, ledger_subject from kept_guard, kept_application;
drop trigger ledger_entry_never_changes on ledger_entry;
drop trigger ledger_subject_never_changes on ledger_subject;
alter table ledger_subject drop constraint named_once_an_entry;
do $$
declare v_name text;
begin
    for v_name in select format('%s drop constraint %I', conrelid::regclass, conname) from pg_constraint
                  where contype = 'p' and conrelid in ('ledger_entry'::regclass, 'ledger_subject'::regclass) loop
        execute 'alter table ' || v_name;
    end loop;
end $$;
drop index entries_of_a_service, entries_with_a_life_at_risk, entries_about_a_person;
alter table ledger_entry set schema ledger;
alter table ledger.ledger_entry rename to entry_first;
alter table ledger_subject set schema ledger;
alter table ledger.ledger_subject rename to subject_first;

create table ledger_entry (like ledger.entry_first including defaults) partition by range (at);
create table ledger_subject (like ledger.subject_first including defaults) partition by range (at);
alter table ledger_entry alter id set default nextval('ledger_entry_id_seq'), add primary key (id, at);
alter table ledger_subject alter id set default nextval('ledger_subject_id_seq');
alter table ledger_subject add constraint named_once_an_entry unique (entry_id, ledger_id, at);
create index entries_of_a_service on ledger_entry (service, id desc);
create index entries_with_a_life_at_risk on ledger_entry (service, id desc) where purpose = 'vital-interests';
create index entries_about_a_person on ledger_subject (ledger_id, entry_id desc);
alter sequence ledger_entry_id_seq owned by ledger_entry.id;
alter sequence ledger_subject_id_seq owned by ledger_subject.id;

create trigger ledger_entry_never_changes before update or delete or truncate on ledger_entry
    for each statement execute function ledger.never_changes();
create trigger ledger_subject_never_changes before update or delete or truncate on ledger_subject
    for each statement execute function ledger.never_changes();

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
         or exists (select from ledger_subject s where s.entry_id = ledger_entry.id and s.at = ledger_entry.at)));
grant select on ledger_entry, ledger_subject to kept_application;

create table ledger.entry_rest partition of ledger_entry default;
create table ledger.subject_rest partition of ledger_subject default;
select ledger.close_part('ledger.entry_rest');
select ledger.close_part('ledger.subject_rest');

-- All that is there, up to the end of the month of the last of it. Only the guard sees how late that is.
grant select on ledger.entry_first to kept_guard;
create policy guard on ledger.entry_first for select to kept_guard using (true);
do $$
declare v_until timestamptz;
begin
    perform set_config('role', 'kept_guard', true);
    v_until := (select date_trunc('month', greatest(max(at), now()), 'UTC') + interval '1 month' from ledger.entry_first);
    perform set_config('role', 'none', true);
    execute format('alter table ledger_entry attach partition ledger.entry_first for values from (minvalue) to (%L)', v_until);
    execute format('alter table ledger_subject attach partition ledger.subject_first for values from (minvalue) to (%L)', v_until);
    insert into ledger_month values ('-infinity', v_until, 'ledger.entry_first', 'ledger.subject_first');
end $$;
drop policy guard on ledger.entry_first;
revoke all on ledger.entry_first from kept_guard;
select ledger.close_part('ledger.entry_first');
select ledger.close_part('ledger.subject_first');

-- A part is made by whom the tables belong to. That is the guard now, who cannot log in and keeps no right to change
-- a row: one thing fewer that the owner's address is good for.
revoke all on ledger_entry, ledger_subject from kept_owner;
grant create on schema public to kept_guard;
do $$
declare v_table text;
begin
    foreach v_table in array array[
        'ledger_entry', 'ledger_subject', 'ledger.entry_first', 'ledger.subject_first', 'ledger.entry_rest',
        'ledger.subject_rest'
    ] loop
        execute format('alter table %s owner to kept_guard', v_table);
    end loop;
    alter function ledger.close_part(text) owner to kept_guard;
end $$;
revoke create on schema public from kept_guard;
set local role kept_guard;
revoke all on ledger_entry, ledger_subject, ledger.entry_first, ledger.subject_first, ledger.entry_rest,
    ledger.subject_rest from kept_guard;
grant select, insert on ledger_entry, ledger_subject to kept_guard;

-- The months from the one of `p_at` on that are not there yet, oldest first; how many were made. A month of which
-- entries lie in the part for the rest stays there. Joining a part asks for that part for a moment: nobody is kept
-- waiting for longer than a tenth of a second, and where it is in use for longer, a later call makes the month.
create function ledger.make_months(p_at timestamptz, p_many integer) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp set lock_timeout = '100ms' as $$
declare
    v_from timestamptz := greatest(date_trunc('month', p_at, 'UTC'), (select max(until_at) from ledger_month));
    v_last timestamptz := date_trunc('month', p_at, 'UTC') + make_interval(months => least(p_many, 24));
    v_made integer := 0;
    v_month text;
begin
    while v_from < v_last loop
        v_month := to_char(v_from at time zone 'UTC', 'YYYY_MM');
        perform ledger.make_part('entry', v_month, v_from, v_from + interval '1 month');
        perform ledger.make_part('subject', v_month, v_from, v_from + interval '1 month');
        insert into ledger_month
        values (v_from, v_from + interval '1 month', 'ledger.entry_' || v_month, 'ledger.subject_' || v_month);
        v_from := v_from + interval '1 month';
        v_made := v_made + 1;
    end loop;
    return v_made;
exception when lock_not_available or check_violation then
    return 0;
end $$;

create function ledger.make_part(p_kind text, p_month text, p_from timestamptz, p_until timestamptz) returns void
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
    v_part text := format('ledger.%I', p_kind || '_' || p_month);
begin
    execute format('create table %s (like %I including defaults)', v_part, 'ledger_' || p_kind);
    perform ledger.close_part(v_part);
    execute format('revoke all on %s from kept_guard', v_part);
    execute format('alter table %I attach partition %s for values from (%L) to (%L)',
                   'ledger_' || p_kind, v_part, p_from, p_until);
end $$;
grant execute on function ledger.make_months(timestamptz, integer) to kept_sealer;
reset role;
