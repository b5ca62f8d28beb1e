"""Which lines of a page are the document and which are the page's frame: menus, breadcrumb, footer, share buttons, related links.

The text stands where most words that are no links stand (a hint of pages.yaml helps). Lines outside it are left out only for a reason:
their element is named like a frame, they are links, or their words are a frame's. What is left out without being known by name is
told, word for word, in a remark: nothing goes silently.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from loaders.tables.columns import fold
from loaders.web.facts import Pairs, line_pairs
from loaders.web.lines import Item, Line, TableItem, is_hidden, raw_text
from loaders.words import words

if TYPE_CHECKING:
    from lxml.etree import _Element

HINTED_SHARE = 0.6
DENSE_SHARE = 0.85
_SMALL_SHARE = 0.3
_NEAR_LEVELS = 3
_LEAVES = ("p", "li", "h1", "h2", "h3", "h4", "dd", "dt")
_MARKS = re.compile(r"[，。；：、！？]")
_ATTACHED = re.compile(r"^附件|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)\s*$", re.I)
_GONE = ("script", "style", "noscript", "template", "iframe", "select", "button", "textarea", "object", "embed", "svg", "canvas")


@dataclass(slots=True)
class Sorting:
    """The lines and tables of the document; pairs of lines like 发布时间：… 来源：…; and what was left out without a known reason."""

    kept: list[Item] = field(default_factory=list)
    pairs: Pairs = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)
    left_out: int = 0


def prune(root: _Element) -> int:
    """Take out what is never text, and hidden elements; return how many characters of hidden words were kept because most stand there."""
    for element in list(root.iter(*_GONE)):
        if element.getparent() is not None:
            take_out(element)
    total = _count(raw_text(root))
    kept = 0
    for element in list(root.iter()):
        if element.getparent() is not None and isinstance(element.tag, str) and is_hidden(element):
            words_ = _count(raw_text(element))
            if words_ > 0.5 * total and words_ > 100:
                kept += words_
            else:
                take_out(element)
    return kept


def sort_items(items: Sequence[Item], root: _Element, title: str) -> Sorting:
    """Return what of a page is the document's."""
    frame = _Frame(items, root)
    main = frame.main()
    around = _around(main)
    found = Sorting()
    related = frozenset(words("pages")["related"])
    places = [at for at, item in enumerate(items) if frame.inside(item.element, main)]
    first, last = (places[0], places[-1]) if places else (0, len(items) - 1)
    while first < last and _trimmed(items[last]):
        last -= 1
    while first < last and _trimmed(items[first]):
        first += 1
    listing = False  # below 相关链接
    said: set[str] = {fold(item.text) for at, item in enumerate(items) if first <= at <= last and isinstance(item, Line)}
    for at, item in enumerate(items):
        if isinstance(item, TableItem):
            if frame.named(item.element):
                found.doubted.append(" ".join(raw_text(item.element).split()))
            else:
                found.kept.append(item)
            listing = False
            continue
        within = first <= at <= last
        if at <= last and _is_title(item.text, title):
            if within or fold(item.text) not in said:
                found.kept.append(item)
            said.add(fold(item.text))
            continue
        heading = fold(item.text).strip(":：>》更多·■●▪|")
        if heading in related and (not within or at > first + (last - first) // 2):
            listing, found.left_out = True, found.left_out + 1
            continue
        listing = listing and _is_links(item)
        if listing or frame.named(item.element) or _never(item.text):
            found.left_out += 1
        elif _edge(at, first, last) and (pairs := line_pairs(item.text)):
            found.pairs += pairs
        elif within or _outside_is_text(item, around):
            found.kept.append(item)
        else:
            found.left_out += 1
            if not _is_links(item) and not _frame_line(item.text):
                found.doubted.append(item.text)
    return found


def _trimmed(item: Item) -> bool:
    """At the ends of what holds the text, a footer or menu may stand in the same element."""
    return isinstance(item, Line) and (_is_links(item) or _frame_line(item.text) or _never(item.text))


def _edge(at: int, first: int, last: int) -> bool:
    """The page's own lines about the document stand above it, among its first lines or its last."""
    return at < first + 12 or at > last - 4


def _outside_is_text(item: Line, around: _Element) -> bool:
    if _is_links(item) or _frame_line(item.text):
        return False
    beside = item.element is around or any(above is around for above in item.element.iterancestors())
    return beside or (len(item.text) >= 30 and bool(_MARKS.search(item.text)))


def _is_title(text: str, title: str) -> bool:
    return len(title) >= 6 and (
        fold(text) == fold(title) or (len(text) >= 8 and fold(title).startswith(fold(text)) and not _MARKS.search(text))
    )


def _is_links(line: Line) -> bool:
    return line.linked > 0.5 * len(line.text) and not _ATTACHED.search(line.text)


def _never(text: str) -> bool:
    return len(text) <= 160 and bool(_patterns("never").fullmatch(text))


def _frame_line(text: str) -> bool:
    return len(text) <= 200 and bool(_patterns("frame_lines").fullmatch(text))


@cache
def _patterns(topic: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in words("pages")[topic]), re.I)


def _around(main: _Element) -> _Element:
    """Return the element a few levels above the text: what stands below it stands beside the text."""
    element = main
    for _ in range(_NEAR_LEVELS):
        above = element.getparent()
        if above is None or element.tag == "body":
            break
        element = above
    return element


class _Frame:
    """How many words that are no links stand below each element, and which elements are named like a frame."""

    def __init__(self, items: Sequence[Item], root: _Element) -> None:
        self.root = root
        self.mass: dict[_Element, int] = {}
        self._named: dict[_Element, bool] = {}
        self.leaves = {item.element for item in items if isinstance(item, TableItem) or item.element.tag in _LEAVES}
        for item in items:
            size = _mass(item)
            element: _Element | None = item.element
            while size and element is not None:
                self.mass[element] = self.mass.get(element, 0) + size
                element = element.getparent()
        self.total = max(1, self.mass.get(root, 0))

    def main(self) -> _Element:
        """Return the element that holds the text: the innermost hinted one with most words, else the densest."""
        hints = {hint.lower() for hint in words("pages")["main"]}
        wide = [element for element, size in self.mass.items() if size >= HINTED_SHARE * self.total and _keys(element) & hints]
        if wide:
            return max(wide, key=lambda element: sum(1 for _ in element.iterancestors()))
        best: _Element | None = self.root
        while best is not None:
            found = best
            best = next((c for c in found if self.mass.get(c, 0) >= DENSE_SHARE * self.total and c not in self.leaves), None)
        return found

    def inside(self, element: _Element, main: _Element) -> bool:
        return element is main or main in element.iterancestors()

    def named(self, element: _Element) -> bool:
        """Say whether an element, or one around it, is named like a frame and holds few of the page's words."""
        known = self._named.get(element)
        if known is None:
            above = element.getparent()
            own = self.mass.get(element, 0) < _SMALL_SHARE * self.total and _is_frame(element)
            known = self._named[element] = own or (above is not None and self.named(above))
        return known


def _is_frame(element: _Element) -> bool:
    rules = words("pages")
    if element.tag in rules["frame_elements"] or (element.get("role") or "") in ("navigation", "banner", "contentinfo", "search"):
        return True
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    parts = {re.sub(r"\d+", "", part).lower() for part in re.findall(r"[A-Z]?[a-z\d]+|[A-Z\d]+(?![a-z])", names)}
    parts |= {re.sub(r"\d+", "", whole).lower() for whole in re.split(r"[\s_\-]+", names)}
    return not parts.isdisjoint(rules["frame"])


def _keys(element: _Element) -> set[str]:
    own = {f"#{(element.get('id') or '').strip().lower()}"}
    return own | {f".{name.lower()}" for name in (element.get("class") or "").split()}


def _mass(item: Item) -> int:
    if isinstance(item, TableItem):
        return _count(raw_text(item.element))
    return 0 if _never(item.text) or _frame_line(item.text) else max(0, len(item.text) - 2 * item.linked)


def _count(text: str) -> int:
    return len(re.sub(r"\s+", "", text))


def take_out(element: _Element) -> None:
    """Take an element out; the text behind it stays."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)
