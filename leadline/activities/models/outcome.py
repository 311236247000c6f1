"""What came of an activity: no answer, reached, a meaningful conversation ... (editable)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import By, actor
from leadline.history.recorded import Recorded
from leadline.history.writing import writing


class CountsAs(models.TextChoices):
    """What an outcome counts as: a conversation is also somebody reached."""

    NO_ANSWER = "no_answer", _("Nobody reached")
    REACHED = "reached", _("Somebody reached")
    CONVERSATION = "conversation", _("A meaningful conversation")


class Outcome(Recorded):
    """One word of the company's list, in its order; it may count as nothing. Activities keep word and meaning."""

    ENTITY: ClassVar[str] = "outcome"
    TRACKED: ClassVar[tuple[str, ...]] = ("name", "position", "counts_as", "external_id", "deleted_at")
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "position", "counts_as"})

    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveIntegerField(default=0)
    counts_as = models.CharField(_("counts as"), max_length=12, choices=CountsAs.choices, blank=True, default="")
    external_id = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def meaning(cls, word: str) -> str:
        """What a word counts as by the company's list, large or small letters alike; "" for one that is not in it."""
        wanted = word.strip().casefold()
        rows = cls.objects.kept().values_list("name", "counts_as") if wanted else ()
        return next((counts_as for name, counts_as in rows if name.casefold() == wanted), "")


# R30: what a new company chooses from; words and meanings are theirs to change.
DEFAULT_OUTCOMES = (
    (_("No answer"), CountsAs.NO_ANSWER),
    (_("Left a message"), CountsAs.NO_ANSWER),
    (_("Reached"), CountsAs.REACHED),
    (_("Meaningful conversation"), CountsAs.CONVERSATION),
    (_("Meeting agreed"), CountsAs.CONVERSATION),
    (_("Not interested"), CountsAs.REACHED),
    (_("Wrong number"), CountsAs.NO_ANSWER),
)


def add_default_outcomes(*, by: By) -> list[Outcome]:
    """The outcomes that a company starts with."""
    doer = actor(by).together()
    with writing():
        return [
            Outcome(name=str(name), position=position, counts_as=counts_as).add(by=doer)
            for position, (name, counts_as) in enumerate(DEFAULT_OUTCOMES)
        ]
