"""The addresses of the short lists."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.names import views

urlpatterns = [
    path("sources/", views.named, {"key": "sources"}, name="sources"),
    path("lost-reasons/", views.named, {"key": "lost-reasons"}, name="lost_reasons"),
    path("discard-reasons/", views.named, {"key": "discard-reasons"}, name="discard_reasons"),
    path("lacks/", views.named, {"key": "lacks"}, name="lacks"),
    path("labels/", views.named, {"key": "labels"}, name="labels"),
    path("activity-types/", views.named, {"key": "activity-types"}, name="activity_types"),
    path("outcomes/", views.named, {"key": "outcomes"}, name="outcomes"),
    path("lists/<slug:key>/uses/", views.named_uses, name="named_uses"),
    path("lists/<slug:key>/add/", views.add, name="named_add"),
    path("lists/<slug:key>/order/", views.order, name="named_order"),
    path("lists/<slug:key>/<int:pk>/", views.change, name="named_change"),
    path("lists/<slug:key>/<int:pk>/delete/", views.delete, name="named_delete"),
    path("lists/<slug:key>/<int:pk>/restore/", views.restore, name="named_restore"),
    path("lists/<slug:key>/<int:pk>/join/", views.join_into, name="named_join"),
]
