"""Under which workflow id a mailbox delivered a message; a person who sends it back takes the mark away."""

from django.db import migrations, models

SENT_BACK = "grant update (workflow) on intake_bundle to kept_intake;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_locks")]
    operations = [
        migrations.AddField(
            "bundle", "workflow", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunSQL(SENT_BACK, migrations.RunSQL.noop),
    ]
