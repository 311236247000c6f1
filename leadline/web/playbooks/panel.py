"""What the page of a deal shows of its playbook: the stage's decision, criteria and guidance; the items; the score."""

from __future__ import annotations

from dataclasses import dataclass, field

from leadline.accounts.models import User
from leadline.crm.models import Deal, Playbook, Stage
from leadline.crm.playbooks import Part, part_of, place, published_in, standings, versions_for
from leadline.web.playbooks.asks import Ask, furnish, place_of
from leadline.web.playbooks.people import discreet


@dataclass
class Panel:
    """`asks` are of the stage where the deal stands, `before` those of the stages behind it."""

    deal: Deal
    stage: Stage | None = None
    book: Playbook | None = None
    asks: list[Ask] = field(default_factory=list)
    before: list[tuple[Stage, list[Ask]]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    may_change: bool = False
    may_waive: bool = False

    @property
    def there(self) -> bool:
        """Whether there is anything to show."""
        told = self.stage and (self.stage.buyer_decision or self.stage.exit_criteria)
        return bool(told or self.book or self.before)

    @property
    def settled(self) -> int:
        return sum(1 for ask in self.asks if ask.state in ("answered", "waived"))

    @property
    def lacking(self) -> int:
        """Items that hold the deal back."""
        return sum(1 for ask in self.every if ask.state == "lacking")

    @property
    def every(self) -> list[Ask]:
        return [*self.asks, *(ask for _stage, asks in self.before for ask in asks)]

    @property
    def open(self) -> bool:
        """Unfolded to begin with: where something holds the deal back."""
        return self.deal.is_open and self.lacking > 0

    @property
    def earned(self) -> float:
        return sum(part.earned for part in self.parts)

    @property
    def weight(self) -> int:
        return sum(part.weight for part in self.parts)

    @property
    def score(self) -> int | None:
        """0 to 100, as the deal keeps it (`crm.playbooks.scoring`)."""
        return int(100 * self.earned / self.weight + 0.5) if self.weight else None


def panel_of(reader: User, deal: Deal, stage: Stage | None, *, may_change: bool) -> Panel:
    """Of a deal that the reader has been allowed to see, which stands in `stage`."""
    panel = Panel(deal, stage, may_change=may_change, may_waive=may_change and reader.leads)
    versions = published_in(deal.pipeline_id) if stage is not None else {}
    if stage is None or not versions:
        return panel
    deal.stage = stage
    rows = Stage.objects.kept().filter(pk__in=versions).exclude(pk=stage.pk).order_by("position", "pk")
    stages = [*(each for each in rows if place(each) < place(stage)), stage]
    books = {pk: book for (_deal, pk), book in versions_for([deal], stages, versions).items()}
    found = standings(deal, books)
    for each in stages:
        told = discreet(found[each.pk], reader)
        asks = [Ask(deal, each, one, place_of(deal, one.item)) for one in told]
        panel.parts += [part for one in told if (part := part_of(each, one)) is not None]
        if each is stage:
            panel.asks = asks
        elif asks:
            panel.before.append((each, asks))
    panel.book = books[stage.pk]
    if may_change:
        furnish(panel.every)
    return panel


def one_of(panel: Panel, key: str) -> Ask | None:
    """The item with this key, where the panel shows it."""
    return next((ask for ask in panel.every if ask.key == key), None)
