"""The pool's end of a worker: a forked process, the line of jobs it was given, and whether the first of them is slow."""

from __future__ import annotations

import asyncio
import os
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import clock_gettime, monotonic
from typing import TYPE_CHECKING, Literal, TypeAlias

from endpoint.frames import AWAKE, STREAM, Incoming
from endpoint.jobs import Job

if TYPE_CHECKING:
    from endpoint.keeping import Keeper

READ_BYTES = 1 << 18
BUFFER_BYTES = 1 << 20
_STEPS_BACK = 8  # how far a slow query steps back behind the quick ones; further, it would starve beside other programs
_QUICK_CPU_S = 0.01  # a quick query takes no more of a processor, also on a busy machine (a thousand rows take 2 ms on an idle one)
# What a worker's owner is told: it has nothing left to do, its answer will come bit by bit, it is gone.
News: TypeAlias = Literal["free", "streams", "gone"]
Said: TypeAlias = Callable[["Worker", News], None]


class Worker:
    """One forked process and the socket to it. ``line``: what it was given, the first of which it works at."""

    __slots__ = (
        "_awake", "_incoming", "_loop", "_marked", "_said", "_sending", "_worked", "aside", "connection", "keeper", "line", "number",
        "process_id", "served", "spent", "version",
    )  # fmt: skip

    def __init__(self, number: int, connection: socket.socket, keeper: Keeper, said: Said) -> None:
        self.number, self.connection, self.keeper, self.version = number, connection, keeper, keeper.version
        self.line: deque[Job] = deque()
        self.aside = False
        self.served = 0
        self.spent = False  # its last job has changed its graph
        self.process_id = 0  # not known yet
        self._loop, self._said = asyncio.get_running_loop(), said
        self._marked: Job | None = None  # the job since which the processor time is known
        self._worked = 0.0
        self._awake = False  # it has not begun to work yet; what it uses until then is not its job's doing
        self._sending = False
        self._incoming = Incoming()
        self._loop.add_reader(connection.fileno(), self._readable)

    def give(self, job: Job, now: float) -> None:
        """Put a job into the line."""
        self.line.append(job)
        job.worker, job.version = self, self.version
        if len(self.line) == 1:
            job.began_at = now
        message = job.message
        try:
            sent = self.connection.send(message)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # it has just died; the end of the connection is on its way
        if sent < len(message):
            self._sending = True
            self._loop.create_task(self._send_rest(message[sent:]))

    def takes_more(self, now: float, fresh_s: float) -> bool:
        """Say whether another job may stand behind the one at work, which has only begun and is quick as far as one can tell."""
        first = self.line[0]
        return now - first.began_at < fresh_s and not (self._sending or self.aside or first.alone or first.streams())

    def take_back(self) -> list[Job]:
        """Return the jobs behind the first that somebody still waits for; what the process says of them will be passed over."""
        found = []
        for at in range(1, len(self.line)):
            job = self.line[at]
            if not job.ended:
                found.append(job)
                self.line[at] = _nobody_s(job)
                job.worker, job.stood = None, True
        return found

    def is_slow(self, now: float, patience_s: float) -> bool:
        """Say whether its job is a slow one: it has used a share of processor time, streams its answer, or waits for something.

        A quick one may wait long for a processor when the machine is busy, and is quick all the same; but not for ever.
        """
        job = self.line[0] if self.line else None
        if job is None or not self.process_id:
            return False
        if self._marked is not job or not self._awake:
            self._marked, self._worked = job, self._processor_time()
            return False
        passed = now - job.began_at
        return self._processor_time() - self._worked > _QUICK_CPU_S or passed > patience_s * 50 or (passed > patience_s and job.streams())

    def used_s(self) -> float:
        """Return the processor time its job has used, as far as that was looked at."""
        return self._processor_time() - self._worked

    def step_back(self) -> None:
        """Let it run only when the others need no processor."""
        if self.process_id:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process_id, min(os.getpriority(os.PRIO_PROCESS, 0) + _STEPS_BACK, 19))

    def close(self) -> None:
        self._loop.remove_reader(self.connection.fileno())
        self.connection.close()

    def _processor_time(self) -> float:
        try:
            return clock_gettime(~self.process_id << 3 | 2)  # Linux: the clock of another process
        except OSError:
            return monotonic()  # elsewhere: as if it never waited

    async def _send_rest(self, data: bytes) -> None:
        with suppress(OSError):
            await self._loop.sock_sendall(self.connection, data)
        self._sending = False

    def _readable(self) -> None:
        try:
            data = self.connection.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._said(self, "gone")
            return
        now, kind = monotonic(), b""
        for kind, payload in self._incoming.feed(data):
            if kind == AWAKE:
                self._awake = True
                continue
            if not self.line:
                continue
            job = self.line[0]
            if job.take(kind, payload):
                self._next(job, now)
            elif kind == STREAM:
                self._said(self, "streams")
            elif job.full(self._resume):
                self._loop.remove_reader(self.connection.fileno())
            if self.connection.fileno() < 0:  # whoever was told has closed it
                return
        if not self.line and kind != AWAKE:
            self._said(self, "free")

    def _next(self, ended: Job, now: float) -> None:
        self.line.popleft()
        ended.worker = None
        self.served += 1
        self.spent = self.spent or ended.alone
        self.keeper.pace_s += (now - ended.began_at - self.keeper.pace_s) / 16
        if self.line:
            self.line[0].began_at = now

    def _resume(self) -> None:
        if self.connection.fileno() >= 0:
            self._loop.add_reader(self.connection.fileno(), self._readable)


def _nobody_s(job: Job) -> Job:
    """Return what stands in a line instead of a job that was taken back."""
    left = Job(b"", job.asked_at, job.done)
    left.ended = True
    return left
