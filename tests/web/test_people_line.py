"""A person in one line."""

from __future__ import annotations

import pytest

from leadline.web.people.line import Line, read_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ann Lee", Line("Ann Lee")),
        ("  Ann   Lee ", Line("Ann Lee")),
        ("Ann Lee <ann@acme.example>", Line("Ann Lee", ("ann@acme.example",))),
        (
            "Ann Lee, ann@acme.example, +44 20 7946 0000",
            Line("Ann Lee", ("ann@acme.example",), ("+44 20 7946 0000",)),
        ),
        ("ann.lee@acme.example", Line("Ann Lee", ("ann.lee@acme.example",))),
        ("Ann 020 7946 0000", Line("Ann", (), ("020 7946 0000",))),
        ("Louis 14", Line("Louis 14")),
        ("Agent 007", Line("Agent 007")),
        ("O’Brien-Lee, Zoë", Line("O’Brien-Lee, Zoë")),
        ("a@b.example a@b.example Ann", Line("Ann", ("a@b.example",))),
        ("", Line("")),
    ],
)
def test_what_a_line_says(text: str, line: Line) -> None:
    assert read_line(text) == line
