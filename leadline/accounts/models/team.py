"""A team, which may stand inside another."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """A team of people; `parent` is the team it belongs to, null for a team at the top."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    external_id = models.CharField(max_length=255, blank=True, default="")

    ENTITY: ClassVar[str] = "team"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "parent_id", "external_id")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def snapshot(self) -> dict[str, Any]:
        """The fields that the log keeps."""
        return {name: getattr(self, name) for name in self.TRACKED}

    def clean(self) -> None:
        """Raises ValidationError when the team would stand inside itself, or share its name with another one."""
        self.name = " ".join(self.name.split())
        if self.pk and self.parent_id in family(self.pk):
            raise ValidationError({"parent": _("A team cannot stand inside itself. Choose another team.")})
        if Team.objects.filter(name__iexact=self.name).exclude(pk=self.pk).exists():
            raise ValidationError({"name": _("There is a team of this name already. Choose another name.")})


def family(team_id: int | None) -> set[int]:
    """The ids of a team and of every team below it; empty for no team."""
    if team_id is None:
        return set()
    below: dict[int | None, list[int]] = {}
    for child, parent in Team.objects.values_list("pk", "parent_id"):
        below.setdefault(parent, []).append(child)
    found, waiting = {team_id}, [team_id]
    while waiting:
        for child in below.get(waiting.pop(), []):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found
