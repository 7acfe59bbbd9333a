-- Some of the children on a team's caseload, for the process that gives them to another team: who they are, no more.
create function ledger.children_of_team(p_token text, p_team bigint, p_many integer, p_at timestamptz)
returns table (person bigint)
language plpgsql stable security definer rows 500 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare asker record;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    return query
        select c.person_id from record_caseload_place c
        where asker.process <> '' and c.service = asker.service and c.team_id = p_team and c.until_on is null
        order by c.person_id limit p_many;
end $$;
grant execute on function ledger.children_of_team(text, bigint, integer, timestamptz) to kept_intake;
alter function ledger.children_of_team(text, bigint, integer, timestamptz) owner to kept_guard;
