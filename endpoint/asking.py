"""Questions asked in worker processes, for pages: an answer, or an error in words that a person can act on.

The pages never evaluate a query in their own process: one that runs too long, or ends its process, costs a worker and is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from endpoint.pool import Pool, Stopped, ask_saved
from endpoint.source import Graph
from queries.due import Due, Request, ask_due
from queries.run import Answer
from zhengmai.errors import QueryStopped

if TYPE_CHECKING:
    from queries.why import Reason
    from zhengmai.store import OpenStore

T = TypeVar("T")


def ask_in(pool: Pool, name: str, params: Mapping[str, str], own: Path) -> Answer:
    """Return the answer to a saved question.

    :raises BadQuery: when there is no such question, or a parameter does not fit.
    :raises QueryStopped: when it was stopped, or was too large.
    """
    return in_pool(pool, ask_saved, name, params, own)


def due_in(pool: Pool, request: Request, own: Path) -> Due:
    """Return what falls due. Raises as :func:`ask_in`."""
    return in_pool(pool, due_of, request, own)


def in_pool(pool: Pool, function: Callable[..., T], *args: object) -> T:
    """Return what ``function(graph, *args)`` gives in a worker. Raises what it raises, and QueryStopped when it met a limit."""
    try:
        return pool.call_now(function, *args)
    except Stopped as stopped:
        raise as_error(str(stopped)) from stopped


def due_of(graph: Graph, request: Request, own: Path) -> Due:
    """Return what falls due, in the order of arguments that a worker needs."""
    return ask_due(request, graph, own=own)


def why_of(graph: OpenStore, thing: str) -> tuple[Reason, ...]:
    """Return why every triple of a thing stands in the graph; ``thing`` as people type it (DOC:27, DOC:5.2).

    :raises BadQuery: when there is no such thing.
    """
    from queries.resolve import find_thing
    from queries.why import why

    return why(graph, find_thing(thing, graph, where="why")[1])


def as_error(message: str) -> QueryStopped:
    """Return what a worker said ("中文 · English") as an error of ours."""
    zh, _, en = message.partition(" · ")
    return QueryStopped(
        where="query",
        found=en or zh,
        expected="an answer within the limits",
        fix="ask for less: one document, one clause, fewer days",
        zh=f"{zh.rstrip('。')}。可缩小范围后再查。",
    )
