"""What two kept versions of the graph do not share, as a small store with two graphs, ``diff/removed`` and ``diff/added``.

Both versions are sorted N-Quads, so one pass over the two files finds the lines that only one of them has; nothing else is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from pyoxigraph import Store

DIFF = BASE_IRI + "diff/"


def kept_versions(folder: Path | None) -> list[str]:
    """Return the versions that stand beside a snapshot and can be compared with it, oldest first; the list is a file of the build."""
    if folder is None or not (folder / "graph.nq").is_file():
        return []
    history = folder.parent.parent / "history"
    known = history.read_text(encoding="utf-8").split() if history.is_file() else sorted(path.name for path in folder.parent.iterdir())
    return [name for name in known if (folder.parent / name / "graph.nq").is_file()]


def difference(folder: Path, earlier: str) -> Store:
    """Return what the snapshot of ``folder`` has and the earlier one has not, and the other way round."""
    from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

    store = Store()
    for only_now, line in _one_sided(folder.parent / earlier / "graph.nq", folder / "graph.nq"):
        graph = NamedNode(DIFF + ("added" if only_now else "removed"))
        for quad in parse(line, format=RdfFormat.N_QUADS):
            assert not isinstance(quad.graph_name, DefaultGraph)  # built quads all have their graph
            store.add(Quad(quad.subject, quad.predicate, quad.object, graph))
    return store


def _one_sided(before: Path, after: Path) -> Iterator[tuple[bool, str]]:
    """Yield each line only one of two sorted files has: False for the first, True for the second."""
    with before.open(encoding="utf-8") as old, after.open(encoding="utf-8") as new:
        one, other = next(old, ""), next(new, "")
        while one or other:
            if one == other:
                one, other = next(old, ""), next(new, "")
            elif one and (not other or one < other):
                yield False, one
                one = next(old, "")
            else:
                yield True, other
                other = next(new, "")


class Difference:
    """Answers SPARQL over what changed, as an open store does over the whole."""

    def __init__(self, folder: Path, earlier: str, version: str) -> None:
        self.version = version
        self._store = difference(folder, earlier)

    def query(self, sparql: str, **options: Any) -> Any:
        return self._store.query(sparql, **options)
