"""A home that must stay hidden stays so, whoever writes down who lives there."""

from pathlib import Path

from django.db import migrations, models

ALSO_THERE = "Said to live where the address of another of the family is restricted."
FUNCTIONS = (Path(__file__).parent / "0028_hidden_homes.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("record", "0030_told_alike")]
    operations = [
        migrations.RemoveConstraint("restriction", "restricted_once_through_a_child"),
        migrations.AddConstraint(
            "restriction",
            models.UniqueConstraint(
                condition=models.Q(("until_on", None), models.Q(("reason", ALSO_THERE), _negated=True)),
                fields=("person", "child", "what"),
                name="restricted_once_through_a_child",
            ),
        ),
        migrations.AddConstraint(
            "restriction",
            models.UniqueConstraint(
                condition=models.Q(("reason", ALSO_THERE), ("until_on", None)),
                fields=("person", "child", "what"),
                name="restricted_once_with_another",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
