"""The endpoint as other tools meet it: a real server over the graph of the three documents, asked by real clients."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from endpoint_client import Answer, ask, form, served
from rdflib import Graph
from seed_graph import seed_workspace
from seeds import ROOT
from SPARQLWrapper import CSV, JSON, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper

from zhengmai.store import publish_snapshot
from zhengmai.workspace import Workspace

ZM = "https://w3id.org/zhengmai/ns#"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TASK_27 = "https://w3id.org/zhengmai/id/doc/gz-stb-openness-tasks/task/27"
CLAUSES_OF_27 = f"SELECT ?c {{ <{TASK_27}> <{ZM}implements> ?c }} ORDER BY ?c"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seed_workspace().path, "--seconds", "2") as found:
        yield found


def wrapper(address: str, query: str, wanted: str, method: str = "GET", way: str = URLENCODED) -> SPARQLWrapper:
    client = SPARQLWrapper(address)
    client.setQuery(query)
    client.setReturnFormat(wanted)
    client.setMethod(method)
    client.setRequestMethod(way)
    return client


@pytest.mark.parametrize(("method", "way"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_selects_and_asks_in_json(address: str, method: str, way: str) -> None:
    rows = wrapper(address, CLAUSES_OF_27, JSON, method, way).queryAndConvert()["results"]["bindings"]
    assert [row["c"]["value"].rpartition("/")[2].rpartition(".s")[0] for row in rows] == ["4.2", "5.2"]
    asked = wrapper(address, f"ASK {{ <{TASK_27}> a <{ZM}Task> }}", JSON, method, way).queryAndConvert()
    assert asked["boolean"] is True


def test_sparqlwrapper_selects_in_xml_csv_and_tsv(address: str) -> None:
    query = f"SELECT ?n {{ <{TASK_27}> <{ZM}number> ?n }}"
    assert "<literal>27</literal>" in wrapper(address, query, XML).queryAndConvert().toxml()
    assert wrapper(address, query, CSV).queryAndConvert().split() == [b"n", b"27"]
    assert wrapper(address, query, TSV).queryAndConvert().split() == [b"?n", b'"27"']


def test_sparqlwrapper_constructs_and_describes(address: str) -> None:
    construct = f"CONSTRUCT {{ <{TASK_27}> <{ZM}implements> ?c }} WHERE {{ <{TASK_27}> <{ZM}implements> ?c }}"
    for wanted, syntax in ((TURTLE, "turtle"), (N3, "turtle")):
        assert len(Graph().parse(data=wrapper(address, construct, wanted).queryAndConvert(), format=syntax)) == 2
    assert len(wrapper(address, construct, RDFXML).queryAndConvert()) == 2
    described = Graph().parse(data=wrapper(address, f"DESCRIBE <{TASK_27}>", TURTLE).queryAndConvert(), format="turtle")
    assert "27" in [str(o) for o in described.objects()]


@pytest.mark.parametrize(
    ("media_type", "syntax"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"), ("application/trig", "trig")],
)
def test_graph_formats(address: str, media_type: str, syntax: str) -> None:
    found = ask(address, f"DESCRIBE <{TASK_27}>", Accept=media_type)
    assert found.headers["content-type"].partition(";")[0] == media_type
    from rdflib import Dataset

    graph = Dataset(default_union=True) if syntax == "trig" else Graph()
    assert len(graph.parse(data=found.body, format=syntax)) > 5


def test_the_better_liked_format_wins_and_an_unknown_one_is_406(address: str) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 1"
    assert ask(address, query, Accept="text/csv;q=0.3, application/sparql-results+xml;q=0.9").headers["content-type"] == (
        "application/sparql-results+xml"
    )
    unknown = ask(address, query, Accept="image/png")
    assert unknown.status == 406 and "text/csv" in unknown.detail
    assert ask(address, query, Accept="application/n-quads").status == 406  # a table is no graph
    assert ask(address, query, Accept="application/json;q=0").status == 406


def test_chinese_iris_come_back_as_they_went(address: str) -> None:
    query = "SELECT (<http://e/%E5%B9%BF%25> AS ?encoded) (<http://e/广州> AS ?plain) ('a+b & c=%20' AS ?text) {}"
    expected = [{"encoded": "http://e/%E5%B9%BF%25", "plain": "http://e/广州", "text": "a+b & c=%20"}]
    assert ask(address, query).rows == expected
    assert form(address, query=query).rows == expected
    assert ask(address, method="POST", body=query.encode(), Content_Type="application/sparql-query").rows == expected


def test_the_default_graph_is_the_union_unless_graphs_are_named(address: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    ours = "https://w3id.org/zhengmai/graph/doc/gz-stb-openness-tasks/asserted"
    everything = int(ask(address, count).rows[0]["n"])
    part = int(ask(address, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ours}> {{ ?s ?p ?o }} }}").rows[0]["n"])
    assert 0 < part < everything
    assert int(form(address, **{"query": count, "default-graph-uri": ours}).rows[0]["n"]) == part
    in_address = f"/sparql?query={quote(count)}&default-graph-uri={quote(ours)}"
    assert int(ask(address, path=in_address).rows[0]["n"]) == part
    assert int(ask(address, f"SELECT (COUNT(*) AS ?n) FROM <{ours}> {{ ?s ?p ?o }}").rows[0]["n"]) == part
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert form(address, **{"query": named, "named-graph-uri": ours}).rows == [{"g": ours}]
    assert form(address, **{"query": count, "named-graph-uri": ours}).rows == [{"n": "0"}]
    assert form(address, **{"query": count.replace("{", "FROM <http://e/none> {", 1), "default-graph-uri": ours}).rows == [{"n": str(part)}]


def test_from_reads_no_file_and_calls_nobody(address: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(0.5)
        there = f"http://127.0.0.1:{other.getsockname()[1]}/"
        for graph in (there, (ROOT / "tests/data").as_uri(), "file:///etc/passwd"):
            assert ask(address, f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}").rows == []
            assert form(address, **{"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": graph}).rows == []
        with pytest.raises(TimeoutError):
            other.accept()


def test_service_is_refused_by_name(address: str) -> None:
    found = ask(address, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert found.status == 403 and "SERVICE" in found.detail


@pytest.mark.parametrize("text", ["DROP ALL", "PREFIX x: <http://e/> INSERT DATA { x:a x:b x:c }", "LOAD <http://127.0.0.1:1/>"])
def test_updates_are_refused(address: str, text: str) -> None:
    assert ask(address, text).status == 403
    assert form(address, update=text).status == 403
    assert ask(address, method="POST", body=text.encode(), Content_Type="application/sparql-update").status == 403


def test_a_bad_query_is_400_with_the_parser_s_place(address: str) -> None:
    found = ask(address, "SELECT ?s WHERE { ?s ?p }")
    assert found.status == 400 and "error at 1:26" in found.detail
    assert found.headers["access-control-allow-origin"] == "*"
    plain = ask(address, "SELECT ?s WHERE { ?s ?p }", Accept="text/plain, */*;q=0.1")
    assert plain.status == 400 and b"error at 1:26" in plain.body and plain.headers["content-type"].startswith("text/plain")


def test_wrong_requests_get_their_status(address: str) -> None:
    assert ask(address, path="/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400
    assert ask(address, path="/sparql?query=ASK%7B%7D%FF").status == 400
    assert ask(address, method="POST", body=b"ASK{}\xff", Content_Type="application/sparql-query").status == 400
    assert form(address, nothing="here").status == 400
    assert ask(address, method="POST", body=b"ASK{}", Content_Type="text/plain").status == 415
    assert ask(address, method="POST", body="ASK{}".encode("utf-16"), Content_Type="application/sparql-query;charset=utf-16").status == 415
    assert ask(address, method="POST", body=b"x", Content_Type="application/sparql-query", Content_Encoding="gzip").status == 415
    long = b"ASK{} #" + b"x" * 300_000
    assert ask(address, method="POST", body=long, Content_Type="application/sparql-query").status == 413
    assert ask(address, method="POST", body=long * 5, Content_Type="application/sparql-query").status == 413
    put = ask(address, method="PUT", body=b"")
    assert put.status == 405 and put.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert ask(address, path="/nothing/../etc/passwd").status == 404
    assert form(address, **{"query": "ASK {}", "default-graph-uri": "no iri"}).status == 400


def test_head_options_and_etag(address: str) -> None:
    query = CLAUSES_OF_27
    got, head = ask(address, query), ask(address, query, method="HEAD")
    assert head.status == 200 and head.body == b"" and head.headers["etag"] == got.headers["etag"]
    assert got.headers["vary"] == "Accept, Accept-Encoding" and got.headers["x-graph-version"] in got.headers["etag"]
    again = ask(address, query, If_None_Match=got.headers["etag"])
    assert again.status == 304 and again.body == b""
    assert ask(address, query, If_None_Match=got.headers["etag"], Accept="text/csv").status == 200
    options = ask(address, method="OPTIONS", Origin="https://tool.example", Access_Control_Request_Method="POST")
    assert options.status == 204 and "POST" in options.headers["access-control-allow-methods"]
    assert "Content-Type" in options.headers["access-control-allow-headers"]


def test_without_a_query_it_describes_itself(address: str) -> None:
    graph = Graph().parse(data=ask(address).body, format="turtle")
    text = graph.serialize(format="nt")
    assert f"<{address}>" in text and "SPARQL11Query" in text and "graph/doc/gz-stb-openness-tasks/asserted" in text
    assert "Update" not in text and "BasicFederatedQuery" not in text
    assert len(Graph().parse(data=ask(address, Accept="application/rdf+xml").body, format="xml")) == len(graph)


def test_a_runaway_query_is_stopped_while_a_cheap_one_answers(address: str) -> None:
    found: list[Answer] = []
    runaway = threading.Thread(target=lambda: found.append(ask(address, RUNAWAY)))
    start = time.monotonic()
    runaway.start()
    time.sleep(0.3)
    assert ask(address, CLAUSES_OF_27).status == 200 and time.monotonic() - start < 2
    runaway.join(10)
    assert found[0].status == 504 and found[0].headers["x-limit"] == "time" and "2 s" in found[0].detail
    assert time.monotonic() - start < 5
    assert [ask(address, CLAUSES_OF_27).status for _ in range(4)] == [200] * 4


def test_deep_nesting_is_refused(address: str) -> None:
    found = ask(address, "SELECT * WHERE " + "{" * 4000 + "}" * 4000)
    assert found.status == 400 and "64" in found.detail
    assert ask(address, "ASK {}").status == 200


def test_a_client_that_leaves_frees_its_worker(address: str) -> None:
    at = urlsplit(address)
    for _ in range(4):
        gone = HTTPConnection(at.hostname or "", at.port)
        gone.request("GET", f"{at.path}?{urlencode({'query': RUNAWAY})}")
        time.sleep(0.1)
        gone.close()
    start = time.monotonic()
    assert ask(address, CLAUSES_OF_27).status == 200
    assert time.monotonic() - start < 2


def test_health(address: str) -> None:
    version = (seed_workspace().built_dir / "current").readlink().name
    assert json.loads(ask(address, path="/health").body) == {"status": "ok", "graph_version": version}


@pytest.fixture(scope="module")
def with_secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose graph holds an internal document and a public one."""
    home = Workspace(tmp_path_factory.mktemp("secret"))
    home.sources_file.write_text("sources: []\n", encoding="utf-8")
    base = "https://w3id.org/zhengmai/"
    publish_snapshot(
        home.built_dir,
        sorted(
            f"<{base}id/doc/{slug}> <{base}ns#access> <{base}scheme/access/{access}> <{base}graph/doc/{slug}/asserted> ."
            for slug, access in (("hush-hush", "internal"), ("open-table", "public"))
        ),
    )
    return home.path


DOCUMENTS = f"SELECT ?d {{ ?d <{ZM}access> ?a }} ORDER BY ?d"


def test_beyond_loopback_internal_documents_are_left_out(with_secret: Path) -> None:
    with served(with_secret, "--host", "127.0.0.2") as found:
        answer = ask(found, DOCUMENTS, Origin="https://evil.example")
        assert answer.rows == [{"d": "https://w3id.org/zhengmai/id/doc/open-table"}]
        assert answer.headers["access-control-allow-origin"] == "*"


def test_pages_from_elsewhere_do_not_read_internal_documents(with_secret: Path) -> None:
    with served(with_secret) as found:
        assert len(ask(found, DOCUMENTS).rows) == 2
        assert "access-control-allow-origin" not in ask(found, DOCUMENTS, Origin="https://evil.example").headers
        here = "http://localhost:8501"
        assert ask(found, DOCUMENTS, Origin=here).headers["access-control-allow-origin"] == here
        assert ask(found, DOCUMENTS, Host="evil.example").status == 403
        assert b"hush" not in ask(found, DOCUMENTS, Host="localhost.evil.example:80").body


def test_a_new_build_is_taken_up_while_serving(tmp_path: Path) -> None:
    home = Workspace(tmp_path)
    home.sources_file.write_text("sources: []\n", encoding="utf-8")
    first = publish_snapshot(home.built_dir, ["<http://e/a> <http://e/p> <http://e/1> <http://e/g> ."])
    with served(home.path) as found:
        query = "SELECT ?o { ?s ?p ?o }"
        before = ask(found, query)
        second = publish_snapshot(home.built_dir, ["<http://e/a> <http://e/p> <http://e/2> <http://e/g> ."])
        during = [ask(found, query)]
        while during[-1].headers["x-graph-version"] == first and len(during) < 1000:
            time.sleep(0.02)
            during.append(ask(found, query))
        after = [ask(found, query, If_None_Match=before.headers["etag"]) for _ in range(4)]
    assert {answer.status for answer in during} == {200}  # none is dropped
    assert (before.rows, before.headers["x-graph-version"]) == ([{"o": "http://e/1"}], first)
    assert {(a.status, a.rows[0]["o"], a.headers["x-graph-version"]) for a in after} == {(200, "http://e/2", second)}


def test_it_ends_on_a_signal_and_leaves_no_process() -> None:
    command = [sys.executable, "-m", "zhengmai", "serve", "--port", "0", "--workspace", str(seed_workspace().path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        children = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii").split()]
        process.terminate()
        process.wait(20)
    until = time.monotonic() + 10
    while time.monotonic() < until and any(alive(pid) for pid in children):
        time.sleep(0.1)
    assert children and not [pid for pid in children if alive(pid)]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
