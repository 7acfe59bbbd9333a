"""What many rows at once cost the database, without changing what is held or who may see it.

Three indexes said again what another says, and nobody looks for a search key by its person but among the current ones.
And the triggers of 0017 look each person up by number.
"""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

HERE = Path(__file__).parent
LOOKED_UP_BY_NUMBER = (HERE / "0021_many_more_at_once.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0020_told_once")]
    operations = [
        migrations.RemoveConstraint(model_name="person", name="person_of_a_service"),
        migrations.RemoveIndex(model_name="householdmember", name="household_of_a_child"),
        migrations.RemoveIndex(model_name="relationship", name="family_of_a_child"),
        migrations.AlterField(
            model_name="searchkey",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="record.person",
            ),
        ),
        migrations.RunSQL(LOOKED_UP_BY_NUMBER, migrations.RunSQL.noop),
    ]
