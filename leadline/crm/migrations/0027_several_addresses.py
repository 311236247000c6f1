"""People who have several e-mail addresses are found by any of them."""

from django.db import migrations, models

from leadline.crm.models.person import SeveralAddresses


class Migration(migrations.Migration):
    dependencies = [("crm", "0026_lead_by_wait")]

    operations = [
        migrations.AddIndex(
            "person",
            models.Index(fields=["id"], name="person_more_emails", condition=models.Q(SeveralAddresses("emails"))),
        ),
    ]
