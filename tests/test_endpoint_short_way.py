"""Plain questions go a short way through the server: their answers are those of the ordinary way, in the order of asking."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from endpoint_client import ask, served
from hypothesis import given
from hypothesis import strategies as st

from endpoint.http import Refusal, pairs_of
from endpoint.precheck import Refused, Shape, precheck
from zhengmai.store import publish_snapshot
from zhengmai.workspace import Workspace

POINT = "SELECT ?o {{ <http://e/s{}> ?p ?o }}"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"  # streams: it has more than a million bytes


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = Workspace(tmp_path_factory.mktemp("short"))
    home.sources_file.write_text("sources: []\n", encoding="utf-8")
    publish_snapshot(home.built_dir, sorted(f'<http://e/s{n}> <http://e/p> "第 {n} 项" <http://e/g> .' for n in range(3000)))
    log = tmp_path_factory.mktemp("log") / "log"
    with served(home.path, "--log", str(log)) as address:
        ask(address, "ASK {}")  # whether there are internal documents is known from now on
        yield address, log


def test_the_short_way_and_the_ordinary_way_answer_alike(server: tuple[str, Path]) -> None:
    address, _ = server
    for query in (POINT.format(7), "CONSTRUCT WHERE { <http://e/s8> ?p ?o }", "SELECT (NOW() AS ?n) { FILTER(false) }"):
        for more in ({}, {"Accept": "text/csv, text/turtle"}, {"Accept_Encoding": "gzip"}):
            short, again = ask(address, query, **more), ask(address, query, **more)
            ordinary = ask(address, query, If_None_Match='"another"', **more)  # this is not plain
            for found in (short, again, ordinary):
                found.headers.pop("date")
                assert found.status == 200
            assert short.body == again.body == ordinary.body
            assert short.headers == again.headers == ordinary.headers


def test_answers_come_in_the_order_of_asking_whichever_way_they_go(server: tuple[str, Path]) -> None:
    at = urlsplit(server[0])
    lines = [
        *(f"/sparql?query={quote(POINT.format(n))}" for n in (1, 2)),
        "/health",
        f"/sparql?query={quote('SELECT nonsense')}",
        f"/sparql?query={quote(LARGE)}",
        "/sparql?query=a&query=b",
        f"/sparql?query={quote(POINT.format(1))}",
    ]
    asked = "".join(f"GET {line} HTTP/1.1\r\nHost: localhost\r\n\r\n" for line in lines)
    with socket.create_connection((at.hostname, at.port), timeout=30) as connection:
        connection.sendall(asked.encode() + b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        seen = b""
        while data := connection.recv(1 << 16):
            seen += data
    heads = [part.partition(b"\r\n")[0] for part in seen.split(b"HTTP/1.1 ")[1:]]
    assert [int(head[:3]) for head in heads] == [200, 200, 200, 400, 200, 400, 200, 200]
    bodies = seen.split(b"HTTP/1.1 ")
    assert "第 1 项".encode() in bodies[1] and "第 2 项".encode() in bodies[2] and "第 1 项".encode() in bodies[7]
    assert b"chunked" in bodies[5] and bodies[5].count(b'},{"') >= 19_999 // 2


def test_what_went_the_short_way_is_in_the_log(server: tuple[str, Path]) -> None:
    address, log = server
    query = POINT.format(99)
    for _ in range(2):
        ask(address, query)
    ask(address, path="/metrics")
    for _ in range(300):  # lines are written a few at a time
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        if any(line["path"] == "/metrics" for line in lines if "path" in line):
            break
        time.sleep(0.1)
    outcomes = [(line["outcome"], line["rows"], line["bytes"] > 0) for line in lines if line.get("query") == query]
    assert outcomes == [("ok", 1, True)]
    assert any(line["outcome"] == "kept" and line["rows"] == 1 for line in lines if "outcome" in line)


@given(st.lists(st.tuples(st.text(), st.text())), st.binary(max_size=30))
def test_a_form_is_read_as_the_standard_library_reads_it(pairs: list[tuple[str, str]], junk: bytes) -> None:
    def both(encoded: bytes) -> tuple[object, object]:
        try:
            expected: object = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict")
        except UnicodeDecodeError:
            expected = 400
        try:
            found: object = pairs_of(encoded)
        except Refusal as refusal:
            found = refusal.status
        return expected, found

    for encoded in ("&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in pairs).encode(), junk, b"a=%E5%8" + junk):
        expected, found = both(encoded)
        assert found == expected


WORDS = [
    "{", "}", "(", ")", "[", "/", "|", "^", "<http://e/p>", "?s", "'x'", "#", "\n", " ", "FROM", "from:x", "UNION", "service", "\\u0046",
    "INSERT", "ſervice", "PREFIX", "a:b", '"""', "{{{", "///",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_what_is_not_read_to_its_end_would_have_passed(words: list[str]) -> None:
    from endpoint import precheck as module

    query, shape = "".join(words), Shape(depth=5, unions=2, path_steps=4)
    if module._is_harmless(query, shape):
        assert not module._look(query, shape, services=False, writes=False).names_dataset
        precheck(query, shape)


def test_what_could_be_refused_is_read() -> None:
    with pytest.raises(Refused):
        precheck("ASK { ſervice <x> {} }")
