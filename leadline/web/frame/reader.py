"""Who reads: in which language, by which country's way of writing numbers and dates, in which time zone."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header

from leadline.accounts.models import User


@dataclass(frozen=True)
class Reader:
    """How numbers, money and dates are written for somebody."""

    locale: Locale
    zone: zoneinfo.ZoneInfo


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


def reader() -> Reader:
    """The reader of the page being made, else the company's ways. Ambient, as Django's language is."""
    return _reader.get() or Reader(_locale(settings.LANGUAGE_CODE) or Locale("en"), zone(""))


def reader_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: what the person has chosen, else what their browser asks for, as far as it is available."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = [request.user.language] if request.user.is_authenticated and request.user.language else []
        asked = [tag for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
        here = zone(request.user.time_zone if request.user.is_authenticated else "")
        with _reading([*chosen, *asked], here) as language:
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


@contextmanager
def reading_as(user: User) -> Iterator[None]:
    """Inside, words, numbers and times are as this person has chosen them: for what is written when nobody asks."""
    with _reading([user.language] if user.language else [], zone(user.time_zone)):
        yield


@contextmanager
def _reading(tags: list[str], here: zoneinfo.ZoneInfo) -> Iterator[str]:
    """Yields the language that is spoken."""
    language = _language(tags)
    token = _reader.set(Reader(_written(tags, language), here))
    try:
        with translation.override(language), timezone.override(here):
            yield language
    finally:
        _reader.reset(token)


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The time zone of this name; the company's for an empty or unknown one."""
    try:
        return zoneinfo.ZoneInfo(name or settings.LEADLINE_TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.LEADLINE_TIME_ZONE if name else "UTC")


def _language(wanted: Iterable[str]) -> str:
    available = [code for code, _ in settings.LANGUAGES]
    bases = (tag.split("-")[0].lower() for tag in wanted)
    return next((base for base in bases if base in available), settings.LANGUAGE_CODE)


def _written(wanted: Iterable[str], language: str) -> Locale:
    """The country's variant of the page's language: words and numbers of two languages on one page mislead."""
    for tag in (tag for tag in wanted if tag.split("-")[0].lower() == language):
        found = _locale(tag)
        if found:
            return found
    return _locale(language) or Locale("en")


@cache
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-" if "-" in tag else "_")
    except (ValueError, UnknownLocaleError):
        return None
