"""Two lanes of worker processes: quick queries always find one free, and those that turn out slow go on aside.

Nobody can tell beforehand which query is slow. So each starts in the quick lane; one that has worked for a moment steps aside (its
process runs at low priority from then on) and a fresh worker takes its place. When enough are aside already, it is stopped and begins
anew when one of those has ended. A worker is killed, and its query told why, when its time is up, its asker is gone, or it crashes.

Belongs to one event loop. ``endpoint/pool.py`` is for everybody else.
"""

from __future__ import annotations

import asyncio
import marshal
import pickle
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from endpoint.ask import LIMITS, Call, Kind, Limits, Request, Result, Stopped
from endpoint.frames import CALL, DATA, END, QUERY, RAISED, STREAM, VALUE, WHOLE, frame
from endpoint.processes import Job, Keeper, Worker
from endpoint.source import Source

_TICK_S = 0.01
_LOOK_S = 0.25  # how often the served graph is looked for anew
_SERVED = 20_000  # queries after which a worker is replaced, for whatever an engine may keep
_LAST_WORDS_S = 0.5
# What a process says when it dies, the limit that names, and what the asker is told.
_LAST_WORDS = (
    ("memory allocation", "memory", "查询占用内存过多，已停止 · the query was stopped: it took more than {0} MB of memory; ask for less."),
    ("overflow", "complexity", "查询嵌套过深，已停止 · the query was stopped: it is nested too deeply; ask in parts."),
    ("panicked", "process", "查询使引擎出错，已停止 · the engine gave up: does the query sort mixed values? ORDER BY STR(?x) is safe."),
)
_CRASHED = "查询超出进程的限度，已停止 · the query ended its process: it is nested too deeply, or needs too much memory."


@dataclass(slots=True)
class Stream:
    """An answer too large for one message: its bytes by iterating, which raises :class:`Stopped` where a limit ends them early."""

    result: Result  # of what is known at the start: kind, media_type, version
    _job: Job
    _lanes: Lanes
    rows: int | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            kind, payload = await self._job.chunk()
            if kind == DATA:
                yield payload
            elif kind == END:
                self.rows = int(payload) if payload else None
                return
            else:
                failed = _failure(payload, "")
                raise Stopped(failed.kind, failed.message, failed.limit)

    def close(self) -> None:
        """Stop the query when it is still at work."""
        self._lanes.leave(self._job)


class Lanes:
    """The workers of one graph after another. ``await open()`` first.

    :param source: gives what should be served now; asked twice a second, so that a new build is taken up while the old one answers on.
    :param changed: called with the version when one is taken up, or with what is wrong with the one that could not be.
    """

    def __init__(
        self, source: Callable[[], Source], limits: Limits | None = None, *, changed: Callable[[str, str], None] | None = None
    ) -> None:
        self.limits = limits or Limits()
        self.fault = ""  # why the newest graph is not served
        self._source, self._changed = source, changed or (lambda _version, _fault: None)
        self._keeper: Keeper | None = None
        self._refused: Source | None = None
        self._idle: deque[Worker] = deque()
        self._busy: dict[int, Worker] = {}
        self._quick: deque[Job] = deque()
        self._slow: deque[Job] = deque()
        self._dying: dict[int, asyncio.Future[tuple[int, str]]] = {}
        self._keepers: dict[int, Keeper] = {}  # by id of worker object
        self._aside = 0
        self._ticking = self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        """Open the graph; return what went wrong, in which case every query is told so until it can be opened."""
        self._loop = asyncio.get_running_loop()
        await self._renew()
        self._task(self._watch())
        return self.fault

    @property
    def version(self) -> str:
        """The graph a query asked now would be answered from."""
        return self._keeper.source.version if self._keeper else ""

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The workers' processes, for those who watch them."""
        return tuple(self._keeper.process_ids.values()) if self._keeper else ()

    @property
    def numbers(self) -> dict[str, int]:
        """How many workers are idle, at work and aside, and how many queries wait."""
        return {"idle": len(self._idle), "busy": len(self._busy), "aside": self._aside, "waiting": len(self._quick) + len(self._slow)}

    async def close(self) -> None:
        """Kill the workers and take no more queries."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in (*self._idle, *self._busy.values()):
            worker.close()
        for keeper in {id(found): found for found in (*self._keepers.values(), *([self._keeper] if self._keeper else []))}.values():
            keeper.close()
        for job in (*self._quick, *self._slow, *(worker.job for worker in self._busy.values() if worker.job)):
            _fail(job, "busy", "服务正在停止 · the service is stopping.")

    async def ask(self, request: Request) -> Result:
        """Answer a query whole; one whose answer is large should be asked by :meth:`stream`."""
        found = await self.stream(request)
        if isinstance(found, Result):
            return found
        try:
            body = b"".join([part async for part in found])
        except Stopped as stopped:
            return Result(stopped.kind, message=str(stopped), version=found.result.version, limit=stopped.limit)
        finally:
            found.close()
        return replace(found.result, body=body, rows=found.rows)

    async def stream(self, request: Request) -> Result | Stream:
        """Answer a query: whole when it is small or has failed, else as it comes. Cancelled, the query is stopped and its worker freed."""
        job = self._submit(QUERY, marshal.dumps(request.plain()))
        if job is None:
            return self._full(self.version)
        kind, payload = await self._head(job)
        if kind not in (WHOLE, STREAM):
            return _failure(payload, job.version)
        media_type, fixed, compressed, *more = payload.split(b"\0", 4)
        rows, body = (int(more[0]) if more[0] else None, more[1]) if more else (None, b"")
        found = Result("ok", body, media_type.decode(), "", job.version, rows, fixed == b"1", compressed == b"1")
        return Stream(found, job, self) if kind == STREAM else found

    async def call(self, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Run a function in a worker, the open graph before its own arguments; return its value, or raise what it raised.

        :raises Stopped: when it met a limit or the graph cannot be opened.
        """
        job = self._submit(CALL, pickle.dumps(Call(function, args, options)))
        if job is None:
            full = self._full("")
            raise Stopped(full.kind, full.message, full.limit)
        kind, payload = await self._head(job)
        if kind == VALUE:
            return pickle.loads(payload)
        if kind == RAISED:
            raise pickle.loads(payload)
        failed = _failure(payload, "")
        raise Stopped(failed.kind, failed.message, failed.limit)

    def leave(self, job: Job) -> None:
        """Stop a job nobody waits for any more."""
        if job.ended:
            return
        job.ended = True
        if job.worker is None:
            for queue in (self._quick, self._slow):
                with suppress(ValueError):
                    queue.remove(job)
        else:
            self._discard(job.worker)

    async def _head(self, job: Job) -> tuple[bytes, bytes]:
        try:
            return await job.done
        except asyncio.CancelledError:
            self.leave(job)
            raise

    def _submit(self, kind: bytes, payload: bytes) -> Job | None:
        if self._closed or len(self._quick) >= self.limits.waiting:
            return None
        now = self._loop.time()
        job = Job(frame(kind, payload), now, self._loop.create_future())
        if self._keeper is None:
            _fail(job, "failed", f"图谱无法打开 · the graph cannot be opened: {self.fault}")
        elif self._idle:
            self._start(self._idle.pop(), job, now)
        else:
            self._quick.append(job)
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(_TICK_S, self._tick)
        return job

    def _start(self, worker: Worker, job: Job, now: float) -> None:
        self._busy[id(worker)] = worker
        job.version = self._keepers[id(worker)].source.version
        worker.give(job, now)

    def _full(self, version: str) -> Result:
        message = f"服务繁忙，请稍后再试 · busy: {self.limits.waiting} queries are waiting already; try again later."
        return Result("busy", message=message, version=version, limit=LIMITS["busy"])

    # ── what happens to workers ──

    def _fork(self, keeper: Keeper) -> Worker:
        worker = keeper.fork(self._said)
        self._keepers[id(worker)] = keeper
        return worker

    def _refill(self) -> None:
        """Have as many quick workers as there should be, and give waiting queries to those that are idle."""
        if self._keeper is None or self._closed:
            return
        quick = len(self._idle) + len(self._busy) - self._aside
        for _ in range(self.limits.workers - quick):
            self._idle.appendleft(self._fork(self._keeper))
        now = self._loop.time()
        while self._slow and self._aside < self.limits.heavy:
            worker = self._fork(self._keeper)
            self._start(worker, self._slow.popleft(), now)
            self._put_aside(worker)
        while self._quick and self._idle:
            self._start(self._idle.pop(), self._quick.popleft(), now)

    def _put_aside(self, worker: Worker) -> None:
        worker.heavy = True
        self._aside += 1
        self._keepers[id(worker)].put_aside(worker)

    def _said(self, worker: Worker, gone: bool) -> None:
        """A worker has ended its job, or is gone."""
        if gone:
            self._bury(worker)
            return
        self._busy.pop(id(worker), None)
        if worker.heavy or worker.served >= _SERVED or self._keepers.get(id(worker)) is not self._keeper:
            self._discard(worker)
        elif self._quick:
            self._start(worker, self._quick.popleft(), self._loop.time())
        else:
            self._idle.append(worker)

    def _discard(self, worker: Worker) -> None:
        """Kill a worker that nothing is expected from any more."""
        keeper = self._forget(worker)
        if keeper:
            keeper.kill(worker)
        self._refill()

    def _bury(self, worker: Worker) -> None:
        """A worker has died by itself; find out why, when it was at work."""
        job = worker.job
        keeper = self._forget(worker)
        worker.close()
        if job and not job.ended:
            self._dying[worker.number] = self._loop.create_future()
            self._task(self._explain(worker.number, job))
        if keeper is self._keeper:
            self._refill()

    def _forget(self, worker: Worker) -> Keeper | None:
        """Take a worker out of the books."""
        self._busy.pop(id(worker), None)
        with suppress(ValueError):
            self._idle.remove(worker)
        if worker.heavy:
            self._aside -= 1
            worker.heavy = False
        if worker.job:
            worker.job.worker = None
            worker.job = None
        keeper = self._keepers.pop(id(worker), None)
        if keeper is not None and keeper is not self._keeper and keeper not in self._keepers.values():
            keeper.kill(worker)
            keeper.close()
            return None
        return keeper

    async def _explain(self, number: int, job: Job) -> None:
        try:
            _, words = await asyncio.wait_for(self._dying[number], _LAST_WORDS_S)
        except TimeoutError:
            words = ""
        finally:
            self._dying.pop(number, None)
        megabytes = self.limits.memory_bytes // 1_000_000
        limit, message = next(
            ((limit, text.format(megabytes)) for sign, limit, text in _LAST_WORDS if sign in words), ("process", _CRASHED)
        )
        _fail(job, "crashed", message, limit)

    def _ended(self, number: int, code: int, words: str) -> None:
        waiting = self._dying.get(number)
        if waiting and not waiting.done():
            waiting.set_result((code, words))

    # ── the clock ──

    def _tick(self) -> None:
        now = self._loop.time()
        limits = self.limits
        for worker in list(self._busy.values()):
            job = worker.job
            if job is None:
                continue
            age = now - job.began_at
            if age > limits.seconds:
                self._discard(worker)
                _fail(job, "timeout", f"超时，已停止 · the query was stopped after {limits.seconds:g} s; narrow it, or ask for less.")
            elif not worker.heavy and worker.is_slow(now, limits.patience_s):
                self._step_aside(worker, job)
        for queue in (self._quick, self._slow):
            while queue and now - queue[0].asked_at > limits.seconds:
                _fail(queue.popleft(), "busy", f"服务繁忙 · busy: the query waited longer than {limits.seconds:g} s for its turn.")
        if self._busy or self._quick or self._slow:
            self._loop.call_later(_TICK_S, self._tick)
        else:
            self._ticking = False

    def _step_aside(self, worker: Worker, job: Job) -> None:
        if self._aside < self.limits.heavy or job.streams():
            self._put_aside(worker)
            self._refill()
        elif len(self._slow) < self.limits.waiting:
            self._slow.append(job)
            self._discard(worker)
        else:
            self._discard(worker)
            _fail(job, "busy", self._full("").message)

    # ── the graph ──

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            await self._renew()

    async def _renew(self) -> None:
        """Take up the graph that should be served now, when it is another or its keeper was lost."""
        try:
            source = await asyncio.to_thread(self._source)
        except Exception as error:  # what should be served cannot be told; what is served stays
            self._say_fault(str(error))
            return
        if source == self._refused or (self._keeper and self._keeper.source == source):
            return
        keeper = Keeper(source, self.limits, self._ended, self._lost)
        fault = await keeper.ready()
        if fault:
            keeper.close()
            self._refused = source
            self._say_fault(fault)
            return
        before, self._keeper, self._refused, self.fault = self._keeper, keeper, None, ""
        idle, self._idle = list(self._idle), deque()
        self._refill()
        for worker in idle:
            self._discard(worker)
        if before and before not in self._keepers.values():
            before.close()
        self._changed(source.version, "")

    def _say_fault(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            self._changed("", fault)

    def _lost(self, keeper: Keeper) -> None:
        """A keeper has died (its workers with it); another is started at the next look."""
        if keeper is self._keeper and not self._closed:
            self._keeper = None
            self.fault = "its process has ended; another is being started"
            self._task(self._renew())

    def _task(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _fail(job: Job, kind: Kind, message: str, limit: str = "") -> None:
    if not job.ended:
        job.take_failure(f"{kind}\0{message}\0{limit}".encode())


def _failure(payload: bytes, version: str) -> Result:
    kind, message, *limit = payload.decode(errors="replace").split("\0")
    known: Kind = kind  # type: ignore[assignment]
    return Result(known, message=message, version=version, limit=(limit and limit[0]) or LIMITS.get(kind, ""))
