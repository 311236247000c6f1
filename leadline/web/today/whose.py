"""Whose day is asked for: one's own, or with `of` that of somebody whom one leads (R49)."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone

from leadline.accounts.models import User
from leadline.crm.models.personal import people_led
from leadline.history.numbers import number_of
from leadline.web.frame.doing import reader_of
from leadline.web.frame.reader import reader, zone
from leadline.web.today.day import Day


def day_of(request: HttpRequest) -> Day:
    """Raises Http404 for somebody whom the reader does not lead."""
    viewer, asked = reader_of(request), request.GET.get("of", "")
    if not asked or asked == str(viewer.pk):
        return own_day(request)
    person = people_led(viewer).filter(pk=number_of(asked) or 0).first()
    if person is None:
        raise Http404
    return Day(person, viewer, timezone.now(), zone(person.time_zone))


def own_day(request: HttpRequest) -> Day:
    """The reader's own, whatever is asked."""
    viewer = reader_of(request)
    return Day(viewer, viewer, timezone.now(), reader().zone)


def led_by(viewer: User) -> list[User]:
    """Those whose day the person may look at, without themselves."""
    return list(people_led(viewer))
