"""The stages to choose from, by pipeline."""

from __future__ import annotations

from leadline.crm.models import Stage


def stage_groups() -> list[tuple[str, list[Stage]]]:
    """(pipeline's name, its stages), both in their order."""
    rows = Stage.objects.kept().filter(pipeline__deleted_at=None).select_related("pipeline")
    found: dict[int, tuple[str, list[Stage]]] = {}
    for stage in rows.order_by("pipeline__position", "pipeline_id", "position", "pk"):
        found.setdefault(stage.pipeline_id, (stage.pipeline.name, []))[1].append(stage)
    return list(found.values())
