from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("crm", "0015_findings"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="forecastsnapshot",
            options={"base_manager_name": "objects", "ordering": ["said_at", "pk"]},
        ),
    ]
