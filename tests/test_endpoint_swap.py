"""Another graph is taken up while questions are at work: whoever asks after that gets nothing of the old one, from no worker and no memory.

Each of these races lasts a millisecond or two in a server; here the clocks that close them are stopped, or the steps are taken by hand.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from endpoint import crew
from endpoint.ask import Limits, Request
from endpoint.describe import graph_names
from endpoint.http import Asking, Message
from endpoint.kept import Kept
from endpoint.lanes import Lanes
from endpoint.log import Log
from endpoint.plain import Begun, Plain, Told
from endpoint.rates import Rates
from endpoint.service import Service
from endpoint.source import Change, Files, Graph

QUERY = "SELECT ?o { <http://e/s> ?p ?o }"
OLD, NEW = b'"old"', b'"new"'


def write(path: Path, value: str) -> Files:
    path.write_text(f'<http://e/s> <http://e/p> "{value}" <http://e/g> .\n', encoding="utf-8")
    return Files.of([path])


@asynccontextmanager
async def lanes_of(folder: Path) -> AsyncIterator[tuple[Lanes, list[Files], Callable[[], Awaitable[None]]]]:
    """Open workers over an old graph; give them, what is to be served, and what makes them take up the new one."""
    sources = [write(folder / "old.nq", "old"), write(folder / "new.nq", "new")]
    served = [sources[0]]
    lanes = Lanes(lambda: served[0], Limits(workers=2))
    assert await lanes.open() == ""

    async def swap() -> None:
        served[0] = sources[1]
        until = time.monotonic() + 30
        while lanes.version != sources[1].version and time.monotonic() < until:
            await asyncio.sleep(0.01)
        assert lanes.version == sources[1].version

    try:
        yield lanes, served, swap
    finally:
        await lanes.close()


def doze(_: Graph, seconds: float) -> None:
    time.sleep(seconds)


def test_nobody_is_put_in_line_behind_a_worker_with_the_old_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_AWAKE": 1, "_QUICK_S": 1000, "_FRESH_S": 1000, "_TICK_S": 1000}.items():  # all that is at work is quick
        monkeypatch.setattr(crew, name, value)

    async def play() -> None:
        async with lanes_of(tmp_path) as (lanes, _, swap):
            at_work = asyncio.create_task(lanes.call(doze, 3))
            await asyncio.sleep(0.1)
            behind = asyncio.create_task(lanes.ask(Request(QUERY)))
            await swap()
            found = await lanes.ask(Request(QUERY))
            assert NEW in found.body and found.version == lanes.version
            await at_work
            assert OLD in (await behind).body  # it was asked before

    asyncio.run(play())


def asking(query: str) -> Asking:
    async def nothing_more() -> Message:
        raise AssertionError

    headers = [(b"host", b"localhost")]
    query_string = urlencode({"query": query}).encode()
    return Asking({"method": "GET", "path": "/sparql", "query_string": query_string, "headers": headers}, nothing_more)


@pytest.mark.parametrize("somebody_else_asks", [True, False])
def test_an_answer_that_comes_late_is_not_kept_for_the_new_graph(tmp_path: Path, somebody_else_asks: bool) -> None:
    async def play() -> None:
        async with lanes_of(tmp_path) as (lanes, _, swap):
            service = Service(lanes)
            assert await service.holds_internal() is False
            plain = Plain(service, Log(), Rates(), Kept())
            late = plain.begin(asking(QUERY))
            assert isinstance(late, Begun)
            await late.job.done
            await swap()
            assert await service.holds_internal() is False
            if somebody_else_asks:
                assert isinstance(plain.begin(asking("ASK {}")), Begun)
            told = plain.end(late)
            assert told and OLD in told.body
            again = plain.begin(asking(QUERY))
            assert isinstance(again, Begun)  # not from memory
            await again.job.done
            told = plain.end(again)
            assert told and NEW in told.body and lanes.version.encode() in told.head
            kept = plain.begin(asking(QUERY))
            assert isinstance(kept, Told) and kept.body == told.body

    asyncio.run(play())


def test_what_is_learnt_while_a_change_is_made_is_not_taken_for_the_changed_graph(tmp_path: Path) -> None:
    async def play() -> None:
        async with lanes_of(tmp_path) as (lanes, served, _):
            service, before = Service(lanes), lanes.version
            change = Change(added=b'<http://e/s> <http://e/p> "2" <http://e/added> .\n')
            changed = Files((tmp_path / "old.nq",), "changed")
            served[0] = changed
            making = asyncio.create_task(lanes.apply(change, changed))
            await asyncio.sleep(0)  # the keeper has been told, and has not answered
            assert lanes.version == before
            meanwhile = await service.learn("graphs", graph_names)
            await making
            assert lanes.version == "changed" and "http://e/g" in meanwhile
            assert await service.learn("graphs", graph_names) == ("http://e/added", "http://e/g")

    asyncio.run(play())
