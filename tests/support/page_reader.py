"""Reads a page as a browser without scripts would: its links, marks and text, and whether its tags are in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta"}
_UNREAD = {"script", "style"}


@dataclass
class Page:
    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    title: str = ""
    h1: str = ""
    mistakes: list[str] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """Links into the archive, without the place on the page."""
        return [link.split("#")[0] for link in self.links if link.startswith("/")]


def read(html: str) -> Page:
    reader = _Reader()
    reader.feed(str(html))  # a Markup would escape what is added to it
    reader.close()
    if reader.open:
        reader.page.mistakes.append(f"never closed: {reader.open}")
    if len(set(reader.page.ids)) != len(reader.page.ids):
        reader.page.mistakes.append("an id stands twice")
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.page.attributes |= set(said)
        if len(said) != len(attrs):
            self.page.mistakes.append(f"an attribute of <{tag}> stands twice")
        if tag == "a" and said.get("href"):
            self.page.links.append(said["href"] or "")
        if said.get("id"):
            self.page.ids.append(said["id"] or "")
        if tag == "mark":
            self.page.marks.append("")
        if tag == "input" and said.get("name"):
            self.page.fields[said["name"] or ""] = said.get("value") or ""
        if tag == "p" and "passage" in (said.get("class") or ""):
            self.page.passages.append("")
        if tag not in _VOID and tag != "rect":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.page.mistakes.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in _UNREAD:
            return
        self.page.text += data
        if "mark" in self.open:
            self.page.marks[-1] += data
        if "title" in self.open:
            self.page.title += data
        if "h1" in self.open:
            self.page.h1 += data
        if self.page.passages and self.open[-1:] in (["p"], ["mark"]) and self.open.count("p"):
            self.page.passages[-1] += data
