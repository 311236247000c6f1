"""Forms filled in as people do, and messages signed as programs do."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from leadline.crm.intake.signing import secret_of, signature
from leadline.crm.models import Door
from leadline.web.doors.sealing import seal

JANE = {"person": "Jane Doe", "organization": "Acme", "email": "jane@acme.com"}


def send(door: Door, *, ago: float = 60.0, client: Client | None = None, place: str = "10.0.0.1", **filled: Any) -> Any:
    """The answer to a form that was opened so many seconds ago; a `_seal` of one's own goes before."""
    data = {"_seal": seal(door.token, time.time() - ago), **filled}
    kind = "application/x-www-form-urlencoded"
    return (client or Client()).post(
        f"/forms/{door.token}/", urlencode(data, doseq=True), content_type=kind, REMOTE_ADDR=place
    )


def post(door: Door, content: Any, *, mark: str = "msg_1", ago: float = 0.0, secret: str = "", **headers: str) -> Any:
    """The answer to a message; bytes are sent as they are."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    moment = str(int(time.time() - ago))
    signed = {
        "webhook-id": mark,
        "webhook-timestamp": moment,
        "webhook-signature": signature(secret or secret_of(door), mark, moment, body),
    }
    kind = headers.pop("kind", "application/json")
    named = {**signed, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Client().post(f"/hooks/{door.token}/", body, content_type=kind, headers=named)
