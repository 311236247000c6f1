"""What a form brought: texts and files by the names of their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.http import HttpRequest


@dataclass(frozen=True)
class Given:
    """The body of a request; fields that are not there are empty."""

    request: HttpRequest

    def text(self, name: str) -> str:
        return str(self.request.POST.get(name, "")).strip()

    def file(self, name: str) -> tuple[str, BinaryIO] | None:
        """Its name and content."""
        found = self.request.FILES.get(name)
        return None if found is None else (found.name or "", cast("BinaryIO", found.file))
