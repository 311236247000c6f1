"""Ways of writing numbers and dates that one can choose, each shown by an example."""

from __future__ import annotations

import datetime as dt

from babel import Locale, dates, numbers
from babel.localedata import locale_identifiers
from django.conf import settings

# Countries whose ways differ from each other's, and those in which many of the world's sellers are.
COUNTRIES = (
    "US", "GB", "IE", "CA", "AU", "NZ", "ZA", "IN", "SG", "DE", "AT", "CH", "NL", "BE", "DK", "SE", "FI", "FR", "ES",
    "IT", "PL", "CZ", "BR", "JP", "001",
)  # fmt: skip
DAY = dt.date(2026, 12, 31)


def ways() -> list[tuple[str, str]]:
    """(tag, "United Kingdom: 31 Dec 2026, 1,234.56") for each language there is, in the language itself."""
    known = set(locale_identifiers())
    tags = [(code, f"{code}_{country}") for code, _name in settings.LANGUAGES for country in COUNTRIES]
    return [(tag.replace("_", "-"), _shown(Locale.parse(tag), code)) for code, tag in tags if tag in known]


def _shown(locale: Locale, code: str) -> str:
    name = locale.get_territory_name(code) if locale.territory else locale.get_display_name(code)
    day = dates.format_date(DAY, "medium", locale=locale)
    return f"{name}: {day} · {numbers.format_decimal(1234.56, locale=locale)}"
