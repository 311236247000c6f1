"""The interface for record pages: `of(request, record)` gives what `timeline/_timeline.html` draws.

context = {"record": person, "timeline": stream.of(request, person)}      # the record found by visible_to
{% include "timeline/_head.html" %}       in block head (or sheets)
{% include "timeline/_timeline.html" %}   where the stream stands
{% include "timeline/_scripts.html" %}    in block scripts
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.activities.models import ActivityType
from leadline.crm.filing import LARGEST
from leadline.crm.models import Deal
from leadline.crm.playbooks.events import Events, key_events
from leadline.crm.visiting import Visit
from leadline.history.numbers import number_of
from leadline.history.recorded import Recorded
from leadline.web.timeline import showing
from leadline.web.timeline.entries import Entry, Page
from leadline.web.timeline.paging import Mark, read
from leadline.web.timeline.reading import ENTRIES_A_PAGE, SHOWN, read_page
from leadline.web.timeline.sources import hanging
from leadline.web.timeline.sources.about import About

FILTERS = {
    "all": _("All"),
    "notes": _("Notes"),
    "activities": _("Activities"),
    "files": _("Files"),
    "changes": _("Changes"),
}
MOST_AT_ONCE = 300  # entries drawn anew after a change, however far somebody had scrolled


def of(request: HttpRequest, record: Recorded) -> Stream:
    """The stream of a record that this person has been allowed to see. Reads `show`, `before`, `count` of the query."""
    assert isinstance(request.user, User)
    show = request.GET.get("show", "all")
    wanted = number_of(request.GET.get("count", "")) or ENTRIES_A_PAGE
    return Stream(
        About(record, request.user),
        show if show in SHOWN else "all",
        read(request.GET.get("before", "")),
        min(max(wanted, ENTRIES_A_PAGE), MOST_AT_ONCE),
        request,
    )


@dataclass
class Stream:
    """What stands on top, and a page of what has been."""

    about: About
    show: str
    before: Mark | None
    count: int
    request: HttpRequest

    filters = FILTERS
    largest_file = LARGEST
    showing = showing

    @property
    def record(self) -> Any:
        return self.about.record

    @property
    def kind(self) -> str:
        return self.about.kind

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.record.pk}"

    @property
    def bears(self) -> bool:
        """Whether notes, files and activities can hang here."""
        return self.about.bears

    @cached_property
    def token(self) -> str:
        """The hidden field of every form in the stream, made once."""
        return csrf_input(self.request)

    @cached_property
    def stays(self) -> list[Visit]:
        """A deal's visits to its stages; from the page of changes, where that holds them all."""
        if self.before is None and self.show in ("all", "changes"):
            self.page  # noqa: B018  reads the log
        return self.about.stays

    @cached_property
    def may_write(self) -> bool:
        return self.bears and self.record.deleted_at is None and may(self.about.user, "change", self.record)

    @cached_property
    def page(self) -> Page:
        return read_page(self.about, self.show, self.before, self.count)

    @cached_property
    def planned(self) -> list[Entry]:
        return hanging.planned(self.about) if self.bears and self.show in ("all", "activities") else []

    @cached_property
    def pinned(self) -> list[Entry]:
        return hanging.pinned(self.about) if self.bears and self.show in ("all", "notes") else []

    @cached_property
    def note_texts(self) -> dict[int, Markup]:
        """The HTML of the notes that are drawn, by id."""
        entries = [*self.pinned, *self.page.entries] if self.before is None else self.page.entries
        return showing.notes_shown(entry.row for entry in entries if entry.kind == "note")

    @cached_property
    def types(self) -> list[ActivityType]:
        """Kinds of activity to choose from."""
        return list(ActivityType.objects.kept().order_by("position", "name"))

    @cached_property
    def key_events(self) -> Events:
        """What of a deal was a key event of its playbook by being there."""
        return key_events(self.record) if isinstance(self.record, Deal) else set()

    def address(self, name: str = "timeline") -> str:
        """Of one of the stream's acts (`note_add`, `file_add`, `activity_log`), or of the stream itself."""
        return reverse(name, args=[self.kind, self.record.pk])

    def page_address(self, show: str = "", before: Mark | None = None) -> str:
        query = f"?show={show or self.show}" + (f"&before={before}" if before else "")
        return self.address() + query
