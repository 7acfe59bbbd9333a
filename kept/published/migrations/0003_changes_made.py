"""The pages may see which changes of the tables were made: whether the database is of their version."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("published", "0002_drafts")]
    operations = [
        migrations.RunSQL(
            "grant select on django_migrations to kept_application, kept_intake, kept_publisher, kept_door",
            migrations.RunSQL.noop,
        )
    ]
