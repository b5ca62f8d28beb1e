"""SERVICE without an engine that connects: each clause is asked of its server, and stands in the query as the rows that came back.

That is what SPARQL 1.1 says SERVICE means: ``SELECT *`` of its pattern, joined. Blank nodes of another server get names of their own.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from endpoint.others import Fetched, NotAllowed, Others, Unanswered
from endpoint.precheck import Shape, precheck
from endpoint.service_clauses import Clause, clauses

_ACCEPT = "application/sparql-results+json"
NOT_ASKED = "X-Service-Not-Asked"  # a header of an answer


@dataclass(frozen=True, slots=True)
class Joined:
    """A query whose SERVICE clauses are marks (comments), the rows that stand for each, and the servers that might not be asked."""

    query: str
    rows: tuple[tuple[str, str], ...]
    not_asked: tuple[str, ...] = ()


def names_others(query: str, others: Others) -> bool:
    """Say whether a query may have a SERVICE clause that is to be looked at here; all others are refused by the workers."""
    folded = query.casefold()
    return "service" in folded and (bool(others) or "silent" in folded)


async def ask_others(query: str, others: Others, shape: Shape) -> Joined:
    """Ask the servers a query names, as far as they may be asked.

    :raises BadService: when a clause is not as it must be.
    :raises NotAllowed: when a server may not be asked, and its clause is not SILENT.
    :raises Unanswered: when one gives no answer, and its clause is not SILENT.
    :raises Refused: when the query is too large or too deep.
    """
    await asyncio.to_thread(precheck, query, shape, services=True)
    found = await asyncio.to_thread(clauses, query)
    for clause in found:
        if not clause.silent:
            others.admit(clause.address)
    answers = await asyncio.gather(*(_answer(clause, others) for clause in found))
    parts, marks, at = [], [], 0
    for number, (clause, values) in enumerate(zip(found, answers, strict=True)):
        mark = f"#{hashlib.sha256(f'{number} {query}'.encode(errors='replace')).hexdigest()}\n"
        if isinstance(values, str):
            parts += [query[at : clause.start], "{ ", mark, " }"]
            marks.append((mark, f"{values}\n"))
        else:
            parts += [query[at : clause.start], clause.instead, mark]
            marks.append((mark, ""))  # a mark all the same: the next time there may be an answer
        at = clause.end
    not_asked = [_shown(clause.address) for clause, values in zip(found, answers, strict=True) if isinstance(values, NotAllowed)]
    return Joined("".join([*parts, query[at:]]), tuple(marks), tuple(dict.fromkeys(not_asked)))


def _shown(address: str) -> str:
    """Return the address of a server as a header can hold it."""
    return quote(address[:200], safe=":/?&=%@[]~+!$'()*;") or "?"


async def _answer(clause: Clause, others: Others) -> str | NotAllowed | Unanswered:
    """Return the rows of a clause's server as VALUES, or why a SILENT one has none."""
    try:
        if not clause.address:
            raise NotAllowed("found SERVICE with a variable")
        form = urlencode({"query": clause.query}).encode()
        return await asyncio.to_thread(_values, await others.fetch(clause.address, accept=_ACCEPT, form=form))
    except NotAllowed as error:
        if clause.silent:
            return error
        raise
    except (Unanswered, TimeoutError) as error:
        failed = Unanswered(str(error) or "no answer in time")
        if clause.silent:
            return failed
        raise failed from error


def _values(fetched: Fetched) -> str:
    """Write what a server answered as VALUES."""
    try:
        said = json.loads(fetched.body)
        names = [str(name) for name in said["head"].get("vars", [])]
        rows = said["results"]["bindings"]
        if not all(name.isidentifier() or name.isalnum() for name in names):
            raise ValueError("a variable's name")
        table = " ".join(f"({' '.join(_term(row.get(name), fetched.address) for name in names)})" for row in rows)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unanswered(f"{fetched.address[:200]}: no SPARQL results in JSON: {type(error).__name__}: {error}") from error
    return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {table} }}"


def _term(said: dict[str, str] | None, address: str) -> str:
    import pyoxigraph

    if said is None:
        return "UNDEF"
    kind, value = said["type"], said["value"]
    if kind == "uri":
        return str(pyoxigraph.NamedNode(value))
    if kind == "bnode":
        return str(pyoxigraph.NamedNode(f"urn:bnode:{hashlib.sha256(f'{address} {value}'.encode()).hexdigest()[:24]}"))
    if "xml:lang" in said:
        return str(pyoxigraph.Literal(value, language=said["xml:lang"]))
    return str(pyoxigraph.Literal(value, datatype=pyoxigraph.NamedNode(said["datatype"]) if "datatype" in said else None))
