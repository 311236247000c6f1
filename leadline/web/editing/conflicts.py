"""Two people edit one field: what the second is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from leadline.accounts.models import User
from leadline.crm.fields import Field
from leadline.history.models import Change
from leadline.web.editing.showing import plain


def told(record: Any, field: Field, reader: User) -> str:
    """Who has put what there meanwhile, and what saving again would do."""
    what = {
        "who": _last_by(record, field, reader),
        "value": plain(field, record) or _("nothing"),
    }
    return _("%(who)s changed this to %(value)s meanwhile. Save again to put yours in its place.") % what


def _last_by(record: Any, field: Field, reader: User) -> str:
    changes = Change.objects.filter(entity=record.ENTITY, record_id=record.pk, verb=Change.CHANGE).order_by("-id")[:20]
    change = next((change for change in changes if field.attname in change.old), None)
    if change is not None and change.by_id == reader.pk:
        return _("You")
    who = User.objects.filter(pk=change.by_id).first() if change is not None and change.by_id else None
    return str(who) if who else _("Somebody")
