"""Plain pages for people who follow a link: one frame, tables, forms. Every text is escaped; nothing comes from another server."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from endpoint.http import Asking, Refusal, Reply
from endpoint.service import Service

STATIC = Path(__file__).with_name("static")
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
HTML = "text/html"
# The editor writes styles into its own elements; nothing else is let in, and nothing is asked of another server.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; connect-src 'self'"
)
_LINKS = (("/", "查询编辑器 Editor"), ("/queries", "专题查询 Questions"), ("/docs", "接口说明 API"), ("/ns", "本体 Ontology"))


class Safe(str):
    """HTML, as against text that is still to be escaped."""


def page(title: str, *parts: Safe, scripts: Sequence[str] = (), styles: Sequence[str] = (), language: str = "zh") -> Reply:
    """Return a whole page."""
    links = " · ".join(str(link(address, words)) for address, words in _LINKS)
    head = "".join(f'<link rel="stylesheet" href="/static/{name}">' for name in ("zhengmai.css", *styles))
    tail = "".join(f'<script src="/static/{name}"></script>' for name in scripts)
    text = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title>{head}</head><body><header><strong>政脉 zhengmai</strong> {links}</header>"
        f"<main>{''.join(parts)}</main>{tail}</body></html>\n"
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}
    return Reply(text.encode(errors="replace"), "text/html; charset=utf-8", headers=headers)


def tag(element: str, *inside: str, **attributes: str | None) -> Safe:
    """Return an element; what is not :class:`Safe` is escaped. ``class_`` and ``for_`` lose their underscore."""
    said = "".join(f' {key.rstrip("_")}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    return Safe(f"<{element}{said}>{''.join(part if isinstance(part, Safe) else escape(part) for part in inside)}</{element}>")


def link(address: str, words: str) -> Safe:
    return tag("a", words, href=address)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> Safe:
    head = tag("tr", *(tag("th", heading) for heading in headings))
    return tag("table", tag("thead", head), tag("tbody", *(tag("tr", *(tag("td", cell) for cell in row)) for row in rows)))


def field(name: str, words: str, value: str = "", *, choices: Sequence[str] = (), required: bool = False) -> Safe:
    """Return a labelled input of a form, with choices to pick from where there are some."""
    needed = "required" if required else None
    listed = tag("datalist", *(tag("option", value=choice) for choice in choices), id=f"{name}-list") if choices else Safe("")
    typed = tag("input", name=name, id=name, value=value, required=needed, list=f"{name}-list" if choices else None)
    return tag("p", tag("label", f"{words}{' *' if required else ''}", for_=name), Safe(typed.removesuffix("</input>")), listed)


async def static(_: Service, asking: Asking) -> Reply:
    """Give a file that belongs to the pages: one of those that are there, by its name alone."""
    name = asking.path.removeprefix("/static/")
    known = {path.name: path for path in STATIC.iterdir() if path.suffix in _KINDS}
    if name not in known:
        raise Refusal(404, f"没有这个文件 · found no file {name[:100]!r}.")
    return Reply(known[name].read_bytes(), _KINDS[known[name].suffix], headers={"Cache-Control": "max-age=3600"})
