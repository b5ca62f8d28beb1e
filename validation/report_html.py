"""The report as one page with nothing outside it: filters, charts, the source tables with their faulty cells marked; it prints in grey too.

Beyond MOST findings the page holds the first of each severity and says where the rest is.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.labels import Language, label
from validation.findings import SEVERITIES, ReportFinding
from validation.report_text import count_words, heading, said, trend_line
from validation.sources import SourceDocument, SourceRow

if TYPE_CHECKING:
    from validation.report import Report

ROOM = Path(__file__).resolve().parent
MOST = 5000
BARS = 15
BAR_EM = 16
MOST_TABLES = 50
Cell = tuple[int, int, str]
WORDS = {
    "elsewhere": ("不属于某一文件", "in no document"),
    "expected": ("应为：", "Expected: "),
    "fix": ("处理：", "To do: "),
    "related": ("参见：", "See also: "),
    "rules": ("各规则结果", "By rule"),
    "rules_note": ("0 表示查过而没有发现；— 表示没有可查的对象。", "0: looked and found nothing; —: nothing to look at."),
    "inputs": ("所核查的文件", "What was checked"),
    "all": ("全部", "all"),
    "search": ("检索（按 / 键）", "Search (press /)"),
    "clear": ("清除条件", "Clear"),
    "shown": ("{} 条", "{} findings"),
    "table": ("原表（有发现的单元格已标出，序号可点）", "The table as published; cells with findings are marked"),
    "cut": (
        "共 {total} 条发现；本页载每一等级的前 {each} 条，共 {shown} 条，其余请见 zhengmai validate --format xlsx 或 json 的报告。",
        "{total} findings; this page holds the first {each} of each severity, {shown} in all; the rest: --format xlsx or json.",
    ),
    "none": ("没有发现问题。", "Nothing found."),
    "keys": ("键盘：/ 检索，j 下一条，k 上一条。", "Keys: / search, j next, k last."),
    "state": ("状态", "status"),
    "new": ("新增", "new"),
    "still": ("仍在", "still there"),
    "waived": ("已说明", "accepted"),
    "gone": ("上次报告中有、本次没有的发现", "Found in the last report, not in this one"),
    "charts": ("数量", "Counts"),
    "skip": ("跳到发现", "Skip to findings"),
    "open": ("在页面中查看", "open in the UI"),
}


def html_page(report: Report, lang: Language) -> str:
    """Return the page: totals, charts, every rule with its count, then the findings document by document."""
    shown, each = _first(report.findings)
    numbers = {id(finding): number for number, finding in enumerate(shown, start=1)}
    by_document = sorted(shown, key=lambda finding: finding.document or "~")
    groups = [(name, list(group)) for name, group in groupby(by_document, key=lambda finding: finding.document)]
    sources = {source.slug: source for source in report.sources}
    cut = _say("cut", lang).format(total=len(report.findings), each=each, shown=len(shown)) if len(shown) < len(report.findings) else ""
    sections = (
        _document(name, group, sources.get(name) if at < MOST_TABLES else None, numbers, lang) for at, (name, group) in enumerate(groups)
    )
    body = [
        f'<p class="skip"><a href="#findings">{escape(_say("skip", lang))}</a></p><h1>{escape(said("title", lang))}</h1>',
        f'<p class="meta">{escape(heading(report, lang))}</p>{_totals(report, lang)}',
        _paragraph(trend_line(report, lang)) + _paragraph(cut),
        f"<h2>{escape(_say('charts', lang))}</h2>",
        _charts(report, lang),
        _folded(_say("rules", lang), f'<p class="small">{escape(_say("rules_note", lang))}</p>{_rules(report, lang)}'),
        _inputs(report, lang),
        _gone(report, lang),
        f'<h2 id="findings">{escape(label("term/report", lang))}</h2>',
        _filters(shown, groups, report, lang),
        *(sections if shown else [_paragraph(_say("none", lang))]),
    ]
    return _whole(said("title", lang), "\n".join(part for part in body if part), lang)


def _whole(title: str, body: str, lang: Language) -> str:
    """Return the page around its body; its policy lets nothing run but the one script it holds."""
    style, script = ((ROOM / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{style}</style></head>\n<body>{body}\n<script>{script}</script></body></html>\n"
    )


def _folded(title: str, body: str, *, is_open: bool = False) -> str:
    return f"<details{' open' if is_open else ''}><summary>{escape(title)}</summary>{body}</details>"


def _first(findings: Sequence[ReportFinding]) -> tuple[list[ReportFinding], int]:
    """Return the findings a page holds, and how many of each severity at most."""
    if len(findings) <= MOST:
        return list(findings), MOST
    each = MOST // len(SEVERITIES)
    return [f for severity in SEVERITIES for f in [f for f in findings if f.severity == severity][:each]], each


def _totals(report: Report, lang: Language) -> str:
    boxes = [(label(f"severity/{severity}", lang), report.count(severity)) for severity in SEVERITIES]
    boxes += [(_say("waived", lang), report.waived)] if report.waived else []
    return '<ul class="totals">' + "".join(f"<li>{escape(word)}<b>{number}</b></li>" for word, number in boxes) + "</ul>"


def _charts(report: Report, lang: Language) -> str:
    """Draw, for each document and then for the commonest rules, how many findings of each severity."""
    documents: Counter[tuple[str, str]] = Counter(
        (f.document_title or f.document or _say("elsewhere", lang), f.severity) for f in report.findings
    )
    titles = {rule.code: f"{rule.code} {rule.title(lang)}" for rule in report.rules}
    rules: Counter[tuple[str, str]] = Counter((titles.get(f.code, f.code), f.severity) for f in report.findings)
    return _chart(documents, label("column/document", lang), lang) + _chart(rules, label("column/rule", lang), lang)


def _chart(counts: Counter[tuple[str, str]], head: str, lang: Language) -> str:
    totals: Counter[str] = Counter()
    for (name, _), count in counts.items():
        totals[name] += count
    if not totals:
        return ""
    most = max(totals.values())
    rows = []
    for name, total in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:BARS]:
        bars = "".join(
            f'<span class="bar {severity}" style="width:{max(0.15, BAR_EM * counts[name, severity] / most):.2f}em" '
            f'title="{escape(label(f"severity/{severity}", lang))} {counts[name, severity]}"></span>'
            for severity in SEVERITIES
            if counts[name, severity]
        )
        words = "，".join(f"{label(f'severity/{s}', lang)} {counts[name, s]}" for s in SEVERITIES if counts[name, s])
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td>{bars}</td><td class="number">{total}</td>'
            f'<td class="small">{escape(words)}</td></tr>'
        )
    return f"<h3>{escape(head)}</h3><table><tbody>{''.join(rows)}</tbody></table>"


def _rules(report: Report, lang: Language) -> str:
    heads = "".join(f"<th>{escape(label(f'column/{name}', lang))}</th>" for name in ("rule", "severity", "message", "count"))
    rows = "\n".join(
        f'<tr class="{"" if count else "nothing"}"><td>{escape(rule.code)}</td>'
        f"<td>{escape(label(f'severity/{rule.severity}', lang))}</td>"
        f'<td>{escape(rule.title(lang))}</td><td class="number">{count_words(rule, count)}</td></tr>'
        for rule, count in report.counts_by_rule()
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _inputs(report: Report, lang: Language) -> str:
    if not report.sources:
        return ""
    rows = "".join(
        f'<tr><td>{escape(s.title or s.slug)}</td><td>{escape(s.file)}</td><td class="small">sha256 {escape(s.sha256)}</td></tr>'
        for s in report.sources
    )
    return _folded(_say("inputs", lang), f"<table><tbody>{rows}</tbody></table>")


def _gone(report: Report, lang: Language) -> str:
    if not report.trend or not report.trend.gone:
        return ""
    rows = "".join(
        f"<tr><td>{escape(g.code)}</td><td>{escape(g.document)}</td><td>{escape(g.place_zh if lang == 'zh' else g.place_en)}</td>"
        f"<td>{escape(g.message_zh if lang == 'zh' else g.message_en)}</td></tr>"
        for g in report.trend.gone[:MOST]
    )
    return _folded(f"{_say('gone', lang)} ({len(report.trend.gone)})", f"<table><tbody>{rows}</tbody></table>")


def _filters(shown: Sequence[ReportFinding], groups: Sequence[tuple[str, list[ReportFinding]]], report: Report, lang: Language) -> str:
    titles = {rule.code: f"{rule.code} {rule.title(lang)}" for rule in report.rules}
    found = Counter(f.code for f in shown)
    departments = Counter(name for f in shown for name in f.departments)
    choices: dict[str, list[tuple[str, str]]] = {
        "severity": [(severity, label(f"severity/{severity}", lang)) for severity in SEVERITIES],
        "document": [(name or "-", f"{_title(group, lang)} ({len(group)})") for name, group in groups],
        "department": [(name, f"{name} ({count})") for name, count in sorted(departments.items(), key=lambda item: (-item[1], item[0]))],
        "rule": [(code, f"{titles.get(code, code)} ({count})") for code, count in sorted(found.items())],
    }
    states = sorted({_state(f) for f in shown} - {""})
    choices |= {"state": [(state, _say(state, lang)) for state in states]} if states else {}
    selects = "".join(_select(name, options, lang) for name, options in choices.items())
    words = _say("shown", lang)
    return (
        f'<div class="filters" role="search"><label>{escape(_say("search", lang))}<input id="search" type="search"></label>{selects}'
        f'<button type="button" id="clear">{escape(_say("clear", lang))}</button>'
        f'<output id="shown" aria-live="polite" data-words="{escape(words)}">{escape(words.format(len(shown)))}</output></div>'
        f'<p class="small noprint">{escape(_say("keys", lang))}</p>'
    )


def _select(name: str, options: Sequence[tuple[str, str]], lang: Language) -> str:
    head = _say(name, lang) if name in WORDS else label(f"column/{name}", lang)
    listed = "".join(f'<option value="{escape(value)}">{escape(word)}</option>' for value, word in options)
    return f'<label>{escape(head)}<select id="{name}"><option value="">{escape(_say("all", lang))}</option>{listed}</select></label>'


def _document(name: str, group: list[ReportFinding], source: SourceDocument | None, numbers: dict[int, int], lang: Language) -> str:
    articles = "\n".join(_article(finding, numbers[id(finding)], lang) for finding in group)
    drawn = _drawn(group, source, numbers, lang) if source and source.rows else ""
    head = f"<h2>{escape(_title(group, lang))} ({len(group)})</h2>"
    return f'<section class="document" id="{escape(_anchor(name))}">{head}\n{drawn}{articles}</section>'


def _drawn(group: Sequence[ReportFinding], source: SourceDocument, numbers: dict[int, int], lang: Language) -> str:
    """Draw the table as published, each cell with a finding outlined after its worst one, with the findings' numbers."""
    at: dict[Cell, list[ReportFinding]] = {}
    for finding in group:
        if finding.table and finding.row:
            at.setdefault((finding.table, finding.row, finding.field), []).append(finding)
    heads = "".join(f"<th>{escape(words)}</th>" for words, _ in source.headers)
    rows = "\n".join(_drawn_row(row, [role for _, role in source.headers], at, numbers, lang) for row in source.rows)
    table = f'<div class="drawn" tabindex="0"><table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table></div>'
    return _folded(_say("table", lang), table, is_open=True)


def _drawn_row(
    row: SourceRow, roles: Sequence[str], at: Mapping[Cell, list[ReportFinding]], numbers: dict[int, int], lang: Language
) -> str:
    """Draw one row; what stands at no column of the table is marked at its first cell."""
    mine = {role: found for (table, line, role), found in at.items() if (table, line) == (row.table, row.row)}
    spare = [f for role, found in mine.items() if role not in roles for f in found]
    cells = []
    for position, role in enumerate(roles):
        found = [*(spare if position == 0 else ()), *mine.get(role, ())]
        cell = row.cells.get(role)
        worst = min((SEVERITIES.index(f.severity) for f in found), default=None)
        kind = f' class="{SEVERITIES[worst]}"' if worst is not None else ""
        links = "".join(f'<sup><a href="#f-{escape(f.key)}" title="{escape(f.message(lang))}">{numbers[id(f)]}</a></sup>' for f in found)
        cells.append(f"<td{kind}>{_cell(cell.text if cell else '', found)}{links}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _cell(text: str, found: Sequence[ReportFinding]) -> str:
    marks = sorted({mark for f in found for mark in f.marks if f.context == text})
    return _marked(text, marks)


def _marked(text: str, marks: Sequence[tuple[int, int]]) -> str:
    out, last = [], 0
    for start, end in marks:
        if start < last:
            continue
        out += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join([*out, escape(text[last:])])


def _article(f: ReportFinding, number: int, lang: Language) -> str:
    words = f.context if f.context.strip() else f.quote
    quote = f"<blockquote>{_marked(words, f.marks if words == f.context else ())}</blockquote>" if words.strip() else ""
    expected = f"{_say('expected', lang)}{f.expected(lang)} · " if f.expected(lang) else ""
    fix = f"{_say('fix', lang)}{f.fix(lang)}" if f.fix(lang) else ""
    others = "；".join(f"{one.place_zh if lang == 'zh' else one.place_en}“{' '.join(one.quote.split())[:30]}”" for one in f.related[:8])
    related = f'<p class="small">{escape(_say("related", lang) + others)}</p>' if others else ""
    accepted = f"{_say('waived', lang)}：{f.waiver.reason}（{f.waiver.who}，{f.waiver.date}）" if f.waiver else ""
    waiver = f'<p class="small">{escape(accepted)}</p>' if accepted else ""
    state = _state(f)
    badge = f' <span class="badge">{escape(_say(state, lang))}</span>' if state else ""
    link = f' · <a href="{escape(f.permalink)}">{escape(_say("open", lang))}</a>' if f.permalink else ""
    header = f" · {escape(f.header)}" if f.header else ""
    data = {
        "severity": f.severity,
        "document": f.document or "-",
        "rule": f.code,
        "department": "|".join(f.departments),
        "state": state,
    }
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    severity = f'<span class="sev">{escape(label(f"severity/{f.severity}", lang))}</span>'
    return (
        f'<article class="{f.severity}{" waived" if f.waiver else ""}" id="f-{escape(f.key or str(number))}" tabindex="-1" {attributes}>'
        f"<p>{number}. {severity} {escape(f.place(lang) or f.focus)}{header}{badge}</p><p>{escape(f.message(lang))}</p>{quote}{related}"
        f'<p class="small">{escape(expected + fix)}{link}</p>{waiver}</article>'
    )


def _state(f: ReportFinding) -> str:
    return "waived" if f.waiver else f.trend


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""


def _title(group: list[ReportFinding], lang: Language) -> str:
    return group[0].document_title or _say("elsewhere", lang)


def _anchor(document: str) -> str:
    return f"doc-{document.replace('/', '-')}"


def _say(key: str, lang: Language) -> str:
    return WORDS[key][lang != "zh"]
