"""Which graph is served now: its keeper, the next one when there is another to serve, and what is wrong when it cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from endpoint.ask import Limits
from endpoint.keeping import Keeper
from endpoint.source import Change, Source

_LOOK_S = 0.25  # how often the served graph is looked for anew


class Served:
    """The graph that is served, one after another.

    :param source: gives what should be served now; asked often, so that a new build is taken up while the old one answers on.
    :param changed: called with the version when one is taken up, or with what is wrong with the one that could not be.
    :param fresh: called when new workers must be forked: the graph is another.
    :param ended: called with a worker's number, its exit code and last words.
    """

    def __init__(
        self,
        source: Callable[[], Source],
        limits: Limits,
        *,
        changed: Callable[[str, str], None],
        fresh: Callable[[], None],
        ended: Callable[[int, int, str], None],
    ) -> None:
        self.keeper: Keeper | None = None
        self.fault = ""  # why the newest graph is not served
        self._version = ""
        self._source, self._limits, self._changed, self._fresh, self._ended = source, limits, changed, fresh, ended
        self._refused: Source | None = None
        self._closed = False
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def version(self) -> str:
        """The graph that whoever asks now is answered from; while a change is made, the one before it."""
        return self._version if self.keeper else ""

    async def open(self) -> None:
        await self._renew()
        self.task(self._watch())

    def close(self) -> None:
        self._closed = True
        for task in self._tasks:
            task.cancel()
        if self.keeper:
            self.keeper.close()

    async def apply(self, change: Change, source: Source) -> None:
        """Change the graph into what ``source`` gives from now on; return when new queries are answered from that."""
        async with self._one_at_a_time:
            keeper = self.keeper
            if keeper is not None and not await keeper.apply(change, source):
                self._version = keeper.version
                self._fresh()
                self._changed(keeper.version, "")
                return
            if keeper is self.keeper:
                self.keeper = None  # it may hold half of it
            if keeper is not None:
                keeper.close()
        await self._renew()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            await self._renew()

    async def _renew(self) -> None:
        """Take up the graph that should be served now, when it is another or its keeper was lost."""
        async with self._one_at_a_time:
            try:
                source = await asyncio.to_thread(self._source)
            except Exception as error:  # what should be served cannot be told; what is served stays
                self._say_fault(str(error))
                return
            if self.keeper and self.keeper.source == source:
                self._refused, self.fault = None, ""  # what should be served is served, again perhaps
                return
            if source == self._refused:
                return
            keeper = Keeper(source, self._limits, self._ended, self._lost)
            fault = await keeper.ready()
            if fault:
                keeper.close()
                self._refused = source
                self._say_fault(fault)
                return
            before, self.keeper, self._version, self._refused, self.fault = self.keeper, keeper, keeper.version, None, ""
            self._fresh()
            if before:
                before.retire()
            self._changed(source.version, "")

    def _say_fault(self, fault: str) -> None:
        if fault != self.fault:
            self.fault = fault
            self._changed("", fault)

    def _lost(self, keeper: Keeper) -> None:
        """A keeper has died (its workers with it); another is started at the next look."""
        if keeper is self.keeper and not self._closed:
            self.keeper = None
            self.fault = "its process has ended; another is being started"
            self.task(self._renew())

    def task(self, work: Any) -> None:
        """Do something beside."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
