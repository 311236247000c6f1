"""Who may import what: a reader nothing, a seller sales records, a leader all but people of the company."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from leadline.accounts.models import Role, User
from leadline.imports.kinds import Kind

COMPANY = (Kind.TEAMS, Kind.USERS)


def check(user: User | None, kinds: Sequence[Kind]) -> None:
    """Raises PermissionDenied. Leadline's own command line (no user) may do everything."""
    if user is None or (user.is_active and user.is_administrator):
        return
    if not user.is_active or user.role not in (Role.LEADER,):
        raise PermissionDenied(_("Only leaders and administrators may import files."))
    if any(kind in COMPANY for kind in kinds):
        raise PermissionDenied(_("Only administrators may import users and teams."))
