"""The W3C's update tests over HTTP: graphs are put and changed by updates, and read again whole by the Graph Store Protocol."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from endpoint_client import Answer, ask
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from rdflib import RDF, RDFS, Graph, Namespace
from rdflib.collection import Collection
from test_endpoint_writing import BUILT, TOKEN, workspace, writable
from w3c import MF, suites

UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
FOLDER = suites()
_SYNTAX = {MF.PositiveUpdateSyntaxTest11: True, MF.NegativeUpdateSyntaxTest11: False}
_OF_BUILT = f" <{BUILT}> ."  # of what the workspace was built with


@dataclass(frozen=True)
class State:
    """A graph store: the file of its default graph, and of each graph by name."""

    default: tuple[Path, ...]
    named: tuple[tuple[str, Path], ...]


@dataclass(frozen=True)
class Case:
    name: str
    request: Path
    before: State
    after: State


def _state(graph: Graph, node: object) -> State:
    named = [(str(graph.value(found, RDFS.label)), _path(graph.value(found, UT.graph))) for found in graph.objects(node, UT.graphData)]
    return State(tuple(_path(found) for found in graph.objects(node, UT.data)), tuple(sorted(named)))


def _path(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


def _manifests() -> Iterator[tuple[str, Graph, object]]:
    for manifest in sorted(FOLDER.glob("sparql11/*/manifest.ttl")) if FOLDER else ():
        graph = Graph().parse(manifest, publicID=manifest.as_uri())
        for entries in graph.objects(None, MF.entries):
            for test in Collection(graph, entries):
                yield f"{manifest.parent.name}/{str(test).rpartition('#')[2]}", graph, test


def cases() -> Iterator[Case]:
    for name, graph, test in _manifests():
        if (test, RDF.type, MF.UpdateEvaluationTest) in graph or (test, RDF.type, UT.UpdateEvaluationTest) in graph:
            action, result = graph.value(test, MF.action), graph.value(test, MF.result)
            yield Case(name, _path(graph.value(action, UT.request)), _state(graph, action), _state(graph, result))


def syntax_cases() -> Iterator[tuple[str, Path, bool]]:
    for name, graph, test in _manifests():
        for kind, good in _SYNTAX.items():
            if (test, RDF.type, kind) in graph:
                yield name, _path(graph.value(test, MF.action)), good


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with writable(workspace(tmp_path_factory.mktemp("updates")), "--default-graph", "plain", "--workers", "1") as found:
        yield found


def update(address: str, text: bytes) -> Answer:
    kind = {"Content_Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    return ask(address, method="POST", path="/sparql", body=text, **kind)


def put(address: str, state: State) -> None:
    triples = [line if not name else f"GRAPH <{name}> {{ {line} }}" for name, line in lines(state)]
    told = update(address, f"DROP ALL ; INSERT DATA {{ {' '.join(triples)} }}".encode() if triples else b"DROP ALL")
    assert told.status == 204, told.body


def lines(state: State) -> Iterator[tuple[str, str]]:
    """Yield the triples of each file, with the name of its graph and blank nodes of its own."""
    for number, (name, path) in enumerate([*(("", path) for path in state.default), *state.named]):
        for quad in parse(path=path, base_iri=path.as_uri()):
            yield name, f"{quad.triple} .".replace("_:", f"_:f{number}x")


def held(address: str) -> Dataset:
    lines = ask(address, path="/graphs", Accept="application/n-quads").body.decode().splitlines()
    return _canonical("\n".join(line for line in lines if not line.endswith(_OF_BUILT)).encode())


def expected(state: State) -> Dataset:
    return _canonical("\n".join(f"{line[:-1]} <{name}> ." if name else line for name, line in lines(state)).encode())


def _canonical(quads: bytes) -> Dataset:
    found = Dataset(parse(quads, RdfFormat.N_QUADS))
    found.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return found


def test_each_update_leaves_what_the_standard_says(address: str) -> None:
    found = [*cases()]
    different = []
    for case in found:
        put(address, case.before)
        told = update(address, case.request.read_bytes())
        if told.status != 204 or held(address) != expected(case.after):
            different.append((case.name, told.status, told.body[:200]))
    assert len(found) > 90
    assert different == []


def test_good_updates_are_taken_and_bad_ones_refused(address: str) -> None:
    found = [*syntax_cases()]
    wrong = []
    for name, path, good in found:
        put(address, State((), ()))
        told = update(address, path.read_bytes())
        is_read = told.status in (204, 403) or b"does not exist" in told.body  # whatever became of it then
        if is_read is not good and not (told.status == 403 and b"LOAD" in told.body):  # which is refused before it is read
            wrong.append((name, told.status, told.body[:200]))
    assert len(found) > 40
    assert wrong == []
