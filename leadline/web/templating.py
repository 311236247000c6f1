"""Jinja2 as all pages see it: the frame's, and what draws records."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment

from leadline.web.activities.rows import rows_of
from leadline.web.editing import drawing, showing
from leadline.web.frame.environment import environment as frame_environment
from leadline.web.frame.places import record_url
from leadline.web.goals.showing import ring
from leadline.web.goals.words import in_a_row, said
from leadline.web.insights.titles import title_of


def environment(**options: Any) -> Environment:
    """The environment of `settings.TEMPLATES`."""
    jinja = frame_environment(**options)
    jinja.globals.update(
        activity_rows=rows_of,
        editable=drawing.editable,
        goal_ring=ring,
        goal_row=in_a_row,
        goal_said=said,
        looked_up=drawing.looked_up,
        lookup_url=drawing.lookup_url,
        metric_title=title_of,
        name_of=drawing.name_of,
        option_groups=drawing.groups,
        record_url=record_url,
        shown=showing.shown,
    )
    return jinja
