"""What all pages of the endpoint share: the workers, how it was set up, and what is known of the graph that is served now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from endpoint.ask import Request, Result, Stopped
from endpoint.http import Asking, Reply
from endpoint.lanes import Lanes
from endpoint.ontology_page import OntologyPage
from endpoint.others import Others
from endpoint.protocol import Asked
from endpoint.replies import refusal_of
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from queries.saved import SavedQuery

_KNOWN_S = 30
HOLDS_INTERNAL = f"ASK {{ ?document <{BASE_IRI}ns#access> <{BASE_IRI}scheme/access/internal> }}"


class Writer(Protocol):
    """Takes updates, where they are on (endpoint/writing.py). ``admit`` comes before a body is read."""

    def admit(self, asking: Asking) -> None: ...

    async def update(self, asking: Asking, asked: Asked) -> Reply: ...

    async def write(self, asking: Asking, name: str | None) -> Reply: ...

    async def create(self, asking: Asking) -> Reply: ...


@dataclass(slots=True)
class Service:
    """One running endpoint. ``known`` holds what was worked out about a graph, by name; another graph empties it."""

    lanes: Lanes
    union: bool = True
    queries_dir: Path | None = None
    writer: Writer | None = None
    others: Others = Others()  # that SERVICE may ask
    beyond: bool = False  # other machines can reach it
    about: dict[str, str] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    known_version: str = ""
    written: dict[str, tuple[tuple[SavedQuery, ...], bytes]] = field(default_factory=dict)  # pages made of the catalogue, by name
    known_at: float = 0.0
    ontology_page: OntologyPage = field(default_factory=lambda: OntologyPage(None))

    @property
    def lasting(self) -> bool:
        """Whether the same version is the same graph, so that answers may be kept and said to be unchanged."""
        return self.lanes.lasting

    async def learn(self, name: str, function: Callable[..., Any], *args: Any) -> Any:
        """Return what a function says of the graph that is served now, run in a worker, once a graph.

        :raises Refusal: when it cannot be told.
        """
        self._begin_anew()
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

    @property
    def internal(self) -> bool | None:
        """Whether the graph has internal documents; None while that is not known."""
        self._begin_anew()
        return self.known.get("internal")

    async def holds_internal(self) -> bool:
        """Say whether the graph has internal documents; yes until it is known."""
        self._begin_anew()
        known = self.known
        if "internal" not in known:
            answer = await self.lanes.ask(Request(HOLDS_INTERNAL))
            if answer.kind != "ok" or answer.version != self.known_version:
                return True
            known["internal"] = b"true" in answer.body
        return bool(known["internal"])

    def _begin_anew(self) -> None:
        """Forget what was known of another graph, or long ago of one that changes."""
        version, now = self.lanes.version, monotonic()
        if version != self.known_version or (not self.lasting and now - self.known_at > _KNOWN_S):
            self.known, self.known_version, self.known_at = {}, version, now
