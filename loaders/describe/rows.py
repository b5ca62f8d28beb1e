"""The rows of a task table as tasks: groups, measures, roles, deadlines; what was inherited stands in the inferred graph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.deadlines.frequencies import find_frequencies
from loaders.describe.actors import Scope, participations
from loaders.describe.deadlines import Sheets, describe_deadline, describe_frequency, infer
from loaders.describe.nquads import Sheet, integer, iri, plain, text
from loaders.records import Actor, CellText, Extraction, RoleMention, TaskRow
from loaders.tables.groups import SECTION_ROW, Group, Key, fields_of, groups_of, keys_of
from loaders.words import words
from ontology.outside import PROV
from ontology.terms import ZM

_FIELD_OF_ROLE = {
    "lead": "lead",
    "responsible": "responsible",
    "supporting": "supporting",
    "addressee": "unit",
    "joint": "responsible",
    "publishing": "responsible",
}
SURE, DOUBTFUL = 0.95, 0.5
CORRECTION = "correction"
_RULES = ("merged-cell-down", "stray-group-label", "ditto-mark", SECTION_ROW, CORRECTION)
_PROPERTY = {
    "task": ZM.inGroup,
    "group": ZM.inGroup,
    "measure": ZM.hasMeasure,
    "sub_measure": ZM.hasMeasure,
    "unit": ZM.addressedTo,
    "lead": ZM.ledBy,
    "responsible": ZM.responsible,
    "supporting": ZM.supportedBy,
    "deadline": ZM.hasDeadline,
}


def describe_rows(sheets: Sheets, extraction: Extraction, scope: Scope) -> None:
    """Write every row of the document's task tables."""
    groups = groups_of(extraction.rows)
    for group in groups.values():
        _group(sheets, group)
    for row in extraction.rows:
        _row(sheets, row, groups, _row_scope(row, scope))
    _footnote_defaults(sheets, extraction, scope)


def _row_scope(row: TaskRow, scope: Scope) -> Scope:
    """A row addressed to a class of authorities speaks of functions, not of one authority's departments."""
    addressed = any(m.role == "addressee" and m.actor.generic_kind == "authority-class" for m in row.roles)
    return replace(scope, addressed=addressed or any(m.role == "addressee" for m in row.roles))


def _row(sheets: Sheets, row: TaskRow, groups: dict[Key, Group], scope: Scope) -> None:
    names, out = sheets.iris, sheets.asserted
    node = names.task(row.row)
    out.a(node, ZM.Task)
    out.add(node, ZM.taskOf, iri(names.document))
    if row.number:
        taken = row.is_given("number")
        (sheets.inferred if taken else out).add(node, ZM.number, plain(row.number))
        if taken:
            infer(sheets, node, ZM.number, row.number, "merged-cell-down", SURE, [names.row(row.place)], f"task.{row.row}.number")
    out.add(node, ZM.notation, plain(row.row))
    out.add(node, ZM.order, integer(row.order))
    out.add(node, PROV.wasDerivedFrom, iri(names.row(row.place)))
    _groups(sheets, row, node, groups)
    _measures(sheets, row, node)
    for field in ("lead", "responsible", "supporting", "unit"):
        _roles(sheets, row, node, field, scope)
    if row.deadline:
        own, cell = f"{node}/deadline/1", row.cells["deadline"]
        taken = row.is_given("deadline")
        (sheets.inferred if taken else out).add(node, ZM.hasDeadline, iri(own))
        used = [names.cell(cell.place), *(names.cell(row.cells[f].place) for f in ("measure",) if f in row.cells)]
        describe_deadline(sheets, own, row.deadline, names.cell(cell.place), used, sheet=sheets.inferred if taken else None)
        if taken:
            _inherited(sheets, row, node, ZM.hasDeadline, own, "deadline")
    for field, cell in row.cells.items():
        _cell(sheets, field, cell)
        if field in row.corrected and not cell.value:
            _inherited(sheets, row, node, _PROPERTY[field], "", field)


def _inherited(sheets: Sheets, row: TaskRow, about: str, prop: str, value: str, field: str) -> None:
    cell = row.cells[field]
    used = [sheets.iris.cell(cell.place), sheets.iris.row(row.place)]
    rule = cell.rule if cell.rule in _RULES else "merged-cell-down"
    key = f"task.{row.row}.{field}." + about.rsplit("/", 1)[-1] if about != sheets.iris.task(row.row) else f"task.{row.row}.{field}"
    infer(sheets, about, prop, value, rule, _sure(row, field), used, key, cell.note)


def _sure(row: TaskRow, field: str) -> float:
    """What a person set right is certain."""
    return 1.0 if field in row.corrected else DOUBTFUL if field in row.doubtful else SURE


def _groups(sheets: Sheets, row: TaskRow, node: str, groups: dict[Key, Group]) -> None:
    """Say which lowest group a task stands in."""
    headed = [(key, field) for key, field in zip(keys_of(row), fields_of(row), strict=False) if key]
    if not headed:
        return
    key, field = headed[-1]
    lowest = sheets.iris.group(groups[key].number)
    taken = row.is_given(field)
    (sheets.inferred if taken else sheets.asserted).add(node, ZM.inGroup, iri(lowest))
    if taken:
        _inherited(sheets, row, node, ZM.inGroup, lowest, field)


def _group(sheets: Sheets, group: Group) -> None:
    by_hand = all(cell.rule == CORRECTION for cell in group.cells)
    out, node = sheets.inferred if by_hand else sheets.asserted, sheets.iris.group(group.number)
    out.a(node, ZM.TaskGroup)
    out.add(node, ZM.isPartOf, iri(sheets.iris.group(group.parent) if group.parent else sheets.iris.document))
    out.add(node, ZM.groupLevel, integer(group.level))
    out.add(node, ZM.heading, text(group.heading))
    out.add(node, ZM.notation, plain(group.number))
    out.add(node, ZM.order, integer(group.order))
    out.add(node, PROV.wasDerivedFrom, *(iri(sheets.iris.cell(cell.place)) for cell in group.cells))


def _measures(sheets: Sheets, row: TaskRow, node: str) -> None:
    """The measure, its sub-measure as a part; where the measure is inherited the sub-measure is this row's own."""
    names, out = sheets.iris, sheets.asserted
    measure, sub = row.cells.get("measure"), row.cells.get("sub_measure")
    own = f"{node}/measure/1"
    if "measure" in row.inherited and sub and sub.value:
        _measure(sheets, own, sub)
        out.add(node, ZM.hasMeasure, iri(own))
        if measure:
            parent = f"{own}/parent"
            _measure(sheets, parent, measure, sheets.inferred)
            sheets.inferred.add(parent, ZM.hasPart, iri(own))
            _inherited(sheets, row, parent, ZM.hasPart, own, "measure")
        return
    cell = measure if measure and measure.value else sub if sub and sub.value else row.cells.get("task")
    if not cell or not cell.value:
        return
    out.add(node, ZM.hasMeasure, iri(own))
    _measure(sheets, own, cell)
    if sub and sub.value and cell is not sub:
        out.add(own, ZM.hasPart, iri(f"{own}/part/1"))
        _measure(sheets, f"{own}/part/1", sub)
    for number, frequency in enumerate(find_frequencies(cell.value), 1):
        said = sheets.inferred if cell.rule == CORRECTION else out
        said.add(own, ZM.hasFrequency, iri(f"{own}/frequency/{number}"))
        describe_frequency(said, f"{own}/frequency/{number}", frequency, names.cell(cell.place))


def _measure(sheets: Sheets, node: str, cell: CellText, sheet: Sheet | None = None) -> None:
    out = sheet or sheets.asserted
    out.a(node, ZM.Measure)
    if cell.rule == CORRECTION:  # the words as published stay asserted, as raw text
        sheets.inferred.add(node, ZM.text, text(cell.value))
        key = node.removeprefix(sheets.iris.document + "/").replace("/", ".") + ".text"
        infer(sheets, node, ZM.text, cell.value, CORRECTION, 1.0, [sheets.iris.cell(cell.place)], key, cell.note)
    else:
        out.add(node, ZM.text, text(cell.value))
    if cell.raw.strip() != cell.value:
        out.add(node, ZM.rawText, text(cell.raw))
    out.add(node, PROV.wasQuotedFrom, iri(sheets.iris.cell(cell.place)))
    out.add(node, ZM.evidence, iri(sheets.iris.span_of(cell.place)))


def _roles(sheets: Sheets, row: TaskRow, node: str, field: str, scope: Scope) -> None:
    cell = row.cells.get(field)
    mentions = [m for m in row.roles if _FIELD_OF_ROLE[m.role] == field]
    if not cell or not mentions:
        return
    taken = row.is_given(field)
    sheet = sheets.inferred if taken else sheets.asserted
    for made in participations(sheet, sheets.reference, node, mentions, scope, sheets.iris.cell(cell.place)):
        if taken:
            _inherited_role(sheets, row, made, field)


def _inherited_role(sheets: Sheets, row: TaskRow, made: str, field: str) -> None:
    cell = row.cells[field]
    key = made.removeprefix(sheets.iris.document + "/").replace("/", ".")
    used = [sheets.iris.cell(cell.place), sheets.iris.row(row.place)]
    rule = CORRECTION if field in row.corrected else cell.rule if cell.rule in _RULES else "merged-cell-down"
    infer(sheets, made, ZM.participant, cell.value, rule, _sure(row, field), used, key, cell.note)


def _cell(sheets: Sheets, field: str, cell: CellText) -> None:
    """A cell has triples of its own only where what it says was changed on the way in."""
    if cell.raw == cell.value or cell.place.row is None:
        return
    out, node = sheets.provenance, sheets.iris.cell(cell.place)
    out.a(node, ZM.SourceCell)
    out.add(node, ZM.isPartOf, iri(sheets.iris.row(cell.place)))
    out.add(node, ZM.columnIndex, integer(cell.place.column or 0))
    out.add(node, ZM.rawText, text(cell.raw))
    out.add(node, ZM.start, integer(cell.place.start or 0))
    out.add(node, ZM.end, integer(cell.place.end or 0))


def _footnote_defaults(sheets: Sheets, extraction: Extraction, scope: Scope) -> None:
    """A note such as 没有明确配合部门的，由…明确 is a rule for every row whose cell is truly empty."""
    for note in extraction.footnotes:
        for entry in words("headers")["footnote_defaults"]:
            if not re.search(entry["pattern"], note.value):
                continue
            for row in extraction.rows:
                if entry["field"] not in row.inherited and not any(m.role == entry["role"] for m in row.roles):
                    _default(sheets, row, entry["role"], note, scope)


def _default(sheets: Sheets, row: TaskRow, role: str, note: CellText, scope: Scope) -> None:
    actor = Actor("待明确", "generic", "to-be-determined")
    mention: Sequence[RoleMention] = [RoleMention(role, actor)]  # type: ignore[arg-type]
    span = sheets.iris.span_of(note.place)
    for made in participations(sheets.inferred, sheets.reference, sheets.iris.task(row.row), mention, scope, span):
        key = made.removeprefix(sheets.iris.document + "/").replace("/", ".")
        infer(sheets, made, ZM.participant, actor.name, "footnote-default-support", SURE, [span, sheets.iris.row(row.place)], key)
