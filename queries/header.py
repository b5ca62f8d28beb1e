"""Read the ``#+`` header of a saved query: YAML, every fault with its line.

``summary`` and ``description`` are one string, "中文 · English", and ``method`` and ``endpoint_in_url`` stand beside them,
because grlc reads those four; what else we say (title, params, columns, example, chart) it passes over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontology.labels import labels
from ontology.terms import SCHEMES
from queries.saved import CHARTS, COLUMN_KINDS, PARAM_TYPES, Both, Column, Example, Param, SavedQuery

if TYPE_CHECKING:
    from yaml.nodes import Node

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
FIELDS = ("title", "summary", "description", "tags", "competency_question", "version", "method", "endpoint_in_url",
          "params", "columns", "example", "chart")  # fmt: skip
OPTIONAL_FIELDS = ("left_out", "defaults")
PARAM_FIELDS = ("name", "type", "required", "default", "pick_list", "description")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a query file. ``line`` counts from 1."""

    line: int
    found: str
    expected: str


class _Stop(Exception):
    """Nothing more can be read from this file."""


def parse_query(path: Path, text: str) -> tuple[SavedQuery | None, tuple[Fault, ...]]:
    """Return the query a file holds, None when a fault keeps it from being one, and every fault of its header."""
    lines = text.lstrip("\ufeff").splitlines()
    header = "\n".join(line[2:].removeprefix(" ") if line.startswith("#+") else "" for line in lines)
    body = "\n".join("" if line.startswith("#+") else line for line in lines) + "\n"
    reader = _Reader()
    query = None
    with suppress(_Stop):
        query = reader.query(path, reader.load(header), body)
    return (None if reader.faults else query), tuple(reader.faults)


class _Reader:
    """Collects faults while it goes; a value that cannot be read is replaced by an empty one."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.lines: dict[int, int] = {}

    def fault(self, where: object, found: str, expected: str) -> None:
        self.faults.append(Fault(getattr(where, "line", None) or self.lines.get(id(where), 1), found, expected))

    def load(self, header: str) -> dict[str, Any]:
        import yaml

        try:
            try:
                node = yaml.compose(header, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # ten times as quick
            except yaml.YAMLError:
                node = yaml.compose(header, Loader=yaml.SafeLoader)  # whose words for a fault are the better ones
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.faults.append(
                Fault(mark.line + 1 if mark else 1, str(getattr(error, "problem", error)), "YAML in the lines that start with #+")
            )
            raise _Stop from error
        said = self.plain(node) if node else None
        if not isinstance(said, dict):
            self.fault(said, "no header", "lines that start with #+ and hold YAML: title, summary, …")
            raise _Stop
        return said

    def plain(self, node: Node) -> Any:
        """Return dicts, lists and texts, remembering the line of each dict and list; a key twice is a fault."""
        from yaml.nodes import MappingNode, ScalarNode, SequenceNode

        value: Any
        if isinstance(node, MappingNode):
            value = {}
            for key, item in node.value:
                if key.value in value:
                    self.faults.append(Fault(key.start_mark.line + 1, f"{key.value} a second time", "each field once"))
                value[key.value] = self.plain(item)
        elif isinstance(node, SequenceNode):
            value = [self.plain(item) for item in node.value]
        else:
            assert isinstance(node, ScalarNode)
            return None if node.tag.endswith(":null") else _Text(node.value, node.start_mark.line + 1, node.tag.rpartition(":")[2])
        self.lines[id(value)] = node.start_mark.line + 1
        return value

    def query(self, path: Path, said: dict[str, Any], body: str) -> SavedQuery:
        for name in FIELDS:
            if name not in said:
                self.fault(said, f"no {name}", f"a line '#+ {name}: …'")
        for name in said:
            if name not in (*FIELDS, *OPTIONAL_FIELDS):
                self.fault(said, f"a field {name}", ", ".join((*FIELDS, *OPTIONAL_FIELDS)))
        if not NAME.fullmatch(path.stem):
            self.fault(said, f"file name {path.name}", "small letters, digits and single hyphens")
        return SavedQuery(
            name=path.stem,
            path=path,
            title=self.both(said.get("title"), "title"),
            summary=self.two_halves(said.get("summary"), "summary"),
            description=self.two_halves(said.get("description"), "description"),
            tags=tuple(map(str, self.listed(said.get("tags"), "tags"))),
            competency_question=self.text(said.get("competency_question"), "competency_question"),
            version=self.text(said.get("version"), "version"),
            params=tuple(self.param(item) for item in self.listed(said.get("params"), "params")),
            columns=tuple(self.column(item) for item in self.listed(said.get("columns"), "columns")),
            example=self.example(said.get("example")),
            chart=self.one_of(said.get("chart"), "chart", CHARTS),
            body=body,
            left_out=self.text(said.get("left_out"), "left_out") or None,
        )

    def param(self, said: Any) -> Param:
        said = self.mapping(said, "a parameter", PARAM_FIELDS, needed=("name", "type", "description"))
        picks = said.get("pick_list")
        scheme = str(picks["scheme"]) if isinstance(picks, dict) and "scheme" in picks else None
        if isinstance(picks, dict) and scheme not in SCHEMES:
            self.fault(picks, f"pick_list {picks}", "the name of a query, a list of values, or {scheme: a concept scheme}")
        kind: Any = self.one_of(said.get("type"), "type", PARAM_TYPES)
        choices = SCHEMES.get(scheme or "", ()) or tuple(map(str, picks if isinstance(picks, list) else ()))
        if kind == "enum" and not choices:
            self.fault(said, "an enum without pick_list", "pick_list: a list of values, or {scheme: a concept scheme}")
        default = said.get("default")
        return Param(
            name=self.matching(said.get("name"), WORD, "name"),
            type=kind,
            description=self.both(said.get("description"), "description"),
            required=self.boolean(said.get("required", True)),
            default=None if default is None else str(default),
            pick_query=str(picks) if isinstance(picks, str) else None,
            choices=choices,
            scheme=scheme,
        )

    def column(self, said: Any) -> Column:
        said = self.mapping(said, "a column", ("name", "label", "kind"), needed=("name", "label", "kind"))
        label = self.text(said.get("label"), "label")
        if label and label not in labels():
            self.fault(label, f"label {label}", "a key of ontology/labels.csv")
        return Column(self.matching(said.get("name"), WORD, "name"), label, self.one_of(said.get("kind"), "kind", COLUMN_KINDS))

    def example(self, said: Any) -> Example:
        if said is None:
            return Example({}, ())
        said = self.mapping(said, "an example", ("params", "rows"), needed=("params", "rows"))
        if said.get("rows") == "none":  # looked at, and there is nothing: an answer too
            return Example({name: str(value) for name, value in (said.get("params") or {}).items()}, (), empty=True)
        rows = self.listed(said.get("rows"), "rows")
        if not rows or not all(isinstance(row, dict) and row for row in rows):
            self.fault(said, "an example without expected rows", "rows: a list of {column: value}, or none")
            rows = []
        params = self.mapping(said.get("params") or {}, "params", None)
        return Example({name: str(value) for name, value in params.items()}, tuple({k: _value(v) for k, v in row.items()} for row in rows))

    def mapping(self, said: Any, what: str, fields: tuple[str, ...] | None, needed: tuple[str, ...] = ()) -> dict[str, Any]:
        if not isinstance(said, dict):
            self.fault(said, f"{what} {said!r}", "fields such as {name: …}")
            return {}
        for name in said:
            if fields is not None and name not in fields:
                self.fault(said, f"{what} with a field {name}", ", ".join(fields))
        for name in needed:
            if name not in said:
                self.fault(said, f"{what} without {name}", ", ".join(fields or needed))
        return said

    def listed(self, said: Any, name: str) -> list[Any]:
        if said is None or isinstance(said, list):
            return said or []
        self.fault(said, f"{name} {said!r}", f"{name}: a list")
        return []

    def both(self, said: Any, name: str) -> Both:
        if said is None:
            return Both("", "")
        if not (isinstance(said, dict) and set(said) == {"zh", "en"} and all(isinstance(text, str) and text for text in said.values())):
            self.fault(said, f"{name} {said!r}", f"{name}: {{zh: …, en: …}}")
            return Both("", "")
        return Both(str(said["zh"]), str(said["en"]))

    def two_halves(self, said: Any, name: str) -> Both:
        zh, dot, en = (self.text(said, name) or " · ").partition(" · ")
        if not dot or (said is not None and not (zh.strip() and en.strip())):
            self.fault(said, f"{name} {said!r}", f'{name}: "中文 · English"')
        return Both(zh.strip(), en.strip())

    def text(self, said: Any, name: str) -> str:
        if said is None or isinstance(said, str):
            return said or ""
        self.fault(said, f"{name} {said!r}", f"{name}: one text")
        return ""

    def matching(self, said: Any, pattern: re.Pattern[str], name: str) -> str:
        return self._checked(said, name, lambda text: bool(pattern.fullmatch(text)), "small letters, digits and single underscores")

    def one_of(self, said: Any, name: str, choices: tuple[str, ...]) -> str:
        return self._checked(said, name, lambda text: text in choices, ", ".join(choices))

    def _checked(self, said: Any, name: str, good: Callable[[str], bool], expected: str) -> str:
        text = self.text(said, name)
        if said is not None and not good(text):
            self.fault(said, f"{name} {text!r}", expected)
        return text

    def boolean(self, said: Any) -> bool:
        if str(said).lower() not in ("true", "false"):
            self.fault(said, f"required {said!r}", "true or false")
        return str(said).lower() == "true"


class _Text(str):
    """A YAML scalar as typed, with its tag; its line stays findable by identity."""

    def __new__(cls, value: str, line: int, tag: str) -> _Text:
        made = super().__new__(cls, value)
        made.line, made.tag = line, tag
        return made

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Travel between processes as a plain text: answers carry their question."""
        return str, (str(self),)

    line: int
    tag: str


def _value(said: Any) -> str | int | float:
    tag = getattr(said, "tag", "str")
    if tag == "bool":
        return str(said).lower() == "true"
    return int(said) if tag == "int" else float(said) if tag == "float" else str(said or "")
