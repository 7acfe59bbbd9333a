-- The addresses of the privacy officers of the asker's service today: of nobody else's, and of no other role.
create function ledger.privacy_officers(p_token text, p_at timestamptz) returns table (email text)
language plpgsql stable security definer rows 3 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        select a.email from staff_account a join staff_membership m on m.account_id = a.id
        where m.service = asker.service and m.role = 'privacy-officer' and a.is_active
          and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on)
        order by a.email;
end $$;
grant execute on function ledger.privacy_officers(text, timestamptz) to kept_application;
alter function ledger.privacy_officers(text, timestamptz) owner to kept_guard;
