"""The pool's end of its processes: a keeper and the workers it forks, as an event loop sees them."""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from endpoint.ask import Limits
from endpoint.frames import DATA, END, ENDED, FAILURE, FORK, HEAD, KILL, READY, STARTED, STREAM, UNABLE, YIELD, Incoming, frame
from endpoint.source import Source

_READ_BYTES = 1 << 18
_HELD_BYTES = 4_000_000  # of a streamed answer that its asker has not taken yet
_BUFFER_BYTES = 1 << 20


class Job:
    """Something one worker is asked: ``done`` when its first message is there; the rest of a streamed answer by :meth:`chunk`."""

    __slots__ = ("_chunks", "_held", "_more", "_resume", "asked_at", "began_at", "done", "ended", "message", "version", "worker")

    def __init__(self, message: bytes, now: float, done: asyncio.Future[tuple[bytes, bytes]]) -> None:
        self.message, self.asked_at, self.began_at, self.done = message, now, 0.0, done
        self.ended = False
        self.version = ""
        self.worker: Worker | None = None
        self._chunks: deque[tuple[bytes, bytes]] = deque()
        self._held = 0
        self._more: asyncio.Event | None = None
        self._resume: Callable[[], None] | None = None

    def streams(self) -> bool:
        return self._more is not None

    def take(self, kind: bytes, payload: bytes) -> bool:
        """Take a message from the worker; True when it was the last."""
        if kind in (DATA, END) or (kind == FAILURE and self._more):
            self._chunks.append((kind, payload))
            self._held += len(payload)
            if self._more:
                self._more.set()
            self.ended = kind != DATA
            return self.ended
        if kind == STREAM:
            self._more = asyncio.Event()
        if not self.done.done():
            self.done.set_result((kind, payload))
        self.ended = kind != STREAM
        return self.ended

    def take_failure(self, payload: bytes) -> None:
        """Take the pool's word that nothing more comes."""
        self.ended = True
        if not self.done.done():
            self.done.set_result((FAILURE, payload))
        elif self._more:
            self._chunks.append((FAILURE, payload))
            self._more.set()

    def full(self, resume: Callable[[], None]) -> bool:
        """Say whether its asker is so slow that the worker must wait; ``resume`` is called when it need no longer."""
        if self._held > _HELD_BYTES:
            self._resume = resume
            return True
        return False

    async def chunk(self) -> tuple[bytes, bytes]:
        """Return the next message of a streamed answer."""
        assert self._more is not None
        while not self._chunks:
            self._more.clear()
            await self._more.wait()
        kind, payload = self._chunks.popleft()
        self._held -= len(payload)
        if self._resume and self._held < _HELD_BYTES // 2:
            self._resume()
            self._resume = None
        return kind, payload


class Worker:
    """One forked process and the socket to it."""

    __slots__ = ("_incoming", "_loop", "_said", "_worked", "connection", "heavy", "job", "number", "process_id", "served")

    def __init__(
        self, number: int, connection: socket.socket, loop: asyncio.AbstractEventLoop, said: Callable[[Worker, bool], None]
    ) -> None:
        self.number, self.connection, self._loop, self._said = number, connection, loop, said
        self.job: Job | None = None
        self.heavy = False
        self.served = 0
        self.process_id = 0  # not known yet
        self._worked = 0.0
        self._incoming = Incoming()
        loop.add_reader(connection.fileno(), self._readable)

    def give(self, job: Job, now: float) -> None:
        """Give an idle worker something to do."""
        self.job, job.worker, job.began_at = job, self, now
        self.served += 1
        self._worked = self._processor_time()
        message = job.message
        try:
            sent = self.connection.send(message)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # it has just died; the end of the connection is on its way
        if sent < len(message):
            self._loop.create_task(self._send_rest(message[sent:]))

    def is_slow(self, now: float, patience_s: float) -> bool:
        """Say whether its job is a slow one: it has used a share of that much processor time, or streams its answer.

        A quick one may wait long for a processor when the machine is busy, and is quick all the same; but not for ever.
        """
        if self.job is None or not self.process_id:
            return False
        passed = now - self.job.began_at
        if passed < patience_s:
            return False
        return self.job.streams() or passed > patience_s * 50 or self._processor_time() - self._worked > patience_s / 4

    def _processor_time(self) -> float:
        if not self.process_id:
            return 0.0
        try:
            return time.clock_gettime(~self.process_id << 3 | 2)  # Linux: the clock of another process
        except OSError:
            return time.monotonic()  # elsewhere: as if it never waited

    async def _send_rest(self, data: bytes) -> None:
        with suppress(OSError):
            await self._loop.sock_sendall(self.connection, data)

    def close(self) -> None:
        self._loop.remove_reader(self.connection.fileno())
        self.connection.close()

    def _readable(self) -> None:
        try:
            data = self.connection.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._said(self, True)
            return
        for kind, payload in self._incoming.feed(data):
            job = self.job
            if job is None:
                continue
            if job.take(kind, payload):
                self.job = job.worker = None
                self._said(self, False)
            elif job.full(self._resume):
                self._loop.remove_reader(self.connection.fileno())

    def _resume(self) -> None:
        if self.connection.fileno() >= 0:
            self._loop.add_reader(self.connection.fileno(), self._readable)


class Keeper:
    """The process that keeps one graph. ``ended`` is called with a worker's number, its exit code and last words."""

    def __init__(self, source: Source, limits: Limits, ended: Callable[[int, int, str], None], lost: Callable[[Keeper], None]) -> None:
        self.source = source
        self._loop = asyncio.get_running_loop()
        self._ended, self._lost = ended, lost
        self._numbers = count(1)
        self._incoming = Incoming()
        self._ready: asyncio.Future[str] = self._loop.create_future()
        self.process_ids: dict[int, int] = {}
        self._workers: dict[int, Worker] = {}
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "endpoint.keeper", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry or Path.cwd())},
            )
        self._control.sendall(frame(b"G", pickle.dumps((source, limits))))
        self._control.setblocking(False)
        self._loop.add_reader(self._control.fileno(), self._readable)

    async def ready(self) -> str:
        """Wait until the graph is open; return what went wrong."""
        return await self._ready

    def fork(self, said: Callable[[Worker, bool], None]) -> Worker:
        """Start a worker, which may be given a job at once."""
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setblocking(False)
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
            with suppress(OSError):
                socket.send_fds(self._control, [HEAD.pack(FORK, number)], [theirs.fileno()])
        worker = self._workers[number] = Worker(number, ours, self._loop, said)
        return worker

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does."""
        worker.close()
        self._say(KILL, worker)

    def put_aside(self, worker: Worker) -> None:
        """Let a worker run only when the others need no processor."""
        self._say(YIELD, worker)

    def close(self) -> None:
        """End the keeper, and with it every worker."""
        if self._control.fileno() >= 0:
            self._loop.remove_reader(self._control.fileno())
            self._control.close()
        self._process.kill()
        self._process.wait()

    def _say(self, kind: bytes, worker: Worker) -> None:
        with suppress(OSError):
            self._control.send(HEAD.pack(kind, worker.number))

    def _readable(self) -> None:
        try:
            data = self._control.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self._control.fileno())
            if not self._ready.done():
                self._ready.set_result(f"the process that opens the graph ended with {self._process.wait()}")
            self._lost(self)
            return
        for kind, payload in self._incoming.feed(data):
            if kind in (READY, UNABLE):
                self._ready.set_result(payload.decode(errors="replace"))
            elif kind == STARTED:
                number, process = payload.split()
                self.process_ids[int(number)] = int(process)
                if int(number) in self._workers:
                    self._workers.pop(int(number)).process_id = int(process)
            elif kind == ENDED:
                number, code, *words = payload.split(b" ", 2)
                self.process_ids.pop(int(number), None)
                self._ended(int(number), int(code), words[0].decode(errors="replace") if words else "")
