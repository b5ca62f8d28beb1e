"""SERVICE without an engine that connects: each clause is asked of its server, and stands in the query as the rows that came back.

That is what SPARQL 1.1 says SERVICE means: ``SELECT *`` of its pattern, joined. Blank nodes of another server get names of their own.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from endpoint.others import Fetched, NotAllowed, Others, Unanswered
from endpoint.precheck import ESCAPED, TOKEN, Shape, precheck, unescaped

_ACCEPT = "application/sparql-results+json"
_NOTHING_KNOWN = "VALUES () { () }"  # joined with anything, it changes nothing


class BadService(ValueError):
    """A SERVICE clause that cannot be asked."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One SERVICE clause: where it stands in the query, whom it asks, and what."""

    start: int
    end: int
    address: str
    query: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Joined:
    """A query whose SERVICE clauses are marks (comments), and the rows that stand for each."""

    query: str
    rows: tuple[tuple[str, str], ...]


async def ask_others(query: str, others: Others, shape: Shape) -> Joined:
    """Ask the servers a query names.

    :raises BadService: when a clause is not as it must be.
    :raises NotAllowed: when a server is not on the list.
    :raises Unanswered: when one gives no answer, and its clause is not SILENT.
    :raises Refused: when the query is too large or too deep.
    """
    await asyncio.to_thread(precheck, query, shape, services=True)
    found = await asyncio.to_thread(clauses, query)
    for clause in found:
        others.admit(clause.address)
    rows = await asyncio.gather(*(_rows(clause, others) for clause in found))
    parts, marks, at = [], [], 0
    for number, (clause, values) in enumerate(zip(found, rows, strict=True)):
        mark = f"#{hashlib.sha256(f'{number} {query}'.encode(errors='replace')).hexdigest()}\n"
        parts += [query[at : clause.start], "{ ", mark, " }"]
        marks.append((mark, f"{values}\n"))
        at = clause.end
    return Joined("".join([*parts, query[at:]]), tuple(marks))


def clauses(query: str) -> list[Clause]:
    """Return the SERVICE clauses of a query, but not those inside others.

    :raises BadService: when one names its server by a variable, or cannot be read.
    """
    tokens = [match for match in TOKEN.finditer(query) if match.lastgroup not in ("blank", "comment")]
    words = [match.group().casefold() if match.lastgroup == "word" else "" for match in tokens]
    prologue, prefixes, base = _prologue(query, tokens, words)
    found: list[Clause] = []
    at = 0
    while at < len(tokens):
        if words[at] != "service":
            at += 1
            continue
        start = tokens[at].start()
        silent = at + 1 < len(tokens) and words[at + 1] == "silent"
        at += 2 if silent else 1
        if at + 1 >= len(tokens) or tokens[at + 1].group() != "{":
            raise BadService("found SERVICE, expected an IRI and a pattern in braces after it")
        address = _address(tokens[at].lastgroup or "", tokens[at].group(), prefixes, base)
        opened = at + 1
        depth, at = 0, opened
        while at < len(tokens):
            depth += (tokens[at].group() == "{") - (tokens[at].group() == "}")
            at += 1
            if depth == 0:
                break
        if depth:
            raise BadService("found SERVICE with a brace that is not closed")
        end = tokens[at - 1].end()
        pattern = query[tokens[opened].start() : end]
        found.append(Clause(start, end, address, f"{prologue}\nSELECT * WHERE {pattern}", silent))
    return found


def _prologue(query: str, tokens: list[Any], words: list[str]) -> tuple[str, dict[str, str], str]:
    at, prefixes, base = 0, {}, ""
    while at < len(tokens) and words[at] in ("prefix", "base"):
        if words[at] == "base" and at + 1 < len(tokens):
            base = tokens[at + 1].group()[1:-1]
            at += 2
        elif at + 2 < len(tokens):
            prefixes[tokens[at + 1].group().removesuffix(":")] = tokens[at + 2].group()[1:-1]
            at += 3
        else:
            break
    return query[: tokens[at].start()] if at < len(tokens) else query, prefixes, base


def _address(kind: str, text: str, prefixes: dict[str, str], base: str) -> str:
    from urllib.parse import urljoin

    text = ESCAPED.sub(unescaped, text)
    if kind == "variable":
        raise BadService(f"found SERVICE {text[:40]}, expected the server's own IRI: which servers are asked is looked at before")
    if kind == "iri":
        return urljoin(base, text[1:-1]) if base else text[1:-1]
    prefix, colon, local = text.partition(":")
    if not colon or prefix not in prefixes:
        raise BadService(f"found SERVICE {text[:40]!r}, expected an IRI")
    return prefixes[prefix] + local.replace("\\", "")


async def _rows(clause: Clause, others: Others) -> str:
    try:
        form = urlencode({"query": clause.query}).encode()
        return await asyncio.to_thread(_values, await others.fetch(clause.address, accept=_ACCEPT, form=form))
    except (Unanswered, TimeoutError) as error:
        if clause.silent:
            return _NOTHING_KNOWN
        raise Unanswered(str(error) or "no answer in time") from error


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


__all__ = ["BadService", "Clause", "Joined", "NotAllowed", "Unanswered", "ask_others", "clauses"]
