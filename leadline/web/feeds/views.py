"""My calendar addresses: made, shown once, revoked. And the invitation of one activity."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadline.accounts.models import User
from leadline.activities.calendar_file import feeds
from leadline.activities.calendar_file.invitation import invitation
from leadline.activities.models import Activity
from leadline.web.frame.doing import reader_of
from leadline.web.insights.naming import attached

SHOWN_ONCE = "calendar_address"


def addresses(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the part feeds/_addresses.html draws; an address just made is in it this one time."""
    kept = request.session.pop(SHOWN_ONCE, None)
    fresh = request.build_absolute_uri(reverse("feed", args=[kept[1]])) if kept else ""
    return {"feeds": feeds.open_ones(user), "fresh": fresh, "fresh_pk": kept[0] if kept else None}


@require_POST
def feed_add(request: HttpRequest) -> HttpResponse:
    """One more; its secret waits in the session until the page has shown it."""
    try:
        found, secret = feeds.make(reader_of(request), request.POST.get("name", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        request.session[SHOWN_ONCE] = [found.pk, secret]
    return redirect(f"{reverse('me')}#calendar")


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """It opens nothing any more, at once."""
    if feeds.revoke(reader_of(request), pk, timezone.now()) is None:
        raise Http404
    messages.success(request, _("The address opens nothing any more. Calendars that read it will say so."))
    return redirect(f"{reverse('me')}#calendar")


@require_safe
def activity_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The activity as a file for those who take part; thrown away, the file that calls it off."""
    reader = reader_of(request)
    activity = get_object_or_404(Activity.objects.visible_to(reader).select_related("type", "owner"), pk=pk)
    found = invitation(activity, reader)
    if found is None:
        raise Http404(_("Only an activity that has a day can be an invitation."))
    response = HttpResponse(found.content, content_type=found.media_type)
    response.headers["Content-Disposition"] = attached(found.name)
    return response
