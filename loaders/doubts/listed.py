"""A number beside a list of another length: 市、县、乡、村三级联动, “…”五方议事会 with four, 以下五类 with four, “四个一” with three."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.outline.numbering import number_value
from loaders.records import Extraction, Finding, Severity
from loaders.words import words

_COUNT = "([二两三四五六七八九十])"
_ITEM = r"[一-鿿A-Za-z（）()]{1,16}"
_MARKS = "一二三四五六七八九十"
Told = tuple[int, int, int, int, Severity]  # where the number stands, how many it says, how many are listed


def listed_doubts(document: Extraction) -> Iterator[Finding]:
    text = document.text
    seen: set[int] = set()
    for start, end, said, listed, severity in (
        *_levels(text),
        *_sides(text),
        *_before(text),
        *_ones(text),
        *_enumerated(text),
        *_tiers(text),
        *_named(text),
    ):
        if said != listed and start not in seen:
            seen.add(start)
            told = f"写的是“{text[start:end]}”，列出的是 {listed} 项。", f"It says {text[start:end]}, and {listed} are listed."
            yield at_text("quantity-odd", severity, document, start, end, told)


def _value(han: str) -> int:
    return 2 if han == "两" else number_value(han)


def _levels(text: str) -> Iterator[Told]:
    """省、市、县三级; with or without marks, each with other words for it in brackets (县（市、区））."""
    level = rf"(?:{words('doubts')['level_words']})(?:[（(][^（()）\n]{{1,12}}[）)])?级?"
    for hit in re.finditer(rf"(?<![一-鿿])?((?:{level}[、和及与到至—\-]?)+){_COUNT}级", text):
        listed = re.findall(level, hit[1])
        if len(listed) >= 2 and not re.search("[到至—-]", hit[1]):  # 省到村五级 leaves some out
            yield hit.start(2), hit.end(), _value(hit[2]), _single(listed), "warning"


def _single(listed: list[str]) -> int:
    """Count levels written as one word twice (市县, 区县, 村组)."""
    both = {"市县", "区县", "县区", "村组"}
    return sum(2 if one in both and len(listed) <= 3 else 1 for one in listed)


def _sides(text: str) -> Iterator[Told]:
    """A list right before its number: “居委会、业委会、物业”三方, 建设、勘察、设计三方主体."""
    things = words("doubts")["counted_things"]
    for hit in re.finditer(rf"“({_ITEM}(?:、{_ITEM}){{1,9}})”(?:等)?(?:这|的)?{_COUNT}(?:{things})", text):
        yield hit.start(2), hit.end(), _value(hit[2]), _near(hit[1], _value(hit[2])), "warning"
    bodies = words("doubts")["counted_bodies"]
    for hit in re.finditer(rf"(?:下设|设立|成立|组建|分设|设)([^，。；：:\n\t“”等]{{3,80}}?){_COUNT}个(?:{bodies})", text):
        if hit[1].count("、") > 1:
            yield hit.start(2), hit.end(), _value(hit[2]), _near(hit[1], _value(hit[2])), "warning"
    for hit in re.finditer(
        rf"(?<=[，。；：:\n\t（(])([^，。；：:\n\t“”]{{3,80}}?、[^，。；：:\n\t“”]{{1,40}}?)(?:这|等)?{_COUNT}(方|大?类(?!似)|个环节|个阶段)",
        text,
    ):
        if "等" in hit[1] or re.search("[第每前后]$", hit[1]) or hit[1].count("、") < 2:
            continue
        value = _value(hit[2])
        listed = _near(hit[1], value)
        if listed < value:  # more may begin with another list
            yield hit.start(2), hit.end(), value, listed, "info"


def _near(words_: str, said: int) -> int:
    """Count a list; 和 joins its last two where that makes the number right."""
    plain = re.sub(r"[（(][^（()）]*[）)]", "", words_)
    marks = plain.count("、") + 1
    joined = marks + len(re.findall("以及|[和与及](?!谐|平)", plain))
    return said if said in (marks, joined) else marks


def _before(text: str) -> Iterator[Told]:
    """以下五类：A、B、C, 四个方面（A、B、C）: the list stands behind its number and ends with the bracket or the sentence."""
    things = words("doubts")["counted_things"]
    for hit in re.finditer(
        rf"(?:以下|下列|如下|包括|分为?){_COUNT}(?:{things})[一-鿿]{{0,6}}[:：]([^。；:：\n\t（()）]{{3,120}})(?=[。；\n\t]|$)", text
    ):
        yield from _list_behind(hit)
    for hit in re.finditer(rf"(?<![第前后上下每]){_COUNT}(?:{things})[一-鿿]{{0,8}}[（(]([^。；:：\n\t（()），,]{{5,120}})[）)]", text):
        yield from _list_behind(hit)


def _list_behind(hit: re.Match[str]) -> Iterator[Told]:
    value, words_ = _value(hit[1]), hit[2]
    if words_.count("、") >= 1 and not re.search("等|其他|含|不含|除", words_) and not re.search("[，,]", words_):
        yield hit.start(1), hit.end(1) + 1, value, _near(words_, value), "warning"


def _ones(text: str) -> Iterator[Told]:
    """“四个一”: an equal number of 一个…, 一张…, listed in brackets or behind a colon."""
    for hit in re.finditer(
        rf"“?{_COUNT}个一”?[一-鿿]{{0,6}}(?:[（(]即?([^（()）\n]{{4,120}})[）)]|[:：，,]?即[:：]?([^。；\n]{{4,120}}))", text
    ):
        items = re.split("[、，,]", hit[2] or hit[3])
        if all(item.strip().startswith("一") for item in items):
            yield hit.start(1), hit.end(1) + 2, _value(hit[1]), len(items), "warning"


def _enumerated(text: str) -> Iterator[Told]:
    """三个方面：一是…；二是…: as many as are called, and none more; a list that is cut by a paragraph may run on."""
    for hit in re.finditer(
        rf"(?:以下|如下|下列|突出|抓好|做好|强化|坚持|实施){_COUNT}(?:个方面|方面|项[一-鿿]{{1,4}}|个[一-鿿]{{1,4}})[^。；\n\t]{{0,12}}[:：。]",
        text,
    ):
        line = text[hit.end() : (text.find("\n", hit.end()) + 1 or len(text) + 1) - 1].partition("\t")[0]
        marks = re.findall(r"(?:^|(?<=[。；;：:，,]))([一二三四五六七八九十])是", line)
        if len(marks) >= 2 and "".join(marks) == _MARKS[: len(marks)]:
            yield hit.start(1), hit.end(1) + 1, _value(hit[1]), len(marks), "warning"


def _tiers(text: str) -> Iterator[Told]:
    """以市医院为龙头、县医院为骨干、乡镇卫生院为基础的三级服务网: one level for each 为."""
    for hit in re.finditer(rf"以([^，。；：:\n\t]{{6,80}}?为[一-鿿]{{2}})的?{_COUNT}级(?!以|及|甲|医院)", text):
        listed = [re.search("为[一-鿿]{2}$", item) for item in hit[1].split("、")]
        if len(listed) > 1 and all(listed):
            yield hit.start(2), hit.end(), _value(hit[2]), len(listed), "warning"


def _named(text: str) -> Iterator[Told]:
    """绿源、天润两家龙头企业, 青禾、大柳、三岔河3个乡镇: names right before the number of them."""
    count = "([2-9]|[两二三四五六七八九])"
    places = "(?:重点|主产)?(?:乡镇|镇|乡|街道|社区|行政村|村(?!民|级)|县(?!级))"
    for hit in re.finditer(
        rf"(?<=[，。；：:\n\t]|[一-鿿])([一-鿿]{{2,10}}(?:、[一-鿿]{{2,5}}){{1,6}}){count}(家(?!庭)|个[一-鿿]{{0,4}}{places})", text
    ):
        before = re.split(r"[，。；：:\n\t]", text[max(0, hit.start() - 30) : hit.start()])[-1]
        value, listed = int(hit[2]) if hit[2].isdigit() else _value(hit[2]), hit[1].count("、") + 1
        if "等" not in hit[1] and "、" not in before and listed != value and not re.search("[和与及]", hit[1]):
            yield hit.start(2), hit.end(), value, listed, "info"
