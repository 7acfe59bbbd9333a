"""The few entries that say what was let go are found by an index: looking for them read the ledger once more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_whole_and_in_order")]
    operations = [
        migrations.RunSQL(
            "grant create on schema public to kept_guard; set local role kept_guard;"
            " create index entries_of_letting_go on ledger_entry (id) where process = 'keeper';"
            " reset role; revoke create on schema public from kept_guard",
            "drop index entries_of_letting_go",
            state_operations=[
                migrations.AddIndex(
                    "entry",
                    models.Index(
                        fields=["id"],
                        condition=models.Q(process="keeper"),
                        name="entries_of_letting_go",
                    ),
                )
            ],
        )
    ]
