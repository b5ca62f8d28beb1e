"""The report as one page with nothing outside it: no script, no font, no picture; readable on paper and in grey."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ontology.labels import Language, label
from validation.findings import ReportFinding, Rule

STYLE = """
body { font: 15px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.2rem; margin-top: 2.2rem; border-bottom: 1px solid #999; }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; } .meta { color: #555; } .totals b { font-size: 1.4rem; margin: 0 1.2rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #ddd; }
td.number { text-align: right; } tr.nothing td { color: #777; } q { quotes: none; background: #f2f2f2; padding: 0 .2rem; }
.violation { border-left: 6px solid #b00020; } .warning { border-left: 6px double #b26a00; } .info { border-left: 2px dotted #555; }
article { padding: .2rem .8rem; margin: .6rem 0; break-inside: avoid; } article p { margin: .1rem 0; } .code { font-weight: 600; }
.small { color: #555; font-size: .9rem; } nav a { margin-right: 1rem; }
@media print { body { margin: 0; max-width: none; font-size: 11px; } nav { display: none; } }
"""
ELSEWHERE = ("不属于某一文件", "in no document")
EXPECTED = ("应为：", "Expected: ")
FIX = ("处理：", "To do: ")
RULES = ("各规则结果", "By rule")


def html_page(
    findings: Sequence[ReportFinding],
    counts: Sequence[tuple[Rule, int]],
    title: str,
    heading: str,
    totals: Sequence[tuple[str, int]],
    lang: Language,
) -> str:
    """Return the page: totals, every rule with its count, then the findings document by document."""
    by_document = sorted(findings, key=lambda finding: finding.document or "~")
    groups = [(name, list(group)) for name, group in groupby(by_document, key=lambda finding: finding.document)]
    links = "".join(f'<a href="#{escape(_anchor(name))}">{escape(_title(group, lang))} ({len(group)})</a>' for name, group in groups)
    total = "".join(f"{escape(word)}<b>{number}</b>" for word, number in totals)
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title><style>{STYLE}</style></head>\n'
        f'<body><h1>{escape(title)}</h1><p class="meta">{escape(heading)}</p><p class="totals">{total}</p><nav>{links}</nav>\n'
        f"<h2>{escape(RULES[lang != 'zh'])}</h2>\n{_rules(counts, lang)}\n"
        + "\n".join(_document(name, group, lang) for name, group in groups)
        + "\n</body></html>\n"
    )


def _rules(counts: Sequence[tuple[Rule, int]], lang: Language) -> str:
    heads = "".join(f"<th>{escape(label(f'column/{name}', lang))}</th>" for name in ("rule", "severity", "message", "count"))
    rows = "\n".join(
        f'<tr class="{"" if count else "nothing"}"><td class="code">{escape(rule.code)}</td>'
        f"<td>{escape(label(f'severity/{rule.severity}', lang))}</td>"
        f'<td>{escape(rule.title(lang))}</td><td class="number">{count}</td></tr>'
        for rule, count in counts
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _document(name: str, group: list[ReportFinding], lang: Language) -> str:
    body = "\n".join(_article(finding, lang) for finding in group)
    return f'<section id="{escape(_anchor(name))}"><h2>{escape(_title(group, lang))}</h2>\n{body}</section>'


def _article(finding: ReportFinding, lang: Language) -> str:
    place = finding.place(lang) or finding.focus
    quote = f"<p><q>{escape(finding.quote)}</q></p>" if finding.quote else ""
    expected = f"{EXPECTED[lang != 'zh']}{finding.expected(lang)} " if finding.expected(lang) else ""
    fix = f"{FIX[lang != 'zh']}{finding.fix(lang)}" if finding.fix(lang) else ""
    return (
        f'<article class="{finding.severity}"><p><span class="code">{escape(label(f"severity/{finding.severity}", lang))}</span> '
        f'{escape(place)}</p><p>{escape(finding.message(lang))}</p>{quote}<p class="small">{escape(expected + fix)}</p></article>'
    )


def _title(group: list[ReportFinding], lang: Language) -> str:
    return group[0].document_title or ELSEWHERE[lang != "zh"]


def _anchor(document: str) -> str:
    return f"doc-{document.replace('/', '-')}"
