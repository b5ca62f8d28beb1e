"""What reviewers take home: every item as a row to fill in, and every record as it stands, as SSSOM TSV or a workbook.

Both come back through :mod:`lineage.review.intake` with nothing lost: the items' rows carry what is filled in, the records' rows rebuild
the decisions file elsewhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lineage.review.desk import Show, hide, is_shown, settled_pairs
from lineage.review.log import read_log
from lineage.review.pairs import ReviewPair
from lineage.review.people import reviewer_id
from lineage.review.records import KINDS, Case, Record
from lineage.review.table import CARDINALITY, COLUMNS, PREDICATE, ends, head, header_line, join_quotes, one_line, to_cells
from zhengmai.workspace import Workspace

FILL_IN = ("decision", "relation", "gap_reason", "comment")
ITEM_COLUMNS = (
    *FILL_IN, "item_kind", "task", "provision", "subject_label", "object_label", "match_string", "object_match_string", "confidence",
    "machine_status", "machine_relation", "now_status", "now_relation", "now_decided_by", "reopened", "sample", "blind", "subject_id",
    "object_id", "content_key", "subject_source", "object_source", "record_id",
)  # fmt: skip
MACHINE_ROW = "review:m"
_JUSTIFICATION = {"sentence-similarity": "semapv:LexicalSimilarityThresholdMatching", "": "semapv:UnspecifiedMatching"}

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of an export: items to fill in, and records as they stand."""

    items: tuple[Cells, ...]
    records: tuple[Record, ...]


def make_tables(
    workspace: Workspace,
    *,
    reviewer: str = "",
    pair: tuple[str, str] | None = None,
    show: Show = "all",
    kinds: Iterable[str] = KINDS,
    blind: bool = False,
    samples: Mapping[str, str] | None = None,
) -> Tables:
    """Return what to export. Blind tables hold the words alone, and of the records only this reviewer's.

    ``samples`` (item id → stratum) limits the items to those drawn and says of which stratum each is.
    """
    who = reviewer_id(reviewer)[0] if reviewer else ""
    wanted, items = set(kinds), []
    for settled in settled_pairs(workspace, pair=pair):
        drawn = [own for own in samples or () if own in settled.items or settled.pair.find(own)] if samples is not None else settled.items
        for own in drawn:
            item = settled.items.get(own) or settled.pair.find(own)
            assert item is not None
            state = settled.state(item)
            if samples is not None or (item.kind in wanted and is_shown(state, show, who)):
                case = Case(item, state)
                items.append(_item_cells(hide(case, who) if blind else case, settled.pair, (samples or {}).get(own, "")))
    log = read_log(workspace.curated_dir).records if samples is None else ()
    records = (r for r in log if pair in (None, (r.lower, r.upper)) and (not blind or r.reviewer == who))
    return Tables(tuple(items), tuple(records))


def _item_cells(case: Case, pair: ReviewPair, sample: str) -> Cells:
    item, state = case.item, case.state
    subject, object_ = ends(item, pair)
    return {
        "record_id": MACHINE_ROW + hashlib.sha256(f"{item.id} {item.key}".encode()).hexdigest()[:15],
        "subject_id": subject,
        "subject_label": one_line(item.task_text),
        "predicate_id": PREDICATE[item.kind],
        "object_id": object_,
        "object_label": one_line(item.provision_text),
        "mapping_justification": _JUSTIFICATION.get(item.method, "semapv:LexicalMatching"),
        "confidence": "" if item.confidence is None else str(item.confidence),
        "mapping_cardinality": CARDINALITY[item.kind],
        "subject_source": f"doc:{item.lower}",
        "object_source": f"doc:{item.upper}",
        "match_string": join_quotes(q.quote for q in item.task_evidence),
        "object_match_string": join_quotes(q.quote for q in item.provision_evidence),
        "relation": item.relation,
        "gap_reason": item.reason if item.kind == "gap" else "",
        "item_kind": item.kind,
        "content_key": item.key,
        "blind": "yes" if case.hidden else "",
        "machine_status": "" if case.hidden else item.status,
        "machine_relation": item.relation,
        "sample": sample,
        "task": item.task,
        "provision": item.provision,
        "now_status": "" if case.hidden else state.status,
        "now_relation": "" if case.hidden else state.relation,
        "now_decided_by": "" if case.hidden or state.status in ("none", "proposed") else state.decided_by,
        "reopened": "yes" if state.reopened else "",
    }


def to_tsv(tables: Tables) -> str:
    """Return both tables as one SSSOM table: the machine's rows with an empty ``decision``, then the records."""
    out = io.StringIO()
    out.write(head("review-export") + header_line())
    table = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    table.writerows(_in_order(cells) for cells in tables.items)
    table.writerows(_in_order(to_cells(record)) for record in tables.records)
    return out.getvalue()


def _in_order(cells: Cells, columns: Sequence[str] = COLUMNS) -> list[str]:
    return [cells.get(name, "") for name in columns]
