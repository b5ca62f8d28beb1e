"""How an answer to a saved question is wanted: what its address and headers say, and what is told to one who mistyped."""

from __future__ import annotations

from collections.abc import Mapping

from endpoint.html import HTML
from endpoint.http import Asking, Refusal, negotiate
from endpoint.told import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "application/json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    XLSX: "xlsx",
    "text/markdown": "md",
    HTML: "html",
}
ENDINGS = {ending: media_type for media_type, ending in FORMATS.items()}
# Parameters of every question, beside its own: the type OpenAPI gives them, and what they do.
OURS = {
    "limit": ("integer", "每页行数 · rows of a page"),
    "offset": ("integer", "跳过的行数 · rows to leave out before it"),
    "bom": ("boolean", "csv、tsv 加 BOM，便于 Excel 打开 · byte order mark, for Excel"),
    "lang": ("string", "zh 或 en · language of headings in html, md and xlsx"),
    "accepted_only": ("boolean", "不列待复核的对应关系 · leave out links awaiting review"),
    "format": ("string", f"{', '.join(ENDINGS)}：代替 Accept · instead of Accept"),
}
_LARGEST_PAGE = 1_000_000
_FIRST_PAGE = 200  # rows a page for people shows


def split_name(name: str) -> tuple[str, str | None]:
    """Return a question's name and the format its address ends in: ``list-tasks.csv``."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot and ending in ENDINGS else (name, None)


def media_type_of(asking: Asking, offered: Mapping[str, str], named: str | None) -> str:
    """Return the format to answer in: the one that is named, else by the Accept header.

    :raises Refusal: 400, or 406 when none will do.
    """
    if named is not None:
        found = next((media_type for media_type, ending in offered.items() if ending == named), None)
        if found is None:
            raise Refusal(400, f"没有这种格式 · found format={named[:50]!r}, expected one of {', '.join(offered.values())}.")
        return found
    media_type = negotiate(asking.accept, tuple(offered))
    if media_type is None:
        raise Refusal(406, f"没有可接受的格式 · found Accept {asking.accept[:200]!r}, expected one of {', '.join(offered)}.")
    return media_type


def only(fields: Mapping[str, str], known: tuple[str, ...]) -> None:
    """Refuse a parameter nobody knows (400)."""
    unknown = sorted(set(fields) - set(known))
    if unknown:
        raise Refusal(400, f"参数不对 · found the parameter {unknown[0][:100]!r}, expected one of {', '.join((*known, *OURS))}.")


def wanted_page(fields: Mapping[str, str], ending: str) -> Page:
    """Read how much of an answer is wanted, and how it is to be written.

    :raises Refusal: 400.
    """
    limit = _number(fields, "limit", 1, _LARGEST_PAGE)
    if limit is None and ending == "html":
        limit = _FIRST_PAGE
    lang = fields.get("lang", "zh")
    if lang not in ("zh", "en"):
        raise Refusal(400, f"参数不对 · found lang={lang[:20]!r}, expected zh or en.")
    offset = _number(fields, "offset", 0, 10**9) or 0
    return Page(ending, limit, offset, _truth(fields, "bom"), lang, _truth(fields, "accepted_only"))


def _number(fields: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    typed = fields.get(name)
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) < 12 and least <= int(typed) <= most):
        raise Refusal(400, f"参数不对 · found {name}={typed[:50]!r}, expected a whole number from {least} to {most}.")
    return int(typed)


def _truth(fields: Mapping[str, str], name: str) -> bool:
    typed = fields.get(name, "0")
    known = {"1": True, "true": True, "0": False, "false": False}
    if typed not in known:
        raise Refusal(400, f"参数不对 · found {name}={typed[:50]!r}, expected true or false.")
    return known[typed]
