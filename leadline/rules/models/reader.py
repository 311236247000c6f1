"""How far the log has been read for rules."""

from __future__ import annotations

from django.db import models

from leadline.history.reading import Cursor, end_of_log


class RuleReader(models.Model):
    """One row, a cursor as in `history.reading`; there from the first rule on that was switched on."""

    txn = models.BigIntegerField(default=0)
    change_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"({self.txn}, {self.change_id})"

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.txn, self.change_id)

    @classmethod
    def begin(cls) -> None:
        """What was before anybody had a rule sets nothing off."""
        if not cls.objects.exists():
            end = end_of_log()
            cls.objects.get_or_create(pk=1, defaults={"txn": end.txn, "change_id": end.id})

    def move(self, cursor: Cursor) -> bool:
        """On to there, unless another server has moved it meanwhile."""
        here = RuleReader.objects.filter(pk=self.pk, txn=self.txn, change_id=self.change_id)
        moved = here.update(txn=cursor.txn, change_id=cursor.id) == 1
        self.txn, self.change_id = cursor
        return moved
