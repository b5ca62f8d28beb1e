"""Two more trials of planted faults, of kinds that stand in no other list: those the readers themselves must tell, by row, column and rule.

All faults of a document are planted at once, each in a row or clause of its own. ``old`` "" puts ``new`` in place of the whole cell.
"""

from __future__ import annotations

from dataclasses import dataclass

GZ, HECHI, SAT = "gz", "hechi", "sat"
CARE, BIZ, DIS, DUP = "care", "bizenv", "disability", "digital"


@dataclass(frozen=True, slots=True)
class Cell:
    """A fault in a table's cell; ``told`` is the column that must be named where it is another one."""

    document: str
    row: int
    field: str
    old: str
    new: str
    code: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A fault in running text; ``quote`` is what a finding of the code must quote a part of."""

    document: str
    old: str
    new: str
    code: str
    quote: str


CELLS = (
    Cell(GZ, 2, "number", "", "二甲", "number-order"),
    Cell(GZ, 4, "responsible", "办公室、政策", "办公室；政策", "list-mark"),
    Cell(GZ, 9, "measure", "市国税局网站", "市果税局网站", "typo-suspected"),
    Cell(GZ, 12, "responsible", "", "深圳市国家税务局", "actor-elsewhere"),
    Cell(GZ, 14, "measure", "加大", "，加大", "opening-mark"),
    Cell(GZ, 18, "lead", "", "征管和　科技发展处", "stray-blank"),
    Cell(GZ, 20, "lead", "", "收入规划核算司", "actor-elsewhere"),
    Cell(GZ, 21, "measure", "公告等。", "公告等[1]。", "reference-nowhere"),
    Cell(GZ, 23, "responsible", "", "稽査局", "traditional-character"),
    Cell(GZ, 27, "measure", "名单及", "名单（）及", "unfinished-text"),
    Cell(GZ, 31, "deadline", "", "-20个工作日", "quantity-odd"),
    Cell(GZ, 33, "measure", "做好", "【批注：请核实】做好", "unfinished-text"),
    Cell(GZ, 36, "lead", "", "办\u200b公室", "invisible-character"),
    Cell(GZ, 42, "deadline", "", "每季度", "deadline-differs"),
    Cell(GZ, 47, "measure", "“三同步”", "“四同步”", "quantity-odd"),
    Cell(GZ, 50, "measure", "实事求是", "å®žäº‹æ±‚æ˜¯", "encoding-mishap"),
    Cell(GZ, 53, "measure", "主要负责人每年", "主要负责人第五季度", "date-impossible"),
    Cell(GZ, 54, "measure", "回应工作。", "回应工作？", "end-mark"),
    Cell(GZ, 56, "measure", "调查核实", "调查\ufffd\ufffd", "encoding-mishap"),
    Cell(GZ, 59, "measure", "突发事件等", "突发事件等等等", "repeated-word"),
    Cell(GZ, 60, "measure", "5个小时内", "50个小时内", "deadline-differs", "deadline"),
    Cell(GZ, 61, "measure", "充分利用", "扫描下方二维码充分利用", "suspected-injected-text"),
    Cell(GZ, 62, "responsible", "", "#REF!", "unfinished-text"),
    Cell(GZ, 63, "measure", "建立健全", "😀建立健全", "suspected-injected-text"),
    Cell(GZ, 66, "lead", "", "纳税服务处+办公室", "list-mark"),
    Cell(GZ, 69, "measure", "沟通联系", "沟通联系（待补充）", "unfinished-text"),
    Cell(GZ, 70, "responsible", "", "王小明", "unknown-actor"),
    Cell(GZ, 71, "measure", "细化", "lorem ipsum dolor sit amet 细化", "suspected-injected-text"),
    Cell(GZ, 73, "lead", "", "局长", "unknown-actor"),
    Cell(GZ, 74, "measure", "监督作用", "监\u202e督作用", "invisible-character"),
    Cell(GZ, 76, "measure", "收集纳税人需求。", "收集纳税人需求收集纳税人需求。", "repeated-word"),
    Cell(GZ, 77, "responsible", "", "办公室、纳税服务处、相", "unknown-actor"),
    Cell(GZ, 78, "measure", "“两微一端”", "”两微一端“", "unbalanced-mark"),
    Cell(GZ, 83, "measure", "的政府信息", "的的政府信息", "repeated-word"),
    Cell(GZ, 84, "deadline", "", "=cmd|' /C calc'!A0", "deadline-unreadable"),
    Cell(GZ, 85, "deadline", "", "2018年9月至2018年3月", "date-impossible"),
    Cell(GZ, 87, "deadline", "", "——", "deadline-unreadable"),
    Cell(GZ, 88, "measure", "每年至少", "××年至少", "unfinished-text"),
    Cell(HECHI, 10, "unit", "", "国家税务总局", "actor-elsewhere"),
    Cell(HECHI, 20, "unit", "", "柳州市税务局", "actor-elsewhere"),
    Cell(HECHI, 22, "responsible", "", "法制部门/稽查部门", "list-mark"),
    Cell(HECHI, 25, "deadline", "", "2019年12月31日（星期五）前完成", "date-impossible"),
    Cell(HECHI, 26, "measure", "总数的5%", "总数的500%", "quantity-odd"),
    Cell(HECHI, 27, "deadline", "", "二〇二九年十二月三十一日前", "date-far"),
    Cell(HECHI, 28, "measure", "1个月内", "1年内", "deadline-differs", "deadline"),
    Cell(HECHI, 28, "deadline", "后1个月内", "前1个月内", "deadline-differs"),
    Cell(HECHI, 13, "task", "公示制度", "公开制度", "typo-suspected"),
    Cell(HECHI, 16, "measure", "税收减免信息公告", "欠税信息公告", "duty-repeated"),
    Cell(HECHI, 30, "deadline", "", "19年6月底前", "date-impossible"),
    Cell(CARE, 5, "measure", "100元", "-100元", "quantity-odd"),
    Cell(CARE, 8, "measure", "至少建成1个综合养老服务中心", "建成综合养老服务中心10个（其中城区6个、农村5个）", "quantity-odd"),
    Cell(CARE, 9, "task", "", "设施建没", "typo-suspected"),
    Cell(GZ, 66, "measure", "", "参照序号120的要求，做好舆情监测。", "reference-nowhere"),
    Cell(GZ, 69, "measure", "在立足网站", '=HYPERLINK("http://x.example/a","点此查看")在立足网站', "suspected-injected-text"),
    Cell(CARE, 16, "measure", "选择2家", "选择0家", "quantity-odd"),
    Cell(CARE, 18, "measure", "75%", "175%", "quantity-odd"),
    Cell(CARE, 19, "lead", "", "市医宝局", "name-variant"),
    Cell(CARE, 25, "supporting", "", "市民正局", "name-variant"),
    Cell(CARE, 27, "supporting", "", "人民银行锦源中心支行", "name-variant"),
    Cell(CARE, 33, "deadline", "", "2022年6月2022年6月", "repeated-word"),
    Cell(BIZ, 18, "responsible", "", "市市场监菅局", "name-variant"),
    Cell(BIZ, 23, "responsible", "", "市教育局市卫生健康委", "missing-punctuation"),
    Cell(BIZ, 24, "task", "", "获得信贷", "label-astray"),
    Cell(BIZ, 33, "deadline", "", "2203年9月底", "date-far"),
    Cell(DIS, 27, "measure", "0—15岁", "15—0岁", "quantity-odd"),
    Cell(DIS, 34, "lead", "", "市残联、市残联", "role-conflict"),
)
WORDS = (
    Words(SAT, "(国办发〔2016〕80号)", "(国办发〔2106〕80号)", "date-far", "2106"),
    Words(SAT, "现将《全面推进政务公开工作实施办法》", "现将《全面推进政务公开工作实施细则》", "reference-nowhere", "实施细则"),
    Words(SAT, "各级税务机关要定期抽查,", "各级税务机关要按照本办法二(七)的规定定期抽查,", "reference-nowhere", "本办法二(七)"),
    Words(SAT, "编制发布办税指南", "编制编制发布办税指南", "repeated-word", "编制编制"),
    Words(SAT, "(征管和科技发展司牵头", "(征管和科枝发展司牵头", "name-variant", "征管和科枝发展司"),
    Words(SAT, "做好对外联系电话公开,", "做好对外联系电话公开+澳门新葡京棋牌官网下载,", "suspected-injected-text", "澳门新葡京"),
    Words(SAT, "推行行政执法公示制度,", "推行行政执法公示制度，。", "repeated-mark", "，。"),
    Words(SAT, "20%以上", "20%%以上", "repeated-mark", "%%"),
    Words(SAT, "(财务管理司牵头落实)", "(财务管理司牵头牵头落实)", "repeated-word", "牵头牵头"),
    Words(SAT, "每年3月31日前", "每年月31日前", "quantity-odd", "每年月"),
    Words(SAT, "在24小时内举行", "在24内举行", "quantity-odd", "在24内"),
    Words(SAT, "(二)做好回应处置。建立健全", "(二)建立健全", "heading-missing", "(二)"),
    Words(SAT, "税务总局于2017年底前", "税务总局于2017年13月底前", "date-impossible", "13月底"),
    Words(SAT, "“六能”型", "“五能”型", "quantity-odd", "五能"),
    Words(SAT, "(一)强化税务网站建设和管理。", "(一)强化税务网站建设和管理。【图片】", "suspected-injected-text", "【图片】"),
    Words(DUP, "建立健全数据分类分级保护", "，建立健全数据分类分级保护", "opening-mark", "，"),
)
