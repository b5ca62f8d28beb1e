"""A responsibility note gives each actor one role."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.actors.notes import find_note, find_notes, is_note, note_limits, read_note, read_role_text, roles_json
from loaders.records import RoleCode, RoleMention

LETTERS = {"L": "lead", "R": "responsible", "S": "supporting", "J": "joint", "P": "publishing"}


def spelt(mentions: tuple[RoleMention, ...]) -> str:
    letters = {role: letter for letter, role in LETTERS.items()}
    return " ".join(f"{letters[m.role]}:{m.actor.name}{'*' if m.actor.kind == 'generic' else ''}" for m in mentions)


# The 21 distinct notes of the 2017 measures, read by hand; * marks a generic actor.
NATIONAL = {
    "政策法规司牵头落实": "L:政策法规司",
    "政策法规司牵头,会同相关司局落实": "L:政策法规司 J:相关司局*",
    "办公厅牵头,会同各司局落实": "L:办公厅 J:各司局*",
    "政策法规司、办公厅牵头,会同相关司局落实": "L:政策法规司 L:办公厅 J:相关司局*",
    "政策法规司、办公厅牵头,会同各司局落实": "L:政策法规司 L:办公厅 J:各司局*",
    "征管和科技发展司牵头,会同所得税司、财产和行为税司、大企业税收管理司等司局落实": "L:征管和科技发展司 J:所得税司 "
    "J:财产和行为税司 J:大企业税收管理司 J:等司局*",
    "收入规划核算司、征管和科技发展司、纳税服务司牵头,会同相关业务司局落实": "L:收入规划核算司 L:征管和科技发展司 "
    "L:纳税服务司 J:相关业务司局*",
    "政策法规司、稽查局牵头落实": "L:政策法规司 L:稽查局",
    "纳税服务司牵头,会同相关司局落实": "L:纳税服务司 J:相关司局*",
    "纳税服务司牵头落实": "L:纳税服务司",
    "人事司、办公厅牵头,会同相关司局落实": "L:人事司 L:办公厅 J:相关司局*",
    "财务管理司牵头落实": "L:财务管理司",
    "办公厅、采购中心牵头落实": "L:办公厅 L:采购中心",
    "各司局落实,办公厅汇总发布": "R:各司局* P:办公厅",
    "办公厅牵头,各司局落实": "L:办公厅 R:各司局*",
    "各司局落实": "R:各司局*",
    "相关司局落实": "R:相关司局*",
    "办公厅牵头落实": "L:办公厅",
    "办公厅牵头,会同相关司局落实": "L:办公厅 J:相关司局*",
    "办公厅、纳税服务司牵头,会同相关司局落实": "L:办公厅 L:纳税服务司 J:相关司局*",
    "办公厅牵头,会同教育中心、人事司落实": "L:办公厅 J:教育中心 J:人事司",
}

OTHERS = {
    "国家发展改革委牵头，工业和信息化部、财政部等按职责分工负责": "L:国家发展改革委 R:工业和信息化部 R:财政部",
    "责任单位：市发展改革委、市财政局，各区政府": "R:市发展改革委 R:市财政局 R:各区政府*",
    "市委组织部，市人力资源社会保障局、市财政局按职责分工负责": "R:市委组织部 R:市人力资源社会保障局 R:市财政局",
    "各省级人民政府负责": "R:各省级人民政府*",
    "牵头单位：市发改委；配合单位：市财政局、市教育局；完成时限：2024年12月底前": "L:市发改委 S:市财政局 S:市教育局",
    "牵头单位：市发展改革委，责任单位：市财政局、各区（市）县政府": "L:市发展改革委 R:市财政局 R:各区（市）县政府*",
    "由市发展改革委牵头，市财政局、市教育局等按职责分工负责": "L:市发展改革委 R:市财政局 R:市教育局",
    "市教育局牵头，各区配合": "L:市教育局 S:各区*",
    "市教育局、市财政局、市人社局等部门和单位按职责分工负责": "R:市教育局 R:市财政局 R:市人社局 R:等部门和单位*",
    "市教育局、市财政局共同牵头": "L:市教育局 L:市财政局",
    "市教育局会同市财政局负责": "R:市教育局 J:市财政局",
    "市教育局负责": "R:市教育局",
    "市委办公室、市政府办公室牵头，市级各有关部门及各县市区政府按职责分工负责": "L:市委办公室 L:市政府办公室 "
    "R:市级各有关部门* R:各县市区政府*",
    "省科技厅、工业和信息化厅按职责分工负责，各地级以上市人民政府结合实际落实": "R:省科技厅 R:工业和信息化厅 R:各地级以上市人民政府*",
    "责任单位：市高院、市公安局、上海银保监局等；各区政府": "R:市高院 R:市公安局 R:上海银保监局 R:各区政府*",
    "市财政局牵头，2024年12月底前完成": "L:市财政局",
    "2024年底前由市财政局完成，市教育局负责": "R:市财政局 R:市教育局",
    "责任单位：各区人民政府、市各有关部门；持续推进": "R:各区人民政府* R:市各有关部门*",
    "教育部牵头，会同财政部、人力资源社会保障部等部门落实": "L:教育部 J:财政部 J:人力资源社会保障部 J:等部门*",
    "教育部、科技部按职责分工负责，地方各级人民政府落实": "R:教育部 R:科技部 R:地方各级人民政府*",
    "责任单位：市发改委（牵头）、市财政局": "L:市发改委 R:市财政局",
    "财政部商国家发展改革委负责": "R:财政部 J:国家发展改革委",
    "牵头单位：县市场监督管理局；配合单位：县农业农村局；完成时限：持续推进": "L:县市场监督管理局 S:县农业农村局",
    "国有资产监督管理委员会牵头，省财政厅监督": "L:国有资产监督管理委员会 S:省财政厅",
    "市市场监管局牵头，市商务局、市工商联配合": "L:市市场监管局 S:市商务局 S:市工商联",
    "国务院国资委、国家能源局负责，各省（自治区、直辖市）人民政府参与": "R:国务院国资委 R:国家能源局 S:各省（自治区、直辖市）人民政府*",
    "责任领导：张三；责任单位：市教育局；责任人：李四": "R:市教育局",
    "市教育局为牵头单位，市财政局、市人社局为配合单位": "L:市教育局 S:市财政局 S:市人社局",
    "公安机关负责": "R:公安机关*",
    "牵头单位:国家税务总局广州市税务局;参与单位:各区税务局": "L:国家税务总局广州市税务局 S:各区税务局*",
    "市教育局牵头、市财政局配合": "L:市教育局 S:市财政局",
    "市教育局牵头负责组织实施，市财政局做好配合": "L:市教育局 S:市财政局",
    "中央网信办牵头，中央宣传部、工业和信息化部、公安部、市场监管总局等参与": "L:中央网信办 S:中央宣传部 "
    "S:工业和信息化部 S:公安部 S:市场监管总局",
    "责任单位：市教育局、各镇（街道）按职责分工负责": "R:市教育局 R:各镇（街道）*",
    "国家发展改革委、国家能源局牵头，各地区、各有关部门和单位按职责分工负责": "L:国家发展改革委 L:国家能源局 R:各地区* R:各有关部门和单位*",
    "市教育局牵头，会同市财政局、市人社局，各区政府配合": "L:市教育局 J:市财政局 J:市人社局 S:各区政府*",
    "人力资源社会保障部、财政部、国家卫生健康委、全国总工会等按职责分工负责，持续推进": "R:人力资源社会保障部 R:财政部 "
    "R:国家卫生健康委 R:全国总工会",
    "【责任单位：市教育局、市体育局】": "R:市教育局 R:市体育局",
    "牵头单位：市司法局，配合单位：市直行政执法部门、各县（区）人民政府，完成时间：2020年6月底前，并长期坚持": "L:市司法局 "
    "S:市直行政执法部门* S:各县（区）人民政府*",
    "政策法规处牵头，其他相关处室按职责配合": "L:政策法规处 S:其他相关处室*",
    "教育部门牵头，公安、民政等部门配合": "L:教育部门* S:公安、民政等部门*",
    "责任单位（排在首位的为牵头单位）：市教育局、市财政局": "L:市教育局 R:市财政局",
    "县发改局牵头；县财政局、县教育局、各乡镇（街道）配合": "L:县发改局 S:县财政局 S:县教育局 S:各乡镇（街道）*",
    "以上事项由市教育局负责": "R:市教育局",
    "住房城乡建设部牵头，自然资源部、水利部和各省级人民政府按职责分工负责": "L:住房城乡建设部 R:自然资源部 R:水利部 R:各省级人民政府*",
    "主办单位：市商务局 协办单位：市工商联、市贸促会": "L:市商务局 S:市工商联 S:市贸促会",
    "总局办公厅牵头，各司局、各省税务局配合": "L:总局办公厅 S:各司局* S:各省税务局*",
}


@pytest.mark.parametrize(("note", "roles"), [*NATIONAL.items(), *OTHERS.items()])
def test_a_note_gives_each_actor_its_role(note: str, roles: str) -> None:
    assert spelt(read_note(note)) == roles
    assert is_note(note)


def test_the_national_notes_of_sections_two_to_five() -> None:
    answers = Path(__file__).parent / "data" / "national_roles_sections_2_5.tsv"
    role = {"牵头": "lead", "会同": "joint", "落实": "responsible"}
    want: dict[str, list[tuple[str, str, str]]] = {}
    with answers.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            said = (role[row["role"]], row["actor"], "generic" if row["generic"] == "yes" else "named")
            want.setdefault(row["clause"] + row["raw_note"], []).append(said)
    assert want
    for key, roles in want.items():
        note = re.sub(r"^[0-9.]+", "", key)
        assert [(m.role, m.actor.name, m.actor.kind) for m in read_note(note)] == roles


@pytest.mark.parametrize(
    "text",
    [
        *("以下统称“五公开”", "境", "室", "公布", "中办发〔2016〕8号", "一", "谁执法谁负责", "市长负责制", "市教育局负责人", "国务院批准"),
        *("国务院公布", "如公安机关负责", "含县级人民政府落实情况", "2024年底前完成", "完成时限：2024年12月", "以下简称市教育局负责"),
        *("市财政局、市教育局", "区文明办、区网信办", ""),
    ],
)
def test_other_brackets_are_no_notes(text: str) -> None:
    assert not is_note(text)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("推进公开。（政策法规司牵头落实）", ["政策法规司牵头落实"]),
        ("推进（境）公开工作(办公厅牵头,各司局落实)。\n", ["办公厅牵头,各司局落实"]),
        ("做好工作。（市财政局、市教育局）", ["市财政局、市教育局"]),
        ("做好。(牵头单位：区委宣传部（区文明办），各镇（街道）)", ["牵头单位：区委宣传部（区文明办），各镇（街道）"]),
        ("做好。【责任单位：市教育局】", ["责任单位：市教育局"]),
        ("通知区委宣传部（区文明办、区网信办）。", []),
        ("按《办法（试行）》（税总发〔2016〕50号）", []),
        ("加强。〔市教育局负责〕", ["市教育局负责"]),
        ("加强。〔责任单位：省商务厅、各市（州）政府〕", ["责任单位：省商务厅、各市（州）政府"]),
        ("没有括号", []),
        ("（市教育局负责", []),
    ],
)
def test_the_note_at_the_end_of_a_clause(text: str, notes: list[str]) -> None:
    found = find_note(text)
    assert ([text[found[1] : found[2]]] if found else []) == notes
    assert [text[inner:end] for _, inner, end, _ in find_notes(text)] == notes


def test_a_labelled_time_limit_in_a_bracket_of_its_own_is_a_note_but_names_nobody() -> None:
    text = "做好。（责任单位：市教育局）（完成时限：2024年底）"
    assert [text[a:b] for _, a, b, _ in find_notes(text)] == ["责任单位：市教育局", "完成时限：2024年底"]
    found = find_note(text)
    assert found and text[found[1] : found[2]] == "责任单位：市教育局"
    assert read_note("完成时限：2024年底") == ()


def test_a_time_limit_at_the_end_of_a_labelled_list_is_nobody() -> None:
    note = "牵头单位：州行政审批局；责任单位：州司法局及州直相关单位，各县市人民政府、湘西经开区管委会，6月底完成"
    assert [mention.actor.name for mention in read_note(note)] == [
        "州行政审批局",
        "州司法局",
        "州直相关单位",
        "各县市人民政府",
        "湘西经开区管委会",
    ]
    assert [note[a:b] for a, b in note_limits(note)] == ["6月底完成"]


def test_what_a_note_says_after_its_full_stop_names_nobody_by_itself() -> None:
    note = "责任单位：省商务厅按职责分工负责。具体任务均涉及相关市（州）人民政府，不再做分工，下同。"
    assert [mention.actor.name for mention in read_note(note)] == ["省商务厅"]
    assert [mention.actor.name for mention in read_note("牵头单位：市教育局。责任单位：市财政局、市人社局。")] == [
        "市教育局",
        "市财政局",
        "市人社局",
    ]


def test_notes_of_single_sentences_are_all_found() -> None:
    text = "甲事。（市教育局负责）乙事（境外）。（市财政局牵头）丙"
    assert [text[a:d] for a, _, _, d in find_notes(text)] == ["（市教育局负责）", "（市财政局牵头）"]
    assert find_note(text) is None


@pytest.mark.parametrize(
    ("default", "cell", "roles"),
    [
        ("responsible", "牵头单位：市发改委\n配合单位：市财政局", "L:市发改委 S:市财政局"),
        ("responsible", "市发改委牵头，市财政局配合", "L:市发改委 S:市财政局"),
        ("responsible", "市教育局（牵头）、市财政局", "L:市教育局 R:市财政局"),
        ("responsible", "市教育局牵头", "L:市教育局"),
        ("lead", "市教育局（牵头）、市财政局", "L:市教育局 R:市财政局"),
        ("lead", "市教育局负责", "L:市教育局"),
        ("lead", "办公室", "L:办公室"),
        ("supporting", "市教育局、\n各有关部门", "S:市教育局 S:各有关部门*"),
        ("responsible", "牵头单位 市发改委\n配合单位 市财政局 市教育局", "L:市发改委 S:市财政局 S:市教育局"),
        ("responsible", "牵头：市发改委 配合：市财政局", "L:市发改委 S:市财政局"),
        ("responsible", "各地、各有关部门按照职责分工负责", "R:各地* R:各有关部门*"),
        ("supporting", "人事教育部门\n法律顾问、\n\n公职律师所在部门", "S:人事教育部门* S:法律顾问、公职律师所在部门*"),
        ("supporting", "办公室或\n\n其他相关部门 ", "S:办公室或其他相关部门"),
        ("responsible", "张三", "R:张三"),
        ("responsible", "", ""),
    ],
)
def test_words_in_a_cell_override_its_column(default: RoleCode, cell: str, roles: str) -> None:
    assert spelt(read_role_text(cell, default_role=default)) == roles


def test_the_first_leads_where_the_document_says_so() -> None:
    assert spelt(read_note("市教育局、市财政局", first_leads=True)) == "L:市教育局 R:市财政局"
    assert spelt(read_role_text("市教育局、市财政局", default_role="responsible", first_leads=True)) == "L:市教育局 R:市财政局"


def test_a_sentence_that_hands_out_work_is_read_too() -> None:
    note = "由发展改革委会同中央农办、农业部等部门研究提出落实意见"
    assert spelt(read_note(note)) == "R:发展改革委 J:中央农办 J:农业部 J:等部门*"
    assert not is_note(note)


def test_plain_lists_are_responsible_and_loose_words_nobody() -> None:
    assert spelt(read_note("市教育局，市财政局")) == "R:市教育局 R:市财政局"
    assert read_note("境") == () and read_note("以下统称“五公开”") == ()


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("责任单位：市教育局；完成时限：2024年底前", "2024年底前"),
        ("市财政局牵头，2024年12月底前完成", "2024年12月底前完成"),
        ("责任部门：市教育局　完成时限：长期坚持", "长期坚持"),
        ("市教育局负责，持续推进", "持续推进"),
        ("市教育局负责", None),
        ("", None),
    ],
)
def test_time_limits_inside_a_note_are_offered(note: str, words: str | None) -> None:
    assert [note[a:b] for a, b in note_limits(note)] == ([words] if words else [])


def test_a_note_may_set_several_limits() -> None:
    note = "财政部、税务总局牵头，5月底前出台相关政策，年内持续推进"
    assert [note[a:b] for a, b in note_limits(note)] == ["5月底前出台相关政策", "年内持续推进"]


def test_roles_as_json() -> None:
    assert roles_json(read_note("办公厅牵头,各司局落实")) == [
        {"role": "lead", "actor": "办公厅", "kind": "named"},
        {"role": "responsible", "actor": "各司局", "kind": "generic"},
    ]


PARTS = ["市财政局", "各区", "牵头", "配合", "负责", "会同", "由", "责任单位：", "完成时限：", "2024年底前", "按职责分工", "等部门", "、"]
TEXTS = st.one_of(
    st.text(), st.lists(st.sampled_from([*PARTS, "（牵头）", "，", "；", "（", "）", "\n", " ", "【", "】", "或", "和"])).map("".join)
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_without_trouble(text: str) -> None:
    bare = "".join(text.split())
    for mention in (*read_note(text), *read_role_text(text, default_role="lead"), *read_note(text, first_leads=True)):
        assert mention.actor.name in bare
        assert "".join(text[mention.actor.start : mention.actor.end].split()) == mention.actor.name
    names = [mention.actor.name for mention in read_note(text)]
    assert len(names) == len(set(names))
    assert all(0 <= a < b <= len(text) for a, b in note_limits(text))
    is_note(text)
    for start, inner, end, beyond in [*find_notes(text), *([found] if (found := find_note(text)) else [])]:
        assert (inner, beyond) == (start + 1, end + 1) and 0 <= start < end < len(text)


@pytest.mark.parametrize(
    "unit", ["负责按职责分工", "市财政局牵头，", "责任单位和", "（牵头）", "会同", "由", "，", "2024年", "（市教育局负责）"]
)
def test_long_notes_take_no_long_time(unit: str) -> None:
    text = unit * (20000 // len(unit))
    begun = time.process_time()
    read_note(text), is_note(text), find_note(text), find_notes(text), note_limits(text)
    assert time.process_time() - begun < 120
