"""One number in a cell over several rows is the number of each, and no fault; the same number printed twice is one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loaders.extract import extract_bytes
from loaders.records import Extraction
from validation.check_files import load_checks, run_check
from validation.graph import load_data
from validation.places import Places
from zhengmai.store import current_snapshot

HEAD = "<tr><td>序号</td><td>重点工作</td><td>任务要求</td><td>牵头科室</td><td>完成时限</td></tr>"
MERGED = f"""<table>{HEAD}
<tr><td rowspan="2">1</td><td rowspan="2">垃圾分类</td><td>新增分类小区50个。</td><td>市容科</td><td>2024年9月底前</td></tr>
<tr><td>建设回收网点20个。</td><td>市容科</td><td>2024年10月底前</td></tr>
<tr><td>2</td><td>道路保洁</td><td>机械化清扫率达到95%。</td><td>环卫科</td><td>2024年12月底前</td></tr></table>"""
TWICE = MERGED.replace('<td rowspan="2">1</td>', "<td>1</td>").replace("<tr><td>建设", "<tr><td>1</td><td>建设")


def read(table: str) -> Extraction:
    return extract_bytes(f"<html><body><p>江口区城市管理任务分工表</p>{table}</body></html>".encode(), "t.html")


@pytest.mark.parametrize(("table", "told", "inherited"), [(MERGED, 0, ("number", "task")), (TWICE, 1, ("task",))])
def test_the_reader_tells_a_repeated_number_from_a_merged_one(table: str, told: int, inherited: tuple[str, ...]) -> None:
    found = read(table)
    assert [(row.row, row.number) for row in found.rows] == [("1", "1"), ("1-2", "1"), ("2", "2")]
    assert found.rows[1].inherited == inherited
    assert sum(f.code == "number-repeated" for f in found.findings) == told


@pytest.mark.parametrize(("table", "told"), [(MERGED, []), (TWICE, ["1-2"])])
def test_so_does_the_graph_which_knows_how_the_row_came_by_it(table: str, told: list[str], tmp_path: Path) -> None:
    source = tmp_path / "t.html"
    source.write_text(f"<html><body><p>江口区城市管理任务分工表</p>{table}</body></html>", encoding="utf-8")
    space = str(tmp_path / "space")
    for command in (["init", space], ["add", str(source), "--workspace", space], ["build", "--workspace", space]):
        assert subprocess.run([sys.executable, "-m", "zhengmai", *command], capture_output=True, timeout=120).returncode == 0
    store = load_data(current_snapshot(tmp_path / "space" / "built") / "graph.nq")
    check = next(check for check in load_checks() if check.name == "V09-number")
    assert [finding.notation for finding in run_check(check, store, Places(store))] == told


def numbered(numerals: str) -> str:
    row = "<tr><td>{0}</td><td>宣传</td><td>做好第{0}期宣传。</td><td>市文旅局</td><td>2024年9月底前</td></tr>"
    return f"<table>{HEAD}{''.join(row.format(n) for n in numerals)}</table>"


def test_a_table_that_runs_on_over_the_page_may_begin_at_six() -> None:
    for below, told in (("六七八九十", 0), ("六七七九十", 2)):  # 七 twice, and 八 left out
        found = read(f"{numbered('一二三四五')}<p>（续表）</p>{numbered(below)}")
        assert sum(f.code == "number-order" for f in found.findings) == told
