"""Rows that claim the same id within one import: one of them is meant, the others are reported."""

from django.utils.translation import gettext as _

from leadline.imports.faults import Fault
from leadline.imports.planning.staging import Staging

DOUBLES = """
SELECT s.id, s.kind, s.ext, s.file, s.row, s.stamp, s.body FROM staged s
JOIN (SELECT kind, ext FROM staged WHERE ext <> '' GROUP BY kind, ext HAVING count(*) > 1) d
  ON d.kind = s.kind AND d.ext = s.ext
ORDER BY s.kind, s.ext, s.stamp DESC, s.id
"""
EVENTS = """
SELECT e.id, 'stage-changes', e.ext, e.file, e.row, '', e.deal || e.at || e.body FROM event e
JOIN (SELECT ext FROM event WHERE ext <> '' GROUP BY ext HAVING count(*) > 1) d ON d.ext = e.ext
ORDER BY e.ext, e.id
"""


def set_aside(staging: Staging) -> int:
    """Keep the row last changed (else the first) of each id; report the others. Returns how many were equal copies."""
    copies = 0
    for sql, table in ((DOUBLES, "staged"), (EVENTS, "event")):
        kept: tuple[str, str] | None = None
        gone: list[tuple[int]] = []
        faults: list[Fault] = []
        keeper = ("", 0, "")
        for id_, kind, ext, file, row, _stamp, body in staging.db.execute(sql).fetchall():
            if (kind, ext) != kept:
                kept, keeper = (kind, ext), (file, row, body)
                continue
            equal = body == keeper[2]
            copies += equal
            gone.append((id_,))
            faults.append(fault(file, row, ext, keeper[0], keeper[1], equal))
        staging.db.executemany(f"DELETE FROM {table} WHERE id = ?", gone)
        staging.add_faults(faults)
    return copies


def fault(file: str, row: int, ext: str, kept_file: str, kept_row: int, equal: bool) -> Fault:
    """What the reader of the report is told."""
    place = _("row %(row)s") % {"row": kept_row}
    if file != kept_file:
        place = f"{kept_file} {place}"
    if equal:
        reason = _("the row repeats %(place)s") % {"place": place}
        return Fault(file, row, "", ext, reason, _("Nothing is lost: the copy was left out."), fatal=False)
    return Fault(
        file,
        row,
        "",
        ext,
        _("this id also stands in %(place)s with other values, which was taken") % {"place": place},
        _("Decide which row is right and delete the other, or give one of them an id of its own."),
    )
