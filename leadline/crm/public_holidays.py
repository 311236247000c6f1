"""Public holidays by country and region, from the package `holidays`, which follows the laws of the countries.

That package is imported where it is used: it takes longer to load than all the rest of a start.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType


@cache
def countries() -> frozenset[str]:
    """The countries whose holidays are known, by their two letters of ISO 3166."""
    import holidays  # noqa: PLC0415  heavy: see above

    return frozenset(code for code in holidays.list_supported_countries(include_aliases=False) if len(code) == 2)


@cache
def regions(country: str) -> Mapping[str, str]:
    """The regions of a country that have holidays of their own: code to name, by name. Without any: {}."""
    import holidays  # noqa: PLC0415  heavy: see above

    if country not in countries():
        return MappingProxyType({})
    source = holidays.country_holidays(country)
    names = {code: code for code in source.subdivisions}
    names |= {code: name for name, code in source.subdivisions_aliases.items()}
    return MappingProxyType(dict(sorted(names.items(), key=lambda item: item[1].casefold())))


@lru_cache(maxsize=400)
def public_holidays(country: str, region: str, year: int, language: str = "") -> Mapping[dt.date, str]:
    """The days off by law in a year, with their names, in order; {} for a country that is not known, or none.

    Names are in the language asked for where the package has them, else in English, else in the country's own.
    """
    if not country or country not in countries():
        return MappingProxyType({})
    import holidays  # noqa: PLC0415  heavy: see above

    found = holidays.country_holidays(
        country, subdiv=region or None, years=[year], language=_spoken(country, language), expand=False
    )
    return MappingProxyType({day: found.get(day) or "" for day in sorted(found.keys()) if day.year == year})


def _spoken(country: str, language: str) -> str | None:
    """Of the languages in which the package names this country's holidays, the one to take; None: its own."""
    import holidays  # noqa: PLC0415  heavy: see above

    spoken = holidays.country_holidays(country).supported_languages
    for wanted in (language, "en"):
        for tag in sorted(spoken, key=len):
            if wanted and tag.replace("_", "-").lower().split("-")[0] == wanted.lower().split("-")[0]:
                return str(tag)
    return None
