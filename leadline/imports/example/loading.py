"""A simulated company into an empty installation, through the ordinary import; the example company is one."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.accounts.actors import SYSTEM, Actor, By, actor
from leadline.accounts.models import User
from leadline.crm import fitting
from leadline.crm.models import Deal, base_currency
from leadline.imports.example import by_hand, ground, process, working_day
from leadline.imports.example.company import SEED, Renamed, example
from leadline.imports.example.signing_in import SIGN_INS, let_in
from leadline.imports.example.staff import appoint, set_targets
from leadline.imports.importing import carry_out, prepare
from leadline.imports.planning.options import Options
from leadline.insights.simulator.files import write
from leadline.insights.simulator.files.writing import Simulated

Progress = Callable[[str, int], None]


def load(by: By | None = None, today: dt.date | None = None) -> None:
    """The example: two years until `today` (UTC; the current day by default). Where anybody or any deal is: nothing.

    A load that was cut short is begun again: the import takes back what it left, the rest is found as it is.
    """
    doer = actor(by or SYSTEM)
    if Deal.objects.exists() or User.objects.filter(email=SIGN_INS[0].email).exists():
        return
    day = today or timezone.now().date()
    bring_in(example(day), doer, renewals=True)
    let_in(doer)
    now = dt.datetime.combine(day, dt.time(), dt.UTC)
    process.fill(now, SEED)
    by_hand.touch_up(doer, now, SEED)
    working_day.fill(doer, now, SEED)
    fitting.catch_up()


def bring_in(simulation: Simulated, by: Actor, progress: Progress | None = None, *, renewals: bool = False) -> None:
    """A company with all that happened in it: its ground is laid, its files are imported, its people are appointed.

    Raises ValidationError where any deal is, RuntimeError where a row does not come in: the files have no bad ones.
    """
    company = _prepared(simulation, by, renewals)
    with tempfile.TemporaryDirectory() as folder:
        paths = write(company, Path(folder), renewals=renewals)
        heard = progress or _silent
        arrival, plan = prepare(paths, Options(), user=by.user, progress=heard)
        result = carry_out(arrival, plan, user=by.user, progress=heard)
    if result.failed:
        raise RuntimeError(f"{result.failed} rows of the simulated company are not in: {result.failures[:3]}")
    appoint(company.company, by)
    set_targets(company.company, by)


def write_files(folder: Path, by: By) -> list[Path]:
    """The example's files, for an import by hand; its pipelines and rates are made, its people get no sign-in.

    Raises ValidationError where any deal is: an example among real deals would falsify every number.
    """
    return write(_prepared(example(timezone.now().date()), actor(by), renewals=True), folder, renewals=True)


def _prepared(simulation: Simulated, by: Actor, renewals: bool) -> Simulated:
    """The company in the house's own currency, on ground that is laid."""
    if Deal.objects.exists():
        raise ValidationError(_("There are deals here already; a made-up company goes into an empty Leadline only."))
    company = Renamed(simulation, base_currency())
    ground.lay(company.company, by, renewals=renewals)
    return company


def _silent(_label: str, _rows: int) -> None:
    """Nobody watches."""
