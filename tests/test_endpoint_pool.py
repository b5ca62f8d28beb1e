"""Workers that are killed, crash or run out of memory: the asker gets an answer, and the next one too."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from endpoint.pool import Pool, Request
from endpoint.precheck import Refused, Shape, precheck
from endpoint.protocol import negotiate
from zhengmai.store import publish_snapshot

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CHEAP = Request("ASK { ?s ?p ?o }")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    publish_snapshot(folder, sorted(f"<http://e/s{n}> <http://e/p> <http://e/o> <http://e/g> ." for n in range(500)))
    return folder / "current"


@pytest.fixture(scope="module")
def pool(built: Path) -> Iterator[Pool]:
    found = Pool(built, workers=1, seconds=5, result_bytes=10_000, memory_bytes=200_000_000, shape=Shape(depth=10_000))
    yield found
    found.close()


def test_a_worker_that_overflows_its_stack_is_replaced(pool: Pool) -> None:
    before = pool.process_ids
    for _ in range(2):
        assert pool.ask_now(Request("SELECT * WHERE " + "{" * 8000 + "}" * 8000)).kind == "crashed"
        assert pool.ask_now(CHEAP).kind == "ok"
    assert pool.process_ids != before


def test_a_worker_killed_from_outside_is_replaced(pool: Pool) -> None:
    pool.ask_now(CHEAP)
    timer = threading.Timer(0.5, lambda: os.kill(pool.process_ids[0], signal.SIGSEGV))
    timer.start()
    assert pool.ask_now(Request(RUNAWAY)).kind == "crashed"
    assert pool.ask_now(CHEAP).kind == "ok"


def test_a_worker_killed_while_idle_is_replaced(pool: Pool) -> None:
    pool.ask_now(CHEAP)
    os.kill(pool.process_ids[0], signal.SIGKILL)
    time.sleep(0.2)
    assert pool.ask_now(CHEAP).kind == "ok"


def test_a_string_bomb_meets_the_limit_of_memory(pool: Pool) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    assert pool.ask_now(Request(f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('0123456789' AS ?x0) {doubled} }}")).kind == "crashed"
    assert pool.ask_now(CHEAP).kind == "ok"


def test_a_large_result_meets_the_limit_of_bytes(pool: Pool) -> None:
    found = pool.ask_now(Request("SELECT * { ?s ?p ?o }"))
    assert found.kind == "too-large" and "10000" in found.message


def test_a_full_queue_says_so_and_a_cancelled_query_is_stopped(built: Path) -> None:
    pool = Pool(built, workers=1, seconds=20, waiting=1)

    async def crowd() -> tuple[list[str], float]:
        start = time.monotonic()
        asked = [asyncio.create_task(pool.ask(Request(RUNAWAY))) for _ in range(2)]
        await asyncio.sleep(0.2)
        turned_away = await pool.ask(CHEAP)
        for task in asked:
            task.cancel()
        await asyncio.sleep(0.5)
        return [turned_away.kind, (await pool.ask(CHEAP)).kind], time.monotonic() - start

    try:
        kinds, took = asyncio.run(crowd())
    finally:
        pool.close()
    assert kinds == ["busy", "ok"] and took < 10


def test_a_damaged_graph_is_a_result(tmp_path: Path) -> None:
    pool = Pool(tmp_path / "nothing", workers=1)
    try:
        assert pool.ask_now(CHEAP).kind == "failed"
    finally:
        pool.close()


def test_a_worker_can_open_no_connection() -> None:
    script = (
        "import socket, endpoint.confine as c\n"
        "print(c.forbid_connections())\n"
        "try: socket.socket()\n"
        "except PermissionError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() in (["True", "refused"], ["False"])


THERE = "<http://127.0.0.1:1/> {?x ?y ?z}"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {THERE} }}",
        f"SELECT * {{ service silent {THERE} }}",
        f"SELECT * {{ ?s ?p 1SERVICE {THERE} }}",
        f"SELECT * {{ ?s ?p trueSERVICE {THERE} }}",
        f"SELECT * {{ ?s ?p ?o.SERVICE {THERE} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o<'x>')SERVICE {THERE} FILTER(?o='y') }}",
        f"SELECT * {{ ?s ?p ?o FILTER(1<2#>'''\n) SERVICE {THERE} #'''\n}}",
        f"SELECT * {{ ?s ?p <http://x/\\u0041'> . SERVICE {THERE} FILTER(?s='y') }}",
        f"PREFIX ex: <http://e/> SELECT * {{ ?s ?p ex:a\\#b . SERVICE {THERE} }}",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x{?a ?b ?c} }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICESILENT:x #\n {?a ?b ?c} }",
        f"SELECT * {{ \\u0053ERVICE {THERE} }}",
        f"SELECT * {{ SERVICE#\n{THERE} }}",
    ],
)
def test_service_is_seen_however_it_is_spelt(query: str) -> None:
    with pytest.raises(Refused, match="SERVICE") as refused:
        precheck(query)
    assert refused.value.reason == "service"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service <http://e/service#SERVICE> 'SERVICE <x> {' } # SERVICE <x> {}",
        "PREFIX service: <http://e/> SELECT * { service:a service:b ?x . ?x a service:SERVICE }",
        "SELECT * { ?s ?p '''it's a SERVICE''', \"{{{\", 'x'@en-service FILTER(?s < 3 && 4 > 2) }",
        "PREFIX add: <http://e/> # INSERT\nASK { ?insert add:drop 'DELETE' }",
    ],
)
def test_what_only_looks_like_service_or_an_update_passes(query: str) -> None:
    precheck(query)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { ?s ?p '" + "x" * 256_000 + "' }", "too-long"),
        ("ASK " + "{" * 65 + "}" * 65, "too-complex"),
        ("ASK { FILTER" + "(" * 64 + "1" + ")" * 64 + "}", "too-complex"),
        ("ASK { {} " + "UNION {} " * 201 + "}", "too-complex"),
        ("ASK { ?s " + "/".join(["<http://e/p>"] * 52) + " ?o }", "too-complex"),
        ("ASK { ?s " + "|".join(["(a|!a)"] * 52) + " ?o }", "too-complex"),
        (" # a comment\nBASE <http://e/> PREFIX x: <y> delete where { ?s ?p ?o }", "update"),
    ],
)
def test_what_is_too_large_is_refused(query: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        precheck(query)
    assert refused.value.reason == reason


def test_what_is_just_small_enough_passes() -> None:
    precheck("ASK " + "{" * 64 + "}" * 64 + " # " + "{" * 5000)
    precheck("ASK { ?s " + "/".join(["<http://e/p>"] * 51) + " ?o }")
    precheck("ASK { {} " + "UNION {} " * 200 + "}")
    precheck("ASK { FILTER(" + " || ".join(f"?x = {n}" for n in range(300)) + ") }")


@pytest.mark.parametrize("query", ["a." * 128_000, "<" * 256_000, '"""' * 85_000 + '"', "a-" * 128_000, "'\\" * 128_000, "?x:" * 85_000])
def test_the_check_itself_is_quick(query: str) -> None:
    start = time.monotonic()
    with suppress(Refused):
        precheck(query)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("query", "named"), [("SELECT * FROM <g> {}", True), ("SELECT*FROM:g{}", True), ("ASK { ?from <from> 'FROM' }", False)]
)
def test_from_is_seen(query: str, named: bool) -> None:
    assert precheck(query).names_dataset is named


OFFERED = ("application/sparql-results+json", "text/csv", "application/xml")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, OFFERED[0]),
        ("*/*", OFFERED[0]),
        ("text/*", "text/csv"),
        ("text/csv;q=0.1, */*;q=0.2", OFFERED[0]),
        ("*/*, application/sparql-results+json;q=0", "text/csv"),
        ("TEXT/CSV ; Q=1.0", "text/csv"),
        ("application/xml;q=0.4,text/csv;charset=utf-8;q=0.3", "application/xml"),
        ("text/csv;q=much", None),
        ("image/png", None),
    ],
)
def test_negotiation(accept: str | None, expected: str | None) -> None:
    assert negotiate(accept, OFFERED) == expected
