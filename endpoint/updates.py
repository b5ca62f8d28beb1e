"""A SPARQL update as a row of operations: which graphs each writes, and where a dataset can be put into it.

The engine says nothing about an update but whether it worked. What is read here decides what is refused with words, what is fetched
first (LOAD), and which graphs WHERE looks at; that built graphs stay as they are does not hang on it (endpoint/changing.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import urljoin

from endpoint.precheck import ESCAPED, TOKEN, Refused, unescaped

Kind = Literal["modify", "data", "load", "clear", "drop", "create", "copy", "move", "add"]
DEFAULT, NAMED, ALL, UNKNOWN = "default", "named", "all", "?"  # targets that are no IRI
_TRANSFERS = ("copy", "move", "add")
_BEGINS = ("insert", "delete", "with", "load", "clear", "drop", "create", *_TRANSFERS)
_NOTHING = "INSERT DATA {}"
_KEYWORDS = {*_BEGINS, "graph", "into", "to", "using", "where", "data", "silent", "default", "named", "all"}


class BadUpdate(ValueError):
    """An update that cannot be taken apart; the message says where."""


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.text.casefold() if self.kind == "word" else ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: ``text`` is the whole request with the others blanked, so that places in it stay.

    ``targets``: the graphs it writes, as IRIs or one of the words above. ``where``: where USING may be put, None where it cannot.
    ``shorthand``: DELETE WHERE, whose pattern lies between these. ``has_dataset``: it has USING or WITH. ``source``: what LOAD
    loads. ``span``: where LOAD stands.
    """

    kind: Kind
    text: str
    targets: tuple[str, ...]
    where: int | None = None
    shorthand: tuple[int, int] | None = None
    has_dataset: bool = False
    source: str = ""
    silent: bool = False
    span: tuple[int, int] = (0, 0)

    def with_dataset(self, default: tuple[str, ...], named: tuple[str, ...]) -> str:
        """Return its text with WHERE looking at those graphs."""
        if self.where is None:
            return self.text
        using = "".join(f" USING <{iri}>" for iri in default) + "".join(f" USING NAMED <{iri}>" for iri in named) + " "
        if self.shorthand is None:
            return self.text[: self.where] + using + self.text[self.where :]
        start, end = self.shorthand
        pattern = self.text[start:end]
        return self.text[: self.where] + pattern + using + self.text[self.where :]


def operations(update: str, base: str = "") -> tuple[Operation, ...]:
    """Take an update apart.

    :raises BadUpdate: where it has not the shape of one.
    """
    return tuple(_Reader(update, base).read())


def without_loads(update: str, found: tuple[Operation, ...]) -> str:
    """Return an update with nothing in place of each LOAD; all else stays where it is."""
    for operation in reversed(found):
        if operation.kind == "load":
            start, end = operation.span
            update = update[:start] + _NOTHING.ljust(end - start) + update[end:]
    return update


class _Reader:
    def __init__(self, update: str, base: str) -> None:
        self._update, self._base = update, base
        self._tokens = [
            _Token(match.lastgroup or "", match.group(), match.start(), match.end())
            for match in TOKEN.finditer(update)
            if match.lastgroup not in ("blank", "comment")
        ]
        self._at = 0
        self._prologue: list[tuple[int, int]] = []
        self._prefixes: dict[str, str] = {}

    def read(self) -> Iterator[Operation]:
        while self._at < len(self._tokens):
            if self._next().text == ";":
                self._at += 1
            elif self._next().word in ("prefix", "base"):
                self._declaration()
            else:
                yield self._operation()

    def _declaration(self) -> None:
        start = self._next().start
        if self._take().word == "base":
            self._base = self._iri(self._take())
        else:
            name = self._take().text
            self._prefixes[name.removesuffix(":")] = self._iri(self._take())
        self._prologue.append((start, self._tokens[self._at - 1].end))

    def _operation(self) -> Operation:
        first = self._next()
        if first.word not in _BEGINS:
            raise BadUpdate(f"error at {self._place(first.start)}: found {first.text[:40]!r}, expected an update operation")
        begin = self._at
        end = self._end()
        kept = [*self._prologue, (first.start, self._tokens[end - 1].end)]
        text = self._only(kept)
        tokens = self._tokens[begin:end]
        for token in tokens:
            head = token.text.partition(":")[0]
            if ":" in token.text and token.kind == "word" and head.casefold() in _KEYWORDS and head not in self._prefixes:
                raise BadUpdate(f"error at {self._place(token.start)}: found {token.text[:40]!r}, expected a blank after {head}")
        self._at = end
        if first.word in ("insert", "delete", "with"):
            return self._modification(tokens, text)
        return self._management(tokens, text)

    def _modification(self, tokens: list[_Token], text: str) -> Operation:
        targets: list[str] = []
        has_dataset = False
        default = DEFAULT
        where: int | None = None
        shorthand: tuple[int, int] | None = None
        kind: Kind = "modify"
        at = 0
        while at < len(tokens):
            word = tokens[at].word
            if word == "with" and at + 1 < len(tokens):
                default, has_dataset = self._iri(tokens[at + 1]), True
                at += 1
            elif word in ("insert", "delete"):
                follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
                if follows == "data":
                    kind = "data"
                inside = range(at + 1, _block_end(tokens, at + 1))
                targets += self._written([tokens[n] for n in inside], default)
                if follows == "where":
                    where = tokens[at + 1].start
                    opened = next((tokens[n].start for n in inside if tokens[n].text == "{"), where)
                    shorthand = (opened, tokens[inside[-1]].end)
                at = inside[-1] if inside else at
            elif word == "using":
                has_dataset = True
            elif word == "where":
                where = tokens[at].start
                break
            elif tokens[at].text == "{":  # WHERE may not be left out here, but an engine may think otherwise
                break
            at += 1
        return Operation(kind, text, tuple(dict.fromkeys(targets)), where, shorthand, has_dataset)

    def _written(self, block: list[_Token], default: str) -> list[str]:
        """Return the graphs a template writes."""
        found = [self._graph(block[n + 1]) for n in range(len(block) - 1) if block[n].word == "graph"]
        depth = 0
        for n, token in enumerate(block):  # anything that stands outside GRAPH goes to the default graph
            depth += (token.text == "{") - (token.text == "}")
            graph_s = token.word == "graph" or (n and block[n - 1].word == "graph")
            if depth == 1 and token.text not in "{}." and not graph_s:
                return [*found, default]
        return found

    def _management(self, tokens: list[_Token], text: str) -> Operation:
        kind: Kind = tokens[0].word  # type: ignore[assignment]
        silent = any(token.word == "silent" for token in tokens)
        rest = [token for token in tokens[1:] if token.word not in ("silent", "graph", "into")]
        if kind == "load":
            said = [token.word for token in tokens[1 + silent :]]
            if len(said) not in (1, 4) or said[1:3] != ["into", "graph"][: len(said) - 1]:
                raise BadUpdate(f"error at {self._place(tokens[0].start)}: expected LOAD SILENT? <address> (INTO GRAPH <name>)?")
            target = self._iri(tokens[-1]) if len(said) == 4 else DEFAULT
            span = (tokens[0].start, tokens[-1].end)
            return Operation(kind, text, (target,), source=self._iri(tokens[1 + silent]), silent=silent, span=span)
        graphs = [self._graph(token) for token in rest if token.word != "to"]
        if kind in ("copy", "add"):
            graphs = graphs[1:]
        return Operation(kind, text, tuple(graphs), silent=silent)

    def _graph(self, token: _Token) -> str:
        if token.word in (DEFAULT, NAMED, ALL):
            return token.word
        return UNKNOWN if token.kind == "variable" else self._iri(token)

    def _iri(self, token: _Token) -> str:
        text = ESCAPED.sub(unescaped, token.text)
        if token.kind == "iri":
            return urljoin(self._base, text[1:-1]) if self._base else text[1:-1]
        prefix, colon, local = text.partition(":")
        if not colon or prefix not in self._prefixes:
            raise BadUpdate(f"error at {self._place(token.start)}: found {token.text[:40]!r}, expected an IRI")
        return self._prefixes[prefix] + "".join(part for part in local.split("\\"))

    def _end(self) -> int:
        """Return where this operation ends: before a semicolon outside brackets, or at the end."""
        depth = 0
        for at in range(self._at, len(self._tokens)):
            text = self._tokens[at].text
            depth += (text in "{([") - (text in "})]")
            if text == ";" and depth == 0:
                return at
        return len(self._tokens)

    def _only(self, kept: list[tuple[int, int]]) -> str:
        parts, at = [], 0
        for start, end in kept:
            parts += [_blank(self._update[at:start]), self._update[start:end]]
            at = end
        return "".join(parts)

    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        if self._at >= len(self._tokens):
            raise BadUpdate("found the end, expected more of the update")
        self._at += 1
        return self._tokens[self._at - 1]

    def _place(self, offset: int) -> str:
        line = self._update.count("\n", 0, offset) + 1
        return f"{line}:{offset - (self._update.rfind(chr(10), 0, offset))}"


def _block_end(tokens: list[_Token], at: int) -> int:
    """Return the place after the block in braces that begins at ``at`` or later."""
    depth = 0
    for n in range(at, len(tokens)):
        depth += (tokens[n].text == "{") - (tokens[n].text == "}")
        if depth == 0 and tokens[n].text == "}":
            return n + 1
    return len(tokens)


def _blank(text: str) -> str:
    return "".join(sign if sign in "\r\n" else " " for sign in text)


__all__ = ["ALL", "DEFAULT", "NAMED", "UNKNOWN", "BadUpdate", "Operation", "Refused", "operations", "without_loads"]
