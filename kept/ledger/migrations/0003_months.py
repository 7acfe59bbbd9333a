"""The ledger by month: what is there becomes the first part, and the months to come are made as time goes on."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

MONTHS = (Path(__file__).parent / "0003_months.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_standing")]
    operations = [
        migrations.RunSQL(
            MONTHS,
            migrations.RunSQL.noop,
            state_operations=[
                migrations.AlterField(
                    "subject",
                    "entry",
                    models.ForeignKey(
                        "ledger.Entry",
                        django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        db_index=False,
                        db_constraint=False,
                    ),
                ),
            ],
        ),
    ]
