"""An activity in one line, read without a page: "call tue 10 about the proposal with Acme 30m !high every week"."""

from leadline.web.activities.reading.line import Line, read_line

__all__ = ["Line", "read_line"]
