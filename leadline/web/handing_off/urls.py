"""The addresses of hand-offs."""

from __future__ import annotations

from django.urls import path

from leadline.web.handing_off import acts, handing, views

urlpatterns = [
    path("leads/handed/<int:pk>/", views.hand_off, name="hand_off"),
    path("leads/handed/<int:pk>/accept/", acts.accepted, name="hand_off_accept"),
    path("leads/handed/<int:pk>/return/", acts.returned, name="hand_off_return"),
    path("leads/handed/<int:pk>/withdraw/", acts.withdrawn, name="hand_off_withdraw"),
    path("leads/<int:pk>/hand/", handing.lead, name="lead_hand"),
    path("deals/<int:pk>/hand/", handing.deal, name="deal_hand"),
]
