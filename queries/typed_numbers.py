"""Numbers as people type them, as ids: 5.2, 五(二), 第五部分第(二)项, 第五章第二条 → 5.2; 五(二)第1句 → 5.2.s1; 第27项, 任务27 → 27;
第9项后未编号行 → 9-u1.
"""

from __future__ import annotations

import re
import unicodedata

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
NUMBER = r"[〇零一二三四五六七八九十百两0-9]+"
PART = re.compile(rf"第?[(]?({NUMBER})[)]?(?:部分|章|节|条|款|项|目)?[、.]?")
SENTENCE = re.compile(rf"(?:\.s|第)({NUMBER})句?$")
BRACKETED = re.compile(rf"第?[(]{NUMBER}[)](?:款|项|目)?")
TASK = re.compile(rf"(?:任务|序号|row|task|no[.]?)?第?({NUMBER})(?:项|号|行|条)?(?:任务)?")
UNNUMBERED = re.compile(rf"第?({NUMBER})项后(?:第({NUMBER})个)?未编号行|([0-9]+)[-–—_]?u([0-9]+)")


def clause_id(typed: str) -> str | None:
    """Return the id a typed clause number stands for, None when it is no such number.

    A number in brackets alone, (二), stands under some section: it is no whole number.

    >>> clause_id("第五部分第（二）项"), clause_id("5.2.s1"), clause_id("五二"), clause_id("（二）")
    ('5.2', '5.2.s1', None, None)
    """
    text = _narrow(typed)
    if BRACKETED.fullmatch(text):
        return None
    sentence = SENTENCE.search(text) if text.endswith("句") or ".s" in text else None
    rest, parts = text[: sentence.start()] if sentence else text, []
    while rest:
        met = PART.match(rest)
        value = number(met[1]) if met else None
        if met is None or value is None:
            return None
        parts.append(str(value))
        rest = rest[met.end() :]
    last = number(sentence[1]) if sentence else None
    if not parts or (sentence and last is None):
        return None
    return ".".join(parts) + (f".s{last}" if sentence else "")


def task_id(typed: str) -> str | None:
    """Return the id a typed row number stands for, as it is said or cited; None when it is no such number.

    >>> task_id("第27项"), task_id("任务27"), task_id("第9项后未编号行"), task_id("第9项后第2个未编号行"), task_id("五(二)")
    ('27', '27', '9-u1', '9-u2', None)
    >>> task_id("9u1"), task_id("9–u1")
    ('9-u1', '9-u1')
    """
    text = _narrow(typed).casefold()
    if met := UNNUMBERED.fullmatch(text):
        after, which = number(met[1] or met[3]), number(met[2] or met[4] or "1")
        return f"{after}-u{which}" if after is not None and which else None
    met = TASK.fullmatch(text)
    value = number(met[1]) if met else None
    return None if value is None else str(value)


def number(text: str) -> int | None:
    """Return the value of 12, 十二, 二十 or 一百零三; None for anything else, such as 五二.

    >>> [number(text) for text in ("十", "十二", "二十", "一百零三", "五二", "12")]
    [10, 12, 20, 103, None, 12]
    """
    if text.isascii():
        return int(text) if text.isdigit() and len(text) < 10 else None
    if text in DIGITS:
        return DIGITS[text]
    met = re.fullmatch(r"(?:([一二两三四五六七八九])百零?)?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", text)
    if not met or not text:
        return None
    hundreds, tens, ten, ones = met.groups()
    return 100 * DIGITS.get(hundreds, 0) + (10 * (DIGITS[tens] if tens else 1) if ten else 0) + DIGITS.get(ones, 0)


def published_forms(typed: str) -> list[str]:
    """Return the spellings under which a number may stand in the graph: as typed, without blanks, narrow and wide brackets."""
    narrow = _narrow(typed)
    return list(dict.fromkeys([typed, narrow, narrow.replace("(", "（").replace(")", "）")]))


def _narrow(typed: str) -> str:
    return "".join(unicodedata.normalize("NFKC", typed).split())
