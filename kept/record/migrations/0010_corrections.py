"""What was said wrongly stays, marked with when it was corrected; the correction says what it corrects, and why."""

import django.db.models.deletion
from django.db import migrations, models

from kept.ledger.protection import LetChange

CORRECTED = ("corrected_at",)
MEASURED = {
    "weight": "growth.weight",
    "length": "growth.length",
    "head-circumference": "growth.head-circumference",
}


class Migration(migrations.Migration):
    dependencies = [("record", "0009_episodes")]
    operations = [
        *(
            migrations.AddField(model, "corrected_at", models.DateTimeField(null=True))
            for model in ("contact", "note", "noticegiven")
        ),
        migrations.AddField(
            "contact",
            "corrects",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="record.contact",
            ),
        ),
        migrations.AddField("contact", "why", models.TextField(blank=True, db_default="")),
        migrations.AddConstraint(
            "contact",
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(why=""), name="a_correction_says_what_was_wrong"
            ),
        ),
        LetChange("record_contact", item="care.contact", updates=CORRECTED),
        LetChange("record_note", item="care.note", updates=CORRECTED),
        LetChange("record_notice_given", item="care.notice-given", updates=CORRECTED),
        LetChange("record_measurement", item_by_kind=MEASURED, updates=("until_on",)),
    ]
