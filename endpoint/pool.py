"""Queries in worker processes that can be killed: the only limits that hold (an engine in process cannot be stopped). No HTTP here.

For pages, scripts and notebooks: a thread with an event loop of its own stands behind it, so any thread may ask, and any number of them.

    pool = Pool(lambda: Snapshot(current_snapshot(workspace.built_dir)))     # one per program: st.cache_resource in Streamlit
    pool.ask_now(Request("ASK { ?s ?p ?o }"))                                # Result: kind, body, media_type, message, rows, version
    pool.call_now(run_query, "list-tasks", {})                               # any importable function of (graph, …) -> picklable value
    pool.close()

``run_query(name, params, store)`` takes its store last; :func:`ask_saved` below has the order that ``call_now`` needs. A new build is
taken up by itself while the old one answers on. The endpoint, which has an event loop already, uses :class:`endpoint.lanes.Lanes`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from endpoint.ask import Limits, Request, Result, Stopped
from endpoint.lanes import Lanes
from endpoint.source import Files, Graph, Snapshot, Source

if TYPE_CHECKING:
    from queries.run import Answer

__all__ = ["Files", "Limits", "Pool", "Request", "Result", "Snapshot", "Source", "Stopped", "ask_saved"]
_T = TypeVar("_T")


class Pool:
    """Worker processes over one graph after another; returns when the graph is open (``fault`` says why it is not).

    :param source: what to serve: a :class:`Snapshot` or :class:`Files`, or a function that gives what should be served now.
    """

    def __init__(self, source: Source | Callable[[], Source], limits: Limits | None = None) -> None:
        self._lanes = Lanes(source if callable(source) else lambda: source, limits)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="zhengmai-pool", daemon=True)
        self._thread.start()
        self._now(self._lanes.open())

    @property
    def version(self) -> str:
        """The graph a query asked now would be answered from; empty while there is none."""
        return self._lanes.version

    @property
    def fault(self) -> str:
        """What is wrong with the newest graph; an older one may be served meanwhile."""
        return self._lanes.fault

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The workers' processes, for those who watch them."""
        return self._lanes.process_ids

    def ask_now(self, request: Request) -> Result:
        """Answer a query, waiting for it; whatever goes wrong is a result too."""
        return self._now(self._lanes.ask(request))

    def call_now(self, function: Callable[..., _T], *args: Any, **options: Any) -> _T:
        """Run ``function(graph, *args, **options)`` in a worker under the same limits; return its value, or raise what it raised.

        :raises Stopped: when it met a limit (``kind`` timeout, crashed, busy) or the graph cannot be opened (failed).
        """
        value: _T = self._now(self._lanes.call(function, *args, **options))
        return value

    async def ask(self, request: Request) -> Result:
        """Answer a query from another event loop; cancelled, the query is stopped."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._lanes.ask(request), self._loop))

    def close(self) -> None:
        """Kill the workers and take no more queries."""
        if self._loop.is_running():
            self._now(self._lanes.close())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)

    def _now(self, work: Coroutine[Any, Any, _T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


def ask_saved(
    graph: Graph, name: str, params: Mapping[str, str], own: Path | None = None, *, accepted_only: bool = False, limit: int | None = None
) -> Answer:
    """Ask a saved query, for ``pool.call_now(ask_saved, name, params)``."""
    from queries.run import run_query

    return run_query(name, params, graph, own=own, accepted_only=accepted_only, limit=limit)
