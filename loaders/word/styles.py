"""What a paragraph or run has from its style: a place in a numbered list, hidden or not. Styles inherit through w:basedOn."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.word.xml_tree import Element, W, find, number, switch, value

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style's own words; None where it leaves the matter to the style it is based on."""

    based_on: str | None
    list_id: int | None
    list_level: int | None
    hidden: bool | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    usual_paragraph: str | None = None

    def list_place(self, style: str | None) -> tuple[int | None, int | None, str | None]:
        """Return list id and level a paragraph style gives, and the style that names the list (a level may be bound to it)."""
        level: int | None = None
        for name, own in self._chain(style):
            level = own.list_level if level is None else level
            if own.list_id is not None:
                return own.list_id, level, name
        return None, level, None

    def hides(self, style: str | None) -> bool:
        """Say whether text in this style is hidden."""
        return next((own.hidden for _, own in self._chain(style) if own.hidden is not None), False)

    def _chain(self, style: str | None) -> list[tuple[str, Style]]:
        found: list[tuple[str, Style]] = []
        while style in self.by_id and len(found) < _DEEPEST:
            own = self.by_id[style]
            found.append((style, own))
            style = own.based_on or ""
        return found


def read_styles(root: Element | None) -> Styles:
    """Return the styles of word/styles.xml; none when the document has no such part."""
    styles = Styles()
    for element in root.iterchildren(W + "style") if root is not None else ():
        name = element.get(W + "styleId") or ""
        numbering = find(element, "pPr", "numPr")
        styles.by_id[name] = Style(
            based_on=value(element, "basedOn"),
            list_id=number(numbering, "numId") if find(numbering, "numId") is not None else None,
            list_level=number(numbering, "ilvl", most=8) if find(numbering, "ilvl") is not None else None,
            hidden=switch(element, "rPr", "vanish"),
        )
        if element.get(W + "type") == "paragraph" and (element.get(W + "default") or "0").lower() in ("1", "true", "on"):
            styles.usual_paragraph = name
    return styles
