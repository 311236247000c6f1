"""Addresses of lists."""

from __future__ import annotations

from django.urls import URLPattern, path

from leadline.web.lists import exporting, many, pages, saving
from leadline.web.lists.editor import filter_editor
from leadline.web.lists.kinds import KINDS, Kind


def _list(kind: Kind) -> list[URLPattern]:
    given, at, place = {"kind": kind.name}, kind.at, kind.place
    return [
        path(f"{place}/", pages.records, given, name=at),
        path(f"{place}/rows/", pages.rows, given, name=f"{at}_rows"),
        path(f"{place}/figures/", pages.figures, given, name=f"{at}_figures"),
        path(f"{place}/bulk/", many.bulk, given, name=f"{at}_bulk"),
        path(f"{place}/bulk/<slug:deed>/", many.bulk_form, given, name=f"{at}_bulk_form"),
        path(f"{place}/export.csv", exporting.as_csv, given, name=f"{at}_as_csv"),
        path(f"{place}/export.xlsx", exporting.as_xlsx, given, name=f"{at}_as_xlsx"),
    ]


urlpatterns = [
    *(pattern for kind in KINDS.values() for pattern in _list(kind)),
    path("views/add/", saving.view_add, name="view_add"),
    path("views/first/", saving.view_first, name="view_first"),
    path("views/columns/", saving.columns_choose, name="columns_choose"),
    path("views/<int:pk>/", saving.view_change, name="view_change"),
    path("views/<int:pk>/delete/", saving.view_delete, name="view_delete"),
    path("filter/<str:kind>/<str:name>/", filter_editor, name="filter_editor"),
]
