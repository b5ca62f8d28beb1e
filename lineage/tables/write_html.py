"""A page as one HTML file that needs nothing else: readable in a browser, printable on A4 landscape, marks as <del> and <ins>."""

from __future__ import annotations

from html import escape

from lineage.tables.marks import Run
from lineage.tables.page import Cell, Column, Page, Sheet
from lineage.tables.write_xlsx import TINTS

STYLE = """\
:root { color-scheme: light }
body { margin: 1rem; color: #1a1a1a; background: #fff; font: 15px/1.55 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }
h1 { font-size: 1.4rem; text-align: center; margin: .5rem 0 1rem } p.notice { margin: .2rem 0; color: #444 }
.wide { overflow-x: auto } table { border-collapse: collapse; margin: 1rem 0; width: 100% }
th, td { border: 1px solid #bfbfbf; padding: .35rem .5rem; vertical-align: top; text-align: left; white-space: pre-line }
td { overflow-wrap: anywhere }
th { background: #e7e6e6; text-align: center; position: sticky; top: 0 } td.centred { text-align: center }
del { color: #c00000 } ins { color: #0050a0 } .elsewhere { color: #6e6e6e } dt { font-weight: bold } dd { margin: 0 0 .4rem 1rem }
nav ul { columns: 10rem; list-style: none; padding: 0 } nav a { color: #0050a0 }
@media print { nav { display: none } @page { size: A4 landscape; margin: 12mm } body { margin: 0; font-size: 9pt }
  th { position: static } thead { display: table-header-group } tr { break-inside: avoid } }
"""
TAGS = {"": ("", ""), "dropped": ("<del>", "</del>"), "added": ("<ins>", "</ins>"), "elsewhere": ('<span class="elsewhere">', "</span>")}


def write_html(page: Page) -> bytes:
    """Return a whole HTML document; whatever the texts hold stays text."""
    tints = "\n".join(f".tone-{tone} {{ background: #{tint} }}" for tone, tint in TINTS.items() if tint != "FFFFFF")
    body = "\n".join(_sheet(sheet, number) for number, sheet in enumerate(page.sheets))
    if len(page.sheets) > 1:
        links = "".join(f'<li><a href="#s{number}">{escape(sheet.name)}</a></li>' for number, sheet in enumerate(page.sheets))
        body = f"<nav><ul>{links}</ul></nav>\n{body}"
    facts = "\n".join(f"<dt>{escape(word)}</dt><dd>{escape(value)}</dd>" for word, value in page.facts)
    lang = "zh-CN" if page.lang == "zh" else "en"
    return f"""\
<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(page.title)}</title>
<style>
{STYLE}{tints}
</style></head>
<body>
{body}
<h2>{escape(page.facts_name)}</h2>
<dl>
{facts}
</dl>
</body>
</html>
""".encode()


def _sheet(sheet: Sheet, number: int) -> str:
    title = "<br>".join(escape(line) for line in sheet.title.split("\n"))
    notices = "\n".join(f'<p class="notice">{escape(notice)}</p>' for notice in sheet.notices)
    shown = [at for at, column in enumerate(sheet.columns) if not column.hidden]
    total = sum(sheet.columns[at].width for at in shown) or 1
    columns = "".join(f'<col style="width:{100 * sheet.columns[at].width / total:.1f}%">' for at in shown)
    head = "".join(f'<th scope="col">{escape(sheet.columns[at].label)}</th>' for at in shown)
    rows = "\n".join(f"<tr>{''.join(_cell(row[at], sheet.columns[at]) for at in shown)}</tr>" for row in sheet.rows)
    return f"""\
<h1 id="s{number}">{title}</h1>
{notices}
<div class="wide"><table style="min-width:{total * 1.1:.0f}rem"><colgroup>{columns}</colgroup>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table></div>"""


def _cell(cell: Cell, column: Column) -> str:
    classes = [name for name in ("centred" if column.centred else "", f"tone-{cell.tone}" if cell.tone in TINTS else "") if name]
    start = f'<td class="{" ".join(classes)}">' if classes else "<td>"
    return f"{start}{''.join(map(_run, cell.runs))}</td>"


def _run(run: Run) -> str:
    before, after = TAGS.get(run.mark, TAGS[""])
    return f"{before}{escape(run.text)}{after}"
