"""Between what people type and the HTML of a note: paragraphs, lists, quotes, **bold**, *italic*, `code`, links.

Everything else that is typed stays text. The result is sanitised once more by the note itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

BULLET, NUMBER, QUOTE = re.compile(r"^[-*•]\s+"), re.compile(r"^\d{1,3}[.)]\s+"), re.compile(r"^>\s?")
HEADING = re.compile(r"^(#{1,3})\s+(.+)$")
ADDRESS = re.compile(r"(?<![\w@/.])(https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])")
NAMED = re.compile(r"\[([^\[\]\n]{1,300})\]\(((?:https?://|mailto:|tel:)[^\s()<>]{1,2000})\)")
INLINE = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), "strong"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), "em"),
    (re.compile(r"~~(?=\S)(.+?)(?<=\S)~~"), "s"),
)
CODE = re.compile(r"`([^`\n]+)`")


def to_html(text: str) -> str:
    """HTML of a typed text; every character that is none of the marks is escaped."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").split("\n")
    return "".join(_block(kind, [line for _kind, line in group]) for kind, group in groupby(map(_read, lines), _kind))


def _kind(read: tuple[str, str]) -> str:
    return read[0]


def _read(line: str) -> tuple[str, str]:
    """What kind of line it is, and the line without its mark."""
    stripped = line.strip()
    if heading := HEADING.match(stripped):
        return f"h{len(heading[1])}", heading[2]
    for kind, mark in (("ul", BULLET), ("ol", NUMBER), ("blockquote", QUOTE)):
        if mark.match(stripped):
            return kind, mark.sub("", stripped, count=1)
    return ("p", line.rstrip()) if stripped else ("", "")


def _block(kind: str, lines: list[str]) -> str:
    if not kind:
        return ""
    if kind in ("ul", "ol"):
        return f"<{kind}>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</{kind}>"
    if kind.startswith("h"):
        return "".join(f"<{kind}>{_inline(line)}</{kind}>" for line in lines)
    inner = "<br>".join(_inline(line) for line in lines)
    return f"<blockquote><p>{inner}</p></blockquote>" if kind == "blockquote" else f"<p>{inner}</p>"


def _inline(text: str) -> str:
    """Marks inside a line. Code and links are taken out first, so that nothing inside them is read as a mark."""
    kept: list[str] = []

    def keep(html: str) -> str:
        kept.append(html)
        return f"\0{len(kept) - 1}\0"

    text = CODE.sub(lambda found: keep(f"<code>{escape(found[1])}</code>"), text)
    text = NAMED.sub(lambda found: keep(f'<a href="{escape(found[2])}">{escape(found[1])}</a>'), text)
    text = ADDRESS.sub(lambda found: keep(f'<a href="{escape(found[1])}">{escape(found[1])}</a>'), text)
    text = escape(text)
    for mark, tag in INLINE:
        text = mark.sub(rf"<{tag}>\1</{tag}>", text)
    return "".join(_put_back(text, kept))


def _put_back(text: str, kept: list[str]) -> Iterator[str]:
    for position, part in enumerate(text.split("\0")):
        yield kept[int(part)] if position % 2 else part
