"""Who was named for a child when the record was put together with another, so that undoing it names them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("record", "0029_records_together")]
    operations = [migrations.AddField("sameperson", "named", models.BigIntegerField(null=True))]
