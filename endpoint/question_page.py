"""The pages of saved questions: all of them, and one with what it asks, its form, its answer, and how that was computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from endpoint.html import Safe, field, link, page, table, tag
from endpoint.http import Reply
from endpoint.told import Page, Told
from queries.saved import SavedQuery


def list_page(found: Iterable[SavedQuery]) -> Reply:
    """Return the page that lists the questions."""
    rows = [(link(f"/queries/{query.name}", query.title.zh), query.title.en, query.summary.zh, " ".join(query.tags)) for query in found]
    return page("专题查询", tag("h1", "专题查询 Questions"), table(("查询", "question", "说明", "标签"), rows))


def question_page(query: SavedQuery, given: Mapping[str, str], told: Told | None, wanted: Page, said: Safe | None = None) -> Reply:
    """Return the page of a question; ``said``: why it has no answer."""
    fields = [
        field(p.name, f"{p.name} · {p.description.zh} {p.description.en}", given.get(p.name, ""), choices=p.choices, required=p.required)
        for p in query.params
    ]
    parts = [
        tag("h1", query.title.zh, tag("br"), query.title.en),
        tag("p", query.summary.zh if wanted.lang == "zh" else query.summary.en),
        tag("p", query.description.zh, class_="quiet"),
        tag("p", query.description.en, class_="quiet"),
        tag("form", *fields, tag("button", "查询 Ask", type="submit"), method="get", action=f"/queries/{query.name}"),
        said or Safe(""),
    ]
    if told:
        asked = urlencode(given, quote_via=quote)
        downloads = [
            link(f"/queries/{query.name}.{ending}?{asked}{'&bom=1' if ending == 'csv' else ''}", ending)
            for ending in ("csv", "xlsx", "json", "md")
        ]
        count = f"{told.shown} / {told.total} 行 rows"
        parts += [
            tag("h2", "结果 Answer"),
            tag("p", *(tag("span", note, tag("br")) for note in told.notes), count, " · ", Safe(" · ".join(downloads))),
        ]
        parts += [tag("div", table(told.headings, told.cells), class_="scroll")]
        parts += [tag("h2", "如何得出 How this was computed"), tag("pre", told.sparql)]
    return page(query.title.zh, *parts)
