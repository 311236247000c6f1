"""/settings/pods/"""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.pods import views

urlpatterns = [
    path("pods/", views.pods, name="pods"),
    path("pods/add/", views.pod_add, name="pod_add"),
    path("pods/<int:pk>/", views.pod_change, name="pod_change"),
    path("pods/<int:pk>/delete/", views.pod_delete, name="pod_delete"),
    path("pods/<int:pk>/restore/", views.pod_restore, name="pod_restore"),
]
