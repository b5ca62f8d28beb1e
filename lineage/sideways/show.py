"""A comparison as JSON, as text to read, and as triples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lineage.records import Quote
from lineage.sideways.records import Origin, Shared, Sharing
from loaders.describe.nquads import iri, text
from loaders.records import Extraction
from ontology.labels import label
from ontology.outside import DCT
from ontology.terms import ZM
from zhengmai.settings import BASE_IRI


def sharing_json(found: Sequence[Sharing], documents: Sequence[Extraction], upper: Extraction | None) -> dict[str, Any]:
    """Return the documents and what each two of them share, as plain values; documents are named by their number from 1."""
    return {
        "documents": [_document(number, document) for number, document in enumerate(documents, 1)],
        "upper": _document(0, upper) if upper else None,
        "predicate": "sharesTextWith",
        "pairs": [_pair(sharing, upper is not None) for sharing in found],
    }


def _document(number: int, document: Extraction) -> dict[str, Any]:
    said = {"title": document.meta.title, "issuer": (*document.meta.issuers, "")[0], "date": _dated(document)}
    return {"n": number, **said, "path": document.source.path, "sha256": document.source.sha256}


def _dated(document: Extraction) -> str | None:
    return document.meta.written_on or document.meta.published_on


def _pair(found: Sharing, with_upper: bool) -> dict[str, Any]:
    zh, en = direction_words(found)
    return {
        "one": found.one + 1,
        "other": found.other + 1,
        "earlier": None if found.earlier is None else found.earlier + 1,
        "dates": list(found.dates),
        "direction": {"zh": zh, "en": en},
        "identical": found.identical,
        "share_of_one": found.share_of_one,
        "share_of_other": found.share_of_other,
        "chars": {origin: found.chars(origin) for origin in _origins(with_upper)},
        "shared": [_shared(item) for item in found.shared],
    }


def _shared(item: Shared) -> dict[str, Any]:
    return {
        "one_unit": item.one_unit,
        "other_unit": item.other_unit,
        "parts": [{"origin": p.origin, "one": _quote(p.one), "other": _quote(p.other)} for p in item.parts],
        "upper_unit": item.upper_unit,
        "upper": _quote(item.upper) if item.upper else None,
        "also_in": [n + 1 for n in item.also_in],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "quote": quote.quote}


def direction_words(found: Sharing) -> tuple[str, str]:
    """Return what the dates say about who was first; nothing else decides it."""
    if found.earlier is None:
        return "无方向（日期不足以判断先后）", "undirected: the dates do not say which was first"
    day = found.dates[0 if found.earlier == found.one else 1]
    return f"文件{found.earlier + 1}在先（{day}）", f"document {found.earlier + 1} was first ({day})"


def sharing_text(found: Sequence[Sharing], documents: Sequence[Extraction], upper: Extraction | None) -> str:
    """Return a page to read: for each two documents what they share, sentence by sentence, wording only the two have first."""
    lines = [f"文件{n}  {d.meta.title or d.source.path}" for n, d in enumerate(documents, 1)]
    if upper:
        lines.append(f"上级  {upper.meta.title or upper.source.path}")
    for sharing in found:
        lines += ["", f"文件{sharing.one + 1} ↔ 文件{sharing.other + 1}  {label('term/shares-text', 'zh')}，{direction_words(sharing)[0]}"]
        shares = f"占文件{sharing.one + 1}的{sharing.share_of_one:.0%}，占文件{sharing.other + 1}的{sharing.share_of_other:.0%}"
        lines.append(f"  {shares}；{_counts(sharing, upper is not None)}")
        if sharing.identical:
            lines.append("  两份文件内容相同。")
        order = sorted(sharing.shared, key=lambda s: -s.chars("only-these", "altered-alike")) if upper else sharing.shared
        for item in order:
            lines.append(f"  {item.one_unit} ↔ {item.other_unit}" + (f"（上级 {item.upper_unit}）" if item.upper_unit else ""))
            lines += [f"    {label(f'origin/{p.origin}', 'zh')}：{' '.join(p.one.quote.split())}" for p in item.parts]
        if not sharing.shared:
            lines.append("  未见共有文字。 · No shared text was found.")
    return "\n".join(lines) + "\n"


def _counts(sharing: Sharing, with_upper: bool) -> str:
    return "，".join(f"{label(f'origin/{o}', 'zh')}{sharing.chars(o)}字" for o in _origins(with_upper))


def _origins(with_upper: bool) -> tuple[Origin, ...]:
    return ("from-upper", "altered-alike", "only-these", "title") if with_upper else ("shared", "title")


def sharing_ntriples(found: Sequence[Sharing], documents: Sequence[Extraction]) -> str:
    """Return ``zm:sharesTextWith`` both ways for each two documents that share something, named by their content."""
    nodes = [f"{BASE_IRI}id/content/{d.source.sha256[:8]}" for d in documents]
    lines = {f"<{node}> <{DCT.title}> {text(d.meta.title or d.source.path)} ." for node, d in zip(nodes, documents, strict=True)}
    for sharing in found:
        if sharing.shared:
            one, other = nodes[sharing.one], nodes[sharing.other]
            lines |= {f"<{a}> <{ZM.sharesTextWith}> {iri(b)} ." for a, b in ((one, other), (other, one))}
    return "".join(f"{line}\n" for line in sorted(lines))
