"""/settings/people/"""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.people import door
from leadline.web.settings.people.adding import user_add
from leadline.web.settings.people.listing import users
from leadline.web.settings.people.person import user

urlpatterns = [
    path("", users, name="users"),
    path("add/", user_add, name="user_add"),
    path("<int:pk>/", user, name="user"),
    path("<int:pk>/link/", door.user_link, name="user_link"),
    path("<int:pk>/sign-out/", door.user_sign_out, name="user_sign_out"),
    path("<int:pk>/leave/", door.user_leave, name="user_leave"),
    path("<int:pk>/return/", door.user_return, name="user_return"),
    path("<int:pk>/hand-over/", door.user_hand_over, name="user_hand_over"),
]
