"""Who issued a document and to whom it is written: signature lines, the red head, the title's opening, 主送机关."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.actors.places import locate
from loaders.blocks import Paragraph
from loaders.metadata.dates import DATE
from loaders.words import words

_SEAL = re.compile(r"[（(](?:公?章|盖章|代章|印章?|签章)[）)]")
_PERSON = re.compile(
    r"(?:总理|主席|主任|部长|署长|局长|厅长|省长|市长|州长|盟长|区长|县长|镇长|院长|检察长|行长|委员长)"
    r"[\s\u3000]+\S{1,4}(?:[\s\u3000]\S{1,2})*"
)
_TO_END = re.compile(
    r"(?:政府|部门|机构|单位|机关|企业|院校|学校|街道|街镇|镇街|园区|组织|团体|集团|公司|银行|人员|协会|中心|法院|检察院|办事处|管委会|公署|兵团|军区"
    r"|[局委厅办处会部室院署行校所站队镇乡区县市州盟旗组社馆])(?:[（(][^（()）]*[）)])?(?:等)?$"
)
_NOT_TO = re.compile(
    r"如下|以下|下列|包括|现将|就是|要求|意见|通知|附件|说明|备注|注意"
    r"|事项|依据|原则|目标|牵头|责任|配合|时限|联系|抄送|报送[:：]"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines that sign, the names on them, the date's words with their place."""

    lines: tuple[Paragraph, ...] = ()
    names: tuple[tuple[str, int, int], ...] = ()
    date: tuple[str, int, int] | None = None


def read_signature(paragraphs: Sequence[Paragraph]) -> Signature:
    """Return who signed and when: a line that is a date, with the names above it or on it. One with names goes before one without."""
    found: list[Signature] = []
    for at, paragraph in enumerate(paragraphs):
        hit = DATE.search(paragraph.text)
        if not hit or paragraph.text[hit.end() :].strip("）) \u3000"):
            continue
        before = paragraph.text[: hit.start()].strip("（( \u3000")
        on_line = _names(paragraph, before) if before else ()
        if before and not on_line:
            continue
        above, names = _above(paragraphs[max(0, at - 24) : at]) if not on_line else ([], ())
        date = (hit[0], paragraph.start + hit.start(), paragraph.start + hit.end())
        found.append(Signature((*above, paragraph), (*names, *on_line), date))
        if found[-1].names:
            return found[-1]
    return found[0] if found else Signature()


def _above(before: Sequence[Paragraph]) -> tuple[list[Paragraph], tuple[tuple[str, int, int], ...]]:
    lines: list[Paragraph] = []
    names: list[tuple[str, int, int]] = []
    for line in reversed(before):
        if _PERSON.fullmatch(line.text.strip()):
            lines.insert(0, line)
            continue
        here = _names(line, line.text)
        if not here or len(line.text) > 120:
            break
        lines.insert(0, line)
        names = [*here, *names]
    return (lines, tuple(names)) if names else ([], ())


def _names(line: Paragraph, text: str) -> tuple[tuple[str, int, int], ...]:
    """The authorities a line consists of, each with its place; () when it holds anything else."""
    if re.search(r"[，。；：:,;《》]", text):
        return ()
    found, at = [], line.text.find(text)
    for name in authority_names(_SEAL.sub("", text)):
        begin = line.text.find(name, at)
        place = (line.start + begin, line.start + begin + len(name)) if begin >= 0 else (line.start, line.end)
        found.append((name, *place))
        at = max(at, begin + len(name))
    return tuple(found)


def authority_names(text: str) -> tuple[str, ...]:
    """Return the authorities a line consists of, split at blanks and 、; a name set with blanks between its letters is joined.

    >>> authority_names("教育部　财政部"), authority_names("国 务 院 办 公 厅"), authority_names("切实加强领导")
    (('教育部', '财政部'), ('国务院办公厅',), ())
    """
    parts = [part for part in re.split(r"[\s\u3000、]+", text.strip()) if part]
    if not parts:
        return ()
    if any(len(part) <= 2 and not ends_like_authority(part) or len(part) == 1 for part in parts):
        parts = ["".join(parts)]
    if all(2 <= len(part) <= 40 and ends_like_authority(part) for part in parts):
        return tuple(name for part in parts for name in _party_and_government(part))
    return ()


def _party_and_government(name: str) -> tuple[str, ...]:
    """中共某市委某市人民政府, printed without a blank, are two."""
    hit = re.fullmatch(r"((?:中共)?(.{1,12}[省市区县州盟旗])委(?:办公[厅室])?)(\2人民政府(?:办公[厅室])?)", name)
    return (hit[1], hit[3]) if hit else (name,)


def ends_like_authority(name: str) -> bool:
    rules = words("documents")
    return any(name.endswith(e) for e in rules["authority_endings"]) and not any(name.endswith(e) for e in rules["not_authority_endings"])


def issuers_of_title(title: str) -> tuple[str, ...]:
    """The authorities a title begins with (rule authority-from-title): all before 关于 or 印发, else the shortest name, 4 or longer."""
    rules = words("documents")
    title = re.split("|".join(rules["title_verbs"]), title, maxsplit=1)[0]
    head = re.split(r"关于|印发|转发|批转|发布|公布", title, maxsplit=1)
    if len(head) > 1:
        names = authority_names(re.sub(r"等?[一二三四五六七八九十\d]*(?:个)?(?:部门|单位)$", "", head[0]) if "等" in head[0] else head[0])
        if names:
            return names
    for end in range(4, min(len(title), 30) + 1):
        name = title[:end]
        if re.search(r"[\d“”\"《（(]", name):
            break
        if not ends_like_authority(name) or any(
            title.startswith(e, end - k) for e in rules["not_authority_endings"] for k in range(1, len(e))
        ):
            continue
        longer = next((title[: end + len(e)] for e in rules["authority_endings"] if title.startswith(e, end)), None)
        return (_local_office(title, longer or name),)
    return ()


def _local_office(title: str, parent: str) -> str:
    """The local office printed behind the name of its parent (国家税务总局某省税务局), else the parent."""
    ends = words("actors")["parents"].get(parent, ())
    place = locate(title[len(parent) :]) if ends else None
    if place is None or place.start != 0:
        return parent
    at = len(parent) + place.end
    return next((title[: at + len(end)] for end in ends if title.startswith(end, at)), parent)


def red_head(line: str) -> tuple[str, ...]:
    """Return the authorities of a red head (某市人民政府文件), () for any other line."""
    plain = re.sub(r"[\s\u3000]", "", line)
    return authority_names(re.sub(r"[\s\u3000]*文[\s\u3000]*件$", "", line.strip())) if plain.endswith("文件") and len(plain) <= 60 else ()


def read_addressees(front: Sequence[Paragraph]) -> tuple[Paragraph | None, tuple[str, ...]]:
    """The line before the body that ends with a colon and consists of names says who is written to (主送机关)."""
    for paragraph in front:
        line = paragraph.text.strip()
        if not line.endswith((":", "：")) or len(line) < 3 or _NOT_TO.search(line) or re.search(r"[。！？]", line):
            continue
        named = [part for part in re.split(r"[，,、；;]", re.sub(r"[（(][^（()）]*[）)]", "", line[:-1])) if part.strip()]
        if named and _TO_END.search(named[-1].strip()) and 2 * sum(bool(_TO_END.search(p.strip())) for p in named) >= len(named):
            return paragraph, tuple(part.strip() for part in re.split(r"[，,；;]", line[:-1]) if part.strip())
    return None, ()
