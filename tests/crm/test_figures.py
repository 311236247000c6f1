"""What a selection comes to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leadline.accounts.actors import SYSTEM
from leadline.crm.listing.figures import figures_of
from leadline.crm.models import Deal
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_deals_without_a_value_weigh_nothing() -> None:
    make.stage(0).edit(by=SYSTEM, probability=50)
    make.deal(value=None)
    assert figures_of("deal", Deal.objects.all()).weighted == Decimal(0)
    make.stage(1).edit(by=SYSTEM, probability=10)
    make.deal(value=Decimal(300), stage=make.stage(1))
    found = figures_of("deal", Deal.objects.all())
    assert (found.weighted, found.total, found.without_value) == (Decimal(30), Decimal(300), 1)


def test_a_value_without_a_rate_is_told_apart() -> None:
    make.deal(value=None)
    make.deal(value=Decimal(300))
    make.deal(value=Decimal(500), currency="CHF")
    found = figures_of("deal", Deal.objects.all())
    assert (found.total, found.without_value, found.without_rate) == (Decimal(300), 1, 1)
