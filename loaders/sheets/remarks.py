"""What a person should know about how a workbook was read, and the errors the spreadsheet readers share."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.blocks import Remark
from zhengmai.errors import UnreadableSource

MOST_ROWS = 50_000
MOST_CELLS = 500_000
_SHOWN = 8


def hidden_rows(sheet: str, rows: Sequence[int]) -> Remark:
    return Remark(
        "hidden-rows-read",
        "info",
        f"工作表“{sheet}”有隐藏行（第 {_listed(rows)} 行），已一并读取。",
        f"Sheet {sheet} has hidden rows ({_listed(rows)}); they were read too.",
    )


def hidden_columns(sheet: str, columns: Sequence[str]) -> Remark:
    return Remark(
        "hidden-columns-read",
        "info",
        f"工作表“{sheet}”有隐藏列（{_listed(columns)} 列），已一并读取。",
        f"Sheet {sheet} has hidden columns ({_listed(columns)}); they were read too.",
    )


def hidden_sheet(sheet: str) -> Remark:
    return Remark("hidden-sheet-read", "info", f"工作表“{sheet}”处于隐藏状态，已一并读取。", f"Sheet {sheet} is hidden; it was read too.")


def formula_without_value(sheet: str, cells: Sequence[str]) -> Remark:
    return Remark(
        "formula-without-value",
        "warning",
        f"工作表“{sheet}”的公式没有保存结果（{_listed(cells)}），按公式原文收录；公式不予计算。",
        f"Formulas without a saved value in sheet {sheet} ({_listed(cells)}): kept as formula text; formulas are never evaluated.",
    )


def macros() -> Remark:
    return Remark("macros-not-run", "info", "文件含有宏，未运行。", "The file holds macros; they were not run.")


def external_links() -> Remark:
    return Remark("links-not-followed", "info", "文件含有外部链接，未访问。", "The file links to other files; they were not opened.")


def comments(count: int) -> Remark:
    return Remark(
        "comments-left-out",
        "info",
        f"{count} 条单元格批注不属于正文，未收录。",
        f"{count} cell comments are no part of the text; left out.",
    )


def text_boxes(count: int) -> Remark:
    return Remark(
        "text-boxes-read", "info", f"{count} 段文本框文字收录在表格之后。", f"{count} paragraphs of text boxes were put after the tables."
    )


def too_large(where: str, sheet: str, found: str) -> UnreadableSource:
    return UnreadableSource(
        where=f"{where}, sheet {sheet}",
        found=found,
        expected=f"at most {MOST_ROWS} rows and {MOST_CELLS} cells with words",
        fix="keep only the document's own rows, or split the sheet",
        zh="工作表过大，请只保留正文所在行或拆分后再导入。",
    )


def no_words(where: str, pictures: bool) -> UnreadableSource:
    return UnreadableSource(
        where=where,
        found="a workbook with pictures and no words" if pictures else "a workbook without words",
        expected="cells with words",
        fix="use the file the pictures were made from" if pictures else "check that this is the right file",
        zh="工作簿只有图片，没有文字。" if pictures else "工作簿没有内容。",
    )


def _listed(places: Sequence[int] | Sequence[str]) -> str:
    shown = ", ".join(str(place) for place in places[:_SHOWN])
    return f"{shown} … ({len(places)})" if len(places) > _SHOWN else shown
