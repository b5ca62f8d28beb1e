"""Servers on the list, asked for SERVICE and LOAD: only those, never this machine or its network, and what they say is joined."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph
import pytest
from endpoint_client import ask, form, served
from oxigraph_server import oxigraph
from seed_graph import seed_workspace

from endpoint import others as module
from endpoint.others import NotAllowed, Others, Unanswered
from endpoint.precheck import Shape
from endpoint.service_clauses import BadService, clauses
from endpoint.services import ask_others

HERE = "<http://e/a> <http://e/p> <http://e/1> . <http://e/b> <http://e/p> <http://e/2> ."


@pytest.fixture
def remote(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Another server under a name of the public network, which leads to it for once."""
    monkeypatch.setattr(module, "_is_public", lambda address: address == "127.0.0.1")
    with oxigraph() as address:
        data = "<http://e/1> <http://e/label> '广州'@zh, 'a \"b\"', 1.5, <http://e/x>, _:b . <http://e/3> <http://e/label> 'other' ."
        urlopen(Request(f"{address}/store?default", data.encode(), {"Content-Type": "text/turtle"}, method="PUT"), timeout=30).close()
        yield f"http://allowed.example:{address.rpartition(':')[2]}/query"


def joined(query: str, others: Others) -> list[dict[str, str]]:
    found = asyncio.run(ask_others(query, others, Shape()))
    text = found.query
    for mark, rows in found.rows:
        text = text.replace(mark, rows)
    store = pyoxigraph.Store()
    store.load(HERE.encode(), pyoxigraph.RdfFormat.TURTLE)
    answer = store.query(text)
    return [{v.value: str(row[v]) for v in answer.variables if row[v]} for row in answer]


def allowed(*hosts: str, seconds: float = 20) -> Others:
    return Others(hosts or ("allowed.example",), seconds, lambda _host, _port: ["127.0.0.1"])


def test_rows_of_another_server_are_joined(remote: str) -> None:
    query = f"PREFIX e: <http://e/> SELECT ?s ?l {{ ?s e:p ?o . SERVICE <{remote}> {{ ?o e:label ?l }} }}"
    found = joined(query, allowed())
    assert {row["s"] for row in found} == {"<http://e/a>"}
    labels = sorted(row["l"] for row in found)
    assert labels[1:4] == ['"a \\"b\\""', '"广州"@zh', "<http://e/x>"] and labels[4].startswith("<urn:bnode:") and "1.5" in labels[0]


def test_two_clauses_prefixed_names_and_silence(remote: str) -> None:
    base = remote.removesuffix("query")
    query = f"PREFIX r: <{base}> SELECT * {{ SERVICE r:query {{ ?o <http://e/label> 'other' }} SERVICE SILENT r:none {{ ?x ?y ?z }} }}"
    assert joined(query, allowed()) == [{"o": "<http://e/3>"}]
    with pytest.raises(Unanswered, match="404"):
        joined(query.replace("SILENT ", ""), allowed())
    nothing = f"SELECT ?s {{ ?s ?p ?o . SERVICE <{remote}> {{ ?o <http://e/none> ?l }} }}"
    assert joined(nothing, allowed()) == []
    truth = f"SELECT ?s {{ ?s ?p <http://e/2> . SERVICE <{remote}> {{ <http://e/3> <http://e/label> 'other' }} }}"
    assert joined(truth, allowed()) == [{"s": "<http://e/b>"}]


def test_only_servers_on_the_list(remote: str) -> None:
    port = remote.split(":")[2].partition("/")[0]
    query = f"SELECT * {{ SERVICE <{remote}> {{ ?o <http://e/label> 'other' }} }}"
    assert joined(query, allowed(f"Allowed.Example:{port}")) == [{"o": "<http://e/3>"}]
    for hosts in (("other.example",), ("example",), ("allowed.example:1",), ("llowed.example",)):
        with pytest.raises(NotAllowed, match="--allow-service"):
            joined(query, allowed(*hosts))
    for address in ("file:///etc/passwd", "ftp://allowed.example/", "http:///x", "http://allowed.example:x/", "http://other@127.0.0.1/"):
        with pytest.raises(NotAllowed):
            joined(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", allowed())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_name_that_leads_to_this_machine_or_network_is_refused(address: str) -> None:
    others = Others(("allowed.example",), 5, lambda _host, _port: ["93.184.215.14", address])
    with pytest.raises(NotAllowed, match="leads to"):
        asyncio.run(others.fetch("http://allowed.example/", accept="*/*"))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700:4700::1111", "::ffff:93.184.215.14"])
def test_addresses_of_the_public_network(address: str) -> None:
    assert module._is_public(address)


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("there", ["http://127.0.0.1:1/", "http://other.example/", "file:///etc/passwd", "//169.254.169.254/"])
def test_a_redirect_is_looked_at_too(monkeypatch: pytest.MonkeyPatch, there: str) -> None:
    monkeypatch.setattr(module, "_is_public", lambda _address: True)
    with answering(302, {"Location": there}, b"") as port, pytest.raises(NotAllowed):
        asyncio.run(allowed().fetch(f"http://allowed.example:{port}/", accept="*/*"))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"head": {}}', b'{"head": {"vars": ["a b"]}, "results": {"bindings": []}}'])
def test_an_answer_that_is_none(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr(module, "_is_public", lambda _address: True)
    with answering(200, {"Content-Type": "application/json"}, body) as port, pytest.raises(Unanswered):
        joined(f"SELECT * {{ SERVICE <http://allowed.example:{port}/> {{ ?s ?p ?o }} }}", allowed())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE ?x { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o",
        "SELECT * { SERVICE",
        "SELECT * { SERVICE x:y { } }",
    ],
)
def test_clauses_that_cannot_be_asked(query: str) -> None:
    with pytest.raises(BadService):
        clauses(query)


def test_what_only_looks_like_a_clause_stays() -> None:
    assert clauses("SELECT ?service { ?service <http://e/SERVICE> 'SERVICE <x> {' } # SERVICE <x> {}") == []


@contextmanager
def canary() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine that writes down who comes."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                came.append(connection.recv(1000).decode("latin-1") or "somebody")
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listening.getsockname()[1], came
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(10)


@contextmanager
def own_data(tmp_path: Path, *options: str) -> Iterator[tuple[str, pyoxigraph.Store]]:
    """The endpoint over two triples, and the engine over the same."""
    (tmp_path / "here.ttl").write_text(HERE, encoding="utf-8")
    store = pyoxigraph.Store()
    store.load(HERE.encode(), pyoxigraph.RdfFormat.TURTLE)
    with served(seed_workspace().path, "--data", str(tmp_path / "here.ttl"), "--default-graph", "plain", *options) as address:
        yield address, store


SILENT = "SERVICE SILENT <http://127.0.0.1:PORT/sparql>"
SILENT_QUERIES = [
    f"SELECT * {{ ?s ?p ?o {SILENT} {{ ?s ?q ?z }} }}",
    f"SELECT * {{ {SILENT} {{ ?s ?q ?z }} ?s ?p ?o }}",
    f"SELECT * {{ {SILENT} {{ ?s ?q ?z }} }}",
    "PREFIX c: <http://127.0.0.1:PORT/> SELECT * { ?s ?p ?o SERVICE#\nSILENT c:x { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?z } GROUP BY ?s } }",
    f"SELECT * {{ ?s ?p ?o OPTIONAL {{ {SILENT} {{ {{ ?a ?b ?c }} UNION {{ SERVICE <http://127.0.0.1:PORT/in> {{ ?d ?e ?f }} }} }} }} }}",
    f"SELECT * {{ ?s ?p ?o MINUS {{ {SILENT} {{ ?s ?p ?o }} }} }}",
    f"SELECT ?s (COUNT(?z) AS ?n) {{ ?s ?p ?o {SILENT} {{ ?s ?q ?z }} service silent ?o {{ ?s ?q ?zz }} }} GROUP BY ?s",
    f"SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {SILENT} {{ ?s ?q ?z }} }} }}",
    f"SELECT * {{ VALUES ?z {{ 1 2 }} {SILENT} {{ ?s ?q ?z }} }}",
    "BASE <http://127.0.0.1:PORT/> SELECT * { SERVICE SILENT <a> { ?s ?q ?z } ?s ?p ?o SERVICE SILENT <b> { ?s ?q ?y } }",
]


@pytest.mark.parametrize("allowed_hosts", [(), ("--allow-service", "localhost", "--allow-service", "127.0.0.1")])
def test_silence_of_a_server_that_may_not_be_asked_is_one_empty_solution(tmp_path: Path, allowed_hosts: tuple[str, ...]) -> None:
    with canary() as (port, came), own_data(tmp_path, *allowed_hosts) as (address, store):
        for query in (query.replace("PORT", str(port)) for query in SILENT_QUERIES):
            engine_s = store.query(query.replace(str(port), "1"))  # where nobody can be
            expected = [{v.value: row[v].value for v in engine_s.variables if row[v]} for row in engine_s]
            found = ask(address, query)
            assert found.status == 200, (query, found.body)
            assert sorted(json.loads(found.body)["head"]["vars"]) == sorted(v.value for v in engine_s.variables), query
            assert sorted(map(str, found.rows)) == sorted(map(str, expected)), query
            assert f"http://127.0.0.1:{port}/" in found.headers["x-service-not-asked"] and "etag" not in found.headers
            assert ask(address, query.replace("SILENT", "").replace("silent", "")).status in (400, 403)
        query = f"PREFIX c: <http://127.0.0.1:{port}/> ASK {{ SERVICE SILENT c:x {{ ?s ?p ?o }} }}"
        assert json.loads(form(address, query=query).body)["boolean"] is True
        mixed = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        assert ask(address, mixed).status == 403
        assert came == []
    assert came == []  # and it was there to be asked
    with canary() as (port, came):
        socket.create_connection(("127.0.0.1", port), 5).close()
        while not came:
            time.sleep(0.01)


def test_what_is_wrong_in_a_silent_clause_is_said(tmp_path: Path) -> None:
    with own_data(tmp_path) as (address, _):
        for query, word in (
            ("SELECT * { SERVICE SILENT <http://a/> { ?s ?p } }", "1:49"),
            ("SELECT * { ?s ?p ?o SERVICE SILENT <http://a/> { ?x ?y ?z } BIND(1 AS ?z) }", "1:77"),
            ("SELECT * { SERVICE SILENT <http://a/> { ?s ?p ?o", "brace"),
            ("SELECT * { SERVICE SILENT service { ?s ?p ?o } }", "SERVICE"),
            ("SELECT * { SERVICE SILENT a:b { ?s ?p ?o } }", "a:b"),
            ("SELECT * { SERVICE SILENT <http://a/> { SERVICE service { ?s ?p ?o } } }", "SERVICE"),
        ):
            found = ask(address, query)
            assert found.status == 400 and word in found.detail, (query, found.body)
        split = ask(address, "SELECT * { SERVICE SILENT <http://a/\\u000d\\u000aSet-Cookie:\\u0020a=1> { ?s ?p ?o } }")
        assert "set-cookie" not in split.headers and "%0D%0ASet-Cookie:%20a=1" in split.headers["x-service-not-asked"]
        deep = "SELECT * { " + "SERVICE SILENT <http://a/> { " * 70 + "}" * 71
        assert ask(address, deep).headers["x-limit"] == "complexity"


def test_the_endpoint_says_what_it_may_and_refuses_the_rest() -> None:
    with served(seed_workspace().path, "--allow-service", "allowed.invalid", "--allow-service", "localhost") as address:
        assert b"BasicFederatedQuery" in ask(address).body
        refused = ask(address, "SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }")
        assert refused.status == 403 and "--allow-service" in refused.detail
        own = ask(address, f"SELECT * {{ SERVICE <{address.replace('127.0.0.1', 'localhost')}> {{ ?s ?p ?o }} }}")
        assert own.status == 403 and "leads to" in own.detail
        assert ask(address, "SELECT * { SERVICE <http://allowed.invalid/> { ?s ?p ?o } }").status == 502
        assert ask(address, "SELECT * { SERVICE ?x { ?s ?p ?o } }").status == 400
        silent = form(address, query="SELECT ?x { BIND(1 AS ?x) SERVICE SILENT <http://allowed.invalid/> { ?s ?p ?o } }")
        assert silent.rows == [{"x": "1"}] and "etag" not in silent.headers and "x-service-not-asked" not in silent.headers
        assert (
            ask(address, "ASK " + "{" * 100 + "SERVICE <http://allowed.invalid/> { ?s ?p ?o }" + "}" * 100).headers["x-limit"]
            == "complexity"
        )
