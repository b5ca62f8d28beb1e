"""Answers as people and programs get them: the writers and the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from seed_graph import seed_store

from queries.run import Answer, Asking, run_query
from queries.saved import Column
from queries.text_table import grid, width, wrap
from queries.writers import MOST_ROWS, STREAMS, WRITERS, Style
from zhengmai import __main__ as cli
from zhengmai.store import OpenStore, publish_snapshot

TINY = Path(__file__).parent / "data/queries-tiny.trig"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose graph is the small one."""
    import pyoxigraph

    home = tmp_path_factory.mktemp("workspace")
    (home / "queries").mkdir()
    quads = pyoxigraph.parse(path=TINY, format=pyoxigraph.RdfFormat.TRIG)
    publish_snapshot(home / "built", sorted({f"{quad} ." for quad in quads}))
    return home


@pytest.fixture(scope="module")
def store(workspace: Path) -> OpenStore:
    from zhengmai.store import open_store
    from zhengmai.workspace import Workspace

    return open_store(Workspace(workspace))


@pytest.fixture(scope="module")
def answer(store: OpenStore) -> Answer:
    return run_query("which-tasks-implement-clause", {"clause": "5.2"}, store)


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("ZHENGMAI_WORKSPACE", "ZHENGMAI_LANG", "ZHENGMAI_QUIET"):
        monkeypatch.setenv(variable, "")  # so that what the command line sets is undone after the test


def test_json_says_what_was_asked_of_which_graph(answer: Answer) -> None:
    said = json.loads(WRITERS["json"](answer, Style()))
    assert (said["query"], said["params"]) == ("which-tasks-implement-clause", {"clause": "nat-measures:5.2"})
    assert said["columns"][0] == {"name": "task", "label": {"zh": "任务序号", "en": "task"}, "kind": "id"}
    assert said["rows"] == [dict(row) for row in answer.rows]
    assert said["counts"] == {"rows": 3, "rule": 1, "person": 0, "proposed": 2, "left_out": 0}
    assert len(said["graph_version"]) == 12 and said["notes"] == []


@pytest.mark.parametrize(("name", "dialect"), [("csv", "excel"), ("tsv", "excel-tab")])
def test_csv_and_tsv_come_back_as_they_were(answer: Answer, name: str, dialect: str) -> None:
    data = WRITERS[name](answer, Style())
    rows = list(csv.DictReader(io.StringIO(data.decode()), dialect=dialect))
    assert rows == [{key: "" if value is None else str(value) for key, value in row.items()} for row in answer.rows]
    assert WRITERS[name](answer, Style(bom=True)) == b"\xef\xbb\xbf" + data


def test_csv_for_a_spreadsheet_holds_no_formula(store: OpenStore) -> None:
    answer = run_query("list-tasks", {"document": "county-tasks"}, store)
    assert b",=HYPERLINK(1)," in WRITERS["csv"](answer, Style())
    assert b",'=HYPERLINK(1)," in WRITERS["csv"](answer, Style(bom=True))


def test_xlsx_keeps_ids_as_text_and_formulas_as_words(store: OpenStore, answer: Answer) -> None:
    sheet = load_workbook(io.BytesIO(WRITERS["xlsx"](answer, Style()))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:4] == ["任务序号", "条目", "条目（原文编号）", "句"]
    assert rows[2][:9] == ["27", "5.2", "五(二)", "5.2.s1", "原文沿用", "合写", 0.97, "已确认", "规则"]
    assert (sheet["A3"].data_type, sheet["A3"].number_format, sheet.freeze_panes) == ("s", "@", "A2")
    tasks = load_workbook(io.BytesIO(WRITERS["xlsx"](run_query("list-tasks", {"document": "county-tasks"}, store), Style()))).worksheets[0]
    assert (tasks["C2"].value, tasks["C2"].data_type, tasks["C2"].quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_xlsx_prints_as_wide_as_it_can_be_read_under_its_headings(answer: Answer) -> None:
    sheet, about = load_workbook(io.BytesIO(WRITERS["xlsx"](answer, Style()))).worksheets
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("landscape", 2, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")
    assert sheet.row_dimensions[2].height == 19.5 < about.row_dimensions[2].height  # where words are wrapped


def test_xlsx_is_the_same_twice_and_says_what_was_asked(answer: Answer) -> None:
    data = WRITERS["xlsx"](answer, Style(lang="en"))
    assert WRITERS["xlsx"](answer, Style(lang="en")) == data
    about = load_workbook(io.BytesIO(data))["About"]
    assert [cell.value for cell in about["B"]][0] == "which-tasks-implement-clause 1.1.0"
    assert (about["A3"].value, about["B3"].value) == ("-p clause", "nat-measures:5.2")


def test_xlsx_holds_what_a_workbook_cannot(answer: Answer) -> None:
    bad = Answer(**{**vars(answer), "rows": ({**answer.rows[0], "task_text": "\x00\x0b" + "长" * 40000},)})
    value = load_workbook(io.BytesIO(WRITERS["xlsx"](bad, Style()))).worksheets[0]["J2"].value
    assert value == "��" + "长" * 32765


def test_markdown_keeps_its_shape(answer: Answer) -> None:
    odd = Answer(**{**vars(answer), "columns": (Column("a", "column/quote", "text"),), "rows": ({"a": "x|y\nz\\"},)})
    assert WRITERS["md"](odd, Style()).decode().splitlines() == ["| 原文 |", "| --- |", "| x\\|y<br>z\\\\ |"]


def test_the_table_speaks_the_language_asked_for(answer: Answer) -> None:
    zh, en = (WRITERS["table"](answer, Style(lang=lang, width=100)).decode() for lang in ("zh", "en"))  # type: ignore[arg-type]
    assert "原文沿用" in zh and "已确认" in zh and "表1 第4行" in zh and "字符 907–914、1020–1024" in zh
    assert "verbatim" in en and "awaiting" not in en and "table 1 row 4" in en and "characters 315–322" in en
    assert max(width(line) for line in zh.splitlines()) <= 100


def test_widths_are_those_of_a_terminal() -> None:
    assert [width(text) for text in ("五(二)", "ab", "e\u0301", "“三项”", "\u200b", "Ａ")] == [6, 2, 1, 6, 0, 2]
    lines = grid(["甲", "b"], [["一", "x"], ["一二三", ""]], 40)
    assert lines == ["甲      b", "──────  ─", "一      x", "一二三"]
    assert wrap("一二三四五", 4) == ["一二", "三四", "五"]
    assert wrap("一二。三", 4) == ["一", "二。", "三"]
    assert wrap("", 4) == [""]


def test_what_does_not_fit_side_by_side_stands_row_under_row() -> None:
    lines = grid(["甲", "乙乙", "丙"], [["一" * 30, "", "二" * 30], ["三", "四", "五" * 30]], 40)
    assert lines[0].startswith("── 1 ─")
    assert [line.split()[0] for line in lines if line[:1] in "甲乙丙"] == ["甲", "丙", "甲", "乙乙", "丙"]
    assert max(map(width, lines)) <= 40


def ask(capfd: pytest.CaptureFixture[str], workspace: Path, *args: str) -> tuple[int, str, str]:
    status = cli.main(["query", "--workspace", str(workspace), *args])
    out, err = capfd.readouterr()
    return status, out, err


def test_the_command_prints_rows_to_stdout_and_the_rest_to_stderr(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(capfd, workspace, "which-tasks-implement-clause", "-p", "clause=五(二)")
    assert status == 0
    assert "政策公布后三日内发布解读，并组织宣讲。" in out and "组织宣讲；" in out
    assert err.splitlines() == ["哪些任务承接某一条目 clause=nat-measures:5.2：3 行", "规则确认 1 · 人工确认 0 · 待复核 2"]


def test_the_command_says_what_is_left_out_also_when_quiet(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capfd, workspace, "uncovered-provisions", "--format", "csv", "--quiet", "--lang", "en")
    assert out.splitlines()[0].startswith("sentence,clause,clause_number,reason,level")
    assert err == "1 awaiting review are left out; see zhengmai query provisions-awaiting-review\n"
    _, out, err = ask(
        capfd, workspace, "which-tasks-implement-clause", "-p", "clause=5.2", "--accepted-only", "--quiet", "--format", "json"
    )
    assert [row["task"] for row in json.loads(out)["rows"]] == ["27"]
    assert err == "2 awaiting review are left out\n" or err == "另有 2 项待复核，未计入\n"


def test_nothing_found_is_an_answer(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(capfd, workspace, "which-tasks-implement-clause", "-p", "clause=prov-notice:5.1")
    assert (status, out) == (0, "")
    assert "已检索，没有符合的内容" in err


def test_nothing_found_says_what_was_searched(workspace: Path, store: OpenStore, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capfd, workspace, "due-by", "-p", "date=1990年底", "--format", "csv")
    assert len(out.splitlines()) == 1
    assert f"图谱 {store.version}，收录文件 4 份，date=1990-12-31" in err
    _, _, err = ask(capfd, workspace, "uncovered-provisions", "-p", "upper=city-tasks", "-p", "lower=county-tasks")
    assert "county-tasks – city-tasks 没有作过比对" in err


def test_a_pair_without_basis_is_said_to_be_none() -> None:
    answer = run_query("uncovered-provisions", {"upper": "实施办法", "lower": "河池"}, seed_store())
    assert answer.rows == () and "hechi-three-systems-tasks – sat-20170427-openness 的比对结论为“否”" in answer.notes[1].zh


@pytest.mark.parametrize("form", sorted(STREAMS))
def test_rows_written_as_they_come_are_the_same(store: OpenStore, form: str) -> None:
    for name, params in (("which-tasks-implement-clause", {"clause": "5.2"}), ("due-by", {"date": "1990"})):
        asking = Asking(name, params, store)
        parts = STREAMS[form](asking.head(), (row for row, _ in asking.rows()), asking.answer, Style())
        assert "".join(parts).encode() == WRITERS[form](run_query(name, params, store), Style())


def test_json_is_laid_out_as_the_standard_library_does(answer: Answer) -> None:
    text = WRITERS["json"](answer, Style()).decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_more_rows_than_can_be_laid_out_are_cut_and_counted(
    workspace: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MOST_ROWS, "table", 2)
    question = ("which-tasks-implement-clause", "-p", "clause=5.2")
    _, out, err = ask(capfd, workspace, *question)
    assert "共 3 行，只列出前 2 行" in err and "28" not in out
    _, out, err = ask(capfd, workspace, *question, "--format", "csv")
    assert len(out.splitlines()) > 3 and "只列出" not in err


def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    target = tmp_path / "answer.csv"
    target.write_text("old")
    monkeypatch.setitem(STREAMS, "csv", breaks)
    status, _, _ = ask(capfd, workspace, "list-documents", "--format", "csv", "--output", str(target))
    assert status != 0 and target.read_text() == "old" and [path.name for path in tmp_path.iterdir()] == ["answer.csv"]


def test_explain_shows_the_query_as_bound(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capfd, workspace, "basis-chain-of-task", "-p", "task=28", "--explain", "--format", "tsv", "--limit", "2")
    assert len(out.splitlines()) == 3
    assert "zm:alignsTask <https://w3id.org/zhengmai/id/doc/city-tasks/task/28>" in err
    assert "#   task = <https://w3id.org/zhengmai/id/doc/city-tasks/task/28>" in err and " ms" in err
    assert "#   Project ?depth" in err and "BGP, 3 patterns: ?link alignsTask" in err


def test_the_list_in_both_languages_and_as_json(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(capfd, workspace)
    assert (status, err) == (0, "")
    assert "which-tasks-implement-clause clause [upper] [lower]\n    哪些任务承接某一条目 · Which tasks implement a clause\n" in out
    _, out, _ = ask(capfd, workspace, "--list", "--tag", "basis", "--format", "json")
    assert [query["name"] for query in json.loads(out)] == ["bases-of-documents", "basis-chain-of-task", "cited-not-held"]


def test_output_goes_to_a_file(workspace: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "answer.xlsx"
    status, out, _ = ask(capfd, workspace, "load-by-department", "--format", "xlsx", "--output", str(target))
    assert (status, out) == (0, "")
    assert load_workbook(target).worksheets[0]["B2"].value == "办公室"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["which-task-implements-clause"], "did you mean which-tasks-implement-clause"),
        (["which-tasks-implement-clause", "-p", "claus=5.2"], "did you mean clause"),
        (["which-tasks-implement-clause"], "no clause"),
        (["which-tasks-implement-clause", "-p", "clause"], "-p clause"),
        (["which-tasks-implement-clause", "-p", "clause=5.2", "-p", "clause=5.1"], "-p clause twice"),
        (["basis-chain-of-task", "-p", "task=27"], "city-tasks:27, county-tasks:27"),
        (["basis-chain-of-task", "-p", "task=28", "--limit", "-1"], "--limit -1"),
        (["--tag", "nosuch"], "'nosuch'"),
        (["--list", "--format", "xlsx"], "--format xlsx"),
        (["--list", "-p", "x=1"], "without a question"),
        (["--methods"], "zhengmai query lead-drift --methods"),
        (["--list", "list-tasks"], "leave out --list"),
        (["list-tasks", "--output", "/dev/null/x"], "/dev/null/x"),
    ],
)
def test_wrong_use_ends_with_2_and_a_clear_line(workspace: Path, capfd: pytest.CaptureFixture[str], args: list[str], said: str) -> None:
    status, out, err = ask(capfd, workspace, *args)
    assert (status, out) == (2, "")
    assert said in err and "Traceback" not in err


def test_a_question_with_a_slip_in_its_sparql_names_file_and_place(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    own = workspace / "queries/mine.rq"
    good = (Path(__file__).parent / "data" / "a-good-question.rq").read_text(encoding="utf-8")
    own.write_text(good.replace("?actor skos:prefLabel ?department .", "?actor skos:prefLabel ?department ; ;;; }"), encoding="utf-8")
    status, out, err = ask(capfd, workspace, "mine")
    own.unlink()
    assert (status, out) == (2, "")
    assert "mine.rq" in err and "26:" in err
