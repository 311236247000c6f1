"""Addresses of the records behind a number."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict
from django.urls import reverse

from leadline.insights import catalogue
from leadline.web.insights.asked import Asked, with_query
from leadline.web.insights.declaring import Behind, Panel

AT = {"deal": "deals_behind", "lead": "leads_behind", "activity": "activities_behind"}


def behind(
    asked: Asked, what: Behind, labels: Mapping[str, str | None], panel: Panel | None = None, at: str = ""
) -> str:
    """Where the records behind a number are listed. An empty label in an address means "not recorded".

    `labels` are those of its row. With `what.metric` empty it is the panel's own; `at` is then "page.panel:column".
    """
    query = QueryDict(mutable=True)
    if what.metric:
        query["metric"], rows = what.metric, catalogue.find(what.metric).rows
        if what.part:
            query["part"] = what.part
    else:
        query["panel"], _colon, query["column"] = at.partition(":")
        rows = panel.rows if panel else "deal"
    narrowed = {name: label or "" for name, label in (what.labels if what.labels is not None else labels).items()}
    query.update(asked.narrowed() | narrowed | (asked.dates() if what.dated else {}))
    return with_query(reverse(AT[rows]), query)
