-- As in 0023, and which of these entries a view held back that was prepared before, of this person or of another whom
-- the entry names: what could have put a mother at risk yesterday is not shown in her child's list today. For whom it was
-- held back, and why, is told to nobody.
set local role kept_guard;
create or replace function ledger.could_endanger(p_entries bigint[], p_ats timestamptz[]) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return array(
        select distinct s.entry_id from unnest(p_entries, p_ats) as asked (entry, at)
        join ledger_subject s on s.entry_id = asked.entry and s.at = asked.at
        where exists (select from ledger_subject w
                      where w.entry_id = s.entry_id and w.at = s.at and w.ledger_id = any (ledger.watched()))
          and (exists (select from record_person p join record_restriction t on t.person_id = p.id
                       where p.ledger_id = s.ledger_id)
               or exists (select from record_looked_line l where l.number = s.entry_id and not l.shown)));
end $$;
reset role;
