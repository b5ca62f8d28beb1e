"""A pool of worker processes as an open graph: what a saved question is asked of where many people ask (the pages).

The pages never evaluate a query in their own process: a query that runs too long, or ends its process, costs one worker and is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from endpoint.pool import Pool, Request, Result
from zhengmai.errors import QueryStopped

if TYPE_CHECKING:
    import pyoxigraph


class PooledStore:
    """Answers SELECT and ASK through a pool; ``version`` is the graph it would ask now."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    @property
    def version(self) -> str:
        return self.pool.version

    def query(self, sparql: str, **_options: Any) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean:
        """Return the solutions; the default graph is the union of all named graphs.

        :raises SyntaxError: when the query is not SPARQL 1.1.
        :raises QueryStopped: when it was stopped, refused, or too large.
        """
        from pyoxigraph import QueryResultsFormat, parse_query_results

        result = self.pool.ask_now(Request(sparql))
        if result.kind != "ok":
            raise _as_error(result)
        return parse_query_results(result.body, format=QueryResultsFormat.JSON)


def _as_error(result: Result) -> Exception:
    if result.kind == "bad-query":
        return SyntaxError(result.message)
    zh, _, en = result.message.partition(" · ")
    return QueryStopped(
        where="query",
        found=en or zh,
        expected="an answer within the limits",
        fix="ask for less: one document, one clause, fewer days",
        zh=f"{zh}。可缩小范围后再查。",
    )
