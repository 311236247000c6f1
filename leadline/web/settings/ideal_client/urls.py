"""The addresses of the ideal client's criteria."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.ideal_client import acts, editing, listing, meaning

urlpatterns = [
    path("ideal-client/", listing.ideal_client, name="ideal_client"),
    path("ideal-client/add/", editing.criterion_add, name="criterion_add"),
    path("ideal-client/form/", editing.criterion_form, name="criterion_form"),
    path("ideal-client/meaning/", meaning.ideal_client_meaning, name="ideal_client_meaning"),
    path("ideal-client/order/", acts.criterion_order, name="criterion_order"),
    path("ideal-client/<int:pk>/", editing.criterion, name="criterion"),
    path("ideal-client/<int:pk>/delete/", acts.criterion_delete, name="criterion_delete"),
    path("ideal-client/<int:pk>/restore/", acts.criterion_restore, name="criterion_restore"),
]
