"""The inbox asks for open leads that nobody has answered by how long they have waited."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [("crm", "0025_coming_back")]

    operations = [
        migrations.AddIndex(
            "lead",
            models.Index(
                Coalesce("owned_since", "created_at"),
                name="lead_by_wait",
                condition=models.Q(status="open", answered_at=None, deleted_at=None),
            ),
        ),
    ]
