"""Updates and Graph Store writes: for those who know the token, into graphs of the users' own, whole or not at all, kept by a rebuild."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from endpoint_client import Answer, ask, form, refused, served
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import POST, SPARQLWrapper

from endpoint.updates import BadUpdate, operations
from zhengmai.store import publish_snapshot
from zhengmai.workspace import Workspace

TOKEN = "a-token-of-the-tests"
BUILT = "https://w3id.org/zhengmai/graph/doc/x/asserted"
LINE = f"<http://e/a> <http://e/p> <http://e/1> <{BUILT}> ."
ALL = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p STR(?o)"


def workspace(path: Path, *lines: str) -> Workspace:
    path.mkdir(exist_ok=True)
    home = Workspace(path)
    home.sources_file.write_text("sources: []\n", encoding="utf-8")
    publish_snapshot(home.built_dir, sorted(lines or (LINE,)))
    return home


@contextmanager
def writable(home: Workspace, *options: str) -> Iterator[str]:
    with served(home.path, "--writable", "--token", TOKEN, *options) as address:
        yield address


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("writable"))


@pytest.fixture(scope="module")
def server(home: Workspace) -> Iterator[str]:
    with writable(home) as address:
        yield address


@pytest.fixture
def address(server: str) -> str:
    assert update(server, "DROP ALL").status == 204  # the users' graphs, that is
    return server


def update(address: str, text: str, method: str = "POST", path: str = "", **headers: str) -> Answer:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content_Type": "application/sparql-update", **headers}
    return ask(address, method=method, body=text.encode(), path=path, **headers)


def put(address: str, path: str, body: str, method: str = "PUT", kind: str = "text/turtle", token: str = TOKEN) -> Answer:
    return ask(address, method=method, path=path, body=body.encode(), Content_Type=kind, Authorization=f"Bearer {token}")


def rows(address: str, query: str = ALL) -> list[tuple[str, ...]]:
    return [tuple(row.values()) for row in ask(address, query).rows]


def graphs(address: str) -> set[str]:
    return {row["g"] for row in ask(address, ALL).rows}


@pytest.mark.parametrize("given", [None, "Bearer wrong", f"Bearer {TOKEN}x", TOKEN, "Basic !!", "Bearer ", "Digest x"])
def test_nobody_writes_without_the_token(address: str, given: str | None) -> None:
    headers = {"Authorization": given} if given else {}
    text = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
    refused = [
        ask(address, method="POST", body=text.encode(), Content_Type="application/sparql-update", **headers),
        ask(address, method="POST", body=f"update={quote(text)}".encode(), Content_Type="application/x-www-form-urlencoded", **headers),
        *(ask(address, method=method, path="/graphs/one", body=b"", Content_Type="text/turtle", **headers) for method in ("PUT", "DELETE")),
    ]
    assert [(found.status, found.headers["www-authenticate"]) for found in refused] == [(401, 'Bearer realm="zhengmai"')] * 4
    assert graphs(address) == {BUILT}


def test_an_update_is_seen_by_the_next_query_and_names_a_new_graph_version(address: str) -> None:
    before = ask(address, ALL)
    done = update(address, "INSERT DATA { <http://e/s> <http://e/p> 'plain' . GRAPH <http://e/g> { <http://e/s> <http://e/p> '广州' } }")
    after = ask(address, ALL, If_None_Match=before.headers["etag"])
    assert done.status == 204 and done.headers["x-graph-version"] == after.headers["x-graph-version"] != before.headers["x-graph-version"]
    assert [row["o"] for row in after.rows] == ["广州", "http://e/1"]
    assert {row[0] for row in rows(address, "SELECT ?o { ?s ?p ?o }")} == {"plain", "广州", "http://e/1"}


def test_the_built_graph_stays_whatever_is_asked(address: str) -> None:
    for text in (
        f"DROP GRAPH <{BUILT}>",
        f"CLEAR GRAPH <{BUILT}>",
        f"INSERT DATA {{ GRAPH <{BUILT}> {{ <http://e/s> <http://e/p> 1 }} }}",
        f"DELETE DATA {{ GRAPH <{BUILT}> {{ <http://e/a> <http://e/p> <http://e/1> }} }}",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"MOVE <{BUILT}> TO <http://e/mine>",
        f"COPY <http://e/none> TO <{BUILT}>",
        f"WITH <{BUILT}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "PREFIX g: <https://w3id.org/zhengmai/graph/doc/> INSERT DATA { GRAPH g:new { <http://e/s> <http://e/p> 1 } }",
        f"INSERT DATA {{ GRAPH <{BUILT.replace('zhengmai', 'zhengm' + chr(92) + 'u0061i')}> {{ <http://e/s> <http://e/p> 1 }} }}",
        f"CREATE GRAPH <https://w3id.org/zhengmai/graph/doc/other>; LOAD <http://127.0.0.1/> INTO GRAPH <{BUILT}>",
    ):
        assert update(address, text).status == 403, text
    for method in ("PUT", "POST", "DELETE"):
        refused = put(address, f"/graphs?graph={quote(BUILT, safe='')}", "<http://e/s> <http://e/p> 1 .", method)
        assert refused.status == 403 and BUILT in refused.detail
    assert update(address, "CLEAR ALL; DROP NAMED; CLEAR DEFAULT").status == 204
    assert rows(address) == [(BUILT, "http://e/a", "http://e/p", "http://e/1")]


def test_an_update_is_whole_or_not_at_all(address: str) -> None:
    good = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
    for bad in ("DROP GRAPH <http://e/none>", f"DROP GRAPH <{BUILT}>", "INSERT DATA { nonsense }", "LOAD <http://e/x>", "nonsense"):
        assert update(address, f"{good} ; {bad}").status in (400, 403), bad
    assert graphs(address) == {BUILT}


def test_load_silent_does_nothing_and_lets_the_rest_be_made(address: str) -> None:
    made = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
    for load in (
        "LOAD SILENT <http://127.0.0.1/x>",
        "LOAD SILENT <http://e/x> INTO GRAPH <http://e/new>",
        "LOAD SILENT <file:///etc/passwd>",
    ):
        assert update(address, load).status == 204
        assert graphs(address) == {BUILT}
        assert update(address, load.replace("SILENT ", "")).status == 403
        assert update(address, f"{load} ; {made}").status == 204
        assert graphs(address) == {BUILT, "http://e/g"}
        assert update(address, "DROP GRAPH <http://e/g>").status == 204
    assert update(address, f"LOAD SILENT <http://e/x> INTO GRAPH <{BUILT}>").status == 403
    for bad in ("LOAD SILENT", "LOAD SILENT <http://e/x> TO <http://e/g>", "LOAD SILENT <http://e/x> INTO GRAPH <http://e/g> <http://e/h>"):
        assert update(address, bad).status == 400, bad
    wrong = update(address, "LOAD SILENT <http://e/x> ; INSERT DATA { <http://e/s> <http://e/p> }")
    assert wrong.status == 400 and "1:68" in wrong.detail


def test_service_silent_in_an_update_asks_nobody_and_the_rest_is_made(address: str) -> None:
    there = "SERVICE SILENT <http://127.0.0.1:1/> { ?s ?q ?z }"
    made = f"PREFIX e: <http://e/> INSERT {{ GRAPH e:g {{ ?s e:seen ?o }} }} WHERE {{ ?s ?p ?o {there} FILTER(!BOUND(?z)) }}"
    assert update(address, f"{made} ; INSERT {{ GRAPH e:h {{ ?z e:p 1 }} }} WHERE {{ {there} }}").status == 204
    assert ("http://e/g", "http://e/a", "http://e/seen", "http://e/1") in rows(address) and "http://e/h" not in graphs(address)
    assert update(address, "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT nobody { ?s ?p ?o } }").status == 400
    assert update(address, f"{made.replace('SILENT', '')}").status == 403


def test_what_is_wrong_in_an_update_is_said_with_its_place(address: str) -> None:
    found = update(address, "INSERT DATA { <http://e/s> <http://e/p> 1 } ;\nDELETE DATA { <http://e/s> <http://e/p> }")
    assert found.status == 400 and "2:41" in found.detail
    assert update(address, "SELECT * { ?s ?p ?o }").status == 400
    assert update(address, "INSERT DATA {" + "{" * 5000).status == 400
    assert update(address, "INSERT DATA { <http://e/s> <http://e/p> '" + "x" * 5_000_000 + "' }").status == 413
    assert "SERVICE" in update(address, "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }").detail


def test_where_looks_at_all_graphs_together_as_a_query_does(address: str) -> None:
    assert update(address, "INSERT DATA { <http://e/u> <http://e/p> 1 }").status == 204
    copied = "INSERT { GRAPH <http://e/copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert update(address, copied).status == 204
    assert {row[1] for row in rows(address) if row[0] == "http://e/copy"} == {"http://e/a", "http://e/u"}
    named = "INSERT { GRAPH <http://e/names> { ?g a <http://e/Graph> } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert update(address, named).status == 204
    assert {row[1] for row in rows(address) if row[0] == "http://e/names"} == {BUILT, "http://e/copy"}
    assert update(address, "DELETE WHERE { ?s ?p ?o }").status == 204  # of the default graph
    assert rows(address, "SELECT ?s { ?s ?p ?o FILTER(?s = <http://e/u>) }") == [("http://e/u",)]  # in the copy it is still


def test_using_graph_uri_is_the_dataset_of_where(address: str) -> None:
    update(
        address, "INSERT DATA { GRAPH <http://e/1> { <http://e/s1> a <http://e/T> } GRAPH <http://e/2> { <http://e/s2> a <http://e/T> } }"
    )
    copy = "INSERT { GRAPH <http://e/out> { ?s a <http://e/Found> } } WHERE { ?s a <http://e/T> }"
    assert update(address, copy, path="/sparql?using-graph-uri=http%3A//e/2").status == 204
    assert {row[1] for row in rows(address) if row[0] == "http://e/out"} == {"http://e/s2"}
    named = "INSERT { GRAPH <http://e/out> { ?s a <http://e/Found> } } WHERE { GRAPH ?g { ?s a <http://e/T> } }"
    fields = {"update": named, "using-named-graph-uri": "http://e/1"}
    assert form_with_token(address, **fields).status == 204
    assert {row[1] for row in rows(address) if row[0] == "http://e/out"} == {"http://e/s1", "http://e/s2"}
    conflict = "INSERT { GRAPH <http://e/out> { ?s a <http://e/T> } } USING <http://e/1> WHERE { ?s a <http://e/T> }"
    assert form_with_token(address, **{"update": conflict, "using-graph-uri": "http://e/2"}).status == 400
    shorthand = "DELETE WHERE { GRAPH <http://e/1> { ?s a <http://e/T> } }"
    assert form_with_token(address, **{"update": shorthand, "using-named-graph-uri": "http://e/1"}).status == 204
    assert "http://e/1" not in graphs(address)


def form_with_token(address: str, **fields: str) -> Answer:
    from urllib.parse import urlencode

    headers = {"Content_Type": "application/x-www-form-urlencoded", "Authorization": f"Bearer {TOKEN}"}
    return ask(address, method="POST", body=urlencode(fields).encode(), **headers)


def test_relative_iris_have_the_endpoint_as_their_base(address: str) -> None:
    assert update(address, "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> <here> } }").status == 204
    assert rows(address, "SELECT ?o { GRAPH <http://e/g> { ?s ?p ?o } FILTER(?o = <here>) }") == [(address.replace("sparql", "here"),)]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"update": "CLEAR DEFAULT", "query": "ASK {}"}, 400),
        ({"update": "CLEAR NOTHING"}, 400),
        ({"update": "CLEAR DEFAULT"}, 204),
    ],
)
def test_forms(address: str, fields: dict[str, str], status: int) -> None:
    assert form_with_token(address, **fields).status == status


def test_an_update_is_asked_by_post_only_and_as_what_it_is(address: str) -> None:
    assert ask(address, path=f"/sparql?update={quote('CLEAR DEFAULT')}").status == 405
    assert form_with_token(address).status == 400
    twice = b"update=CLEAR+DEFAULT&update=CLEAR+DEFAULT"
    token = {"Authorization": f"Bearer {TOKEN}"}
    assert ask(address, method="POST", body=twice, Content_Type="application/x-www-form-urlencoded", **token).status == 400
    assert ask(address, method="POST", body=b"CLEAR DEFAULT", Content_Type="text/plain", **token).status == 415
    assert (
        ask(address, method="POST", body="CLEAR DEFAULT".encode("utf-16"), Content_Type="application/sparql-update", **token).status == 400
    )
    assert b"SPARQL11Update" in ask(address).body


def test_a_graph_is_put_added_to_and_deleted(address: str) -> None:
    path, name = "/graphs?graph=http%3A//e/g", "http://e/g"
    assert put(address, path, "<s> <http://e/p> 1 .").status == 201  # relative to the graph's own name
    assert rows(address)[0] == (name, "http://e/s", "http://e/p", "1")
    assert put(address, path, "<s> <http://e/p> 2 .").status == 204
    assert put(address, path, "_:x <http://e/p> _:x .", "POST", "application/n-triples").status == 204
    assert len(Graph().parse(data=ask(address, path=path, Accept="text/turtle").body, format="turtle")) == 2
    assert put(address, path, "nonsense").status == 400 and len(rows(address)) == 3
    assert put(address, path, "<s> <http://e/p> 2 .", kind="image/png").status == 415
    assert put(address, path, "GRAPH <http://e/h> { <s> <http://e/p> 2 }", kind="application/trig").status == 400
    assert ask(address, path=path, method="HEAD").status == 200
    assert put(address, path, "", "DELETE").status == 204
    assert put(address, path, "", "DELETE").status == 404 and ask(address, path=path).status == 404


def test_an_empty_graph_is_there_until_it_is_deleted(address: str, home: Workspace) -> None:
    assert put(address, "/graphs/empty", "").status == 201
    found = ask(address, path="/graphs/empty", Accept="application/n-triples")
    assert found.status == 200 and found.body == b""
    assert "# empty graph <" in (home.path / "user" / "graphs.nq").read_text(encoding="utf-8")
    assert put(address, "/graphs/empty", "<a> <b> <c> .").status == 204
    assert put(address, "/graphs/empty", "", "DELETE").status == 204 and ask(address, path="/graphs/empty").status == 404


def test_the_default_graph_by_graph_store(address: str) -> None:
    assert put(address, "/graphs?default", "<http://e/s> <http://e/p> 1 .").status == 204
    assert rows(address, "SELECT ?o { <http://e/s> <http://e/p> ?o }") == [("1",)]
    assert put(address, "/graphs?default", "", "DELETE").status == 204
    assert rows(address, "SELECT ?o { <http://e/s> <http://e/p> ?o }") == []


def test_a_new_graph_gets_a_name_and_forms_bring_files(address: str) -> None:
    created = put(address, "/graphs", "<http://e/s> <http://e/p> 1 .", "POST")
    assert created.status == 201
    path = created.headers["location"]
    boundary = "--x\r\nContent-Disposition: form-data; name=a; filename={}\r\nContent-Type: {}\r\n\r\n{}\r\n"
    body = boundary.format("a.ttl", "text/turtle", "<http://e/s> <http://e/p> 2 .")
    body += boundary.format("b.nt", "application/n-triples", "<http://e/s> <http://e/p> <http://e/3> .") + "--x--\r\n"
    assert put(address, path, body, "POST", "multipart/form-data; boundary=x").status == 204
    assert len(Graph().parse(data=ask(address, path=path).body, format="turtle")) == 3
    assert put(address, path, "--x--\r\n", "POST", "multipart/form-data; boundary=x").status == 400
    assert put(address, "/graphs", "", "PUT").status == 400


def test_writes_at_the_same_time_all_arrive(address: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"INSERT DATA {{ GRAPH <http://e/many> {{ <http://e/s> <http://e/p> {n} }} }}" for n in range(12)]
    with ThreadPoolExecutor(6) as crowd:
        assert {found.status for found in crowd.map(lambda text: update(address, text), texts)} == {204}
    assert len(rows(address)) == 13


def test_sparqlwrapper_and_rdflib_s_update_store(address: str) -> None:
    client = SPARQLWrapper(address)
    client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    client.setMethod(POST)
    client.setQuery("INSERT DATA { GRAPH <http://e/wrapper> { <http://e/s> <http://e/p> '广' } }")
    assert client.query().response.status == 204
    store = SPARQLUpdateStore(address, address, returnFormat="json", auth=("anybody", TOKEN))
    graph = Dataset(store).graph(URIRef("http://e/rdflib"))
    graph.add((URIRef("http://e/s"), URIRef("http://e/p"), Literal("x")))
    assert {"http://e/wrapper", "http://e/rdflib"} < graphs(address)


def test_a_rebuild_and_a_restart_keep_what_users_wrote(tmp_path: Path) -> None:
    home = workspace(tmp_path)
    with writable(home) as address:
        assert update(address, "INSERT DATA { GRAPH <http://e/g> { [] <http://e/p> 'kept' } }").status == 204
        first = ask(address, ALL).headers["x-graph-version"]
        publish_snapshot(home.built_dir, [LINE.replace("/1>", "/2>")])
        while ask(address, ALL).headers["x-graph-version"] == first:
            pass
        assert [row[3] for row in rows(address)] == ["kept", "http://e/2"]
        assert update(address, "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 'later' } }").status == 204
    with writable(home) as address:
        assert [row[3] for row in rows(address)] == ["kept", "later", "http://e/2"]
    with served(home.path) as address:  # not writable: only what was built
        assert graphs(address) == {BUILT}
    log = [json.loads(line) for line in (tmp_path / "user" / "changes.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["graphs"], line["added"], line["removed"]) for line in log] == [(["http://e/g"], 1, 0)] * 2
    assert TOKEN not in (tmp_path / "user" / "changes.jsonl").read_text(encoding="utf-8")


def test_files_are_written_beside_for_as_long_as_they_are_served(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<http://e/s> <http://e/p> 'file' .", encoding="utf-8")
    home = workspace(tmp_path / "w")
    with writable(home, "--data", str(tmp_path / "a.ttl")) as address:
        assert update(address, "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 'mine' } }").status == 204
        assert update(address, "INSERT DATA { <http://e/s> <http://e/p> 'mine' }").status == 403  # the file's own graph
        assert len(rows(address, "SELECT ?o { ?s ?p ?o }")) == 2
    assert not (home.path / "user").exists()


def test_what_writing_needs_is_said(home: Workspace, server: str, tmp_path: Path) -> None:
    assert "ZHENGMAI_TOKEN" in refused(home.path, "--writable")
    assert "ZHENGMAI_TOKEN" in refused(home.path, "--writable", "--token", "short")
    assert "--engine" in refused(home.path, "--writable", "--engine", "disk", "--token", TOKEN)
    assert "another server" in refused(home.path, "--writable", ZHENGMAI_TOKEN=TOKEN)  # the one of these tests holds it
    other = workspace(tmp_path)
    (other.path / "user").mkdir()
    (other.path / "user" / "graphs.nq").write_text("<http://e/s> <http://e/p> <", encoding="utf-8")
    assert "graphs.nq" in refused(other.path, "--writable", ZHENGMAI_TOKEN=TOKEN)
    assert (other.path / "user" / "graphs.nq").read_text(encoding="utf-8") == "<http://e/s> <http://e/p> <"


def test_without_writable_it_only_reads(home: Workspace) -> None:
    with served(home.path) as address:
        assert update(address, "CLEAR DEFAULT").status == 403 and form(address, update="CLEAR DEFAULT").status == 403
        assert put(address, "/graphs/one", "").status == 405
        assert b"SPARQL11Update" not in ask(address).body


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("INSERT DATA { <a> <b> <c> . GRAPH <g> { <a> <b> <c> } }", ["http://b/g", "default"]),
        ("INSERT DATA { GRAPH <g> { <a> <b> <c> } }", ["http://b/g"]),
        ("PREFIX x: <http://x/> WITH x:g DELETE { ?s ?p ?o } INSERT { GRAPH ?g { ?s ?p ';' } } WHERE { ?s ?p ?o }", ["http://x/g", "?"]),
        ("COPY SILENT GRAPH <a> TO DEFAULT", ["default"]),
        ("MOVE DEFAULT TO <a>", ["default", "http://b/a"]),
        ("LOAD <http://x/y> INTO GRAPH <g>", ["http://b/g"]),
        ("DROP SILENT ALL", ["all"]),
        ("insert{graph<g>{?s?p?o}}where{?s?p?o}", ["http://b/g"]),
        ("DELETE WHERE { ?s ?p ?o . GRAPH <g> { ?s ?p ?o } }", ["http://b/g", "default"]),
    ],
)
def test_which_graphs_an_update_writes(text: str, targets: list[str]) -> None:
    assert [target for operation in operations(text, "http://b/") for target in operation.targets] == targets


@pytest.mark.parametrize("text", ["INSERT DATA { GRAPH:g { <a> <b> <c> } }", "SELECT * {}", "PREFIX x:", "DROP GRAPH x:y"])
def test_what_is_no_update(text: str) -> None:
    with pytest.raises(BadUpdate):
        operations(text, "http://b/")
