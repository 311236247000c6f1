"""What an e-mail address says about the organization behind it."""

from __future__ import annotations

# Addresses at these say nothing about the organization.
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "yahoo.com",
        "icloud.com",
        "me.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "proton.me",
        "protonmail.com",
        "mail.ru",
        "yandex.ru",
        "bk.ru",
        "list.ru",
        "inbox.ru",
        "qq.com",
        "163.com",
    ]
)


def company_domain(email: str) -> str:
    """The domain of an e-mail address, small letters; "" for that of a provider whose addresses anybody may have."""
    domain = email.strip().lower().rpartition("@")[2].removeprefix("www.")
    return domain if "." in domain and domain not in FREE_MAIL else ""
