"""Where deals are to go, and what they lack for it: asked in one form, which moves or wins them in the same act."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import User
from leadline.accounts.permissions import may
from leadline.crm.models import Deal, Stage
from leadline.crm.playbooks import Standing, missing
from leadline.history.numbers import number_of, numbers_of
from leadline.web.dealing.acts import said
from leadline.web.dealing.finding import MOST
from leadline.web.frame.doing import reader_of
from leadline.web.playbooks.asks import Ask, furnish, place_of
from leadline.web.playbooks.people import introduce

WON = "won"


@dataclass
class Going:
    """Deals on their way to a stage; `stage` is None where they are to be won. `asks` is what holds them back."""

    deals: list[Deal]
    stage: Stage | None
    reader: User
    asks: list[Ask] = field(default_factory=list)

    def go(self, by: Actor) -> None:
        """The verb, on each. Raises MissingItems, ValidationError, PermissionDenied."""
        for deal in self.deals:
            if self.stage is None:
                deal.win(by=by)
            else:
                deal.move_to(self.stage, by=by)

    @property
    def done(self) -> str:
        """What was done, for the toast."""
        return said(self.deals, _("won") if self.stage is None else _("moved to %(to)s") % {"to": self.stage.name})

    def sections(self) -> list[tuple[Deal, list[tuple[Stage, list[Ask]]]]]:
        """By deal and stage, in their order."""
        return [
            (deal, [(stage, list(asks)) for stage, asks in groupby(list(of_deal), key=lambda ask: ask.stage)])
            for deal, of_deal in groupby(self.asks, key=lambda ask: ask.deal)
        ]


def going(request: HttpRequest, pk: int) -> Going:
    """The deal of the address and those that `also` names; `to` is a stage's number or "won".

    Raises Http404 for what is not there, PermissionDenied for a deal that one may not change.
    """
    reader = reader_of(request)
    wanted = list(dict.fromkeys([pk, *numbers_of(request.GET.get("also", "").split(","))]))[: MOST + 1]
    found = Deal.objects.visible_to(reader).kept().select_related("stage").in_bulk(wanted)
    if len(found) != len(wanted) or len(wanted) > MOST:
        raise Http404
    deals = [found[number] for number in wanted]
    if not all(may(reader, "change", deal) for deal in deals):
        raise PermissionDenied(_("You may not change this deal."))
    to = request.GET.get("to", "")
    stage = None if to == WON else Stage.kept(number_of(to) or 0)
    if to != WON and stage is None:
        raise Http404
    return Going(deals, stage, reader)


def look(on: Going) -> None:
    """Finds what the deals lack, as it stands now."""
    lacks = [(deal, stage, item) for deal in on.deals for stage, item in missing(deal, on.stage) or ()]
    on.asks = [Ask(deal, stage, Standing(item), place_of(deal, item)) for deal, stage, item in lacks]
    furnish(on.asks)
    introduce(on.asks, on.reader)
