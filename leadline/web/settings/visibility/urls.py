"""/settings/visibility/"""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.visibility.views import visibility, visibility_set

urlpatterns = [
    path("", visibility, name="visibility"),
    path("<slug:kind>/", visibility_set, name="visibility_set"),
]
