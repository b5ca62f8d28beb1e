"""The workers at their jobs: quick ones always find one free, and those that turn out slow go on aside.

Nobody can tell beforehand which query is slow. So each starts among the quick ones, and what it has used of a processor tells:

- after 10 ms it steps aside: its process runs at low priority from then on, and a fresh worker takes its place;
- after a second it is heavy. So many are at work at a time (``Limits.heavy``); when there are as many already, it is stopped and begins
  anew when one of those has ended. Before that it is stopped only when too many have stepped aside, and it has used most of all:
  a query of middling length comes to its end also while many heavy ones arrive.

A worker is killed, and its query told why, when its time is up, its asker is gone, or it crashes. To wake a process costs as much as a
quick query. So while queries are quick, a few workers that are awake get them, some in a line; whoever stands behind one that turns out
slow is given to another.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any

from endpoint.answers import last_words
from endpoint.ask import Limits
from endpoint.deaths import Deaths, busy, fail
from endpoint.jobs import Job
from endpoint.keeping import Keeper
from endpoint.processes import News, Worker

_TICK_S = 0.01
_SERVED = 20_000  # queries after which a worker is replaced, for whatever an engine may keep
_LINE = 8  # jobs given to one worker at a time
_FRESH_S = 0.002  # behind a job older than this nobody is put
_QUICK_S = 0.0006  # while jobs take less, on the average, they stand in lines
_HEAVY_CPU_S = 1.0  # a query that has used more of a processor is heavy
_AWAKE = max(1, len(os.sched_getaffinity(0)) - 1) if hasattr(os, "sched_getaffinity") else 1
_CROWD = 4  # times as many workers as were asked for, for a moment, where they wait for another server


class Crew:
    """Workers and the jobs they have, or will have. ``keeper`` says who forks them now; ``beside`` does something in the background."""

    def __init__(self, limits: Limits, keeper: Callable[[], Keeper | None], beside: Callable[[Coroutine[Any, Any, None]], None]) -> None:
        self._limits, self._keeper, self._beside = limits, keeper, beside
        self._loop = asyncio.get_running_loop()
        self._idle: deque[Worker] = deque()
        self._busy: set[Worker] = set()  # with what may be quick
        self._aside: set[Worker] = set()  # with what is slow, and may be heavy
        self._heavy: set[Worker] = set()
        self._quick: deque[Job] = deque()  # to be begun
        self._slow: deque[Job] = deque()  # to be begun anew, as heavy ones
        self._deaths = Deaths()
        self._last = False  # whose turn it is
        self._ticking = self._closed = False

    @property
    def numbers(self) -> dict[str, int]:
        """How many workers are idle, at work and aside, and how many queries wait."""
        waiting = len(self._quick) + len(self._slow) + sum(len(worker.line) - 1 for worker in self._busy)
        aside = len(self._aside) + len(self._heavy)
        return {"idle": len(self._idle), "busy": len(self._busy) + aside, "aside": aside, "waiting": waiting}

    def submit(self, message: bytes, fault: str, *, alone: bool = False) -> Job | None:
        """Take a job; None when too many wait already. ``fault`` is what it is told when there is no graph."""
        if self._closed or len(self._quick) >= self._limits.waiting:
            return None
        now = monotonic()
        job = Job(message, now, self._loop.create_future(), alone=alone)
        if self._keeper() is None:
            fail(job, "failed", f"图谱无法打开 · the graph cannot be opened: {fault}")
        elif worker := self._one_for(job, now):
            worker.give(job, now)
        else:
            self._quick.append(job)
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_TICK_S, self._tick)
        return job

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

    def ended(self, number: int, code: int, words: str) -> None:
        """A process has ended, with a code and its last words."""
        self._deaths.said(number, code, words)

    def start_anew(self) -> None:
        """The graph is another: workers that are at work end their jobs, the others are replaced."""
        idle, self._idle = list(self._idle), deque()
        for worker in idle:
            worker.keeper.kill(worker)
        self._refill()

    def close(self) -> None:
        """Kill the workers and take no more jobs."""
        self._closed = True
        at_work = (*self._busy, *self._aside, *self._heavy)
        for worker in (*self._idle, *at_work):
            worker.close()
        for keeper in {worker.keeper for worker in at_work}:
            keeper.close()
        for job in (*self._quick, *self._slow, *(job for worker in at_work for job in worker.line)):
            fail(job, "busy", "服务正在停止 · the service is stopping.")

    # ── who gets what ──

    def _one_for(self, job: Job, now: float) -> Worker | None:
        """Return the worker that is to have a job."""
        keeper = self._keeper()
        if len(self._busy) >= _AWAKE and not (job.alone or job.stood) and keeper and keeper.pace_s < _QUICK_S:
            shortest, least = None, _LINE
            for worker in self._busy:
                if len(worker.line) < least and worker.takes_more(now, _FRESH_S) and self._is_current(worker):
                    shortest, least = worker, len(worker.line)
            if shortest is not None:
                return shortest
        if not self._idle:
            return None
        worker = self._idle.pop()
        self._busy.add(worker)
        return worker

    def _refill(self, more: int = 0) -> None:
        """Have as many quick workers as there should be, and some more, and give waiting queries to those that are idle."""
        keeper = self._keeper()
        if keeper is None or self._closed:
            return
        there = len(self._idle) + len(self._busy)
        for _ in range(min(max(self._limits.workers - there, more), self._limits.workers * _CROWD - there)):
            self._idle.appendleft(keeper.fork(self._said))
        now = monotonic()
        while self._slow and len(self._heavy) < self._limits.heavy:
            worker = keeper.fork(self._said)
            worker.give(self._slow.popleft(), now)
            self._put(worker, self._heavy)
        self._hand_out()

    def _hand_out(self) -> None:
        """Begin what waits: in turns what waits longest and what came last, so that a quick query need not wait for a crowd before it."""
        now = monotonic()
        while self._quick and (worker := self._one_for(self._quick[-self._last], now)):
            worker.give(self._quick.pop() if self._last else self._quick.popleft(), now)
            self._last = not self._last

    def _take_back(self, worker: Worker) -> None:
        """Give what stands behind a worker's first job to others."""
        if len(worker.line) > 1:
            self._quick.extendleft(reversed(worker.take_back()))
            while len(self._quick) > self._limits.waiting:
                fail(self._quick.pop(), "busy", busy(self._limits))
            self._refill()

    # ── what happens to workers ──

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
            elif len(self._idle) + len(self._busy) >= self._limits.workers and not self._quick:
                self._discard(worker)  # one of a crowd
            else:
                self._idle.append(worker)
                if self._quick:
                    self._hand_out()

    def _is_current(self, worker: Worker) -> bool:
        return worker.keeper is self._keeper() and worker.version == worker.keeper.version

    def _discard(self, worker: Worker) -> None:
        """Kill a worker that nothing is expected from any more."""
        self._forget(worker)
        worker.keeper.kill(worker)
        self._refill()

    def _bury(self, worker: Worker) -> None:
        """A worker has died by itself; find out why, when it was at work."""
        job = self._forget(worker)
        worker.keeper.part_with(worker)
        if job and not job.ended and not self._closed:
            self._deaths.expect(worker)
            self._beside(self._explain(worker, job))
        self._refill()

    def _forget(self, worker: Worker) -> Job | None:
        """Take a worker out of the books and return what it worked at; what stood behind that waits for another."""
        for workers in (self._busy, self._aside, self._heavy):
            workers.discard(worker)
        with suppress(ValueError):
            self._idle.remove(worker)
        self._quick.extendleft(reversed(worker.take_back()))
        job = worker.line[0] if worker.line else None
        if job:
            job.worker = None
        worker.line.clear()
        return job

    async def _explain(self, worker: Worker, job: Job) -> None:
        code, words = await self._deaths.of(worker)
        if code == -signal.SIGKILL and not (job.again or job.alone or job.ended or job.streams()):
            job.again = True  # nothing it did: somebody killed the process
            self._quick.append(job)
            self._refill()
            return
        limit, message = last_words(words, self._limits.memory_bytes)
        fail(job, "crashed", message, limit)

    # ── the clock ──

    def _tick(self) -> None:
        now = monotonic()
        limits = self._limits
        for worker in (*self._busy, *self._aside, *self._heavy):
            if not worker.line:
                continue
            job = worker.line[0]
            age = now - job.began_at
            if age > limits.seconds:
                self._discard(worker)
                fail(job, "timeout", f"超时，已停止 · the query was stopped after {limits.seconds:g} s; narrow it, or ask for less.")
                continue
            if age > _TICK_S:
                self._take_back(worker)
            if worker in self._busy and worker.is_slow(now, limits.patience_s):
                self._step_aside(worker)
            elif worker in self._aside and worker.used_s() > _HEAVY_CPU_S:
                self._be_heavy(worker)
        if self._quick and not self._idle and (keeper := self._keeper()) and keeper.source.connects:  # they wait for another server
            self._refill(len(self._quick))
        for queue in (self._quick, self._slow):
            while queue and now - queue[0].asked_at > limits.seconds:
                fail(queue.popleft(), "busy", f"服务繁忙 · busy: the query waited longer than {limits.seconds:g} s for its turn.")
        if self._busy or self._aside or self._heavy or self._quick or self._slow:
            self._loop.call_later(_TICK_S, self._tick)
        else:
            self._ticking = False

    def _step_aside(self, worker: Worker) -> None:
        worker.step_back()
        self._put(worker, self._aside)
        if len(self._aside) > self._limits.workers:
            self._be_heavy(max(self._aside, key=lambda other: (other.used_s(), -other.number)))
        self._refill()

    def _be_heavy(self, worker: Worker) -> None:
        """Let a query go on as a heavy one, or wait until it may be begun anew as one."""
        job = worker.line[0]
        if len(self._heavy) < self._limits.heavy or job.streams() or job.alone:
            self._put(worker, self._heavy)
        elif len(self._slow) < self._limits.waiting:
            self._discard(worker)
            self._slow.append(job)
        else:
            self._discard(worker)
            fail(job, "busy", busy(self._limits))

    def _put(self, worker: Worker, workers: set[Worker]) -> None:
        self._busy.discard(worker)
        self._aside.discard(worker)
        workers.add(worker)
        worker.aside = True
