"""The graph as tables: one a class, a row a thing, a column a property; what several tabular formats write.

Values of a property that a thing has several times are joined by ``|``; things are written as their ids (docs/ids.md), codes as such. Of
texts in two languages both have a column.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from ontology.labels import Language, label
from ontology.terms import RDF, ZM
from queries.ids import code, short_id
from zhengmai.exports._graph import SharedGraph
from zhengmai.settings import BASE_IRI

CLASSES = (
    "PolicyDocument", "Section", "Clause", "Item", "LeadIn", "Sentence", "TaskGroup", "Task", "Measure", "Deadline",
    "FrequencyRequirement", "Participation", "Authority", "Department", "GenericActor", "Alignment", "Change", "Divergence", "CoverageGap",
    "BasisGap", "CoverageMix", "Remainder", "LineageChain", "TextSharing", "SharedPassage", "DocumentPair",
    "Finding", "Inference", "SourceFile",
)  # fmt: skip
_NS = BASE_IRI + "ns#"


@dataclass(frozen=True, slots=True)
class Table:
    """One class: column names (``id`` and ``iri`` first), the property each stands for ("" for those two and notes), rows by IRI."""

    name: str
    columns: tuple[str, ...]
    properties: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(graph: SharedGraph) -> list[Table]:
    """Return a table for each class that has things in the graph."""
    from pyoxigraph import NamedNode

    found = []
    for class_ in CLASSES:
        quads: Any = graph.store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(_NS + class_), None)
        things = sorted({quad.subject.value for quad in quads})
        if things:
            found.append(_table(graph, class_, [iri for iri in things if "/id/" in iri]))
    return found


def _table(graph: SharedGraph, name: str, things: list[str]) -> Table:
    from pyoxigraph import NamedNode

    rows: list[dict[tuple[str, str], list[str]]] = []
    for iri in things:
        values: dict[tuple[str, str], set[str]] = defaultdict(set)
        for quad in graph.store.quads_for_pattern(NamedNode(iri), None, None, None):
            if quad.predicate.value != RDF.type:
                lang = getattr(quad.object, "language", None) or ""
                values[quad.predicate.value, "en" if lang == "en" else ""].add(_shown(quad.object))
        rows.append({key: sorted(said) for key, said in values.items()})
    keys = sorted({key for row in rows for key in row}, key=lambda key: (_local(key[0]), key))
    names: list[str] = []
    for predicate, lang in keys:
        own = f"{_local(predicate)}{'_en' if lang else ''}"
        names.append(own if own not in names and own not in ("id", "iri") else f"{own}_{len(names)}")
    cells = tuple((short_id(iri), iri, *("|".join(row.get(key, ())) for key in keys)) for iri, row in zip(things, rows, strict=True))
    return _noted(Table(name, ("id", "iri", *names), ("", "", *(predicate for predicate, _ in keys)), cells))


def _noted(table: Table) -> Table:
    """Add the words of 越级对照, in both languages, to a table that says which things lead over a level that is not held."""
    if ZM.skipsLevel not in table.properties:
        return table
    at, words = table.properties.index(ZM.skipsLevel), tuple(over_a_level(lang) for lang in ("zh", "en"))
    rows = tuple((*row, *(words if row[at] == "true" else ("", ""))) for row in table.rows)
    return Table(table.name, (*table.columns, "skipsLevel_note", "skipsLevel_note_en"), (*table.properties, "", ""), rows)


def over_a_level(lang: Language) -> str:
    """Return what every figure and export says of a pair that skips a level."""
    return f"{label('term/skips-level', lang)}: {label('note/skips-level', lang)}"


def _shown(value: object) -> str:
    from pyoxigraph import NamedNode

    text = str(getattr(value, "value", value))
    if not isinstance(value, NamedNode):
        return text
    shown = code(text)
    return short_id(text) if shown == text and "/id/" in text else shown


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]
