"""What a hostile or broken client does: it gets a clear status or is let go, and the next one is answered as if nothing had been."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from endpoint_client import ask, served

from endpoint import http
from zhengmai.store import publish_snapshot
from zhengmai.workspace import Workspace

QUERY = "SELECT ?o { <http://e/s1> ?p ?o }"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    home = Workspace(tmp_path_factory.mktemp("abuse"))
    home.sources_file.write_text("sources: []\n", encoding="utf-8")
    publish_snapshot(home.built_dir, sorted(f'<http://e/s{n}> <http://e/p> "{n}" <http://e/g> .' for n in range(3000)))
    return home


@pytest.fixture(scope="module")
def server(home: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    log = tmp_path_factory.mktemp("log") / "log"
    with served(home.path, "--seconds", "5", "--log", str(log)) as found:
        yield found, log


@pytest.fixture
def address(server: tuple[str, Path]) -> Iterator[str]:
    yield server[0]
    until = time.monotonic() + 30
    while (found := ask(server[0], QUERY)).status != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert found.rows == [{"o": "1"}]  # whatever was done to it


def raw(address: str, data: bytes, wait_s: float = 10, *, ends: bool = True) -> bytes:
    at = urlsplit(address)
    with socket.create_connection((at.hostname or "", at.port or 0), wait_s) as connection:
        connection.sendall(data)
        if ends:
            connection.shutdown(socket.SHUT_WR)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE " + "{" * 4000 + "}" * 4000,
        "SELECT * WHERE { " + "{ ?s ?p ?o } UNION " * 3000 + "{} }",
        "SELECT * WHERE { ?s " + "/".join(["<http://e/p>"] * 3000) + " ?o }",
        "SELECT * WHERE { " + "{ SELECT * WHERE " * 800 + "{}" + "}" * 801,
        "SELECT * WHERE { FILTER(" + "!" * 4000 + "true) }",
        "SELECT (" + "(" * 4000 + "1" + ")" * 4000 + " AS ?x) {}",
        "SELECT * WHERE { ?s ?p " + "[ ?p " * 3000 + "1" + " ]" * 3000 + " }",
        "SELECT * WHERE { ?s ?p " + "( " * 3000 + "1" + " )" * 3000 + " }",
        "SELECT * { " + "<< ?s ?p " * 5000 + "1" + " >>" * 5000 + " ?p ?o }",
        "SELECT ('x' IN (" + "1," * 60_000 + "1) AS ?x) {}",
        "SELECT (1" + "+1" * 60_000 + " AS ?x) {}",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 6000 + "}",
        "\x00" * 1000,
        "SELECT * { ?s ?p ?o FILTER(REGEX(STR(?o), '^(a+)+$')) }",
        "SELECT (REPLACE('" + "a" * 50_000 + "', '(a*)*b', 'x') AS ?x) {}",
    ],
)
def test_a_query_that_is_too_much_costs_its_asker_only(address: str, query: str) -> None:
    for _ in range(3):
        found = ask(address, method="POST", body=query.encode(), Content_Type="application/sparql-query")
        assert found.status in (200, 400, 413, 504), found.body[:200]
        assert found.status == 200 or found.detail
    assert ask(address, path="/health").status == 200


def test_ten_megabytes(address: str) -> None:
    query = b"SELECT * { ?s ?p '" + b"x" * 10_000_000 + b"' }"
    for kind, body in (("application/sparql-query", query), ("application/x-www-form-urlencoded", b"query=" + query)):
        found = ask(address, method="POST", body=body, Content_Type=kind)
        assert found.status == 413 and found.headers["x-limit"] == "body-bytes"


def test_a_head_without_end_is_refused_and_is_not_kept(address: str) -> None:
    for start, status in ((b"GET /sparql?query=", b"414"), (b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX: ", b"431")):
        answer = raw(address, start + b"x" * 10_000_000, ends=False)
        assert answer.startswith(b"HTTP/1.1 " + status), answer[:200]
    many = b"".join(b"X%d: x\r\n" % n for n in range(200_000))
    assert raw(address, b"GET /sparql HTTP/1.1\r\n" + many, ends=False).startswith(b"HTTP/1.1 431")
    for letters, status in ((60_000, b"200"), (70_000, b"414")):
        asked = f"GET /sparql?query=ASK%7B%7D%23{'x' * letters} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert raw(address, asked.encode(), ends=False).startswith(b"HTTP/1.1 " + status)


def test_http_1_0(address: str) -> None:
    def old(query: str, *more: str) -> tuple[int, dict[str, str], bytes]:
        lines = [f"GET /sparql?query={quote(query)} HTTP/1.0", *more, "", ""]
        head, _, body = raw(address, "\r\n".join(lines).encode(), 30, ends=False).partition(b"\r\n\r\n")
        first, *fields = head.decode().split("\r\n")
        return int(first.split()[1]), {name.lower(): value for name, _, value in (field.partition(": ") for field in fields)}, body

    status, headers, body = old(QUERY)
    assert (status, headers["content-length"]) == (200, str(len(body))) and b'"1"' in body
    status, headers, body = old("SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000", "Accept: text/csv")
    assert (status, headers["content-length"]) == (200, str(len(body))) and "transfer-encoding" not in headers
    assert body.count(b"\r\n") == 20_001
    status, headers, body = old("SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }")
    assert (status, headers["x-limit"]) in ((400, "result-bytes"), (504, "time"))  # and not a part of it that looks whole
    no_host = raw(address, b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", ends=False)
    assert no_host.startswith(b"HTTP/1.1 400") and "Host" in no_host.decode()


def test_one_who_sends_a_body_a_letter_at_a_time_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    async def letter() -> http.Message:
        return {"type": "http.request", "body": b"#", "more_body": True}

    now = iter(range(0, 10**9, 2))
    monkeypatch.setattr(http, "monotonic", lambda: next(now))  # two seconds a letter
    scope = {"method": "POST", "path": "/sparql", "query_string": b"", "headers": []}
    with pytest.raises(http.Refusal) as refused:
        asyncio.run(http.Asking(scope, letter).body())
    assert refused.value.status == 408


@pytest.mark.parametrize(
    "path",
    [
        "/sparql?query=%FF%FE",
        "/sparql?query=%C0%AF",
        "/sparql?query=%ED%A0%80",
        "/sparql?%FF=1&query=ASK%7B%7D",
        "/queries/%C3%28",
        "/queries/list-tasks?limit=%E2%82",
        "/id/%F0%28%8C%28",
        "/graphs?graph=%FF",
    ],
)
def test_malformed_utf8(address: str, path: str) -> None:
    found = ask(address, path=path)
    assert found.status in (400, 404) and found.detail


def test_encoded_twice_stays_as_it_was_meant(address: str) -> None:
    once = ask(address, "SELECT (<http://e/%25E5%25B9%25BF> AS ?x) {}")
    assert once.rows == [{"x": "http://e/%25E5%25B9%25BF"}]
    assert ask(address, path="/sparql?query=" + quote(quote("ASK {}"))).status == 400  # a query that is none


@pytest.mark.parametrize(
    "path",
    [
        "/static/../serve.py",
        "/static/..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/queries/..%2f..%2f..%2fetc%2fpasswd",
        "/queries/%2e%2e%2fdue",
        "/queries/list-tasks%00.csv",
        "/../../etc/passwd",
        "//etc/passwd",
        "/id/../../../etc/passwd",
        "/graphs/../../etc/passwd",
    ],
)
def test_no_way_leads_out_of_the_pages(address: str, path: str) -> None:
    found = ask(address, path=path)
    assert found.status in (400, 404) and b"root:" not in found.body and b"import" not in found.body


def test_headers_cannot_be_slipped_in(address: str) -> None:
    for path in (
        "/sparql?query=ASK%7B%7D&x=%0d%0aSet-Cookie:%20a=1",
        "/queries/list-tasks%0d%0aSet-Cookie:%20a=1",
        "/queries/list-tasks?limit=1%0d%0aSet-Cookie:%20a=1",
        "/id/a%0d%0aSet-Cookie:%20a=1",
        "/graphs?graph=http://e/%0d%0aSet-Cookie:%20a=1",
    ):
        assert "set-cookie" not in ask(address, path=path).headers
    for header in ("Host: a\tb", "Host: a@b", "Host: <x>", "Accept: " + "a" * 60_000, "X: " + "\x01"):
        answer = raw(address, f"GET /sparql HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n".encode())
        assert answer == b"" or answer.split()[1] in (b"200", b"400", b"406", b"431"), answer[:200]
        assert b"Traceback" not in answer


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x00" * 5000,
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 50\r\n\r\nASK",
    ],
)
def test_what_is_no_http(address: str, data: bytes) -> None:
    answer = raw(address, data)
    assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4")), answer[:200]


@pytest.mark.parametrize("wanted", ["websocket", "h2c"])
def test_no_other_protocol_is_taken_up(address: str, wanted: str) -> None:
    asked = f"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: {wanted}\r\nSec-WebSocket-Version: 13\r\n"
    answer = raw(address, f"{asked}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]


def test_200_connections_are_held_and_answered(address: str) -> None:
    at = urlsplit(address)
    request = f"GET /sparql?query={quote(QUERY)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    held = [socket.create_connection((at.hostname or "", at.port or 0), 30) for _ in range(200)]
    half_open = [socket.create_connection((at.hostname or "", at.port or 0), 30) for _ in range(100)]
    try:
        for connection in half_open:
            connection.sendall(b"GET /sparql?query=ASK")
        for connection in held:
            connection.sendall(request)
        assert [connection.recv(12) for connection in held] == [b"HTTP/1.1 200"] * 200
        for connection in held:
            while b'"1"' not in connection.recv(65536):
                pass
            connection.sendall(request)
        assert [connection.recv(12) for connection in held] == [b"HTTP/1.1 200"] * 200
    finally:
        for connection in (*held, *half_open):
            connection.close()


def test_one_who_sends_a_letter_at_a_time_is_let_go_and_one_who_was_answered_is_kept(address: str) -> None:
    at = urlsplit(address)
    whole = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with (
        socket.create_connection((at.hostname or "", at.port or 0), 60) as slow,
        socket.create_connection((at.hostname or "", at.port or 0), 60) as idle,
    ):
        start = time.monotonic()
        idle.sendall(whole)
        assert idle.recv(12) == b"HTTP/1.1 200"
        for letter in b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 100:
            try:
                slow.sendall(bytes([letter]))
            except OSError:
                break
            time.sleep(0.4)
        else:
            raise AssertionError("still held")
        assert 14 < time.monotonic() - start < 35
        idle.recv(1 << 16)
        idle.sendall(whole)
        assert idle.recv(12) == b"HTTP/1.1 200"


def test_killed_workers_and_keepers_are_replaced(address: str) -> None:
    at = urlsplit(address)
    keepers = children(port_s_process(at.port or 0))
    for worker in children(keepers[0]):
        os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + 30
    while (found := ask(address, QUERY + " # after the workers")).status != 200 and time.monotonic() < until:
        time.sleep(0.2)
    assert found.rows == [{"o": "1"}]
    os.kill(keepers[0], signal.SIGKILL)
    until = time.monotonic() + 30
    while (found := ask(address, QUERY + " # after the keeper")).status != 200 and time.monotonic() < until:
        assert found.status in (400, 503)
        time.sleep(0.1)
    assert found.rows == [{"o": "1"}]


def port_s_process(port: int) -> int:
    """Return the process that listens at a port of this machine."""
    sockets = (line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:])
    inode = next(fields[9] for fields in sockets if fields[1].endswith(f":{port:04X}") and fields[3] == "0A")
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(entry.readlink()) == f"socket:[{inode}]" for entry in (process / "fd").iterdir()):
                return int(process.name)
        except OSError:
            continue
    raise AssertionError("nobody listens")


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]


def test_a_snapshot_that_is_damaged_while_served(tmp_path: Path) -> None:
    home = Workspace(tmp_path)
    home.sources_file.write_text("sources: []\n", encoding="utf-8")
    first = publish_snapshot(home.built_dir, ['<http://e/s1> <http://e/p> "1" <http://e/g> .'])
    with served(home.path) as address:
        assert ask(address, QUERY).rows == [{"o": "1"}]
        second = publish_snapshot(home.built_dir, ['<http://e/s1> <http://e/p> "2" <http://e/g> .'])
        while ask(address, QUERY).headers["x-graph-version"] != second:
            time.sleep(0.05)
        broken = home.built_dir / "snapshots" / "000000000000"
        broken.mkdir()
        (broken / "graph.nq").write_text("nonsense", encoding="utf-8")
        (broken / "oxigraph").mkdir()
        fresh = home.built_dir / "fresh"
        fresh.symlink_to(Path("snapshots") / broken.name)
        fresh.replace(home.built_dir / "current")
        until = time.monotonic() + 20
        while "fault" not in (said := json.loads(ask(address, path="/health").body)) and time.monotonic() < until:
            time.sleep(0.05)
        assert said["status"] == "ok" and said["graph_version"] == second != first and "files.json" in said["fault"]
        assert ask(address, QUERY).rows == [{"o": "2"}]  # what was served goes on
        fresh.symlink_to(Path("snapshots") / second)
        fresh.replace(home.built_dir / "current")
        while "fault" in json.loads(ask(address, path="/health").body) and time.monotonic() < until:
            time.sleep(0.05)
        assert json.loads(ask(address, path="/health").body)["status"] == "ok" and time.monotonic() < until  # and all is well again
