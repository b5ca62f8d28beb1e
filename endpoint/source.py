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


USER_GRAPHS = "graphs.nq"
_EMPTY = b"# empty graph "


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

    @property
    def lasting(self) -> bool:
        """Whether the same version is the same graph; a server of somebody else's may change under one name."""

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
    lasting = True

    @property
    def version(self) -> str:
        return self.folder.name

    def load(self) -> Graph | None:
        found = open_snapshot(self.folder, engine=self.engine)
        return found if found.engine == "memory" else None  # a database on disk is not shared across a fork

    def open(self) -> Graph:
        return open_snapshot(self.folder, engine="disk")


@dataclass(frozen=True, slots=True)
class Database:
    """A folder with an Oxigraph database of the user's, opened for reading only; ``version`` is made of its files' names and times."""

    folder: Path
    version: str
    connects = False
    lasting = True

    @classmethod
    def of(cls, folder: Path) -> Database:
        """Look at the folder.

        :raises OSError: when it cannot be read.
        """
        files = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in folder.iterdir() if path.name[:3] != "LOG")
        return cls(folder.resolve(), hashlib.sha256(repr(files).encode()).hexdigest()[:12])

    def load(self) -> Graph | None:
        self.open()  # says what is wrong with it
        return None

    def open(self) -> Graph:
        import pyoxigraph

        return OpenStore(self.version, self.folder, "disk", pyoxigraph.Store.read_only(str(self.folder)))


@dataclass(frozen=True, slots=True)
class Files:
    """RDF files, read into memory: those without graphs into the default graph. ``version`` is made of their bytes."""

    paths: tuple[Path, ...]
    version: str
    connects = False
    lasting = True

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


@dataclass(frozen=True)
class WithUserGraphs(OpenStore):
    """An open graph beside which users have graphs of their own. ``built``: the names nobody may write."""

    built: frozenset[str] = frozenset()
    default_is_built: bool = False


@dataclass(frozen=True, slots=True)
class Writable:
    """A source in memory with the users' graphs added; ``state`` names what ``folder`` holds of them (endpoint/shelf.py)."""

    base: Snapshot | Files
    folder: Path
    state: str
    connects = False
    lasting = True

    @property
    def version(self) -> str:
        return f"{self.base.version}-{self.state}" if self.state else self.base.version

    def load(self) -> Graph:
        import endpoint.changing  # noqa: F401  (so that no worker need)

        base = self.base.load()
        if not isinstance(base, OpenStore):
            raise ValueError("only a graph in memory can be written beside: --engine memory")
        store = base.store
        built = frozenset(name.value for name in store.named_graphs())
        default_is_built = bool(store.query("ASK { ?s ?p ?o }"))
        read_user_graphs(self.folder).make(store)
        return WithUserGraphs(self.version, base.path, "memory", store, built, default_is_built)

    def open(self) -> Graph:
        return self.load()


def read_user_graphs(folder: Path) -> Change:
    """Return what users have written, as a change of the built graph. Graphs without triples stand in comments."""
    try:
        data = (folder / USER_GRAPHS).read_bytes()
    except FileNotFoundError:
        return Change()
    empty = (line.removeprefix(_EMPTY)[1:-1].decode() for line in data.splitlines() if line.startswith(_EMPTY))
    return Change(added=data, graphs_come=tuple(empty))


def written_user_graphs(lines: Sequence[bytes], empty: Sequence[str]) -> bytes:
    """Return the file of the users' graphs: the same graphs give the same bytes."""
    return b"".join(f"{_EMPTY.decode()}<{name}>\n".encode() for name in sorted(empty)) + b"".join(line + b"\n" for line in sorted(lines))


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different in a graph: N-Quads to take out and to put in, and names of graphs that come or go."""

    removed: bytes = b""
    added: bytes = b""
    graphs_gone: tuple[str, ...] = ()
    graphs_come: tuple[str, ...] = ()

    def make(self, store: pyoxigraph.Store) -> None:
        """Change an open store."""
        import pyoxigraph

        for quad in pyoxigraph.parse(self.removed, pyoxigraph.RdfFormat.N_QUADS):
            store.remove(quad)
        for name in self.graphs_gone:
            store.remove_graph(pyoxigraph.NamedNode(name))
        store.extend(pyoxigraph.parse(self.added, pyoxigraph.RdfFormat.N_QUADS))
        for name in self.graphs_come:
            store.add_graph(pyoxigraph.NamedNode(name))


def format_of(path: Path) -> pyoxigraph.RdfFormat:
    """Return a file's format by its ending.

    :raises ValueError: when there is none for it.
    """
    import pyoxigraph

    found = pyoxigraph.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if found is None:
        raise ValueError(f"found {path.suffix or 'no ending'}, expected ttl, nt, nq, trig, rdf or jsonld")
    return found
