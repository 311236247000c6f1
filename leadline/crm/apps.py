from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrmConfig(AppConfig):
    name = "leadline.crm"
    verbose_name = _("Sales")

    def ready(self) -> None:
        from leadline.crm import playbooks  # noqa: PLC0415  models can be read only now
        from leadline.crm.models.qualifying import ASKS, WINDS  # noqa: PLC0415

        ASKS.append(playbooks.missing)
        WINDS.append(playbooks.wind_scores)
