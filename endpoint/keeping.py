"""The pool's end of the process that keeps a graph: fork a worker, kill one, take up a change."""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from endpoint.ask import Limits
from endpoint.frames import APPLY, ENDED, FORK, HEAD, KILL, READY, STARTED, UNABLE, Incoming, frame
from endpoint.processes import BUFFER_BYTES, READ_BYTES, Said, Worker
from endpoint.source import Change, Source

# Large pages for the graph: a fork copies the list of its pages, and with 4 kB pages that takes 40 ms for a million quads instead of 2.
_TUNABLES = "glibc.malloc.hugetlb=1"


class Keeper:
    """The process that keeps one graph. ``ended`` is called with a worker's number, its exit code and last words."""

    def __init__(self, source: Source, limits: Limits, ended: Callable[[int, int, str], None], lost: Callable[[Keeper], None]) -> None:
        self.source, self.version = source, source.version
        self._loop = asyncio.get_running_loop()
        self._ended, self._lost = ended, lost
        self._numbers = count(1)
        self._incoming = Incoming()
        self._ready: asyncio.Future[str] = self._loop.create_future()
        self._applied: asyncio.Future[str] | None = None
        self.process_ids: dict[int, int] = {}
        self.pace_s = 0.0  # how long a job takes, on the average of the last few
        self._unknown: dict[int, Worker] = {}  # whose process is not known yet
        self._workers: set[Worker] = set()
        self._retired = False
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "endpoint.keeper", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(),
            )
        self._control.sendall(frame(b"G", pickle.dumps((source, limits))))
        self._control.setblocking(False)
        self._loop.add_reader(self._control.fileno(), self._readable)

    async def ready(self) -> str:
        """Wait until the graph is open; return what went wrong."""
        return await self._ready

    async def apply(self, change: Change, source: Source) -> str:
        """Change the graph into what ``source`` gives now; workers forked from here on have it. Return what went wrong."""
        self._applied = self._loop.create_future()
        self.source, self.version = source, source.version
        with tempfile.TemporaryFile() as file:
            pickle.dump(change, file)
            file.flush()
            socket.send_fds(self._control, [HEAD.pack(APPLY, 0)], [file.fileno()])
        return await self._applied

    def fork(self, said: Said) -> Worker:
        """Start a worker, which may be given a job at once."""
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setblocking(False)
            for end in (ours, theirs):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
            with suppress(OSError):
                socket.send_fds(self._control, [HEAD.pack(FORK, number)], [theirs.fileno()])
        worker = self._unknown[number] = Worker(number, ours, self, said)
        self._workers.add(worker)
        return worker

    def kill(self, worker: Worker) -> None:
        """End a worker, whatever it does."""
        with suppress(OSError):
            self._control.send(HEAD.pack(KILL, worker.number))
        self.part_with(worker)

    def part_with(self, worker: Worker) -> None:
        """Forget a worker that is gone."""
        worker.close()
        self._workers.discard(worker)
        if self._retired and not self._workers:
            self.close()

    def retire(self) -> None:
        """End when the last worker has: another graph is served now."""
        self._retired = True
        if not self._workers:
            self.close()

    def close(self) -> None:
        """End the keeper, and with it every worker."""
        if self._control.fileno() >= 0:
            self._loop.remove_reader(self._control.fileno())
            self._control.close()
        self._process.kill()
        self._process.wait()

    def _readable(self) -> None:
        try:
            data = self._control.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._loop.remove_reader(self._control.fileno())
            for waiting in (self._ready, self._applied):
                if waiting and not waiting.done():
                    waiting.set_result(f"the process that opens the graph ended with {self._process.wait()}")
            self._lost(self)
            return
        for kind, payload in self._incoming.feed(data):
            if kind in (READY, UNABLE):
                waiting = self._applied if self._ready.done() else self._ready
                if waiting and not waiting.done():
                    waiting.set_result(payload.decode(errors="replace"))
            elif kind == STARTED:
                number, process = payload.split()
                self.process_ids[int(number)] = int(process)
                if int(number) in self._unknown:
                    self._unknown.pop(int(number)).process_id = int(process)
            elif kind == ENDED:
                number, code, *words = payload.split(b" ", 2)
                self.process_ids.pop(int(number), None)
                self._ended(int(number), int(code), words[0].decode(errors="replace") if words else "")


def _environment() -> dict[str, str]:
    path = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry or Path.cwd())
    tunables = ":".join(filter(None, (os.environ.get("GLIBC_TUNABLES"), _TUNABLES)))
    return {**os.environ, "PYTHONPATH": path, "GLIBC_TUNABLES": tunables}
