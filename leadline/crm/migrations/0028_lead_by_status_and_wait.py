"""The inbox's indexes as SQLite can use them: no condition that compares with a value."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [("crm", "0027_several_addresses")]

    operations = [
        migrations.RemoveIndex("lead", "lead_by_wait"),
        migrations.AddIndex(
            "lead",
            models.Index(
                "status",
                Coalesce("owned_since", "created_at"),
                name="lead_by_wait",
                condition=models.Q(answered_at=None, deleted_at=None),
            ),
        ),
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=["owner", "status", "stage"], name="lead_of_owner", condition=models.Q(deleted_at=None)
            ),
        ),
    ]
