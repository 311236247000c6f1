"""Addresses of the insights pages."""

from __future__ import annotations

from django.urls import path

from leadline.web.insights.deals import deals_behind, deals_csv
from leadline.web.insights.funnel import funnel
from leadline.web.insights.pictures import people_picture, stages_picture
from leadline.web.insights.tables import people_csv, stages_csv

urlpatterns = [
    path("funnel/", funnel, name="funnel"),
    path("funnel/stages.csv", stages_csv, name="stages_csv"),
    path("funnel/people.csv", people_csv, name="people_csv"),
    path("funnel/stages.picture", stages_picture, name="stages_picture"),
    path("funnel/people.picture", people_picture, name="people_picture"),
    path("deals/", deals_behind, name="deals_behind"),
    path("deals.csv", deals_csv, name="deals_csv"),
]
