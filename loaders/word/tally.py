"""What was seen while reading a Word document that its words alone do not show, and the remarks made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.blocks import Remark

_MOST_ANCHORS = 30


@dataclass(slots=True)
class Tally:
    inserted: int = 0
    deleted: int = 0
    moved: int = 0
    deleted_rows: int = 0
    hidden: int = 0
    placeholders: int = 0
    contents_lines: int = 0
    objects: int = 0
    pictures: int = 0
    unread_chunks: int = 0
    merged_away: int = 0
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    anchors: list[tuple[str, str]] = field(default_factory=list)
    """The mark of each note, and the words it stands behind."""


def remarks(tally: Tally, *, comments: int, macros: bool, outside_links: int) -> tuple[Remark, ...]:
    """Return what a person should know, in a fixed order; nothing for what did not happen."""
    changes = tally.inserted + tally.deleted + tally.moved + tally.deleted_rows
    marks = "，".join(f"{mark} 在“{words}”之后" for mark, words in tally.anchors[:_MOST_ANCHORS])
    marks_en = ", ".join(f"{mark} behind “{words}”" for mark, words in tally.anchors[:_MOST_ANCHORS])
    table: tuple[tuple[int, Remark], ...] = (
        (
            changes,
            Remark(
                "tracked-changes",
                "warning",
                f"文件带修订标记，按全部接受读取：插入 {tally.inserted} 处，删除 {tally.deleted} 处，"
                f"移动 {tally.moved} 处，删除表格行 {tally.deleted_rows} 行。",
                f"Tracked changes were read as accepted: {tally.inserted} inserted, {tally.deleted} deleted, "
                f"{tally.moved} moved, {tally.deleted_rows} table rows deleted.",
            ),
        ),
        (
            tally.hidden,
            Remark("hidden-text", "warning", f"隐藏文字 {tally.hidden} 处未读入。", f"Hidden text was left out in {tally.hidden} places."),
        ),
        (
            tally.merged_away,
            Remark(
                "merged-away-text",
                "warning",
                f"纵向合并单元格中被遮住的文字 {tally.merged_away} 处未读入（Word 亦不显示）。",
                f"Words inside cells merged away downwards, which Word does not show either, were left out: {tally.merged_away}.",
            ),
        ),
        (
            tally.contents_lines,
            Remark(
                "table-of-contents",
                "info",
                f"自动目录 {tally.contents_lines} 行未读入（与正文标题重复）。",
                f"{tally.contents_lines} lines of the automatic table of contents were left out: they repeat the headings.",
            ),
        ),
        (
            tally.placeholders,
            Remark(
                "placeholder-text",
                "info",
                f"未填写的内容控件 {tally.placeholders} 处，提示文字未读入。",
                f"{tally.placeholders} content controls are not filled in; their prompts were left out.",
            ),
        ),
        (
            len(tally.anchors),
            Remark(
                "notes-appended", "info", f"脚注、尾注附于正文之后：{marks}。", f"Footnotes and endnotes stand after the body: {marks_en}."
            ),
        ),
        (comments, Remark("comments", "info", f"批注 {comments} 条未读入。", f"{comments} comments were left out.")),
        (
            tally.pictures,
            Remark(
                "pictures",
                "info",
                f"图片 {tally.pictures} 张，其中的文字未读入。",
                f"{tally.pictures} pictures; words inside them were not read.",
            ),
        ),
        (
            tally.objects,
            Remark(
                "embedded-objects",
                "warning",
                f"嵌入对象 {tally.objects} 个（如 Excel 表）未读入。",
                f"{tally.objects} embedded objects (such as a spreadsheet) were not read; add them as files of their own.",
            ),
        ),
        (
            tally.unread_chunks,
            Remark(
                "embedded-documents",
                "warning",
                f"插入的文档 {tally.unread_chunks} 个未读入。",
                f"{tally.unread_chunks} documents put in whole could not be read.",
            ),
        ),
        (int(macros), Remark("macros", "warning", "文件带宏，未运行。", "The file holds macros; they were not run.")),
        (
            outside_links,
            Remark(
                "outside-links",
                "info",
                f"外部链接内容 {outside_links} 处未取。",
                f"{outside_links} links to content outside the file were not followed.",
            ),
        ),
    )
    return tuple(remark for count, remark in table if count)
