"""The graph from Python: ``import zhengmai; graph = zhengmai.open_graph(); graph.ask("lead-drift")``.

Answers are pandas tables, with ids, codes and texts as in ``zhengmai query --format csv``. pandas is imported when the first table is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengmai.store import Engine, OpenStore, current_snapshot, earlier_versions, open_snapshot
from zhengmai.workspace import Workspace, current_workspace

if TYPE_CHECKING:
    import pandas

    from queries.run import Answer
    from queries.trace import Trace


@dataclass(frozen=True)
class Graph:
    """One version of a workspace's graph, open for questions."""

    store: OpenStore
    workspace: Workspace

    @property
    def version(self) -> str:
        return self.store.version

    def questions(self, tag: str | None = None) -> pandas.DataFrame:
        """Return the saved questions, one row each: name, title in both languages, parameters, tags."""
        import pandas

        from queries.catalogue import load_catalogue

        rows = [
            {
                "name": query.name,
                "title_zh": query.title.zh,
                "title_en": query.title.en,
                "params": ", ".join(param.name if param.required else f"[{param.name}]" for param in query.params),
                "tags": ", ".join(query.tags),
            }
            for query in load_catalogue(self.workspace.queries_dir, tag=tag)[0]
        ]
        return pandas.DataFrame(rows, columns=["name", "title_zh", "title_en", "params", "tags"])

    def ask(self, name: str, /, **params: object) -> pandas.DataFrame:
        """Return the answer to a saved question, one row each, columns by name.

        ``attrs`` has what the rows do not say: title, the parameters as understood, counts, notes, the version of the graph.

        :raises BadQuery: when there is no such question, or a parameter does not fit; the message says what was meant.
        """
        import pandas

        answer = self.answer(name, **params)
        table = pandas.DataFrame(list(answer.rows), columns=[column.name for column in answer.columns])
        table.attrs = {
            "query": f"{answer.query.name} {answer.query.version}",
            "title": {"zh": answer.query.title.zh, "en": answer.query.title.en},
            "params": answer.params,
            "counts": answer.counts,
            "notes": [{"zh": note.zh, "en": note.en} for note in answer.notes],
            "graph_version": answer.graph_version,
        }
        return table

    def answer(self, name: str, /, **params: object) -> Answer:
        """Return the same as plain records, with the IRIs behind the ids and the SPARQL as bound."""
        from queries.run import run_query

        given = {key: str(value) for key, value in params.items() if value is not None}
        return run_query(name, given, self.store, own=self.workspace.queries_dir)

    def trace(self, thing: str, *, up: bool = True, down: bool = True, depth: int = 8, confidence: float = 0.0) -> Trace:
        """Return the chains of a task, clause, department or document, such as 27, DOC:27 or 5.2; ``up`` and ``down`` are their roots.

        :raises BadQuery: when the thing is not in the graph, or several fit.
        """
        from queries.resolve import find_thing
        from queries.trace import trace

        _, iri = find_thing(thing, self.store, where="trace")
        return trace(self.store, iri, up=up, down=down, depth=depth, confidence=confidence)


def open_graph(workspace: str | Path | None = None, *, version: str | None = None, engine: Engine = "auto") -> Graph:
    """Open the graph of a workspace (that of ZHENGMAI_WORKSPACE, or of the checkout, when None).

    :param version: the (first digits of the) version of a graph that is kept; the current one when None.
    :raises BadStore: when nothing was built yet.
    :raises BadQuery: when no kept graph has that version.
    """
    from zhengmai.errors import BadQuery

    home = Workspace(Path(workspace).resolve()) if workspace is not None else current_workspace()
    snapshot = current_snapshot(home.built_dir)
    if version is not None:
        kept = [snapshot.name, *reversed(earlier_versions(home.built_dir))]
        hits = [name for name in kept if name.startswith(version.lower())]
        if len(hits) != 1:
            raise BadQuery(
                where="graph version",
                found=repr(version),
                expected=f"one of the graphs kept: {', '.join(kept)}",
                fix=f"write {kept[0]}",
                zh="没有留存这个图谱版本。",
            )
        snapshot = snapshot.parent / hits[0]
    return Graph(open_snapshot(snapshot, engine=engine), home)


def ask(name: str, /, **params: object) -> pandas.DataFrame:
    """Return the answer to a saved question about the current graph; ``open_graph().ask`` where you ask more than once."""
    return open_graph(engine="disk").ask(name, **params)


def trace(thing: str, /, **how: Any) -> Trace:
    """Return the chains of a thing in the current graph; see ``Graph.trace``."""
    return open_graph(engine="disk").trace(thing, **how)


def extract(file: str | Path) -> dict[str, Any]:
    """Return the records of one document as ``zhengmai extract --format json`` prints them; nothing is stored.

    :raises ZhengmaiError: when the file cannot be read.
    """
    from loaders.extract import extract_file
    from loaders.to_json import extraction_json

    return extraction_json(extract_file(Path(file)))


def align(upper: str | Path, lower: str | Path) -> dict[str, Any]:
    """Return the links of two documents as ``zhengmai align --format json`` prints them; nothing is stored.

    :raises ZhengmaiError: when a file cannot be read.
    """
    from lineage.align import align as align_documents
    from lineage.to_json import pair_json
    from loaders.extract import extract_file

    return pair_json(align_documents(extract_file(Path(upper)), extract_file(Path(lower))))
