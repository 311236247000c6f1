"""Records for tests, made by the verbs; every field has a plain default."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from leadline.accounts.actors import SYSTEM, By
from leadline.activities.models import Activity, ActivityType
from leadline.crm.models import (
    Campaign,
    CustomField,
    Deal,
    DealProduct,
    Label,
    Lead,
    LostReason,
    Note,
    Organization,
    Person,
    Pipeline,
    Product,
    Source,
    Stage,
)
from leadline.crm.pipelines import add_default_pipeline

_numbers = itertools.count(1)


def pipeline(by: By = SYSTEM) -> Pipeline:
    """The default pipeline: the one that is there, or a new one."""
    return Pipeline.default() or add_default_pipeline(by=by)


def stage(position: int = 0) -> Stage:
    """A stage of the default pipeline by its place, 0 the first."""
    return pipeline().kept_stages()[position]


def deal(by: By = SYSTEM, **fields: Any) -> Deal:
    if "pipeline" not in fields and "stage" not in fields:
        fields["pipeline"] = pipeline()
    at = fields.pop("at", None)
    return Deal(**{"title": f"Deal {next(_numbers)}", "value": Decimal(1000)} | fields).add(by=by, at=at)


def lead(by: By = SYSTEM, **fields: Any) -> Lead:
    return Lead(**{"title": f"Lead {next(_numbers)}"} | fields).add(by=by)


def person(by: By = SYSTEM, **fields: Any) -> Person:
    return Person(**{"name": f"Person {next(_numbers)}"} | fields).add(by=by)


def organization(by: By = SYSTEM, **fields: Any) -> Organization:
    return Organization(**{"name": f"Organization {next(_numbers)}"} | fields).add(by=by)


def note(on: Deal | Lead | Person | Organization, by: By = SYSTEM, **fields: Any) -> Note:
    return Note(**{"text": "<p>Called.</p>", on.ENTITY: on} | fields).add(by=by)


def activity(by: By = SYSTEM, **fields: Any) -> Activity:
    if "type" not in fields:
        fields["type"] = ActivityType.objects.filter(name="Call").first() or ActivityType(name="Call").add(by=SYSTEM)
    return Activity(**{"subject": f"Activity {next(_numbers)}"} | fields).add(by=by)


def product(by: By = SYSTEM, **fields: Any) -> Product:
    return Product(**{"name": f"Product {next(_numbers)}", "unit_price": Decimal(100)} | fields).add(by=by)


def line(of: Deal, by: By = SYSTEM, **fields: Any) -> DealProduct:
    if "product" not in fields:
        fields["product"] = product()
    return DealProduct(deal=of, **fields).add(by=by)


def source(name: str = "Referral", by: By = SYSTEM) -> Source:
    return Source(name=name).add(by=by)


def campaign(name: str = "Spring", by: By = SYSTEM, **fields: Any) -> Campaign:
    return Campaign(name=name, **fields).add(by=by)


def label(name: str = "Hot", by: By = SYSTEM) -> Label:
    return Label(name=name).add(by=by)


def lost_reason(name: str = "Price", by: By = SYSTEM) -> LostReason:
    return LostReason(name=name).add(by=by)


def custom_field(kind: str, by: By = SYSTEM, **fields: Any) -> CustomField:
    """An own field of deals unless another `entity` is named; choices Gold and Silver for a field of choices."""
    options = ["Gold", "Silver"] if kind.startswith("choice") else []
    defaults = {"entity": "deal", "name": f"Own {next(_numbers)}", "options": options}
    return CustomField(kind=kind, **defaults | fields).add(by=by)
