"""The head of the page: the sentence, and what stands behind it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.web.insights.ageing import subject_of
from leadline.web.insights.declaring import Column, Row, Table
from leadline.web.insights.forecasting import saying, words
from leadline.web.insights.forecasting.found import asked_of, whose_of
from leadline.web.insights.inquiry import Inquiry

COLUMNS = (Column("sentence", gettext_lazy("Sentence"), "text"),)


def outlook(inquiry: Inquiry) -> Table:
    """The sentences, the one that says most first."""
    past = subject_of(inquiry).as_of
    found = saying.sentences(asked_of(inquiry), whose_of(inquiry), inquiry.asked.pipeline, past)
    rows: list[Row] = [{"number": str(place + 1), "sentence": each} for place, each in enumerate(found)]
    return Table(
        COLUMNS,
        rows,
        ("number",),
        more={"sentences": found, "then": _then(inquiry)},
        nothing=_("There is nothing to forecast."),
    )


def _then(inquiry: Inquiry) -> str:
    """Where the page is as of the last record, when the records ended long ago."""
    cannot = asked_of(inquiry).outlook.cannot
    if cannot is None or cannot.reason != "ended":
        return ""
    return inquiry.asked.page("insights_forecast", as_of=words.last_day(cannot.more).isoformat())
