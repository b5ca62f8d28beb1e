"""``zhengmai review``: what it prints, where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from review_workspace import LOWER, UPPER, copy_workspace

from lineage.review import desk, log
from zhengmai.__main__ import main
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
LINK = f"{LOWER}.3--{UPPER}.1.2.s1"


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    workspace = copy_workspace(tmp_path / "ws")
    for variable in ("ZHENGMAI_LANG", "ZHENGMAI_QUIET"):
        monkeypatch.setenv(variable, "")
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(workspace.path))
    return workspace


def test_status_tells_how_far_it_is_and_what_needs_somebody(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY)
    assert main(["review", "status"]) == 0
    out = capsys.readouterr().out
    assert "对应关系 4 项\n  规则确认 3 · 人工确认 0 · 待复核 1 · 已排除 0\n  已判断 0，未判断 3，意见不一 1，原文已变须重判 0" in out
    assert f"{LINK}  张三 接受（本地化表述）；李四 拒绝" in out
    assert "\n  张三 1\n  李四 1\n" in out and "%E5" not in out
    assert main(["review", "status", "--format", "json", "--lang", "en"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["link"]["disputed"], said["disputed"], said["faults"]) == (1, [LINK], [])


def test_status_names_rows_that_cannot_be_read_and_ends_with_1(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    with (ws.curated_dir / log.FILE).open("a", encoding="utf-8") as file:
        file.write("review:0000000000000000\tdoc:x\n")
    assert main(["review", "status"]) == 1
    assert "应为 30 列" in capsys.readouterr().out


def test_a_table_goes_out_and_comes_back(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = ws.path / "r.tsv"
    assert main(["review", "export", "--kind", "link", "--output", str(path)]) == 0
    assert capsys.readouterr().out == ""
    lines = path.read_text(encoding="utf-8").splitlines()
    columns = next(line for line in lines if line.startswith("record_id")).split("\t")
    cells = lines[-1].split("\t")
    cells[columns.index("decision")] = "拒绝"
    bad = [*cells]
    bad[columns.index("decision")] = "也许"
    path.write_text("\n".join([*lines[:-1], "\t".join(cells), "\t".join(bad)]) + "\n", encoding="utf-8")
    assert main(["review", "import", str(path), "--reviewer", "张三", "--date", DAY]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("已导入 1 条判断；3 行未填或已有；1 行未采用。\n  第 ") and "也许" in out
    assert "zhengmai build" in err
    assert main(["review", "import", str(path), "--reviewer", "张三", "--format", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["records"], said["unchanged"], len(said["refused"])) == ([], 4, 1)


def test_a_sample_says_how_many_it_drew(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    path = ws.path / "s.xlsx"
    assert main(["review", "sample", "--n", "4", "--by", "relation", "--seed", "1", "--output", str(path), "--lang", "en"]) == 0
    assert "4 drawn: 2 links, 2 non-links; seed 1." in capsys.readouterr().err
    assert path.read_bytes().startswith(b"PK")
    assert main(["review", "import", str(path), "--reviewer", "张三"]) == 0


def test_a_report_quotes_disagreements(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY, comment="照抄")
    desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY, comment="多出主体")
    desk.adjudicate(ws, LINK, "edited", relation="extended", reviewer="王五", on=DAY, comment="增补")
    assert main(["review", "report", "--seed", "1"]) == 0
    out = capsys.readouterr().out
    assert "任务：建立利益相关方列席会议制度，邀请专家学者和企业代表参加论证。" in out
    assert "条文：建立利益相关方列席会议制度，邀请专家学者参加论证。" in out
    assert "张三, 2026-11-22: 接受（本地化表述）　照抄" in out and "李四, 2026-11-22: 拒绝　多出主体" in out
    assert "裁定：王五 修改（增补）　增补" in out
    assert main(["review", "report", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["disagreements"][0]["item"] == LINK


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["import"], "a FILE for import"),
        (["status", "x.tsv"], "a FILE for import and for nothing else"),
        (["sample", "--n", "5"], "no --seed"),
        (["sample", "--n", "0", "--seed", "1"], "--n 0"),
        (["sample", "--seed", "1", "--by", "colour"], "found colour"),
        (["export", "--format", "json"], "--format json"),
        (["export", "--format", "xlsx"], "no --output"),
        (["export", "--blind"], "no --reviewer"),
        (["status", "--pair", "a", "b"], f"expected {LOWER} {UPPER}"),
        (["import", "none.tsv", "--reviewer", "张三"], "ZM-101"),
        (["import", "none.tsv", "--reviewer", "0000-0002-1825-0098"], "check digit"),
        (["import", "none.tsv", "--reviewer", "张三", "--date", "昨天"], "a day as 2026-01-31"),
    ],
)
def test_wrong_use_is_told(ws: Workspace, capsys: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    assert main(["review", *args]) == 2
    out, err = capsys.readouterr()
    assert out == "" and said in err and "Traceback" not in err


def test_before_the_first_build_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path))
    assert main(["review", "status"]) == 2
    assert "zhengmai build" in capsys.readouterr().err
