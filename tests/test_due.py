"""What falls due: the three documents, and the command."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from seed_graph import seed_store, seed_workspace

from queries.due import Due, Request, ask_due
from queries.due_dates import When
from queries.run import run_query
from zhengmai import __main__ as cli
from zhengmai.errors import BadQuery


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- the three documents


def due(on: str, by: str | None = None, *, document: str | None = None, events: tuple[tuple[str, When], ...] = (), **more: object) -> Due:
    request = Request(day(on), day(by or on), events, document, **more)  # type: ignore[arg-type]
    return ask_due(request, seed_store())


def shown(found: Due, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in found.answer.rows]


def test_hechi_on_the_last_day_of_september_2019() -> None:
    """Read by hand: the rows that say 2019年9月30日前; 2–7 stand under row 1 in a merged cell."""
    found = due("2019-09-30", document="河池")
    assert [task for (task,) in shown(found, "task")] == ["1", "2", "3", "4", "5", "6", "7", "9", "10", "11", "16", "17", "18"]
    assert {row["when"] for row in found.answer.rows} == {"in-window"}
    assert {row["rule"] for row in found.answer.rows} == {None, "merged-cell-down"}


def test_hechi_21_falls_due_at_each_level() -> None:
    found = due("2020-01-01", "2020-01-31", document="河池")
    assert shown(found, "due_date", "level", "task") == [("2020-01-15", "county", "21"), ("2020-01-31", "city", "21")]
    assert shown(due("2020-01-01", "2020-01-31", document="河池", level="county"), "due_date") == [("2020-01-15",)]
    assert shown(due("2020-01-01", "2021-02-01", document="河池", level="city"), "task", "due_date")[0] == ("21", "2020-01-31")


def test_guangzhou_5_is_seven_working_days_over_national_day_2019() -> None:
    """9/29 (make-up), 9/30, 10/8, 10/9, 10/10, 10/11, 10/12 (make-up)."""
    found = due("2019-10-12", document="gz-stb-openness-tasks", events=(("作出行政许可决定", When(day("2019-09-27"))),))
    assert shown(found, "task", "due_date", "trigger", "trigger_date", "remarks", "when") == [
        ("5", "2019-10-12", "作出行政许可决定之日", "2019-09-27", None, "in-window")
    ]
    outside = due("2019-09-27", document="gz-stb-openness-tasks", events=(("作出行政许可决定", When(day("2019-09-27"))),))
    assert shown(outside, "task", "when") == [("5", "later")]


def test_the_events_of_guangzhou() -> None:
    """By hand: 11月 + 次月10日; 30 calendar days after 6/1; 5 working days after Wednesday 5/1 (5/5 is a make-up Sunday)."""
    events = (("复议诉讼期间届满", When(day("2019-11-20"))), ("作出", When(day("2019-06-01"))), ("文件公开", When(day("2019-05-01"))))
    found = due("2019-05-01", document="gz-stb-openness-tasks", events=events)
    assert shown(found, "task", "due_date", "remarks") == [
        ("45", "2019-05-09", None),  # 5/5 5/6 5/7 5/8 5/9
        ("10", "2019-07-01", "inferred-trigger"),
        ("24", "2019-12-10", "alternative"),
    ]


def test_an_unknown_year_is_flagged_with_its_bound() -> None:
    found = due("2031-09-26", document="gz-stb-openness-tasks", events=(("文件公开", When(day("2031-09-26"))),))
    assert shown(found, "task", "due_date", "remarks", "bound") == [("45", "2031-10-03", "weekends-only", "2031-10-01")]


def test_what_has_no_date_stands_apart_with_why() -> None:
    """Counted by hand in the Guangzhou table."""
    found = due("2019-01-01", document="gz-stb-openness-tasks")
    assert found.reasons() == {"ongoing": 77, "no-trigger": 4, "no-trigger-date": 6, "by-reference": 2}
    apart = {(row["task"], row["why"]) for row in found.undated}
    assert {("9-u1", "no-trigger"), ("37", "by-reference"), ("60", "no-trigger-date"), ("12", "ongoing")} <= apart
    hechi = due("2019-01-01", document="河池")
    assert [(row["task"], row["starts"]) for row in hechi.undated if row["why"] == "starts"] == [("24", "2019-09")]
    assert [row["task"] for row in hechi.undated if row["why"] == "discretionary"] == ["38"]


def test_a_passed_date_is_listed_on_request_only() -> None:
    plain, asked = due("2019-06-15", document="河池"), due("2019-06-15", document="河池", overdue=True)
    assert (plain.answer.rows, plain.past, plain.next_date) == ((), 1, day("2019-06-30"))
    assert shown(asked, "task", "due_date", "when") == [("19", "2019-05-30", "overdue")]


def test_a_department_is_asked_for_by_name_or_by_function() -> None:
    led = due("2018-01-01", "2018-12-31", department="办公室")
    assert shown(led, "task", "due_date") == [("34", "2018-03-31"), ("41", "2018-12-31"), ("85", "2018-12-31")]
    assert shown(due("2020-01-01", "2020-01-31", department="法制部门"), "task") == [("21",), ("21",)]
    with pytest.raises(BadQuery, match="办公室"):
        due("2018-01-01", department="办公事")


def test_a_date_given_twice_for_one_event_is_refused() -> None:
    with pytest.raises(BadQuery, match="two dates for 文件公开"):
        due("2019-01-01", events=(("文件公开", When(day("2019-01-01"))), ("文件公开后", When(day("2019-02-01")))))


def test_the_saved_question_and_the_command_agree() -> None:
    rows = run_query("due-by", {"date": "2019-12-31"}, seed_store()).rows
    asked = {(row["document"], row["task"], row["due_date"], row["rule"]) for row in rows if row["due_date"]}
    found = due("2019-12-31", overdue=True)
    once = {
        (r["document"], r["task"], r["due_date"], r["rule"])
        for r in found.answer.rows
        if r["kind"] not in ("recurring", "recurring-annual")
    }
    assert asked == once
    yearly = {(row["task"], row["level"], row["month"], row["day"]) for row in rows if row["every"]}
    assert yearly == {("21", "city", 1, 31), ("21", "county", 1, 15), ("34", None, 3, 31), ("6.3.s1", None, 3, 31)}


def test_every_trigger_of_the_documents() -> None:
    """Read by hand."""
    rows = run_query("triggers", {}, seed_store()).rows
    assert {row["trigger"] for row in rows} == {
        None,
        "作出行政许可决定之日",
        "作出之日",
        "案件复议诉讼期间届满",
        "经复议诉讼最终确定效力",
        "文件公开",
        "涉及特别重大和重大突发事件的涉税舆情",
        "制定相关标准",
        "修改相关标准",
        "税务总局实施方案印发",
    }
    assert all(row["rule"] == "trigger-from-measure" for row in rows if row["task"] in ("10", "60"))


# --- the command


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))
    for variable in ("ZHENGMAI_LANG", "ZHENGMAI_QUIET"):
        monkeypatch.setenv(variable, "")


def ask(capfd: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = cli.main(["due", *args])
    out, err = capfd.readouterr()
    return status, out, err


def test_the_table_shows_what_is_due_and_apart_what_has_no_date(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(capfd, "--on", "2020-01-01", "--by", "2020-01-31", "--document", "河池")
    assert status == 0
    dated, _, apart = out.partition("\n\n")
    assert "2020-01-15" in dated and "县级" in dated and "当日不是工作日" in dated
    assert (
        "〔只有起始，之后持续〕1" in apart
        and "hechi-three-systems-tasks:28  制定或修改相关标准后1个月内  ← 修改相关标准 / 制定相关标准" in apart
    )
    assert "hechi-three-systems-tasks: 8, 13, 14, 15, 35" in apart
    assert "到期 2 项时限；无日期 15 项" in err and "--overdue" in err


def test_json_and_csv_and_xlsx(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    event = "文件公开=2019-05-01"
    status, out, _ = ask(capfd, "--on", "2019-05-01", "--document", "广州", "--trigger", event, "--format", "json")
    said = json.loads(out)
    assert (status, said["query"], said["params"]["trigger 文件公开"]) == (0, "due", "2019-05-01")
    assert [(row["task"], row["due_date"]) for row in said["rows"]] == [("45", "2019-05-09")]
    assert len(said["undated"]) == said["counts"]["undated"] and said["triggers"] == {"文件公开": ["文件公开"]}
    _, out, _ = ask(capfd, "--on", "2019-05-01", "--document", "广州", "--trigger", event, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["task"] for row in rows if row["when"] != "undated"] == ["45"] and len(rows) == 1 + len(said["undated"])
    file = tmp_path / "due.xlsx"
    assert ask(capfd, "--on", "2019-05-01", "--document", "广州", "--format", "xlsx", "--output", str(file))[0] == 0
    assert load_workbook(file).worksheets[0]["A1"].value == "到期情况"
    assert ask(capfd, "--on", "2019-05-01", "--output", str(tmp_path / "no" / "x"))[0] == 2


def test_a_flag_on_an_unknown_year_is_said_also_when_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capfd, "--on", "2031-09-26", "--trigger", "文件公开=2031-09-26", "--quiet", "--lang", "en")
    assert "Mondays to Fridays counted" in out and "2031-10-01" in out
    assert re.search(r"holidays are known for 2004–\d{4} only", err)


def test_an_empty_answer_names_the_next_date(capfd: pytest.CaptureFixture[str]) -> None:
    status, _, err = ask(capfd, "--on", "2019-06-15", "--document", "河池")
    assert status == 0 and "其后最近的到期日 2019-06-30" in err


def test_hours_take_a_time(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capfd, "--on", "2019-05-01", "--document", "广州", "--trigger", "重大突发事件=2019-05-01T22:30", "--format", "json")
    assert [(row["due_date"], row["due_time"]) for row in json.loads(out)["rows"]] == [("2019-05-02", "03:30"), ("2019-05-02", "22:30")]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--on", "2019-9-30"], "2019-09-30"),
        (["--on", "2019-09-31"], "year-month-day"),
        (["--on", "2019-09-30", "--by", "2019-09-01"], "exchange"),
        (["--on", "2019-09-30", "--trigger", "文件公开"], "EVENT=DATE"),
        (["--on", "2019-09-30", "--trigger", "文件公开=明天"], "year-month-day"),
        (["--on", "2019-09-30", "--trigger", "文件公开=2019-09-27T25:00"], "T15:30"),
        (["--on", "2019-09-30", "--trigger", "文件公布=2019-09-27"], "did you mean 文件公开"),
        (["--on", "2019-09-30", "--level", "citty"], "did you mean city"),
        (["--on", "2019-09-30", "--document", "没有这份文件"], "not in the graph"),
        (["--on", "2019-09-30", "--trigger", "文件公开=2019-09-27", "--trigger", "文件公开=2019-09-28"], "twice"),
        ([], "--on"),
    ],
)
def test_wrong_use_ends_with_2_and_a_suggestion(capfd: pytest.CaptureFixture[str], args: list[str], says: str) -> None:
    status, out, err = ask(capfd, *args)
    assert (status, out) == (2, "") and says in err
