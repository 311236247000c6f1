"""The addresses of rules."""

from __future__ import annotations

from django.urls import path

from leadline.web.rules import editing, listing, runs

urlpatterns = [
    path("rules/", listing.rules, name="rules"),
    path("rules/add/", editing.rule_add, name="rule_add"),
    path("rules/draw/", editing.rule_draw, name="rule_draw"),
    path("rules/try/", editing.rule_try, name="rule_try"),
    path("rules/<int:pk>/", editing.rule_change, name="rule_change"),
    path("rules/<int:pk>/switch/", listing.rule_switch, name="rule_switch"),
    path("rules/<int:pk>/delete/", listing.rule_delete, name="rule_delete"),
    path("rules/<int:pk>/restore/", listing.rule_restore, name="rule_restore"),
    path("rules/<int:pk>/runs/", runs.rule_runs, name="rule_runs"),
    path("rules/runs/<int:pk>/again/", runs.run_again, name="run_again"),
    path("rules/runs/<int:pk>/undo/", runs.run_undo, name="run_undo"),
]
