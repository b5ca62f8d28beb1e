"""The decisions file as a table: its columns, its head, and how one record is written and read (SSSOM TSV 1.1).

A row is the mapping that was judged and one person's word on it: ``reviewer_agreement`` is 1 for accepted and edited, 0 for unsure,
-1 for rejected (and 0 for a withdrawal, which takes no side). Columns that SSSOM lacks are declared as extensions in the head. A row
that cannot be understood is a :class:`Fault` with its row number and costs no other row.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote

from lineage.review.keys import split_key
from lineage.review.pairs import ReviewPair
from lineage.review.records import DECISIONS, REASONS, RECORD_KINDS, RELATIONS, Fault, Item, Record
from loaders.describe.nquads import safe
from zhengmai.settings import BASE_IRI

NO_TERM = "sssom:NoTermFound"
SSSOM_COLUMNS = (
    "record_id", "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "reviewer_id",
    "reviewer_label", "review_date", "confidence", "reviewer_agreement", "mapping_cardinality", "subject_source", "object_source",
    "match_string", "comment",
)  # fmt: skip
EXTENSIONS = (
    "decision", "relation", "gap_reason", "record_kind", "item_kind", "codebook_version", "content_key", "blind",
    "machine_status", "machine_relation", "object_match_string", "sample", "withdraws",
)  # fmt: skip
COLUMNS = (*SSSOM_COLUMNS, *EXTENSIONS)
NEEDED = ("subject_id", "object_id", "reviewer_id", "review_date", "decision", "content_key", "subject_source", "object_source")
AGREEMENT = {"accepted": "1.0", "edited": "1.0", "unsure": "0.0", "rejected": "-1.0"}
CARDINALITY = {"link": "", "gap": "0:1", "no-basis": "1:0", "pair": ""}
PREDICATE = {"link": "zm:implements", "gap": "zm:implements", "no-basis": "zm:implements", "pair": "zm:concludedBasis"}
PREFIXES = {
    "doc": BASE_IRI + "id/doc/",
    "orcid": "https://orcid.org/",
    "person": BASE_IRI + "id/person/",
    "review": BASE_IRI + "id/review/",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "zm": BASE_IRI + "ns#",
}
_FOLDERS = {"section": "section", "clause": "clause", "item": "item", "lead_in": "lead-in", "sentence": "sentence", "task": "task",
            "group": "group"}  # fmt: skip
_LEVELS = {folder: level for level, folder in _FOLDERS.items()}
_END = re.compile(r"doc:([a-z0-9-]+)/([a-z-]+)/(\S+)")
_DOCUMENT = re.compile(r"doc:([a-z0-9-]+)")
_PERSON = re.compile(r"(?:orcid|person):\S+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def head(set_id: str = "reviews", title: str = "对应关系复核记录 · review decisions") -> str:
    """Return the commented metadata above the table: a mapping set, the extension columns, every prefix that is used."""
    lines = [
        'sssom_version: "1.1"',
        f"mapping_set_id: {BASE_IRI}id/mappings/{set_id}",
        f'mapping_set_title: "{title}"',
        "license: https://creativecommons.org/licenses/by/4.0/",
        "mapping_tool: zhengmai",
        "extension_definitions:",
        *(f"{line}" for name in EXTENSIONS for line in (f"- slot_name: {name}", f"  property: zm:{name}", "  type_hint: xsd:string")),
        "curie_map:",
        *(f"  {prefix}: {iri}" for prefix, iri in sorted(PREFIXES.items())),
    ]
    return "".join(f"#{line}\n" for line in lines)


def to_cells(r: Record) -> dict[str, str]:
    """Return a record as cells by column name."""
    task, provision = _both(r.kind, (r.lower, r.task_level or "task", r.task), (r.upper, r.provision_level or "sentence", r.provision))
    made_by_hand = r.decision == "edited" or (r.kind == "link" and r.machine_status in ("", "none"))
    return {
        "record_id": r.id,
        "subject_id": task,
        "subject_label": one_line(r.task_label),
        "predicate_id": PREDICATE[r.kind],
        "object_id": provision,
        "object_label": one_line(r.provision_label),
        "mapping_justification": "semapv:ManualMappingCuration" if made_by_hand else "semapv:MappingReview",
        "reviewer_id": r.reviewer,
        "reviewer_label": r.reviewer_label,
        "review_date": r.on,
        "confidence": "" if r.confidence is None else str(r.confidence),
        "reviewer_agreement": "0.0" if r.record_kind == "withdrawal" else AGREEMENT[r.decision],
        "mapping_cardinality": CARDINALITY[r.kind],
        "subject_source": f"doc:{r.lower}",
        "object_source": f"doc:{r.upper}",
        "match_string": join_quotes(r.task_quotes),
        "comment": r.comment,
        "decision": r.decision,
        "relation": r.relation,
        "gap_reason": r.reason,
        "record_kind": r.record_kind,
        "item_kind": r.kind,
        "codebook_version": r.codebook_version,
        "content_key": r.key,
        "blind": "yes" if r.blind else "",
        "machine_status": r.machine_status,
        "machine_relation": r.machine_relation,
        "object_match_string": join_quotes(r.provision_quotes),
        "sample": r.sample,
        "withdraws": r.withdraws,
    }


def ends(item: Item, pair: ReviewPair) -> tuple[str, str]:
    """Return subject_id and object_id of an item; sssom:NoTermFound stands for the side that a gap, or a task without basis, lacks.

    A pair's are its documents.
    """
    task = pair.tasks[item.task].level if item.task else ""
    provision = pair.provisions[item.provision].level if item.provision else ""
    return _both(item.kind, (item.lower, task, item.task), (item.upper, provision, item.provision))


def _both(kind: str, lower: tuple[str, str, str], upper: tuple[str, str, str]) -> tuple[str, str]:
    if kind == "pair":
        return f"doc:{lower[0]}", f"doc:{upper[0]}"
    return _curie(*lower), _curie(*upper)


def _curie(slug: str, level: str, own: str) -> str:
    return f"doc:{slug}/{_FOLDERS[level]}/{safe(own)}" if own else NO_TERM


def to_lines(records: Iterable[Record], columns: Sequence[str] = COLUMNS) -> str:
    """Return records as TSV lines in the order of some columns."""
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    for record in records:
        cells = to_cells(record)
        table.writerow([cells.get(name, "") for name in columns])
    return out.getvalue()


def header_line(columns: Sequence[str] = COLUMNS) -> str:
    return "\t".join(columns) + "\n"


def from_cells(cells: Mapping[str, str], row: int) -> Record | Fault:
    """Return the record of one row, or why there is none. Cells come without outer blanks; those that are missing are empty."""
    said = _Blank(cells)
    task, provision = _end(said["subject_id"]), _end(said["object_id"])
    for name, end in (("subject_id", task), ("object_id", provision)):
        if end is None:
            return _fault(row, name, said[name], "doc:SLUG/task/27, doc:SLUG/sentence/5.2.s1, sssom:NoTermFound（文件对：doc:SLUG）")
    assert task is not None and provision is not None
    lower = said["subject_source"].removeprefix("doc:") or task[0]
    upper = said["object_source"].removeprefix("doc:") or provision[0]
    whole = bool(task[0] and provision[0]) and not (task[2] or provision[2])
    kind = "pair" if whole else "gap" if not task[2] else "no-basis" if not provision[2] else "link"
    named = whole or (bool(task[2] or provision[2]) and all(end[2] or not end[0] for end in (task, provision)))
    checks = (
        ("subject_id", named and task[0] in ("", lower), f"doc:{lower or '…'}/task/…"),
        ("object_id", provision[0] in ("", upper) and bool(lower and upper), f"doc:{upper or '…'}/sentence/…"),
        ("decision", said["decision"] in DECISIONS, "、".join(DECISIONS)),
        ("record_kind", said["record_kind"] in ("", *RECORD_KINDS), "、".join(RECORD_KINDS)),
        ("item_kind", said["item_kind"] in ("", kind), kind),
        ("relation", said["relation"] in ("", *RELATIONS), "、".join(RELATIONS)),
        ("gap_reason", said["gap_reason"] in ("", *REASONS), "、".join(REASONS)),
        ("reviewer_id", _PERSON.fullmatch(said["reviewer_id"]) is not None, "person:… 或 orcid:…"),
        ("review_date", is_day(said["review_date"]), "2026-01-31"),
        ("content_key", split_key(said["content_key"]) is not None, "k-0123456789ab-0123456789ab"),
        ("confidence", is_share(said["confidence"]), "0 – 1"),
    )
    for name, fine, expected in checks:
        if not fine:
            return _fault(row, name, said[name], expected)
    values: dict[str, Any] = {
        "record_kind": said["record_kind"] or "coding",
        "kind": kind,
        "lower": lower,
        "upper": upper,
        "task": task[2],
        "provision": provision[2],
        "key": said["content_key"],
        "decision": said["decision"],
        "reviewer": said["reviewer_id"],
        "on": said["review_date"],
        "reviewer_label": said["reviewer_label"],
        "relation": said["relation"],
        "reason": said["gap_reason"],
        "task_quotes": split_quotes(said["match_string"]),
        "provision_quotes": split_quotes(said["object_match_string"]),
        "comment": said["comment"],
        "blind": said["blind"] == "yes",
        "codebook_version": said["codebook_version"],
        "confidence": float(said["confidence"]) if said["confidence"] else None,
        "machine_status": said["machine_status"],
        "machine_relation": said["machine_relation"],
        "sample": said["sample"],
        "withdraws": said["withdraws"],
        "task_label": said["subject_label"],
        "provision_label": said["object_label"],
        "provision_level": _LEVELS.get(provision[1], ""),
        "task_level": _LEVELS.get(task[1], ""),
    }
    made = Record(id=said["record_id"], **values)
    return made if made.id else with_id(made, row)


class _Blank(dict[str, str]):
    """Cells by column name, empty where there is none."""

    def __missing__(self, name: str) -> str:
        return ""


def with_id(record: Record, number: int) -> Record:
    """Return a record with its id: a hash of what it says and of how many records its file held before it."""
    cells = to_cells(record)
    said = "\0".join([str(number), *(cells[name] for name in COLUMNS[1:])])
    return replace(record, id="review:" + hashlib.sha256(said.encode()).hexdigest()[:16])


def _end(curie: str) -> tuple[str, str, str] | None:
    """Return (slug, folder, own id) of one end; without an id for a document, empty for NoTermFound, None when it is neither."""
    if curie == NO_TERM:
        return "", "", ""
    if whole := _DOCUMENT.fullmatch(curie):
        return whole[1], "", ""
    hit = _END.fullmatch(curie)
    return (hit[1], hit[2], unquote(hit[3])) if hit and hit[2] in _LEVELS else None


def _fault(row: int, column: str, found: str, expected: str) -> Fault:
    found = _CONTROL.sub("�", found)
    shown = found[:60].strip() or "空白"
    en = expected if expected.isascii() else expected.replace("、", ", ").replace("或", "or")
    return Fault(
        row,
        f"第 {row} 行“{column}”列为“{shown}”，应为 {expected}。",
        f"row {row}, column {column}: found {found[:60] or 'nothing'}, expected {en}.",
    )


def is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_share(text: str) -> bool:
    try:
        return not text or 0 <= float(text) <= 1
    except ValueError:
        return False


def one_line(text: str) -> str:
    return " ".join(text.split())


def clean(text: str) -> str:
    """Return a comment as it can be kept: no control characters, line ends as LF, no outer blanks."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def join_quotes(quotes: Iterable[str]) -> str:
    return "|".join(one_line(quote).replace("\\", "\\\\").replace("|", "\\|") for quote in quotes)


def split_quotes(text: str) -> tuple[str, ...]:
    r"""Return the quotes of a cell; ``\|`` is a bar inside one.

    >>> split_quotes(join_quotes(["a|b", "c"]))
    ('a|b', 'c')
    """
    if "\\" not in text:
        return tuple(part for part in text.split("|") if part)
    parts = re.findall(r"((?:\\.|[^|\\])*)(?:\||$)", text, re.DOTALL)
    return tuple(re.sub(r"\\(.)", r"\1", part) for part in parts if part)
