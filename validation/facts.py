"""What a store says of a node, asked once for each node: reports ask for many things about the same few."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store

KEPT = 1 << 17  # nodes; some 1 kB each
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
Said = Sequence[tuple[str, str | None]]
"""Objects of one property: the text, and None for an IRI, the language ("" for none) for a literal; sorted by text, each once."""


class Facts:
    """Answers for one store; keeps what it was asked before."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.of = lru_cache(KEPT)(self._of)
        self.subjects = lru_cache(KEPT)(self._subjects)

    def _of(self, iri: str) -> Mapping[str, Said]:
        """Return what is said of a node by property; nothing of what is no IRI."""
        from pyoxigraph import BlankNode, Literal, NamedNode

        if not is_iri(iri):
            return {}
        found: dict[str, set[tuple[str, str | None]]] = {}
        for quad in self._store.quads_for_pattern(NamedNode(iri), None, None, None):
            node = quad.object
            if isinstance(node, (Literal, NamedNode)):
                own = (node.value, (node.language or "") if isinstance(node, Literal) else None)
                found.setdefault(quad.predicate.value, set()).add(own)
            else:
                assert isinstance(node, BlankNode)
        return {predicate: sorted(said, key=lambda one: (one[0], one[1] or "")) for predicate, said in found.items()}

    def _subjects(self, predicate: str, iri: str) -> list[str]:
        """Return the nodes that have a node as this property, sorted."""
        from pyoxigraph import NamedNode

        quads = self._store.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), None)
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})


def is_iri(text: str) -> bool:
    """Return whether a text can be the IRI of a node; words that only hold a colon are none."""
    return IRI.fullmatch(text) is not None
