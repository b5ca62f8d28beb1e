"""Queries in worker processes that can be killed: the only time limit that holds (an engine in process cannot be stopped).

There is no HTTP here, so that pages ask through it as well. Each worker opens the snapshot by itself; a worker that took too long, too
much memory, or crashed is killed and replaced, and the query gets a result that says so. When ``snapshot_path`` is a link and
points somewhere new, every worker reopens before its next query; what runs meanwhile ends on the graph it began with.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from time import monotonic

from endpoint.precheck import Refused, Shape, precheck
from endpoint.worker import Request, Result, work

__all__ = ["Pool", "Request", "Result"]

_STARTS_WITHIN_S = 600  # loading a large graph into memory takes its time
_LOOKS_EVERY_S = 0.05  # whether the asker has gone
# Stack, memory and a panic all end in the same signal.
_CRASHED = (
    "查询超出进程的限度，已停止 · the query ended its process: it is nested too deeply, needs too much memory, "
    "or sorts values of mixed types (ORDER BY STR(?x) is safe)."
)


class Pool:
    """Some workers and the queue before them. ``await pool.ask(request)``, or ``ask_now`` from a thread; ``close()`` at the end.

    :param prepare: makes of a snapshot's folder the folder that is served (called once a snapshot); its name is the version.
    :param waiting: how many queries may wait; one more is told to come back later.
    """

    def __init__(
        self,
        snapshot_path: Path,
        *,
        workers: int = 2,
        seconds: float = 30,
        waiting: int = 64,
        result_bytes: int = 100_000_000,
        memory_bytes: int = 2_000_000_000,
        shape: Shape | None = None,
        prepare: Callable[[Path], Path] | None = None,
    ) -> None:
        self.seconds, self.waiting = seconds, waiting
        self._path, self._shape, self._prepare = snapshot_path, shape or Shape(), prepare
        self._prepared: dict[Path, Path] = {}
        self._preparing, self._counting = threading.Lock(), threading.Lock()
        self._asked, self._closed = 0, False
        self._size = workers
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="zhengmai-query")
        self._workers = [_Worker(seconds, result_bytes, memory_bytes) for _ in range(workers)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        served = self.served()
        for worker in self._workers:
            worker.start(served)
            self._idle.put(worker)

    @property
    def version(self) -> str:
        """The graph a query asked now would be answered from."""
        return self.served().name

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The workers' processes, for those who watch them."""
        return tuple(worker.process_id for worker in self._workers)

    def served(self) -> Path:
        """Return the folder workers should have open now; one look at a link when nothing has changed."""
        snapshot = self._path.resolve()
        if self._prepare is None:
            return snapshot
        with self._preparing:
            if snapshot not in self._prepared:
                self._prepared = {snapshot: self._prepare(snapshot)}
            return self._prepared[snapshot]

    async def ask(self, request: Request) -> Result:
        """Answer a query; when the task is cancelled the query is stopped and its worker freed."""
        if not self._enter():
            return self._busy()
        gone = threading.Event()
        try:
            return await asyncio.wrap_future(self._threads.submit(self._answer, request, gone, monotonic()))
        except asyncio.CancelledError:
            gone.set()
            raise

    def ask_now(self, request: Request) -> Result:
        """Answer a query, waiting for it."""
        if not self._enter():
            return self._busy()
        return self._threads.submit(self._answer, request, threading.Event(), monotonic()).result()

    def close(self) -> None:
        """Kill the workers and take no more queries."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.kill()

    def _enter(self) -> bool:
        with self._counting:
            if self._closed or self._asked >= self._size + self.waiting:
                return False
            self._asked += 1
            return True

    def _busy(self) -> Result:
        return Result("busy", message=f"服务繁忙，请稍后再试 · busy: {self.waiting} queries are waiting already.")

    def _answer(self, request: Request, gone: threading.Event, since: float) -> Result:
        try:
            if precheck(request.query, self._shape).names_dataset:
                request = replace(request, union=False)  # the engine would let the union win over FROM
            if gone.is_set() or monotonic() - since > self.seconds:
                return Result("busy", message=f"服务繁忙 · busy: the query waited longer than {self.seconds:g} s for its turn.")
            served = self.served()
            worker = self._idle.get()
            try:
                return worker.answer(request, served, gone)
            finally:
                try:
                    if not self._closed:
                        worker.ensure(served)
                finally:  # a process that could not be started is tried again by the next query
                    self._idle.put(worker)
        except Refused as refused:
            return Result(refused.reason, message=str(refused))
        finally:
            with self._counting:
                self._asked -= 1


class _Worker:
    """The parent's end of one process. Used by one thread at a time, but for :meth:`kill`."""

    def __init__(self, seconds: float, result_bytes: int, memory_bytes: int) -> None:
        self._limits = (seconds, result_bytes, memory_bytes)
        self._seconds = seconds
        self._ready = self._killed = False

    @property
    def process_id(self) -> int:
        return self._process.pid or 0

    def start(self, snapshot: Path) -> None:
        """Start the process; it opens the snapshot while we go on."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._snapshot, self._ready, self._killed = snapshot, False, False
        self._process = context.Process(target=work, args=(theirs, snapshot, *self._limits), daemon=True, name="zhengmai-worker")
        self._process.start()
        theirs.close()

    def ensure(self, snapshot: Path) -> None:
        """Have a live process over this snapshot."""
        if self._killed or self._snapshot != snapshot or not self._process.is_alive():
            self.kill()
            self._pipe.close()
            self.start(snapshot)

    def kill(self) -> None:
        """End the process; the next query starts another."""
        self._killed = True
        self._process.kill()
        self._process.join()

    def answer(self, request: Request, snapshot: Path, gone: threading.Event) -> Result:
        """Give the process a query and wait for it, no longer than the limit."""
        self.ensure(snapshot)
        version = snapshot.name
        try:
            fault = self._opening()
            if fault:
                return Result("failed", message=f"图谱无法打开 · the graph cannot be opened: {fault}", version=version)
            self._pipe.send(request)
            until = monotonic() + self._seconds
            while not self._pipe.poll(min(_LOOKS_EVERY_S, max(until - monotonic(), 0))):
                if monotonic() >= until or gone.is_set():
                    self.kill()
                    message = f"超时，已停止 · the query was stopped after {self._seconds:g} s; narrow it, or ask for less."
                    return Result("timeout", message=message, version=version)
            result: Result = self._pipe.recv()
            return result
        except (EOFError, OSError):
            self.kill()
            return Result("crashed", message=_CRASHED, version=version)

    def _opening(self) -> str:
        """Wait until the process has its snapshot open; return what went wrong."""
        if self._ready:
            return ""
        if not self._pipe.poll(_STARTS_WITHIN_S):
            self.kill()
            return f"not open within {_STARTS_WITHIN_S} s"
        fault = str(self._pipe.recv())
        self._ready = not fault
        return fault
