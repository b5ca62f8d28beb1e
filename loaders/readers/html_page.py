"""Web pages as saved from government sites (.html, .htm, .mht), and what Word saves as a page.

The page's frame is left out (:mod:`loaders.web.frame`), its information block becomes facts (:mod:`loaders.web.facts`), tables keep
their merges (:mod:`loaders.web.tables`). Nothing the page points to is ever fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loaders.blocks import RawBlock, RawParagraph, ReadResult, Remark
from zhengmai.errors import UnreadableSource

if TYPE_CHECKING:
    from loaders.web.frame import Sorting

ORDER = 40
_MOST_QUOTED = 2_000


def accepts(name: str, head: bytes) -> bool:
    """Take what begins like a page or a web archive, whatever the file is called."""
    from loaders.web.source import is_page

    return is_page(name, head)


def read(data: bytes, where: str) -> ReadResult:
    """Return the document a page shows.

    :raises UnreadableSource: for a page without text (frames, scripts only), one cut short, nested too deeply, or in no encoding.
    """
    from loaders.web.facts import facts_of, meta_facts, read_block
    from loaders.web.frame import prune, sort_items, take_out
    from loaders.web.lines import lines_of
    from loaders.web.source import parse_page
    from loaders.web.tables import is_data_table

    page = parse_page(data, where)
    root, remarks = page.tree, list(page.remarks)
    weak = meta_facts(root)
    frames, deleted, pictures = (sum(1 for _ in root.iter(tag)) for tag in ("frame", "del", "img"))
    hidden = prune(root)
    if hidden:
        remarks.append(
            Remark(
                "hidden-text-kept",
                "warning",
                f"网页把正文（{hidden} 字）设为隐藏，已读取。",
                f"The page hides its text ({hidden} characters); it was read.",
            )
        )
    pairs, holders = read_block(root)
    for holder in holders:
        take_out(holder)
    sorting = sort_items(lines_of(root, is_data_table), root, facts_of(pairs).get("title") or weak.get("title", ""))
    blocks, odd = _blocks(sorting)
    if not blocks:
        raise _empty(where, frames)
    line_facts = facts_of(sorting.pairs)
    remarks += _remarks(sorting, pairs, deleted, odd, pictures if len(blocks) < 4 else 0)
    return ReadResult("html", page.encoding, tuple(blocks), page.length, {**weak, **line_facts, **facts_of(pairs)}, tuple(remarks))


def _blocks(sorting: Sorting) -> tuple[list[RawBlock], int]:
    """Return the blocks, and how many tables have merges that contradict each other."""
    from loaders.web.lines import Line
    from loaders.web.tables import captions, read_table

    blocks: list[RawBlock] = []
    odd = 0
    for item in sorting.kept:
        if isinstance(item, Line):
            blocks.append(RawParagraph(item.text))
            continue
        tables, is_odd = read_table(item.element)
        blocks += [RawParagraph(line) for line in captions(item.element)]
        blocks += tables
        odd += is_odd
    return blocks, odd


def _cut(words: str) -> str:
    """Cut words to the quotable length, never inside a number: half a phone number would escape the masking."""
    return words if len(words) <= _MOST_QUOTED else re.sub(r"[\dXx\s\-]+$", "", words[:_MOST_QUOTED])


def _remarks(sorting: Sorting, pairs: list[tuple[str, str]], deleted: int, odd: int, pictures: int) -> list[Remark]:
    found = []
    if pairs or sorting.pairs:
        said = "；".join(f"{label}：{value}" for label, value in (*pairs, *sorting.pairs) if value)
        found.append(Remark("page-facts", "info", f"网页信息栏：{said}", f"The page's information block says: {said}"))
    if sorting.doubted:
        said = _cut(" | ".join(sorting.doubted))
        found.append(Remark("page-words-left-out", "info", f"正文以外未收录：{said}", f"Left out as the page's frame: {said}"))
    if deleted:
        found.append(
            Remark(
                "tracked-changes-accepted",
                "info",
                f"{deleted} 处修订删除的文字未收录。",
                f"{deleted} deletions of tracked changes were accepted.",
            )
        )
    if odd:
        found.append(
            Remark(
                "table-spans-odd",
                "warning",
                f"{odd} 个表格的合并单元格相互矛盾，请核对。",
                f"{odd} tables have merged cells that contradict each other; check them.",
            )
        )
    if pictures:
        found.append(
            Remark(
                "text-in-pictures",
                "warning",
                f"网页有 {pictures} 张图片而文字很少，正文可能在图片中。",
                f"The page has {pictures} pictures and few words; the text may be in the pictures.",
            )
        )
    return found


def _empty(where: str, frames: int) -> UnreadableSource:
    if frames:
        return UnreadableSource(
            where=where,
            found="a page of frames",
            expected="the page that holds the text",
            fix="open the inner frame alone in the browser and save that page",
            zh="框架页：请在浏览器中单独打开正文框架后另存。",
        )
    return UnreadableSource(
        where=where,
        found="a page without text",
        expected="a page with the document's words in it",
        fix="save the page from the browser as complete page after it has loaded",
        zh="网页中没有正文（可能由脚本加载），请待页面加载完后另存。",
    )
