"""The addresses of pipelines and stages in the settings."""

from __future__ import annotations

from django.urls import path

from leadline.web.settings.pipelines import pipelines, stages

urlpatterns = [
    path("pipelines/", pipelines.pipelines, name="pipelines"),
    path("pipelines/uses/", pipelines.uses, name="pipelines_uses"),
    path("pipelines/add/", pipelines.add, name="pipeline_add"),
    path("pipelines/order/", pipelines.order, name="pipelines_order"),
    path("pipelines/<int:pk>/", stages.stages, name="stages"),
    path("pipelines/<int:pk>/uses/", stages.uses, name="stages_uses"),
    path("pipelines/<int:pk>/change/", pipelines.change, name="pipeline_change"),
    path("pipelines/<int:pk>/copy/", pipelines.copy, name="pipeline_copy"),
    path("pipelines/<int:pk>/delete/", pipelines.delete, name="pipeline_delete"),
    path("pipelines/<int:pk>/restore/", pipelines.restore, name="pipeline_restore"),
    path("pipelines/<int:pk>/stages/add/", stages.add, name="stage_add"),
    path("pipelines/<int:pk>/stages/order/", stages.order, name="stages_order"),
    path("stages/<int:pk>/", stages.change, name="stage_change"),
    path("stages/<int:pk>/delete/", stages.delete, name="stage_delete"),
    path("stages/<int:pk>/restore/", stages.restore, name="stage_restore"),
]
