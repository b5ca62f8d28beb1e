"""The process that keeps the graph: opens it once and forks the workers that answer from it, so that they share its memory.

A forked worker is ready in milliseconds, which makes killing one cheap. This process answers nothing itself, runs one thread, and ends
(its workers with it) when the pool that started it is gone. Run as ``python -m endpoint.keeper DESCRIPTOR``.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import selectors
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from endpoint.ask import Limits
from endpoint.frames import APPLY, ENDED, FORK, HEAD, KILL, READY, STARTED, UNABLE, frame, read_frame
from endpoint.source import Change, Graph, Source
from endpoint.worker import work
from zhengmai.store import OpenStore

_PR_SET_PDEATHSIG = 1
_LAST_WORDS = 2000
_BEHIND = 2  # workers let the keeper and whoever talks to clients go first: they have little to do, and everybody waits for it


@dataclass(frozen=True, slots=True)
class _Child:
    number: int
    words: IO[bytes]


def main(descriptor: int) -> None:
    """Keep the graph for the pool at the other end of a socket, which first says what it is."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the end of the connection ends this
    control = socket.socket(fileno=descriptor)
    first = read_frame(control)
    if first is None:
        return
    source, limits = pickle.loads(first[1])
    _make_ready()
    try:
        graph = source.load()
    except Exception as error:  # whatever is wrong with it, the pool is told
        control.sendall(frame(UNABLE, str(error).encode(errors="replace")))
        return
    gc.collect()
    gc.freeze()  # whoever looks for garbage touches everything, and a forked worker would copy all of it
    control.sendall(frame(READY))
    _Keeper(control, source, graph, limits).run()


def _make_ready() -> None:
    """Have at hand what every saved question needs: a worker that has answered one is seldom there for the next, and would begin anew."""
    import queries.run
    import queries.writers  # noqa: F401
    from ontology.labels import labels

    labels()


class _Keeper:
    def __init__(self, control: socket.socket, source: Source, graph: Graph | None, limits: Limits) -> None:
        self._control, self._source, self._graph, self._limits = control, source, graph, limits
        self._children: dict[int, _Child] = {}  # by process
        self._processes: dict[int, int] = {}  # by number
        self._woken, self._wake = socket.socketpair()
        self._wake.setblocking(False)
        self._woken.setblocking(False)

    def run(self) -> None:
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        look = selectors.DefaultSelector()
        look.register(self._control, selectors.EVENT_READ)
        look.register(self._woken, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in look.select()}
            if self._woken in ready:
                with suppress(BlockingIOError):
                    self._woken.recv(4096)
                self._reap()
            if self._control in ready and not self._obey():
                break
        for process in self._children:
            os.kill(process, signal.SIGKILL)

    def _obey(self) -> bool:
        """Do what the pool says; False when it is gone."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, HEAD.size, 1)
        except OSError:
            return False
        if len(data) < HEAD.size:
            return False
        kind, number = HEAD.unpack(data)
        process = self._processes.get(number)
        if kind == FORK:
            self._fork(number, descriptors[0])
        elif kind == KILL and process:
            os.kill(process, signal.SIGKILL)
        elif kind == APPLY:
            self._apply(descriptors[0])
        return True

    def _apply(self, descriptor: int) -> None:
        """Take up a change of the graph; the workers that are there keep what they have."""
        try:
            with os.fdopen(descriptor, "rb") as file:
                file.seek(0)
                change: Change = pickle.load(file)
            assert isinstance(self._graph, OpenStore), "only a graph in memory is changed"
            change.make(self._graph.store)
        except Exception as error:  # the pool opens the graph anew
            self._tell(frame(UNABLE, f"{type(error).__name__}: {error}".encode(errors="replace")))
        else:
            self._tell(frame(READY))

    def _fork(self, number: int, descriptor: int) -> None:
        words = tempfile.TemporaryFile()  # noqa: SIM115  (kept until its writer ends)
        try:
            process = os.fork()
        except OSError as error:
            os.close(descriptor)
            self._tell(frame(ENDED, f"{number} 0 {error}".encode()))
            return
        if process == 0:
            self._be_worker(socket.socket(fileno=descriptor), words)
        os.close(descriptor)
        self._children[process] = _Child(number, words)
        self._processes[number] = process
        self._tell(frame(STARTED, b"%d %d" % (number, process)))

    def _be_worker(self, connection: socket.socket, words: IO[bytes]) -> None:
        """Go on as a worker; this does not return."""
        try:
            parent = os.getppid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            with suppress(OSError, AttributeError):
                ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(0)
            for one in (self._control, self._woken, self._wake):
                one.close()
            os.dup2(words.fileno(), 2)
            os.nice(_BEHIND)
            work(connection, self._source, self._graph, self._limits)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            child = self._children.pop(process)
            self._processes.pop(child.number, None)
            code = os.waitstatus_to_exitcode(status)
            child.words.seek(0)
            said = child.words.read(_LAST_WORDS)
            child.words.close()
            self._tell(frame(ENDED, b"%d %d %s" % (child.number, code, said)))

    def _tell(self, message: bytes) -> None:
        with suppress(OSError):  # gone; the next look at the connection says so
            self._control.sendall(message)


if __name__ == "__main__":
    main(int(sys.argv[1]))
