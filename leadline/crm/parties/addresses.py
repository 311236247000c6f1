"""Whose an e-mail address is, also where it is not their main one."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from leadline.crm.models import Person
from leadline.crm.models.person import SeveralAddresses


def with_addresses(rows: Any, mails: Collection[str], most: int) -> list[tuple[Person, str]]:
    """(who has one of these addresses, which it is): those whose main one it is first, the oldest of them first."""
    wanted = {mail.strip().lower() for mail in mails if mail.strip()}
    if not wanted:
        return []
    rows = rows.order_by("pk")
    found = [(one, one.first_email) for one in rows.filter(first_email__in=wanted)[:most]]
    said = Q()
    for mail in wanted:  # how a database writes it in JSON: as it is, or in signs of ASCII
        said |= Q(emails__icontains=mail) | Q(emails__icontains=json.dumps(mail)[1:-1])
    for one in rows.filter(SeveralAddresses("emails")).filter(said).exclude(first_email__in=wanted):
        if len(found) >= most:
            break
        if also := next((mail["value"] for mail in one.emails if mail["value"] in wanted), ""):
            found.append((one, also))
    return found
