"""The addresses of the assignment rules."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.assignment import acts, editing, listing

urlpatterns = [
    path("assignment/", listing.assignment, name="assignment"),
    path("assignment/add/", editing.assignment_add, name="assignment_add"),
    path("assignment/form/", editing.assignment_form, name="assignment_form"),
    path("assignment/order/", acts.assignment_order, name="assignment_order"),
    path("assignment/give/", acts.assignment_give, name="assignment_give"),
    path("assignment/<int:pk>/", editing.assignment_rule, name="assignment_rule"),
    path("assignment/<int:pk>/off/", acts.assignment_off, name="assignment_off"),
    path("assignment/<int:pk>/delete/", acts.assignment_delete, name="assignment_delete"),
    path("assignment/<int:pk>/restore/", acts.assignment_restore, name="assignment_restore"),
]
