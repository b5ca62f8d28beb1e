"""Forty faults planted in the three documents, each with the row (or clause) and the column where a report must show it.

Read from the documents: ``old`` stands once after ``anchor``; ``where`` is the task's or clause's number as the report gives it, ``field``
the column's neutral name, "" where the fault is in running text.
"""

from __future__ import annotations

from dataclasses import dataclass

GZ, HECHI, SAT = "gz-stb-openness-tasks", "hechi-three-systems-tasks", "sat-20170427-openness"


@dataclass(frozen=True, slots=True)
class Planted:
    document: str
    what: str
    anchor: str
    old: str
    new: str
    where: str
    field: str

    @property
    def codes(self) -> frozenset[str]:
        """Return the rules of which one must fire there."""
        return frozenset(CODES[self.what].split())


def gz(what: str, row: int, old: str, new: str, field: str, where: str = "") -> Planted:
    return Planted(GZ, what, f"\n\t{row}\n", old, new, where or str(row), field)


def hc(what: str, row: int, old: str, new: str, field: str) -> Planted:
    return Planted(HECHI, what, f"\n\t{row}\n", old, new, str(row), field)


def sat(what: str, anchor: str, old: str, new: str, where: str) -> Planted:
    return Planted(SAT, what, anchor, old, new, where, "")


FAULTS = (
    Planted(GZ, "number used twice", "\n\t80\n", "\n\t81\n", "\n\t80\n", "80-2", "number"),
    gz("day that does not exist", 34, "\t每年3月31日\n", "\t每年6月31日\n", "deadline"),
    gz("year mistyped", 85, "\t2018年底前\n", "\t2081年底前\n", "deadline"),
    gz("measure and column name other years", 41, "2018年底前按照", "2019年底前按照", "deadline"),
    gz("lead left out", 23, "\t稽查局\n\t稽查局\n", "\t\n\t稽查局\n", "lead"),
    gz("wrong character of the same sound", 25, "\t纳税服务处\n\t纳税服务处\n", "\t纳税服务处\n\t纳税服物处\n", "responsible"),
    gz("a time among the leads", 29, "\t纳税服务处\n\t纳税服务处\n", "\t2018年6月30日前\n\t纳税服务处\n", "lead"),
    gz("a department among the deadlines", 62, "\t持续开展\n", "\t信息中心\n", "deadline"),
    gz("advertisement", 63, "完善网站日常监测机制", "完善网站日常时时彩平台监测机制", "measure"),
    gz("mark twice", 65, "新闻网站、商业网站的联动，", "新闻网站、商业网站的联动，，", "measure"),
    gz("no mark at the end", 66, "宣传税收政策。", "宣传税收政策", "measure"),
    gz("quotation not closed", 69, "“两微一端”", "“两微一端", "measure"),
    gz("full-width digit", 27, "24小时", "2４小时", "measure"),
    gz("word twice", 73, "媒体吹风等方式扩大公众参与", "媒体吹风等方式等方式扩大公众参与", "measure"),
    gz(
        "same words as another row",
        86,
        "政务公开工作人员要加强政策理论学习和业务研究，准确把握政策精神，增强专业素养。",
        "探索推行政务公开运转规范，制定政务公开工作场所建设标准、政府信息依申请公开答复范本等。",
        "measure",
    ),
    gz("share of the upper text changed", 88, "20%以上", "10%以上", "measure"),
    gz("measure and column name other hours", 60, "最迟要在5个小时内", "最迟要在6个小时内", "deadline"),
    gz("later than the upper limit", 5, "\t作出行政许可决定之日起7个工作日内\n", "\t作出行政许可决定之日起17个工作日内\n", "deadline"),
    gz("day of the month changed", 24, "效力后次月10日\n", "效力后次月15日\n", "deadline"),
    gz("name that is none", 74, "\t办公室\n\t办公室\n", "\t办公宝\n\t办公室\n", "lead"),
    gz("traditional characters", 76, "加强纳税人需求征集工作", "加强納稅人需求征集工作", "measure"),
    gz("garbled characters", 83, "信息发布协调机制", "信息鏀垮簻鍏紑协调机制", "measure"),
    gz("copying slip", 54, "属地管理", "属地管埋", "measure"),
    gz("attachment there is not", 58, "对错误看法，", "对错误看法，见附件5，", "measure"),
    gz("deadline misspelt", 30, "\t持续开展\n", "\t持继开层\n", "deadline"),
    gz("department twice in one cell", 80, "办公室、人事处、财务管理处", "办公室、人事处、人事处", "responsible"),
    gz("blank inside a word", 31, "内设机构负责人", "内设机 构负责人", "measure"),
    hc("date unlike its siblings", 16, "2019年9月30日前", "2019年9月20日前", "deadline"),
    hc("day that does not exist", 30, "2019年6月30日前", "2019年6月31日前", "deadline"),
    hc("department where a unit belongs", 27, "\t市税务局\n", "\t稽查部门\n", "unit"),
    hc("county after city", 21, "县（区）局每年1月15日前", "县（区）局每年2月15日前", "deadline"),
    hc("responsible and supporting", 20, "\t法制部门\n\t办公室\n", "\t法制部门\n\t法制部门\n", "supporting"),
    hc("a department among the deadlines", 25, "\t2019年12月31日前完成\n", "\t财务管理部门\n", "deadline"),
    hc("measure and column name other years", 26, "2020年7月底前", "2021年7月底前", "deadline"),
    hc("character left out of a name", 18, "\t税源管理部门\n\t税源管理部门\n", "\t税源管部门\n\t税源管理部门\n", "lead"),
    sat("clause number skipped", "\n十@@、推进", "(三@@)充分利用", "(四@@)充分利用", "10.4"),
    sat("note left out", "\n十@@一@@", "(各司局落实@@)\n\n(二@@)", "\n\n(二@@)", "11.1"),
    sat(
        "sentence twice",
        "(四@@)强化政务公开考评问责",
        "将信息公开",
        "每年@@@@至少对@@@@20%以上的下级税务机关进行检查@@,发现问题@@及@@时督促整改@@。将信息公开",
        "12.4.s4",
    ),
    sat("letter in a number", "(三@@)主动公开目录管理", "2018年@@底前@@各级", "2O18年@@底前@@各级", "7.3.s1"),
    sat("bracket not closed", "(一@@)强化税务网站", "做好@@信息公开保密审查", "做好@@（信息公开保密审查", "10.1.s2"),
)

CODES = {
    "number used twice": "V09",
    "day that does not exist": "date-impossible",
    "year mistyped": "date-far deadline-differs W10",
    "measure and column name other years": "deadline-differs",
    "lead left out": "cell-blank doubtful-merge W01",
    "wrong character of the same sound": "name-variant",
    "a time among the leads": "type-mismatch",
    "a department among the deadlines": "type-mismatch",
    "advertisement": "suspected-injected-text",
    "mark twice": "repeated-mark",
    "no mark at the end": "end-mark",
    "quotation not closed": "unbalanced-mark",
    "full-width digit": "mixed-width-character",
    "word twice": "repeated-word",
    "same words as another row": "duty-repeated",
    "share of the upper text changed": "W10 I09",
    "measure and column name other hours": "deadline-differs",
    "later than the upper limit": "W10",
    "day of the month changed": "deadline-differs",
    "name that is none": "unknown-actor",
    "traditional characters": "traditional-character",
    "garbled characters": "encoding-mishap",
    "copying slip": "W09",
    "attachment there is not": "reference-nowhere",
    "deadline misspelt": "deadline-unreadable",
    "department twice in one cell": "role-conflict",
    "blank inside a word": "stray-blank",
    "date unlike its siblings": "W04",
    "department where a unit belongs": "W08",
    "county after city": "I05",
    "responsible and supporting": "role-conflict",
    "character left out of a name": "name-variant",
    "clause number skipped": "number-gap",
    "note left out": "note-missing",
    "sentence twice": "sentence-repeated",
    "letter in a number": "confusable-character",
    "bracket not closed": "unbalanced-mark",
}
