-- A membership ends and another begins; what it said while it held is never rewritten, and no day has two.
create function staff_guard_membership() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'A membership is kept. End it instead.' using errcode = 'restrict_violation';
    end if;
    if tg_op = 'UPDATE'
       and (old.account_id, old.role, old.service, old.organisation, old.caseload, old.from_on)
       is distinct from
           (new.account_id, new.role, new.service, new.organisation, new.caseload, new.from_on) then
        raise exception 'A membership is never rewritten. End it and begin another.'
            using errcode = 'restrict_violation';
    end if;
    if exists (select from staff_membership m where m.account_id = new.account_id and m.id <> new.id
               and daterange(m.from_on, m.until_on) && daterange(new.from_on, new.until_on)) then
        raise exception 'The account holds another role on these days. End that membership first.'
            using errcode = 'exclusion_violation';
    end if;
    return new;
end $$;
create trigger staff_guard_membership before insert or update or delete on staff_membership
    for each row execute function staff_guard_membership();

-- Access changes at once: whoever is signed in signs in again, and leaves the teams with the role.
create function staff_membership_changed() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    delete from staff_session where account_id = new.account_id;
    update staff_team_member set until_on = greatest(from_on, new.until_on)
    where account_id = new.account_id and from_on >= new.from_on
      and (until_on is null or until_on > new.until_on);
    return null;
end $$;
create trigger staff_membership_changed after insert or update on staff_membership
    for each row execute function staff_membership_changed();

-- Only a role with a caseload is on a team, and only on one of its own service.
create function staff_guard_team_member() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        raise exception 'That somebody was on a team is kept. End it instead.'
            using errcode = 'restrict_violation';
    end if;
    if tg_op = 'UPDATE' and (old.account_id, old.team_id, old.from_on)
       is distinct from (new.account_id, new.team_id, new.from_on) then
        raise exception 'That somebody was on a team is never rewritten. End it and begin another.'
            using errcode = 'restrict_violation';
    end if;
    if tg_op = 'INSERT' and not exists (
        select from staff_membership m join staff_team t on t.id = new.team_id
        where m.account_id = new.account_id and m.service = t.service and m.caseload
          and daterange(m.from_on, m.until_on) @> new.from_on) then
        raise exception 'Only a role with a caseload in the team''s own service can be on a team.'
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger staff_guard_team_member before insert or update or delete on staff_team_member
    for each row execute function staff_guard_team_member();

-- A new password, or a closed account, signs the account out everywhere.
create function staff_account_changed() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    delete from staff_session where account_id = new.id;
    return null;
end $$;
create trigger staff_account_changed after update on staff_account
    for each row
    when (old.password is distinct from new.password or old.is_active is distinct from new.is_active)
    execute function staff_account_changed();

-- So does losing the last second factor.
create function staff_second_factor_gone() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    delete from staff_session s where s.account_id = old.user_id and not exists (
        select from mfa_authenticator a where a.user_id = old.user_id and a.type in ('totp', 'webauthn'));
    return null;
end $$;
create trigger staff_second_factor_gone after delete on mfa_authenticator
    for each row execute function staff_second_factor_gone();

-- A session never changes hands, is never lengthened once somebody has signed in, and has given no second
-- factor where the account has none. Written for whoever writes sessions by hand.
create function staff_guard_session() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'UPDATE' and old.account_id is not null then
        if new.account_id is distinct from old.account_id or new.session_key <> old.session_key then
            raise exception 'A session never changes hands.' using errcode = 'restrict_violation';
        end if;
        new.signed_in_at := least(new.signed_in_at, old.signed_in_at);
        new.expire_date := least(new.expire_date, old.expire_date);
    end if;
    if new.second_factor_at is not null and not exists (
        select from mfa_authenticator a
        where a.user_id = new.account_id and a.type in ('totp', 'webauthn')) then
        new.second_factor_at := null;
    end if;
    return new;
end $$;
create trigger staff_guard_session before insert or update on staff_session
    for each row execute function staff_guard_session();

create function staff_change_stays() returns trigger language plpgsql as $$
begin
    raise exception 'What was done to somebody''s access stays written.' using errcode = 'restrict_violation';
end $$;
create trigger staff_change_stays before update or delete or truncate on staff_change
    for each statement execute function staff_change_stays();

-- How long a session may be left alone. The one place that says so; the session engine asks here too.
create function ledger.idle() returns interval language sql immutable parallel safe
return interval '30 minutes';

-- Who shows this token: the key of a session, or 'process:' and the secret of a process. One row or none.
-- The caller answers for the time it gives (ledger.check_clock): this function has no clock.
create function ledger.asker(p_token text, p_at timestamptz)
returns table (account bigint, process text, name text, role text, service text, organisation text)
language plpgsql stable security definer rows 1 set search_path = pg_catalog, public, pg_temp as $$
declare
    v_on date := (p_at at time zone 'Europe/London')::date;
begin
    if starts_with(p_token, 'process:') then
        return query
            select null::bigint, p.name, p.name, p.role, p.service, p.organisation
            from staff_process p
            where p.token_hash = encode(sha256(convert_to(substr(p_token, 9), 'UTF8')), 'hex');
    else
        return query
            select a.id, '', a.name, m.role, m.service, m.organisation
            from staff_session s
            join staff_account a on a.id = s.account_id and a.is_active
            join staff_membership m on m.account_id = a.id
                and m.from_on <= v_on and (m.until_on is null or m.until_on > v_on)
            where s.session_key = encode(sha256(convert_to(p_token, 'UTF8')), 'hex')
              and s.expire_date > p_at
              and s.last_seen_at > p_at - ledger.idle()
              and s.second_factor_at is not null;
    end if;
end $$;

-- Nobody but the owner has anything here; then what each role needs, and no more.
do $$
declare
    t text;
begin
    for t in
        select tablename from pg_tables where schemaname = 'public'
        and (split_part(tablename, '_', 1) in ('staff', 'account', 'mfa', 'axes', 'auth')
             or tablename = 'django_content_type')
    loop
        execute format('revoke all on %I from public, kept_guard, kept_door, kept_application, '
                       'kept_publisher, kept_intake', t);
    end loop;
end $$;

grant select on staff_account, staff_membership, staff_team, staff_team_member, staff_session, staff_process
    to kept_guard;

-- What a team is called and where it works is no secret of anybody's.
grant select on staff_team to kept_application, kept_intake;
-- A record says who wrote a note. Of an account, the pages that show records can read that name and nothing else.
grant select (id, name) on staff_account to kept_application;

grant select on staff_account, staff_membership, staff_team, staff_team_member to kept_door;
grant update (password, last_login) on staff_account to kept_door;
grant select, insert, update, delete on staff_session to kept_door;
grant select, insert, delete on staff_second_factor_try to kept_door;
grant usage on sequence staff_second_factor_try_id_seq to kept_door;
grant select, insert, update, delete on mfa_authenticator to kept_door;
grant usage on sequence mfa_authenticator_id_seq to kept_door;
grant select on account_emailaddress to kept_door;
grant select, insert, update, delete on axes_accessattempt, axes_accessattemptexpiration to kept_door;
grant usage on sequence axes_accessattempt_id_seq to kept_door;
grant select, insert, update on axes_accesslog to kept_door;
grant usage on sequence axes_accesslog_id_seq to kept_door;

revoke all on function ledger.idle(), ledger.asker(text, timestamptz) from public;
grant execute on function ledger.idle() to kept_guard, kept_door;
grant execute on function ledger.asker(text, timestamptz)
    to kept_application, kept_intake, kept_door, kept_publisher;
alter function ledger.asker(text, timestamptz) owner to kept_guard;
