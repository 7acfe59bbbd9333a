-- As before; and a child whose care ended because they died has died, also where whoever ended it may write no death.
set local role kept_guard;
create or replace function ledger.somebody_died(p_persons bigint[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from unnest(p_persons) as p (person)
        where p.person = any (ledger.people_for('care.notice-given', 'read'))
          and (exists (select from record_death d where d.person_id = p.person and d.until_on is null)
               or (exists (select from record_episode e where e.person_id = p.person and e.ended_because = 'died')
                   and not exists (select from record_episode e where e.person_id = p.person and e.until_on is null))));
end $$;
reset role;
