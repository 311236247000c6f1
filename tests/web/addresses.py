"""Every address of the application, found in its urlconf."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def names() -> Iterator[str]:
    yield from (name for name, _arguments in patterns())


def patterns() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, what its arguments are called) of every address."""
    yield from _patterns(get_resolver().url_patterns, ())


def _patterns(found: list[URLPattern | URLResolver], before: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in found:
        arguments = (*before, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, arguments)
        else:
            yield pattern.name or str(pattern.pattern), arguments
