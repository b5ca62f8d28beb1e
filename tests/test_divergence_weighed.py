"""What a change weighs, and that the change and the comparison say the same of it; sentences made up, judged by reading."""

from __future__ import annotations

import pytest

from lineage.align import align
from lineage.records import Divergence, Link, PairResult
from loaders.extract import extract_bytes

FILL = (
    "建立公共图书馆总分馆制，实现图书通借通还。",
    "支持实体书店参与全民阅读活动，提供便民服务。",
    "组织文艺院团到乡村演出，丰富群众文化生活。",
    "加强非物质文化遗产传承人队伍建设，做好记录工作。",
)


def pair(upper: str, lower: str) -> PairResult:
    clauses = "".join(f"（{'一二三四五'[at]}）{text}（省文化和旅游厅牵头）\n" for at, text in enumerate((upper, *FILL)))
    rows = "".join(f"\n\t{at}\n\t{text}\n\t市文化广电旅游局\n\t持续推进\n" for at, text in enumerate((lower, *FILL), 1))
    above = f"某省推进公共文化服务实施意见\n\n一、重点任务\n{clauses}\n某省人民政府办公厅\n2024年3月8日\n"
    below = f"某市推进公共文化服务任务分工表\n\t序号\n\t工作举措\n\t牵头单位\n\t完成时限\n{rows}"
    return align(extract_bytes(above.encode(), "u.txt"), extract_bytes(below.encode(), "l.txt"))


def told(result: PairResult) -> list[Divergence]:
    return [d for d in result.divergences if d.task == "1" and d.aspect != "lead" and d.difference != "same"]


def link_of(result: PairResult) -> Link:
    return next(link for link in result.links if link.task == "1")


@pytest.mark.parametrize(
    ("upper", "lower", "aspect", "difference", "direction"),
    [
        # a standard that holds for anybody is compared; a total of the area is not
        ("场馆应当投保公众责任险，保险金额不低于30万元。", "场馆应当投保公众责任险，保险金额不低于20万元。", "quantity", "lower", "looser"),
        ("流动图书车全省每年新增不少于50辆。", "流动图书车全市每年新增不少于5辆。", "quantity", "not-comparable", "unclear"),
        # whom the duty binds: a lower threshold binds more of them
        ("常住人口5000人以上的村应当设立文化礼堂。", "常住人口3000人以上的村应当设立文化礼堂。", "quantity", "lower", "tighter"),
        # a longer ban and a longer warranty ask more; 每两年 is less often than 每年
        ("对弄虚作假的机构，两年内不得申报项目。", "对弄虚作假的机构，三年内不得申报项目。", "quantity", "higher", "tighter"),
        ("设备安装后质量保修期不少于2年，定期回访用户。", "设备安装后质量保修期不少于3年，定期回访用户。", "quantity", "higher", "tighter"),
        ("讲解员培训时间不少于40学时，考核合格后上岗。", "讲解员培训时间不少于24学时，考核合格后上岗。", "quantity", "lower", "looser"),
        ("场馆消防设施应当每年进行一次全面检测。", "场馆消防设施应当每两年进行一次全面检测。", "frequency", "lower", "looser"),
        ("因检修需要闭馆的，场馆应当提前5个工作日向社会公告。", "因检修需要闭馆的，场馆应当向社会公告。", "deadline", "gone", "looser"),
        ("向60周岁以上老年人免费开放景区。", "向65周岁以上老年人免费开放景区。", "quantity", "higher", "looser"),
        ("学校应当每年组织学生参观不少于2次。", "学校应当每年组织学生参观不超过2次。", "frequency", "lower", "looser"),
        ("学校应当每学期组织学生参观不少于1次。", "学校应当每学年组织学生参观不少于1次。", "frequency", "lower", "looser"),
        # words that take in everything
        ("推动重点场馆开展错时延时开放服务。", "推动全部场馆开展错时延时开放服务。", "scope", "wider", "tighter"),
        ("对所有从业人员开展岗前安全培训。", "对骨干从业人员开展岗前安全培训。", "scope", "narrower", "looser"),
        # binding words
        ("鼓励场馆设立老年人服务专区，配备辅助器具。", "场馆应当设立老年人服务专区，配备辅助器具。", "duty-word", "stronger", "tighter"),
        ("原则上每个县级行政区至少建成1座文化馆。", "全市至少建成1座文化馆。", "duty-word", "stronger", "tighter"),
        # a piece that names people is a duty all the same
        ("完善场馆收费公示制度。", "完善场馆收费公示制度，对连续两次抽查不合格的场馆主要负责人进行约谈。", "duty", "new", "tighter"),
        ("省文化和旅游厅制定服务规范，明确开放时间。", "市文化广电旅游局制定服务规范，明确开放时间。", "addressee", "taken-on", "tighter"),
        ("定期抽查场馆开放情况，通报抽查结果。", "不定期抽查场馆开放情况，通报抽查结果。", "wording", "replaced", "replaced"),
    ],
)
def test_a_change_weighs_what_a_reader_would_say(upper: str, lower: str, aspect: str, difference: str, direction: str) -> None:
    result = pair(upper, lower)
    assert (aspect, difference, direction) in [(d.aspect, d.difference, d.direction) for d in told(result)]
    assert link_of(result).relation != "verbatim"
    directions = {change.direction for change in link_of(result).changes}
    assert ("unclear" if direction == "replaced" else direction) in directions  # the change says what the comparison says


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("场馆应当向社会免费开放，公布服务项目和开放时间。", "场馆应当向社会免费开放，公布服务项目、开放时间。"),
        ("经考核未达标的不得参加评优。", "经考核未达标不得参加评优。"),
        ("支持馆校合作，符合条件的可以申请补助。", "支持馆校合作，符合条件的可申请补助。"),
        ("农家书屋、社区书屋应当配备管理员。", "社区书屋、农家书屋应当配备管理员。"),
        ("各县（市、区）要明确场馆运行管理单位。", "各乡镇（街道）要明确场馆运行管理单位。"),
        ("各地区要建立部门协同机制，解决突出问题。", "各区县要建立部门协同机制，解决突出问题。"),
        ("各市于每年12月底前将进展情况报送省文化和旅游厅。", "各区县于每年12月底前将进展情况报送市文化广电旅游局。"),
        ("设备安装后质量保修期不少于2年。", "设备安装后，质量保修期不少于2年。"),
        ("在2026年12月底前建成智慧图书馆体系。", "在2026年底前建成智慧图书馆体系。"),
    ],
)
def test_other_wording_that_any_copy_may_have_weighs_nothing(upper: str, lower: str) -> None:
    result = pair(upper, lower)
    assert [(d.aspect, d.difference) for d in told(result)] == []
    assert {change.direction for change in link_of(result).changes} <= {"neutral", "unclear"}


def test_a_stronger_word_and_a_lost_hedge_are_told_apart() -> None:
    upper, lower = "鼓励有条件的场馆设立夜间剧场。", "场馆应当设立夜间剧场。"
    found = [(d.direction, [q.quote for q in d.upper], [q.quote for q in d.lower]) for d in told(pair(upper, lower))]
    assert ("tighter", ["鼓励"], ["应当"]) in found and ("tighter", ["有条件的"], []) in found
    mixed = told(pair("场馆应当设立夜间剧场。", "场馆原则上必须设立夜间剧场。"))
    assert {(d.difference, d.direction) for d in mixed} == {("stronger", "tighter"), ("weaker", "looser")}


def test_a_branch_answers_to_its_bank_and_a_brigade_to_its_corps() -> None:
    from lineage.functions import same_function

    assert same_function("中国人民银行", "中国人民银行清江市分行").same is True
    assert same_function("市消防救援支队", "区消防救援大队").same is True
    assert same_function("中国人民银行", "中国农业银行清江市分行").same is not True


@pytest.mark.parametrize(
    ("upper", "lower", "aspect"),
    [
        ("各地要根据实际，在场馆建设中统筹考虑无障碍设施。", "新建、改建场馆，要统筹考虑无障碍设施。", "duty-word"),  # 要 stands elsewhere
        ("每个街道至少建成1处综合文化服务中心。", "12个街道全部建成综合文化服务中心。", "quantity"),  # centres are no streets
        ("建立补贴制度，并建立标准动态调整机制。", "建立补贴办法，标准动态调整机制同步建立。", "duty"),  # the end of a piece is no duty
    ],
)
def test_what_only_moved_or_counts_something_else_is_not_told(upper: str, lower: str, aspect: str) -> None:
    assert [(d.difference, d.lower) for d in told(pair(upper, lower)) if d.aspect == aspect and d.difference not in ("new", "gone")] == []
    if aspect == "duty":
        assert [d.difference for d in told(pair(upper, lower)) if d.aspect == "duty"] == []


def test_a_pair_people_have_not_settled_still_stands_between() -> None:
    from lineage.levels import _rests
    from lineage.records import Basis

    assert _rests(Basis("unclear", (), decided_by="person", by_rule="yes"))
    assert not _rests(Basis("no", (), decided_by="person", by_rule="yes"))
    assert not _rests(Basis("unclear", ()))


def test_an_item_more_or_less_of_a_list_is_told_however_short() -> None:
    less = told(pair("图书馆、文化馆、博物馆应当免费开放。", "图书馆、文化馆应当免费开放。"))
    more = told(pair("图书馆、文化馆应当免费开放。", "图书馆、文化馆、美术馆应当免费开放。"))
    assert [(d.aspect, d.difference, d.upper[0].quote) for d in less] == [("duty", "gone", "博物馆")]
    assert [(d.aspect, d.difference, d.lower[0].quote) for d in more] == [("duty", "new", "美术馆")]


def test_an_exception_that_only_moved_is_none() -> None:
    result = pair("除法定节假日外，每日开放时间不少于8小时。", "每日开放时间不少于8小时，法定节假日除外。")
    assert told(result) == [] and link_of(result).relation == "verbatim"


def test_binding_words_that_open_both_stretches_are_compared_whatever_follows() -> None:
    found = told(pair("各地可结合实际制定实施细则。", "各区县应于2024年6月底前制定实施细则。"))
    assert ("duty-word", "stronger", "可", "应") in [
        (d.aspect, d.difference, d.upper[0].quote if d.upper else "", d.lower[0].quote if d.lower else "") for d in found
    ]


@pytest.mark.parametrize(
    ("lower", "turned"),
    [
        ("场馆应当编制服务手册，先公布开放时间，再征求读者意见。", False),
        ("场馆应当编制服务手册，再征求读者意见，先公布开放时间。", True),
        ("先公布开放时间，再征求读者意见，场馆应当编制服务手册。", True),
        ("场馆应当编制服务手册，再征求读者意见。", False),
    ],
)
def test_steps_the_other_way_round_are_told(lower: str, turned: bool) -> None:
    result = pair("场馆应当编制服务手册，先公布开放时间，再征求读者意见。", lower)
    assert any("次序相反" in d.reason[0] for d in told(result)) is turned


def test_a_replaced_word_is_told_at_the_task_that_says_it() -> None:
    """Two rows carry one sentence, and the words of the second stand in the first, too: 处罚 is said by row 1 alone."""
    upper = "全面公开文化市场许可目录及指南，场馆将文化市场许可的事项、依据、条件、数量和期限在服务大厅予以公示。"
    rows = ("全面公开文化市场处罚目录及指南。", "场馆将文化市场许可的事项、依据、条件、数量和期限在服务大厅予以公示。", *FILL)
    clauses = "".join(f"（{'一二三四五'[at]}）{text}（省文化和旅游厅牵头）\n" for at, text in enumerate((upper, *FILL)))
    table = "".join(f"\n\t{at}\n\t{text}\n\t市文化广电旅游局\n\t持续推进\n" for at, text in enumerate(rows, 1))
    above = f"某省推进公共文化服务实施意见\n\n一、重点任务\n{clauses}\n某省人民政府办公厅\n2024年3月8日\n"
    below = f"某市推进公共文化服务任务分工表\n\t序号\n\t工作举措\n\t牵头单位\n\t完成时限\n{table}"
    result = align(extract_bytes(above.encode(), "u.txt"), extract_bytes(below.encode(), "l.txt"))
    assert [(d.task, d.upper[0].quote, d.lower[0].quote) for d in result.divergences if d.aspect == "wording"] == [("1", "许可", "处罚")]
