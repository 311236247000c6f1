"""What people fill in at the door."""

from __future__ import annotations

from typing import Any

from babel import numbers
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import User

# Said the same wherever somebody chooses a password; what AUTH_PASSWORD_VALIDATORS ask for.
PASSWORD_RULES = gettext_lazy("At least 10 characters; no common password, nothing like your name or address.")


class PasswordForm(forms.Form):
    """A password of one's own choice, for a person who is known already."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=PASSWORD_RULES,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in ("email", "name"):
            if values.get(name):
                setattr(self.person, name, values[name])
        if "password" in values:
            try:
                validate_password(values["password"], self.person)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class SetupForm(PasswordForm):
    """The first administrator, and the currency in which the company reckons."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    currency = forms.CharField(
        label=gettext_lazy("Base currency"),
        max_length=3,
        required=False,
        help_text=gettext_lazy("Three letters, such as EUR. Reports add up in it."),
        widget=forms.TextInput(attrs={"size": 4, "autocapitalize": "characters", "spellcheck": "false"}),
    )

    field_order = ("name", "email", "password", "currency")

    def clean_email(self) -> str:
        email = User.objects.clean_email(self.cleaned_data["email"]) or ""
        if User.objects.filter(email=email, is_active=True).exists():
            raise ValidationError(_("Somebody with this address is known already. Use another one."))
        return email

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).strip().upper()
        if code and not numbers.is_currency(code):
            raise ValidationError(_("This is not a currency code. Write three letters, such as EUR or USD."))
        return code
