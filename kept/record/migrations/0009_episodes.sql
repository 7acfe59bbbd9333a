-- Whether an account is named as the one who looks after this person, or, of an adult, after a child of theirs. It
-- says who stands `named`, and only to whoever is on the team: ledger.reach (0003) asks it of those alone, and has it
-- written out in its query: hence no settings of its own.
create function ledger.is_named_for(p_account bigint, p_person bigint, p_part text, p_on date) returns boolean
language sql stable as $$
    select exists (
        select from public.record_named_professional n
        where n.account = p_account and n.from_on <= p_on and (n.until_on is null or n.until_on > p_on)
          and (n.person_id = p_person or p_part <> 'child' and exists (
                  select from public.record_relationship r
                  where r.person_id = p_person and r.child_id = n.person_id
                    and (r.until_on is null or r.until_on > p_on))))
$$;
alter function ledger.is_named_for(bigint, bigint, text, date) owner to kept_guard;

-- The practitioners of the teams that look after a child of the asker's service: who can be named for the child.
create function ledger.practitioners_of(p_token text, p_child bigint, p_at timestamptz)
returns table (account bigint, name text)
language plpgsql stable security definer rows 10 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        select distinct a.id, a.name
        from ledger.reach(asker.service, asker.account, '{}', array[p_child], false, p_at) r
        join record_caseload_place c on c.person_id = r.person
            and c.from_on <= v_on and (c.until_on is null or c.until_on > v_on)
        join staff_team_member m on m.team_id = c.team_id
            and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on)
        join staff_membership s on s.account_id = m.account_id and s.service = asker.service
            and s.role = 'practitioner' and s.from_on <= v_on and (s.until_on is null or s.until_on > v_on)
        join staff_account a on a.id = m.account_id and a.is_active
        where r.standing in ('named', 'team', 'service')
        order by a.name, a.id;
end $$;
grant execute on function ledger.practitioners_of(text, bigint, timestamptz) to kept_application;
alter function ledger.practitioners_of(text, bigint, timestamptz) owner to kept_guard;
