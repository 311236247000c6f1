"""allauth's forms for a new password, in our words (ACCOUNT_FORMS)."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from django.utils.translation import gettext_lazy

from leadline.web.entry.forms import PASSWORD_RULES

WORDS = {
    "oldpassword": gettext_lazy("Current password"),
    "password1": gettext_lazy("New password"),
    "password2": gettext_lazy("New password again"),
}


class _InOurWords:
    """Names the fields, and says the rules once, in the words of the other forms."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, word in WORDS.items():
            if name in self.fields:
                self.fields[name].label = word
                self.fields[name].help_text = PASSWORD_RULES if name == "password1" else ""


class Change(_InOurWords, account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """By somebody who knows the present one."""


class Choose(_InOurWords, account.SetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """By somebody who has none."""


class Renew(_InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """By somebody who has forgotten theirs and came by a link."""


class Confirm(account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """By somebody who is asked for it once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
