-- Nothing is sent to or about somebody who died, whoever asks. For letters: whether anybody whom the open entry names
-- for a letter (it may read which notice they had) died. It says no more of anybody than that.
create function ledger.somebody_died(p_persons bigint[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from record_death d
        where d.person_id = any (p_persons) and d.until_on is null
          and d.person_id = any (ledger.people_for('care.notice-given', 'read')));
end $$;
grant execute on function ledger.somebody_died(bigint[]) to kept_application;
alter function ledger.somebody_died(bigint[]) owner to kept_guard;
