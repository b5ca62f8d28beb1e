"""Names and small questions of WordprocessingML, the XML inside a .docx (ECMA-376 part 1, 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = object

__all__ = ["MC", "Element", "M", "R", "W", "find", "number", "switch", "value"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OFF = {"0", "false", "off"}


def find(element: Element | None, *names: str) -> Element | None:
    """Return the child (of the child …) with these w: names, None when one is missing. Never looks deeper than the path."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren(W + name), None)  # many times as fast as element.find
    return element


def value(element: Element | None, *names: str) -> str | None:
    """Return the w:val of a child, None when there is no such child or value."""
    child = find(element, *names)
    return None if child is None else child.get(W + "val")


def number(element: Element | None, *names: str, default: int = 0, most: int = 2**31 - 1) -> int:
    """Return a child's w:val as a number from 0 to ``most``; what is no number counts as missing."""
    text = (value(element, *names) or "").strip()
    return max(0, min(int(text), most)) if text.lstrip("-").isdecimal() and len(text) < 12 else default


def switch(element: Element | None, *names: str) -> bool | None:
    """Return whether an on/off property is on; None when it is not said."""
    child = find(element, *names)
    return None if child is None else (child.get(W + "val") or "1").lower() not in _OFF
