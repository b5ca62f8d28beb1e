"""The aligner against answers made by reading, through the command people use; documents of six domains, and unrelated ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from seeds import GOLD, GUANGZHOU, NATIONAL, SOURCES

from lineage.align import align
from lineage.evaluate import evaluate
from lineage.gold import read_gold
from lineage.records import Basis, Link, PairResult, Uncovered
from loaders.extract import extract_bytes, extract_file
from zhengmai.__main__ import main
from zhengmai.errors import BadGold

OURS = GOLD / "ours"
PAIRS = (
    "bizenv/city", "care/city", "coldchain/city", "data/city", "digital/city", "disability/city", "ebike/lake", "ebike/river",
    "food/north", "food/port", "jobs/hill", "jobs/river", "oldblock/east", "oldblock/west", "patents/city", "waste/bay",
    "waste/mount", "water/county",
)  # fmt: skip
STRANGERS = (
    ("bizenv", "sports/city.csv"),
    ("archive_law", "care/city.csv"),
    ("digital", "water/county.txt"),
    ("food", "archive_law/upper.txt"),
    ("noise_law", "archive_law/upper.txt"),
    ("archive_law", "noise_law/upper.txt"),
)

UPPER = """某省推进基层治理实施意见

一、加强村级建设
（一）完善村务公开。村务公开栏每月更新一次。村级财务收支情况接受村民监督委员会审核。
（二）规范网格管理。每个网格配备一名专职网格员。
"""
LOWER = """某市推进基层治理工作方案

一、主要任务
（一）公开村务。村务公开栏每月更新一次。
（二）配备网格员。每个网格配备一名专职网格员。
（三）开展宣传。组织文艺演出。
"""
ANSWERS = "row\tclause\tsentences\trelation\n1.1\t1.1\t1.1.s1\tverbatim\n1.2\t1.2\t1.2.s1\tadapted\n1.3\tNONE\t\t\n"


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    code = main([str(a) for a in args])
    out, err = capsys.readouterr()
    return code, out, err


def link(task: str, sentence: str, confidence: float, relation: str = "verbatim", status: str = "accepted") -> Link:
    features = {"heading": 0.0, "text": 1.0, "order": 1.0, "numbers": 0.0}
    clause = sentence.rsplit(".", 1)[0]
    return Link(task, clause, sentence, relation, "one-to-one", confidence, status, "sentence-exact", features, (), ())  # type: ignore[arg-type]


def test_every_figure_is_counted_as_written_out_here(tmp_path: Path) -> None:
    """One link right, one right clause by a wrong sentence of it, one wrong; one relation agrees; 1.2.s1 and 1.1.s2 lie uncovered."""
    (tmp_path / "a.tsv").write_text(ANSWERS, encoding="utf-8")
    result = PairResult(
        Basis("yes", ()),
        (link("1.1", "1.1.s1", 0.9), link("1.1", "1.1.s2", 0.7, status="proposed"), link("1.3", "1.2.s1", 0.6, status="proposed")),
        (Uncovered("1.1.s2", "1.1", "none-found", None),),
        (),
    )
    upper, lower = extract_bytes(UPPER.encode(), "u.txt"), extract_bytes(LOWER.encode(), "l.txt")
    found = evaluate(result, upper, lower, [read_gold(tmp_path / "a.tsv")])
    assert (found.clauses.right, found.clauses.found, found.clauses.wanted) == (1, 2, 2)
    assert (found.sentences.right, found.sentences.found, found.sentences.wanted) == (1, 3, 2)
    assert (found.accepted.right, found.accepted.found) == (1, 1)
    assert (found.relations.right, found.relations.found) == (1, 1)
    assert (found.uncovered.right, found.uncovered.found, found.uncovered.wanted) == (1, 1, 1)
    assert found.bands == ((0.6, 0.8, 2, 0.65, 0.0), (0.8, 0.95, 1, 0.9, 1.0))
    assert found.calibration_error == round(2 / 3 * 0.65 + 1 / 3 * 0.1, 4)
    assert [(m.kind, m.task, m.provision) for m in found.misses] == [
        ("missed", "1.2", "1.2.s1"),
        ("wrong", "1.1", "1.1.s2"),
        ("wrong", "1.3", "1.2.s1"),
    ]
    assert (found.misses[0].task_text, found.misses[0].provision_text) == ("每个网格配备一名专职网格员", "每个网格配备一名专职网格员。")


def test_the_seeds_answers_find_their_documents_in_the_workspace(capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        GOLD / f"{name}.tsv"
        for name in ("guangzhou_alignment_rows_1_30", "guangzhou_alignment_rows_31_90", "national_coverage_sections_2_5")
    ]
    code, out, _ = run(capsys, "evaluate", *(x for f in files for x in ("--gold", f)), "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["based_on"] == "yes"
    assert found["clauses"]["f1"] >= 0.99 and found["sentences"]["f1"] >= 0.95
    assert found["relations"]["accuracy"] >= 0.85 and found["accepted"]["precision"] >= 0.97
    assert found["uncovered"]["f1"] in (None, 1.0)
    assert found["expected_calibration_error"] <= 0.1


@pytest.mark.parametrize("pair", PAIRS)
def test_rewritten_documents_reach_their_clauses(pair: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "evaluate", "--gold", OURS / f"{pair}.tsv", "--format", "json")
    found = json.loads(out)
    assert code == 0 and found["based_on"] == "yes"
    assert found["clauses"]["f1"] >= 0.85
    assert found["accepted"]["precision"] >= 0.97


@pytest.mark.parametrize(("upper", "lower"), STRANGERS)
def test_unrelated_documents_have_no_link(upper: str, lower: str) -> None:
    result = align(extract_file(OURS / upper / "upper.txt"), extract_file(OURS / lower))
    assert result.basis.verdict == "no" and result.links == ()


def test_misses_are_quoted_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "evaluate", "--gold", OURS / "village/city.tsv")
    assert code == 0
    assert "漏: 9 → 2.6.s3" in out and "推广赣派民居图集，新建农房统一风格" in out


def test_answers_for_other_documents_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "evaluate", SOURCES / NATIONAL, SOURCES / GUANGZHOU, "--gold", OURS / "food/north.tsv")
    assert code == 2 and out == "" and "ZM-104" in err and "1.1.1" in err


@pytest.mark.parametrize("text", ["", "a\tb\n1\t2\n", "row\tclause\tsentences\n\t2.1\t2.1.s1\n"])
def test_a_table_that_is_none_says_what_it_should_be(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(BadGold, match="row, clause, sentences"):
        read_gold(tmp_path / "x.tsv")


def test_one_document_alone_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "evaluate", SOURCES / NATIONAL, "--gold", OURS / "food/north.tsv")
    assert code == 2 and "ZM-001" in err


def test_a_pair_as_a_workbook_keeps_ids_as_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from openpyxl import load_workbook

    out = tmp_path / "pair.xlsx"
    code, _, _ = run(capsys, "align", OURS / "food" / "upper.txt", OURS / "food" / "port.txt", "--format", "xlsx", "--output", out)
    book = load_workbook(out)
    assert code == 0 and book.sheetnames == ["对应", "未见承接", "未见上级依据", "依据判定"]
    rows = list(book["对应"].iter_rows(values_only=True))
    assert rows[0][:3] == ("任务序号", "任务文字", "条文")
    assert all(isinstance(row[0], str) and isinstance(row[2], str) for row in rows)
    assert next(row for row in rows if row[0] == "2.12")[2] == "3.10.s1"


def test_a_workbook_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "align", SOURCES / NATIONAL, SOURCES / GUANGZHOU, "--format", "xlsx")
    assert code == 2 and out == "" and "--output" in err


@pytest.mark.parametrize(
    ("upper", "lower", "words"),
    [
        (SOURCES / NATIONAL, SOURCES / NATIONAL, "两个文件内容相同"),
        (SOURCES / GUANGZHOU, SOURCES / NATIONAL, "上下级可能颠倒"),
        (OURS / "archive_law" / "upper.txt", OURS / "sports" / "city.csv", "未建立对应"),
    ],
)
def test_a_pair_that_is_none_is_said_in_words(upper: Path, lower: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "align", upper, lower)
    assert code == 0 and json.loads(out)["links"] == [] and words in err
