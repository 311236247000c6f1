from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0023_door_rotated_at")]
    operations = [
        migrations.AddField("playbook", "unwound_at", models.DateTimeField(blank=True, editable=False, null=True))
    ]
