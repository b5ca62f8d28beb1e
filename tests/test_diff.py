"""What changed between two versions: each kind of change once, and near misses that are none."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from seed_graph import seed_store, seed_workspace
from seeds import GUANGZHOU, NATIONAL, SOURCES, seed

from lineage.revision import Change, Revision, Unit, link_changes, revision, units_in, units_of, word_diff
from lineage.revision_page import revision_page
from lineage.tables.files import WRITERS


def task(own: str, words: str, lead: str = "办公室", deadline: str = "持续开展") -> Unit:
    return Unit("", own, "task", own, words, {"lead": lead, "deadline": deadline})


OLD = [
    task("1", "每年公开一次预算和决算"),
    task("2", "公布办事指南和流程图"),
    task("3", "清理规范性文件"),
    task("4", "设立咨询电话并公布"),
    task("5", "报送政务公开年度报告"),
]
NEW = [
    task("1", "每季度公开一次预算和决算"),
    task("2", "清理规范性文件。"),
    task("3", "公布办事指南和流程图", lead="纳税服务处"),
    task("4", "建立舆情回应机制"),
    task("5", "报送政务公开年度报告", deadline="每年3月31日前"),
]


def kinds(found: Revision) -> dict[str, tuple[str, str]]:
    return {
        (change.old or change.new).words[:4]: (change.kind, change.new.id if change.new else "")  # type: ignore[union-attr]
        for change in found.changes
    }


def test_each_kind_of_change_is_told_apart() -> None:
    found = revision(OLD, NEW)
    assert kinds(found) == {
        "每年公开": ("reworded", "1"),
        "公布办事": ("facts", "3"),
        "清理规范": ("renumbered", "2"),
        "设立咨询": ("removed", ""),
        "建立舆情": ("added", "4"),
        "报送政务": ("facts", "5"),
    }
    assert found.same == 0


def test_words_that_differ_are_marked_and_the_texts_stay_whole() -> None:
    change = next(one for one in revision(OLD, NEW).changes if one.kind == "reworded")
    assert [(run.text, run.mark) for run in change.new_runs] == [("每", ""), ("季度", "added"), ("公开一次预算和决算", "")]
    assert [run.text for run in change.old_runs if run.mark] == ["年"]
    assert "".join(run.text for run in change.old_runs) == OLD[0].words


def test_roles_and_deadlines_stand_before_and_after() -> None:
    facts = {change.new.id: change.facts for change in revision(OLD, NEW).changes if change.new and change.facts}
    assert facts == {"3": (("lead", "办公室", "纳税服务处"),), "5": (("deadline", "持续开展", "每年3月31日前"),)}


def test_width_and_punctuation_are_no_change() -> None:
    assert revision([task("1", "公开（政务）信息，方便查阅")], [task("1", "公开(政务)信息,方便查阅")]).changes == ()


def test_a_document_is_the_same_as_itself() -> None:
    units = units_of(seed(NATIONAL))
    found = revision(units, units)
    assert found.changes == () and found.same == len(units) > 180


def test_an_emptied_side_is_all_removed_or_added() -> None:
    assert {one.kind for one in revision(OLD, []).changes} == {"removed"}
    assert {one.kind for one in revision([], OLD).changes} == {"added"}
    assert word_diff("", "x")[1][0].mark == "added" and word_diff("", "") == ((), ())


def test_a_build_is_the_same_as_itself() -> None:
    units = units_in(seed_store())
    assert revision(units, units).changes == () and link_changes(seed_store(), seed_store()) == []


def test_injected_words_are_not_shown_again() -> None:
    assert not any("乐动" in unit.words for unit in units_of(seed(NATIONAL)))


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_table_can_be_written(name: str) -> None:
    data = WRITERS[name](revision_page(revision(OLD, NEW, names=("旧", "新")), "zh"))
    assert len(data) > 100


def run(*args: object, workspace: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", "diff", *map(str, args), "--workspace", str(workspace or seed_workspace().path)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "new.txt"
    path.write_text((SOURCES / GUANGZHOU).read_text(encoding="utf-8").replace("首问责任制", "首问负责制"), encoding="utf-8")
    return path


def test_two_versions_of_a_seed(newer: Path) -> None:
    done = run(SOURCES / GUANGZHOU, newer)
    assert done.returncode == 0
    assert "改写 1 · 移位 0 · 分工或时限变动 0 · 未变 90 · 受影响的对应关系 2" in done.stdout
    assert "加大公开首问[-责任-]制" in done.stdout.replace("[-责-]任", "[-责任-]") or "[-" in done.stdout
    said = json.loads(run(SOURCES / GUANGZHOU, newer, "--format", "json").stdout)
    assert [(one["kind"], one["new"]["id"]) for one in said["changes"]] == [("reworded", "27")]
    assert {one["provision"] for one in said["links"]} == {"sat-20170427-openness:4.2.s2", "sat-20170427-openness:5.2.s1"}


def test_two_builds(tmp_path: Path, newer: Path) -> None:
    from zhengmai.commands._pipeline import build
    from zhengmai.store import current_snapshot
    from zhengmai.workspace import Workspace

    home = tmp_path / "ws"
    shutil.copytree(seed_workspace().path, home, symlinks=True)
    before = current_snapshot(home / "built").name
    shutil.copy(newer, home / "sources" / GUANGZHOU)
    text = (home / "sources.yaml").read_text(encoding="utf-8")
    (home / "sources.yaml").write_text("\n".join(line for line in text.splitlines() if "118a6052" not in line) + "\n", encoding="utf-8")
    build(Workspace(home))
    done = run(before[:8], "current", workspace=home)
    assert done.returncode == 0 and "改写 1 " in done.stdout and "gz-stb-openness-tasks:27" in done.stdout


@pytest.mark.parametrize(
    ("args", "said"), [(["zzz", "current"], "no graph version"), ([SOURCES / GUANGZHOU, "current"], "two files or two graph")]
)
def test_wrong_use_ends_with_2(args: list[object], said: str) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr and "Traceback" not in done.stderr


def test_a_change_holds_both_sides() -> None:
    assert Change("added", None, OLD[0]).facts == ()
