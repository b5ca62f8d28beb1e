"""Whether a document is based on another at all: same subject, another basis named, elsewhere, two printings, the wrong way round."""

from __future__ import annotations

import pytest
from seeds import GOLD, GUANGZHOU, HECHI, NATIONAL, ROOT, seed

from lineage.align import align
from lineage.records import PairResult
from lineage.subject import same_subject
from lineage.units import lower_units, upper_units
from loaders.extract import extract_bytes, extract_file
from loaders.records import Extraction

OURS, DOCS = GOLD / "ours", ROOT / "tests" / "data" / "docs"


def ours(name: str) -> Extraction:
    return extract_file(OURS / name)


def said(result: PairResult) -> str:
    return "".join(zh + en for zh, en in result.basis.reasons)


def accepted(result: PairResult) -> list[str]:
    return [link.task for link in result.links if link.status == "accepted"]


def test_a_free_paraphrase_of_the_same_subject_is_based_on_it() -> None:
    """Of village's table few words are the upper document's; its title and a fifth of its tasks tell."""
    result = align(ours("village/upper.txt"), ours("village/city.csv"))
    assert result.basis.verdict == "yes" and "两个文件的标题都写“农村人居环境”" in said(result)


def test_local_words_for_the_subject_are_no_other_subject() -> None:
    """The county says 托育 where the upper text says 婴幼儿照护服务; both titles name the subject, and every second task is sure."""
    result = align(ours("childcare/qingxi.upper.docx"), ours("childcare/qingxi.xlsx"))
    assert result.basis.verdict == "yes" and "两个文件的标题都写“3岁以下婴幼儿照护服务”" in said(result)


def test_another_basis_of_that_level_is_said_and_nothing_accepted() -> None:
    """The city's opinion names 国办发〔2019〕88号; held against another national opinion on the aged it shares words all the same."""
    result = align(ours("care/upper.txt"), extract_file(DOCS / "care_city.txt"))
    assert result.basis.verdict != "yes" and accepted(result) == []
    assert "国办发〔2019〕88号" in said(result) and "未提及所给上级文件" in said(result)


def test_plans_of_two_districts_are_beside_each_other() -> None:
    for upper, lower in (("waste/bay.txt", "waste/mount.txt"), ("jobs/hill.txt", "jobs/river.txt")):
        result = align(ours(upper), ours(lower))
        assert accepted(result) == [] and "同一层级的不同地方" in said(result) and "zhengmai compare" in said(result)


@pytest.mark.parametrize(("upper", "lower"), [("jobs/river.txt", "jobs/upper.txt"), ("waste/bay.txt", "waste/upper.txt")])
def test_the_wrong_way_round_is_said(upper: str, lower: str) -> None:
    result = align(ours(upper), ours(lower))
    assert result.basis.verdict == "no" and result.links == () and "颠倒" in said(result)


def test_two_printings_of_one_document_are_one() -> None:
    text = (OURS / "waste" / "upper.txt").read_text(encoding="utf-8")
    again = extract_bytes(text.replace("日产日清", "日产日清运").encode(), "again.txt")
    result = align(ours("waste/upper.txt"), again)
    assert result.links == () and "同一文件的两个版本" in said(result) and "zhengmai diff" in said(result)


def test_a_title_that_only_shares_stock_words_tells_nothing() -> None:
    assert "标题都写" not in said(align(ours("water/upper.txt"), ours("jobs/hill.txt")))


def test_documents_that_share_only_their_closing_sections_are_unrelated() -> None:
    """Every one ends with 组织领导, 资金保障 and 宣传 in nearly the same words."""
    closing = """
三、保障措施
（一）加强组织领导。各级各部门要高度重视，建立由主要负责人负总责的工作机制，制定实施方案，压实工作责任。
（二）加大资金投入。各级财政要将所需经费列入年度预算，加强资金监管，提高资金使用绩效。
（三）强化督查考核。将工作推进情况纳入绩效考核，定期通报进展，对工作不力的予以约谈。
（四）加强宣传引导。充分利用报刊、广播、电视、网络等媒体，广泛宣传政策措施，营造良好社会氛围。
"""
    upper = "某省人民政府关于加强气象工作的意见\n一、提升监测能力\n（一）完善站网。建设新一代天气雷达12部，乡镇自动站全覆盖。\n" + closing
    lower = "某省某市人民政府关于发展冰雪运动的实施方案\n一、建设场地\n（一）滑雪场。新建滑雪场3座，每年开放不少于60天。\n" + closing
    result = align(extract_bytes(upper.encode(), "u.txt"), extract_bytes(lower.encode(), "l.txt"))
    assert accepted(result) == [] and result.basis.verdict != "yes"


def test_nothing_is_accepted_between_any_two_unrelated_documents() -> None:
    uppers = [ours(f"{name}/upper.txt") for name in ("disability", "patents", "village")]
    lowers = [ours("waste/bay.txt"), ours("jobs/hill.txt"), seed(GUANGZHOU), seed(HECHI)]
    assert [accepted(align(u, low)) for u in uppers for low in lowers] == [[]] * 12
    assert accepted(align(seed(NATIONAL), seed(HECHI))) == []


ARCHIVES_LAW = """中华人民共和国档案法
第一章 总则
第五条 一切国家机关、武装力量、政党、团体、企业事业单位和公民都有保护档案的义务，享有依法利用档案的权利。
第六条 国家鼓励和支持档案科学研究和技术创新，促进科技成果的转化和应用，推动档案科技进步。
第七条 对在档案收集、整理、保护、利用等方面做出突出贡献的单位和个人，按照国家有关规定给予表彰、奖励。
第二章 监督检查
第三条 各级人民政府应当把档案事业纳入国民经济和社会发展规划，将档案事业发展经费列入政府预算。
第四十六条 任何单位和个人对档案违法行为，有权向档案主管部门和有关机关举报。接到举报的档案主管部门或者有关机关应当及时依法处理。
第三章 法律责任
第五十一条 违反本法规定，构成犯罪的，依法追究刑事责任；造成财产损失或者其他损害的，依法承担民事责任。
"""


@pytest.mark.parametrize("title", ["中华人民共和国档案法", "某省档案管理办法"])
def test_two_laws_share_stock_phrases_and_no_subject(title: str) -> None:
    """Nearly every article of the one has its like in the other; what each is about (噪声, 档案) has none."""
    noise, archives = (
        ours("noise_law/upper.txt"),
        extract_bytes(ARCHIVES_LAW.replace("中华人民共和国档案法", title).encode(), "archives.txt"),
    )
    reason = "两个文件都是法律" if title.endswith("法") and not title.endswith("办法") else "所述不是同一事项"
    for upper, lower in ((noise, archives), (archives, noise)):
        result = align(upper, lower)
        assert result.basis.verdict == "no" and result.links == ()
        assert reason in said(result) or "颠倒" in said(result)


def test_the_subject_is_shared_by_every_pair_read_and_by_no_two_laws() -> None:
    pairs = [("village/upper.txt", "village/city.csv"), ("ebike/upper.txt", "ebike/lake.txt"), ("data/upper.txt", "data/city.csv")]
    assert all(same_subject(upper_units(ours(u)), lower_units(ours(x))) > 0.45 for u, x in pairs)
    assert same_subject(upper_units(ours("noise_law/upper.txt")), lower_units(extract_bytes(ARCHIVES_LAW.encode(), "a.txt"))) < 0.3
    assert same_subject([], []) == 0.0


@pytest.mark.parametrize(
    ("upper", "lower"), [("lifts/upper.docx", "oldblock/lifts.html"), ("manure/upper.txt", "straw/city.csv")], ids=["lifts", "straw"]
)
def test_a_neighbouring_subject_is_no_basis(upper: str, lower: str) -> None:
    found = align(extract_file(OURS / upper), extract_file(OURS / lower))
    assert (found.basis.verdict, found.links) == ("no", ())
