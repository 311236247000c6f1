from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0020_working_hours_and_escalation")]
    operations = [
        migrations.CreateModel(
            name="FitSweep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(blank=True, default="", max_length=64)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("after", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddIndex(
            "deal", models.Index(fields=["fit"], condition=models.Q(deleted_at=None), name="deal_by_fit")
        ),
        migrations.AddIndex(
            "lead", models.Index(fields=["fit"], condition=models.Q(deleted_at=None), name="lead_by_fit")
        ),
    ]
