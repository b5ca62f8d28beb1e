"""The endpoint before a server of the user's: Oxigraph's own and Virtuoso, for real, with the limits and pages of a graph of ours."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from endpoint_client import ask, form, refused, served
from oxigraph_server import oxigraph
from rdflib import Graph
from seed_graph import seed_workspace
from test_endpoint_writing import ALL, LINE, TOKEN, put, rows, update, workspace
from virtuoso_server import PROGRAM, isql, virtuoso

ZM = "https://w3id.org/zhengmai/"
TASK = f"{ZM}id/doc/gz-stb-openness-tasks/task/27"
SENTENCES = f"SELECT ?s {{ <{TASK}> <{ZM}ns#implements> ?s }} ORDER BY ?s"
EXPECTED = [f"{ZM}id/doc/sat-20170427-openness/sentence/{n}" for n in ("4.2.s2", "5.2.s1")]
ASSERTED = f"{ZM}graph/doc/gz-stb-openness-tasks/asserted"


class Behind(NamedTuple):
    """A server of the user's, and where it takes queries and updates."""

    query: str
    update: str


@contextmanager
def oxigraph_behind(_: Path) -> Iterator[Behind]:
    with oxigraph() as address:  # which keeps its graphs apart
        data = (seed_workspace().built_dir / "current" / "graph.nq").read_bytes()
        urlopen(Request(f"{address}/store", data, {"Content-Type": "application/n-quads"}, method="POST"), timeout=60).close()
        yield Behind(f"{address}/query", f"{address}/update")


@contextmanager
def virtuoso_behind(folder: Path) -> Iterator[Behind]:
    with virtuoso(folder) as (address, port):
        shutil.copy(seed_workspace().built_dir / "current" / "graph.nq", folder / "graph.nq")
        isql(port, f"ld_dir('{folder}', 'graph.nq', 'http://e/none'); rdf_loader_run();")
        yield Behind(f"{address}/sparql", address.replace("//", "//dba:dba@") + "/sparql-auth")


SERVERS = {"oxigraph": oxigraph_behind} | ({"virtuoso": virtuoso_behind} if PROGRAM else {})


@pytest.fixture(scope="module", params=SERVERS)
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    with SERVERS[request.param](tmp_path_factory.mktemp("behind")) as found:
        yield found


@pytest.fixture(scope="module")
def address(behind: Behind) -> Iterator[str]:
    store = f"sparql:{behind.query},{behind.update}"
    options = ("--seconds", "5", "--writable", "--token", TOKEN)
    with served(seed_workspace().path, "--store", store, *options) as found:
        yield found


@pytest.mark.parametrize(
    "accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
def test_rows_in_every_format(address: str, accept: str) -> None:
    found = ask(address, SENTENCES, Accept=accept)
    assert found.status == 200 and found.headers["content-type"].partition(";")[0] == accept
    assert [found.body.count(iri.encode()) for iri in EXPECTED] == [1, 1]


@pytest.mark.parametrize(
    ("accept", "syntax"), [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")]
)
def test_graphs_in_their_formats(address: str, accept: str, syntax: str) -> None:
    found = ask(address, f"CONSTRUCT {{ <{TASK}> ?p ?o }} WHERE {{ <{TASK}> <{ZM}ns#implements> ?o . <{TASK}> ?p ?o }}", Accept=accept)
    assert {str(o) for o in Graph().parse(data=found.body, format=syntax).objects()} == set(EXPECTED)


def test_graphs_are_told_apart(address: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    one = int(form(address, **{"query": count, "default-graph-uri": ASSERTED}).rows[0]["n"])
    assert 0 < one < int(ask(address, count).rows[0]["n"])
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert int(form(address, **{"query": named, "named-graph-uri": ASSERTED}).rows[0]["n"]) == one
    there = ask(address, path=f"/graphs?graph={quote(ASSERTED, safe='')}", Accept="application/n-triples")
    assert there.status == 200 and len(Graph().parse(data=there.body, format="nt")) == one
    assert ask(address, path="/graphs?graph=http://e/nothing").status == 404
    assert ask(address, path="/graphs").status == 406  # the whole is not handed on


def test_nothing_is_said_to_be_unchanged(address: str) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/queries/list-tasks", "/id/doc/gz-stb-openness-tasks/task/27"):
        found = ask(address, path=path)
        assert "etag" not in found.headers and found.headers["cache-control"] == "no-store"


def test_questions_and_pages_are_those_of_a_graph_of_ours(address: str) -> None:
    found = json.loads(ask(address, path="/queries/which-tasks-implement-clause?clause=5.2&lower=gz-stb-openness-tasks").body)
    assert "27" in [row["task"] for row in found["rows"]]
    assert "加大公开首问责任制" in ask(address, path="/id/doc/gz-stb-openness-tasks/task/27", Accept="text/html").body.decode()
    assert b"sparqlEndpoint" in ask(address, path="/.well-known/void").body
    assert json.loads(ask(address, path="/health").body)["status"] == "ok"


def test_writes_go_there_and_spare_what_was_built(address: str) -> None:
    name = "http://e/mine"
    assert ask(address, method="POST", body=b"CLEAR ALL", Content_Type="application/sparql-update").status == 401
    assert update(address, f"INSERT DATA {{ GRAPH <{name}> {{ <http://e/s> <http://e/p> '广' }} }}").status == 204
    inside = f"SELECT ?o {{ GRAPH <{name}> {{ ?s ?p ?o }} }} ORDER BY STR(?o)"
    assert rows(address, inside) == [("广",)]
    assert put(address, f"/graphs?graph={quote(name, safe='')}", "<http://e/s> <http://e/p> 'x' .", "POST").status == 204
    assert rows(address, inside) == [("x",), ("广",)]
    assert put(address, f"/graphs?graph={quote(name, safe='')}", "<http://e/s> <http://e/p> 'y' .").status == 204
    assert rows(address, inside) == [("y",)]
    for text in (
        f"DROP GRAPH <{ASSERTED}>",
        "CLEAR ALL",
        "DROP NAMED",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"LOAD <http://127.0.0.1/> INTO GRAPH <{name}>",
        f"INSERT {{ GRAPH <{name}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1/> {{ ?s ?p ?o }} }}",
    ):
        assert update(address, text).status == 403, text
    assert update(address, f"LOAD SILENT <http://127.0.0.1/> INTO GRAPH <{name}>").status == 204  # which nobody is asked to make
    again = f"PREFIX e: <http://e/> LOAD SILENT e:x ; INSERT DATA {{ GRAPH <{name}> {{ e:s e:p 'z' }} }} ; LOAD SILENT e:y"
    assert update(address, again).status == 204 and rows(address, inside) == [("y",), ("z",)]
    assert update(address, f"DELETE DATA {{ GRAPH <{name}> {{ <http://e/s> <http://e/p> 'z' }} }}").status == 204
    assert put(address, f"/graphs?graph={quote(ASSERTED, safe='')}", "", "DELETE").status == 403
    assert update(address, "INSERT DATA { nonsense }").status == 400
    assert put(address, f"/graphs?graph={quote(name, safe='')}", "", "DELETE").status == 204
    assert rows(address, inside) == [] and ask(address, f"ASK {{ GRAPH <{ASSERTED}> {{ <{TASK}> ?p ?o }} }}").body.count(b"true") == 1


def test_limits_are_ours(address: str) -> None:
    wrong = ask(address, "SELECT ?s WHERE { ?s ?p }")
    assert wrong.status == 400
    assert ask(address, "ASK " + "{" * 4000 + "}" * 4000).headers["x-limit"] == "complexity"
    assert ask(address, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").status == 403
    start = time.monotonic()
    runaway = ask(address, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }")
    assert runaway.status in (502, 504) and time.monotonic() - start < 10  # Virtuoso refuses it by its own estimate
    assert ask(address, SENTENCES).rows == [{"s": iri} for iri in EXPECTED]


def test_a_server_that_goes_away_or_never_was() -> None:
    with ExitStack() as held:
        with oxigraph() as gone:
            found = held.enter_context(served(seed_workspace().path, "--store", f"sparql:{gone}/query"))
            assert ask(found, "ASK {}").status == 200
        assert ask(found, "ASK {}").status == 502 and ask(found, path="/health").status == 200
    with served(seed_workspace().path, "--store", "sparql:http://127.0.0.1:9/sparql") as found:  # nobody was ever there
        assert ask(found, "ASK {}").status == 503 and ask(found, path="/health").status == 503


def test_an_oxigraph_database_and_a_snapshot(tmp_path: Path) -> None:
    import pyoxigraph

    store = pyoxigraph.Store(str(tmp_path / "db"))
    store.load(LINE.encode(), pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    with served(seed_workspace().path, "--store", f"oxigraph:{tmp_path / 'db'}") as found:
        assert len(rows(found, ALL)) == 1
    home = workspace(tmp_path / "w")
    with served(seed_workspace().path, "--store", f"oxigraph:{home.built_dir / 'current'}") as found:
        assert len(rows(found, ALL)) == 1


def test_writing_to_a_store_needs_its_address(tmp_path: Path) -> None:
    assert "UPDATE_URL" in refused(workspace(tmp_path).path, "--writable", "--token", TOKEN, "--store", "sparql:http://127.0.0.1:9/sparql")
