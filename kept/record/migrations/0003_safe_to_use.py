"""Whether a phone number or an email address is safe to use, as its owner said: nobody was asked yet."""

from django.db import migrations, models

ANSWERS = ("yes", "no", "not-asked")


class Migration(migrations.Migration):
    dependencies = [("record", "0003_gender")]
    operations = [
        migrations.AddField("phone", "safe_to_use", models.TextField(db_default="not-asked")),
        migrations.AddField("email", "safe_to_use", models.TextField(db_default="not-asked")),
        migrations.AddConstraint(
            "phone",
            models.CheckConstraint(
                condition=models.Q(safe_to_use__in=ANSWERS), name="phone_is_safe_or_not_or_not_asked"
            ),
        ),
        migrations.AddConstraint(
            "email",
            models.CheckConstraint(
                condition=models.Q(safe_to_use__in=ANSWERS), name="email_is_safe_or_not_or_not_asked"
            ),
        ),
    ]
