"""`leadline demo`: an example company, to look around in."""

from __future__ import annotations

import time

import typer
from django.conf import settings

from leadline.cli.console import err
from leadline.cli.serve import Port
from leadline.crm.models import Deal
from leadline.house import example_folder, serving
from leadline.imports.example import PASSWORD, SIGN_INS, load

HOST = "127.0.0.1"  # its passwords are known: never reached from elsewhere

app = typer.Typer()


@app.command()
def demo(port: Port = 8000) -> None:
    """Try it: serves an example company on 127.0.0.1 from a data folder of its own."""
    with serving.only_server(HOST, port):
        example_folder.mark(settings.LEADLINE_DATA)
        begun = time.monotonic()
        if not Deal.objects.exists():
            err.print("Loading the example company …")  # a console writes at once
        load()
        if time.monotonic() - begun > 1:
            err.print(f"The example company is loaded ({time.monotonic() - begun:.0f} s).")
        serving.run(HOST, port, _greeting(serving.address_of(HOST, port)))


def _greeting(address: str) -> str:
    width = max(len(person.email) for person in SIGN_INS)
    lines = [f"    {person.email:<{width}}  {person.role}" for person in SIGN_INS]
    return "\n".join(
        [
            f"Leadline runs at {address}/   (Ctrl-C stops it)",
            f"The example company is in {settings.LEADLINE_DATA}.",
            f'The password is "{PASSWORD}" (with the blanks, without the quotes), for each of:',
            *lines,
        ]
    )
