"""The example company by a button: an import like any other, which can be undone as one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadline.crm.models import Deal
from leadline.imports.drafts import working
from leadline.imports.models import Draft, Stand
from leadline.web.frame.doing import reader_of


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Begin to load it. Raises PermissionDenied, and ValidationError where any deal is."""
    user = reader_of(request)
    if not user.is_administrator:
        raise PermissionDenied(_("Only administrators may load the example company."))
    if Deal.objects.exists():
        raise ValidationError(_("There are deals here already; the example company goes into an empty Leadline only."))
    draft = Draft.objects.filter(by=user, example=True, stand=Stand.WRITING).first()
    if draft is None or not working.at_work(draft):
        draft = Draft.objects.create(by=user, example=True)
        working.write(draft)
        working.wait(draft, 0.7)
    return redirect("import_draft", draft.pk)
