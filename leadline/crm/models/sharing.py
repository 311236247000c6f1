"""What somebody keeps for themselves or shares with everybody, to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from leadline.accounts.actors import By, actor
from leadline.accounts.models import User
from leadline.history.recorded import Recorded, RecordedQuerySet


class SharedQuerySet(RecordedQuerySet):
    """One's own, and what others share."""

    def visible_to(self, user: User) -> SharedQuerySet:
        if not user.is_active:
            return self.none()
        return self.filter(models.Q(owner=user) | models.Q(shared=True))


class Shared(Recorded):
    """Of one person, with a name; `shared` opens it to everybody. Its owner and administrators change it."""

    name = models.CharField(gettext_lazy("name"), max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss")
    shared = models.BooleanField(gettext_lazy("shared"), default=False)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def add(self, *, by: By, at: Any = None) -> Any:
        """A new one, of the person who saves it."""
        if self.owner_id is None:
            self.owner_id = actor(by).id
        return super().add(by=by, at=at)
