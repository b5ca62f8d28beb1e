"""What a page says about its document outside the text: the information block (索引号, 发文机关, …), the line under the title, <meta>."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from loaders.web.lines import BLANKS, fold_blanks, own_text, raw_text, text_lines
from loaders.words import words

if TYPE_CHECKING:
    from lxml.etree import _Element

Pairs = list[tuple[str, str]]
_LARGEST_BLOCK = 1_500
_HOLDERS = ("table", "dl", "ul", "ol", "div", "section", "tbody", "article", "p", "header")
_ONE_TOKEN = ("td", "th", "dd", "dt", "li")
_DATE = re.compile(r"(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})(?!\d)")
_SITE_TAIL = re.compile(r"\s*(?:[_|｜]|\s[-–—－]+\s?|[-–—－]{1,2}(?=[^-]*(?:网|政府|网站|门户|局|厅|委)))\s*[^_|｜]*$")


def fold_label(text: str) -> str:
    """Return a label without blanks, brackets and its colon.

    >>> fold_label("索 引 号："), fold_label("【发文机关】")
    ('索引号', '发文机关')
    """
    return re.sub(r"[\s\u3000\xa0\[\]【】]+", "", unicodedata.normalize("NFKC", text)).rstrip(":：")


def read_block(root: _Element) -> tuple[Pairs, list[_Element]]:
    """Return the label–value pairs of the page's information blocks, and the elements that hold nothing else."""
    sizes = _sizes(root)
    strong = words("pages")["strong_labels"]
    pairs: Pairs = []
    holders: list[_Element] = []
    inside: set[_Element] = set()
    for element in root.iter(*_HOLDERS):
        if element.getparent() in inside:
            inside.add(element)
            continue
        if sizes.get(element, 0) > _LARGEST_BLOCK or any(above in inside for above in element.iterancestors()):
            continue
        plain = re.sub(r"\s+", "", raw_text(element))
        if sum(label in plain for label in strong) < 2:
            continue
        found = _block_pairs(element)
        if found:
            pairs += found
            holders.append(element)
            inside.add(element)
    return pairs, holders


def line_pairs(line: str) -> Pairs:
    """Return the pairs of a line that is made of them (发布时间：2019-06-28 来源：办公室), [] for any other line."""
    listed = frozenset(words("pages")["line_labels"])
    hits = list(_label_pattern().finditer(line))
    if not hits or line[: hits[0].start()].strip(" \xa0\u3000|【[（(") or len(line) > 160:
        return []
    ends = [hit.start() for hit in hits[1:]] + [len(line)]
    found = [(fold_label(hit[1]), line[hit.end() : end].strip(" \xa0\u3000|】])）[【")) for hit, end in zip(hits, ends, strict=True)]
    if not any(label in listed for label, _ in found) or any(len(value) > 40 or re.search(r"[。；;]", value) for _, value in found):
        return []
    return found


def facts_of(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return facts by their key: the first filled one wins; dates as YYYY-MM-DD, one that is no date is left out."""
    keys = words("pages")["labels"]
    found: dict[str, str] = {}
    for label, value in pairs:
        key = keys.get(label, "")
        text = (iso_day(value) or "") if key.endswith("_on") else value
        if key and text and key not in found:
            found[key] = text
    return found


def meta_facts(root: _Element) -> dict[str, str]:
    """Return what <meta> elements and the window's title say."""
    names = words("pages")["metas"]
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = names.get((meta.get("name") or meta.get("property") or "").strip().lower(), "")
        value = fold_blanks(meta.get("content") or "")
        text = (iso_day(value) or "") if key.endswith("_on") else value
        if key and text:
            found.setdefault(key, text)
    title = next((fold_blanks(raw_text(element)) for element in root.iter("title")), "")
    if title and "title" not in found:
        found["title"] = window_title(title)
    return found


def window_title(title: str) -> str:
    """Return a window's title without the site's name behind it.

    >>> window_title("关于全面推进政务公开工作的意见_某市人民政府门户网站")
    '关于全面推进政务公开工作的意见'
    """
    cut = _SITE_TAIL.sub("", title).strip()
    while cut and (shorter := _SITE_TAIL.sub("", cut).strip()) != cut and len(shorter) >= 6:
        cut = shorter
    return cut or title


def iso_day(text: str) -> str | None:
    """Return the first day of a text as YYYY-MM-DD, None when there is none in the calendar.

    >>> iso_day("2019年06月28日 10:20"), iso_day("2019/6/31")
    ('2019-06-28', None)
    """
    from loaders.metadata.dates import iso_date

    hit = _DATE.search(unicodedata.normalize("NFKC", text))
    if not hit:
        return iso_date(text)
    try:
        return datetime.date(int(hit[1]), int(hit[2]), int(hit[3])).isoformat()
    except ValueError:
        return None


@cache
def _label_pattern() -> re.Pattern[str]:
    gap = r"[\s\u3000\xa0]*"
    listed = sorted(words("pages")["labels"], key=len, reverse=True)
    return re.compile(
        "[【\\[]?(?<![\u4e00-\u9fff])(" + "|".join(gap.join(map(re.escape, label)) for label in listed) + f"){gap}[】\\]]?{gap}[:：]{gap}"
    )


def _block_pairs(element: _Element) -> Pairs:
    """Return the pairs of an element that holds pairs and nothing else (a short caption above them apart), else []."""
    keys, strong = words("pages")["labels"], frozenset(words("pages")["strong_labels"])
    pairs: Pairs = []
    waiting: str | None = None
    before = 0
    for token in _tokens(element):
        kind, text = token
        if kind == "label":
            if waiting is not None:
                pairs.append((waiting, ""))
            waiting = text
        elif waiting is not None:
            pairs.append((waiting, text))
            waiting = None
        elif not pairs:
            before += len(text)
            if before > 20:
                return []
        elif re.fullmatch(r"[\s;；,，|]*", text) is None:
            return []
    if waiting is not None:
        pairs.append((waiting, ""))
    labels = {label for label, _ in pairs}
    filled = sum(bool(value) for _, value in pairs)
    if len(labels) < 3 or len(labels & strong) < 2 or filled < 2 or filled * 3 < len(pairs) or not labels <= set(keys):
        return []
    return pairs


def _tokens(element: _Element) -> Iterator[tuple[str, str]]:
    """Yield labels and values in order; a cell or list item is read as one line, whatever breaks it holds."""
    keys = words("pages")["labels"]
    for line in _cell_lines(element):
        hits = list(_label_pattern().finditer(line))
        if fold_label(line) in keys and len(line) <= 14 + line.count("\xa0") + line.count("\u3000"):
            yield "label", fold_label(line)
            continue
        at = 0
        for hit in hits:
            if line[at : hit.start()].strip(BLANKS):
                yield "value", line[at : hit.start()].strip(BLANKS)
            yield "label", fold_label(hit[1])
            at = hit.end()
        if line[at:].strip(BLANKS):
            yield "value", line[at:].strip(BLANKS)


def _cell_lines(element: _Element) -> Iterator[str]:
    cells = [cell for cell in element.iter(*_ONE_TOKEN) if cell is not element and next(cell.iterdescendants(*_ONE_TOKEN), None) is None]
    if not cells:
        yield from text_lines(element)
        return
    inner = sum(_length(cell) for cell in cells)
    if inner < _length(element):  # words beside the cells: read all of it line by line
        yield from text_lines(element)
        return
    for cell in cells:
        text = own_text(cell).replace("\n", "")
        if text:
            yield text


def _length(element: _Element) -> int:
    return len(re.sub(r"\s+", "", own_text(element)))


def _sizes(root: _Element) -> dict[_Element, int]:
    """Return the number of characters below each element, in one pass from the leaves up."""
    sizes: dict[_Element, int] = {}
    for element in reversed(list(root.iter())):
        own = sizes.get(element, 0) + len((element.text or "").strip())
        sizes[element] = own
        above = element.getparent()
        if above is not None:
            sizes[above] = sizes.get(above, 0) + own + len((element.tail or "").strip())
    return sizes
