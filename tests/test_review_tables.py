"""Tables go out to reviewers and come back: nothing is lost, a bad row costs no good one, nothing is taken in twice."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from review_workspace import LOWER, NATIONAL, UPPER, copy_workspace, make_workspace

from lineage.review import desk, log
from lineage.review.intake import import_table
from lineage.review.reading import read_table
from lineage.review.records import Record
from lineage.review.rows import split_rows
from lineage.review.sheet import Tables, make_tables, to_tsv
from lineage.review.table import COLUMNS, from_cells, header_line, join_quotes, split_quotes, to_cells, to_lines, with_id
from lineage.review.workbook import to_xlsx
from zhengmai.errors import BadReviewFile, MissingFile, UnreadableSource
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
LINK = f"{LOWER}.3--{UPPER}.1.2.s1"
FIRST = f"{LOWER}.1--{UPPER}.1.1.s1"
GAP = f"{LOWER}--{UPPER}.2.4.s1"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return copy_workspace(tmp_path / "ws")


def much_said(ws: Workspace) -> None:
    """Every kind of record there is."""
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY, comment='=1+1 “引号” "quoted"\n第二行\t制表|竖线')
    desk.decide(ws, LINK, "rejected", reviewer="0000-0002-1825-0097", on=DAY, blind=True)
    desk.adjudicate(ws, LINK, "edited", relation="extended", reviewer="王五", on=DAY)
    desk.decide(ws, FIRST, "accepted", reviewer="张三", on=DAY, task_quotes=["二十个工作日内"], sample="seed=1 kind=link")
    desk.decide(ws, GAP, "accepted", reason="omitted", comment="应列而未列", reviewer="李四", on=DAY)
    desk.decide(ws, f"{LOWER}.5--{UPPER}", "unsure", reviewer="李四", on=DAY)
    desk.decide(ws, f"{LOWER}.5--{UPPER}.2.4.s1", "accepted", relation="adapted", reviewer="李四", on=DAY)
    desk.undo(ws, reviewer="李四", on=DAY)


def write(ws: Workspace, name: str, tables: object = None) -> Path:
    made = make_tables(ws)
    path = ws.path / name
    path.write_bytes(to_xlsx(made) if name.endswith(".xlsx") else to_tsv(made).encode())
    return path


def file_of(ws: Workspace) -> bytes:
    return (ws.curated_dir / log.FILE).read_bytes()


@pytest.mark.parametrize("name", ["all.tsv", "all.xlsx"])
def test_an_export_rebuilds_the_decisions_file_byte_for_byte_elsewhere(ws: Workspace, tmp_path: Path, name: str) -> None:
    much_said(ws)
    other = copy_workspace(tmp_path / "other")
    taken = import_table(other, write(ws, name))
    assert (len(taken.records), taken.refused, taken.not_used) == (8, (), ())
    assert file_of(other) == file_of(ws)


@pytest.mark.parametrize("name", ["all.tsv", "all.xlsx"])
def test_an_export_that_comes_back_unchanged_changes_nothing(ws: Workspace, name: str) -> None:
    much_said(ws)
    before = file_of(ws)
    taken = import_table(ws, write(ws, name), reviewer="赵六", on=DAY)
    assert (taken.records, taken.refused) == ((), ())
    assert file_of(ws) == before


def filled(ws: Workspace, cells: dict[tuple[str, str], object], name: str = "review.xlsx") -> Path:
    """Write what a person fills in: {(item's task and provision, column): value} into the first sheet of the workbook."""
    path = write(ws, name)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    words = {"decision": "复核判断", "relation": "对应类型", "reason": "未见承接的理由", "comment": "备注", "subject_id": "任务标识",
             "object_id": "条文标识", "key": "原文校验码", "task": "任务", "quotes": "任务中的对应文字"}  # fmt: skip
    for row in range(2, sheet.max_row + 1):
        own = f"{sheet.cell(row, columns['任务']).value or ''}>{sheet.cell(row, columns['条文']).value or ''}"
        for (item, column), value in cells.items():
            if item == own:
                sheet.cell(row, columns[words[column]]).value = value
    book.save(path)
    return path


def test_what_is_filled_in_is_a_coding_in_words_people_use(ws: Workspace) -> None:
    path = filled(
        ws,
        {
            ("3>1.2.s1", "decision"): "接受",
            ("1>1.1.s1", "decision"): "已排除",
            ("2>1.1.s2", "decision"): "存疑",
            ("4>2.3.s1", "relation"): "缩减",
            (">2.4.s1", "reason"): "另有安排",
            (">2.4.s1", "comment"): "见热线办法",
            ("5>", "decision"): "√",
        },
    )
    taken = import_table(ws, path, reviewer="张三", on=DAY)
    assert taken.refused == ()
    assert [(r.task, r.provision, r.decision, r.relation, r.reason) for r in taken.records] == [
        ("1", "1.1.s1", "rejected", "", ""),
        ("2", "1.1.s2", "unsure", "", ""),
        ("3", "1.2.s1", "accepted", "adapted", ""),
        ("4", "2.3.s1", "edited", "narrowed", ""),
        ("", "2.4.s1", "accepted", "", "done-elsewhere"),
        ("5", "", "accepted", "", ""),
    ]
    assert {(r.reviewer_label, r.on, r.machine_status) for r in taken.records[:2]} == {("张三", DAY, "accepted")}
    assert import_table(ws, path, reviewer="张三", on=DAY).records == ()


def test_a_second_reviewer_fills_in_the_same_table(ws: Workspace) -> None:
    path = filled(ws, {("3>1.2.s1", "decision"): "接受"})
    import_table(ws, path, reviewer="张三", on=DAY)
    import_table(ws, path, reviewer="李四", on=DAY)
    assert desk.get_case(ws, LINK).state.decided_by == "two-persons"  # type: ignore[union-attr]


def test_adjudications_come_by_table_too(ws: Workspace) -> None:
    for name, decision in (("张三", "accepted"), ("李四", "rejected")):
        desk.decide(ws, LINK, decision, reviewer=name, on=DAY)  # type: ignore[arg-type]
    path = filled(ws, {("3>1.2.s1", "decision"): "拒绝", ("1>1.1.s1", "decision"): "接受"})
    taken = import_table(ws, path, reviewer="王五", on=DAY, adjudicate=True)
    assert [(r.record_kind, r.task) for r in taken.records] == [("adjudication", "3")]
    assert [fault.row for fault in taken.refused] == [2] and "裁定" in taken.refused[0].zh
    assert desk.get_case(ws, LINK).state.decided_by == "adjudicated"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("cells", "zh", "en"),
    [
        ({("3>1.2.s1", "subject_id"): 45}, "变成了数字 45", "turned the id into a number (45)"),
        ({("3>1.2.s1", "object_id"): 3.1}, "变成了数字 3.1", "turned the id into a number (3.1)"),
        ({("3>1.2.s1", "task"): date(2026, 3, 10)}, "变成了日期 2026-03-10", "turned the id into a date (2026-03-10)"),
        ({("3>1.2.s1", "task"): "3月1日"}, "“3月1日”与标识中的“3”不符", "beside an id that says '3'"),
        ({("3>1.2.s1", "key"): 1e45}, "变成了数字", "into a number"),
        ({("3>1.2.s1", "key"): "k-000000000000-000000000001"}, "原文校验码与现有文字不符", "content key is not that"),
        ({("3>1.2.s1", "key"): "12e45"}, "“content_key”列为“12e45”", "found 12e45"),
        ({("3>1.2.s1", "subject_id"): f"doc:{LOWER}/task/33", ("3>1.2.s1", "task"): "33"}, "没有编号“33”", "no '33'"),
        ({("3>1.2.s1", "subject_id"): "doc:elsewhere/task/3"}, "“subject_id”列为", "found doc:elsewhere/task/3"),
        ({("3>1.2.s1", "subject_id"): "第3行"}, "“subject_id”列为“第3行”", "found 第3行, expected doc:SLUG/task/27"),
        ({("3>1.2.s1", "decision"): "也许"}, "“也许”不是复核判断，应为：接受、拒绝、存疑、修改", "decision '也许'"),
        ({("3>1.2.s1", "relation"): "抄袭"}, "“抄袭”不是对应类型", "relation '抄袭'"),
        ({("3>1.2.s1", "decision"): "修改"}, "未见修改之处", "edited without another relation"),
        ({("3>1.2.s1", "quotes"): "并无此语"}, "所引文字不在原文之中", "words that stand in its text"),
    ],
)
def test_a_bad_row_is_named_and_costs_no_other(ws: Workspace, cells: dict[tuple[str, str], object], zh: str, en: str) -> None:
    good = {("1>1.1.s1", "decision"): "接受", ("4>2.3.s1", "decision"): "接受", ("3>1.2.s1", "decision"): "接受"}
    taken = import_table(ws, filled(ws, {**good, **cells}), reviewer="张三", on=DAY)
    assert [r.task for r in taken.records] == ["1", "4"]
    (fault,) = taken.refused
    assert fault.row == 4 and "第 4 行" in fault.zh and "row 4" in fault.en
    assert zh in fault.zh and en in fault.en
    assert len(log.read_log(ws.curated_dir).records) == 2


def test_a_row_about_words_that_changed_since_says_what_they_were(ws: Workspace) -> None:
    path = filled(ws, {("3>1.2.s1", "decision"): "接受", ("1>1.1.s1", "decision"): "接受"})
    make_workspace(ws.path, upper=NATIONAL.replace("邀请专家学者参加论证", "可以邀请专家学者参加论证"))
    taken = import_table(ws, path, reviewer="张三", on=DAY)
    assert [r.task for r in taken.records] == ["1"]
    assert "判断时为“建立利益相关方列席会议制度，邀请专家学者参加论证。”，现为“建立利益相关方列席会议制度，可以邀请" in taken.refused[0].zh


def test_the_same_item_decided_twice_in_a_table_is_told(ws: Workspace) -> None:
    made = make_tables(ws)
    rows = [{**cells, "decision": word} for cells in made.items if cells["task"] == "3" for word in ("accepted", "rejected", "accepted")]
    path = table_file(ws, rows)
    taken = import_table(ws, path, reviewer="张三", on=DAY)
    assert (len(taken.records), taken.unchanged) == (1, 1)
    assert [fault.row for fault in taken.refused] == [3] and "第 2 行" in taken.refused[0].zh


def table_file(ws: Workspace, rows: list[dict[str, str]], *, encoding: str = "utf-8", delimiter: str = "\t") -> Path:
    out = io.StringIO()
    table = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    path = ws.path / "filled.tsv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", "\t"), ("utf-16", "\t"), ("gb18030", ","), ("utf-8-sig", ",")])
def test_what_spreadsheets_save_as_text_is_read(ws: Workspace, encoding: str, delimiter: str) -> None:
    rows = [{**cells, "decision": "接受", "comment": "一行，\n两行"} for cells in make_tables(ws).items if cells["task"] == "3"]
    taken = import_table(ws, table_file(ws, rows, encoding=encoding, delimiter=delimiter), reviewer="张三", on=DAY)
    assert [(r.task, r.comment) for r in taken.records] == [("3", "一行，\n两行")]


def test_a_concordance_of_ones_own_comes_back_by_its_columns(ws: Workspace) -> None:
    item = next(c for c in make_tables(ws).items if c["task"] == "3")
    book = Workbook()
    sheet = book.active
    sheet.append(["上下级条款对照表"])
    sheet.append([])
    sheet.append(["序号", "上级要求", "对应类型", "人工判断", "意见", "任务标识", "条文标识", "原文校验码"])
    sheet.append([1, "…", "增补", None, "多出企业代表", item["subject_id"], item["object_id"], item["content_key"]])
    book.save(ws.path / "concordance.xlsx")
    taken = import_table(ws, ws.path / "concordance.xlsx", reviewer="张三", on=DAY)
    assert [(r.decision, r.relation, r.comment) for r in taken.records] == [("edited", "extended", "多出企业代表")]
    assert taken.not_used == ("序号", "上级要求")


def test_nobody_s_decision_is_not_taken(ws: Workspace) -> None:
    taken = import_table(ws, filled(ws, {("3>1.2.s1", "decision"): "接受"}), on=DAY)
    assert taken.records == () and "--reviewer" in taken.refused[0].zh


def test_a_record_that_was_changed_in_the_table_is_refused(ws: Workspace) -> None:
    much_said(ws)
    path = write(ws, "all.tsv")
    path.write_text(path.read_text(encoding="utf-8").replace("应列而未列", "不必列"), encoding="utf-8")
    taken = import_table(ws, path)
    assert taken.records == () and len(taken.refused) == 1 and "记录永不改动" in taken.refused[0].zh


def test_a_dry_run_writes_nothing(ws: Workspace) -> None:
    path = filled(ws, {("3>1.2.s1", "decision"): "接受"})
    assert len(import_table(ws, path, reviewer="张三", on=DAY, dry_run=True).records) == 1
    assert not (ws.curated_dir / log.FILE).exists()


def test_a_blind_table_shows_the_words_alone(ws: Workspace) -> None:
    much_said(ws)
    made = make_tables(ws, reviewer="赵六", blind=True)
    assert made.records == () and len(made.items) == 10  # the pair itself among them
    hidden = ("relation", "confidence", "machine_status", "machine_relation", "now_status", "now_relation", "now_decided_by",
              "match_string", "object_match_string", "gap_reason")  # fmt: skip
    for cells in made.items:
        assert {cells[name] for name in hidden} == {""} and cells["blind"] == "yes"
    rows = [{**c, "decision": "接受", "relation": "增补"} for c in made.items if (c["task"], c["provision"]) == ("3", "1.2.s1")]
    (record,) = import_table(ws, table_file(ws, rows), reviewer="赵六", on=DAY).records
    assert (record.blind, record.decision, record.relation, record.machine_relation) == (True, "accepted", "extended", "adapted")


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("x.tsv", b"a\tb\n1\t2\n", BadReviewFile),
        ("x.tsv", b"", BadReviewFile),
        ("x.xlsx", b"PK\x03\x04broken", UnreadableSource),
        ("x.tsv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00\x01\x02\x03\x04", UnreadableSource),
        ("none.tsv", None, MissingFile),
    ],
)
def test_what_is_no_table_is_named(ws: Workspace, name: str, data: bytes | None, error: type[Exception]) -> None:
    if data is not None:
        (ws.path / name).write_bytes(data)
    with pytest.raises(error):
        import_table(ws, ws.path / name, reviewer="张三", on=DAY)


def test_the_same_export_is_the_same_bytes(ws: Workspace) -> None:
    much_said(ws)
    assert to_xlsx(make_tables(ws)) == to_xlsx(make_tables(ws))
    assert to_tsv(make_tables(ws)) == to_tsv(make_tables(ws))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('\n"|\\=+-@_x0041_'), max_size=40)
RECORDS = st.builds(
    Record,
    id=st.just(""),
    record_kind=st.sampled_from(["coding", "adjudication", "withdrawal"]),
    kind=st.just("link"),
    lower=st.just("city"),
    upper=st.just("nat"),
    task=st.sampled_from(["1", "3.10", "9-u1", "a1.3.2", "一", "27-2"]),
    provision=st.sampled_from(["5.2.s1", "10.10.s10"]),
    key=st.just("k-0123456789ab-0123456789ab"),
    decision=st.sampled_from(["accepted", "rejected", "unsure", "edited"]),
    reviewer=st.sampled_from(["person:%E5%BC%A0", "orcid:0000-0002-1825-0097"]),
    on=st.just(DAY),
    reviewer_label=TEXT.map(str.strip),
    relation=st.sampled_from(["", "adapted"]),
    task_quotes=st.lists(TEXT.map(lambda t: " ".join(t.split())).filter(bool), max_size=3).map(tuple),
    comment=TEXT.map(str.strip),
    blind=st.booleans(),
    confidence=st.none() | st.floats(0, 1),
    task_level=st.just("task"),
    provision_level=st.just("sentence"),
    task_label=TEXT.map(lambda t: " ".join(t.split())),
)


@given(st.lists(RECORDS, max_size=5))
def test_any_record_is_read_back_as_it_was_written(records: list[Record]) -> None:
    numbered = [with_id(record, at) for at, record in enumerate(records)]
    read = log.parse((header_line() + to_lines(numbered)).encode(), "test")
    assert (list(read.records), read.faults) == (numbered, ())


@given(st.lists(TEXT.map(lambda t: " ".join(t.split())).filter(bool), max_size=4))
def test_quotes_are_read_back(quotes: list[str]) -> None:
    assert split_quotes(join_quotes(quotes)) == tuple(quotes)


@given(st.text(max_size=200))
def test_any_text_gives_rows_and_no_error(text: str) -> None:
    rows = list(split_rows(text, "\t"))
    assert all(line >= 1 and cells for line, cells in rows)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=4), max_size=5))
def test_rows_are_those_the_csv_module_wrote(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    assert [cells for _, cells in split_rows(out.getvalue(), "\t")] == rows


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30)))
def test_any_cells_give_a_record_or_a_fault(cells: dict[str, str]) -> None:
    made = from_cells(cells, 7)
    if isinstance(made, Record):
        assert to_cells(made)["content_key"] == cells["content_key"].strip()
    else:
        assert made.row == 7 and "第 7 行" in made.zh and "row 7" in made.en


@settings(max_examples=25, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4))
def test_any_record_comes_back_from_a_workbook(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> None:
    numbered = tuple(with_id(record, at) for at, record in enumerate(records))
    path = tmp_path_factory.mktemp("any") / "any.xlsx"
    path.write_bytes(to_xlsx(Tables((), numbered)))
    read = [from_cells({name: cell.text for name, cell in row.cells.items()}, row.at) for row in read_table(path).rows]
    assert read == list(numbered)
