"""任务台账: what the document says, what was concluded and what the office writes stand apart; the office's words survive."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from seed_graph import seed_store, seed_workspace
from seeds import GUANGZHOU, seed
from test_exports import export

from lineage.tables.files import WRITERS
from lineage.tables.filled_in import read_filled_in
from lineage.tables.ledger import Department, Entry, Ledger, ledger
from lineage.tables.ledger_page import ledger_page
from lineage.tables.page import Page
from lineage.tables.progress import FIELDS, Progress, keys_of, lost, merged, read_progress, write_progress
from zhengmai.errors import BadConfiguration, MissingFile
from zhengmai.workspace import Workspace

GZ, HECHI, UPPER = "gz-stb-openness-tasks", "hechi-three-systems-tasks", "sat-20170427-openness"


@cache
def table() -> Ledger:
    return ledger(seed_store())


@cache
def page(department: str = "") -> Page:
    return ledger_page(table(), "zh", department=department)


def entry(task: str, document: str = GZ) -> Entry:
    return next(one for one in table().entries if (one.task.id, one.document.slug) == (task, document))


def department(name: str, authority: str) -> Department:
    return next(one for one in table().departments if (one.name, one.authority) == (name, authority))


def shown(task: str, column: str, document: str = GZ) -> str:
    sheet = page().sheets[0]
    names = [one.name for one in sheet.columns]
    return next(
        row[names.index(column)].text
        for row in sheet.rows
        if (row[names.index("task")].text, row[names.index("document")].text) == (task, document)
    )


def test_every_task_of_both_tables_is_an_entry() -> None:
    assert [one.slug for one in table().documents] == [GZ, HECHI]
    assert len(table().entries) == 91 + 38


def test_a_task_has_its_source_words_roles_and_upper_text() -> None:
    assert shown("27", "task_source") == "《全面推进政务公开任务细化分工表》第27项"  # the head of the sheet names the issuer
    assert shown("9-u1", "task_source").endswith("第9项后未编号行")
    assert (shown("27", "lead"), shown("27", "responsible"), shown("27", "deadline_raw")) == ("纳税服务处", "纳税服务处", "持续开展")
    fourth, *rest = shown("27", "upper_text").splitlines()
    assert fourth.startswith("四(二) 加大税收征管事项公开,主动公开纳税信用A级纳税人名单及相关信息,")
    assert rest == [
        "五(二) 加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。",
    ]


def test_the_deadline_is_shown_as_written_and_as_understood() -> None:
    assert shown("5", "deadline_raw") == "作出行政许可决定之日起7个工作日内"
    assert shown("5", "deadline_parsed").startswith("作出行政许可决定之日＋7个工作日")
    assert shown("33", "deadline_raw", HECHI) == "市局6月30日前完成；县（区）局7月31日前完成。"
    assert [line[:10] for line in shown("33", "deadline_parsed", HECHI).splitlines()] == ["2019-06-30", "2019-07-31"]
    assert "市局每年1月31日前" in shown("21", "deadline_raw", HECHI) and "每年1月31日" in shown("21", "deadline_parsed", HECHI)
    assert shown("88", "frequency") == "每年至少对20%以上"


def test_what_no_cell_says_is_told_apart() -> None:
    assert shown("11", "supporting", HECHI) == "待明确（脚注默认配合）"
    assert shown("2", "remarks", HECHI) == "配合是否合并待核"
    assert shown("1", "upper_text", HECHI) == "上级文件未收录"
    assert "上级由政策法规司牵头，本级由纳税服务处牵头" in shown("5", "remarks")


def test_the_office_s_columns_are_empty_until_it_writes() -> None:
    names = [one.name for one in page().sheets[0].columns]
    assert {row[names.index(name)].text for row in page().sheets[0].rows for name in FIELDS} == {""}
    assert [one.label for one in page().sheets[0].columns if one.editable] == ["进展情况", "完成状态", "佐证材料", "联系人", "备注"]


def test_a_department_s_named_tasks_come_before_those_that_may_concern_it() -> None:
    rows = seed(GUANGZHOU).rows
    by_name = {row.row for row in rows for m in row.roles if m.actor.name == "办公室" and m.role in ("lead", "responsible")}
    office = department("办公室", "广州市国家税务局")
    assert {one.task.id for one, _ in office.named} == by_name and len(by_name) == 64
    assert {role.name for _, roles in office.maybe for role in roles} <= {"相关处室", "其他相关处室", "政策制定部门", "政策制定部"}
    assert not by_name & {one.task.id for one, _ in office.maybe}
    sheet = next(one for one in page().sheets if one.title.startswith("广州市国家税务局办公室"))
    involved = [row[1].text for row in sheet.rows]
    first_maybe = next(at for at, text in enumerate(involved) if text.startswith("可能涉及"))
    assert first_maybe == 64 and all(text.startswith("可能涉及（") for text in involved[first_maybe:])


def test_two_departments_of_one_name_have_sheets_of_their_own() -> None:
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](page())), read_only=True)
    assert {"办公室 广州市国家税务局", "办公室 河池市税务系统"} <= set(book.sheetnames)
    assert [sheet.title.split("\n")[0] for sheet in page("办公室").sheets] == ["广州市国家税务局办公室", "河池市税务系统办公室"]


def test_generic_actors_that_name_nobody_have_no_sheet() -> None:
    assert {"相关处室", "待明确", "各级税务机关"} & {one.name for one in table().departments} == set()
    assert department("法制部门", "河池市税务系统").generic


# --- progress


@cache
def small_book(made: Page) -> bytes:
    """The whole and one department: all thirty sheets take seconds to write and to read."""
    return WRITERS["xlsx"](replace(made, sheets=tuple(sheet for sheet in made.sheets if sheet.name in ("任务台账", "纳税服务处"))))


def filled_in(folder: Path, written: dict[tuple[str, str], str], made: Page | None = None) -> Path:
    """Return a workbook in which somebody wrote progress: (sheet, task) -> words."""
    path = folder / "filled.xlsx"
    path.write_bytes(small_book(made or page()))
    book = load_workbook(path)
    for (sheet, task), words in written.items():
        out = book[sheet]
        head = next(row for row in out.iter_rows(max_row=20) if row[0].value == "序号")
        names = [one.value for one in head]
        for row in out.iter_rows(min_row=head[0].row + 1):
            if (row[names.index("task")].value, row[names.index("document")].value) == (task, GZ):
                row[names.index("进展情况")].value = words
    book.save(path)
    return path


def test_what_the_office_writes_comes_back_and_is_shown_again(tmp_path: Path) -> None:
    path = filled_in(tmp_path, {("任务台账", "27"): "已上网公布", ("任务台账", "3-x"): ""})
    known, changed = merged({}, read_filled_in(path, {}))
    assert [(one.task, one.fields[0]) for one in changed] == [("27", "已上网公布")]
    write_progress(tmp_path, known.values())
    again = ledger_page(table(), "zh", progress=read_progress(tmp_path))
    names = [one.name for one in again.sheets[0].columns]
    found = [row[names.index("task")].text for row in again.sheets[0].rows if row[names.index("progress")].text == "已上网公布"]
    assert found == ["27"]
    assert read_filled_in(filled_in(tmp_path, {}, again), known) == []


def test_a_department_may_fill_in_its_own_sheet(tmp_path: Path) -> None:
    path = filled_in(tmp_path, {("纳税服务处", "27"): "本处已办"})
    assert [(one.task, one.fields[0]) for one in read_filled_in(path, {})] == [("27", "本处已办")]


def test_two_sheets_that_disagree_are_refused(tmp_path: Path) -> None:
    path = filled_in(tmp_path, {("任务台账", "27"): "甲", ("纳税服务处", "27"): "乙"})
    with pytest.raises(BadConfiguration, match="make the two rows agree"):
        read_filled_in(path, {})


def test_progress_follows_the_words_and_not_the_number() -> None:
    (key,) = keys_of([entry("27")])
    renumbered = replace(entry("27"), task=replace(entry("27").task, id="28", number="28"))
    reworded = replace(entry("27"), task=replace(entry("27").task, words=entry("28").task.words))
    known = {(GZ, key): Progress(GZ, key, "27", ("已办", "", "", "", ""))}
    assert lost(known, [renumbered]) == []
    assert [one.task for one in lost(known, [reworded])] == ["27"]
    facts = ledger_page(replace(table(), entries=(reworded,), departments=()), "zh", progress=known).facts
    assert ("任务文字已变、未能对上的进展记录", f"{GZ} 27：已办") in facts


def test_tasks_of_the_same_words_are_told_apart() -> None:
    twice = [entry("27"), replace(entry("27"), task=replace(entry("27").task, id="99")), entry("28")]
    assert len(set(keys_of(twice))) == 3


def test_an_emptied_row_is_taken_out(tmp_path: Path) -> None:
    known = {(GZ, "p-1"): Progress(GZ, "p-1", "1", ("x", "", "", "", ""))}
    result, changed = merged(known, [Progress(GZ, "p-1", "1", ("",) * 5)])
    write_progress(tmp_path, result.values())
    assert len(changed) == 1 and read_progress(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("document,key\n", "no column task"),
        ("document,key,task,progress,state,proof,contact,note\na,p-1,1,x,,,,\na,p-1,1,y,,,,\n", "again"),
    ],
)
def test_a_spoilt_progress_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "progress.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadConfiguration, match=said):
        read_progress(tmp_path)


def test_what_is_no_ledger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read_filled_in(tmp_path / "none.xlsx", {})
    (tmp_path / "x.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(BadConfiguration, match="workbook"):
        read_filled_in(tmp_path / "x.xlsx", {})


def test_the_command_takes_progress_over_and_keeps_it(tmp_path: Path) -> None:
    home = tmp_path / "ws"
    shutil.copytree(seed_workspace().path, home, symlinks=True)
    path = filled_in(tmp_path, {("任务台账", "27"): "已上网公布"})
    target = tmp_path / "out.csv"
    done = export(Workspace(home), "--table", "ledger", "--format", "csv", "--progress-from", path, "--output", target)
    assert done.returncode == 0 and "收回进展 1 项" in done.stderr.decode()
    assert "已上网公布" in (home / "curated/progress.csv").read_text(encoding="utf-8")
    later = export(Workspace(home), "--table", "ledger", "--format", "csv")
    assert later.stdout.decode("utf-8-sig").count("已上网公布") == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--document", "gz-stb"], "did you mean gz-stb-openness-tasks?"),
        (["--department", "办公厅"], "did you mean 办公室?"),
        (["--progress-from", "none.xlsx"], "ZM-101"),
        (["--upper", "x"], "--upper with --table ledger"),
    ],
)
def test_wrong_use_ends_with_2(args: list[str], said: str) -> None:
    done = export(seed_workspace(), "--table", "ledger", "--format", "csv", *args)
    assert (done.returncode, done.stdout) == (2, b"") and said in done.stderr.decode()
