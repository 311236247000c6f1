"""When a webhook got its present secret: the one before holds for a while after."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crm", "0022_doors_owner")]
    operations = [migrations.AddField("door", "rotated_at", models.DateTimeField(blank=True, null=True))]
