"""The outbox: what is to go out, with what is attached to it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from leadline.accounts.models import User
from leadline.mail.models.run import Run


class LetterQuerySet(models.QuerySet[Any]):
    """Reading letters: `visible_to` is the one way to see them."""

    def visible_to(self, user: User) -> Self:
        """One's own; an administrator's are all."""
        if not user.is_active:
            return self.none()
        return self if user.is_administrator else self.filter(owner=user)


class Letter(models.Model):
    """A letter to one address. `owner` is the person with whose eyes it was written, and whose it is to read.

    Of a schedule that is who gets it, not who set it up: the numbers in it are those that the recipient may see.
    Operational, like an import's row: in no log, and gone after `keeping.KEPT`. Null `sent_at`: it has not gone out.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    run = models.ForeignKey(Run, models.SET_NULL, null=True, blank=True, related_name="letters")
    to = models.EmailField()
    subject = models.CharField(max_length=255)
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "owner"], name="one_letter_a_run")]

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """A file that goes along. Lists leave its content where it is: `defer("content")`."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name
