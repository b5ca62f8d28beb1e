"""The report in words: for a terminal, and as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology.labels import Language, label
from validation.findings import SEVERITIES, ReportFinding, Rule

if TYPE_CHECKING:
    from validation.report import Report

SHOWN_IN_TEXT = 10
QUOTED = 60
WORDS = {
    "title": ("政脉一致性核查", "zhengmai consistency report"),
    "graph": ("图谱版本", "graph"),
    "shapes": ("规则版本", "rules"),
    "tool": ("程序版本", "tool"),
    "by_rule": ("各规则结果（0 表示没有发现，— 表示没有可核查的对象）", "By rule (0: nothing found; —: nothing to look at)"),
    "place": ("位置", "where"),
    "quote": ("原文", "quote"),
    "expected": ("应为", "expected"),
    "fix": ("处理", "to do"),
    "related": ("参见", "see also"),
    "more": ("另有 {} 条，见 html、md、xlsx 或 json 报告", "{} more in the html, md, xlsx or json report"),
    "none": ("没有发现问题。", "Nothing found."),
    "waived": ("已说明", "accepted"),
    "trend": ("与上次（{}）相比：新增 {} · 仍在 {} · 消失 {}", "since {}: new {} · still there {} · gone {}"),
    "gone": ("消失", "gone"),
    "file": ("文件", "file"),
}


def heading(report: Report, lang: Language) -> str:
    """Return the line that says what was looked at, by what."""
    graph = f" · {said('graph', lang)} {report.graph_version}" if report.graph_version else ""
    made = f" · {report.made_at}" if report.made_at else ""
    return (
        f"{said('title', lang)}{graph} · {said('shapes', lang)} {report.shapes_version} · {said('tool', lang)} {report.tool_version}{made}"
    )


def totals(report: Report, lang: Language) -> str:
    """Return how many findings of each severity are open, and how many were accepted."""
    counts = [f"{label(f'severity/{severity}', lang)} {report.count(severity)}" for severity in SEVERITIES]
    return " · ".join([*counts, *([f"{said('waived', lang)} {report.waived}"] if report.waived else [])])


def trend_line(report: Report, lang: Language) -> str:
    """Return how the report stands to the last one, "" when none was named."""
    trend = report.trend
    return said("trend", lang).format(trend.since or "—", trend.new, trend.still, len(trend.gone)) if trend else ""


def count_words(rule: Rule, count: int) -> str:
    """Return a rule's count; a dash where it had nothing to look at."""
    return "—" if not count and rule.looked_at == 0 else str(count)


def said(key: str, lang: Language) -> str:
    return WORDS[key][lang != "zh"]


def text_report(report: Report, lang: Language) -> str:
    """Return the report for a terminal: counts of every rule, then the findings, ten of each rule below violations."""
    lines = [heading(report, lang), totals(report, lang)]
    lines += [line for line in (trend_line(report, lang),) if line]
    lines += ["", said("by_rule", lang)]
    lines += [
        f"  {count_words(rule, count):>5}  {rule.code}  {label(f'severity/{rule.severity}', lang)}  {rule.title(lang)}"
        for rule, count in report.counts_by_rule()
    ]
    for rule, _ in report.counts_by_rule():
        mine = [finding for finding in report.findings if finding.code == rule.code and not finding.waiver]
        shown = mine if rule.severity == "violation" else mine[:SHOWN_IN_TEXT]
        if mine:
            many = f"（{len(mine)}）" if lang == "zh" else f" ({len(mine)})"
            lines += ["", f"{rule.code} {rule.title(lang)}{many}"]
        for finding in shown:
            lines += _finding(finding, lang)
        if mine:
            fix = mine[0].fix(lang)
            lines += [f"    {said('more', lang).format(len(mine) - len(shown))}"] if len(shown) < len(mine) else []
            lines += [f"  {said('fix', lang)}: {fix}"] if fix else []
    return "\n".join([*lines, *([] if report.findings else ["", said("none", lang)])]) + "\n"


def _finding(finding: ReportFinding, lang: Language) -> list[str]:
    lines = [f"  {_severity(finding, lang)} {_where(finding, lang)}", f"    {finding.message(lang)}"]
    if finding.quote.strip():
        lines.append(f"    {said('quote', lang)}: {marked(finding, '【', '】')[: 2 * QUOTED]}")
    if finding.related:
        places = "、".join(one.place_zh if lang == "zh" else one.place_en for one in finding.related[:5])
        lines.append(f"    {said('related', lang)}: {places}")
    return lines


def marked(finding: ReportFinding, opens: str, closes: str) -> str:
    """Return the words around a fault on one line, the fault between marks; without a fault the quotation."""
    if not finding.marks:
        return " ".join((finding.quote or finding.context).split())[:QUOTED]
    start, end = finding.marks[0]
    left = max(0, start - QUOTED // 2)
    words = f"{finding.context[left:start]}{opens}{finding.context[start:end]}{closes}{finding.context[end : end + QUOTED // 2]}"
    return ("…" if left else "") + " ".join(words.split()) + ("…" if end + QUOTED // 2 < len(finding.context) else "")


def markdown_report(report: Report, lang: Language) -> str:
    """Return the report as Markdown tables: rules, then findings."""
    columns = [label(f"column/{name}", lang) for name in ("rule", "severity", "document", "place", "message", "quote")]
    lines = [f"# {said('title', lang)}", "", heading(report, lang), "", totals(report, lang), ""]
    lines += [trend_line(report, lang), ""] if report.trend else []
    lines += [f"- {said('file', lang)}: {source.title} {source.file} sha256 {source.sha256}" for source in report.sources]
    lines += ["", f"## {said('by_rule', lang)}", ""]
    lines += [_row([columns[0], columns[1], "", label("column/count", lang)]), _row(["---"] * 4)]
    lines += [
        _row([rule.code, label(f"severity/{rule.severity}", lang), rule.title(lang), count_words(rule, count)])
        for rule, count in report.counts_by_rule()
    ]
    lines += ["", f"## {label('term/report', lang)}", "", _row([*columns, said("fix", lang)]), _row(["---"] * (len(columns) + 1))]
    for finding in report.findings:
        cells = [finding.code, _severity(finding, lang), finding.document_title, finding.place(lang), finding.message(lang)]
        lines.append(_row([*cells, marked(finding, "【", "】"), finding.fix(lang)]))
    if report.trend and report.trend.gone:
        lines += ["", f"## {said('gone', lang)}", "", _row([columns[0], columns[2], columns[3], columns[4]]), _row(["---"] * 4)]
        for gone in report.trend.gone:
            zh = lang == "zh"
            place, message = (gone.place_zh, gone.message_zh) if zh else (gone.place_en, gone.message_en)
            lines.append(_row([gone.code, gone.document, place, message]))
    return "\n".join(lines) + "\n"


def _severity(finding: ReportFinding, lang: Language) -> str:
    word = label(f"severity/{finding.severity}", lang)
    return f"{word}（{said('waived', lang)}）" if finding.waiver else word


def _where(finding: ReportFinding, lang: Language) -> str:
    return " ".join(part for part in (finding.document_title, finding.place(lang)) if part) or finding.focus


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
