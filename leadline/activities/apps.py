from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "leadline.activities"
    verbose_name = _("Activities")

    def ready(self) -> None:
        from leadline.activities import carrying, fields, filtering, having_done  # noqa: PLC0415  models can be read only now
        from leadline.crm import erasing, linking, noticing  # noqa: PLC0415
        from leadline.crm.fields import add_fields  # noqa: PLC0415
        from leadline.crm.filtering import add_conditions  # noqa: PLC0415
        from leadline.crm.filtering.kinds import OWN_DAYS  # noqa: PLC0415
        from leadline.crm.playbooks import holding  # noqa: PLC0415

        add_fields("activity", fields.FIELDS)
        add_fields("deal", fields.ON_DEALS)
        for kind, condition in filtering.NEXT.items():
            add_conditions([kind], [condition])
        add_conditions(["activity"], filtering.OWN)
        OWN_DAYS["Activity", "due_at"] = filtering.due
        holding.DONE.append(having_done.done_on)
        linking.CARRY.append(carrying.carry)
        erasing.FORGET.append(carrying.forget)
        noticing.COLLEAGUES["activity"] = "colleague_ids"
