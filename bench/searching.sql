-- People to be searched, from the staging tables `given` and `family` (names with their keys' letters, the commonest
-- first): a child for each number n, 2n - 1, and the mother, 2n. Names are as uneven as real ones: the commonest family
-- name is that of one person in a hundred. Each child has a number of the range that is never issued, as far as it goes.
create temporary table baby on commit drop as
select n, 1 + n %% %(teams)s as team,
       1 + floor((select count(*) from given) * power(random(), 1.6))::int as child_given,
       1 + floor((select count(*) from given) * power(random(), 1.6))::int as mother_given,
       1 + floor((select count(*) from family) * power(random(), 2.15))::int as family,
       %(today)s::date - (100 + floor(1600 * random()))::int as born_on,
       date '1985-01-01' + floor(6000 * random())::int as mother_born_on,
       'CT' || 1 + n %% 60 || ' ' || n / 60 %% 10 || chr(65 + (n / 600 %% 20)::int) || chr(65 + (n / 12000 %% 20)::int)
           as postcode
from generate_series(1, %(children)s) n;

create temporary table member on commit drop as
select 2 * n - 1 as person, n, 'child' as part, child_given as given, family, born_on, postcode from baby
union all
select 2 * n, n, 'parent', mother_given, family, mother_born_on, postcode from baby;

insert into record_person (id, part, public_id, ledger_id, {held})
select person, part, gen_random_uuid(), gen_random_uuid(), {values} from member;

insert into record_name (person_id, given, family, from_on, {held})
select person, g.name, f.name, born_on, {values}
from member m join given g on g.id = m.given join family f on f.id = m.family;

insert into record_search_key (person_id, key, from_on, {held})
select person, k, born_on, {values}
from member m join given g on g.id = m.given join family f on f.id = m.family,
     unnest(array[g.key || ' ' || f.key, f.key || ' ' || g.key]) k;

insert into record_date_of_birth (person_id, born_on, from_on, {held})
select person, born_on, born_on, {values} from member;

insert into record_nhs_number (person_id, number, status, from_on, {held})
select 2 * n - 1, number, '01', born_on, {values} from baby join number using (n);

insert into record_address (person_id, lines, postcode, authority, from_on, {held})
select person, n %% 200 + 1 || ' Hopbine Lane', postcode, 'Kent', born_on, {values} from member;

insert into record_relationship (person_id, child_id, kind, from_on, {held})
select 2 * n, 2 * n - 1, 'BPM', born_on, {values} from baby;

insert into record_caseload_place (person_id, team_id, from_on, {held})
select 2 * n - 1, team, born_on, {values} from baby;

-- One child in a thousand is restricted.
insert into record_restriction (person_id, child_id, what, reason, from_on, {held})
select 2 * n - 1, 2 * n - 1, 'person', 'A refuge', born_on, {values} from baby where n %% 1000 = 7;

select setval('record_person_id_seq', (select max(id) from record_person));
