"""Workers that are killed, crash or run out of memory: the asker gets an answer, and the next one too."""

from __future__ import annotations

import asyncio
import gzip
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from endpoint.ask import Limits, Request, Stopped
from endpoint.formats import CSV, JSON, TSV, XML
from endpoint.http import negotiate
from endpoint.pool import Pool, Snapshot
from endpoint.precheck import Refused, Shape, precheck
from endpoint.source import Graph
from zhengmai.store import publish_snapshot

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def snapshot(link: Path) -> Callable[[], Snapshot]:
    return lambda: Snapshot(link.resolve())


CHEAP = Request("ASK { ?s ?p ?o }")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pool")
    publish_snapshot(folder, sorted(f"<http://e/s{n}> <http://e/p> <http://e/o> <http://e/g> ." for n in range(500)))
    return folder / "current"


@pytest.fixture(scope="module")
def pool(built: Path) -> Iterator[Pool]:
    limits = Limits(workers=1, heavy=1, seconds=30, result_bytes=10_000, memory_bytes=200_000_000, shape=Shape(depth=10_000))
    found = Pool(snapshot(built), limits)
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


def test_a_large_result_meets_the_limit_of_bytes(pool: Pool) -> None:
    found = pool.ask_now(Request("SELECT * { ?s ?p ?o }"))
    assert found.kind == "too-large" and "10000" in found.message


def test_a_full_queue_says_so_and_a_cancelled_query_is_stopped(built: Path) -> None:
    pool = Pool(snapshot(built), Limits(workers=1, heavy=1, seconds=20, waiting=1))

    async def crowd() -> tuple[list[str], float]:
        start = time.monotonic()
        asked = [asyncio.create_task(pool.ask(Request(RUNAWAY))) for _ in range(3)]  # one aside, one waiting, one too many
        done, running = await asyncio.wait(asked, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(1)  # the second is waiting aside now, so that a quick one finds its way
        meanwhile = await pool.ask(CHEAP)
        for task in running:
            task.cancel()
        await asyncio.sleep(0.5)
        return [*(task.result().kind for task in done), meanwhile.kind, (await pool.ask(CHEAP)).kind], time.monotonic() - start

    try:
        kinds, took = asyncio.run(crowd())
    finally:
        pool.close()
    assert kinds == ["busy", "ok", "ok"] and took < 10


def first_subjects(graph: Graph, number: int, *, fail: str = "") -> list[str]:
    if fail:
        raise ValueError(fail)
    return [row["s"].value for row in graph.query(f"SELECT ?s {{ ?s ?p ?o }} ORDER BY ?s LIMIT {number}")]


def wait_for_ever(_graph: Graph) -> None:
    time.sleep(600)


def test_a_function_runs_in_a_worker_and_gives_its_value_or_what_it_raised(pool: Pool) -> None:
    assert pool.call_now(first_subjects, 2) == ["http://e/s0", "http://e/s1"]
    with pytest.raises(ValueError, match="as asked"):
        pool.call_now(first_subjects, 2, fail="as asked")


def test_a_function_that_does_not_end_is_stopped(built: Path) -> None:
    pool = Pool(snapshot(built), Limits(workers=1, seconds=1))
    try:
        with pytest.raises(Stopped, match="1 s") as stopped:
            pool.call_now(wait_for_ever)
        assert stopped.value.kind == "timeout" and stopped.value.limit == "time"
        assert pool.ask_now(CHEAP).kind == "ok"
    finally:
        pool.close()


def test_quick_queries_answer_while_slow_ones_run(built: Path) -> None:
    pool = Pool(snapshot(built), Limits(workers=2, heavy=3, seconds=4))
    slow = [threading.Thread(target=pool.ask_now, args=(Request(RUNAWAY),)) for _ in range(8)]
    for thread in slow:
        thread.start()
    try:
        time.sleep(1)
        start = time.monotonic()
        assert [pool.ask_now(CHEAP).kind for _ in range(10)] == ["ok"] * 10
        assert time.monotonic() - start < 2 and slow[0].is_alive()
    finally:
        pool.close()
        for thread in slow:
            thread.join(10)


def test_workers_forked_from_one_process_do_not_share_their_chance(built: Path) -> None:
    pool = Pool(snapshot(built), Limits(workers=4))

    async def drawn() -> set[bytes]:
        request = Request("SELECT (STRUUID() AS ?u) (RAND() AS ?r) {}", results_type="text/csv")
        return {result.body for result in await asyncio.gather(*(pool.ask(request) for _ in range(8)))}

    try:
        assert len(asyncio.run(drawn())) == 8
    finally:
        pool.close()


def test_rows_are_counted_in_every_format(pool: Pool) -> None:
    query = """SELECT ?a ?b { VALUES (?a ?b) { ("x" "1\\n2") ('}},{"' "3,\\r\\n4") ("\\"," UNDEF) } }"""
    for kind in (JSON, XML, CSV, TSV):
        assert pool.ask_now(Request(query, kind)).rows == 3, kind
        assert pool.ask_now(Request("SELECT * { ?s <http://e/none> ?o }", kind)).rows == 0, kind
    triples = pool.ask_now(Request("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5", graph_type="application/n-triples"))
    assert triples.rows == 5


def test_too_many_rows_are_refused_by_number(built: Path) -> None:
    pool = Pool(snapshot(built), Limits(workers=1, rows=20))
    try:
        for kind in (JSON, XML, CSV, TSV):
            found = pool.ask_now(Request("SELECT ?s { ?s ?p ?o } LIMIT 21", kind))
            assert (found.kind, found.limit) == ("too-many-rows", "rows") and "20" in found.message
            assert pool.ask_now(Request("SELECT ?s { ?s ?p ?o } LIMIT 20", kind)).rows == 20
    finally:
        pool.close()


def test_a_large_answer_comes_bit_by_bit_and_whole(built: Path) -> None:
    pool = Pool(snapshot(built), Limits(workers=1))
    query = "SELECT ?s ?a { ?s ?p ?o . ?a ?b ?c }"
    try:
        plain, zipped = (pool.ask_now(Request(query, CSV, compress=compress)) for compress in (False, True))
    finally:
        pool.close()
    assert plain.rows == zipped.rows == 250_000 and zipped.compressed
    assert gzip.decompress(zipped.body) == plain.body and plain.body.count(b"\r\n") == 250_001


def test_memory_is_named_when_it_ends_a_query(pool: Pool) -> None:
    doubled = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30))
    found = pool.ask_now(Request(f"SELECT (STRLEN(?x30) AS ?n) {{ BIND('0123456789' AS ?x0) {doubled} }}"))
    assert (found.kind, found.limit) == ("crashed", "memory") and "200 MB" in found.message


def test_a_damaged_graph_is_a_result(tmp_path: Path) -> None:
    pool = Pool(Snapshot(tmp_path / "nothing"), Limits(workers=1))
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
