"""The addresses of calendars."""

from __future__ import annotations

from django.urls import path

from leadline.web.feeds import reading, views

urlpatterns = [
    path("calendar-feed/<slug:secret>.ics", reading.feed, name="feed"),
    path("me/calendar-address/", views.feed_add, name="feed_add"),
    path("me/calendar-address/<int:pk>/revoke/", views.feed_revoke, name="feed_revoke"),
    path("activities/<int:pk>/invitation.ics", views.activity_invitation, name="activity_invitation"),
]
