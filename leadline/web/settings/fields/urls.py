"""The addresses of own fields."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.fields import choices, fields

urlpatterns = [
    path("fields/", fields.fields, name="fields"),
    path("fields/<int:pk>/", fields.change, name="field_change"),
    path("fields/<int:pk>/delete/", fields.delete, name="field_delete"),
    path("fields/<int:pk>/restore/", fields.restore, name="field_restore"),
    path("fields/<int:pk>/choices/add/", choices.add, name="choice_add"),
    path("fields/<int:pk>/choices/order/", choices.order, name="choices_order"),
    path("fields/<int:pk>/choices/<int:choice>/", choices.change, name="choice_change"),
    path("fields/<int:pk>/choices/<int:choice>/remove/", choices.remove, name="choice_remove"),
    path("fields/<slug:entity>/", fields.fields_of, name="fields_of"),
    path("fields/<slug:entity>/uses/", fields.uses, name="fields_uses"),
    path("fields/<slug:entity>/add/", fields.add, name="field_add"),
    path("fields/<slug:entity>/order/", fields.order, name="fields_order"),
]
