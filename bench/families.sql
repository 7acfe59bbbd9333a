-- Families from the staging table `loading`, one row a child: into every table that a message and six contacts
-- fill. Numbers are given, not drawn, so that each statement is one set: a child is 2n - 1, its mother 2n; after what
-- was written meanwhile (m = n + taken) the entry that registered both is m, and contact k of the child 6 (m - 1) + k.
insert into ledger_entry (id, at, process, role, service, organisation, act, purpose, outcome, definition, clauses,
                          source, reason, request)
select n + %(taken)s, %(at)s, 'intake', 'intake', %(service)s, %(organisation)s, 'register a family', %(service)s, 'may',
       %(definition)s, '{hv-3.01}', 'health-organisation', '', ''
from loading;

create temporary table member on commit drop as
select 2 * n - 1 as person, n, 'child' as part, child_given as given, family, born_on, child_number as number
from loading
union all
select 2 * n, n, 'parent', mother_given, family, mother_born_on, mother_number from loading;

insert into record_person (id, part, public_id, ledger_id, {held})
select person, part, gen_random_uuid(), gen_random_uuid(), {values} from member;

insert into ledger_subject (entry_id, at, ledger_id, service, read, recorded, standing, part)
select p.entry_id, p.recorded_at, p.ledger_id, p.service, '{}',
       '{identity.name,identity.date-of-birth,identity.nhs-number}', 'new', p.part
from record_person p join loading on p.entry_id = n + %(taken)s;

insert into record_name (person_id, given, family, from_on, {held})
select person, given, family, born_on, {values} from member;

insert into record_date_of_birth (person_id, born_on, from_on, {held})
select person, born_on, born_on, {values} from member;

insert into record_nhs_number (person_id, number, status, from_on, {held})
select person, number, '01', born_on, {values} from member where number is not null;

insert into record_address (person_id, lines, postcode, authority, from_on, {held})
select m.person, l.lines, l.postcode, 'Kent', l.born_on, {values} from member m join loading l using (n);

insert into record_sex (person_id, code, from_on, {held})
select 2 * n - 1, sex, born_on, {values} from loading;

insert into record_gp_practice (person_id, ods_code, practice, phone, from_on, {held})
select 2 * n - 1, ods_code, practice, '01632 960100', born_on, {values} from loading;

insert into record_phone (person_id, number, from_on, {held})
select 2 * n, phone, born_on, {values} from loading;

insert into record_relationship (person_id, child_id, kind, from_on, {held})
select 2 * n, 2 * n - 1, 'BPM', born_on, {values} from loading;

insert into record_parental_responsibility (person_id, child_id, responsible, evidence, from_on, {held})
select 2 * n, 2 * n - 1, true, '', born_on, {values} from loading;

insert into record_household_member (person_id, member_id, from_on, {held})
select 2 * n - 1, 2 * n, born_on, {values} from loading;

insert into record_caseload_place (person_id, team_id, from_on, {held})
select 2 * n - 1, team, born_on, {values} from loading;

insert into record_episode (person_id, from_on, serves_until_on, {held})
select 2 * n - 1, born_on, born_on + 1826, {values} from loading;

insert into record_notice_given (id, person_id, version_id, format, "on", why_not, {held})
select n + %(taken)s, 2 * n - 1, %(definition)s, 'easy-read', born_on + 12, '', {values} from loading;

create temporary table visit on commit drop as
select 6 * (n + %(taken)s - 1) + k as contact, n, k, born_on + (array[12, 30, 45, 60, 75, 90])[k] as "on", account,
       (array['new-birth-visit', 'home-visit', 'clinic', 'home-visit', 'clinic', 'home-visit'])[k] as kind,
       (array['home', 'home', 'clinic', 'home', 'family-hub', 'home'])[k] as place
from loading, generate_series(1, 6) k;

insert into record_contact (id, person_id, kind, "on", place, account, closed_at, once, notice_given_id, {held})
select contact, 2 * n - 1, kind, "on", place, account, %(at)s, gen_random_uuid(),
       case k when 1 then n + %(taken)s end, {values}
from visit;

insert into record_note (person_id, contact_id, text, {held})
select 2 * n - 1, contact, %(note)s || contact, {values} from visit;

insert into record_measurement (person_id, contact_id, kind, value, "on", {held})
select 2 * n - 1, contact, m.kind, m.value, "on", {values}
from visit join (values (1, 'weight', 3420), (1, 'length', 510), (1, 'head-circumference', 350), (3, 'weight', 4890))
    as m (k, kind, value) using (k);

-- What is registered from here on is numbered after what was loaded.
select setval('record_person_id_seq', (select max(id) from record_person)),
       setval('ledger_entry_id_seq', (select max(id) from ledger_entry)),
       setval('record_contact_id_seq', (select max(id) from record_contact)),
       setval('record_notice_given_id_seq', (select max(id) from record_notice_given));
