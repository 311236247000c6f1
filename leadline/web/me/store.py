"""Sessions in the database as Django keeps them, found by a question that is written once: every request asks it."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from leadline.history.statements import Statement

_session = Statement(lambda: Session.objects.filter(session_key=""))


class SessionStore(db.SessionStore):
    """Its base asks anew, in Django's way, for what is rare."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _session.record(self.session_key)
        if found is not None and found.expire_date > timezone.now():
            return found
        self._session_key = None
        return None
