"""A simulated company as files: CSV in the shapes that the import reads, built column by column."""

from leadline.insights.simulator.files.writing import write

__all__ = ["write"]
