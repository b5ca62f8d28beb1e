"""What is served: a snapshot of the built graph, or some files; each opened once and shared by the processes forked from there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from zhengmai.store import Engine, OpenStore, open_snapshot

if TYPE_CHECKING:
    import pyoxigraph


class Graph(Protocol):
    """An open graph: a :class:`zhengmai.store.OpenStore`, or another server's (endpoint/remote.py)."""

    @property
    def version(self) -> str: ...

    def query(self, sparql: str, *, union: bool = True, **options: Any) -> Any: ...


class Source(Protocol):
    """Something to serve. Compared by value: another value is another graph. Pickled on its way to the keeper."""

    @property
    def version(self) -> str: ...

    @property
    def connects(self) -> bool:
        """Whether its workers must open connections."""

    def load(self) -> Graph | None:
        """Open it before processes are forked; None where each must open it by itself."""

    def open(self) -> Graph:
        """Open it in a process of its own."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A folder as zhengmai/store.py publishes it; one with nothing but ``graph.nq`` will do. Its name is the version."""

    folder: Path
    engine: Engine = "auto"
    connects = False

    @property
    def version(self) -> str:
        return self.folder.name

    def load(self) -> Graph | None:
        found = open_snapshot(self.folder, engine=self.engine)
        return found if found.engine == "memory" else None  # a database on disk is not shared across a fork

    def open(self) -> Graph:
        return open_snapshot(self.folder, engine="disk")


@dataclass(frozen=True, slots=True)
class Files:
    """RDF files, read into memory: those without graphs into the default graph. ``version`` is made of their bytes."""

    paths: tuple[Path, ...]
    version: str
    connects = False

    @classmethod
    def of(cls, paths: Sequence[Path]) -> Files:
        digest = hashlib.sha256()
        for path in paths:
            digest.update(path.read_bytes())
        return cls(tuple(path.resolve() for path in paths), digest.hexdigest()[:12])

    def load(self) -> Graph:
        import pyoxigraph

        store = pyoxigraph.Store()
        for path in self.paths:
            try:
                store.bulk_extend(pyoxigraph.parse(path=path, format=format_of(path), base_iri=path.as_uri(), rename_blank_nodes=True))
            except (SyntaxError, ValueError) as error:
                raise ValueError(f"{path}: {error}") from error
        return OpenStore(self.version, self.paths[0].parent if self.paths else Path(), "memory", store)

    def open(self) -> Graph:
        return self.load()


def format_of(path: Path) -> pyoxigraph.RdfFormat:
    """Return a file's format by its ending.

    :raises ValueError: when there is none for it.
    """
    import pyoxigraph

    found = pyoxigraph.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if found is None:
        raise ValueError(f"found {path.suffix or 'no ending'}, expected ttl, nt, nq, trig, rdf or jsonld")
    return found
