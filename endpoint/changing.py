"""Updates and graph writes, made in a worker on its own copy of the graph: what comes out is the difference in the users' graphs.

Built graphs cannot change, whatever an update says: only what lies in graphs of the users' leaves this process, and the worker ends
with its copy. Where an update meant a built graph it is refused with words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from endpoint.source import Change, Graph, WithUserGraphs, written_user_graphs
from endpoint.update_check import check_syntax, looked_at
from endpoint.updates import ALL, DEFAULT, NAMED, UNKNOWN, BadUpdate, Operation, operations, without_loads
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    import pyoxigraph

_UNNAMED = "urn:zhengmai:the-unnamed-graph"  # its copy, while WHERE looks at all graphs together
MEDIA_TYPES = {
    "text/turtle": "ttl",
    "application/x-turtle": "ttl",
    "application/n-triples": "nt",
    "text/plain": "nt",
    "application/rdf+xml": "rdf",
    "application/xml": "rdf",
    "text/xml": "rdf",
    "text/n3": "n3",
    "text/rdf+n3": "n3",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "application/ld+json": "jsonld",
}
Payload = tuple[bytes, str]  # and its media type


def is_reserved(name: str) -> bool:
    """Say whether a graph's name is kept for the build."""
    return name.startswith(f"{BASE_IRI}graph/") and not name.startswith(f"{BASE_IRI}graph/user/")


class NotWritable(Exception):
    """A graph that the build made, or whose name is kept for it."""


class NoSuchGraph(Exception):
    """A graph to be removed that is not there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write comes to: the difference, the users' graphs as they are kept, how many triples came and went, in which graphs.

    ``created``: the graph it named was not there before.
    """

    change: Change
    content: bytes
    added: int
    removed: int
    graphs: tuple[str, ...]
    created: bool = False


def update(
    graph: Graph,
    text: str,
    base: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    loaded: Mapping[str, Payload],
    union: bool,
) -> Outcome:
    """Make an update. ``default`` and ``named`` replace USING; ``loaded`` is what LOAD finds at its addresses.

    :raises Refused: when it is too large or too deep.
    :raises BadUpdate: when it is none, or one of its operations fails.
    :raises NotWritable: when it would change a graph that is no user's.
    """
    before = _Before(graph)
    text = looked_at(text)
    found = operations(text, base)
    check_syntax(without_loads(text, found), base)
    if (default or named) and any(operation.has_dataset for operation in found):
        raise BadUpdate("found using-graph-uri beside USING or WITH, expected one of them")
    for operation in found:
        before.admit(operation.targets)
    total = sum(map(hash, before.built_quads())) if any(UNKNOWN in operation.targets for operation in found) else None
    for operation in found:
        try:
            _make(before, operation, base, default, named, loaded, union)
        except (OSError, RuntimeError, ValueError, SyntaxError) as error:
            raise BadUpdate(str(error)) from error
    if total is not None and total != sum(map(hash, before.built_quads())):
        raise NotWritable("?")
    return before.outcome()


def replace(graph: Graph, name: str | None, payloads: list[Payload], base: str, keep: bool) -> Outcome:
    """Put triples into a graph; without ``keep`` instead of what is there.

    :raises BadUpdate: when they cannot be read.
    :raises NotWritable: as :func:`update`.
    """
    import pyoxigraph

    before = _Before(graph)
    before.admit((DEFAULT if name is None else name,))
    target = pyoxigraph.DefaultGraph() if name is None else pyoxigraph.NamedNode(name)
    created = name is not None and not before.store.contains_named_graph(target)
    quads = [quad for payload in payloads for quad in _read(payload, base, target)]
    if not keep:
        before.store.clear_graph(target)
    if isinstance(target, pyoxigraph.NamedNode):
        before.store.add_graph(target)
    before.store.extend(quads)
    return before.outcome(created=created)


def read_triples(payloads: list[Payload], base: str) -> str:
    """Return what some files say as N-Triples.

    :raises BadUpdate: when they cannot be read.
    """
    import pyoxigraph

    quads = (quad for payload in payloads for quad in _read(payload, base, pyoxigraph.DefaultGraph()))
    return (pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b"").decode()


def remove(graph: Graph, name: str | None) -> Outcome:
    """Remove a graph.

    :raises NoSuchGraph: when there is none of that name.
    :raises NotWritable: as :func:`update`.
    """
    import pyoxigraph

    before = _Before(graph)
    before.admit((DEFAULT if name is None else name,))
    if name is None:
        before.store.clear_graph(pyoxigraph.DefaultGraph())
    elif before.store.contains_named_graph(pyoxigraph.NamedNode(name)):
        before.store.remove_graph(pyoxigraph.NamedNode(name))
    else:
        raise NoSuchGraph(name)
    return before.outcome()


class _Before:
    """The users' graphs as they were, to compare with."""

    def __init__(self, graph: Graph) -> None:
        if not isinstance(graph, WithUserGraphs):
            raise NotWritable("?")
        self._graph, self.store, self.default_is_built = graph, graph.store, graph.default_is_built
        self._graphs = self._theirs()
        self._others = len(self.store) - _number(self._graphs)

    def admit(self, targets: tuple[str, ...]) -> None:
        for target in targets:
            if target == DEFAULT and self.default_is_built:
                raise NotWritable(DEFAULT)
            if target in self._graph.built or is_reserved(target):
                raise NotWritable(target)

    def user_graphs(self) -> list[pyoxigraph.NamedNode]:
        import pyoxigraph

        names = (name for name in self.store.named_graphs() if isinstance(name, pyoxigraph.NamedNode))
        return [name for name in names if name.value not in self._graph.built and name.value != _UNNAMED]

    def built_quads(self) -> Iterator[pyoxigraph.Quad]:
        import pyoxigraph

        for name in sorted(self._graph.built):
            yield from self.store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(name))
        if self.default_is_built:
            yield from self.store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())

    def outcome(self, *, created: bool = False) -> Outcome:
        before, after = self._graphs, self._theirs()
        if len(self.store) - _number(after) != self._others:
            raise NotWritable("?")
        nothing: set[bytes] = set()
        touched = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        gone = {line for name in touched for line in before.get(name, nothing) - after.get(name, nothing)}
        come = {line for name in touched for line in after.get(name, nothing) - before.get(name, nothing)}
        lost, new = sorted({*before} - {*after} - {""}), sorted({*after} - {*before} - {""})
        change = Change(_joined(gone), _joined(come), tuple(lost), tuple(new))
        empty = [name for name, lines in after.items() if name and not lines]
        content = written_user_graphs([line for lines in after.values() for line in lines], empty)
        return Outcome(change, content, len(come), len(gone), tuple(touched), created)

    def _theirs(self) -> dict[str, set[bytes]]:
        """Return the lines of each graph of the users', by its name; those of the one without a name under an empty one."""
        import pyoxigraph

        def lines(name: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> set[bytes]:
            quads = self.store.quads_for_pattern(None, None, None, name)
            return set((pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS) or b"").splitlines())

        found = {name.value: lines(name) for name in self.user_graphs()}
        unnamed = set() if self.default_is_built else lines(pyoxigraph.DefaultGraph())
        return found | ({"": unnamed} if unnamed else {})


def _make(
    before: _Before,
    operation: Operation,
    base: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    loaded: Mapping[str, Payload],
    union: bool,
) -> None:
    import pyoxigraph

    store, unnamed = before.store, pyoxigraph.NamedNode(_UNNAMED)
    if operation.kind in ("clear", "drop") and operation.targets[0] in (DEFAULT, NAMED, ALL):
        if operation.targets[0] != NAMED and not before.default_is_built:
            store.clear_graph(pyoxigraph.DefaultGraph())
        for name in before.user_graphs() if operation.targets[0] != DEFAULT else []:
            store.clear_graph(name) if operation.kind == "clear" else store.remove_graph(name)
    elif operation.kind == "load":
        _load(store, operation, loaded)
    elif default or named:
        store.update(operation.with_dataset(default, named), base_iri=base)
    elif union and operation.where is not None and not operation.has_dataset:
        names = tuple(sorted(name.value for name in store.named_graphs() if isinstance(name, pyoxigraph.NamedNode)))
        there = store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
        store.extend([pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, unnamed) for quad in there])
        try:
            store.update(operation.with_dataset((*names, _UNNAMED), names), base_iri=base)
        finally:
            store.remove_graph(unnamed)
    else:
        store.update(operation.text, base_iri=base)


def _load(store: pyoxigraph.Store, operation: Operation, loaded: Mapping[str, Payload]) -> None:
    """Put in what LOAD found; where that was nothing, or cannot be read, SILENT leaves all as it is."""
    import pyoxigraph

    target = operation.targets[0]
    into = pyoxigraph.DefaultGraph() if target == DEFAULT else pyoxigraph.NamedNode(target)
    try:
        quads = [*_read(loaded[operation.source], operation.source, into)] if operation.source in loaded else []
    except BadUpdate:
        if not operation.silent:
            raise
        return
    store.extend(quads)


def _read(payload: Payload, base: str, target: pyoxigraph.NamedNode | pyoxigraph.DefaultGraph) -> Iterator[pyoxigraph.Quad]:
    import pyoxigraph

    data, media_type = payload
    syntax = pyoxigraph.RdfFormat.from_extension(MEDIA_TYPES[media_type])
    try:
        for quad in pyoxigraph.parse(data, syntax, base_iri=base, rename_blank_nodes=True):
            if not isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
                raise BadUpdate(f"found a graph's name in the data: {quad.graph_name.value!r}, expected triples of one graph")
            yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, target)
    except (SyntaxError, ValueError) as error:
        raise BadUpdate(str(error)) from error


def _number(graphs: dict[str, set[bytes]]) -> int:
    return sum(map(len, graphs.values()))


def _joined(lines: set[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in sorted(lines))
