"""Questions to a graph, answered in worker processes that can be killed (endpoint/crew.py), one graph after another (endpoint/served.py).

Belongs to one event loop. ``endpoint/pool.py`` is for everybody else.
"""

from __future__ import annotations

import asyncio
import marshal
import pickle
from collections.abc import Callable
from typing import Any

from endpoint.answers import Stream, answer, stopped
from endpoint.ask import Call, Limits, Request, Result, Stopped
from endpoint.crew import Crew
from endpoint.deaths import full
from endpoint.frames import CALL, QUERY, RAISED, VALUE, frame
from endpoint.jobs import Job
from endpoint.served import Served
from endpoint.source import Change, Source


class Lanes:
    """The workers of one graph after another. ``await open()`` first.

    :param source: gives what should be served now; asked often, so that a new build is taken up while the old one answers on.
    :param changed: called with the version when one is taken up, or with what is wrong with the one that could not be.
    """

    def __init__(
        self, source: Callable[[], Source], limits: Limits | None = None, *, changed: Callable[[str, str], None] | None = None
    ) -> None:
        self.limits = limits or Limits()
        self._source, self._changed = source, changed or (lambda _version, _fault: None)
        self._served: Served | None = None
        self._crew: Crew

    async def open(self) -> str:
        """Open the graph; return what went wrong, in which case every query is told so until it can be opened."""
        crew = self._crew = Crew(self.limits, lambda: served.keeper, lambda work: served.task(work))
        served = self._served = Served(self._source, self.limits, changed=self._changed, fresh=crew.start_anew, ended=crew.ended)
        await served.open()
        return served.fault

    @property
    def version(self) -> str:
        """The graph a query asked now would be answered from."""
        return self._served.version if self._served else ""

    @property
    def lasting(self) -> bool:
        """Whether the same version is the same graph."""
        return self._served is None or self._served.keeper is None or self._served.keeper.source.lasting

    @property
    def fault(self) -> str:
        """Why the newest graph is not served."""
        return self._served.fault if self._served else ""

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The workers' processes, for those who watch them."""
        return tuple(self._served.keeper.process_ids.values()) if self._served and self._served.keeper else ()

    @property
    def numbers(self) -> dict[str, int]:
        """How many workers are idle, at work and aside, and how many queries wait."""
        return self._crew.numbers

    async def close(self) -> None:
        """Kill the workers and take no more queries."""
        if self._served:
            self._crew.close()
            self._served.close()

    async def ask(self, request: Request) -> Result:
        """Answer a query whole; one whose answer is large should be asked by :meth:`stream`."""
        found = await self.stream(request)
        if isinstance(found, Result):
            return found
        try:
            body = b"".join([part async for part in found])
        except Stopped as error:
            return Result(error.kind, message=str(error), version=found.result.version, limit=error.limit)
        finally:
            found.close()
        return found.result._replace(body=body, rows=found.rows)

    async def stream(self, request: Request) -> Result | Stream:
        """Answer a query: whole when it is small or has failed, else as it comes. Cancelled, the query is stopped and its worker freed."""
        job = self.begin(request)
        return full(self.limits, self.version) if job is None else await self.finish(job)

    def begin(self, request: Request) -> Job | None:
        """Give a query to a worker; None when too many wait already."""
        return self._submit(QUERY, marshal.dumps(tuple(request)))

    async def finish(self, job: Job) -> Result | Stream:
        """Return what becomes of a query that was begun, as :meth:`stream`."""
        kind, payload = await self._head(job)
        return answer(kind, payload, job, self.leave)

    async def call(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Run a function in a worker, the open graph before its own arguments; return its value, or raise what it raised.

        :raises Stopped: when it met a limit or the graph cannot be opened.
        """
        return await self._call(self._submit(CALL, pickle.dumps(Call(function, args, options))))

    async def call_alone(self, function: Callable[..., Any], *args: Any) -> Any:
        """Run a function that changes the graph it is given: in a worker of its own, which ends with it. Raises as :meth:`call`."""
        return await self._call(self._submit(CALL, pickle.dumps(Call(function, args)), alone=True))

    async def apply(self, change: Change, source: Source) -> None:
        """Change the graph into what ``source`` gives from now on; queries asked after this are answered from that."""
        assert self._served is not None
        await self._served.apply(change, source)

    def forget(self) -> None:
        """Let what workers know of a graph that is not kept here be asked anew."""
        self._crew.start_anew()

    def leave(self, job: Job) -> None:
        """Stop a job nobody waits for any more."""
        self._crew.leave(job)

    async def _call(self, job: Job | None) -> Any:
        if job is None:
            busy = full(self.limits, "")
            raise Stopped(busy.kind, busy.message, busy.limit)
        kind, payload = await self._head(job)
        if kind == VALUE:
            return pickle.loads(payload)
        if kind == RAISED:
            raise pickle.loads(payload)
        raise stopped(payload)

    async def _head(self, job: Job) -> tuple[bytes, bytes]:
        try:
            return await job.done
        except asyncio.CancelledError:
            self.leave(job)
            raise

    def _submit(self, kind: bytes, payload: bytes, *, alone: bool = False) -> Job | None:
        return self._crew.submit(frame(kind, payload), self.fault, alone=alone)
