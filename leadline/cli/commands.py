"""Which commands there are, and the frame that loads the one asked for.

`leadline --help` must come at once, so it knows each command by its line here; the file behind a command (and Django,
and all that stands on it) is imported only when that command runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from typing import Annotated

import typer

from leadline import __version__
from leadline.house import example_folder


class Needs(Enum):
    """What must be ready before a command's file is imported."""

    NOTHING = 0
    SETTINGS = 1  # Django set up: models can be imported
    DATABASE = 2  # the data folder checked and the schema brought up as well


@dataclass(frozen=True)
class Command:
    """A command's file, its line in the help, and what it needs."""

    name: str
    module: str
    summary: str
    needs: Needs = Needs.DATABASE


COMMANDS = (
    Command("demo", "leadline.cli.demo", "Try it: an example company on 127.0.0.1.", Needs.SETTINGS),
    Command("serve", "leadline.cli.serve", "Run the site.", Needs.SETTINGS),
    Command("import", "leadline.cli.importing", "Bring in deals, leads, people … from CSV or XLSX files."),
    Command("simulate", "leadline.cli.simulate", "Make up a company with a known fault.", Needs.NOTHING),
    Command("diagnose", "leadline.cli.diagnose", "Say what holds sales back, and what mending it is worth."),
    Command("report", "leadline.cli.report", "Print a metric, as of any date."),
    Command("evaluate", "leadline.cli.evaluate", "Hold diagnosis and forecast against what is known.", Needs.NOTHING),
    Command("forecast", "leadline.cli.forecast", "Say what will be booked, with its range."),
    Command("lake", "leadline.cli.lake", "Write the numbers' tables as Parquet files, for Spark."),
    Command("letters", "leadline.cli.letters", "File dashboards that are due to be mailed; show the outbox."),
    Command("search", "leadline.cli.search", "Find records; build the search's index anew."),
    Command("user", "leadline.cli.user", "Let people in and out."),
    Command("rate", "leadline.cli.rate", "Say what other currencies are worth; change the base currency."),
    Command("doctor", "leadline.cli.doctor", "Look for damage, and say the mend.", Needs.SETTINGS),
    Command("version", "leadline.cli.version", "Print the version.", Needs.NOTHING),
)


def frame(arguments: Sequence[str]) -> typer.Typer:
    """The command line for these arguments: the command they name is the real one, the others are only their lines.

    Raises Refused where the command needs what cannot be opened safely.
    """
    app = typer.Typer(
        help="Leadline: why sales are short, what to change first, what will be booked.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # the boxes of rich cost a quarter of a second here
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_options)
    asked = next((argument for argument in arguments if not argument.startswith("-")), None)
    for command in COMMANDS:
        if command.name == asked:
            _make_ready(command, only_help=bool({"-h", "--help"} & set(arguments)))
            _add(app, command)
        else:
            app.command(command.name, help=command.summary)(_line_only)
    return app


def _add(app: typer.Typer, command: Command) -> None:
    """Loads the file behind the command and hangs its calls into the app."""
    calls: typer.Typer = import_module(command.module).app
    if len(calls.registered_commands) == 1 and calls.registered_callback is None:
        callback = calls.registered_commands[0].callback
        assert callback is not None
        app.command(command.name)(callback)
    else:
        app.add_typer(calls, name=command.name, help=command.summary, no_args_is_help=True)


def _make_ready(command: Command, only_help: bool) -> None:
    if command.needs is Needs.NOTHING:
        return
    if only_help:
        os.environ.setdefault("LEADLINE_SECRET_KEY", "-")  # or reading the settings would make a key, and its folder
    elif command.name == "demo":
        example_folder.choose()
    from leadline.house import opening  # noqa: PLC0415  Django: kept off the way to `leadline --help`

    opening.set_up()
    if command.needs is Needs.DATABASE and not only_help:
        opening.open_database()


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"leadline {__version__}")
        raise typer.Exit


def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
) -> None:
    pass


def _line_only() -> None:
    raise AssertionError("a command that was not asked for cannot run")
