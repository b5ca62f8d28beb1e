"""A table for people, before it is a file: sheets of cells with marked words. Every writer of lineage/tables takes this alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from lineage.tables.marks import Run


@dataclass(frozen=True, slots=True)
class Cell:
    """Some words; ``tone`` is a code that a writer may colour (a relation, a status), never the only sign of what it says."""

    runs: tuple[Run, ...] = ()
    tone: str = ""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def cell(text: str, tone: str = "") -> Cell:
    return Cell((Run(text),) if text else (), tone)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` in Chinese characters, ``choices`` what an editable one may hold, ``hidden`` for keys that people do not read."""

    name: str
    label: str
    width: int
    editable: bool = False
    choices: tuple[str, ...] = ()
    hidden: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: ``notices`` stand under its title and must not get lost."""

    name: str
    title: str
    notices: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    frozen: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One file: its tables, and what there is to know about them, as (word, value) pairs. ``lang`` is zh or en."""

    title: str
    sheets: tuple[Sheet, ...]
    facts: tuple[tuple[str, str], ...] = ()
    lang: str = "zh"
    facts_name: str = field(default="说明")
