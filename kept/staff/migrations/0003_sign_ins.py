"""What happened in signing in: written by the door, read by whoever keeps the accounts, changed by nobody."""

import django.db.models.deletion
from django.db import migrations, models

SQL = """
create trigger staff_sign_in_stays before update or delete or truncate on staff_sign_in
    for each statement execute function staff_change_stays();

-- A second factor that came or went is noted whoever wrote it, by hand too.
create function staff_second_factor_changed() returns trigger
language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into staff_sign_in (at, what, how, account_id, network_address)
    values (now(),
            case when tg_op = 'INSERT' then 'second factor added' else 'second factor removed' end,
            case when tg_op = 'INSERT' then new.type else old.type end,
            case when tg_op = 'INSERT' then new.user_id else old.user_id end, '');
    return null;
end $$;
create trigger staff_second_factor_changed after insert or delete on mfa_authenticator
    for each row execute function staff_second_factor_changed();

revoke all on staff_sign_in from public, kept_guard, kept_door, kept_application, kept_publisher, kept_intake;
-- The number of a row that was just written is all that the door reads of it.
grant insert, select (id) on staff_sign_in to kept_door;
grant usage on sequence staff_sign_in_id_seq to kept_door;
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_asking")]
    operations = [
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("what", models.TextField()),
                ("how", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="staff.account"
                    ),
                ),
                ("network_address", models.TextField(blank=True)),
            ],
            options={
                "db_table": "staff_sign_in",
                "indexes": [models.Index(fields=["account", "at"], name="sign_ins_of_an_account")],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
