"""What all pages of the endpoint share: the workers, how it was set up, and what is known of the graph that is served now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from endpoint.ask import Request, Result, Stopped
from endpoint.http import Asking, Reply
from endpoint.lanes import Lanes
from endpoint.protocol import Asked
from endpoint.replies import refusal_of
from zhengmai.settings import BASE_IRI

HOLDS_INTERNAL = f"ASK {{ ?document <{BASE_IRI}ns#access> <{BASE_IRI}scheme/access/internal> }}"


class Writer(Protocol):
    """Takes updates, where they are on (endpoint/writing.py)."""

    async def update(self, asking: Asking, asked: Asked) -> Reply: ...

    async def put(self, asking: Asking, graph: str | None) -> Reply: ...


@dataclass(slots=True)
class Service:
    """One running endpoint. ``known`` holds what was worked out about a graph, by name; another graph empties it."""

    lanes: Lanes
    union: bool = True
    queries_dir: Path | None = None
    writer: Writer | None = None
    federated: bool = False
    about: dict[str, str] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    known_version: str = ""
    ontology_page: bytes = b""

    async def learn(self, name: str, function: Callable[..., Any], *args: Any) -> Any:
        """Return what a function says of the graph that is served now, run in a worker, once a graph.

        :raises Refusal: when it cannot be told.
        """
        version = self.lanes.version
        if version != self.known_version:
            self.known, self.known_version = {}, version
        known = self.known
        if name not in known:
            known[name] = await self.run(function, *args)
        return known[name]

    async def run(self, function: Callable[..., Any], *args: Any) -> Any:
        """Run a function in a worker.

        :raises Refusal: when it met a limit.
        """
        try:
            return await self.lanes.call(function, *args)
        except Stopped as stopped:
            raise refusal_of(Result(stopped.kind, message=str(stopped), limit=stopped.limit)) from stopped

    async def holds_internal(self) -> bool:
        """Say whether the graph has internal documents; yes until it is known."""
        version = self.lanes.version
        if self.known_version == version and "internal" in self.known:
            return bool(self.known["internal"])
        answer = await self.lanes.ask(Request(HOLDS_INTERNAL))
        if answer.kind != "ok" or answer.version != version:
            return True
        if version != self.known_version:
            self.known, self.known_version = {}, version
        self.known["internal"] = b"true" in answer.body
        return bool(self.known["internal"])
