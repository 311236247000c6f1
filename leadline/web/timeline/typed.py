"""A note's HTML as the text that somebody would have typed, to be edited."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "code": "`"}
LINES = {"p", "div", "h1", "h2", "h3", "blockquote", "ul", "ol", "table", "pre"}


def to_text(html: str) -> str:
    """Marks for what `writing` knows; of the rest (tables, underlines) the words."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = "".join(reader.out)
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.lists: list[list[object]] = []  # [kind, number of the item]
        self.quoted = 0
        self.links: list[tuple[str, int]] = []  # address, where its words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._line("> " if self.quoted else "")
        elif tag == "hr":
            self._apart()
        elif tag in MARKS:
            self.out.append(MARKS[tag])
        elif tag == "a":
            self.links.append((dict(attrs).get("href") or "", len(self.out)))
        elif tag in ("td", "th"):
            self.out.append(" ")
        elif tag in ("li", "tr"):
            self._item() if tag == "li" else self._line("")
        elif tag in LINES:
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS:
            self.out.append(MARKS[tag])
        elif tag == "a" and self.links:
            self._link(*self.links.pop())
        elif tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
            self._apart()
        elif tag in ("ul", "ol"):
            self.lists and self.lists.pop()
            self._apart()
        elif tag in LINES:
            self._apart()

    def handle_data(self, data: str) -> None:
        if data.strip() or (self.out and not self.out[-1].endswith("\n")):
            self.out.append(re.sub(r"\s+", " ", data))

    def _open(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._apart()
            self.lists.append([tag, 0])
        elif tag == "blockquote":
            self._apart()
            self.quoted += 1
        elif not (self.lists and self._fresh_item()):
            self._apart()
            self.out.append({"h1": "# ", "h2": "## ", "h3": "### "}.get(tag, "") or ("> " if self.quoted else ""))

    def _item(self) -> None:
        self._line("")
        kind, number = self.lists[-1] if self.lists else ("ul", 0)
        if self.lists:
            self.lists[-1][1] = int(str(number)) + 1
        self.out.append(f"{int(str(number)) + 1}. " if kind == "ol" else "- ")

    def _fresh_item(self) -> bool:
        return bool(self.out) and re.fullmatch(r"(- |\d+\. )", self.out[-1]) is not None

    def _link(self, address: str, start: int) -> None:
        words = "".join(self.out[start:])
        del self.out[start:]
        self.out.append(words if words == address or not address else f"[{words}]({address})")

    def _line(self, begin: str) -> None:
        if self.out and not self.out[-1].endswith("\n"):
            self.out.append("\n")
        self.out.append(begin)

    def _apart(self) -> None:
        if "".join(self.out[-3:]).strip():
            self.out.append("\n\n")
