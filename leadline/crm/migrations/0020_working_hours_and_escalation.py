import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0019_sales_process"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.AddField(
            "workingweek", "day_begins", models.PositiveSmallIntegerField(default=540, verbose_name="work begins")
        ),
        migrations.AddField(
            "workingweek", "day_ends", models.PositiveSmallIntegerField(default=1020, verbose_name="work ends")
        ),
        migrations.RemoveIndex("assignment", name="assignment_turn"),
        migrations.AddField(
            "assignment",
            "turn",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex("assignment", models.Index(fields=["rule", "turn", "-at"], name="assignment_by_turn")),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("once", models.CharField(max_length=48, unique=True)),
                ("since", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("told_ids", models.JSONField(blank=True, default=list)),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="escalations", to="crm.lead"
                    ),
                ),
                (
                    "waited_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-since", "-pk"]},
        ),
        migrations.AddIndex(
            "lead",
            models.Index(
                fields=["owned_since"],
                condition=models.Q(status="open", answered_at=None, deleted_at=None),
                name="lead_waiting",
            ),
        ),
    ]
