"""`leadline version`: which Leadline this is, and on what."""

from __future__ import annotations

import platform

import typer

from leadline import __version__

app = typer.Typer()


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"leadline {__version__} (Python {platform.python_version()}, {platform.system()} {platform.machine()})")
