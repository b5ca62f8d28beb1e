"""From a page's tree to what a reader sees: its lines one below the other, and its tables, in order.

A line ends where a block element begins or ends and at every ``<br>``. Blanks fold as in a browser, except that a line break of the
*source* between two Chinese characters is no blank. Layout tables are walked through; real tables are handed over whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loaders.outline.numbering import read_mark

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "marquee",
    ]
)
SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "meta",
        "link",
        "noscript",
        "template",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "select",
        "input",
        "button",
        "textarea",
        "datalist",
        "audio",
        "video",
        "canvas",
        "map",
        "param",
        "source",
        "track",
        "noframes",
        "rt",
        "rp",
        "xml",
        "del",
    ]
)
BLANKS = " \t\r\n\f\v\u3000\xa0\ufeff\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
_HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026\u3400-\u4dbf"
_BREAK_IN_HAN = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n][ \t\r\n\f]*(?=[{_HAN}])")
_FOLD = re.compile(r"[ \t\r\n\f]+")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad\u2060\u200e\u200f"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|table|flex|list-item)\b", re.I)
_MARKED = re.compile(r"\s*(?:[①-⑳]|[（(]?[0-9０-９a-zA-Zivx]{1,4}[)）.．、])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as seen: its text (outer blanks left out), the block element it stands in, and how many characters of it are links."""

    text: str
    element: _Element
    linked: int = 0


@dataclass(frozen=True, slots=True)
class TableItem:
    element: _Element


Item = Line | TableItem
IsTable = Callable[["_Element"], bool]


def is_hidden(element: _Element) -> bool:
    return bool(_HIDDEN.search(element.get("style") or "")) or element.get("hidden") is not None


def lines_of(root: _Element, is_table: IsTable) -> list[Item]:
    """Return the lines below an element, and the tables that ``is_table`` takes for tables of data."""
    writer = _Writer(is_table)
    writer.walk(root, root, linked=False, pre=False)
    writer.flush(root)
    return writer.items


def text_lines(root: _Element) -> list[str]:
    """Return the lines of an element in which every table is layout."""
    return [item.text for item in lines_of(root, lambda _: False) if isinstance(item, Line)]


def raw_text(element: _Element) -> str:
    """Return all characters below an element, blanks and line ends as in the source."""
    return "".join(str(part) for part in element.itertext())


def own_text(root: _Element) -> str:
    return "\n".join(text_lines(root))


class _Writer:
    """The line being written, and the items that are done."""

    def __init__(self, is_table: IsTable) -> None:
        self.is_table = is_table
        self.items: list[Item] = []
        self.parts: list[str] = []
        self.linked = 0

    def walk(self, element: _Element, block: _Element, *, linked: bool, pre: bool) -> None:
        """Write an element's text and children; its tail is its parent's to write."""
        self.write(element.text, linked, pre, block)
        numbers = _numbers(element) if element.tag in ("ol", "ul") else None
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag and tag not in SILENT:
                self._child(child, tag, block, linked, pre, next(numbers) if numbers and tag == "li" else "")
            elif tag in ("option", "hr"):
                self.flush(block)
            self.write(child.tail, linked, pre, block)

    def _child(self, child: _Element, tag: str, block: _Element, linked: bool, pre: bool, number: str) -> None:
        if tag == "br":
            self.flush(block)
        elif tag == "table" and self.is_table(child):
            self.flush(block)
            self.items.append(TableItem(child))
        elif tag in BLOCKS or _AS_BLOCK.search(child.get("style") or ""):
            self.flush(block)
            if number and not _MARKED.match(words := own_text(child)) and not read_mark(words):
                self.parts.append(number)
            self.walk(child, child, linked=linked, pre=pre or tag == "pre")
            self.flush(child)
        else:
            ignored = "mso-list:ignore" in (child.get("style") or "").lower().replace(" ", "")
            if ignored:
                self.parts.append("".join(raw_text(child).split()))
            else:
                self.walk(child, block, linked=linked or tag == "a", pre=pre or tag == "pre")

    def write(self, text: str | None, linked: bool, pre: bool, block: _Element) -> None:
        if not text:
            return
        if pre:
            first, *rest = text.splitlines() or [""]
            self.parts.append(first)
            for line in rest:
                self.flush(block)
                self.parts.append(line)
            if text.endswith("\n"):
                self.flush(block)
        else:
            self.parts.append(text)
        if linked:
            self.linked += len(text.strip(BLANKS))

    def flush(self, block: _Element) -> None:
        if self.parts:
            text = fold_blanks("".join(self.parts))
            if text:
                self.items.append(Line(text, block, min(self.linked, len(text))))
        self.parts, self.linked = [], 0


def fold_blanks(text: str) -> str:
    """Return a line's text as a browser shows it, without outer blanks.

    >>> fold_blanks("  全面\\n  推进 政务   公开 ")
    '全面推进 政务 公开'
    """
    text = _BREAK_IN_HAN.sub("", text.translate(_UNSEEN))
    return _FOLD.sub(" ", text).strip(BLANKS)


_HAN_NUMBERS = "一二三四五六七八九十"


def _numbers(listing: _Element) -> Iterator[str]:
    """Yield the numbers a browser would write before the items of a list; "" for an unnumbered one."""
    style = f"{listing.get('style') or ''} {listing.get('type') or ''}"
    numbered = listing.tag == "ol" and not re.search(r"list-style(?:-type)?\s*:[^;]*\b(?:none|disc|circle|square)\b", style)
    items = [child for child in listing if child.tag == "li"]
    at = _whole(listing.get("start"), len(items) if listing.get("reversed") is not None else 1)
    step = -1 if listing.get("reversed") is not None else 1
    for item in items:
        at = _whole(item.get("value"), at)
        yield _written(at, style) if numbered else ""
        at += step


def _whole(text: str | None, other: int) -> int:
    hit = re.fullmatch(r"\s*(-?\d{1,6})\s*", text or "")
    return int(hit[1]) if hit else other


def _written(value: int, style: str) -> str:
    kind = style.strip().split()[-1] if style.strip() else ""
    if re.search(r"chinese|cjk|ideographic", style) and 1 <= value <= 99:
        tens, ones = divmod(value, 10)
        return f"{(_HAN_NUMBERS[tens - 1] if tens > 1 else '') + ('十' if tens else '') + (_HAN_NUMBERS[ones - 1] if ones else '')}、"
    if (kind == "a" or "lower-alpha" in style or "lower-latin" in style) and 1 <= value <= 26:
        return f"{chr(96 + value)}."
    if (kind == "A" or "upper-alpha" in style or "upper-latin" in style) and 1 <= value <= 26:
        return f"{chr(64 + value)}."
    if (kind in ("i", "I") or "roman" in style) and 1 <= value <= 39:
        roman = "X" * (value // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][value % 10]
        return f"{roman if kind == 'I' or 'upper' in style else roman.lower()}."
    return f"{value}."
