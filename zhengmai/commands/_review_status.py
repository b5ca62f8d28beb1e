"""What ``zhengmai review status`` and ``import`` tell people, and the same as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from lineage.review.desk import Progress
from lineage.review.intake import Taken
from lineage.review.people import shown_name
from lineage.review.records import Case, Fault, Record
from ontology.labels import Language, label
from zhengmai.commands._review_report import said

_SHORT = 60
_MOST = 200


def status_text(done: Mapping[str, Progress], disputed: Sequence[Case], again: Sequence[Case], lang: Language) -> str:
    """Return how far the review is, kind by kind, and what needs somebody."""
    lines = []
    for kind, p in done.items():
        lines.append(label("review/items", lang).format(name=label(f"item-kind/{kind}", lang), items=p.items))
        by = {key: p.by_status.get(key, 0) for key in ("rule", "proposed", "rejected")}
        people = sum(p.by_status.get(key, 0) for key in ("person", "two-persons", "adjudicated"))
        if kind == "link":
            lines.append("  " + label("review/links-by", lang).format(**by, person=people))
        counts = {"decided": p.decided, "open": p.open, "disputed": p.disputed, "reopened": p.reopened}
        lines.append("  " + label("review/done", lang).format(**counts))
        lines += [f"  {shown_name(who)} {count}" for who, count in p.by_reviewer.items()]
    first = next(iter(done.values()))
    lines += _listed("disputed", (_case_line(case, lang) for case in disputed), lang)
    lines += _listed("reopened", (_again_line(case, lang) for case in again), lang)
    lines += _listed("lost", (_record_line(record, lang) for record in first.lost), lang)
    lines += _listed("faults", _faults(first.faults, lang), lang)
    return "\n".join(lines) + "\n"


def _listed(name: str, lines: Iterable[str], lang: Language) -> list[str]:
    listed = list(lines)
    return ["", f"{label(f'review/list-{name}', lang)} ({len(listed)})", *(f"  {line}" for line in listed)] if listed else []


def _faults(faults: Iterable[Fault], lang: Language) -> list[str]:
    return [fault.zh if lang == "zh" else fault.en for fault in faults]


def _case_line(case: Case, lang: Language) -> str:
    return f"{case.item.id}  {'；'.join(_who_said(record, lang) for record in case.state.codings)}"


def _again_line(case: Case, lang: Language) -> str:
    was = case.state.reopened[-1]
    sides = [(was.task_label, case.item.task_text), (was.provision_label, case.item.provision_text)]
    old, new = next(((a, b) for a, b in sides if " ".join(a.split()) != " ".join(b.split())), sides[1])
    return f"{case.item.id}  {_who_said(was, lang)}  “{_short(old)}” → “{_short(new)}”"


def _record_line(record: Record, lang: Language) -> str:
    return f"{record.item}  {_who_said(record, lang)}  “{_short(record.task_label or record.provision_label)}”"


def _who_said(record: Record, lang: Language) -> str:
    return f"{record.reviewer_label or record.reviewer} {said(record, lang)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def status_json(done: Mapping[str, Progress], disputed: Sequence[Case], again: Sequence[Case]) -> dict[str, Any]:
    first = next(iter(done.values()))
    kinds = {kind: {k: v for k, v in asdict(p).items() if k not in ("lost", "faults")} for kind, p in done.items()}
    return {
        **kinds,
        "disputed": [case.item.id for case in disputed],
        "reopened": [case.item.id for case in again],
        "lost": [asdict(record) for record in first.lost],
        "faults": [asdict(fault) for fault in first.faults],
    }


def taken_text(taken: Taken, lang: Language, *, dry_run: bool) -> str:
    """Return what became of an imported table, refused rows one by one."""
    counts = {"new": len(taken.records), "same": taken.unchanged, "bad": len(taken.refused)}
    lines = [label("review/can-be-taken" if dry_run else "review/taken", lang).format(**counts)]
    lines += [f"  {line}" for line in _faults(taken.refused[:_MOST], lang)]
    if len(taken.refused) > _MOST:
        lines.append("  " + label("review/and-more", lang).format(more=len(taken.refused) - _MOST))
    if taken.not_used:
        lines.append("  " + label("review/not-used", lang).format(names="、".join(taken.not_used)))
    return "\n".join(lines) + "\n"


def taken_json(taken: Taken) -> dict[str, Any]:
    return {
        "records": [asdict(record) for record in taken.records],
        "unchanged": taken.unchanged,
        "refused": [{"row": f.row, "message": {"zh": f.zh, "en": f.en}} for f in taken.refused],
        "columns_not_used": list(taken.not_used),
    }
