"""Addresses of reports and dashboards."""

from __future__ import annotations

from django.urls import path

from leadline.web.dashboards import boards, keeping, printing, reports, schedules

urlpatterns = [
    path("dashboards/", reports.reports, name="dashboards"),
    path("reports/keep/", keeping.keep, name="report_keep"),
    path("reports/<int:pk>/", reports.report_change, name="report_change"),
    path("reports/<int:pk>/delete/", reports.report_delete, name="report_delete"),
    path("dashboards/home/", boards.home_choose, name="home_choose"),
    path("dashboards/<int:pk>/", boards.dashboard, name="dashboard"),
    path("dashboards/<int:pk>/pdf/", printing.dashboard_pdf, name="dashboard_pdf"),
    path("dashboards/<int:pk>/change/", boards.dashboard_change, name="dashboard_change"),
    path("dashboards/<int:pk>/delete/", boards.dashboard_delete, name="dashboard_delete"),
    path("dashboards/<int:pk>/order/", boards.tiles_order, name="tiles_order"),
    path("dashboards/<int:pk>/mail/", schedules.dashboard_mail, name="dashboard_mail"),
    path("schedules/<int:pk>/", schedules.schedule, name="schedule"),
    path("schedules/<int:pk>/switch/", schedules.schedule_switch, name="schedule_switch"),
    path("schedules/<int:pk>/try/", schedules.schedule_try, name="schedule_try"),
    path("schedules/<int:pk>/delete/", schedules.schedule_delete, name="schedule_delete"),
    path("dashboards/<int:pk>/tiles/<int:number>/", boards.tile_change, name="tile_change"),
]
