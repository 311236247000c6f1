"""The next time block, and the stock of ideas where it runs low."""

from __future__ import annotations

from django.utils.translation import gettext as _

from leadline.activities import blocks
from leadline.activities import ideas as ideas_of
from leadline.web.digests.parts import Line, Part, Scope
from leadline.web.frame import formats
from leadline.web.frame.navigation import address


def next_block(scope: Scope) -> Part | None:
    """When it begins; no reason to write."""
    found = blocks.next_of(scope.user, scope.now)
    if found is None:
        return None
    line = Line(found.block.name, formats.moment(found.starts_at), address("blocks"))
    return Part("block", _("Next time block"), "timer", lines=(line,), href=address("blocks"), quiet=True)


def ideas(scope: Scope) -> Part | None:
    """Only where there are fewer than the floor."""
    count, floor = ideas_of.standing(scope.user)
    if count >= floor:
        return None
    line = Line(
        _("Your floor is %(floor)s. Ten minutes of looking for names fill it.") % {"floor": formats.number(floor)}
    )
    return Part("ideas", _("Ideas left"), "telescope", formats.number(count), address("ideas"), (line,), quiet=True)
