from leadline.accounts.models.invitation import Invitation
from leadline.accounts.models.team import Team
from leadline.accounts.models.user import Role, SalesRole, User
from leadline.accounts.models.visibility import Level, Visibility

__all__ = ["Invitation", "Level", "Role", "SalesRole", "Team", "User", "Visibility"]
