"""The example company into an empty installation, through the ordinary import."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import SYSTEM, By, actor
from leadline.accounts.models import User
from leadline.crm.models import Deal, Pipeline, Rate, Stage, base_currency
from leadline.crm.models.pipeline import DEFAULT_STAGES
from leadline.imports.example import tables
from leadline.imports.example.firm import STEPS
from leadline.imports.example.signing_in import SIGN_INS, let_in
from leadline.imports.example.story import Story, story
from leadline.imports.importing import carry_out, prepare
from leadline.imports.planning.options import Options

REVISE = dt.timedelta(days=45)  # R1: stages are revised in one to two months


def load(by: By | None = None, today: dt.date | None = None) -> None:
    """Two years that end on `today` (UTC, the current day by default). Where anybody or any deal is: nothing.

    A load that was cut short is begun again: the import takes back what it left, the rest is found as it is.
    """
    doer = actor(by or SYSTEM)
    if Deal.objects.exists() or User.objects.filter(email=SIGN_INS[0].email).exists():
        return
    told = story(today or timezone.now().date())
    stages = _pipeline(told, doer)
    money = _money(told, doer)
    with tempfile.TemporaryDirectory() as folder:
        _bring_in(tables.write(told, Path(folder), stages, money), doer.user)
    let_in(doer)


def write_files(folder: Path, by: By) -> list[Path]:
    """The example's files, for an import by hand; its pipeline and rate are made, its people get no sign-in.

    Raises ValidationError where any deal is: an example among real deals would falsify every number.
    """
    if Deal.objects.exists():
        raise ValidationError(_("There are deals here already; the example company goes into an empty Leadline only."))
    told = story(timezone.now().date())
    return tables.write(told, folder, _pipeline(told, by), _money(told, by))


def _pipeline(told: Story, by: By) -> Sequence[str]:
    """R1's default stages as they stood before the first deal, with what each says of the buyer; their names."""
    if Pipeline.default() is None:
        begun = told.deals[0].arrival.at - dt.timedelta(days=1)
        pipeline = Pipeline(name="Sales", position=0).add(by=by, at=begun)
        for position, ((name, days), step) in enumerate(zip(DEFAULT_STAGES, STEPS, strict=True)):
            Stage(
                pipeline=pipeline,
                name=str(name),
                position=position,
                rot_days=days,
                probability=step.probability,
                buyer_decision=step.buyer_decision,
                exit_criteria=step.exit_criteria,
                review_on=(told.now + REVISE).date(),
            ).add(by=by, at=begun)
    return [str(name) for name, _ in DEFAULT_STAGES]


def _money(told: Story, by: By) -> tables.Money:
    """The company's own currency and another one, with a rate from before the first deal."""
    code = base_currency()
    money = tables.Money(code, "EUR" if code != "EUR" else "USD")
    begun = told.deals[0].arrival.at.date()
    if not Rate.objects.filter(currency=money.foreign).exists():
        Rate(currency=money.foreign, on_date=begun, rate=Decimal(str(money.rate))).add(by=by)
    return money


def _bring_in(paths: list[Path], user: User | None) -> None:
    """Raises RuntimeError where a row does not come in: the example has no bad ones."""
    arrival, plan = prepare(paths, Options(), user=user, progress=_silent)
    result = carry_out(arrival, plan, user=user, progress=_silent)
    if result.failed:
        raise RuntimeError(f"{result.failed} rows of the example company are not in: {result.failures[:3]}")


def _silent(_label: str, _rows: int) -> None:
    """Nobody watches."""
