"""Corrections by hand (``curated/corrections.csv``): a value that was read wrongly, or printed wrongly, set right by a person.

A correction names its place as people see it (``row 27`` and the field ``lead``; ``5.2`` and ``note``), the words that stand there and
those that should. It is applied each time the document is read, as long as the old words still stand there; else it is reported and
not applied. The words as published stay (``raw``, and the normalised text): only what is understood changes. A correction is of one
row: where a merged cell covers several, each row has its own.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from loaders.actors.notes import note_limits, read_note, read_role_text
from loaders.actors.people import people_column, without_people
from loaders.deadlines import DeadlineContext, document_context, read_deadline
from loaders.records import (
    CellText,
    Corrected,
    Extraction,
    Finding,
    FoundDeadline,
    Place,
    Provision,
    RoleCode,
    RoleMention,
    TaskRow,
    Text2,
)
from zhengmai.errors import BadConfiguration

FILE = "corrections.csv"
COLUMNS = ("document", "place", "field", "old", "new", "reason", "who", "date")
NEEDED = ("document", "place", "field", "old", "new")
RULE = "correction"
ROLES: dict[str, RoleCode] = {"lead": "lead", "responsible": "responsible", "supporting": "supporting", "unit": "addressee"}
ROW_FIELDS = ("task", "group", "measure", "sub_measure", *ROLES, "deadline")
PROVISION_FIELDS = ("heading", "note")
SETTLED = ("doubtful-merge", "deadline-unreadable", "year-missing", "missing-day-character")  # of a cell: a person has looked at it
_ROW = re.compile(r"(?:row|行)\s*(.+)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年")
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file. ``row`` is True where the place says so, None where it may be a row or a provision."""

    document: str
    id: str
    field: str
    old: str
    new: str
    reason: str = ""
    who: str = ""
    date: str = ""
    row: bool | None = None


def read_corrections(curated: Path) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of a workspace by document, in the order of the file; {} when there is no file.

    :raises BadConfiguration: when a column is missing, or a line lacks its document, place or field.
    """
    path = curated / FILE
    if not path.is_file():
        return {}
    found: dict[str, list[Correction]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file, strict=True)
            missing = [name for name in NEEDED if name not in (table.fieldnames or ())]
            if missing:
                raise _wrong(f"{path}, line 1", f"no column {', '.join(missing)}", ",".join(COLUMNS))
            for line in table:
                values = {name: (line.get(name) or "").strip() for name in COLUMNS}
                if any(values.values()):
                    correction = _correction(values, f"{path}, line {table.line_num}")
                    found.setdefault(correction.document, []).append(correction)
    except (csv.Error, UnicodeDecodeError) as error:
        raise _wrong(str(path), str(error), "a CSV file in UTF-8") from error
    return {document: tuple(listed) for document, listed in found.items()}


def add_corrections(curated: Path, corrections: Sequence[Correction]) -> None:
    """Write corrections behind those of a workspace: all of them or none. Lines that stand there already stay as they are."""
    path = curated / FILE
    curated.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8-sig") if path.is_file() else ",".join(COLUMNS) + "\n"
    header = next(csv.reader([old.splitlines()[0]]))
    out = io.StringIO()
    table = csv.DictWriter(out, header, extrasaction="ignore", lineterminator="\n")
    for c in corrections:
        place = f"row {c.id}" if c.row else c.id
        said = {"document": c.document, "place": place, "field": c.field, "old": c.old, "new": c.new}
        table.writerow({**said, "reason": c.reason, "who": c.who, "date": c.date})
    fresh = path.with_name(f".{FILE}.{os.getpid()}")
    fresh.write_text(old + ("" if old.endswith("\n") else "\n") + out.getvalue(), encoding="utf-8")
    fresh.replace(path)


def _correction(values: dict[str, str], where: str) -> Correction:
    place, _, field = (part.strip() for part in unicodedata.normalize("NFKC", values.pop("place")).partition(","))
    field = values.pop("field") or field
    if not (values["document"] and place and field):
        raise _wrong(where, "a line without document, place or field", "document (slug), place (row 27, or 5.2) and field (lead)")
    hit = _ROW.fullmatch(place)
    return Correction(**values, id=hit[1] if hit else place, field=field, row=True if hit else None)


def _wrong(where: str, found: str, expected: str) -> BadConfiguration:
    return BadConfiguration(
        where=where, found=found, expected=expected, fix="complete the line or delete it", zh="corrections.csv 填写有误。"
    )


def apply_corrections(extraction: Extraction, corrections: Sequence[Correction]) -> Extraction:
    """Return the document with its corrections applied; those that could not be are among its findings.

    A corrected value is understood anew: a deadline, a list of departments, a bracket note.
    """
    rows = {row.row: row for row in extraction.rows}
    provisions = {p.id: p for p in extraction.provisions}
    done: list[Corrected] = []
    findings: list[Finding] = []
    settled: set[tuple[int | None, int | None, int | None]] = set()
    for correction in corrections:
        row, provision = rows.get(correction.id), provisions.get(correction.id)
        if row and correction.field in ROW_FIELDS and correction.field in row.cells:
            cell = row.cells[correction.field]
            if not _same(correction.old, cell.value):
                findings.append(_stale(correction, cell.value, cell.place))
                continue
            done.append(_said("row", correction, cell.value))
            rows[row.row] = _corrected_row(row, done[-1], extraction)
            settled.add((row.table, row.place.row, cell.place.column))
        elif provision and not correction.row and correction.field in PROVISION_FIELDS and provision.level != "sentence":
            stands = getattr(provision, correction.field) or ""
            place = provision.note_place or provision.place if correction.field == "note" else provision.place
            if not _same(correction.old, stands):
                findings.append(_stale(correction, stands, place))
                continue
            done.append(_said("provision", correction, stands))
            provisions[provision.id] = _corrected_provision(provision, done[-1], document_context(extraction.meta))
        else:
            findings.append(_unknown(correction, row, None if correction.row else provision))
    if not done and not findings:
        return extraction
    still = [f for f in extraction.findings if f.code not in SETTLED or (f.place.table, f.place.row, f.place.column) not in settled]
    return replace(
        extraction,
        rows=tuple(rows[row.row] for row in extraction.rows),
        provisions=tuple(provisions[p.id] for p in extraction.provisions),
        findings=tuple(sorted([*still, *findings], key=lambda f: (f.place.start if f.place.start is not None else -1, f.code))),
        corrected=(*extraction.corrected, *done),
    )


def _same(old: str, stands: str) -> bool:
    """Blanks and line breaks do not count: people copy the words from a page."""
    return "".join(old.split()) == "".join(stands.split())


def _said(of: Literal["row", "provision"], c: Correction, old: str) -> Corrected:
    return Corrected(of, c.id, c.field, old, c.new, c.reason, c.who, c.date)


def _corrected_row(row: TaskRow, correction: Corrected, document: Extraction) -> TaskRow:
    field, old = correction.field, row.cells[correction.field]
    cell = CellText(correction.new, old.raw, old.place, RULE, correction.note)
    made = replace(
        row,
        cells={**row.cells, field: cell},
        inherited=tuple(name for name in row.inherited if name != field),
        doubtful=tuple(name for name in row.doubtful if name != field),
        corrected=(*(name for name in row.corrected if name != field), field),
    )
    if field in ROLES:
        return replace(made, roles=_roles(row, field, old.value, cell.value, document.rows))
    if field == "deadline":
        return replace(made, deadline=read_deadline(cell.value, _context(made, document)))
    return made


def _roles(row: TaskRow, field: str, old: str, new: str, rows: Iterable[TaskRow]) -> tuple[RoleMention, ...]:
    """The roles with those of one cell read anew, in the place of the old ones. Names met elsewhere in the tables are whole names."""
    known = frozenset(m.actor.name for r in rows for m in r.roles if not m.actor.alternatives)
    role: RoleCode = ROLES[field]
    named = people_column(row, field)

    def read(words: str) -> tuple[RoleMention, ...]:
        return read_role_text(without_people(words, named=named), default_role=role, known=known) if words else ()

    before = read(old)
    gone = [m.role == role or m in before for m in row.roles]
    order = list(ROLES.values())
    at = gone.index(True) if True in gone else sum(m.role in order[: order.index(role)] for m in row.roles)
    kept = [m for m, is_gone in zip(row.roles, gone, strict=True) if not is_gone]
    at -= sum(gone[:at])
    return (*kept[:at], *read(new), *kept[at:])


def _context(row: TaskRow, document: Extraction) -> DeadlineContext:
    """What a deadline without a year may take it from: the rows around it and the document's date."""
    table = [r for r in document.rows if r.table == row.table]
    at = next(i for i, r in enumerate(table) if r.row == row.row)
    near = [r for r in table[max(0, at - _NEAR) : at + _NEAR + 1] if r.row != row.row and "deadline" not in r.inherited]
    years = tuple(int(year) for r in near for year in _YEAR.findall(r.text("deadline")))
    measure = " ".join(row.text(name) for name in ("measure", "sub_measure") if name in row.cells)
    return replace(document_context(document.meta), measure=measure, neighbour_years=years)


def _corrected_provision(provision: Provision, correction: Corrected, context: DeadlineContext) -> Provision:
    if correction.field == "heading":
        return replace(provision, heading=correction.new or None)
    place = provision.note_place or provision.place
    stands = (place.start or 0, place.end or 0)  # the words it was set right in: its own stand in no text
    limits = (read_deadline(correction.new[a:b], context) for a, b in note_limits(correction.new))
    return replace(
        provision,
        note=correction.new or None,
        roles=read_note(correction.new) if correction.new else (),
        deadlines=tuple(FoundDeadline(*stands, limit) for limit in limits if limit),
    )


def _stale(c: Correction, found: str, place: Place) -> Finding:
    return Finding(
        "correction-stale",
        "warning",
        place,
        found,
        Text2(
            f"更正未采用：{c.id} 的 {c.field} 应为{_quoted(c.old, '空白')}，现为{_quoted(found, '空白')}；请核对 corrections.csv。",
            f"A correction was not applied: {c.field} of {c.id} should read {_quoted(c.old, 'nothing')} and now reads "
            f"{_quoted(found, 'nothing')}; see corrections.csv.",
        ),
    )


def _quoted(words: str, nothing: str) -> str:
    return f"“{words}”" if words else nothing


def _unknown(c: Correction, row: TaskRow | None, provision: Provision | None) -> Finding:
    thing = row or provision
    if row:
        choices = [name for name in ROW_FIELDS if name in row.cells]
    else:
        choices = list(PROVISION_FIELDS) if provision and provision.level != "sentence" else []
    can = "、".join(choices)
    why_zh = f"{c.id} 没有可更正的 {c.field}" + (f"（可更正：{can}）" if can else "") if thing else f"没有 {c.id}"
    why_en = f"{c.id} has no {c.field} to correct" + (f" ({', '.join(choices)})" if can else "") if thing else f"there is no {c.id}"
    return Finding(
        "correction-unknown",
        "warning",
        thing.place if thing else Place(),
        f"{c.id}, {c.field}: {c.old}",
        Text2(f"更正未采用：{why_zh}；请核对 corrections.csv。", f"A correction was not applied: {why_en}; see corrections.csv."),
    )
