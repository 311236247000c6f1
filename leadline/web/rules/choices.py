"""What can be chosen in the editor of a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leadline.accounts.models import User
from leadline.activities.models import ActivityType, Outcome
from leadline.crm.conditions import asker
from leadline.crm.fields import Field, FieldKind
from leadline.crm.models import Label, LeadStage
from leadline.rules import checking, timed
from leadline.rules.acts import ACTS, whom
from leadline.rules.acts.changing import settable
from leadline.rules.whens import KINDS, When
from leadline.web.dealing.stages import stage_groups
from leadline.web.frame.formats import number

Pairs = Sequence[tuple[Any, str]]
A_KIND = {
    "deal": gettext_lazy("a deal"),
    "lead": gettext_lazy("a lead"),
    "person": gettext_lazy("a person"),
    "organization": gettext_lazy("an organization"),
}


@dataclass(frozen=True)
class Control:
    """How a value of a field is asked for: an input of this type, or options."""

    type: str
    options: Pairs | None = None


def counted(kind: str, n: int) -> str:
    """ "37 deals"."""
    words = {
        "deal": ngettext("%(n)s deal", "%(n)s deals", n),
        "lead": ngettext("%(n)s lead", "%(n)s leads", n),
        "person": ngettext("%(n)s person", "%(n)s people", n),
        "organization": ngettext("%(n)s organization", "%(n)s organizations", n),
    }
    return words[kind] % {"n": number(n)}


def kinds() -> Pairs:
    return [(kind, str(A_KIND[kind])) for kind in KINDS]


def whens(kind: str) -> Pairs:
    return [(str(when), str(When(when).label)) for when in KINDS[kind]]


def stages(kind: str) -> list[tuple[str, Pairs]]:
    """Grouped by pipeline; of leads in one group without a name."""
    if kind == "lead":
        return [("", [(str(value), str(word)) for value, word in LeadStage.choices])]
    return [(name, [(stage.pk, stage.name) for stage in several]) for name, several in stage_groups()]


def watched(kind: str) -> Pairs:
    return _named(checking.watchable(kind))


def set_by_rule(kind: str) -> Pairs:
    return _named(settable(kind))


def days(kind: str) -> Pairs:
    return _named(timed.days_of(kind))


def types() -> Pairs:
    return list(ActivityType.objects.kept().values_list("pk", "name"))


def outcomes() -> Pairs:
    return [(name, name) for name in Outcome.objects.kept().values_list("name", flat=True)]


def people() -> Pairs:
    return [(user.pk, str(user)) for user in User.objects.who_may_own()]


def receivers(kind: str) -> Pairs:
    """To whom a record can be given."""
    chosen = [(whom.CHOSEN, _("whom the assignment rules choose"))] if kind == "lead" else []
    return [*chosen, *people()]


def labels() -> Pairs:
    return list(Label.objects.kept().values_list("pk", "name"))


def acts(kind: str) -> Pairs:
    return [(act.name, str(act.word)) for act in ACTS.values() if kind in act.kinds]


def control(fields: dict[str, Field], name: str) -> Control:
    """For the value of the field that is chosen; of none a text."""
    field = fields.get(name)
    if field is None:
        return Control("text")
    options = field.options(asker().linked)
    if options is not None:
        return Control("select", options)
    if field.kind == FieldKind.FLAG:
        return Control("select", [("yes", _("yes")), ("no", _("no"))])
    return Control({FieldKind.DAY: "date", FieldKind.LONG: "long"}.get(field.kind, "text"))


def _named(fields: dict[str, Field]) -> Pairs:
    return sorted(((name, str(field.word)) for name, field in fields.items()), key=lambda pair: pair[1].casefold())
