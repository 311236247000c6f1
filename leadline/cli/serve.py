"""`leadline serve`: the site, from the data folder."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from leadline.accounts import invitations
from leadline.house import serving

Host = Annotated[str, typer.Option(help="Where to listen; 0.0.0.0 is reached from other machines too.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]

LOCAL = {"localhost", "127.0.0.1", "::1", "[::1]"}

app = typer.Typer()


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Run the site. An older database is upgraded first."""
    with serving.only_server(host, port):
        serving.run(host, port, _greeting(host, serving.address_of(host, port)))


def _greeting(host: str, address: str) -> str:
    """Where the site is, whom it turns away, and how the first administrator gets in."""
    lines = [f"Leadline runs at {address}/   (Ctrl-C stops it)"]
    if host not in LOCAL and set(settings.ALLOWED_HOSTS) <= LOCAL:
        lines.append("It answers to no name but localhost: set LEADLINE_HOSTS to those by which others reach it.")
    if not invitations.has_administrator():
        lines.append("There is no administrator yet. This link makes one; it works once, within a day:")
        lines.append(f"    {address}{invitations.setup_link()}")
    return "\n".join(lines)
