"""N-Quads written as text: the fast way to many triples (measured 19 times faster than building a graph in rdflib).

A :class:`Sheet` collects the lines of one named graph. Terms are written once, here, so that escaping is in one place.
"""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

from ontology.outside import RDF, XSD

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def safe(part: str) -> str:
    """Return a part of an IRI's path in ASCII (a row number may be 一)."""
    return quote(part, safe="-._~")


def iri(value: str) -> str:
    return f"<{value}>"


def text(value: str, lang: str = "zh") -> str:
    """Return a language-tagged literal."""
    return f'"{_escape(value)}"@{lang}'


def plain(value: str) -> str:
    return f'"{_escape(value)}"'


def typed(value: object, datatype: str) -> str:
    return f'"{_escape(str(value))}"^^<{datatype}>'


def integer(value: int) -> str:
    return typed(value, XSD.integer)


def decimal(value: float) -> str:
    """Return a decimal with at most three places, without exponent."""
    shown = format(Decimal(str(round(value, 3))).normalize(), "f")
    return typed(shown if "." in shown else f"{shown}.0", XSD.decimal)


def boolean(value: bool) -> str:
    return typed("true" if value else "false", XSD.boolean)


def _escape(value: str) -> str:
    escaped = value.translate(_ESCAPES)
    return "".join(f"\\u{ord(c):04X}" if ord(c) < 0x20 or c == "\x7f" else c for c in escaped)


class Sheet:
    """The lines of one named graph. Objects come as written terms (iri(...), text(...)), subjects and predicates as IRIs."""

    def __init__(self, graph: str) -> None:
        self._graph = f" <{graph}> ."
        self.lines: list[str] = []

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Add one triple for each object; an empty object adds nothing."""
        self.lines += [f"<{subject}> <{predicate}> {o}{self._graph}" for o in objects if o]

    def a(self, subject: str, *classes: str) -> None:
        """Say what a thing is."""
        self.add(subject, RDF.type, *map(iri, classes))
