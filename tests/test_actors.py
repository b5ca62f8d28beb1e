"""Actors are written as in the source, one string each; names that hold a list word stay whole."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.actors import actors_json, split_actors
from loaders.actors.names import is_whole

# Every distinct role cell of the two seed tables, read by hand; line breaks as published.
SEED_CELLS = {
    "办公室": "办公室",
    "相关处室": "相关处室",
    "政策制定部门": "政策制定部门",
    "政策制定部门、办公室": "政策制定部门|办公室",
    "办公室、纳税服务处、相关处室": "办公室|纳税服务处|相关处室",
    "办公室、政策法规处、纳税服务处及其他相关处室": "办公室|政策法规处|纳税服务处|其他相关处室",
    "政策法规处及其他相关处室": "政策法规处|其他相关处室",
    "办公室及其他相关处室": "办公室|其他相关处室",
    "政策法规处、政策制定部门": "政策法规处|政策制定部门",
    "征管和科技发展处": "征管和科技发展处",
    "征管和科技发展处、稽查局": "征管和科技发展处|稽查局",
    "征管和科技发展处、货物和劳务税处、纳税服务处、大企业税收管理处": "征管和科技发展处|货物和劳务税处|纳税服务处|大企业税收管理处",
    "稽查局、政策法规处、征管和科技发展处": "稽查局|政策法规处|征管和科技发展处",
    "纳税服务处、征管科技发展处、信息中心": "纳税服务处|征管科技发展处|信息中心",
    "办公室、纳税服务处、监察室、稽查局": "办公室|纳税服务处|监察室|稽查局",
    "政策制定部、纳税服务处": "政策制定部|纳税服务处",
    "政策制定部门、办公室、纳税服务处": "政策制定部门|办公室|纳税服务处",
    "办公室、人事处、财务管理处": "办公室|人事处|财务管理处",
    "收入规划核算处": "收入规划核算处",
    "财务管理处": "财务管理处",
    "办公室、教育处": "办公室|教育处",
    "法制部门": "法制部门",
    "办公室、法制部门、人事教育部门": "办公室|法制部门|人事教育部门",
    "办公室或其他相关部门": "办公室或其他相关部门",
    "办公室或\n\n\t其他相关部门 ": "办公室或其他相关部门",
    "征管部门\n\n稽查部门": "征管部门|稽查部门",
    "征管部门\n稽查部门": "征管部门|稽查部门",
    "纳税服务部门\n\n督察内审部门\n\n稽查部门\n\n其他相关部门": "纳税服务部门|督察内审部门|稽查部门|其他相关部门",
    "纳税服务部门\n\n": "纳税服务部门",
    "文件制发部门": "文件制发部门",
    "各级税务机关": "各级税务机关",
    "县税务机关": "县税务机关",
    "市税务局": "市税务局",
    "各相关部门": "各相关部门",
    "事项办理部门": "事项办理部门",
    "信息中心": "信息中心",
    "税收宣传中心": "税收宣传中心",
    "法制部门、作出行政许可和行政处罚决定的税务机关": "法制部门|作出行政许可和行政处罚决定的税务机关",
    "货物和劳务税部门": "货物和劳务税部门",
    "税源管理部门": "税源管理部门",
    "法制部门\n办公室": "法制部门|办公室",
    "稽查部门\n征管部门\n其他相关部门": "稽查部门|征管部门|其他相关部门",
    "法制部门\n\n稽查部门\n\n纳税服务部门\n\n征管部门\n\n税源管理部门": "法制部门|稽查部门|纳税服务部门|征管部门|税源管理部门",
    "办公室\n\n财务管理部门": "办公室|财务管理部门",
    "人事教育部门\n法律顾问、\n\n公职律师所在部门": "人事教育部门|法律顾问、公职律师所在部门",
    "政策法规部门": "政策法规部门",
    "人事教育部门\n\n征管部门\n其他相关部门": "人事教育部门|征管部门|其他相关部门",
    "税收宣传部门\n法制部门\n\n": "税收宣传部门|法制部门",
    "考核考评部门\n\n法制部门\n\n\n": "考核考评部门|法制部门",
    "": "",
    " ": "",
}

# From other cities and ministries.
OTHER_CELLS = {
    "市发展改革委、市财政局等部门": "市发展改革委|市财政局|等部门",
    "A局、B局等5个部门和单位": "A局|B局|等5个部门和单位",
    "A局、B局等有关部门、单位": "A局|B局|等有关部门、单位",
    "财政部、税务总局、海关总署等": "财政部|税务总局|海关总署",
    "初等教育处等处室": "初等教育处|等处室",
    "市教育、公安、民政等部门": "市教育、公安、民政等部门",
    "区教育、民政、人社局": "区教育、民政、人社局",
    "各区人民政府、市各有关部门": "各区人民政府|市各有关部门",
    "各县、区人民政府，市直有关部门": "各县、区人民政府|市直有关部门",
    "各省、自治区、直辖市和计划单列市税务局": "各省、自治区、直辖市和计划单列市税务局",
    "省、市、县三级税务机关": "省、市、县三级税务机关",
    "市、县（市、区）税务局，省局各处室": "市、县（市、区）税务局|省局各处室",
    "各镇、街道": "各镇、街道",
    "各街镇（园区）": "各街镇（园区）",
    "市级各有关部门及各县市区政府": "市级各有关部门|各县市区政府",
    "各级党委和政府": "各级党委和政府",
    "有关部门和单位": "有关部门和单位",
    "各区政府及其部门": "各区政府及其部门",
    "各地区各有关部门": "各地区|各有关部门",
    "市税务局各处室": "市税务局各处室",
    "1.市财政局 2.市教育局": "市财政局|市教育局",
    "①市财政局②市教育局": "市财政局|市教育局",
    "（市财政局、市教育局）": "市财政局|市教育局",
    "市财政局；": "市财政局",
    "国家税务总局 广州市税务局": "国家税务总局广州市税务局",
    "财政部 国家税务总局": "财政部|国家税务总局",
    "收入核算处 风险管理局\n稽查局": "收入核算处|风险管理局|稽查局",
    "人力资源和社会\n保障局\n财政局": "人力资源和社会保障局|财政局",
    "市司法局办\n公室": "市司法局办公室",
    "办\n公\n室": "办公室",
    "住房和城乡建设局、文化和旅游局和体育局": "住房和城乡建设局|文化和旅游局|体育局",
    "发展和改革委员会，工业和信息化部及卫生健康委": "发展和改革委员会|工业和信息化部|卫生健康委",
    "呼和浩特市财政局、和平区政府": "呼和浩特市财政局|和平区政府",
    "区委宣传部（区文明办、区网信办）": "区委宣传部（区文明办、区网信办）",
    "干部和人才处": "干部和人才处",
    "政府和社会资本合作处": "政府和社会资本合作处",
    "共青团中央、全国妇联、中国残联": "共青团中央|全国妇联|中国残联",
    "中国移动、中国电信、市通信管理局": "中国移动|中国电信|市通信管理局",
    "张三、李四": "张三|李四",
    "制定或修改标准的部门": "制定或修改标准的部门",
    "市教育局（牵头）、市财政局": "市教育局|市财政局",
    "各市、州、县人民政府，省政府各部门": "各市、州、县人民政府|省政府各部门",
    "市卫生健康委等，各县(市、区)政府(管委会)": "市卫生健康委|各县(市、区)政府(管委会)",
    "各县(市、区)政\n府，市财政局、国\n家税务局、地方税\n务局、人\n民银行": "各县(市、区)政府|市财政局|国家税务局|地方税务局|人民银行",
    "无": "",
    "——": "",
}


@pytest.mark.parametrize(("cell", "names"), [*SEED_CELLS.items(), *OTHER_CELLS.items()])
def test_a_cell_is_split_into_the_names_it_holds(cell: str, names: str) -> None:
    assert "|".join(actor.name for actor in split_actors(cell)) == names


KINDS = {
    "functional": "政策制定部门 法制部门 文件制发部门 事项办理部门 考核考评部门 税源管理部门 公安、民政等部门",
    "contextual": "相关处室 各相关部门 有关部门 相关司局 相关业务司局 市有关部门 市各有关部门",
    "residual": "其他相关部门 其他相关处室 等司局",
    "universal": "各司局 各处室 各部门 局内各单位 市国税局系统各单位",
    "authority-class": "各级税务机关 县税务机关 省以下税务机关 各区人民政府 各镇街 各镇（街道） 市县税务机关 作出行政处罚决定的税务机关 "
    "各省级人民政府 县（区）局 省直管县（市）人民政府 各地 公安机关",
    "to-be-determined": "待定",
}


@pytest.mark.parametrize(("generic", "names"), list(KINDS.items()))
def test_generic_actors_say_which_kind(generic: str, names: str) -> None:
    for name in names.split():
        (actor,) = split_actors(name)
        assert (actor.name, actor.kind, actor.generic_kind) == (name, "generic", generic)


def test_offices_are_named() -> None:
    for name in ["办公室", "信息中心", "稽查局", "税收宣传中心", "市税务局", "市财政局", "区市场监管局", "县乡村振兴局", "市局"]:
        (actor,) = split_actors(name)
        assert (actor.name, actor.kind, actor.generic_kind) == (name, "named", None)


def test_an_alternative_is_one_actor_and_named_when_one_side_is() -> None:
    (actor,) = split_actors("办公室或\n\n其他相关部门 ")
    assert (actor.name, actor.kind, actor.alternatives) == ("办公室或其他相关部门", "named", ("办公室", "其他相关部门"))
    assert (actor.start, actor.end) == (0, 12)


def test_known_names_are_not_split() -> None:
    text = "市文化局和广电局专班、市财政局"
    assert [a.name for a in split_actors(text)] == ["市文化局", "广电局专班", "市财政局"]
    assert [a.name for a in split_actors(text, known=frozenset({"市文化局和广电局专班"}))] == ["市文化局和广电局专班", "市财政局"]


def test_actors_as_json() -> None:
    assert actors_json(split_actors("办公室、相关处室")) == [{"actor": "办公室", "kind": "named"}, {"actor": "相关处室", "kind": "generic"}]


def test_a_whole_name_ends_in_what_an_office_is_called() -> None:
    assert is_whole("政策法规处") and not is_whole("货物") and not is_whole("部门") and not is_whole("社会")


ALPHABET = "市区县财政局和及与、，；：:（）()等或办公室各有关部门其他由年1.。 \n\t\u3000“”《》【】aé"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet=ALPHABET)), st.frozensets(st.text(alphabet="市财政局和、办公室 "), max_size=2))
def test_any_text_gives_names_that_stand_in_it(text: str, known: frozenset[str]) -> None:
    for actor in split_actors(text, known=known):
        assert actor.name and "".join(text[actor.start : actor.end].split()) == actor.name


@pytest.mark.parametrize("unit", ["和", "等", "（", "（）", "市财政局和", "社会和", "教育\n", "“、", "以及其", "或"])
def test_long_texts_take_no_long_time(unit: str) -> None:
    begun = time.process_time()
    split_actors(unit * (20000 // len(unit)))
    assert time.process_time() - begun < 120


def test_deeply_nested_brackets_are_no_trouble() -> None:
    assert [a.name for a in split_actors("（" * 30000 + "办公室" + "）" * 30000)] == ["办公室"]
