"""Who signs against who is named: the title, the document's number, those written to (局内各单位 under the name of a 部)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.actors.authorities import is_subsequence, same_body
from loaders.actors.places import locate
from loaders.doubts.telling import at_text
from loaders.metadata.names import issuers_of_title
from loaders.metadata.titles import bare
from loaders.records import Extraction, Finding
from loaders.words import words

CODE = "issuer-conflict"
OFTEN = 3  # times a body of the field written to is named
_OWN_UNITS = re.compile(
    r"(?:^|[、，,])(局|部|委|厅|署|行)(?:内|机关)?(?:各|有关)(?:单位|司局|处室|部门|处|科室|司|直属)|(?:^|[、，,])(局|部|委|厅|署)[内属]"
)
_RANK = re.compile(r"(?:人民)?(?:政府)?(?:办公[厅室]|总局|委员会|管委会|领导小组|[局厅部委署办会院行])$")


def signatory_doubts(document: Extraction) -> Iterator[Finding]:
    line = _signature(document)
    if line is None:
        return
    signed = document.meta.issuers
    for said in (_title(document, signed), _number(document, signed), _written_to(document, signed)):
        if said:
            yield at_text(CODE, "warning", document, *line, said)
            return


def _signature(document: Extraction) -> tuple[int, int] | None:
    """The line on which the first of the issuers stands alone, above or on the line of the date."""
    for name in document.meta.issuers[:1]:
        spaced = r"[\s\u3000]*".join(map(re.escape, name))
        for hit in re.finditer(rf"(?:^|\n)[ \t\u3000]*({spaced})(?![^\n\d]{{3,}}(?:$|\n)|文件)", document.text):
            after = document.text[hit.end(1) : hit.end(1) + 160]
            if re.match(
                r"(?:[（(][^（()）\n]{1,6}[）)])?[^\n，。：]{0,80}(?:\n[^\n，。：]{2,40}){0,6}?[\s\u3000]*[（(]?(?:[12]\d{3}|二[〇零○O0])",
                after,
            ):
                return hit.span(1)
    return None


def _core(name: str) -> str:
    """Return what a body is for: 财政 of 广州市财政局, "" of a government."""
    found = locate(name)
    rest = name[found.end :] if found and found.start == 0 else name
    rest = re.sub(r"^(?:中共|中国共产党|国家|中华人民共和国)", "", rest)
    return _RANK.sub("", _RANK.sub("", rest))


def _alike(one: str, other: str) -> bool:
    """Return whether two fields may be one: they share two characters that stand together, or one is a short form of the other."""
    if not one or not other:
        return True
    pairs = {one[at : at + 2] for at in range(len(one) - 1)}
    short, long = sorted((one, other), key=len)
    return any(pair in other for pair in pairs) or is_subsequence(short, long)


def _title(document: Extraction, signed: tuple[str, ...]) -> tuple[str, str] | None:
    """The notice's own title, else the document's where no sentence passes it on, begins with another body."""
    passed_on = re.search(rf"《[^《》]*{re.escape(bare(document.meta.title))}", document.text) if document.meta.title else None
    title = document.meta.notice or ("" if passed_on else document.meta.title)
    named = issuers_of_title(title) if re.search("关于|印发|转发", title) else ()
    if not named or any(same_body(a, b) or a in b or b in a or _alike(_core(a), _core(b)) for a in named for b in signed):
        return None
    who = "、".join(named)
    return f"标题中的发文机关是“{who}”，落款不是。", f"The title names {who}; another body signs."


def _number(document: Extraction, signed: tuple[str, ...]) -> tuple[str, str] | None:
    number = document.meta.number or ""
    for mark, bodies in words("doubts")["number_marks"].items():
        if re.match(rf"{mark}[一-鿿]{{0,3}}〔", number):
            if any(re.search(bodies, name) for name in signed):
                return None
            return f"文号“{number}”不是落款机关的代字。", f"The number {number} is not of the body that signs."
    return None


def _written_to(document: Extraction, signed: tuple[str, ...]) -> tuple[str, str] | None:
    to = "、".join(document.meta.addressees)
    units = _OWN_UNITS.search(to)
    if units and not any(_ranked(name, units[1] or units[2]) for name in signed):
        kind = units[1] or units[2]
        return (
            f"主送“{units[0].strip('、，,')}”，落款机关却不是“{kind}”。",
            f"Written to units of a {kind}, which the signing body is none of.",
        )
    fields = [_core(part) for part in re.split("[、，,]", to) if re.search("[局厅委]$", part)]
    fields = [re.sub("^.*[省区市县]", "", field) for field in fields]
    mine = [core for name in signed if (core := _core(name))]
    if len(mine) == len(signed) and fields and all(fields) and not any(_alike(a, b) for a in fields for b in mine):
        named = re.compile("|".join(f"{re.escape(field)}(?:总局|部|厅|局|委)" for field in set(fields)))
        body = document.text.partition("\n")[2]
        if len(named.findall(body)) >= OFTEN and not any(core in body.replace(name, "") for core, name in zip(mine, signed, strict=True)):
            return (
                "落款机关与主送机关不属一个系统，正文也没有提到它。",
                "The body that signs is of another field than those written to, and unnamed in the text.",
            )
    return None


def _ranked(name: str, kind: str) -> bool:
    """Return whether a body is a 局, 部 … or the office of one."""
    ends = {"委": ("委", "委员会")}.get(kind, (kind,))
    return name.endswith(ends) or re.sub("办公[厅室]$", "", name).endswith(ends)
