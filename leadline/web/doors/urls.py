"""The addresses of doors. `light.light_path` answers them before sessions and sign-in are looked at."""

from __future__ import annotations

from django.urls import path

from leadline.web.doors import forms, hooks

urlpatterns = [
    path("forms/<slug:token>/", forms.form, name="door_form"),
    path("forms/<slug:token>/theme.css", forms.theme, name="door_theme"),
    path("forms/<slug:token>/embed.js", forms.embed, name="door_embed"),
    path("hooks/<slug:token>/", hooks.hook, name="door_hook"),
]
