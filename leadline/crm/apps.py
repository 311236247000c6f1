from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CrmConfig(AppConfig):
    name = "leadline.crm"
    verbose_name = _("Sales")

    def ready(self) -> None:
        from leadline.crm import fitting, offered, playbooks  # noqa: PLC0415  models can be read only now
        from leadline.crm.models.fit import ANEW, FITS  # noqa: PLC0415
        from leadline.crm.models.letting_go import HEARS  # noqa: PLC0415
        from leadline.crm.models.qualifying import ASKS, RESTAGED, WINDS  # noqa: PLC0415

        HEARS.append(offered.let_go)
        ASKS.append(playbooks.missing)
        WINDS.append(playbooks.wind_scores)
        RESTAGED.append(playbooks.restaged)
        FITS.append(fitting.follow)
        ANEW.append(fitting.again)
