"""Automatic numbers of a Word document: 一、 （一） 1. as printed, though the text itself does not hold them.

A paragraph belongs to a list (w:num) at a level, directly or by its style. Lists that share a definition (w:abstractNum) count on
together, unless one says where to start anew (w:startOverride). A level starts again after any higher level, or as w:lvlRestart says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.word.list_numbers import list_number
from loaders.word.styles import Styles
from loaders.word.xml_tree import MC, Element, W, find, number, switch, value

LEVELS = 9
_CLOSED = "、）)】〕》］．。：:"


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    style: str
    pattern: str
    suffix: str
    restart: int | None
    plain_digits: bool
    paragraph_style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """One w:num: its definition, and the levels it starts anew or writes differently."""

    definition: int
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted. One value reads one document, front to back."""

    styles: Styles
    definitions: dict[int, dict[int, Level]] = field(default_factory=dict)
    lists: dict[int, _List] = field(default_factory=dict)
    counts: dict[int, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[int, int]] = field(default_factory=set)

    def next_number(self, properties: Element | None) -> tuple[str, str]:
        """Count a paragraph (its w:pPr) and return its number as printed, with what stands between number and text.

        Both are "" for a paragraph in no list, and for bullets, which are no words.
        """
        place = self._place(properties)
        if place is None:
            return "", ""
        own, at = place
        level = self._level(own, at)
        if level is None:
            return "", ""
        self._count(own, at)
        text = "" if level.style == "bullet" else self._printed(own, at, level)
        return text, "" if level.suffix == "nothing" or not text or _is_closed(text[-1]) else " "

    def _place(self, properties: Element | None) -> tuple[int, int] | None:
        own = find(properties, "numPr")
        style = value(properties, "pStyle") or self.styles.usual_paragraph
        by_style, style_level, named_in = self.styles.list_place(style)
        own_id = number(own, "numId") if find(own, "numId") is not None else None
        list_id = by_style if own_id is None else own_id
        if not list_id or list_id not in self.lists:
            return None
        if find(own, "ilvl") is not None:
            return list_id, number(own, "ilvl", most=LEVELS - 1)
        if own_id is None:
            bound = self._bound_level(list_id, {style, named_in})
            return list_id, style_level or 0 if bound is None else bound
        return list_id, 0

    def _bound_level(self, list_id: int, styles: set[str | None]) -> int | None:
        """Return the level of a list that a paragraph style is bound to (w:pStyle)."""
        levels = ((at, self._level(list_id, at)) for at in range(LEVELS))
        return next((at for at, level in levels if level and level.paragraph_style and level.paragraph_style in styles), None)

    def _level(self, list_id: int, at: int) -> Level | None:
        own = self.lists[list_id]
        return own.levels.get(at) or self.definitions.get(own.definition, {}).get(at)

    def _count(self, list_id: int, at: int) -> None:
        own = self.lists[list_id]
        counts = self.counts.setdefault(own.definition, {})
        for level in own.starts:
            if (list_id, level) not in self.started and level <= at:
                self.started.add((list_id, level))
                counts.pop(level, None)
        counts[at] = counts[at] + 1 if at in counts else self._start(list_id, at)
        for deeper in range(at + 1, LEVELS):
            rule = self._level(list_id, deeper)
            if rule is None or rule.restart is None or at < rule.restart:
                counts.pop(deeper, None)

    def _start(self, list_id: int, at: int) -> int:
        level = self._level(list_id, at)
        return self.lists[list_id].starts.get(at, level.start if level else 1)

    def _printed(self, list_id: int, at: int, level: Level) -> str:
        counts = self.counts[self.lists[list_id].definition]

        def written(hit: re.Match[str]) -> str:
            which = int(hit[1]) - 1
            shown = self._level(list_id, which)
            count = counts.get(which, self._start(list_id, which))
            return list_number(count, "decimal" if level.plain_digits or shown is None else shown.style) if which <= at else ""

        return re.sub(r"%([1-9])", written, level.pattern)


def _is_closed(char: str) -> bool:
    """After 、 or ） or ① text follows at once; after 1. or 第一条 a blank."""
    return char in _CLOSED or "①" <= char <= "⒛" or "㈠" <= char <= "㊿"


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """Return the lists of word/numbering.xml, nothing counted yet; none when the document has no such part."""
    numbering = Numbering(styles)
    linked: dict[int, str] = {}
    for element in root.iterchildren(W + "abstractNum") if root is not None else ():
        own = _id(element, "abstractNumId")
        numbering.definitions[own] = _levels(element)
        if name := value(element, "numStyleLink"):
            linked[own] = name
    for element in root.iterchildren(W + "num") if root is not None else ():
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in element.iterchildren(W + "lvlOverride"):
            at = min(_id(override, "ilvl"), LEVELS - 1)
            if find(override, "startOverride") is not None:
                starts[at] = number(override, "startOverride", default=1)
            for level in override.iterchildren(W + "lvl"):
                levels[at] = _level(level)
        numbering.lists[_id(element, "numId")] = _List(number(element, "abstractNumId"), starts, levels)
    for own, name in linked.items():
        list_id = styles.list_place(name)[0]
        if list_id in numbering.lists and not numbering.definitions[own]:
            numbering.definitions[own] = numbering.definitions.get(numbering.lists[list_id].definition, {})
    return numbering


def _levels(element: Element) -> dict[int, Level]:
    return {min(_id(lv, "ilvl"), LEVELS - 1): _level(lv) for lv in element.iterchildren(W + "lvl")}


def _level(element: Element) -> Level:
    style = value(element, "numFmt")
    if style is None:  # a format of later Word versions; the fallback is written for older ones
        fallback = element.find(f"{MC}AlternateContent/{MC}Fallback")
        style = value(fallback, "numFmt")
    return Level(
        start=number(element, "start", default=0),
        style=style or "decimal",
        pattern=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=number(element, "lvlRestart") if find(element, "lvlRestart") is not None else None,
        plain_digits=bool(switch(element, "isLgl")),
        paragraph_style=value(element, "pStyle"),
    )


def _id(element: Element, name: str) -> int:
    text = element.get(W + name) or ""
    return int(text) if text.isdecimal() and len(text) < 12 else 0
