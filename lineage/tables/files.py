"""The files a page can become. Adding one is adding a line."""

from __future__ import annotations

from collections.abc import Callable

from lineage.tables.page import Page
from lineage.tables.write_csv import write_csv
from lineage.tables.write_docx import write_docx
from lineage.tables.write_html import write_html
from lineage.tables.write_xlsx import write_xlsx

WRITERS: dict[str, Callable[[Page], bytes]] = {"xlsx": write_xlsx, "docx": write_docx, "csv": write_csv, "html": write_html}
COMPACT = frozenset({"docx"})  # what is printed shows fewer columns
BINARY = frozenset({"xlsx", "docx"})
