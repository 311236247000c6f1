"""How a door is reached from outside: its address, the lines for a site, and a message to try a webhook with."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from leadline.crm.models import Door, DoorKind
from leadline.crm.models.door_shape import OURS, FieldKind

SAMPLES = {
    "person": "Ada Example",
    "first_name": "Ada",
    "last_name": "Example",
    "email": "ada@example.org",
    "phone": "+44 20 7946 0000",
    "organization": "Example Mill",
    "website": "https://example.org",
    "job_title": "Head of purchasing",
    "title": "A test from the settings",
    "message": "This is a test. Please delete the lead when you have looked at it.",
}
BY_KIND = {
    FieldKind.EMAIL: "ada@example.org",
    FieldKind.URL: "https://example.org",
    FieldKind.NUMBER: "12",
    FieldKind.DATE: "2030-01-31",
    FieldKind.PHONE: "+44 20 7946 0000",
}


def address_of(request: HttpRequest, door: Door) -> str:
    """Whole, as the browser reaches this house."""
    name = "door_form" if door.kind == DoorKind.FORM else "door_hook"
    return request.build_absolute_uri(reverse(name, args=[door.token]))


def sample_of(door: Door) -> dict[str, Any]:
    """What a visitor or a program might send by this door."""
    if door.kind == DoorKind.HOOK:
        return _nested({path: SAMPLES.get(name, "example") for path, name in door.mapping.items()})
    return {field["name"]: _filled(field) for field in door.fields}


def curl(address: str, door: Door) -> str:
    """Lines for a shell that sign a sample and send it; the secret is read from the environment."""
    body = json.dumps(sample_of(door), ensure_ascii=False).replace("'", "’")
    return f"""SECRET='whsec_...'
BODY='{body}'
ID="msg_$(date +%s)"; NOW="$(date +%s)"
KEY="$(printf %s "${{SECRET#whsec_}}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')"
SIGNED="$(printf %s "$ID.$NOW.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)"
curl -i {address} -H 'content-type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $NOW" -H "webhook-signature: v1,$SIGNED" \\
  --data-raw "$BODY"
"""


def paths_in(sent: Any, start: str = "") -> list[tuple[str, str]]:
    """(dotted path, value) of everything in a JSON object that is no object or list itself."""
    items = sent.items() if isinstance(sent, dict) else enumerate(sent) if isinstance(sent, list) else ()
    found = []
    for name, value in items:
        path = f"{start}.{name}" if start else str(name)
        found += (
            paths_in(value, path) if isinstance(value, dict | list) else [(path, "" if value is None else str(value))]
        )
    return found


# What others call the same thing; the last part of a path in small letters without _ and -.
CALLED = {
    "person": ("person", "name", "fullname", "contact", "contactname"),
    "first_name": ("firstname", "givenname", "forename"),
    "last_name": ("lastname", "surname", "familyname"),
    "email": ("email", "mail", "emailaddress"),
    "phone": ("phone", "telephone", "tel", "mobile", "phonenumber"),
    "organization": ("organization", "organisation", "company", "companyname", "firm", "account"),
    "website": ("website", "url", "site", "web"),
    "job_title": ("jobtitle", "position", "role"),
    "title": ("subject", "title", "topic"),
    "message": ("message", "comment", "comments", "text", "notes", "body", "description"),
}


def guessed(path: str) -> str:
    """The place that a path most likely goes to; "" where nothing says so."""
    parts = [part.lower().replace("_", "").replace("-", "") for part in path.split(".") if not part.isdigit()]
    last, whole = parts[-1:], "".join(parts[-2:])
    for place, names in CALLED.items():
        if whole in names:
            return place
    if len(parts) > 1 and last == ["name"] and parts[-2] in CALLED["organization"]:
        return "organization"
    return next((place for place, names in CALLED.items() if last and last[0] in names and place in OURS), "")


def _filled(field: dict[str, Any]) -> Any:
    if field["kind"] in (FieldKind.CHOICE, "choices"):
        return field["options"][0]
    if field["kind"] == FieldKind.CHECK:
        return "yes"
    return field.get("value") or SAMPLES.get(field["name"]) or BY_KIND.get(field["kind"], "Example")


def _nested(flat: dict[str, str]) -> dict[str, Any]:
    """{"visitor.mail": x} as {"visitor": {"mail": x}}; a path with numbers stays flat, which is found as well."""
    found: dict[str, Any] = {}
    for path, value in flat.items():
        parts = path.split(".")
        if any(part.isdigit() for part in parts):
            found[path] = value
            continue
        into = found
        for part in parts[:-1]:
            deeper = into.setdefault(part, {})
            into = deeper if isinstance(deeper, dict) else into
        into[parts[-1]] = value
    return found
