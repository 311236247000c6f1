"""Letting people in by their link: it is used up and the person is in, or neither."""

from __future__ import annotations

from leadline.accounts import invitations
from leadline.accounts.actors import Actor
from leadline.accounts.models import Invitation, Role, User
from leadline.activities.beginnings import begin
from leadline.crm.models import Currency, Deal, Pipeline, base_currency
from leadline.crm.pipelines import add_default_pipeline
from leadline.history import members
from leadline.history.writing import writing

BY_LINK = Actor(user=None, via="web")  # nobody is signed in yet


def found(invitation: Invitation, *, name: str, email: str, password: str, currency: str = "") -> User:
    """The first administrator. Somebody known from a file by this address becomes one. Raises invitations.NotValid."""
    with writing():
        invitations.use(invitation)
        if invitations.has_administrator():
            raise invitations.NotValid
        known = User.objects.filter(email=User.objects.clean_email(email)).first()
        facts = {"name": name, "role": Role.ADMINISTRATOR, "is_active": True}
        if known is None:
            user = members.add(User(email=email, **facts), by=BY_LINK)
        else:
            user = members.change(known, by=BY_LINK, **facts)
        _choose(user, password)
        if currency and currency != base_currency():
            _reckon_in(currency)
        if Pipeline.default() is None:
            add_default_pipeline(by=BY_LINK)  # one comes to a board, not to a question
        begin()
    return user


def accept(invitation: Invitation, *, password: str) -> User:
    """The invited person may sign in from now on. Raises invitations.NotValid."""
    assert invitation.user is not None, "set-up links are for `found`"
    with writing():
        invitations.use(invitation)
        user = members.change(invitation.user, by=BY_LINK, is_active=True)
        _choose(user, password)
    return user


def currency_is_open() -> bool:
    """Whether the base currency may still be chosen freely: deals carry their value in it."""
    return not Deal.objects.exists()


def _choose(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])


def _reckon_in(code: str) -> None:
    for other in Currency.objects.filter(is_base=True).exclude(code=code):
        other.edit(by=BY_LINK, is_base=False)
    known = Currency.objects.filter(code=code).first()
    if known is None:
        Currency(code=code, is_base=True).add(by=BY_LINK)
    else:
        known.edit(by=BY_LINK, is_base=True)
