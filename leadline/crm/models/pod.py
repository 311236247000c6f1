"""A pod: people of several roles who sell together, and who of them hands what to whom (R39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadline.accounts.models import SalesRole, User
from leadline.history.numbers import numbers_of
from leadline.history.recorded import Recorded


class Choosing(models.TextChoices):
    """How one of several people is chosen."""

    TURN = "turn", gettext_lazy("In turn")
    LOAD = "load", gettext_lazy("Who has the fewest open")


def usual_paths() -> list[dict[str, str]]:
    """Who develops hands leads to a closer, a closer won deals to an account manager."""
    developers = [
        {"from": str(role), "to": str(SalesRole.CLOSER), "by": str(Choosing.TURN)}
        for role in (SalesRole.INBOUND, SalesRole.OUTBOUND)
    ]
    won = {"from": str(SalesRole.CLOSER), "to": str(SalesRole.ACCOUNT_MANAGER), "by": str(Choosing.TURN)}
    return [*developers, won]


class Pod(Recorded):
    """`member_ids` are users in ascending order. `paths` says from which role to which, and how one is chosen."""

    ENTITY: ClassVar[str] = "pod"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "member_ids", "paths", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "member_ids", "paths"})

    name = models.CharField(gettext_lazy("name"), max_length=120)
    member_ids: models.JSONField[Any, Any] = models.JSONField(gettext_lazy("members"), default=list, blank=True)
    paths: models.JSONField[Any, Any] = models.JSONField(
        gettext_lazy("who hands to whom"), default=usual_paths, blank=True
    )
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def derive(self, before: Mapping[str, Any], when: dt.datetime) -> None:
        """Raises ValidationError for a member or a path that is none."""
        super().derive(before, when)
        wanted = set(numbers_of(list(self.member_ids)))
        if set(before.get("member_ids", [])) != wanted:
            known = set(User.objects.filter(pk__in=wanted).values_list("pk", flat=True))
            if known != wanted or len(wanted) != len(self.member_ids):
                raise ValidationError({"member_ids": _("Choose people who are here, each once.")})
        self.member_ids = sorted(wanted)
        for path in self.paths:
            ends = {path.get("from"), path.get("to")}
            if len(ends) != 2 or not ends <= set(SalesRole.values) or path.get("by") not in Choosing.values:
                raise ValidationError({"paths": _("Say from which role to which other one, and how one is chosen.")})
