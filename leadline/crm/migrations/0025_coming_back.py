from django.db import migrations, models

NURTURE = models.Q(status="nurture", deleted_at=None)
LOST = models.Q(status="lost", deleted_at=None)


class Migration(migrations.Migration):
    """What comes back on its day is found without looking all deals and leads through."""

    dependencies = [("crm", "0024_playbook_unwound_at")]
    operations = [
        migrations.AddIndex("deal", models.Index(fields=["come_back_on"], name="deal_comes_back", condition=NURTURE)),
        migrations.AddIndex("deal", models.Index(fields=["revisit_on"], name="deal_asked_again", condition=LOST)),
        migrations.AddIndex("lead", models.Index(fields=["come_back_on"], name="lead_comes_back", condition=NURTURE)),
    ]
