"""`leadline evaluate`: the diagnosis and the forecast held against what is known to be true."""

from __future__ import annotations

import typer

app = typer.Typer()


@app.callback()
def evaluate() -> None:
    """Hold the diagnosis and the forecast against what is known to be true."""
