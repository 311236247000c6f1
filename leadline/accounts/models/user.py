"""A person who may sign in, or who is known by name only until they accept an invitation."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadline.accounts.actors import Actor
from leadline.accounts.models.team import Team


class Role(models.TextChoices):
    """What a person is in the company; `accounts.permissions` says what each may do."""

    ADMINISTRATOR = "administrator", _("Administrator")
    LEADER = "leader", _("Leader")
    SELLER = "seller", _("Seller")
    READER = "reader", _("Reader")


class SalesRole(models.TextChoices):
    """What a person does in a sale (R39); what they may do in the company is their `Role`."""

    INBOUND = "inbound", _("Inbound development")
    OUTBOUND = "outbound", _("Outbound development")
    CLOSER = "closer", _("Closer")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    LEADER = "leader", _("Sales leader")


class UserManager(BaseUserManager["User"]):
    """Finding people and making their rows; `history.members` makes them with a trace."""

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.clean_email(email), **fields)
        user.set_password(password)  # None: nobody can sign in with it
        user.save(using=self._db)
        return user

    def clean_email(self, email: str | None) -> str | None:
        """Kept in small letters, as they are compared without case; none is null, so that many may have none."""
        return email.strip().lower() or None if email else None

    def who_may_own(self) -> models.QuerySet[User]:
        """Those who can be given records: see `User.may_own`."""
        known = models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return self.filter(models.Q(is_active=True) | (known & ~models.Q(left_on__lte=timezone.localdate())))

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=self.clean_email(username))


class User(AbstractBaseUser):
    """Somebody who owns deals. Without an e-mail address and `is_active` they are known by name only."""

    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.SELLER)
    sales_role = models.CharField(_("role in a sale"), max_length=16, choices=SalesRole.choices, blank=True, default="")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="members")
    is_active = models.BooleanField(_("may sign in"), default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(default=timezone.now)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    carries_quota = models.BooleanField(_("carries a quota"), default=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    language = models.CharField(_("language"), max_length=16, blank=True, default="")
    external_id = models.CharField(max_length=255, blank=True, default="", db_index=True)

    objects: ClassVar[UserManager] = UserManager()

    ENTITY: ClassVar[str] = "user"
    TRACKED: ClassVar[tuple[str, ...]] = (
        "email",
        "name",
        "role",
        "sales_role",
        "team_id",
        "is_active",
        "hired_on",
        "left_on",
        "carries_quota",
        "external_id",
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = [Lower("name"), "pk"]

    def __str__(self) -> str:
        return self.name or self.email or f"#{self.pk}"

    def get_full_name(self) -> str:
        return str(self)

    def snapshot(self) -> dict[str, Any]:
        """The fields that the log keeps; never the password."""
        return {name: getattr(self, name) for name in self.TRACKED}

    @property
    def may_own(self) -> bool:
        """Whether records can be given to them: they sign in, or will one day; not those who left or were let go.

        Whoever came by a file, or was invited, has never had a password.
        """
        left = self.left_on is not None and self.left_on <= timezone.localdate()
        return self.is_active or not (left or self.has_usable_password())

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def leads(self) -> bool:
        """Whether this person leads others: leaders and administrators do."""
        return self.role in (Role.ADMINISTRATOR, Role.LEADER)

    def via(self, way: str, act: uuid.UUID | None = None) -> Actor:
        """This person acting by another way than the web: `user.via("api")`; `act` groups what belongs together."""
        return Actor(user=self, via=way, act=act)
