"""Every address of the application, found in its urlconf."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

# What shapes the company, by a form each.
SHAPING = (
    "named_add", "named_order", "named_change", "named_delete", "named_restore", "named_join", "pipeline_add",
    "pipelines_order", "pipeline_change", "pipeline_copy", "pipeline_delete", "pipeline_restore", "stage_add",
    "stages_order", "stage_change", "stage_delete", "stage_restore", "field_change", "field_delete",
    "field_restore", "choice_add", "choices_order", "choice_change", "choice_remove", "field_add", "fields_order",
    "base_change", "currency_add", "currency_drop", "rate_add", "rate_change", "rate_delete", "working_week",
)  # fmt: skip
# What is done to forms and webhooks; the first names none.
DOOR_DONE = (
    "door_add", "door_typed", "door_test", "door_copy", "door_rotate", "door_off", "door_delete", "door_restore",
    "arrival_judge",
)  # fmt: skip


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
