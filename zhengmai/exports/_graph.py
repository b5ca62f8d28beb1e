"""What an export may show: the current snapshot without internal documents, unless asked for by name.

Every export, ``publish`` and whatever else hands the graph to others starts here, so that the rule stands in one place.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from zhengmai.access import Shared, internal_slugs, without_internal
from zhengmai.errors import UsageError
from zhengmai.store import OpenStore, current_snapshot
from zhengmai.workspace import Workspace, current_workspace, read_sources

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store


@dataclass(frozen=True)
class SharedGraph:
    """A graph that may leave: sorted N-Quads lines without line ends, the version of the snapshot they come from, and what was left out."""

    version: str
    path: Path
    lines: list[str]
    left_out: tuple[str, ...]

    @property
    def said(self) -> tuple[str, str]:
        """Return how many internal documents were left out, in Chinese and English; two empty texts when none was."""
        return Shared([], self.left_out).said

    @cached_property
    def store(self) -> Store:
        """The same in memory, to be asked; the default graph is not the union unless a query says so."""
        from pyoxigraph import RdfFormat, Store

        store = Store()
        store.bulk_load("\n".join(self.lines).encode(), format=RdfFormat.N_QUADS)
        return store

    def opened(self) -> OpenStore:
        """Return the same as an open store, for what asks saved questions: the default graph is the union."""
        return OpenStore(self.version, self.path, "memory", self.store)

    def quads(self) -> Iterator[Quad]:
        """Yield the quads graph by graph, in an order that the same graph always has."""
        from pyoxigraph import RdfFormat, parse

        ordered = sorted(self.lines, key=lambda line: (line[line.rindex(" <") :], line))
        return parse("\n".join(ordered).encode(), format=RdfFormat.N_QUADS)


def shared_graph(workspace: Workspace | None = None, *, named: Collection[str] = ()) -> SharedGraph:
    """Return what of a workspace's graph may leave this machine.

    :param named: slugs of internal documents that were asked for by name.
    :raises UsageError: when no document has such a slug.
    :raises BadStore: when nothing was built yet.
    """
    workspace = workspace or current_workspace()
    snapshot = current_snapshot(workspace.built_dir)
    shared = shared_snapshot(snapshot, workspace, named=named)
    return SharedGraph(snapshot.name, snapshot, shared.lines, shared.left_out)


def shared_snapshot(snapshot: Path, workspace: Workspace, *, named: Collection[str] = ()) -> Shared:
    """Return what of one snapshot may leave; see :func:`shared_graph`."""
    from lineage.reasoning import inferred_lineage

    entries = read_sources(workspace)
    _known(named, [entry.slug for entry in entries])
    lines = (snapshot / "graph.nq").read_text(encoding="utf-8").split("\n")[:-1]
    return without_internal(lines, internal_slugs(entries, named=named), infer=inferred_lineage, named=named)


def _known(named: Collection[str], slugs: list[str]) -> None:
    for slug in sorted(set(named) - set(slugs)):
        near = difflib.get_close_matches(slug, slugs, n=1, cutoff=0.4)
        raise UsageError(
            where="zhengmai export",
            found=f"{slug!r}, which names no document",
            expected=", ".join(slugs) or "a document of sources.yaml",
            fix=f"did you mean {near[0]}?" if near else "use a slug of sources.yaml",
            zh="sources.yaml 中没有这个文件代号。",
        )
