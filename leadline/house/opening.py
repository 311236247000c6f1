"""Opening the house, the way in of every command: Django set up, the data folder checked, the schema brought up."""

from __future__ import annotations

import os
import sys

import django
from django.conf import settings

from leadline.house import folder, schema
from leadline.house.refusal import Refused


def set_up() -> None:
    """Django with Leadline's settings, as the environment says them. Raises ImproperlyConfigured, Refused."""
    os.umask(0o077)  # what Leadline writes is for its owner only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadline.settings")
    try:
        django.setup()
    except OSError as error:  # reading the settings makes the data folder and the key in it
        if not error.filename:
            raise
        raise Refused(
            f"The data folder cannot be used: {error.filename}: {error.strerror}. Set LEADLINE_DATA to another."
        ) from error


def open_database() -> None:
    """The data folder checked, the schema brought up to this version, what a dead import left taken back.

    A company that began without what every company begins with gets it now.
    Raises Refused; then nothing was changed.
    """
    folder.prepare(settings.LEADLINE_DATA)
    schema.bring_up()
    from leadline.activities.beginnings import catch_up  # noqa: PLC0415  models: only once Django is set up
    from leadline.imports.recovery import recover  # noqa: PLC0415

    for arrival in recover():
        print(f"Import {arrival.pk} ({arrival}) was cut short; it has been taken back.", file=sys.stderr)  # noqa: T201
    catch_up()
