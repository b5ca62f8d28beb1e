"""A saved query as plain frozen values: what its ``#+`` header says and the SPARQL under it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from ontology.labels import Language
from ontology.terms import SCHEMES

ParamType = Literal["clause", "task", "department", "document", "thing", "date", "integer", "text", "enum", "iri", "version"]
PARAM_TYPES: tuple[str, ...] = get_args(ParamType)
CHARTS = ("table", "bar", "sankey", "timeline", "graph", "heatmap")
# What a column holds. ``id`` is an IRI shown as its published id, ``place`` one shown as table, row and cell; the others
# that are not plain values are topics of labels.csv, whose codes are shown as words.
PLAIN_KINDS = ("iri", "id", "place", "text", "number", "date", "boolean")
CODE_KINDS = (*SCHEMES, "term", "counted", "due")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a text that starts so for a formula
COLUMN_KINDS = (*PLAIN_KINDS, *CODE_KINDS)


@dataclass(frozen=True, slots=True)
class Both:
    """One text in both languages."""

    zh: str
    en: str

    def __getitem__(self, lang: Language) -> str:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter. A pick-list is the name of a query whose first column holds the values (``pick_query``), or ``choices``;
    the choices of a concept scheme (``scheme``) are bound as its concepts."""

    name: str
    type: ParamType
    description: Both
    required: bool = True
    default: str | None = None
    pick_query: str | None = None
    choices: tuple[str, ...] = ()
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer; ``label`` is a key of labels.csv."""

    name: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Example:
    """A question with a known answer; ``rows`` are some rows that must be in it, each with some of its columns.

    ``empty`` says that the answer is known to have no row.
    """

    params: dict[str, str]
    rows: tuple[dict[str, str | int | float], ...]
    empty: bool = False


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One ``.rq`` file. ``body`` is the SPARQL with the header's lines left blank, so that its line numbers are the file's.

    ``left_out`` names the query, with parameters of the same names, whose rows this one leaves out because they await review.
    """

    name: str
    path: Path
    title: Both
    summary: Both
    description: Both
    tags: tuple[str, ...]
    competency_question: str
    version: str
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    example: Example
    chart: str
    body: str = field(repr=False)
    left_out: str | None = None

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)
