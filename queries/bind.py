"""Put a parameter's value into a query as a term: the query is cut into SPARQL tokens and only whole variables are replaced.

pyoxigraph's own ``substitutions`` reaches only variables of the SELECT line, and a VALUES block does not reach into the FILTER
of a UNION branch or a sub-select, so a value is written where its variable stands, spelt by pyoxigraph's term (which quotes it).
``BOUND(?_x)`` of a bound parameter becomes ``true``; a parameter without a value stays a variable, which stands for anything.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

TOKEN = re.compile(
    r"""
    (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
  | (?P<iri><[^<>"{}|^`\\\s]*>)
  | (?P<comment>\#[^\n]*)
  | (?P<bound>\bBOUND\s*\(\s*[?$](?P<inside>\w+)\s*\))
  | (?P<variable>[?$](?P<name>\w+))
  | (?P<word>\w+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# What grlc and BASIL read after the name of a parameter: its kind of term.
SUFFIX = r"(?:_iri|_integer|_number|_literal|_xsd_\w+)?"


@dataclass(frozen=True, slots=True)
class Token:
    """One token; ``variable`` is the name of the variable it is or asks BOUND of, "" for all others."""

    kind: str
    text: str
    variable: str
    start: int


def tokens(sparql: str) -> Iterator[Token]:
    """Yield every token, blanks and comments too: joined, they are the text again."""
    for match in TOKEN.finditer(sparql):
        kind = match.lastgroup or "other"
        name = match["name"] or match["inside"] or ""
        if match["variable"]:
            kind = "variable"
        elif match["bound"]:
            kind = "bound"
        yield Token(kind, match[0], name, match.start())


def bind(sparql: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return the query with each parameter's variable replaced by its value; ``values`` is keyed by the parameter's name.

    >>> from pyoxigraph import NamedNode
    >>> bind("SELECT ?s { ?s ?p ?_clause_iri }", {"clause": NamedNode("http://x/5")})
    'SELECT ?s { ?s ?p <http://x/5> }'
    """
    return "".join(_bound(token, values) for token in tokens(sparql))


def parameters(sparql: str) -> dict[str, int]:
    """Return each variable that looks like a parameter (``?_x``, optional ones ``?__x``), with the offset where it is met first."""
    found: dict[str, int] = {}
    for token in tokens(sparql):
        if token.variable.startswith("_"):
            found.setdefault(token.variable, token.start)
    return found


def parameter_of(variable: str, names: Collection[str]) -> str | None:
    """Return which parameter a variable stands for: ``_clause``, ``_clause_iri`` and ``__clause_iri`` are all ``clause``."""
    return next((name for name in names if re.fullmatch(rf"_{{1,2}}{re.escape(name)}{SUFFIX}", variable)), None)


def _bound(token: Token, values: Mapping[str, NamedNode | Literal]) -> str:
    name = parameter_of(token.variable, values) if token.variable.startswith("_") else None
    if name is None:
        return token.text
    return "true" if token.kind == "bound" else str(values[name])
