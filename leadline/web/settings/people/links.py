"""Links that let people in: shown once to the administrator, and sent by mail where Leadline sends mail."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.utils.translation import gettext as _

from leadline.accounts import invitations
from leadline.accounts.models import User
from leadline.web.frame.doing import reader_of

log = logging.getLogger(__name__)
SHOWN_ONCE = "link_for"


def make_link(request: HttpRequest, person: User, *, send: bool = False) -> None:
    """A fresh link, which ends older ones. It is kept in the administrator's session until it has been shown.

    Raises ValidationError for somebody without an address. A mail that does not go out is said, and the link shown.
    """
    link = request.build_absolute_uri(invitations.invite_link(person))
    if send and _sent(request, person, link):
        messages.success(request, _("The link is on its way to %(email)s.") % {"email": person.email})
    else:
        request.session[SHOWN_ONCE] = [person.pk, link]


def link_to_show(request: HttpRequest, person: User) -> str:
    """The link made a moment ago for this person, once; "" afterwards. Only a hash of it is kept for good."""
    kept = request.session.get(SHOWN_ONCE)
    if not kept or kept[0] != person.pk:
        return ""
    del request.session[SHOWN_ONCE]
    return str(kept[1])


def _sent(request: HttpRequest, person: User, link: str) -> bool:
    if not settings.EMAIL_URL:
        return False
    facts = {"who": reader_of(request), "name": person, "link": link}
    text = _(
        "Hello %(name)s,\n\n%(who)s invites you to Leadline. Choose a password here:\n\n%(link)s\n\n"
        "The link works once, for a week.\n"
    )
    try:
        send_mail(_("Your way into Leadline"), text % facts, None, [person.email or ""])
    except (OSError, SMTPException) as error:
        log.warning("The link for %r could not be sent: %s", person.email, error)
        messages.error(request, _("The mail could not be sent. Give them the link yourself."))
        return False
    return True
