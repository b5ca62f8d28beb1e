"""Which table, row, column and number a finding stands at, as plain values: from the IRIs, and from what the graph says of its cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from ontology.terms import PROV, ZM
from validation.facts import Facts
from zhengmai.settings import BASE_IRI

CELL = re.compile(r"/table/(\d+)/row/(\d+)(?:/cell/(\d+))?")
SPAN = re.compile(r"/span/(\d+)-(\d+)")
THING = re.compile(r"/id/doc/([^/]+)/(task|section|clause|item|lead-in|sentence|group)/([^/]+)(?:/(.+))?")
# What a step below a task, or a property of it, says about the column.
FIELD_OF_ROLE = {"lead": "lead", "responsible": "responsible", "supporting": "supporting", "addressee": "unit", "joint": "responsible"}
FIELD_OF_STEP = {"measure": "measure", "deadline": "deadline"}
FIELD_OF_PATH = {
    ZM.ledBy: "lead",
    ZM.responsible: "responsible",
    ZM.supportedBy: "supporting",
    ZM.addressedTo: "unit",
    ZM.number: "number",
    ZM.notation: "number",
    ZM.hasDeadline: "deadline",
    ZM.dueDate: "deadline",
    ZM.hasMeasure: "measure",
    ZM.hasFrequency: "measure",
    ZM.inGroup: "group",
    ZM.isPartOf: "task",
}
ROLE_OF_FIELD = {"lead": "lead", "responsible": "responsible", "supporting": "supporting", "unit": "addressee"}
CELLS = (PROV.wasQuotedFrom, PROV.wasDerivedFrom, ZM.evidence)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the source; what is not known is None or ""."""

    table: int | None = None
    row: int | None = None
    column: int | None = None
    field: str = ""
    notation: str = ""
    start: int | None = None
    end: int | None = None


class Spots:
    """Answers for one store; keeps what it was asked before."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.field_of_cell = cache(self._field_of_cell)
        self._usual = cache(self._usual_columns)

    def spot(self, focus: str, path: str = "") -> Spot:
        """Return where a finding about a node (and one of its properties) stands."""
        thing = THING.search(focus)
        if not thing:
            return self._outside(focus)
        document, kind, number, below = thing.groups()
        if kind == "task":
            return self._in_task(f"{BASE_IRI}id/doc/{document}/task/{number}", number, below or "", path)
        here = self._source(focus) or self._source(focus.rpartition("/")[0])
        span, cell = SPAN.search(here), CELL.search(here)
        start, end = (int(span[1]), int(span[2])) if span else (None, None)
        field = "" if kind != "group" else "group" if "." in number else "task"
        notation = unquote(number) if kind != "group" else self._number_of_row(here)
        return Spot(*_numbers(cell), field=field, notation=notation, start=start, end=end)

    def _number_of_row(self, source: str) -> str:
        task = THING.search(self.task_of_row(source.partition("/cell/")[0])) if "/row/" in source else None
        return unquote(task[3]) if task else ""

    def task_of_row(self, row: str) -> str:
        """Return the task that was read from a row, "" for none."""
        return next((node for node in self._subjects(PROV.wasDerivedFrom, row) if "/task/" in node and node.count("/task/") == 1), "")

    def _in_task(self, task: str, number: str, below: str, path: str) -> Spot:
        steps = below.split("/")
        field = FIELD_OF_ROLE.get(steps[1], "") if steps[0] == "role" and len(steps) > 1 else FIELD_OF_STEP.get(steps[0], "")
        field = field or FIELD_OF_PATH.get(path, "")
        row = CELL.search(self._source(task))
        table, at, _ = _numbers(row)
        cell = CELL.search(self._source(f"{task}/{below}") if below else self._cell_of(task, field))
        if cell and cell[3]:
            table, at, column = _numbers(cell)
        else:
            column = self._usual(task.partition("/task/")[0]).get(field) if field else None
        return Spot(table, at, column, field, unquote(number))

    def _outside(self, iri: str) -> Spot:
        """A finding of a reader, an inference, an alignment: by the evidence it names."""
        source = iri if "/id/source/" in iri else next((node for key in (ZM.evidence, PROV.used) for node in self._objects(iri, key)), "")
        about = next(iter(self._objects(iri, ZM.about)), "")
        cell, span = CELL.search(source) or CELL.search(about), SPAN.search(source)
        start, end = (int(span[1]), int(span[2])) if span else (None, None)
        row = source.partition("/cell/")[0] if "/row/" in source else about if "/row/" in about else ""
        task = THING.search(self.task_of_row(row)) if row else None
        thing = THING.search(about) or THING.search(next(iter(self._objects(iri, ZM.alignsTask)), ""))
        field = self.field_of_cell(source) if "/cell/" in source else ""
        notation = unquote(task[3] if task else thing[3] if thing else "")
        return Spot(*_numbers(cell), field=field, notation=notation, start=start, end=end)

    def _cell_of(self, task: str, field: str) -> str:
        if field in ROLE_OF_FIELD:
            return next((self._source(node) for node in self.participations(task) if f"/role/{ROLE_OF_FIELD[field]}/" in node), "")
        if field in FIELD_OF_STEP.values():
            return self._source(f"{task}/{field}/1")
        if field in ("group", "task"):
            groups = self._objects(task, ZM.inGroup)
            above = [up for group in groups for up in self._objects(group, ZM.isPartOf) if "/group/" in up] if field == "task" else []
            return next((self._source(group) for group in above or groups), "")
        return ""

    def participations(self, task: str) -> list[str]:
        """Return who takes part in a task or provision, as the nodes of their roles."""
        return self._subjects(ZM.participatesIn, task)

    def _field_of_cell(self, cell: str) -> str:
        for predicate in (PROV.wasDerivedFrom, PROV.wasQuotedFrom):
            for node in self._subjects(predicate, cell):
                thing = THING.search(node)
                steps = (thing[4] or "").split("/") if thing else []
                if thing and thing[2] == "group":
                    return "group" if "." in thing[3] else "task"
                if steps and steps[0] == "role":
                    return FIELD_OF_ROLE.get(steps[1], "")
                if steps and steps[0] in FIELD_OF_STEP:
                    return "sub_measure" if len(steps) > 2 and steps[2] == "part" and steps[0] == "measure" else FIELD_OF_STEP[steps[0]]
        return ""

    def _usual_columns(self, document: str) -> dict[str, int]:
        """Return the column most rows of a document have a field in, for a cell that is not there."""
        found: dict[str, Counter[int]] = {}
        for task in self._subjects(ZM.taskOf, document)[:200]:
            for field in (*ROLE_OF_FIELD, *FIELD_OF_STEP.values()):
                cell = CELL.search(self._cell_of(task, field))
                if cell and cell[3]:
                    found.setdefault(field, Counter())[int(cell[3])] += 1
        return {field: max(counts.items(), key=lambda item: (item[1], -item[0]))[0] for field, counts in found.items()}

    def _source(self, iri: str) -> str:
        while "/id/doc/" in iri:
            here = next((node for key in CELLS for node in self._objects(iri, key) if "/id/source/" in node), "")
            if here:
                return here
            iri = iri.rpartition("/")[0]
        return ""

    def _objects(self, iri: str, predicate: str) -> list[str]:
        return [text for text, language in self._facts.of(iri).get(predicate, ()) if language is None]

    def _subjects(self, predicate: str, iri: str) -> list[str]:
        return self._facts.subjects(predicate, iri)


def _numbers(cell: re.Match[str] | None) -> tuple[int | None, int | None, int | None]:
    return (int(cell[1]), int(cell[2]), int(cell[3]) if cell[3] else None) if cell else (None, None, None)
