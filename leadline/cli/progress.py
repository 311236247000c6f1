"""A bar that shows how far a long deed has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from leadline.cli.console import err


@contextmanager
def bar(title: str, quiet: bool, total: int | None = None) -> Iterator[Callable[[str, int], None]]:
    """A progress bar on stderr; none where the output is for programs."""
    if quiet or not err.is_terminal:
        yield lambda label, count: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda label, count: progress.update(task, advance=count)
