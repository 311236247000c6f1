"""What is sold, and how much of it stands in a deal."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import By
from leadline.accounts.models import User
from leadline.crm.models.currency import CENT, iso_code
from leadline.crm.models.deal import Deal
from leadline.crm.models.record import Bearing
from leadline.history.recorded import Recorded, RecordedQuerySet


class Product(Bearing):
    """A product or service with its list price."""

    ENTITY: ClassVar[str] = "product"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "name",
        "code",
        "unit_price",
        "currency",
        "active",
        "custom",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"name", "code", "unit_price", "currency", "active", "custom"})

    name = models.CharField(_("name"), max_length=255)
    code = models.CharField(_("code"), max_length=120, blank=True, default="")
    unit_price = models.DecimalField(_("unit price"), max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="", validators=[iso_code])
    active = models.BooleanField(_("on sale"), default=True)
    external_id = models.CharField(max_length=255, blank=True, default="", db_index=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class DealProductQuerySet(RecordedQuerySet):
    """Lines are seen with their deal."""

    def visible_to(self, user: User) -> DealProductQuerySet:
        return self.filter(deal__in=Deal.objects.visible_to(user))


class DealProduct(Recorded):
    """A line of a deal: so many of a product at a price, less a discount in percent."""

    ENTITY: ClassVar[str] = "deal_product"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "deal_id",
        "product_id",
        "quantity",
        "unit_price",
        "discount",
        "position",
        "external_id",
        "deleted_at",
    )
    EDITABLE: ClassVar[frozenset[str]] = frozenset({"quantity", "unit_price", "discount", "position"})

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT, related_name="lines")
    quantity = models.DecimalField(
        _("quantity"), max_digits=14, decimal_places=3, default=Decimal(1), validators=[MinValueValidator(Decimal(0))]
    )
    unit_price = models.DecimalField(_("unit price"), max_digits=18, decimal_places=2, null=True, blank=True)
    discount = models.DecimalField(
        _("discount in percent"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    position = models.PositiveIntegerField(default=0)
    external_id = models.CharField(max_length=255, blank=True, default="")

    objects: ClassVar[Any] = DealProductQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["deleted_at"], name="line_trash", condition=models.Q(deleted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.quantity.normalize():f} x {self.product}"

    def guarded_by(self) -> Recorded:
        return self.deal

    def add(self, *, by: By, at: dt.datetime | None = None) -> Self:
        """A new line, at the list price where no other is named."""
        if self.unit_price is None:
            self.unit_price = self.product.unit_price
        return super().add(by=by, at=at)

    @property
    def amount(self) -> Decimal | None:
        """What the line comes to, to the cent; None without a price."""
        if self.unit_price is None:
            return None
        return (self.quantity * self.unit_price * (100 - self.discount) / 100).quantize(CENT)
