"""A page as CSV for a spreadsheet: UTF-8 with a byte order mark, an apostrophe before what would be a formula."""

from __future__ import annotations

import csv
import io

from lineage.tables.page import Page
from queries.saved import FORMULA_STARTS


def write_csv(page: Page) -> bytes:
    """Return the first sheet's rows; further sheets repeat them by department and add nothing."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    sheet = page.sheets[0]
    writer.writerow([column.label for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([f"'{cell.text}" if cell.text.startswith(FORMULA_STARTS) else cell.text for cell in row])
    return out.getvalue().encode("utf-8-sig")
