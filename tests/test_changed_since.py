"""What changed since a release, asked of two builds of which the later has one row edited by hand, one taken out and one put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.run import run_query
from zhengmai.commands._pipeline import build
from zhengmai.errors import BadQuery
from zhengmai.store import OpenStore, open_store
from zhengmai.workspace import Workspace

TABLE = """\
某某市全面推进政务公开任务分工表
序号\t主要任务\t具体举措\t牵头部门\t完成时限
1\t推进公开\t主动公开机构设置、主要职能、本级概况等信息。\t办公室\t2018年3月底前
2\t推进公开\t定期发布税收收入统计信息，方便社会公众查阅。\t财务处\t持续开展
3\t推进公开\t清理旧档，按时归档。\t办公室\t持续开展
"""
LATER = TABLE.replace("2018年3月底前", "2018年6月底前").replace("3\t推进公开\t清理旧档，按时归档。", "3\t推进公开\t编制公开目录。")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    home = Workspace(tmp_path_factory.mktemp("since"))
    home.sources_dir.mkdir()
    home.sources_file.write_text("sources:\n  - {slug: town, file: town.txt, level: city}\n", encoding="utf-8")
    for text in (TABLE, LATER):
        (home.sources_dir / "town.txt").write_text(text, encoding="utf-8")
        build(home)
    return home


@pytest.fixture(scope="module")
def store(workspace: Workspace) -> OpenStore:
    return open_store(workspace)


def test_each_edit_is_a_row_with_the_words_before_and_after(store: OpenStore) -> None:
    rows = run_query("changed-since", {"since": "previous", "document": "town"}, store).rows
    said = {(row["change"], row["thing"], row["property"]): (row["before"], row["after"]) for row in rows}
    assert said["replaced", "1/deadline/1", "rawText"] == ("2018年3月底前", "2018年6月底前")
    assert said["replaced", "1/deadline/1", "dueDate"] == ("2018-03-31", "2018-06-30")
    assert said["replaced", "3/measure/1", "text"] == ("清理旧档，按时归档。", "编制公开目录。")
    assert not any(str(row["thing"]).startswith("2/") for row in rows)


def test_a_version_is_named_by_how_it_begins_and_an_unknown_one_refused(store: OpenStore) -> None:
    previous = run_query("changed-since", {"since": "previous"}, store)
    first = str(previous.rows[0]["since"])
    assert run_query("changed-since", {"since": first[:5]}, store).rows == previous.rows
    assert run_query("changed-since", {"since": "current"}, store).rows == ()
    for typed in ("zzz", "../..", "/etc/passwd", ""):
        with pytest.raises(BadQuery):
            run_query("changed-since", {"since": typed}, store)


def test_without_an_earlier_version_that_is_said(tmp_path: Path) -> None:
    home = Workspace(tmp_path)
    home.sources_dir.mkdir()
    home.sources_file.write_text("sources:\n  - {slug: town, file: town.txt, level: city}\n", encoding="utf-8")
    (home.sources_dir / "town.txt").write_text(TABLE, encoding="utf-8")
    build(home)
    with pytest.raises(BadQuery, match="build again after a change"):
        run_query("changed-since", {"since": "previous"}, open_store(home))
