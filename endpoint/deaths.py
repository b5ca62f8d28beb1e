"""How workers died: a connection ends, and a moment later the keeper says with which code and words. What is told to those who waited."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from endpoint.ask import LIMITS, Kind, Limits, Result
from endpoint.jobs import Job
from endpoint.processes import Worker

_LAST_WORDS_S = 0.5


class Deaths:
    """The last words of workers, waited for by those who lost an answer."""

    def __init__(self) -> None:
        self._waited: dict[Worker, asyncio.Future[tuple[int, str]]] = {}

    def expect(self, worker: Worker) -> None:
        """A worker has died; somebody will ask why."""
        self._waited[worker] = asyncio.get_running_loop().create_future()

    def said(self, number: int, code: int, words: str) -> None:
        """A process has ended, with a code and its last words."""
        for worker, waiting in self._waited.items():
            if worker.number == number and not waiting.done():
                waiting.set_result((code, words))

    async def of(self, worker: Worker) -> tuple[int, str]:
        """Return the code and last words of one that was expected; 0 and none when they do not come."""
        code, words = 0, ""
        with suppress(TimeoutError):
            code, words = await asyncio.wait_for(self._waited[worker], _LAST_WORDS_S)
        self._waited.pop(worker, None)
        return code, words


def fail(job: Job, kind: Kind, message: str, limit: str = "") -> None:
    """Tell whoever waits for a job that nothing more comes, and why."""
    if not job.ended:
        job.take_failure(f"{kind}\0{message}\0{limit}".encode())


def busy(limits: Limits) -> str:
    """Return what one is told who finds too many waiting."""
    return f"服务繁忙，请稍后再试 · busy: {limits.waiting} queries are waiting already; try again later."


def full(limits: Limits, version: str) -> Result:
    """Return the same as a result."""
    return Result("busy", message=busy(limits), version=version, limit=LIMITS["busy"])
