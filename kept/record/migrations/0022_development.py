"""How a child learns and grows, as it was told or seen, stands with what else is told of people, locked as its own item."""

from django.db import migrations, models

from kept.ledger.protection import Protect

# As they are with this migration: what a later version adds, its own migration adds.
KINDS = (
    "background.ethnicity",
    "background.culture",
    "background.religion",
    "background.sexual-orientation",
    "background.language",
    "needs.communication",
    "health.facts",
    "health.disability",
    "health.long-term-condition",
    "health.special-educational-need",
    "health.pregnancy",
    "health.birth-history",
    "health.development",
    "mental-health.facts",
    "circumstances.police-contact",
    "circumstances.police-involvement",
    "circumstances.social-worker",
    "circumstances.social-services-support",
    "circumstances.service-involvement",
    "circumstances.domestic-abuse",
    "circumstances.domestic-abuse-service",
    "circumstances.money",
    "circumstances.housing",
    "circumstances.ever-in-care",
    "circumstances.young-carer",
    "circumstances.looked-after",
    "circumstances.protection-plan",
)
UNLOCK = "; ".join(
    f"drop policy {name} on record_circumstance"
    for name in ("guard", "backup", "readable", "recordable", "changeable")
)


class Migration(migrations.Migration):
    dependencies = [("record", "0021_many_more_at_once")]
    operations = [
        migrations.RemoveConstraint("circumstance", "circumstance_is_an_item"),
        migrations.AddConstraint(
            "circumstance",
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="circumstance_is_an_item"),
        ),
        # Its lock names its items. Without a policy nothing is readable, and all of it is one transaction.
        migrations.RunSQL(UNLOCK, migrations.RunSQL.noop),
        Protect(
            "record_circumstance",
            item_by_kind={kind: kind for kind in KINDS},
            named_by_row=True,
            updates=("until_on",),
        ),
    ]
