"""What a page's information block says of the document, held against its text: it fills what the text lacks, and never overrides it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from loaders.actors.authorities import same_body
from loaders.blocks import Paragraph, Table
from loaders.metadata.names import authority_names
from loaders.metadata.numbers import find_number
from loaders.metadata.titles import alike, bare, genre_of
from loaders.records import Finding, Metadata, Place, Text2
from loaders.web.facts import facts_of, fold_label
from loaders.words import words

LABELS = {
    "title": ("标题", "title"),
    "number": ("文号", "number"),
    "issuer": ("发文机关", "issuer"),
    "written_on": ("成文日期", "date of writing"),
    "published_on": ("发布日期", "date of publication"),
    "effective_on": ("施行日期", "date in force"),
    "status": ("有效性", "validity"),
}
_FIRST_BLOCKS = 12
Places = Mapping[str, tuple[int, int]]


def head_facts(front: Sequence[Paragraph]) -> tuple[dict[str, str], tuple[Paragraph, ...]]:
    """Return the facts of label lines in the head of a text (索引号：… 发布日期：…), and those lines.

    A label line counts only where one of them carries a label that only an information block has.
    """
    rules = words("pages")
    gap = r"[\s\u3000]*"
    listed = "|".join(gap.join(map(re.escape, label)) for label in sorted(rules["labels"], key=len, reverse=True))
    pattern = re.compile(rf"(?:^|(?<=[\s\u3000|｜]))[【\[]?({listed})[】\]]?{gap}[:：]")
    lines, pairs, strong = [], [], False
    for paragraph in front:
        text = paragraph.text.strip(" \t\u3000•·●▪◦*-")
        cells = [cell.strip() for cell in text.strip("|").split("|")] if text.count("|") >= 2 else []
        told = row_pairs(cells)
        if told or any(cells) and all(fold_label(cell) in rules["labels"] for cell in cells if cell):  # all of them may be unfilled
            strong = strong or any(label in rules["strong_labels"] for label, _ in told)
            pairs += told
            lines.append(paragraph)
            continue
        hits = list(pattern.finditer(text))
        if not hits or hits[0].start() > 0 or len(text) > 200 or "。" in text:
            continue
        ends = [hit.start() for hit in hits[1:]] + [len(text)]
        for hit, end in zip(hits, ends, strict=True):
            label = re.sub(r"[\s\u3000]", "", hit[1])
            strong = strong or label in rules["strong_labels"] or label in rules["line_labels"]
            pairs.append((label, text[hit.end() : end].strip(" \t\u3000|｜；;")))
        lines.append(paragraph)
    return (facts_of(pairs), tuple(lines)) if strong else ({}, ())


def table_facts(blocks: Sequence[Paragraph | Table]) -> tuple[dict[str, str], tuple[Table, ...]]:
    """Return the facts of information tables (索引号 | … | 发布机构 | …) among the first blocks, and those tables.

    Two labels that only an information block has make a table one.
    """
    pairs: list[tuple[str, str]] = []
    tables: list[Table] = []
    for block in blocks[:_FIRST_BLOCKS]:
        if isinstance(block, Table):
            found = [pair for row in block.rows for pair in row_pairs([cell.text for cell in row])]
            if sum(label in words("pages")["strong_labels"] for label, _ in found) >= 2:
                pairs += found
                tables.append(block)
    return facts_of(pairs), tuple(tables)


def row_pairs(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Return label and value of a row in which they take turns.

    >>> row_pairs(["索引号", "0143/2022-01", "发布机构：", "某市", "", ""])
    [('索引号', '0143/2022-01'), ('发布机构', '某市')]
    """
    known, found, at = words("pages")["labels"], [], 0
    while at + 1 < len(cells):
        label = fold_label(cells[at])
        if label in known and fold_label(cells[at + 1]) not in known:
            found.append((label, " ".join(cells[at + 1].split())))
            at += 1
        at += 1
    return found


def check_facts(meta: Metadata, facts: Mapping[str, str], text: str, places: Places) -> tuple[Metadata, tuple[Finding, ...]]:
    """Return the metadata with what only the facts say, and a finding for each fact the text contradicts."""
    findings: list[Finding] = []
    filled: dict[str, object] = {}
    for key, said in _values(meta).items():
        fact = facts.get(key, "").strip()
        if not fact:
            continue
        if not said:
            filled |= _filling(key, fact)
        elif key == "written_on" and fact == facts.get("published_on"):
            continue  # 生成日期: the day the page was made
        elif not _AGREE.get(key, _equal)(said, fact):
            findings.append(_contradiction(key, said, fact, text, places.get(key)))
    if facts.get("index_no"):
        filled["index_no"] = facts["index_no"].strip()
    if not meta.addressees and facts.get("addressees"):
        filled["addressees"] = tuple(p.strip() for p in re.split(r"[，,；;]", facts["addressees"].rstrip(":：")) if p.strip())
    return replace(meta, **filled), tuple(findings)  # type: ignore[arg-type]


def _values(meta: Metadata) -> dict[str, str]:
    """What the text says, of the keys facts may have; joint issuers with a blank between."""
    return {
        "title": meta.title,
        "number": meta.number or "",
        "issuer": " ".join(meta.issuers),
        "written_on": meta.written_on or "",
        "published_on": meta.published_on or "",
        "effective_on": meta.effective_on or "",
        "status": meta.status or "",
    }


def _filling(key: str, fact: str) -> dict[str, object]:
    if key == "issuer":
        names = authority_names(re.sub(r"[,，;；]", " ", fact))  # 来源：本站 is no issuer
        return {"issuers": names} if names else {}
    if key == "number":
        hit = find_number(fact)
        return {"number": hit.number} if hit else {}
    if key == "title":
        return {"title": fact, "genre": genre_of(fact)}
    return {key: fact}


def _equal(said: str, fact: str) -> bool:
    return said == fact


def _same_number(said: str, fact: str) -> bool:
    hit = find_number(fact)
    return hit is None or hit.number == said or said.endswith(hit.number) or hit.number.endswith(said)


def _same_title(said: str, fact: str) -> bool:
    """A page's title may be cut, or the name of a column that ends in no genre."""
    a, b = bare(said), bare(fact)
    return a in b or b in a or not genre_of(fact) or alike(said, fact)


def _same_issuer(said: str, fact: str) -> bool:
    """Any of the joint issuers may be the one a page names; a short form or the office of the same body is no contradiction."""
    names = authority_names(re.sub(r"[,，;；]", " ", fact))
    return not names or any(
        a in b or b in a or same_body(a, b) for a in map(_without_office, said.split(" ")) for b in map(_without_office, names)
    )


def _without_office(name: str) -> str:
    return re.sub(r"办公[厅室]$", "", name).replace("人民政府", "政府") or name


def _same_status(said: str, fact: str) -> bool:
    return ("废" in said or "失" in said) == ("废" in fact or "失" in fact)


_AGREE: dict[str, Callable[[str, str], bool]] = {
    "number": _same_number,
    "title": _same_title,
    "issuer": _same_issuer,
    "status": _same_status,
}


def _contradiction(key: str, said: str, fact: str, text: str, place: tuple[int, int] | None) -> Finding:
    zh, en = LABELS[key]
    quote = text[place[0] : place[1]] if place else ""
    shown = " ".join(quote.split()) or said
    return Finding(
        "metadata-contradiction",
        "warning",
        Place(start=place[0], end=place[1]) if place else Place(),
        quote,
        Text2(
            f"信息栏的{zh}“{fact}”与正文“{shown}”不一致；以正文为准。",
            f"The information block gives the {en} as {fact}, the text as {shown}; the text is taken.",
        ),
    )
