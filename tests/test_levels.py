"""The level of government is told from names: by the list of places where an ending is not enough."""

from __future__ import annotations

import pytest

from loaders.actors.levels import addressed_levels, between, level_of, level_of_name, told_level
from loaders.actors.places import full_name, locate
from loaders.extract import extract_bytes
from loaders.words import words

LEVELS = {
    "national": (
        "国务院",
        "国务院办公厅",
        "中共中央办公厅",
        "国家发展改革委",
        "教育部",
        "国家税务总局",
        "国家市场监督管理总局",
        "最高人民法院",
        "海关总署",
        "中央网信办",
        "住房和城乡建设部",
        "全国人民代表大会常务委员会",
    ),
    "provincial": (
        "上海市人民政府",
        "上海市人民政府办公厅",
        "重庆市教育委员会",
        "河北省财政厅",
        "广西壮族自治区人民政府",
        "内蒙古自治区人民政府办公厅",
        "新疆生产建设兵团",
        "中共广东省委办公厅",
        "国家税务总局上海市税务局",
        "某省人民政府办公厅",
        "省发展改革委",
        "自治区财政厅",
        "国家统计局上海调查总队",
    ),
    "city": (
        "广州市国家税务局",
        "深圳市人民政府",
        "国家税务总局河池市税务局",
        "延边朝鲜族自治州人民政府",
        "延边州人民政府",
        "锡林郭勒盟行政公署",
        "喀什地区行政公署",
        "大兴安岭地区行政公署",
        "河北雄安新区管理委员会",
        "中共苏州市委办公室",
        "吉林市人民政府",
        "海南藏族自治州人民政府",
        "广东省东莞市人民政府",
        "杭州市住房和城乡建设局",
        "国家统计局南京调查队",
    ),
    "county": (
        "徐汇区人民政府",
        "上海市徐汇区人民政府",
        "上海徐汇区人民政府",
        "浦东新区人民政府",
        "上海市浦东新区人民政府办公室",
        "深圳市南山区人民政府",
        "昆山市人民政府",
        "江苏省昆山市人民政府",
        "苏州市昆山市财政局",
        "义乌市人民政府办公室",
        "仙桃市人民政府",
        "重庆市石柱土家族自治县人民政府",
        "北京市朝阳区人民政府",
        "朝阳区人民政府",
        "湖南省长沙市长沙县人民政府",
        "内蒙古自治区鄂尔多斯市准格尔旗人民政府",
        "中共长兴县委办公室",
        "区教育局",
        "县发展改革局",
        "天津市滨海新区财政局",
        "神农架林区人民政府",
        "津市市人民政府",
        "南昌县人民政府",
        "广州市南沙区",
    ),
    "township": (
        "虎门镇人民政府",
        "东莞市虎门镇人民政府",
        "徐家汇街道办事处",
        "上海市徐汇区徐家汇街道办事处",
        "浙江省安吉县天荒坪镇人民政府",
    ),
}


@pytest.mark.parametrize(("level", "name"), [(level, name) for level, names in LEVELS.items() for name in names])
def test_the_level_a_name_tells(level: str, name: str) -> None:
    assert level_of_name(name) == level


@pytest.mark.parametrize(
    "name", ["办公室", "政策法规处", "农业农村局", "征管和科技发展处", "各相关单位", "", "乡村振兴局", "市场监督管理局"]
)
def test_a_name_without_a_place_tells_no_level(name: str) -> None:
    assert level_of_name(name) is None


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("上海市人民政府办公厅关于印发《上海市2020年政务公开工作要点》的通知", "provincial"),
        ("2020年徐汇区政务公开工作要点", "county"),
        ("国务院办公厅关于支持深圳市探索的意见", "national"),
        ("关于印发昆山市政务公开工作要点的通知", "county"),
        ("国务院关于加强社区服务的意见", "national"),
        ("河池市税务系统优化税务执法方式", "city"),
    ],
)
def test_titles_tell_a_level_too(name: str, level: str) -> None:
    assert level_of_name(name) == level


def test_a_city_no_list_knows_is_taken_as_a_prefecture_and_said_to_be_uncertain() -> None:
    assert (told_level("某某市人民政府").level, told_level("某某市人民政府").certain) == ("city", False)
    assert (told_level("XX市人民政府办公室").level, told_level("XX市人民政府办公室").certain) == ("city", False)
    assert told_level("无锡市人民政府").certain
    assert told_level("江阴市人民政府").certain


def test_a_bare_city_department_ranks_as_the_city_of_the_document_does() -> None:
    assert level_of_name("市财政局", "广州市人民政府") == "city"
    assert level_of_name("市财政局", "上海市徐汇区人民政府") == "provincial"
    assert level_of_name("市财政局") is None
    assert level_of_name("区财政局", "上海市徐汇区人民政府") == "county"
    assert level_of_name("市市场监管局", "深圳市人民政府") == "city"


ADDRESSED = {
    ("national",): (
        "国家发展改革委要制定目录",
        "全国老龄办负责日常工作",
        "国务院民政部门负责全国工作",
        "体育总局牵头建设平台",
        "农业部要制定考核办法",
        "中央财政安排资金",
    ),
    ("national", "provincial"): ("国家和省级层面要出台办法", "省级以上民政部门应当公开"),
    ("provincial",): (
        "各省（区、市）要制定方案",
        "省级民政部门要加强指导",
        "自治区民政厅要制定标准",
        "省直有关部门要公开",
        "省市场监管局负责抽查",
    ),
    ("provincial", "city"): ("省、市两级民政部门要公开", "省、市财政安排资金"),
    ("provincial", "city", "county"): ("省、市、县三级民政部门要公开", "县级以上地方人民政府应当公开", "各地民政部门要公开"),
    ("city",): (
        "各市民政部门要建立台账",
        "市级民政部门要建立台账",
        "2025年底前，各设区市要建立台账",
        "设区的市级人民政府应当编制规划",
        "各市（州）民政局要公开",
        "市直各有关部门要公开",
        "市卫生健康部门要公开",
        "市级财政安排资金",
        "市财政对改造项目给予奖补",
    ),
    ("city", "county"): ("各市、县（市、区）人民政府要公开", "市县两级民政部门要公开", "市、县（区）民政部门要公开"),
    ("county",): (
        "各县（市、区）要公开",
        "各区民政局要公开",
        "县级民政部门负责审核",
        "县区财政要列入年度预算",
        "各区县要摸底",
        "县卫健局要公开",
        "区直各部门要检查",
    ),
    ("township",): ("各乡镇（街道）要设站", "乡镇人民政府应当设站", "街道办事处要设站", "各镇（街）要设站"),
    ("provincial", "city", "county", "township"): ("地方各级民政部门要公开",),
    (): (
        "民政部门要公开",
        "市场监管部门要公开",
        "各市场主体要守法",
        "市民对服务满意",
        "城市民政部门可以协作",
        "市级示范区要建设",
        "县级医院要建设",
        "县域医共体要完善",
        "区域协作机制要完善",
        "区政务服务大厅设置窗口",
        "市级民政部门批准的机构可以享受",
        "经市级民政部门批准后公布",
        "指导各县（市、区）完成",
        "街道景观要整治",
        "国家机关应当公开",
        "文化部分领域要开放",
    ),
}


@pytest.mark.parametrize(("levels", "sentence"), [(levels, text) for levels, texts in ADDRESSED.items() for text in texts])
def test_whom_a_sentence_addresses(levels: tuple[str, ...], sentence: str) -> None:
    assert addressed_levels(sentence) == levels


def test_places_are_found_in_order_and_belong_to_a_province() -> None:
    place = locate("广东省深圳市南山区人民政府")
    assert place and place.chain == (("广东省", "provincial"), ("深圳市", "city"), ("南山区", "county"))
    assert [p.province for n in ("昆山市财政局", "上海市徐汇区", "河池市税务局", "徐汇区") if (p := locate(n))] == [
        "江苏省",
        "上海市",
        "广西壮族自治区",
        None,
    ]
    assert full_name("广西") == "广西壮族自治区"


@pytest.mark.parametrize("name", ["住房和城乡建设局", "社区建设办公室", "国家市场监督管理总局", "开展专项行动"])
def test_words_that_end_like_places_are_none(name: str) -> None:
    assert locate(name) is None


def test_the_list_has_as_many_places_as_the_state_counts() -> None:
    lists = words("places")
    assert len(lists["provinces"]) == 35  # 34 and the 兵团
    assert sum(map(len, lists["prefectures"].values())) == 333
    assert sum(map(len, lists["county_cities"].values())) == 397


def test_levels_between() -> None:
    assert between("national", "county") == ("provincial", "city")
    assert between("city", "county") == ()
    assert between(None, "county") == ()


@pytest.mark.parametrize(
    ("title", "leads", "level"),
    [
        ("全省优化营商环境任务分工表", ("发展改革委", "商务厅", "财政厅"), "provincial"),
        ("2024年我县食品安全任务分工表", ("市场监管局", "教育局", "公安局"), "county"),
        ("残疾预防行动任务分工表", ("县卫生健康局", "县民政局", "县教育局"), "county"),
        ("残疾预防行动任务分工表", ("县卫生健康局", "市民政局", "省教育厅"), None),  # they differ
        ("残疾预防行动任务分工表", ("县卫生健康局", "县卫生健康局", "县民政局"), None),  # two are few
    ],
)
def test_a_table_without_an_issuer_is_of_the_level_its_title_or_leads_tell(title: str, leads: tuple[str, ...], level: str | None) -> None:
    rows = "".join(f"{at},开展第{at}项工作，年内完成。,{lead},2024年底前\n" for at, lead in enumerate(leads, 1))
    assert level_of(extract_bytes(f"{title}\n序号,具体任务,牵头单位,完成时限\n{rows}".encode(), "t.csv")) == level


@pytest.mark.parametrize(
    ("sentence", "levels"),
    [
        ("有关标准和规范由住房城乡建设部于2019年8月底前制定。", ("national",)),
        ("行动计划由省级体育主管部门汇总。", ("provincial",)),
        ("中央预算内投资加大支持力度。", ("national",)),
        ("按照由浅入深的要求推进。", ()),
        ("自由市场不得占道经营。", ()),
    ],
)
def test_who_is_called_by_a_word_inside_a_piece_is_addressed(sentence: str, levels: tuple[str, ...]) -> None:
    assert addressed_levels(sentence) == levels
