"""A part larger than its whole: 共建成10个，其中农村12个; 领导每年2次, 主要负责人3次; shares of one whole that make more than 100 %.

Only where 其中, 合计 or the same words of the act make it sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words

CODE = "quantity-odd"
_F = r"(\d+(?:\.\d+)?)"
_SENTENCE = re.compile(r"[^。；;\n\t]+")
_PART = r"(?<![\d.每第])(\d+(?:\.\d+)?)(?:余|多)?"
_SHARE = re.compile(r"占(?:比)?(?:为|达到?|约)?(\d+(?:\.\d+)?)[%％]")
_OFTEN = re.compile(r"([一-鿿]{2,12}?)((?:每年|每半年|每季度|每月|每周|全年)[一-鿿]{0,8}?)(\d{1,3})(次|场|篇|天|个|家|户)([一-鿿]{4,30})")


def whole_doubts(document: Extraction) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(document.text):
        if any(char.isdigit() for char in sentence[0]):
            yield from _among(document, sentence)
            yield from _shares(document, sentence)
            yield from _of_persons(document, sentence)


def _among(document: Extraction, sentence: re.Match[str]) -> Iterator[Finding]:
    """N个…，其中A a个、B b个: one part or all of them beyond the whole."""
    units = words("doubts")["parts_units"]
    head, among, rest = sentence[0].partition("其中")
    wholes = list(re.finditer(rf"(?<![\d.—-]){_F}(?:余|多)?({units})", head))
    if not among or not wholes or "其中" in rest:
        return
    whole = wholes[-1]
    between = head[whole.end() :]
    if len(between) > 24 or re.search(r"\d|每|各|分别", between) or re.search("每[一-鿿]{0,6}$|各$", head[: whole.start()]):
        return
    parts = []
    for piece in re.split("[、，,]", rest):
        found = list(re.finditer(rf"{_PART}{re.escape(whole[2])}(?!以[上下])", piece))
        if not found or re.search("每|不少于|新增|累计|各|均|共|提高|增加|达到|到\\d{4}年", piece):
            break
        parts.append((float(found[0][1]), piece, found[0][0]))
    total = sum(value for value, _, _ in parts)
    if total > float(whole[1]):
        said = f"其中各部分合计 {total:g}{whole[2]}，多于总数 {whole[1]}{whole[2]}。", f"The parts make {total:g}, the whole is {whole[1]}."
        start = sentence.start() + len(head)
        yield at_text(CODE, "warning", document, start, start + 2 + sum(len(piece) + 1 for _, piece, _ in parts) - 1, said)


def _shares(document: Extraction, sentence: re.Match[str]) -> Iterator[Finding]:
    """其中A占60%、B占50%."""
    for run in re.finditer(r"(?:其中|分别)[^。；]*", sentence[0]):
        shares = [float(found[1]) for found in _SHARE.finditer(run[0])]
        if len(shares) > 1 and sum(shares) > 100 and run[0].count("占") == len(shares):
            said = f"各部分占比合计 {sum(shares):g}%，超过 100%。", f"The shares make {sum(shares):g} %."
            start = sentence.start() + run.start()
            yield at_text(CODE, "info", document, start, start + len(run[0].rstrip()), said)


def _of_persons(document: Extraction, sentence: re.Match[str]) -> Iterator[Finding]:
    """主要负责人每年至少参加3次X beside 领导每年至少参加2次X: the same act, done oftener by one of them than by all."""
    rules = words("doubts")
    for part, whole in permutations(_OFTEN.finditer(sentence[0]), 2):
        same = part[2] == whole[2] and part[4] == whole[4] and part[5][:6] == whole[5][:6]
        one, all_ = re.search(rules["one_of_leaders"], part[1]), re.search(rules["all_leaders"], whole[1])
        if same and one and all_ and not re.search(rules["one_of_leaders"], whole[1]) and int(part[3]) > int(whole[3]):
            said = (
                f"“{one[0]}”{part[3]}{part[4]}，多于“{all_[0]}”合计的 {whole[3]}{whole[4]}。",
                f"{one[0]}: {part[3]}, more than all of {all_[0]} together ({whole[3]}).",
            )
            start = sentence.start() + part.start(2)
            yield at_text(CODE, "info", document, start, sentence.start() + part.end(4), said)
