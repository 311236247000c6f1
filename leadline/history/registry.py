"""Which model keeps which entity."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from leadline.accounts.models import Team, User, Visibility
from leadline.history.recorded import Recorded

MEMBERS: tuple[type[User] | type[Team] | type[Visibility], ...] = (User, Team, Visibility)


@cache
def recorded_models() -> dict[str, type[Recorded]]:
    """The recorded models by entity name; the people's rows of `members` apart."""
    return {model.ENTITY: model for model in apps.get_models() if issubclass(model, Recorded)}


def model_of(entity: str) -> type[Recorded]:
    """Raises KeyError for an entity that no model keeps."""
    return recorded_models()[entity]
