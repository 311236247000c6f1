"""What an empty page offers to be filled with."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from leadline.accounts.models import User
from leadline.web.imports.finding import may_import, may_load_example


@dataclass(frozen=True)
class Offers:
    """Where files come in ("" for who may not import), and whether the example company may be loaded."""

    imports_at: str
    example: bool


def offers(user: User) -> Offers:
    """Templates draw them by imports/_offers.html."""
    return Offers(reverse("imports") if may_import(user) else "", may_load_example(user))
