"""Yes and no, in the words of exports."""

from django.utils.translation import gettext as _

from leadline.imports.faults import BadValue

YES = frozenset(
    [
        "true",
        "yes",
        "y",
        "1",
        "1.0",
        "t",
        "x",
        "on",
        "active",
        "done",
        "completed",
        "complete",
        "closed",
        "checked",
        "да",
        "истина",
        "wahr",
        "ja",
        "oui",
        "si",
        "sí",
    ]
)
NO = frozenset(
    [
        "false",
        "no",
        "n",
        "0",
        "0.0",
        "f",
        "off",
        "inactive",
        "undone",
        "open",
        "not-done",
        "unchecked",
        "нет",
        "ложь",
        "falsch",
        "nein",
        "non",
    ]
) | {
    "not done",
    "not started",
    "to do",
    "in progress",
    "waiting",
    "deferred",
    "planned",
    "scheduled",
    "rescheduled",
}
NO = NO | {"cancelled", "canceled", "no show", "overdue", "pending"}


def read(text: str) -> bool:
    """True or False. Raises `BadValue` for any other word."""
    word = text.casefold().strip()
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadValue(_("this is neither yes nor no"), _("Write true or false."))
