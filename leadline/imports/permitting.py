"""Who may import what: a reader nothing, a seller their own sales records, a leader all but people of the company."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leadline.accounts.actors import Actor
from leadline.accounts.models import Role, User
from leadline.accounts.permissions import may
from leadline.imports.kinds import Kind

COMPANY = frozenset({Kind.TEAMS, Kind.USERS})
SALES = frozenset(
    {Kind.ORGANIZATIONS, Kind.PEOPLE, Kind.LEADS, Kind.DEALS, Kind.STAGE_CHANGES, Kind.DEAL_PRODUCTS, Kind.ACTIVITIES}
)


class Forbidden(Exception):
    """A row needs what the person may not do; the text says what."""


def check(user: User | None, kinds: Sequence[Kind]) -> None:
    """Raises PermissionDenied. Leadline's own command line (no user) may do everything."""
    if user is None or (user.is_active and user.is_administrator):
        return
    if not user.is_active or user.role == Role.READER:
        raise PermissionDenied(_("You may not import files."))
    if any(kind in COMPANY for kind in kinds):
        raise PermissionDenied(_("Only administrators may import users and teams."))
    if not user.leads and any(kind not in SALES for kind in kinds):
        raise PermissionDenied(_("Only leaders and administrators may import pipelines, stages, products and targets."))


def seller(by: Actor) -> User | None:
    """The person, where they may import only what is their own."""
    return by.user if by.user is not None and not by.user.leads else None


def require_making(by: Actor, model: Any, name: str) -> None:
    """Raises `Forbidden` where a seller's row needs a new source, stage, colleague ..."""
    if seller(by) is not None:
        words = {"what": model._meta.verbose_name, "name": name}
        raise Forbidden(_("there is no %(what)s %(name)s, and only leaders make new ones") % words)


def require_change(by: Actor, model: Any, pk: int) -> None:
    """Raises `Forbidden` where the record is not the seller's to change."""
    user = seller(by)
    if user is not None and pk > 0 and not may(user, "change", model._base_manager.get(pk=pk)):
        raise Forbidden(_("the record is here already and not yours to change"))


def owner(by: Actor, named: int | None) -> int | None:
    """Whose the record will be. Raises `Forbidden` where a seller's file gives it to somebody else."""
    user = seller(by)
    if user is None:
        return named
    if named not in (None, user.pk):
        raise Forbidden(_("the record belongs to somebody else; you may import your own"))
    return user.pk
