"""A table of ``lineage.tables`` on a page: filtered, its marked words kept, and the files it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any, Literal

import streamlit as st

from lineage.tables.files import WRITERS
from lineage.tables.marks import Run
from lineage.tables.page import Column, Page, Sheet
from ui.frame import word
from ui.marked import ONLY_LOWER, ONLY_UPPER, plain

SHOWN = 2000
PINNED = {"small": 60, "medium": 130, "large": 240}  # pixels: Streamlit pins no columns wider than three fifths of the table
MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "html": "text/html",
}
GREY = '<mark style="background:none;color:inherit;opacity:.6">'
MARKS = {"dropped": ONLY_UPPER, "added": ONLY_LOWER, "elsewhere": GREY}


def show_notices(sheet: Sheet) -> None:
    """Draw what stands under the title of a table and must not get lost."""
    for notice in sheet.notices:
        st.caption(plain(notice))


def kept_rows(sheet: Sheet, search: str, keep: Sequence[int] | None = None) -> list[int]:
    """Return the numbers of the rows that hold every word looked for."""
    wanted = search.lower().split()
    texts = (" ".join(cell.text for cell in row).lower() for row in sheet.rows)
    return [at for at, text in enumerate(texts) if all(part in text for part in wanted) and (keep is None or at in keep)]


def show_sheet(sheet: Sheet, rows: Sequence[int], *, key: str) -> int | None:
    """Draw rows of a table; return the one that was chosen."""
    columns = _seen(sheet)
    table = {c.name: [sheet.rows[at][place].text for at in rows[:SHOWN]] for place, c in columns}
    config = {c.name: _config(c, pinned=place < sheet.frozen) for place, c in columns}
    chosen = st.dataframe(
        table,
        hide_index=True,
        column_config=config,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        height=min(35 * len(rows[:SHOWN]) + 38, 480),
        alt=sheet.title,
    )
    if len(rows) > SHOWN:
        st.caption(plain(word("ui/rows-cut", count=SHOWN)))
    return next((rows[at] for at in chosen.selection.rows if at < len(rows)), None)


def edit_sheet(sheet: Sheet, rows: Sequence[int], *, key: str) -> dict[int, dict[str, str]]:
    """Draw rows whose editable columns may be filled in; return what was changed, row → column → words."""
    columns = _seen(sheet)
    columns = [(place, c) for place, c in columns if c.editable or _tells(sheet, place)]
    table = [{c.name: sheet.rows[at][place].text for place, c in columns} for at in rows[:SHOWN]]
    config = {c.name: _config(c, pinned=place < sheet.frozen, disabled=not c.editable) for place, c in columns}
    now = st.data_editor(table, hide_index=True, column_config=config, num_rows="fixed", key=key, height=min(35 * len(table) + 38, 480))
    changed: dict[int, dict[str, str]] = {}
    for at, before, after in zip(rows, table, now, strict=False):
        new = {c.name: (after[c.name] or "").strip() for _, c in columns if c.editable and (after[c.name] or "").strip() != before[c.name]}
        if new:
            changed[at] = new
    return changed


def row_html(sheet: Sheet, at: int) -> str:
    """Return one row in full as safe HTML, its marked words marked."""
    lines = "".join(
        f'<dt style="font-weight:600">{escape(c.label)}</dt><dd style="margin:0">{_runs(sheet.rows[at][place].runs)}</dd>'
        for place, c in _seen(sheet)
        if sheet.rows[at][place].text
    )
    style = "display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.3rem 1rem;overflow-wrap:anywhere;line-height:1.7"
    return f'<dl style="{style}">{lines}</dl>'


def show_downloads(name: str, page: Callable[[bool], Page], forms: Sequence[str] = tuple(MIME)) -> None:
    """Draw a button for each file; ``page`` gives the table, compact where it is to be printed."""
    with st.container(horizontal=True):
        for form in forms:
            st.download_button(
                f"{word('action/download')} {form}",
                data=_written(form, page),
                file_name=f"{name}.{form}",
                mime=MIME[form],
                on_click="ignore",
                key=f"{name}-{form}",
                help=word("ui/download-help"),
            )


def _written(form: str, page: Callable[[bool], Page]) -> Callable[[], bytes]:
    return lambda: WRITERS[form](page(form == "docx"))


def _seen(sheet: Sheet) -> list[tuple[int, Column]]:
    return [(place, column) for place, column in enumerate(sheet.columns) if not column.hidden]


def _tells(sheet: Sheet, place: int) -> bool:
    """Say whether a column is worth its room: not empty, and not the same in every row where it would stay in sight."""
    texts = {row[place].text for row in sheet.rows}
    return bool(texts - {""}) and (len(texts) > 1 or len(sheet.rows) == 1 or place >= sheet.frozen)


def _config(column: Column, *, pinned: bool, disabled: bool | None = None) -> Any:
    room: Literal["small", "medium", "large"] = "small" if column.width <= 8 else "medium" if column.width <= 16 else "large"
    width = PINNED[room] if pinned else room
    if column.editable and column.choices and disabled is False:
        return st.column_config.SelectboxColumn(column.label, options=list(column.choices), width=width)
    return st.column_config.TextColumn(column.label, width=width, pinned=pinned, disabled=disabled)


def _runs(runs: Sequence[Run]) -> str:
    said = [(MARKS.get(run.mark, ""), escape(run.text).replace("\n", "<br>")) for run in runs]
    return "".join(f"{mark}{text}</mark>" if mark else text for mark, text in said)
