from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "leadline.activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from leadline.activities import fields  # noqa: PLC0415  models can be read only now
        from leadline.crm.fields import add_fields  # noqa: PLC0415

        add_fields("activity", fields.FIELDS)
        add_fields("deal", fields.ON_DEALS)
