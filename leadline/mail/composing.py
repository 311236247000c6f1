"""A letter as a mail: its headers and parts. What would break a header is refused, not mended."""

from __future__ import annotations

from email.errors import MessageError
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from leadline.mail.models import Letter


class Unsendable(Exception):
    """Never goes out as it is; says why, in words for whoever looks at the outbox."""


class AccountTrouble(Exception):
    """No fault of the letter: the mail account does not work now."""


def sender() -> str:
    """The bare address that letters are from. Raises AccountTrouble where LEADLINE_MAIL_FROM holds none."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if not _is_address(address) or len(settings.DEFAULT_FROM_EMAIL.splitlines()) != 1:
        raise AccountTrouble(
            _("LEADLINE_MAIL_FROM is no e-mail address: %(from)s") % {"from": settings.DEFAULT_FROM_EMAIL}
        )
    return address


def message_id(letter: Letter) -> str:
    """The same for each try of a letter: a mailbox that gets it twice can tell."""
    mark = salted_hmac("leadline.mail.letter", f"{letter.pk} {letter.created_at.isoformat()}").hexdigest()[:24]
    return f"<{letter.pk}.{mark}@{sender().rpartition('@')[2]}>"


def composed(letter: Letter) -> bytes:
    """The whole mail with CRLF. Raises Unsendable, AccountTrouble."""
    if not _is_address(letter.to):
        raise Unsendable(_("“%(address)s” is no e-mail address.") % {"address": letter.to})
    sender()
    headers = {
        "Message-ID": message_id(letter),
        "Date": format_datetime(letter.queued_at),
        "Auto-Submitted": "auto-generated",
    }
    if letter.stop_at:  # RFC 2369, RFC 8058
        headers |= {"List-Unsubscribe": f"<{letter.stop_at}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(
        letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [letter.to], headers=headers
    )
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    for file in letter.attachments.all():
        mail.attach(file.name, bytes(file.content), file.media_type)
    try:
        return mail.message().as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    except (ValueError, LookupError, MessageError) as error:  # a line break in a header, a character no header takes
        raise Unsendable(_("It cannot be written as a mail: %(error)s") % {"error": error}) from error


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return text.isascii()
