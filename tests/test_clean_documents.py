"""What a document of another office states well raises no Violation: starts without an end, remarks about several sheets."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from openpyxl import Workbook

ROWS = [
    ("1", "推动体育场馆开放，周末延长2小时。", "区文体局", "区财政局", "2022年10月起"),
    ("2", "建设健身步道10公里。", "区住建局", "区文体局", "2023年6月底前"),
    ("3", "组织社区运动会。", "区文体局", "区民政局", "2022年9月启动"),
]


def test_starts_and_hidden_columns_of_two_sheets_are_told_but_break_no_rule(tmp_path: Path) -> None:
    book = Workbook()
    for number, name in enumerate(("场地", "活动")):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        sheet.append(("代码", "序号", "工作内容", "牵头单位", "配合单位", "完成时限"))
        for row in ROWS:
            sheet.append(("X" + row[0], *row))
        sheet.column_dimensions["A"].hidden = True
    (tmp_path / "sources").mkdir()
    book.save(tmp_path / "sources" / "湖东区体育工作任务表.xlsx")
    listed = "sources:\n  - slug: hudong\n    file: 湖东区体育工作任务表.xlsx\n    access: public\n"
    (tmp_path / "sources.yaml").write_text(listed, encoding="utf-8")
    ask = [sys.executable, "-m", "zhengmai"]
    subprocess.run([*ask, "build", "--workspace", str(tmp_path), "--quiet"], check=True, capture_output=True)
    done = subprocess.run([*ask, "validate", "--workspace", str(tmp_path), "--format", "json"], capture_output=True, check=False)
    findings = json.loads(done.stdout)["findings"]
    assert [finding["code"] for finding in findings if finding["severity"] == "violation"] == []
    remarks = {finding["message"]["zh"] for finding in findings if finding["code"] == "reader-remark"}
    assert remarks == {f"工作表“{name}”有隐藏列（A 列），已一并读取。" for name in ("场地", "活动")}
