"""Other people's programs as they come: rdflib, pandas, curl, and a second server that federates; and what is left of the protocol."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

import pandas
import pytest
from endpoint_client import ask, form, served
from oxigraph_server import oxigraph
from rdflib import Dataset, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from seed_graph import seed_workspace

ZM = "https://w3id.org/zhengmai/"
TASK = f"{ZM}id/doc/gz-stb-openness-tasks/task/27"
SENTENCES = f"SELECT ?s {{ <{TASK}> <{ZM}ns#implements> ?s }} ORDER BY ?s"
EXPECTED = [f"{ZM}id/doc/sat-20170427-openness/sentence/{n}" for n in ("4.2.s2", "5.2.s1")]
ASSERTED = f"{ZM}graph/doc/gz-stb-openness-tasks/asserted"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seed_workspace().path, "--seconds", "10") as found:
        yield found


def test_rdflib_s_sparql_store(address: str) -> None:
    graph = Graph(SPARQLStore(address, returnFormat="json"))
    assert [str(row[0]) for row in graph.query(SENTENCES)] == EXPECTED
    assert sorted(map(str, graph.objects(URIRef(TASK), URIRef(f"{ZM}ns#implements")))) == EXPECTED


def test_pandas_reads_csv_from_the_address(address: str) -> None:
    frame = pandas.read_csv(f"{address}?{urlencode({'query': SENTENCES})}", storage_options={"Accept": "text/csv"})
    assert list(frame["s"]) == EXPECTED


def test_curl_by_get_form_and_direct_post(address: str) -> None:
    curl = shutil.which("curl")
    assert curl, "no curl on this machine: make programs installs it"
    ways = (
        ["-G", "--data-urlencode", f"query={SENTENCES}"],
        ["--data-urlencode", f"query={SENTENCES}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", SENTENCES],
        ["--compressed", "-G", "--data-urlencode", f"query={SENTENCES}"],
    )
    for way in ways:
        done = subprocess.run(
            [curl, "-sSf", "-H", "Accept: text/csv", *way, address], capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.split()[1:] == EXPECTED


def test_a_second_server_federates_with_ours(address: str) -> None:
    query = f"SELECT ?s {{ SERVICE <{address}> {{ <{TASK}> <{ZM}ns#implements> ?s }} }} ORDER BY ?s"
    with oxigraph() as other:
        request = Request(f"{other}/query?{urlencode({'query': query})}", headers={"Accept": "application/sparql-results+json"})
        with urlopen(request, timeout=60) as answer:
            rows = json.load(answer)["results"]["bindings"]
    assert [row["s"]["value"] for row in rows] == EXPECTED


def test_gzip_where_it_is_wanted_and_worth_it(address: str) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p STR(?o) LIMIT 300"
    plain = ask(address, query, Accept="text/csv")
    zipped = ask(address, query, Accept="text/csv", Accept_Encoding="gzip, deflate")
    assert zipped.headers["content-encoding"] == "gzip" and gzip.decompress(zipped.body) == plain.body
    assert "content-encoding" not in plain.headers and "content-encoding" not in ask(address, "ASK {}", Accept_Encoding="gzip").headers
    assert "content-encoding" not in ask(address, query, Accept_Encoding="gzip;q=0").headers


def test_the_same_question_asked_again_gets_the_same_bytes(address: str) -> None:
    first, second = (ask(address, SENTENCES, Accept="text/csv") for _ in range(2))
    assert first.body == second.body and first.headers == {**second.headers, "date": first.headers["date"]}
    assert ask(address, SENTENCES, Accept="application/sparql-results+xml").body != first.body
    drawn = {ask(address, "SELECT (UUID() AS ?u) {}").body for _ in range(3)}
    assert len(drawn) == 3  # what changes each time is not kept
    assert "etag" not in ask(address, "SELECT (NOW() AS ?n) {}").headers


def test_one_graph_by_its_name(address: str) -> None:
    path = f"/graphs?graph={quote(ASSERTED, safe='')}"
    found = ask(address, path=path, Accept="application/n-triples")
    counted = ask(address, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ASSERTED}> {{ ?s ?p ?o }} }}").rows[0]["n"]
    assert found.status == 200 and len(Graph().parse(data=found.body, format="nt")) == int(counted)
    head = ask(address, path=path, method="HEAD", Accept="application/n-triples")
    assert head.status == 200 and head.body == b"" and head.headers["content-length"] == str(len(found.body))
    assert ask(address, path=path, Accept="application/n-triples", If_None_Match=found.headers["etag"]).status == 304
    assert ask(address, path="/graphs?graph=http://e/none").status == 404
    assert ask(address, path="/graphs?graph=no-iri").status == 400
    assert ask(address, path=path, Accept="image/png").status == 406
    for method in ("PUT", "POST", "DELETE"):
        refused = ask(address, path=path, method=method, body=b"", Content_Type="text/turtle")
        assert refused.status == 405 and refused.headers["allow"] == "GET, HEAD, OPTIONS"


def test_everything_there_is_and_the_default_graph(address: str) -> None:
    everything = ask(address, path="/graphs", Accept="application/n-quads").body
    built = (seed_workspace().built_dir / "current" / "graph.nq").read_bytes()

    def lines(data: bytes) -> list[bytes]:  # the engine writes 1.0 as 1
        return sorted(line for line in data.splitlines() if b"#decimal>" not in line)

    assert lines(everything) == lines(built) and everything.count(b"\n") == built.count(b"\n")
    default = Graph().parse(data=ask(address, path="/graphs?default", Accept="application/n-triples").body, format="nt")
    assert len(default) == int(ask(address, "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT * { ?s ?p ?o } }").rows[0]["n"])


def test_json_ld_and_trig(address: str) -> None:
    query = f"CONSTRUCT {{ <{TASK}> ?p ?o }} WHERE {{ <{TASK}> ?p ?o }}"
    sizes = set()
    for accept, syntax in (("application/ld+json", "json-ld"), ("application/trig", "trig"), ("application/n-quads", "nquads")):
        data = ask(address, query, Accept=accept).body
        sizes.add(len(Dataset(default_union=True).parse(data=data, format=syntax)))
    assert len(sizes) == 1 and sizes.pop() > 10


def test_void_and_dcat_with_counts(address: str) -> None:
    graph = Graph().parse(data=ask(address, path="/.well-known/void", Accept="text/turtle").body, format="turtle")
    dataset = next(graph.subjects(URIRef("http://rdfs.org/ns/void#sparqlEndpoint"), URIRef(address)))
    counted = ask(address, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0]["n"]
    assert str(next(graph.objects(dataset, URIRef("http://rdfs.org/ns/void#triples")))) == counted
    tasks = URIRef(f"{ZM}ns#Task")
    part = next(graph.subjects(URIRef("http://rdfs.org/ns/void#class"), tasks))
    number = ask(address, f"SELECT (COUNT(DISTINCT ?t) AS ?n) {{ ?t a <{tasks}> }}").rows[0]["n"]
    assert str(next(graph.objects(part, URIRef("http://rdfs.org/ns/void#entities")))) == number
    assert (None, URIRef("http://www.w3.org/ns/dcat#endpointURL"), URIRef(address)) in graph


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder: Path = tmp_path_factory.mktemp("data")
    (folder / "a.ttl").write_text("<http://e/s> <http://e/p> 'plain' .", encoding="utf-8")
    (folder / "b.nq").write_text('<http://e/s> <http://e/p> "named" <http://e/g> .\n', encoding="utf-8")
    return [str(folder / "a.ttl"), str(folder / "b.nq")]


@pytest.mark.parametrize(("mode", "expected"), [("union", ["named", "plain"]), ("plain", ["plain"])])
def test_files_are_served_without_a_build(files: list[str], mode: str, expected: list[str]) -> None:
    with served(seed_workspace().path, "--data", *files, "--default-graph", mode) as found:
        assert [row["o"] for row in ask(found, "SELECT ?o { ?s ?p ?o } ORDER BY ?o").rows] == expected
        assert [row["o"] for row in ask(found, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }").rows] == ["named"]
        assert [row["o"] for row in form(found, **{"query": "SELECT ?o { ?s ?p ?o }", "default-graph-uri": "http://e/g"}).rows] == ["named"]
        assert (b"UnionDefaultGraph" in ask(found).body) == (mode == "union")


def test_limits_are_named_in_body_and_header(files: list[str], tmp_path: Path) -> None:
    log = tmp_path / "log"
    options = ["--rows", "1", "--rate", "1000", "--log", str(log), "--private-log"]
    with served(seed_workspace().path, "--data", *files, *options) as found:
        rows = ask(found, "SELECT ?o { ?s ?p ?o }")
        assert rows.status == 400 and rows.headers["x-limit"] == "rows" and json.loads(rows.body)["limit"] == "rows"
        deep = ask(found, "ASK " + "{" * 100 + "}" * 100)
        assert deep.headers["x-limit"] == "complexity"
        large = ask(found, method="POST", body=b"x" * 1_100_000, Content_Type="application/sparql-query")
        assert large.status == 413 and large.headers["x-limit"] == "body-bytes"
        assert "rows=1," in rows.headers["x-limits"]
        metrics = ask(found, path="/metrics").body.decode()
        assert 'zhengmai_requests_total{outcome="too-many-rows",page="/sparql",status="400"} 1.0' in metrics
    lines = [json.loads(line) for line in io.StringIO(log.read_text(encoding="utf-8"))]
    assert [line["outcome"] for line in lines if line.get("path") == "/sparql"] == ["too-many-rows", "too-complex", "body-bytes"]
    assert "SELECT" not in log.read_text(encoding="utf-8") and lines[1]["query_hash"]


def test_a_client_that_asks_too_often_is_told_when_to_come_back(files: list[str]) -> None:
    with served(seed_workspace().path, "--data", *files, "--rate", "1") as found:
        statuses = [ask(found, "ASK {}") for _ in range(15)]
        last = statuses[-1]
        assert last.status == 429 and last.headers["x-limit"] == "rate" and int(last.headers["retry-after"]) >= 1
        assert ask(found, path="/health").status == 200
