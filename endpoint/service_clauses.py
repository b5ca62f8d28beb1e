"""SERVICE clauses as they stand in a query: whom each asks and what, and what stands in its place when it is SILENT and has no answer.

That is an OPTIONAL that never holds: one empty solution, joined, as SPARQL 1.1 says, and the variables of its pattern are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from endpoint.precheck import ESCAPED, TOKEN, unescaped

_NEVER = "OPTIONAL{FILTER(false)"


class BadService(ValueError):
    """A SERVICE clause that cannot be asked."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One SERVICE clause: where it stands in the query, whom it asks, and what; ``instead`` stands there when a SILENT one has no answer.

    ``address`` is empty where a variable names the server.
    """

    start: int
    end: int
    address: str
    query: str
    silent: bool
    instead: str


def clauses(query: str) -> list[Clause]:
    """Return the SERVICE clauses of a query, but not those inside others.

    :raises BadService: when one that is not SILENT names its server by a variable, or one cannot be read.
    """
    tokens = _tokens(query)
    prologue, prefixes, base = _prologue(query, tokens)
    found: list[Clause] = []
    for clause in _found_in(tokens):
        by_variable = clause.silent and clause.name.lastgroup == "variable"
        address = "" if by_variable else _address(clause.name.lastgroup or "", clause.name.group(), prefixes, base)
        asked = f"{prologue}\nSELECT * WHERE {query[clause.pattern[0].start() : clause.end]}"
        found.append(Clause(clause.start, clause.end, address, asked, clause.silent, clause.never(query) if clause.silent else ""))
    return found


def without_silent(update: str) -> str:
    """Return an update whose SERVICE SILENT clauses have no answer: an update asks no server.

    :raises BadService: when a clause cannot be read.
    """
    folded = update.casefold()
    if "service" not in folded or "silent" not in folded:
        return update
    parts, at = [], 0
    for clause in _found_in(_tokens(update)):
        if clause.silent:
            parts += [update[at : clause.start], clause.never(update)]
            at = clause.end
    return "".join([*parts, update[at:]])


@dataclass(frozen=True, slots=True)
class _Found:
    """A clause as the signs of the query give it: the name of its server, and the tokens of its pattern, braces included."""

    start: int
    silent: bool
    name: re.Match[str]
    pattern: list[re.Match[str]]

    @property
    def end(self) -> int:
        return self.pattern[-1].end()

    def never(self, query: str) -> str:
        """Return its pattern as one that never holds, and so the clauses inside it; what stands after it moves by a sign."""
        head = query[self.start : self.pattern[0].start()]
        parts, at = [_NEVER.ljust(len(head)) + "\n" * head.count("\n")], self.pattern[0].start()
        ends: list[int] = []
        depth = 0
        for n, token in enumerate(self.pattern):
            text = token.group()
            if _is_service(token):
                inner = _head(self.pattern, n)
                parts += [query[at : token.start()], _NEVER]
                at = inner[2].start()
                ends.append(depth)
            depth += (text == "{") - (text == "}")
            if ends and text == "}" and depth == ends[-1]:
                parts += [query[at : token.end()], "}"]
                at = token.end()
                ends.pop()
        return "".join([*parts, query[at : self.end], "}"])


def _found_in(tokens: list[re.Match[str]]) -> Iterator[_Found]:
    at = 0
    while at < len(tokens):
        if not _is_service(tokens[at]):
            at += 1
            continue
        first = tokens[at]
        silent, name, _ = _head(tokens, at)
        at = begin = at + 2 + silent
        depth = 0
        while at < len(tokens):
            depth += (tokens[at].group() == "{") - (tokens[at].group() == "}")
            at += 1
            if depth == 0:
                break
        if depth:
            raise BadService("found SERVICE with a brace that is not closed")
        yield _Found(first.start(), silent, name, tokens[begin:at])


def _head(tokens: list[re.Match[str]], at: int) -> tuple[bool, re.Match[str], re.Match[str]]:
    """Return of the clause that begins there whether it is SILENT, its server's name and its first brace."""
    silent = at + 1 < len(tokens) and tokens[at + 1].group().casefold() == "silent"
    name_at = at + 1 + silent
    if name_at + 1 >= len(tokens) or tokens[name_at + 1].group() != "{" or not _is_name(tokens[name_at]):
        raise BadService("found SERVICE, expected an IRI and a pattern in braces after it")
    return silent, tokens[name_at], tokens[name_at + 1]


def _tokens(query: str) -> list[re.Match[str]]:
    return [match for match in TOKEN.finditer(query) if match.lastgroup not in ("blank", "comment")]


def _is_service(token: re.Match[str]) -> bool:
    return token.lastgroup == "word" and token.group().casefold() == "service"


def _is_name(token: re.Match[str]) -> bool:
    return token.lastgroup in ("iri", "variable") or (token.lastgroup == "word" and ":" in token.group())


def _prologue(query: str, tokens: list[re.Match[str]]) -> tuple[str, dict[str, str], str]:
    at, prefixes, base = 0, {}, ""
    while at < len(tokens) and (word := tokens[at].group().casefold()) in ("prefix", "base"):
        if word == "base" and at + 1 < len(tokens):
            base = tokens[at + 1].group()[1:-1]
            at += 2
        elif at + 2 < len(tokens):
            prefixes[tokens[at + 1].group().removesuffix(":")] = tokens[at + 2].group()[1:-1]
            at += 3
        else:
            break
    return query[: tokens[at].start()] if at < len(tokens) else query, prefixes, base


def _address(kind: str, text: str, prefixes: dict[str, str], base: str) -> str:
    text = ESCAPED.sub(unescaped, text)
    if kind == "variable":
        raise BadService(f"found SERVICE {text[:40]}, expected the server's own IRI: which servers are asked is looked at before")
    if kind == "iri":
        return urljoin(base, text[1:-1]) if base else text[1:-1]
    prefix, colon, local = text.partition(":")
    if not colon or prefix not in prefixes:
        raise BadService(f"found SERVICE {text[:40]!r}, expected an IRI")
    return prefixes[prefix] + local.replace("\\", "")
