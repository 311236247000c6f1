"""Every address of the face for people."""

from __future__ import annotations

from django.urls import include, path

from leadline.web.dashboards.boards import home
from leadline.web.frame.statics import favicon
from leadline.web.settings.playbooks.files import file as playbook_file

urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", favicon, name="favicon"),
    path("", include("leadline.web.entry.urls")),
    path("", include("leadline.web.me.urls")),
    path("", include("leadline.web.absences.urls")),
    path("", include("leadline.web.doors.urls")),
    path("", include("leadline.web.feeds.urls")),
    path("", include("leadline.web.digests.urls")),
    path("insights/calculator/", include("leadline.web.calculator.urls")),
    path("insights/what-if/", include("leadline.web.what_if.urls")),
    path("insights/", include("leadline.web.dashboards.urls")),
    path("insights/", include("leadline.web.insights.urls")),
    path("", include("leadline.web.search.urls")),
    path("", include("leadline.web.live.urls")),
    path("edit/", include("leadline.web.editing.urls")),
    path("", include("leadline.web.timeline.urls")),
    path("", include("leadline.web.activities.urls")),
    path("activities/calendar/", include("leadline.web.calendar.urls")),
    path("activities/time/", include("leadline.web.time_spent.urls")),
    path("today/ten/", include("leadline.web.ten.urls")),
    path("today/ideas/", include("leadline.web.ideas.urls")),
    path("today/goals/", include("leadline.web.goals.urls")),
    path("today/", include("leadline.web.today.urls")),
    path("today/blocks/", include("leadline.web.blocks.urls")),
    path("pipeline/", include("leadline.web.pipeline.urls")),
    path("pipeline/", include("leadline.web.as_of.urls")),
    path("pipeline/", include("leadline.web.nurture.urls")),
    path("deals/", include("leadline.web.dealing.urls")),
    path("deals/", include("leadline.web.deals.urls")),
    path("deals/", include("leadline.web.playbooks.urls")),
    path("", include("leadline.web.records.urls")),
    path("people/", include("leadline.web.people.urls")),
    path("organizations/", include("leadline.web.organizations.urls")),
    path("", include("leadline.web.handing_off.urls")),
    path("leads/", include("leadline.web.inbox.urls")),
    path("leads/", include("leadline.web.leads.urls")),
    path("products/", include("leadline.web.products.urls")),
    path("", include("leadline.web.merging.urls")),
    path("", include("leadline.web.converting.urls")),
    path("", include("leadline.web.lines.urls")),
    path("", include("leadline.web.participants.urls")),
    path("", include("leadline.web.following.urls")),
    path("", include("leadline.web.notices.urls")),
    path("playbook-files/<str:digest>/<str:name>", playbook_file, name="playbook_file"),
    path("settings/", include("leadline.web.settings.urls")),
    path("imports/", include("leadline.web.imports.urls")),
    path("", include("leadline.web.lists.urls")),
]
