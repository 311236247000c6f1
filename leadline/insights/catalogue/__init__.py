"""Every metric: what it says, in which unit, what it can be broken down by, and where its formula comes from."""

from __future__ import annotations

from leadline.insights.catalogue import activities, deals, flow, leads, people, process, sources, stages, trust
from leadline.insights.catalogue.metric import Metric, UnknownMetric

FAMILIES = (stages, deals, leads, sources, people, activities, flow, trust, process)
METRICS: dict[str, Metric] = {metric.name: metric for family in FAMILIES for metric in family.METRICS}


def find(name: str) -> Metric:
    """The metric of this name; dashes and spaces do for underlines. Raises UnknownMetric with the nearest names."""
    wanted = name.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted not in METRICS:
        raise UnknownMetric("metric", name, METRICS)
    return METRICS[wanted]
