"""Time limits as nodes: what the words say is asserted; what a rule added stands in the inferred graph with its Inference."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.describe.iris import Iris
from loaders.describe.nquads import Sheet, boolean, decimal, integer, iri, plain, text, typed
from loaders.records import Deadline, Frequency, Offset
from loaders.tables.columns import fold
from ontology.outside import PROV, SKOS, TIME, XSD
from ontology.terms import ZM, concept, rule

_PRECISION = {"day": TIME.unitDay, "month": TIME.unitMonth, "year": TIME.unitYear}
_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)([YMWD]))?(?:(\d+)D)?(?:T(\d+(?:\.\d+)?)([HM]))?$")
_UNIT = {"Y": TIME.unitYear, "M": TIME.unitMonth, "W": TIME.unitWeek, "D": TIME.unitDay, "TH": TIME.unitHour, "TM": TIME.unitMinute}
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document's graphs while it is described."""

    iris: Iris
    asserted: Sheet
    inferred: Sheet
    findings: Sheet
    provenance: Sheet
    reference: Sheet


def infer(
    sheets: Sheets, about: str, prop: str, value: str, rule_code: str, confidence: float, used: Sequence[str], key: str, note: str = ""
) -> None:
    """Say that a value was inferred: about what, by which rule, from which cells or spans, how sure. ``key`` is unique in the document."""
    node = sheets.iris.inference(key)
    sheets.inferred.a(node, ZM.Inference)
    sheets.inferred.add(node, ZM.about, iri(about))
    sheets.inferred.add(node, ZM.inferredProperty, iri(prop))
    sheets.inferred.add(node, ZM.inferredValue, plain(value))
    sheets.inferred.add(node, ZM.appliedRule, iri(rule(rule_code)))
    sheets.inferred.add(node, ZM.confidence, decimal(confidence))
    sheets.inferred.add(node, PROV.used, *map(iri, used))
    sheets.inferred.add(node, SKOS.note, text(note) if note else "")


def describe_deadline(
    sheets: Sheets, node: str, deadline: Deadline, source: str, used: Sequence[str], *, sheet: Sheet | None = None
) -> None:
    """Describe one time limit. ``source`` is its cell or span; ``used`` are what inferred fields rest on."""
    asserted = sheet or sheets.asserted
    asserted.a(node, ZM.Deadline)
    asserted.add(node, ZM.kind, iri(concept("deadline-kind", deadline.kind)))
    asserted.add(node, ZM.rawText, text(deadline.raw))
    asserted.add(node, PROV.wasDerivedFrom, iri(source))
    by_rule = {entry.field: entry for entry in deadline.inferred}
    for name, prop, terms in _fields(node, deadline):
        entry = by_rule.get(name) or (by_rule.get("date") if name == "precision" else None)
        (sheets.inferred if entry else asserted).add(node, prop, *terms)
        if entry and name != "precision":
            infer(sheets, node, prop, _shown(deadline, name), entry.rule, entry.confidence, used, _key(sheets.iris, node, name))
    if deadline.offset:
        _offset(asserted, f"{node}/offset", deadline.offset)
    for number, part in enumerate(deadline.parts, 1):
        asserted.add(node, ZM.hasPart, iri(f"{node}/part/{number}"))
        describe_deadline(sheets, f"{node}/part/{number}", part, source, used, sheet=sheet)


def _key(names: Iris, node: str, name: str) -> str:
    return node.removeprefix(names.document + "/").replace("/", ".") + "." + name


def _shown(deadline: Deadline, name: str) -> str:
    value = getattr(deadline, name)
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _fields(node: str, d: Deadline) -> list[tuple[str, str, list[str]]]:
    """Return (field, property, terms) of what a deadline says."""
    fields: list[tuple[str, str, list[str]]] = []
    if d.date:
        fields.append(("date", ZM.dueDate, [_date(d.date)]))
    elif d.kind == "fixed-date" and (hit := _MONTH_DAY.search(fold(d.raw))):  # a day whose year nothing tells: month and day alone
        fields.append(("day", ZM.recursInMonth, [integer(int(hit[1]))]))
        fields.append(("day", ZM.recursOnDay, [integer(int(hit[2]))]))
    if d.start:
        fields.append(("start", ZM.startDate if len(d.start) == 10 else ZM.startPeriod, [_date(d.start)]))
    if d.precision:
        fields.append(("precision", ZM.precision, [iri(_PRECISION[d.precision])]))
    if d.recurs:
        fields.append(("recurs", ZM.recursEvery, [_period(d.recurs.every)]))
        fields.append(("recurs", ZM.recursInMonth, [integer(d.recurs.month)] if d.recurs.month else []))
        fields.append(("recurs", ZM.recursOnDay, [integer(d.recurs.day)] if d.recurs.day else []))
    if d.offset:
        fields.append(("offset", ZM.offset, [iri(f"{node}/offset")]))
        if d.offset.day:
            months = _DURATION.fullmatch(d.offset.duration)
            fields.append(("offset", ZM.monthOffset, [integer(int(float(months[1])))] if months and months[1] else []))
            fields.append(("offset", ZM.dayOfMonth, [integer(d.offset.day)]))
    fields.append(("triggers", ZM.triggerText, [text(t) for t in d.triggers]))
    if d.boundary:
        fields.append(("boundary", ZM.boundary, [iri(concept("boundary", d.boundary))]))
    if d.level:
        fields.append(("level", ZM.appliesToLevel, [iri(concept("level", d.level))]))
    if d.outcome:
        fields.append(("outcome", ZM.outcomeText, [text(d.outcome)]))
    if d.then_ongoing:
        fields.append(("then_ongoing", ZM.thenOngoing, [boolean(True)]))
    if d.reference:
        fields.append(("reference", ZM.referenceText, [text(d.reference)]))
    return [(name, prop, terms) for name, prop, terms in fields if terms]


def _period(every: str) -> str:
    """A week is seven days: xsd:duration has no weeks."""
    weeks = re.fullmatch(r"P(\d+)W", every)
    return typed(f"P{7 * int(weeks[1])}D" if weeks else every, XSD.duration)


def _date(value: str) -> str:
    return typed(value, {4: XSD.gYear, 7: XSD.gYearMonth}.get(len(value), XSD.date))


def _offset(sheet: Sheet, node: str, offset: Offset) -> None:
    hit = _DURATION.fullmatch(offset.duration)
    if not hit:
        return
    number, unit = (float(hit[1]), hit[2]) if hit[1] else (float(hit[4] or 0), f"T{hit[5]}")
    if hit[3]:  # 一个半月 is a month and a half
        number += int(hit[3]) / 30
    sheet.a(node, TIME.Duration)
    sheet.add(node, TIME.numericDuration, decimal(number))
    sheet.add(node, TIME.unitType, iri(ZM.unitWorkingDay if offset.working_days else _UNIT[unit]))


def describe_frequency(sheet: Sheet, node: str, frequency: Frequency, source: str) -> None:
    """Describe a least number of times per period."""
    sheet.a(node, ZM.FrequencyRequirement)
    sheet.add(node, ZM.rawText, text(frequency.raw))
    if frequency.every:
        sheet.add(node, ZM.recursEvery, _period(frequency.every))
    if frequency.at_least is not None:
        sheet.add(node, ZM.atLeast, integer(frequency.at_least))
    if frequency.share:
        sheet.add(node, ZM.shareText, plain(frequency.share))
    sheet.add(node, PROV.wasDerivedFrom, iri(source))
