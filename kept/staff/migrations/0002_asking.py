"""What must always be true of who may ask, who may touch it, and the one function that says who is asking.

Depends on the last migrations of the libraries whose tables are guarded here with our own.
"""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "0002_asking.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_accounts"),
        ("ledger", "0001_entries"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("axes", "0010_accessattemptexpiration"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
