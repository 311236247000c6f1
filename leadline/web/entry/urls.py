"""The door's addresses. allauth's views under our own words; what we do not offer (signing up) has no address."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import path, re_path

from leadline.web.entry import links
from leadline.web.entry.passwords import forgotten
from leadline.web.entry.signing_in import sign_in

urlpatterns = [
    path("setup/<str:token>/", links.setup, name="setup"),
    path("join/<str:token>/", links.join, name="join"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("me/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("me/password/", account.password_change, name="account_change_password"),
    path("me/password/set/", account.password_set, name="account_set_password"),
    path("password/", forgotten, name="account_reset_password"),
    path("password/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
