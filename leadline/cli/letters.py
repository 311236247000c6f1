"""`leadline letters`: files what is due to be mailed and sends it, for those who run it by cron; shows the outbox."""

from __future__ import annotations

import json
import logging
from typing import Annotated, Any

import typer
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from leadline.cli.console import err, out
from leadline.mail.claiming import waiting
from leadline.mail.models import Letter, Run
from leadline.mail.sending import send_due
from leadline.web.dashboards.mailing import run_due
from leadline.web.digests.background import run_due as digests_due

FAILED = 1

app = typer.Typer()


@app.command()
def letters(
    list_them: Annotated[bool, typer.Option("--list", help="Only show the letters in the outbox.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """File what schedules and digests have due, send what waits, and print the letters that were filed.

    A running server does this by itself every minute; both may, each letter is filed and sent once. Exits with 1 when
    something failed: it is tried again later. Without EMAIL_URL nothing is sent.
    """
    runs: list[Run] = []
    found = Letter.objects.all()
    if not list_them:
        logging.getLogger("leadline.mail").setLevel(logging.CRITICAL)  # said below, in one line
        began, runs = timezone.now(), run_due()
        editions = digests_due()
        send_due()
        new = Q(run__in=[run.pk for run in runs]) | Q(edition__in=[edition.pk for edition in editions])
        found = found.filter(new, created_at__gte=began)
    _show(list(found.order_by("pk")), as_json, list_them)
    for run in [] if list_them else (run for run in waiting(timezone.now()) if run not in runs):
        words = {"name": run.schedule.dashboard, "when": timezone.localtime(run.try_at).strftime("%Y-%m-%d %H:%M")}
        err.print(_("%(name)s: begun and not ended; taken up again from %(when)s on.") % words, markup=False)
    failed = [run for run in runs if run.error]
    for run in failed:
        err.print(f"{run.schedule.dashboard}: {run.error}", markup=False)
    if failed:
        raise typer.Exit(FAILED)


def _show(rows: list[Letter], as_json: bool, list_them: bool) -> None:
    if as_json:
        out.out(json.dumps([_plain(row) for row in rows], indent=2, ensure_ascii=False))
    elif rows:
        for row in rows:
            plain = _plain(row)
            out.out("  ".join((plain["filed"][:16], row.to, row.subject, *plain["attached"])))
    else:
        out.out(_("The outbox is empty.") if list_them else _("Nothing is due."))


def _plain(row: Letter) -> dict[str, Any]:
    return {
        "filed": row.created_at.isoformat(timespec="seconds"),
        "to": row.to,
        "subject": row.subject,
        "attached": list(row.attachments.values_list("name", flat=True)),
        "sent": row.sent_at.isoformat(timespec="seconds") if row.sent_at else None,
    }
