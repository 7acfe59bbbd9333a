"""The record's locks: how askers stand to people, and forced row-level security on every table."""

from pathlib import Path

from django.db import migrations

from kept.ledger.protection import Protect

FUNCTIONS = (Path(__file__).parent / "0002_locks.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0001_people"),
        ("ledger", "0001_entries"),
        ("staff", "0001_accounts"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        Protect("record_name", item="identity.name", updates=("until_on",)),
        Protect("record_date_of_birth", item="identity.date-of-birth", updates=("until_on",)),
        Protect("record_sex", item="identity.sex", updates=("until_on",)),
        Protect("record_nhs_number", item="identity.nhs-number", updates=("until_on",)),
        Protect("record_address", item="identity.address", updates=("until_on",)),
        Protect("record_phone", item="contact.phone", updates=("until_on",)),
        Protect("record_email", item="contact.email", updates=("until_on",)),
        Protect("record_gp_practice", item="gp.practice", updates=("until_on",)),
        Protect("record_relationship", item="relationship.kind", updates=("until_on",)),
        Protect("record_caseload_place", item="care.episode", updates=("until_on",)),
        Protect("record_notice_given", item="care.notice-given"),
        Protect("record_contact", item="care.contact"),
        Protect("record_note", item="care.note"),
        Protect(
            "record_measurement",
            item_by_kind={
                "weight": "growth.weight",
                "length": "growth.length",
                "head-circumference": "growth.head-circumference",
            },
        ),
    ]
