"""What was told, and whether needs were met: a form that is sent again writes nothing again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0030_told_deaths")]
    operations = [
        migrations.AddField("circumstance", "once", models.UUIDField(null=True, unique=True)),
        migrations.AddField("needmet", "once", models.UUIDField(null=True, unique=True)),
    ]
