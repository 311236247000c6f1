"""Whose leads a door brings and how far they are qualified; arrivals that were refused."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

STAGES = [
    ("target", "Target"),
    ("mql", "Marketing-qualified"),
    ("sql", "Sales-qualified"),
    ("sal", "Sales-accepted"),
]
STATES = [
    ("waiting", "Waiting"),
    ("taken", "Became a lead"),
    ("joined", "Joined a lead that was there"),
    ("spam", "Held back as spam"),
    ("failed", "Could not be read"),
    ("refused", "Refused"),
]


class Migration(migrations.Migration):
    dependencies = [("crm", "0021_fit"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            "door",
            "owner",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "door", "stage", models.CharField(choices=STAGES, default="mql", max_length=8, verbose_name="stage")
        ),
        migrations.AlterField("arrival", "state", models.CharField(choices=STATES, default="waiting", max_length=8)),
    ]
