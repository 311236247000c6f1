"""The reader's own addresses, with allauth's second steps under them."""

from __future__ import annotations

from allauth.mfa.base import views as second_step
from django.urls import include, path

from leadline.web.me import views

urlpatterns = [
    path("me/", views.account, name="me"),
    path("me/sessions/end/", views.end_session, name="end_session"),
    path("me/theme/", views.theme, name="theme"),
    path("me/security/", second_step.index, name="mfa_index"),
    path("sign-in/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("me/confirm/code/", second_step.reauthenticate, name="mfa_reauthenticate"),
    path("me/security/app/", include("allauth.mfa.totp.urls")),
    path("me/security/codes/", include("allauth.mfa.recovery_codes.urls")),
    path("me/security/passkeys/", include("allauth.mfa.webauthn.urls")),
]
