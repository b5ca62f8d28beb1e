"""Turtle and TriG with prefixes, so that people can read them, and with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ontology import terms
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Quad, RdfFormat, Triple

_OUTSIDE = ("RDF", "RDFS", "OWL", "SKOS", "DCT", "DCAT", "ELI", "ORG", "PROV", "OA", "TIME", "SSSOM", "SEMAPV", "XSD")
PREFIXES = {"zm": f"{BASE_IRI}ns#", "rule": f"{BASE_IRI}rule/", **{name.lower(): getattr(terms, name).NS for name in _OUTSIDE}}


def readable(statements: Iterable[Quad] | Iterable[Triple], form: RdfFormat) -> bytes:
    """Return the statements in the order given; the serializer's prefixes come in any order, so they are sorted here."""
    from pyoxigraph import serialize

    data = serialize(statements, format=form, prefixes=PREFIXES)
    assert data is not None
    end = data.rindex(b"@prefix ", 0, 4000) if data.startswith(b"@prefix ") else 0
    end = data.index(b"\n", end) + 1
    return b"".join(sorted(data[:end].splitlines(keepends=True))) + data[end:]
