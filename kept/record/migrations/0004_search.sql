-- Finding people. A name is found by its keys (record_search_key: each part of it in plain letters, then the others),
-- the rest by what the tables hold. Numbers have an index already.
create index people_born_on on record_date_of_birth (service, born_on) include (person_id) where until_on is null;
create index people_at_a_postcode on record_address (service, upper(replace(postcode, ' ', ''))) include (person_id)
    where until_on is null and kind = 'ordinary';
-- Places on a caseload that have an end, beside those that have none: together they are a team's children on a day.
create index children_of_a_team_until on record_caseload_place (team_id, until_on) include (person_id)
    where until_on is not null;

-- Everybody on the caseloads of an account's teams: the children, and those who belong to one of them. A search by
-- such an asker begins here and never touches anybody else: it cannot take longer for whoever is hidden from them.
create function ledger.people_of_teams(p_service text, p_account bigint, p_on date) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off as $$
declare
    v_teams bigint[] := array(select m.team_id from staff_team_member m where m.account_id = p_account
                              and m.from_on <= p_on and (m.until_on is null or m.until_on > p_on));
    v_children bigint[];
begin
    v_children := array(
        select c.person_id from record_caseload_place c
        where c.team_id = any (v_teams) and c.until_on is null and c.from_on <= p_on and c.service = p_service
        union
        select c.person_id from record_caseload_place c
        where c.team_id = any (v_teams) and c.until_on > p_on and c.from_on <= p_on and c.service = p_service);
    return v_children || array(
        select distinct r.person_id from record_relationship r
        where r.child_id = any (v_children) and (r.until_on is null or r.until_on > p_on));
end $$;

-- People of a whole service who may fit, by what leaves the fewest: a number, a postcode, a day, a name. Nobody has
-- more than 16 keys, so that these rows hold more people than one search shows, where there are so many.
create function ledger.people_of_service(
    p_service text, p_words text[], p_born_on date, p_number text, p_postcode text
) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off as $$
begin
    if p_number <> '' then
        return array(select person_id from record_nhs_number
                     where service = p_service and number = p_number and until_on is null);
    elsif p_postcode <> '' then
        return array(select person_id from record_address
                     where service = p_service and upper(replace(postcode, ' ', '')) = p_postcode
                       and kind = 'ordinary' and until_on is null);
    elsif p_born_on is not null then
        return array(select person_id from record_date_of_birth
                     where service = p_service and born_on = p_born_on and until_on is null);
    end if;
    return array(
        select distinct k.person_id from (
            select person_id from record_search_key
            where service = p_service and until_on is null
              and key >= p_words[1] and key < p_words[1] || chr(1114111)
              and key like all (array(select '% ' || word || '%' from unnest(p_words[2:]) word))
            order by key limit 51 * 16) k);
end $$;

-- Those of some people whom everything fits that was typed; restricted people are left out, and so are addresses that
-- are. Each condition leaves fewer for the next, and asks an index for those people alone.
create function ledger.people_who_fit(
    p_people bigint[], p_parts text[], p_words text[], p_born_on date, p_number text, p_postcode text, p_on date
) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    v_left bigint[] := p_people;
begin
    if p_words <> '{}' then
        v_left := array(
            select distinct person_id from record_search_key
            where person_id = any (v_left) and until_on is null
              and key >= p_words[1] and key < p_words[1] || chr(1114111)
              and key like all (array(select '% ' || word || '%' from unnest(p_words[2:]) word)));
    end if;
    if p_number <> '' then
        v_left := array(select person_id from record_nhs_number
                        where person_id = any (v_left) and until_on is null and number = p_number);
    end if;
    if p_postcode <> '' then
        v_left := array(select person_id from record_address
                        where person_id = any (v_left) and until_on is null and kind = 'ordinary'
                          and upper(replace(postcode, ' ', '')) = p_postcode);
    end if;
    if p_born_on is not null then
        v_left := array(select person_id from record_date_of_birth
                        where person_id = any (v_left) and until_on is null and born_on = p_born_on);
    end if;
    return array(
        select fits.person from (
            select p.id as person from record_person p
            where p.id = any (v_left) and p.part = any (p_parts)
            order by p.id
            offset 0
        ) fits
        where not ledger.is_restricted(fits.person, p_on)
        limit 51);
end $$;

-- Search: finds within the asker's reach, leaves out restricted people, writes one entry that names everybody whom it
-- shows, at most 50, and opens that much about them for the rest of the transaction. An adult's children, who have the
-- record, are shown with the adult, as far as they are within reach.
--
-- p_allowed says how the asker may stand to whom, and what is read of them: [{"standing", "part", "read"}]. It must
-- name every item that is searched by: otherwise a search would tell what a page withholds. It is measured against the
-- permits before anybody is looked for, so that a refusal tells nothing. The words searched for are written nowhere.
create function ledger.search(
    p_token text, p_purpose text, p_allowed jsonb, p_words text[], p_born_on date, p_number text, p_postcode text,
    p_request text, p_at timestamptz
) returns table (person bigint, fits boolean, more boolean)
language plpgsql security definer rows 50 set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    asker record;
    asked record;
    v_on date := (p_at at time zone 'Europe/London')::date;
    v_definition bigint;
    v_needed text[] := array_remove(array[
        case when p_words <> '{}' then 'identity.name' end,
        case when p_born_on is not null then 'identity.date-of-birth' end,
        case when p_number <> '' then 'identity.nhs-number' end,
        case when p_postcode <> '' then 'identity.address' end], null);
    v_people bigint[];
    v_found bigint[];
    v_shown bigint[];
    v_more boolean;
    v_opened jsonb;
begin
    select * into asker from ledger.who_asks(p_token, p_at);
    if v_needed = '{}' or '' = any (p_words) then
        raise exception 'A search looks for something.' using errcode = 'KP006';
    end if;
    v_definition := published_in_force(asker.service, v_on);
    select coalesce(bool_and(coalesce(
               w.read @> v_needed and w.read <@ permitted.items and w.standing in ('named', 'team', 'service'), false)), false)
               as within,
           coalesce(bool_or(w.standing = 'service'), false) as whole_service,
           array_agg(w.part) as parts,
           array(select distinct c from jsonb_array_elements(jsonb_agg(permitted.clauses)) a,
                                        jsonb_array_elements_text(a) c) as clauses
    into asked
    from jsonb_to_recordset(p_allowed) as w (standing text, part text, read text[])
    cross join lateral (
        select coalesce(array_agg(u.item), '{}') as items,
               coalesce(jsonb_agg(u.clause) filter (where u.item = any (w.read)), '[]') as clauses
        from published_permit p, unnest(p.items, p.clauses) as u (item, clause)
        where p.definition_id = v_definition and p.role = asker.role and p.purpose = p_purpose
          and p.act = 'read' and p.standing = w.standing and p.part = w.part and p.source = ''
          and p.from_on <= v_on and (p.until_on is null or p.until_on > v_on)
          and u.item <> all (p.reasoned)
    ) permitted;
    if not asked.within or v_definition is null then
        raise exception 'The search asks for more than the published definition permits.' using errcode = 'KP002';
    end if;

    if asked.whole_service then
        v_people := ledger.people_of_service(asker.service, p_words, p_born_on, p_number, p_postcode);
    else
        v_people := ledger.people_of_teams(asker.service, asker.account, v_on);
    end if;
    -- Whoever was found by a name alone has it.
    v_found := ledger.people_who_fit(v_people, asked.parts,
                                     case when asked.whole_service and v_needed = '{identity.name}' then '{}'
                                          else p_words end,
                                     p_born_on, p_number, p_postcode, v_on);
    v_shown := array(
        select x.person from (
            select f.person, f.place, 0 as beside from unnest(v_found[:50]) with ordinality f (person, place)
            union all
            select r.child_id, f.place, 1 from unnest(v_found[:50]) with ordinality f (person, place)
            join record_relationship r on r.person_id = f.person and (r.until_on is null or r.until_on > v_on)
            where not ledger.is_restricted(r.child_id, v_on)) x
        group by x.person order by min(x.place), min(x.beside), x.person limit 50);
    v_more := not v_found <@ v_shown;
    select jsonb_agg(jsonb_build_object('person', r.person, 'read', w.read)), array_agg(r.person)
    into v_opened, v_shown
    from ledger.reach(asker.service, asker.account, '{}', v_shown, false, p_at) r
    join jsonb_to_recordset(p_allowed) as w (standing text, part text, read jsonb)
        on w.standing = r.standing and w.part = r.part;

    if v_opened is not null then
        perform ledger.open(p_token, 'search', p_purpose, v_opened, '', '', p_request, p_at);
    else
        insert into ledger_entry (at, account, process, role, service, organisation, act, purpose, outcome,
                                  definition, clauses, source, reason, request)
        values (p_at, asker.account, asker.process, asker.role, asker.service, asker.organisation, 'search', p_purpose,
                'may', v_definition, asked.clauses, '', '', p_request);
    end if;
    return query
        select s.person, s.person = any (v_found[:50]), v_more from unnest(v_shown) s (person);
end $$;

grant execute on function ledger.search(text, text, jsonb, text[], date, text, text, text, timestamptz)
    to kept_application;
alter function ledger.people_of_teams(text, bigint, date) owner to kept_guard;
alter function ledger.people_of_service(text, text[], date, text, text) owner to kept_guard;
alter function ledger.people_who_fit(bigint[], text[], text[], date, text, text, date) owner to kept_guard;
alter function ledger.search(text, text, jsonb, text[], date, text, text, text, timestamptz) owner to kept_guard;
