"""Personal data stays in the raw file: masked with ▇ of the same length before anything is made of the text.

Names are masked only in tables and forms of persons (a column 姓名 or 联系人 beside one of telephones or numbers); numbers and
private addresses wherever they stand. A finding says where and how many, never which.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from loaders.blocks import Blocks, Paragraph, Table
from loaders.noise.privacy_patterns import CARD, IDENTITY, MAIL, MOBILE, personal_spans
from loaders.records import Finding, Place, Severity, Text2
from loaders.words import words
from zhengmai.masking import mask

NAME, OTHER = "name", "other"
KINDS = {
    NAME: ("姓名", "names"),
    MOBILE: ("手机号码", "mobile numbers"),
    IDENTITY: ("身份证件号码", "identity numbers"),
    CARD: ("银行卡号", "bank card numbers"),
    MAIL: ("个人邮箱", "private e-mail addresses"),
    OTHER: ("其他个人信息", "other personal data"),
}
_NAME = re.compile(r"(?<![一-鿿])[一-鿿][ \u3000]+[一-鿿](?![一-鿿])|[一-鿿·•]{2,}")
PERSONAL = ("names", "both", "private")
_LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \-]?[0-9０-９]){4}")
_LONGEST = 6  # Chinese characters without a blank that can be a name, with a title or an office before it
_LONGEST_LABEL = 40
_HEADER_ROWS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """What was masked: a span of the normalised text, its kind, and whether it stood in a table of persons."""

    start: int
    end: int
    kind: str
    place: Place
    in_register: bool = False


def mask_blocks(blocks: Blocks) -> tuple[Blocks, tuple[Hit, ...]]:
    """Return the blocks with personal data masked (every offset stays) and what was masked, in order."""
    hits = sorted((h for block in blocks.order for h in _hits(block)), key=lambda h: (h.start, h.end))
    if not hits:
        return blocks, ()
    text = mask(blocks.text, [(h.start, h.end) for h in hits])
    order = tuple(_masked(block, text) for block in blocks.order)
    paragraphs, tables = (tuple(b for b in order if isinstance(b, kind)) for kind in (Paragraph, Table))
    return replace(blocks, text=text, order=order, paragraphs=paragraphs, tables=tables), tuple(hits)  # type: ignore[arg-type]


def mask_line(text: str) -> str:
    """Return words from outside the body (a page's information block, a reader's remark) with personal numbers masked."""
    return mask(text, [(start, end) for start, end, _ in personal_spans(text)])


def privacy_findings(hits: Sequence[Hit]) -> list[Finding]:
    """Return one finding for each table and for each paragraph that held personal data; the values are not in it."""
    groups: dict[tuple[int | None, int | None], list[Hit]] = {}
    for hit in hits:
        groups.setdefault((hit.place.table, hit.place.paragraph), []).append(hit)
    return [_finding(group) for group in groups.values()]


def _finding(group: Sequence[Hit]) -> Finding:
    counts, register = Counter(h.kind for h in group), any(h.in_register for h in group)
    grave = register or counts[IDENTITY] + counts[CARD] > 0
    severity: Severity = "warning" if grave else "info"
    zh = "、".join(f"{KINDS[kind][0]} {counts[kind]} 处" for kind in KINDS if counts[kind])
    en = ", ".join(f"{counts[kind]} {KINDS[kind][1]}" for kind in KINDS if counts[kind])
    what = ("人员信息表", "A table of persons") if register else ("个人信息", "Personal data")
    place = group[0].place
    if register and place.table:
        place = Place(start=group[0].start, end=group[0].end, table=place.table, sheet=place.sheet, page=place.page)
    return Finding(
        "personal-data",
        severity,
        place,
        "",
        Text2(f"{what[0]}：{zh}，已遮盖，仅原文件保留。", f"{what[1]}: {en}; masked, only the raw file has them."),
    )


def _masked(block: Paragraph | Table, text: str) -> Paragraph | Table:
    if isinstance(block, Paragraph):
        return replace(block, text=text[block.start : block.end])
    return replace(block, rows=tuple(tuple(replace(cell, text=text[cell.start : cell.end]) for cell in row) for row in block.rows))


def _hits(block: Paragraph | Table) -> Iterator[Hit]:
    if isinstance(block, Paragraph):
        for start, end, kind in _apart(personal_spans(block.text)):
            at = (block.start + start, block.start + end)
            yield Hit(*at, kind, Place(start=at[0], end=at[1], paragraph=block.number, page=block.page))
        return
    own = _register_cells(block)
    for cell in (c for row in block.rows for c in row):
        listed = own.get((cell.row, cell.column))
        for start, end, kind in _apart([*personal_spans(cell.text), *_listed_spans(cell.text, listed)]):
            at = (cell.start + start, cell.start + end)
            place = Place(*at, cell.page, block.number, cell.row, cell.column, block.sheet, cell.name)
            yield Hit(*at, kind, place, bool(listed))


def _apart(spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Spans that touch nothing before them; of two that start together the longer."""
    last = 0
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= last:
            yield start, end, kind
        elif end > last:
            yield last, end, kind
        last = max(last, end)


def _register_cells(table: Table) -> dict[tuple[int, int], str]:
    """Return, for each cell of a table or form of persons that holds a value, what its label says it holds: names, both, private."""
    for at, row in enumerate(table.rows[:_HEADER_ROWS]):
        roles = {cell.column: role for cell in row if (role := _label(cell.text))}
        if not _says_persons(roles.values()) or any(_LONG_NUMBER.search(cell.text) for cell in row):
            continue
        below = [cell for later in table.rows[at + 1 :] for cell in later if cell.text.strip() and not _label(cell.text)]
        if below:
            return {(c.row, c.column): role for c in below if (role := roles.get(c.column, "")) in PERSONAL}
    beside = [(_label(one.text) or "", two) for row in table.rows for one, two in zip(row, row[1:], strict=False) if not _label(two.text)]
    if _says_persons(role for role, _ in beside):
        return {(cell.row, cell.column): role for role, cell in beside if role in PERSONAL}
    return {}


def _says_persons(roles: Iterable[str]) -> bool:
    found = set(roles)
    return "both" in found or ("names" in found and bool({"contacts", "private"} & found))


def _listed_spans(text: str, role: str | None) -> Iterator[tuple[int, int, str]]:
    rules = words("privacy")
    if role == "private" and (inner := text.strip()) and inner not in rules["nobody"]:
        start = text.index(inner)
        yield start, start + len(inner), OTHER
    if role in ("names", "both"):
        for hit in _NAME.finditer(text):
            is_office = len(hit[0]) > 2 and hit[0].endswith(tuple(rules["offices"]))
            is_long = len(hit[0]) > _LONGEST and "·" not in hit[0]
            if not (is_office or is_long) and hit[0] not in rules["nobody"] and not _label(hit[0]):
                yield *hit.span(), NAME


def _label(text: str) -> str | None:
    """Return names, contacts, both (联系人及电话), private or labels for a header's words, None for anything else."""
    if len(text) > _LONGEST_LABEL:
        return None
    plain = re.sub(r"[\s:：/／()]", "", unicodedata.normalize("NFKC", text))
    if not 1 < len(plain) <= 14:
        return None
    known = _labels()
    hit = _both().fullmatch(plain)
    if hit or not plain.endswith(tuple(known)):
        return "both" if hit else None
    return known.get(plain) or next(kind for word, kind in known.items() if plain.endswith(word))


@cache
def _both() -> re.Pattern[str]:
    names, contacts = ("|".join(map(re.escape, words("privacy")[kind])) for kind in ("names", "contacts"))
    return re.compile(rf".{{0,4}}(?:{names})[及和与、]?(?:{contacts})")


@cache
def _labels() -> dict[str, str]:
    rules = words("privacy")
    return {word: kind for kind in ("labels", "contacts", "names", "private") for word in sorted(rules[kind], key=len, reverse=True)}
