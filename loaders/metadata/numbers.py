"""文号: 国办发〔2018〕118号, 国务院令第711号, 公告2018年第31号, however they are bracketed; one normal form for all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loaders.blocks import Paragraph
from loaders.outline.numbering import number_value
from loaders.words import words

_D = r"[\d０-９]"
_NAME = r"[\u4e00-\u9fffA-Za-zＸX×]{1,14}?"
_OPEN, _CLOSE = r"[〔\[［(（【﹝〈<{﹙]", r"[〕\]］)）】﹞〉>}﹚]"
NUMBER = re.compile(rf"({_NAME})\s*{_OPEN}\s*([12]{_D}{{3}}|[１２][０-９]{{3}})\s*年?\s*{_CLOSE}\s*第?\s*({_D}{{1,5}})\s*号")
DECREE = re.compile(rf"([\u4e00-\u9fff]{{2,20}}?令)\s*[（(]?\s*第?\s*({_D}{{1,4}}|[一二三四五六七八九十百零〇]{{1,6}})\s*号")
NOTICE = re.compile(rf"([\u4e00-\u9fff]{{2,30}}?公告|公告)\s*[（(]?\s*([12]{_D}{{3}})\s*年?\s*[）)]?\s*第\s*({_D}{{1,4}})\s*号")
_ALONE = re.compile(rf"第\s*({_D}{{1,4}}|[一二三四五六七八九十百零〇]{{1,6}})\s*号")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A 文号 and where it stands."""

    number: str
    start: int
    end: int


def normal_number(name: str, year: str, number: str) -> str:
    """Return the normal form: full-width digits folded, 〔〕 brackets, no leading zeros, 第 or blanks.

    >>> normal_number("国办发", "２０１８", "118")
    '国办发〔2018〕118号'
    """
    return f"{_plain(name)}〔{_plain(year)}〕{int(_plain(number))}号"


def find_number(text: str, at: int = 0, *, here: bool = False) -> FoundNumber | None:
    """Return the first 文号 of a text from ``at`` on; with ``here`` only one that begins there."""
    hits = [(hit, form) for pattern, form in _FORMS if (hit := pattern.match(text, at) if here else pattern.search(text, at))]
    found = [_found(hit, form, here) for hit, form in hits]
    return min(found, key=lambda f: (f.start, -f.end)) if found else None


def all_numbers(text: str) -> list[FoundNumber]:
    """Return every 文号 of a text in order."""
    lines = [hit.span() for hit in re.finditer(r"[^\n]*号[^\n]*", text)]  # each form ends in 号; most lines have none
    found = [_found(hit, form, False) for span in lines for pattern, form in _FORMS for hit in pattern.finditer(text, *span)]
    return sorted(found, key=lambda f: (f.start, f.end))


def own_number(front: Sequence[Paragraph]) -> tuple[FoundNumber | None, list[Paragraph]]:
    """Return the document's own 文号 and the lines that are it: one alone in the head, in brackets, or split as 某令 / 第7号."""
    for at, paragraph in enumerate(front):
        line = paragraph.text.strip()
        bare = re.sub(r"^(?:文号|发文字号|字号|编号)\s*[:：]\s*", "", line)
        bare = re.split(r"[\s\u3000]{2,}(?=签发人)|\s*签发人", bare)[0].strip()
        inner = bare[1:-1].strip() if re.fullmatch(r"[（(].*[）)]", bare) else bare
        hit = find_number(inner, here=True)
        if hit and hit.end >= len(inner) and len(inner) <= 40:
            begin = paragraph.start + paragraph.text.find(inner)
            return FoundNumber(hit.number, begin, begin + len(inner)), [paragraph]
        alone = _ALONE.fullmatch(inner)
        if alone and at and re.search(r"(?:令|公告|命令)$", front[at - 1].text.strip()):
            above = front[at - 1]
            name = re.sub(r"^中华人民共和国", "", _plain(above.text))
            return FoundNumber(f"{name}第{_count(alone[1])}号", above.start, paragraph.end), [above, paragraph]
    return _made_by(front), []


def _made_by(front: Sequence[Paragraph]) -> FoundNumber | None:
    """Return the decree that the line below a title tells of (2021年9月1日某市人民政府令第9号公布), the last of several."""
    for paragraph in front:
        if re.fullmatch(words("documents")["made_note"], paragraph.text.strip()) and (told := list(DECREE.finditer(paragraph.text))):
            hit = told[-1]
            name = re.sub(r"^.*[日月年]", "", hit[1])
            start = paragraph.start + hit.start() + len(hit[1]) - len(name)
            return FoundNumber(_decree(name, hit.groups()[1:]), start, paragraph.start + hit.end())
    return None


def _found(hit: re.Match[str], form: Callable[[str, Sequence[str]], str], here: bool) -> FoundNumber:
    cut = 0 if here else _verbs_end(hit[1])
    return FoundNumber(form(hit[1][cut:], hit.groups()[1:]), hit.start() + cut, hit.end())


def _bracketed(name: str, rest: Sequence[str]) -> str:
    return normal_number(name, rest[0], rest[1])


def _decree(name: str, rest: Sequence[str]) -> str:
    return f"{re.sub('^中华人民共和国', '', _plain(name))}第{_count(rest[0])}号"


def _notice(name: str, rest: Sequence[str]) -> str:
    return f"{_plain(name)}{_plain(rest[0])}年第{_count(rest[1])}号"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, Sequence[str]], str]], ...] = (
    (NUMBER, _bracketed),
    (DECREE, _decree),
    (NOTICE, _notice),
)


def _verbs_end(name: str) -> int:
    """A number in a sentence may have the verb and the joining words before it taken along (根据国发): where its own words begin."""
    state = name.find("中华人民共和国")
    if state >= 0:
        return state + len("中华人民共和国")
    rules = words("documents")
    joined = [*rules["carries_out"], *rules["based_on"], *rules["mentions"], *rules["before_number"]]
    return max((at + len(word) for word in joined if (at := name.rfind(word)) >= 0 and at + len(word) < len(name)), default=0)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _count(text: str) -> int:
    return number_value(_plain(text))
