"""What a visitor's hands do in the browser where a click is not enough: tables drawn on a canvas, lists that open late, a file to drop."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from contextlib import suppress

from browser import Visitor
from docx import Document
from playwright.sync_api import FloatRect, Locator, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from zhengmai.workspace import Workspace

ROW, HEADER = 35, 36  # heights of a table's lines in pixels


SHOWN = "words => document.querySelector('[data-testid=stMain]').innerText.includes(words)"


def choose_row(visitor: Visitor, number: int, shows: str) -> None:
    """Tick the box before a row of the first table (drawn on a canvas) until these words stand on the page; a click that came while the
    table was drawn anew is followed by another."""
    for _ in range(5):
        box = _table_box(visitor.page)
        visitor.page.mouse.click(box["x"] + 16, box["y"] + HEADER + number * ROW + ROW // 2)
        visitor.settled()
        with suppress(PlaywrightTimeout):
            visitor.page.wait_for_function(SHOWN, arg=shows, timeout=5000)
            return
    raise AssertionError(f"no {shows} after a row was ticked: {visitor.words()}")


def choose_option(visitor: Visitor, field: str, words: str) -> None:
    """Choose from a list; a click that only shut what was open before, or a page drawn anew meanwhile, is followed by another."""
    page = visitor.page
    option = page.get_by_role("option", name=words)
    for _ in range(10):
        page.get_by_role("combobox", name=re.compile(f"^{field}")).click()
        with suppress(PlaywrightTimeout):
            option.click(timeout=3000)
            break
    option.wait_for(state="detached")
    visitor.settled()


def _table_box(page: Page) -> FloatRect:
    """Where the first table stands once it is in sight."""
    found = page.locator("[data-testid='stDataFrame']").first
    found.scroll_into_view_if_needed()
    box = found.bounding_box()
    assert box
    return box


def type_into_cell(visitor: Visitor, column: int, row: int, words: str) -> None:
    """Type over a cell of the first table, going there by keyboard: each key is pressed once the one before it has done its work."""
    page = visitor.page
    box = _table_box(page)
    for _ in range(20):  # the first click may only bring the table into focus
        page.mouse.click(box["x"] + 20, box["y"] + HEADER + row * ROW + ROW // 2)
        with suppress(PlaywrightTimeout):
            _chosen_cell(page, 0, row).wait_for(state="attached", timeout=2000)
            break
    for at in range(1, column + 1):
        page.keyboard.press("ArrowRight")
        _chosen_cell(page, at, row).wait_for(state="attached")
    page.keyboard.press("Enter")
    editor = page.locator("textarea.gdg-input, .gdg-growing-entry textarea, #portal textarea").first
    editor.wait_for()
    editor.fill(words)
    editor.press("Enter")
    editor.wait_for(state="detached")
    visitor.settled()


def _chosen_cell(page: Page, column: int, row: int) -> Locator:
    """The cell as the table tells it to those who cannot see the canvas it is drawn on."""
    return page.locator("[data-testid='stDataFrame']").first.locator(f"#glide-cell-{column}-{row}[aria-selected=true]")


def task_table() -> bytes:
    """A district's task table as a Word file, with a typo in one cell."""
    document = Document()
    document.add_heading("越秀区税务局全面推进政务公开任务分工表", level=1)
    rows = [
        ("序号", "主要任务", "具体举措", "牵头部门", "完成时限"),
        ("1", "规范纳税服务公开范围", "主动公开纳税信用A级纳税人名单及相关信息。", "纳税服务利", "持续开展"),
        (
            "2",
            "规范纳税服务公开范围",
            "加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。",
            "办公室",
            "持续开展",
        ),
    ]
    table = document.add_table(rows=0, cols=5)
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def build(workspace: Workspace) -> None:
    """Build as somebody else does beside the pages."""
    done = subprocess.run(
        [sys.executable, "-m", "zhengmai", "build", "--workspace", str(workspace.path)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
