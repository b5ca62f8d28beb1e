"""A cheap look at a query before an engine parses it: how long, how deep, and that it neither leaves this machine nor writes.

Deep nesting overflows an engine's stack and ends its process, so it is counted here, where strings, IRIs and comments are skipped.
What is counted is a shield for the workers, which are killed and replaced anyway. SERVICE is different: it must not get through.
The engine's grammar needs no blanks round a keyword (``1SERVICE<x>{}``) and tells ``<`` the operator from an IRI by context, so
whatever *could* be read as SERVICE is refused; the workers can open no connection besides (endpoint/confine.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Reason = Literal["too-long", "too-complex", "service", "update"]

TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<string>\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*''' | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<word>[\w.-]+(?::(?:[\w.:%-]|\\.)*)? | :(?:[\w.:%-]|\\.)*)
  | (?P<blank>\s+)
  | (?P<sign>\|\||&&|\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FULL_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_UPDATES = {"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"}
_TELLING = ("service", "union", "from", "\\u", *sorted(_UPDATES))  # a query without capitals that has one of them is read
_ENDS_A_PATH = {".", ";", "{", "}", "||", "&&"}


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a query may be."""

    bytes: int = 256_000
    depth: int = 64
    unions: int = 200
    path_steps: int = 50


@dataclass(frozen=True, slots=True)
class Seen:
    """What was learned on the way: ``names_dataset`` when the query has FROM or FROM NAMED."""

    names_dataset: bool


class Refused(Exception):
    """A query is not given to the engine; ``reason`` says which rule it met, the message what to do."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(reason, message)  # both, so that it comes out of a worker as it went in
        self.reason: Reason = reason

    def __str__(self) -> str:
        return str(self.args[1])


def precheck(query: str, shape: Shape | None = None, *, services: bool = False, writes: bool = False) -> Seen:
    """Refuse a query that is too large, calls another server or writes; the latter two may be let through.

    :raises Refused: with the rule and the number.
    """
    shape = shape or Shape()
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > shape.bytes:
        raise Refused("too-long", f"查询过长 · the query has {size} bytes, at most {shape.bytes} are taken.")
    if _is_harmless(query, shape):
        return Seen(names_dataset=False)
    seen = _look(query, shape, services, writes)
    if "\\u" in query or "\\U" in query:  # an engine may undo these before it reads
        _look(ESCAPED.sub(unescaped, query), shape, services, writes)
    return seen


def _is_harmless(query: str, shape: Shape) -> bool:
    """Say whether nothing in a query could be counted or refused, wherever in it it stands; that is quicker to tell than reading it."""
    text = query.casefold()
    for word in _TELLING:
        if word in text:
            return False
    deep, long = sum(map(text.count, ("{", "(", "[", "<<"))), sum(map(text.count, "/|^"))
    return deep <= shape.depth and long <= shape.path_steps


def _look(query: str, shape: Shape, services: bool, writes: bool) -> Seen:
    depth = unions = steps = 0
    first = True  # no keyword but BASE and PREFIX so far
    before = ""  # the sign that ended just here: << opens a quoted triple, >> closes it
    doubtful = service_name = names_dataset = False
    for token in TOKEN.finditer(query):
        kind, text = token.lastgroup, token.group()
        before, doubled = text if kind == "sign" else "", text == before
        if kind in ("blank", "comment"):
            continue
        if service_name and text == "{" and not services:
            raise _service()
        service_name = False
        if kind == "iri":
            doubtful = doubtful or (not _FULL_IRI.match(text) and ("'" in text or "#" in text))
        elif kind in ("variable", "string"):
            steps = 0
        elif kind == "word":
            head, colon, _ = text.casefold().partition(":")
            if colon:
                service_name = "service" in head
                names_dataset = names_dataset or (depth == 0 and "from" in head)  # FROM:graph
                continue
            if "service" in head and not services:
                raise _service()
            names_dataset = names_dataset or "from" in head
            unions += head.count("union")
            steps = 0 if "." in head else steps
            if first and head not in ("prefix", "base"):
                first = False
                if head in _UPDATES and not writes:
                    raise Refused("update", f"只读服务 · this endpoint only reads: {text.upper()} is an update.")
        elif kind == "sign":
            depth += (text in "{([") - (text in "})]") + (doubled and (text == "<") - (text == ">"))
            steps = 0 if text in _ENDS_A_PATH else steps + (text in "/|^")
            doubtful = doubtful or text in "\"'"
        for what, found, limit in (
            ("brackets deep", depth, shape.depth),
            ("UNIONs", unions, shape.unions),
            ("path steps", steps, shape.path_steps),
        ):
            if found > limit:
                raise Refused("too-complex", f"查询过于复杂 · the query is more than {limit} {what}; ask in parts.")
    if doubtful and not services and "service" in query.casefold():
        raise _service()
    return Seen(names_dataset)


def _service() -> Refused:
    return Refused(
        "service",
        "不允许 SERVICE · SERVICE is refused: that server is not on the list of those this endpoint may ask. Ask it yourself and join.",
    )


def unescaped(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else match[0]
