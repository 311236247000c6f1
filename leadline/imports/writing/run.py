"""An import, written from its staging file in the order in which things need each other."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from leadline.imports.kinds import Kind
from leadline.imports.permitting import Forbidden, seller
from leadline.imports.planning.staging import Staged
from leadline.imports.writing import activities, deals, later, leads, lines, records, targets
from leadline.imports.writing.context import Context
from leadline.imports.writing.everything import Everything

# Rows of one transaction: long enough to be quick, short enough to let others write in between.
CHUNK = 1000

Step = Callable[[Everything, list[Staged]], None]
STEPS: tuple[tuple[Kind, Step], ...] = (
    (Kind.TEAMS, lambda all_, chunk: bring_in_teams(all_, chunk)),
    (Kind.USERS, lambda all_, chunk: all_.users.bring_in(chunk)),
    (Kind.PIPELINES, lambda all_, chunk: all_.stages.bring_in_pipelines(chunk)),
    (Kind.STAGES, lambda all_, chunk: all_.stages.bring_in(chunk)),
    (Kind.PRODUCTS, records.bring_in_products),
    (Kind.ORGANIZATIONS, records.bring_in_organizations),
    (Kind.PEOPLE, records.bring_in_people),
    (Kind.LEADS, leads.bring_in),
    (Kind.DEALS, deals.bring_in),
    (Kind.DEAL_PRODUCTS, lines.bring_in),
    (Kind.ACTIVITIES, activities.bring_in),
    (Kind.TARGETS, targets.bring_in),
)


def write(context: Context) -> Iterator[int]:
    """Write everything; yields how many rows were handled after each transaction, so that the caller may stop."""
    all_ = Everything(context)
    for kind, step in STEPS:
        if kind is Kind.DEALS:
            yield from before_deals(context, all_)
        # A row that a seller may not import is refused by itself.
        for chunk in context.staging.chunks(kind, 1 if seller(context.by) else CHUNK):
            counted = context.counted()
            try:
                with context.transaction():
                    step(all_, chunk)
            except Forbidden as forbidden:
                context.counts, context.made = counted
                all_ = refuse(context, chunk[0], forbidden)
            yield len(chunk)
        if kind is Kind.DEALS:
            yield from left_over(context, all_)


def refuse(context: Context, row: Staged, forbidden: Forbidden) -> Everything:
    """Report the row, forget what it was about to make, and look at everything afresh."""
    context.batch.clear()
    context.faults.clear()
    context.fault(row, "", "", str(forbidden), _("Ask a leader, or correct the row."), fatal=True)
    context.staging.add_faults(context.faults)
    context.faults.clear()
    return Everything(context)


def before_deals(context: Context, all_: Everything) -> Iterator[int]:
    """Stages that deals and stage changes name, made in one go so that they stand in a sensible order."""
    if context.has(Kind.DEALS) or context.has(Kind.STAGE_CHANGES):
        with context.transaction():
            if context.has(Kind.DEALS):
                all_.stages.propose()
        yield 0


def left_over(context: Context, all_: Everything) -> Iterator[int]:
    """Stage changes of deals that had no row."""
    if not context.has(Kind.STAGE_CHANGES):
        return
    while keys := context.staging.unused_deals(CHUNK):
        with context.transaction():
            later.bring_in(all_, keys)
        yield len(keys)


def bring_in_teams(all_: Everything, chunk: list[Staged]) -> None:
    """Rows of a file of teams."""
    teams = all_.users.teams
    for row in chunk:
        if teams.find(row.ext or row.body["name"]) or teams.find(row.body["name"]):
            all_.context.count(Kind.TEAMS, "unchanged")
            continue
        teams.make(row.body["name"], said=False, **({"external_id": row.ext} if row.ext else {}))
        all_.context.count(Kind.TEAMS, "created")
