"""The three documents are read as a person reads them: every row, clause and sentence."""

from __future__ import annotations

import pytest
from seeds import GUANGZHOU, HECHI, NATIONAL, SOURCES, answers, fold, seed

from loaders.blocks import raw_offset
from loaders.records import Extraction, TaskRow
from loaders.to_json import extraction_json


def actors(row: TaskRow, role: str) -> list[str]:
    return [m.actor.name for m in row.roles if m.role == role]


@pytest.mark.parametrize("want", answers("guangzhou_rows.tsv"), ids=lambda w: w["row"])
def test_every_guangzhou_row_is_right(want: dict[str, str]) -> None:
    row = next(r for r in seed(GUANGZHOU).rows if r.row == want["row"])
    assert fold(row.text("task")) == fold(want["main_task"])
    assert fold(row.text("group")) == fold(want["group"])
    assert fold(row.text("measure")) == fold(want["measure"])
    assert sorted(actors(row, "lead")) == sorted(want["lead"].split("|"))
    assert sorted(actors(row, "responsible")) == sorted(want["responsible"].split("|"))
    assert row.deadline and fold(row.deadline.raw) == fold(want["deadline_raw"])


def test_guangzhou_has_91_rows_and_one_of_them_no_number() -> None:
    rows = seed(GUANGZHOU).rows
    assert len(rows) == 91
    assert [r.row for r in rows if r.number is None] == ["9-u1"]
    assert [r.row for r in rows[:10]] == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "9-u1"]


@pytest.mark.parametrize("want", answers("hechi_rows.tsv"), ids=lambda w: w["row"])
def test_every_hechi_row_is_right(want: dict[str, str]) -> None:
    row = next(r for r in seed(HECHI).rows if r.row == want["row"])
    for field in ("task", "group", "measure", "sub_measure"):
        assert fold(row.text(field)) == fold(want[field]), field
    for field, role in (("unit", "addressee"), ("lead", "lead"), ("responsible", "responsible"), ("supporting", "supporting")):
        assert actors(row, role) == [a for a in want[field].split("|") if a], field
    assert row.deadline and fold(row.deadline.raw) == fold(want["deadline"])
    assert row.doubtful == (("supporting",) if want["doubtful"] else ())


def test_hechi_accounts_for_every_line() -> None:
    ingest = seed(HECHI).ingest
    assert (ingest.rows_seen, ingest.rows_kept) == (39, 38)
    assert [(s.reason, fold(s.quote)) for s in ingest.skipped] == [("merged-label-row", "强化事前公示")]
    assert len(seed(HECHI).footnotes) == 1
    assert "没有明确配合部门的" in seed(HECHI).footnotes[0].value


def test_hechi_says_which_values_were_inherited_and_which_of_them_are_doubtful() -> None:
    rows = {r.row: r for r in seed(HECHI).rows}
    assert rows["1"].inherited == ("group",)
    assert rows["2"].inherited == ("task", "group", "unit", "supporting", "deadline")
    assert rows["2"].doubtful == ("supporting",)
    assert rows["12"].inherited == ("task", "group", "measure")
    assert rows["12"].text("measure") == "公示非即办事项的办理进度"
    assert rows["29"].text("group") == ""
    assert rows["34"].inherited == ()  # its label is printed again after the page break


def test_guangzhou_keeps_the_literal_text_of_every_column() -> None:
    row = next(r for r in seed(GUANGZHOU).rows if r.row == "12")
    assert row.columns["完成时限"] == "持续开展 "
    assert row.columns["主要任务"] == ""
    assert row.columns["具体举措"].startswith("做好督查发现问题")


def test_national_text_has_its_sections_clauses_notes_and_sentences() -> None:
    provisions = seed(NATIONAL).provisions
    count = {level: sum(p.level == level for p in provisions) for level in ("section", "clause", "sentence")}
    assert count == {"section": 12, "clause": 40, "sentence": 137}
    assert sum(1 for p in provisions if p.note) == 36
    assert sum(1 for p in provisions if p.level == "sentence" and not p.id.startswith("1.")) == 130
    assert next(p for p in provisions if p.id == "0.0").text.endswith("制定本实施办法。")


@pytest.mark.parametrize("want", answers("national_coverage_sections_2_5.tsv"), ids=lambda w: w["sentence"])
def test_national_sentences_are_cut_right(want: dict[str, str]) -> None:
    assert fold(next(p for p in seed(NATIONAL).provisions if p.id == want["sentence"]).text) == fold(want["text"])


def test_national_roles_of_sections_two_to_five() -> None:
    codes = {"牵头": "lead", "会同": "joint", "落实": "responsible", "汇总发布": "publishing"}
    want = {(w["clause"], codes[w["role"]], w["actor"]) for w in answers("national_roles_sections_2_5.tsv")}
    got = {
        (p.id, m.role, m.actor.name)
        for p in seed(NATIONAL).provisions
        for m in p.roles
        if p.level == "clause" and p.id.split(".")[0] in "2345"
    }
    assert got == want


def test_national_metadata() -> None:
    meta = seed(NATIONAL).meta
    assert meta.title == "全面推进政务公开工作实施办法"
    assert (meta.genre, meta.issuers, meta.written_on) == ("实施办法", ("国家税务总局",), "2017-04-27")
    assert meta.addressees == ("各省、自治区、直辖市和计划单列市国家税务局、地方税务局", "局内各单位")
    assert [(c.number, c.relation) for c in meta.cites if c.number] == [
        ("中办发〔2016〕8号", "carries_out"),
        ("国办发〔2016〕80号", "carries_out"),
        ("税总发〔2016〕50号", "based_on"),
    ]
    assert [(c.title, c.relation) for c in meta.cites if not c.number] == [("深化国税、地税征管体制改革方案", "mentions")]


def test_tables_say_who_issued_them() -> None:
    assert seed(GUANGZHOU).meta.issuers == ("广州市国家税务局",)
    assert seed(GUANGZHOU).meta.title == "广州市国家税务局全面推进政务公开任务细化分工表"
    assert seed(HECHI).meta.title == "河池市税务系统优化税务执法方式 全面推行“三项制度”工作任务分工安排"
    assert "税务检查证" not in [c.title for c in seed(HECHI).meta.cites]  # a certificate, no document


def test_noise_is_taken_out_and_the_way_back_is_kept() -> None:
    extraction = seed(NATIONAL)
    raw = (SOURCES / NATIONAL).read_text(encoding="utf-8")
    assert "@" not in extraction.text
    for at in range(0, len(extraction.text), 7):
        back = raw_offset(extraction.raw_runs, at)
        assert back is None or raw[back] == extraction.text[at]
    assert sum(length for _, _, length in extraction.raw_runs) + raw.count("@") + raw.count("\n") == len(raw)


def test_the_injected_advertisement_is_reported_masked_and_not_restored() -> None:
    extraction = seed(NATIONAL)
    found = [f for f in extraction.findings if f.code == "suspected-injected-text"]
    assert [f.quote for f in found] == ["乐动安卓app"]
    assert extraction.masked == ((found[0].place.start, found[0].place.end),)
    assert "互联网+乐动安卓app" in extraction.text


def test_oddities_a_general_rule_can_see_are_reported_where_they_stand() -> None:
    guangzhou = {(f.code, f.quote) for f in seed(GUANGZHOU).findings}
    assert ("name-variant", "征管科技发展处") in guangzhou
    assert ("name-variant", "政策制定部") in guangzhou
    assert ("mixed-width-punctuation", ",") in guangzhou
    assert len([f for f in seed(GUANGZHOU).findings if f.code == "trailing-blank"]) == 3
    assert ("typo-suspected", "显着") in {(f.code, f.quote) for f in seed(NATIONAL).findings}
    hechi = [f for f in seed(HECHI).findings if f.code == "missing-day-character"]
    assert [f.quote for f in hechi] == ["2019年6月30前"]


@pytest.mark.parametrize("name", [NATIONAL, GUANGZHOU, HECHI])
def test_every_quote_stands_where_it_says(name: str) -> None:
    extraction = seed(name)
    for provision in extraction.provisions:
        if provision.level == "sentence":
            assert extraction.text[provision.place.start : provision.place.end] == provision.text
    for row in extraction.rows:
        for cell in row.cells.values():
            assert extraction.text[cell.place.start : cell.place.end] == cell.raw.strip()
    for finding in extraction.findings:
        if finding.quote and finding.place.column is None and finding.place.row is None:
            assert extraction.text[finding.place.start : finding.place.end] == finding.quote


def test_json_has_the_keys_outside_tools_rely_on() -> None:
    record = extraction_json(seed(GUANGZHOU))
    assert set(record) == {"document", "provisions", "rows", "ingest", "findings"}
    row = record["rows"][27]
    assert row["row"] == "27" and row["lead"] == ["纳税服务处"] and row["inherited"] == ["task"]
    assert row["deadline"] == {"raw": "持续开展", "kind": "ongoing"}
    assert record["document"]["kind"] == "task_table"
    assert {"rows_seen", "rows_kept", "skipped"} <= set(record["ingest"])


def test_the_same_bytes_give_the_same_records() -> None:
    from loaders.extract import extract_file

    assert isinstance(seed(NATIONAL), Extraction)
    assert extract_file(SOURCES / NATIONAL) == seed(NATIONAL)
