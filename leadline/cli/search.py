"""`leadline search`: find records as the site does; build its index anew."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from leadline.accounts.models import Role, User
from leadline.cli.console import out
from leadline.crm.searching import following
from leadline.crm.searching.finding import search as find
from leadline.crm.searching.state import state
from leadline.history.registry import model_of
from leadline.house.refusal import Refused

app = typer.Typer()


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="What to look for; an administrator's view of it.")] = "",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="First read all records anew.")] = False,
) -> None:
    """Find deals, leads, people … by name, e-mail, phone, notes and own fields; or build the index anew."""
    if not text and not rebuild:
        raise Refused(f"Say what to look for, or --rebuild: {settings.COMMAND} search NAME")
    if rebuild:
        following.rebuild()
        out.out(f"{state().documents:,} records are known.")
    if text:
        _find(text)


def _find(text: str) -> None:
    administrator = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).first()
    if administrator is None:
        raise Refused("There is no administrator yet, through whose eyes to look.")
    following.to_the_end()
    hits = find(administrator, text, most=20)
    for hit in hits:
        record = model_of(hit.kind).objects.filter(pk=hit.record_id).first()
        out.out(f"{hit.kind:13} {hit.record_id:>8}  {record}")
    if not hits:
        out.out("Nothing found.")
