"""Tools for assistants, by the Model Context Protocol: the saved questions, chains, and what stands behind a thing. They only read.

Each answer carries the quotes of both documents and their places, the version of the graph, and the sentence that says what a link means
and does not mean. Everything runs in the pool's workers, under its limits.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from endpoint.pool import Pool, Stopped
from endpoint.source import Graph
from endpoint.told import pick_list
from zhengmai.errors import ZhengmaiError
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from mcp.server import MCPServer

MEANING = "承接指文本对应，不表示职责已经履行。A link says that words correspond, not that a duty was performed."
_INSTRUCTIONS = (
    "政脉 zhengmai: which local task answers which national clause, who leads it, by when, with the words of both documents. "
    f"{MEANING} Quote the words and places an answer gives; say 未见承接 where nothing is found, never 未落实. "
    "Start with list_questions; values_for gives what a parameter may be; clauses are written 5.2 or 五(二), tasks 27; "
    "DOC:27 names the document."
)
_MOST_ROWS = 200


def make_server(pool: Pool, own: Path | None, index: Path) -> MCPServer:
    """Return the server; ``own`` is the workspace's folder of questions, ``index`` where the search index is kept."""
    from mcp.server import MCPServer
    from mcp.types import ToolAnnotations

    from zhengmai import __version__

    server = MCPServer("zhengmai", title="政脉 zhengmai", instructions=_INSTRUCTIONS, version=__version__, log_level="ERROR")
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

    def ask(function: Any, *args: Any) -> str:
        """Run in a worker; what is wrong with the question is an answer an assistant can act on."""
        try:
            said = pool.call_now(function, *args)
        except ZhengmaiError as error:
            said = {"error": {"found": error.found, "expected": error.expected, "fix": error.fix, "zh": error.zh}}
        except Stopped as stopped:
            said = {"error": {"found": str(stopped), "limit": stopped.limit}}
        return json.dumps(said, ensure_ascii=False, indent=1)

    @server.tool(annotations=reads, structured_output=False)
    def list_questions() -> str:
        """列出专题查询 · The saved questions there are, with their parameters."""
        return ask(questions, own)

    @server.tool(annotations=reads, structured_output=False)
    def ask_question(name: str, params: dict[str, str] | None = None, limit: int = 50, offset: int = 0) -> str:
        """专题查询 · Ask a saved question, such as which-tasks-implement-clause with {"clause": "5.2"}; rows carry quotes and places."""
        return ask(answer, name, params or {}, own, max(1, min(limit, _MOST_ROWS)), max(0, offset))

    @server.tool(annotations=reads, structured_output=False)
    def values_for(name: str, param: str) -> str:
        """参数取值 · The values a question's parameter may take, with labels."""
        return ask(values, name, param, own)

    @server.tool(annotations=reads, structured_output=False)
    def trace(thing: str, direction: str = "both", depth: int = 8) -> str:
        """承接链条 · The chain of a task, clause, department or document, with evidence; direction is up, down or both."""
        return ask(chain, thing, direction, max(0, min(depth, 20)))

    @server.tool(annotations=reads, structured_output=False)
    def why(thing: str) -> str:
        """依据 · Why the graph says what it says of a task, clause, department or IRI: source words, rule, or reviewer."""
        return ask(basis, thing)

    @server.tool(annotations=reads, structured_output=False)
    def search(words: str, limit: int = 20) -> str:
        """检索 · Provisions, tasks and documents whose words hold all of some words (separated by blanks)."""
        return ask(find, words, max(1, min(limit, _MOST_ROWS)), index)

    return server


def questions(_: Graph, own: Path | None) -> list[dict[str, Any]]:
    """Return the catalogue. Run in a worker."""
    from queries.catalogue import as_json, load_catalogue

    return [json.loads(json.dumps(as_json(query))) for query in load_catalogue(own)[0]]


def answer(graph: Graph, name: str, params: dict[str, str], own: Path | None, limit: int, offset: int) -> dict[str, Any]:
    """Return the rows of an answer. Run in a worker."""
    from queries.run import run_query

    found = run_query(name, params, graph, own=own)
    rows = [
        {**row, "iris": iris} for row, iris in zip(found.rows[offset : offset + limit], found.iris[offset : offset + limit], strict=True)
    ]
    return {
        "question": {"zh": str(found.query.title.zh), "en": str(found.query.title.en)},
        "params": found.params,
        "rows": rows,
        "counts": {**found.counts, "shown": len(rows), "offset": offset},
        "notes": [str(note.zh) for note in found.notes],
        "graph_version": found.graph_version,
        "meaning": MEANING,
    }


def values(graph: Graph, name: str, param: str, own: Path | None) -> list[dict[str, str]]:
    """Return a pick-list. Run in a worker."""
    from queries.catalogue import find_query
    from zhengmai.errors import BadQuery

    known = [one.name for one in find_query(name, own).params]
    if param not in known:
        raise BadQuery(
            where=name, found=repr(param), expected=", ".join(known) or "no parameter", fix="use one of these", zh="没有这个参数。"
        )
    return pick_list(graph, name, param, own)


def chain(graph: Graph, thing: str, direction: str, depth: int) -> dict[str, Any]:
    """Return the chains of a thing. Run in a worker."""
    from queries.resolve import find_thing
    from queries.trace import as_json, trace

    _, iri = find_thing(thing, graph, where="trace")
    found = trace(graph, iri, up=direction != "down", down=direction != "up", depth=depth)  # type: ignore[arg-type]
    return {
        "up": as_json(found.up),
        "down": as_json(found.down),
        "left_out": found.left_out,
        "skips_level": found.skips_level,
        "graph_version": found.graph_version,
        "meaning": MEANING,
    }


def basis(graph: Graph, thing: str) -> dict[str, Any]:
    """Return why each statement about a thing is there, down to source words or a decision. Run in a worker."""
    from queries.resolve import find_thing
    from queries.why import as_json, why

    iri = thing if thing.startswith(BASE_IRI) else find_thing(thing, graph, where="why")[1]
    reasons = why(graph, iri)  # type: ignore[arg-type]
    return {"iri": iri, "reasons": [as_json(reason) for reason in reasons], "graph_version": graph.version, "meaning": MEANING}


def find(graph: Graph, words: str, limit: int, folder: Path) -> dict[str, Any]:
    """Return what holds all of some words, best first. Run in a worker."""
    from dataclasses import asdict

    from queries.search import search

    return asdict(search(graph, folder, words, limit=limit))  # type: ignore[arg-type]
