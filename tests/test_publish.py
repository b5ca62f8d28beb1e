"""The graph goes into other people's stores: here into Oxigraph's own server, a real one on a free port."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from oxigraph_server import oxigraph
from seed_graph import seed_workspace
from seeds import ROOT

from zhengmai.store import publish_snapshot
from zhengmai.workspace import Workspace

BASE = "https://w3id.org/zhengmai/"


def publish(workspace: Path, *options: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", "publish", "--workspace", str(workspace), "--lang", "en", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


def rows(server: str, query: str) -> list[dict[str, str]]:
    request = Request(f"{server}/query", urlencode({"query": query}).encode(), {"Accept": "application/sparql-results+json"})
    with urlopen(request, timeout=30) as answer:
        found = json.load(answer)["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in found]


COUNTS = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{BASE}graph/publication>) }} GROUP BY ?g ORDER BY ?g"


def built_counts(workspace: Workspace) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in (workspace.built_dir / "current" / "graph.nq").read_text(encoding="utf-8").splitlines():
        graph = line[line.rindex(" <") + 2 : -3]
        found[graph] = found.get(graph, 0) + 1
    return found


@pytest.mark.parametrize("way", ["update", "graph-store"])
def test_everything_arrives_and_nothing_is_sent_twice(way: str) -> None:
    workspace = seed_workspace()
    with oxigraph() as server:
        options = [f"{server}/query", f"--{way}", f"{server}/{'update' if way == 'update' else 'store'}"]
        publish(workspace.path, *options)
        assert {row["g"]: int(row["n"]) for row in rows(server, COUNTS)} == built_counts(workspace)
        again = publish(workspace.path, *options)
        assert {line.split("\t")[1] for line in again.stdout.splitlines()} == {"0"}


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    found = Workspace(tmp_path)
    found.sources_file.write_text("sources: []\n", encoding="utf-8")
    return found


def lines(**graphs: int) -> list[str]:
    made = [
        f'<{BASE}id/doc/{slug}/task/{n}> <{BASE}ns#number> "{n}" <{BASE}graph/doc/{slug}/asserted> .'
        for slug, count in graphs.items()
        for n in range(count)
    ]
    return sorted(made)


def test_what_changed_is_sent_and_what_is_gone_goes(home: Workspace) -> None:
    publish_snapshot(home.built_dir, lines(a=3, b=4))
    with oxigraph() as server:
        options = [f"{server}/query"]  # Oxigraph's update address is found by itself
        publish(home.path, *options)
        changed = [line.replace('"0"', '"zero"') if "/b/" in line else line for line in lines(b=4, c=2)]
        publish_snapshot(home.built_dir, sorted(changed))
        said = publish(home.path, *options).stdout
        assert sorted(said.split()) == sorted(
            ["0", "0", f"{BASE}graph/doc/a/asserted", "4", "4", f"{BASE}graph/doc/b/asserted", "2", "2", f"{BASE}graph/doc/c/asserted"]
        )
        assert rows(server, f"SELECT ?n {{ GRAPH <{BASE}graph/doc/b/asserted> {{ ?s ?p ?n }} }} ORDER BY ?n")[-1] == {"n": "zero"}
        assert [row["g"] for row in rows(server, COUNTS)] == [f"{BASE}graph/doc/{slug}/asserted" for slug in "bc"]


def test_internal_documents_stay_unless_named(home: Workspace) -> None:
    secret = [f"<{BASE}id/doc/hush> <{BASE}ns#access> <{BASE}scheme/access/internal> <{BASE}graph/doc/hush/asserted> ."]
    publish_snapshot(home.built_dir, sorted([*lines(a=1), *secret]))
    with oxigraph() as server:
        done = publish(home.path, f"{server}/query", "--quiet")
        assert "1 internal document" in done.stderr and "hush" not in done.stdout
        assert [row["g"] for row in rows(server, COUNTS)] == [f"{BASE}graph/doc/a/asserted"]


@contextmanager
def breaking(server: str, after: int) -> Iterator[str]:
    """Stand before a server and lose the connection after so many requests."""
    there = urlsplit(server)
    seen = 0

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            nonlocal seen
            seen += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if seen > after:
                self.close_connection = True
                return
            connection = HTTPConnection(there.hostname or "", there.port)
            connection.request(
                "POST", self.path, body, {name: self.headers[name] for name in ("Content-Type", "Accept") if self.headers[name]}
            )
            answer = connection.getresponse()
            self.send_response(answer.status)
            said = answer.read()
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}"
    finally:
        proxy.shutdown()
        proxy.server_close()


def test_a_run_that_was_cut_off_is_simply_repeated(home: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhengmai.exports import _publish

    monkeypatch.setattr(_publish, "_WAIT_S", 0.01)
    graphs = {f"{BASE}graph/doc/{slug}/asserted": [line[: line.rindex(" <")] + " ." for line in lines(**{slug: 25})] for slug in "abcd"}
    with oxigraph() as server:
        for after in (3, 9, 14):
            with breaking(server, after) as proxy, pytest.raises(_publish.Refused):
                list(_publish.publish(graphs, _publish.target_of(f"{proxy}/query"), batch=10))
        done = list(_publish.publish(graphs, _publish.target_of(f"{server}/query"), batch=10))
        assert [sent.triples for sent in done] == [25] * 4
        assert {row["n"] for row in rows(server, COUNTS)} == {"25"}


def test_a_store_that_is_not_there_or_refuses_is_said(home: Workspace) -> None:
    publish_snapshot(home.built_dir, lines(a=1))
    assert "an address" in publish(home.path, "ftp://127.0.0.1/x", status=2).stderr
    with oxigraph() as server:
        assert "404" in publish(home.path, f"{server}/nothing/query", status=2).stderr
        planned = publish(home.path, f"{server}/query", "--dry-run")
        assert planned.stdout == f"1\t{BASE}graph/doc/a/asserted\n" and rows(server, COUNTS) == []
