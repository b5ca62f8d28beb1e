"""What ``zhengmai review report`` tells people, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lineage.review.records import Item, Record, State
from lineage.review.report import Agreement, Estimate, Report, Share
from ontology.labels import Language, label

_TOPICS = {"status": "status", "relation": "relation-type"}


def report_text(report: Report, lang: Language) -> str:
    """Return the figures with their intervals, the tables, and the words of every disagreement."""

    def word(key: str) -> str:
        return label(f"review/{key}", lang)

    counts = {"settled": report.settled, "undecided": report.undecided, "codings": report.codings, "blind": report.blind}
    lines = [word("settled").format(**counts), "", word("precision")]
    for group, part, share in report.precision:
        lines.append(f"  {word(group)} {_code(group, part, lang)}".rstrip() + f"：{_shown(share, lang)}")
    lines += [f"{word('right-relation')}：{_shown(report.relation, lang)}", f"{word('gaps')}：{_shown(report.gaps, lang)}"]
    lines += ["", word("estimates")] if report.estimates else []
    for estimate in report.estimates:
        lines += _estimate(estimate, lang)
    lines += ["", word("agreement")] if report.agreements else []
    lines += [_agreement(agreement, report.names, lang) for agreement in report.agreements]
    lines += _table(word("machine-table"), report.machine_table, lang)
    for one, other, cells in report.reviewer_tables:
        lines += _table(word("table").format(report.names[one], report.names[other]), cells, lang)
    lines += ["", f"{word('disagreements')} ({len(report.disagreements)})"] if report.disagreements else []
    for item, state in report.disagreements:
        lines += _disagreement(item, state, lang)
    return "\n".join(lines) + "\n"


def _shown(share: Share, lang: Language) -> str:
    if share.value is None:
        return label("review/none", lang)
    low, high = share.interval
    return label("review/of", lang).format(right=share.right, of=share.of, value=f"{share.value:.3f}", low=low, high=high)


def _estimate(e: Estimate, lang: Language) -> list[str]:
    head = label("review/estimate", lang).format(seed=e.seed, decided=e.decided, links=e.covers_links, others=e.covers_others)
    low, high = e.recall_interval
    recall = label("review/none", lang) if e.recall is None else f"{e.recall:.3f} ({low:.3f}–{high:.3f})"
    return [
        f"  {head}",
        f"    {label('review/precision-of-sample', lang)}：{_shown(e.precision, lang)}",
        f"    {label('review/recall', lang)}：{recall}",
        "    " + label("review/missed", lang).format(missed=e.missed),
    ]


def _agreement(a: Agreement, names: dict[str, str], lang: Language) -> str:
    value = label("review/none", lang) if a.value is None else f"{a.value:.3f}"
    interval = f" ({a.interval[0]:.3f}–{a.interval[1]:.3f})" if a.interval else ""
    named = f"{label(f'review/{a.coefficient}', lang)}, {label(f'review/on-{a.on}', lang)}"
    return f"  {named}: {value}{interval}; {a.agreed}/{a.units}; {' · '.join(names[who] for who in a.who)}"


def _code(group: str, part: str, lang: Language) -> str:
    return label(f"{_TOPICS[group]}/{part}", lang) if group in _TOPICS and part not in ("", "none") else part


def _word(code: str, lang: Language) -> str:
    topic = "decision" if code in ("accepted", "rejected", "unsure", "edited") else "relation-type"
    return label(f"{topic}/{code}", lang) if code else "—"


def _table(title: str, cells: Sequence[tuple[str, str, int]], lang: Language) -> list[str]:
    return ["", title, *(f"  {_word(one, lang)} → {_word(other, lang)}: {count}" for one, other, count in cells)] if cells else []


def _disagreement(item: Item, state: State, lang: Language) -> list[str]:
    lines = [f"  {item.id}"]
    for name, text in (("task", item.task_text), ("provision", item.provision_text)):
        if text:
            lines.append(f"    {label(f'review-column/{name}', lang)}：{' '.join(text.split())}")
    for record in state.firsts:
        lines.append(f"    {record.reviewer_label or record.reviewer}, {record.on}: {said(record, lang)}{_comment(record)}")
    if state.adjudication:
        settled = state.adjudication
        who = f"{settled.reviewer_label or settled.reviewer} {said(settled, lang)}{_comment(settled)}"
        lines.append("    " + label("review/settled-as", lang).format(who))
    return lines


def said(record: Record, lang: Language) -> str:
    """Return a decision in words, with its relation where it names one."""
    word = label(f"decision/{record.decision}", lang)
    return f"{word}（{label(f'relation-type/{record.relation}', lang)}）" if record.relation else word


def _comment(record: Record) -> str:
    return f"　{' '.join(record.comment.split())}" if record.comment else ""


def report_json(report: Report) -> dict[str, Any]:
    """Return the report as JSON; each disagreement with the words of both sides and all codings."""
    shown = {key: value for key, value in asdict(report).items() if key != "disagreements"}
    shown["disagreements"] = [
        {
            "item": item.id,
            "task_text": item.task_text,
            "provision_text": item.provision_text,
            "codings": [asdict(record) for record in state.firsts],
            "adjudication": asdict(state.adjudication) if state.adjudication else None,
        }
        for item, state in report.disagreements
    ]
    return shown
