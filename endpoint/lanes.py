"""Two lanes of worker processes: quick queries always find one free, and those that turn out slow go on aside.

Nobody can tell beforehand which query is slow. So each starts in the quick lane; one that has worked for a moment steps aside (its
process runs at low priority from then on) and a fresh worker takes its place. When enough are aside already, it is stopped and begins
anew when one of those has ended. A worker is killed, and its query told why, when its time is up, its asker is gone, or it crashes.

To wake a process costs as much as a quick query. So while queries are quick, a few workers that are awake get them, some in a line;
whoever stands behind one that turns out slow is given to another.

Belongs to one event loop. ``endpoint/pool.py`` is for everybody else.
"""

from __future__ import annotations

import asyncio
import marshal
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any

from endpoint.answers import Stream, answer, last_words, stopped
from endpoint.ask import LIMITS, Call, Kind, Limits, Request, Result, Stopped
from endpoint.frames import CALL, QUERY, RAISED, VALUE, frame
from endpoint.jobs import Job
from endpoint.processes import News, Worker
from endpoint.served import Served
from endpoint.source import Change, Source

_TICK_S = 0.01
_SERVED = 20_000  # queries after which a worker is replaced, for whatever an engine may keep
_LAST_WORDS_S = 0.5
_LINE = 8  # jobs given to one worker at a time
_FRESH_S = 0.002  # behind a job older than this nobody is put
_QUICK_S = 0.0006  # while jobs take less, on the average, they stand in lines
_AWAKE = max(1, len(os.sched_getaffinity(0)) - 1) if hasattr(os, "sched_getaffinity") else 1
_CROWD = 4  # times as many workers as were asked for, for a moment, when many slow queries come at once


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
        self._idle: deque[Worker] = deque()
        self._busy: set[Worker] = set()  # in the quick lane
        self._aside: set[Worker] = set()
        self._quick: deque[Job] = deque()
        self._slow: deque[Job] = deque()
        self._dying: dict[Worker, asyncio.Future[tuple[int, str]]] = {}
        self._ticking = self._closed = False

    async def open(self) -> str:
        """Open the graph; return what went wrong, in which case every query is told so until it can be opened."""
        self._loop = asyncio.get_running_loop()
        self._served = Served(self._source, self.limits, changed=self._changed, fresh=self._start_anew, ended=self._ended)
        await self._served.open()
        return self._served.fault

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
        waiting = len(self._quick) + len(self._slow) + sum(len(worker.line) - 1 for worker in self._busy)
        return {"idle": len(self._idle), "busy": len(self._busy) + len(self._aside), "aside": len(self._aside), "waiting": waiting}

    async def close(self) -> None:
        """Kill the workers and take no more queries."""
        self._closed = True
        at_work = (*self._busy, *self._aside)
        for worker in (*self._idle, *at_work):
            worker.close()
        for keeper in {worker.keeper for worker in at_work}:
            keeper.close()
        if self._served:
            self._served.close()
        for job in (*self._quick, *self._slow, *(job for worker in at_work for job in worker.line)):
            _fail(job, "busy", "服务正在停止 · the service is stopping.")

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
        return replace(found.result, body=body, rows=found.rows)

    async def stream(self, request: Request) -> Result | Stream:
        """Answer a query: whole when it is small or has failed, else as it comes. Cancelled, the query is stopped and its worker freed."""
        job = self._submit(QUERY, marshal.dumps(request.plain()))
        if job is None:
            return self._full(self.version)
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
        self._start_anew()

    def leave(self, job: Job) -> None:
        """Stop a job nobody waits for any more."""
        if job.ended:
            return
        job.ended = True
        worker = job.worker
        if worker is None:
            for queue in (self._quick, self._slow):
                with suppress(ValueError):
                    queue.remove(job)
        elif worker.line[0] is job:
            self._discard(worker)

    async def _call(self, job: Job | None) -> Any:
        if job is None:
            full = self._full("")
            raise Stopped(full.kind, full.message, full.limit)
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
        if self._closed or len(self._quick) >= self.limits.waiting:
            return None
        now = monotonic()
        job = Job(frame(kind, payload), now, self._loop.create_future(), alone=alone)
        if self._served is None or self._served.keeper is None:
            _fail(job, "failed", f"图谱无法打开 · the graph cannot be opened: {self.fault}")
        elif worker := self._one_for(job, now):
            worker.give(job, now)
        else:
            self._quick.append(job)
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_TICK_S, self._tick)
        return job

    def _one_for(self, job: Job, now: float) -> Worker | None:
        """Return the worker that is to have a job."""
        if len(self._busy) >= _AWAKE and not job.alone and self._keeper_pace_s() < _QUICK_S:
            shortest, least = None, _LINE
            for worker in self._busy:
                if len(worker.line) < least and worker.takes_more(now, _FRESH_S):
                    shortest, least = worker, len(worker.line)
            if shortest is not None:
                return shortest
        if not self._idle:
            return None
        worker = self._idle.pop()
        self._busy.add(worker)
        return worker

    def _full(self, version: str) -> Result:
        message = f"服务繁忙，请稍后再试 · busy: {self.limits.waiting} queries are waiting already; try again later."
        return Result("busy", message=message, version=version, limit=LIMITS["busy"])

    # ── what happens to workers ──

    def _refill(self, more: int = 0) -> None:
        """Have as many quick workers as there should be, and some more, and give waiting queries to those that are idle."""
        keeper = self._served.keeper if self._served else None
        if keeper is None or self._closed:
            return
        there = len(self._idle) + len(self._busy)
        for _ in range(min(max(self.limits.workers - there, more), self.limits.workers * _CROWD - there)):
            self._idle.appendleft(keeper.fork(self._said))
        now = monotonic()
        while self._slow and len(self._aside) < self.limits.heavy:
            worker = keeper.fork(self._said)
            worker.give(self._slow.popleft(), now)
            self._put_aside(worker)
        self._hand_out()

    def _hand_out(self) -> None:
        now = monotonic()
        while self._quick and (worker := self._one_for(self._quick[0], now)):
            worker.give(self._quick.popleft(), now)

    def _put_aside(self, worker: Worker) -> None:
        self._busy.discard(worker)
        self._aside.add(worker)
        worker.aside = True

    def _said(self, worker: Worker, news: News) -> None:
        """A worker has nothing left to do, will take its time over an answer, or is gone."""
        if news == "gone":
            self._bury(worker)
        elif news == "streams":
            self._take_back(worker)
        else:
            self._busy.discard(worker)
            if worker.aside or worker.spent or worker.served >= _SERVED or not self._is_current(worker):
                self._discard(worker)
            elif len(self._idle) + len(self._busy) >= self.limits.workers and not self._quick:
                self._discard(worker)  # one of a crowd
            else:
                self._idle.append(worker)
                if self._quick:
                    self._hand_out()

    def _keeper_pace_s(self) -> float:
        return self._served.keeper.pace_s if self._served and self._served.keeper else 0.0

    def _is_current(self, worker: Worker) -> bool:
        return self._served is not None and worker.keeper is self._served.keeper and worker.version == worker.keeper.version

    def _take_back(self, worker: Worker) -> None:
        """Give what stands behind a worker's first job to others."""
        if len(worker.line) > 1:
            self._quick.extendleft(reversed(worker.take_back()))
            while len(self._quick) > self.limits.waiting:
                _fail(self._quick.pop(), "busy", self._full("").message)
            self._refill()

    def _discard(self, worker: Worker) -> None:
        """Kill a worker that nothing is expected from any more."""
        self._forget(worker)
        worker.keeper.kill(worker)
        self._refill()

    def _bury(self, worker: Worker) -> None:
        """A worker has died by itself; find out why, when it was at work."""
        job = self._forget(worker)
        worker.keeper.part_with(worker)
        if job and not job.ended and self._served:
            self._dying[worker] = self._loop.create_future()
            self._served.task(self._explain(worker, job))
        self._refill()

    def _forget(self, worker: Worker) -> Job | None:
        """Take a worker out of the books and return what it worked at; what stood behind that waits for another."""
        self._busy.discard(worker)
        self._aside.discard(worker)
        with suppress(ValueError):
            self._idle.remove(worker)
        self._quick.extendleft(reversed(worker.take_back()))
        job = worker.line[0] if worker.line else None
        if job:
            job.worker = None
        worker.line.clear()
        return job

    async def _explain(self, worker: Worker, job: Job) -> None:
        code, words = 0, ""
        with suppress(TimeoutError):
            code, words = await asyncio.wait_for(self._dying[worker], _LAST_WORDS_S)
        self._dying.pop(worker, None)
        if code == -signal.SIGKILL and not (job.again or job.alone or job.ended or job.streams()):
            job.again = True  # nothing it did: somebody killed the process
            self._quick.append(job)
            self._refill()
            return
        limit, message = last_words(words, self.limits.memory_bytes)
        _fail(job, "crashed", message, limit)

    def _ended(self, number: int, code: int, words: str) -> None:
        for worker, waiting in self._dying.items():
            if worker.number == number and not waiting.done():
                waiting.set_result((code, words))

    def _start_anew(self) -> None:
        """The graph is another: workers that are at work end their jobs, the others are replaced."""
        idle, self._idle = list(self._idle), deque()
        for worker in idle:
            worker.keeper.kill(worker)
        self._refill()

    # ── the clock ──

    def _tick(self) -> None:
        now = monotonic()
        limits = self.limits
        for worker in (*self._busy, *self._aside):
            if not worker.line:
                continue
            job = worker.line[0]
            age = now - job.began_at
            if age > limits.seconds:
                self._discard(worker)
                _fail(job, "timeout", f"超时，已停止 · the query was stopped after {limits.seconds:g} s; narrow it, or ask for less.")
                continue
            if age > _TICK_S:
                self._take_back(worker)
            if not worker.aside and worker.is_slow(now, limits.patience_s):
                self._step_aside(worker, job)
        if self._quick and not self._idle:  # all are at work for longer than quick queries take
            self._refill(len(self._quick))
        for queue in (self._quick, self._slow):
            while queue and now - queue[0].asked_at > limits.seconds:
                _fail(queue.popleft(), "busy", f"服务繁忙 · busy: the query waited longer than {limits.seconds:g} s for its turn.")
        if self._busy or self._aside or self._quick or self._slow:
            self._loop.call_later(_TICK_S, self._tick)
        else:
            self._ticking = False

    def _step_aside(self, worker: Worker, job: Job) -> None:
        if len(self._aside) < self.limits.heavy or job.streams() or job.alone:
            worker.step_back()
            self._put_aside(worker)
            self._refill()
        elif len(self._slow) < self.limits.waiting:
            self._discard(worker)
            self._slow.append(job)
        else:
            self._discard(worker)
            _fail(job, "busy", self._full("").message)


def _fail(job: Job, kind: Kind, message: str, limit: str = "") -> None:
    if not job.ended:
        job.take_failure(f"{kind}\0{message}\0{limit}".encode())
