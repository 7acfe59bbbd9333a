-- The ledger is kept by month: whoever looks an entry up says when it was, so that one month is looked into.
set local role kept_guard;
create or replace function ledger.is_hidden_beside(p_person bigint, p_child bigint, p_what text, p_on date) returns boolean
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
declare
    v_since date := (select min(from_on) from record_restriction
                     where person_id = p_person and what = p_what
                       and from_on <= p_on and (until_on is null or until_on > p_on));
begin
    return v_since is not null
        and not exists (select from record_restriction
                        where person_id = p_person and child_id = p_child and what = p_what and shows
                          and from_on <= p_on and (until_on is null or until_on > p_on))
        and not exists (select from record_date_of_birth b
                        join record_relationship r on r.child_id = b.person_id and r.person_id = p_person
                        join ledger_entry e on e.id = r.entry_id and e.at = r.recorded_at and e.process <> ''
                        where b.person_id = p_child and b.until_on is null and b.born_on >= v_since);
end $$;

create or replace function ledger.known_through(p_what text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_named bigint[] := ledger.people_for('*', 'read');
    v_open bigint[] := ledger.people_for('care.restriction', 'read');
    v_process text;
    v_on date;
begin
    select e.process, (o.at at time zone 'Europe/London')::date into v_process, v_on
    from ledger.opened o join ledger_entry e on e.id = o.entry and e.at = o.at;
    if session_user = 'kept_intake' and v_process <> '' then
        return v_named;
    end if;
    return array(select t.person_id from record_restriction t
                 where t.person_id = any (v_named) and t.what = p_what and exists (
                     select from unnest(v_open) child
                     where (child = t.child_id or exists (
                               select from record_relationship r where r.person_id = t.person_id and r.child_id = child))
                       and not ledger.is_hidden_beside(t.person_id, child, p_what, v_on)));
end $$;

create or replace function ledger.left_out_of_households() returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    v_process text;
    v_on date;
begin
    select e.process, (o.at at time zone 'Europe/London')::date into v_process, v_on
    from ledger.opened o join ledger_entry e on e.id = o.entry and e.at = o.at;
    if session_user = 'kept_intake' and v_process <> '' then
        return '{}';
    end if;
    return array(select h.member_id from record_household_member h
                 join record_restriction t on t.person_id = h.member_id and t.from_on <= v_on
                     and (t.until_on is null or t.until_on > v_on)
                 where h.person_id = any (ledger.people_for('household.members', 'read'))
                   and (t.what = 'address' or ledger.is_hidden_beside(h.member_id, h.person_id, 'person', v_on)));
end $$;

create or replace function ledger.opened_with_life_at_risk(p_token text, p_id uuid, p_since timestamptz, p_at timestamptz)
returns table (reason text, opened_at timestamptz)
language plpgsql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        select e.reason, e.at
        from record_person p
        join ledger_subject s on s.ledger_id = p.ledger_id
        join ledger_entry e on e.id = s.entry_id and e.at = s.at
        where p.public_id = p_id and s.at > p_since and e.account = asker.account and e.at > p_since and e.outcome = 'may'
          and e.service = asker.service and e.purpose = 'vital-interests'
          and e.act = 'open a record with a life at risk'
        order by e.id desc limit 1;
end $$;
reset role;
