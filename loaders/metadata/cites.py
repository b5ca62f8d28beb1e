"""The documents a text names, by 《title》 and 文号, and in what way: carries_out, based_on, or a mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.metadata.numbers import FoundNumber, all_numbers, find_number
from loaders.metadata.titles import bare, genre_of
from loaders.records import Citation, Place
from loaders.words import words

_OPENERS = {"《": "》", "〈": "〉"}
_BRACKET = re.compile(r"\s*[（(]")
_ABBREVIATED = re.compile(r"(?:以下|下)?(?:统|简|合)称[为：:]?\s*[“\"]?《([^《》]{1,20})》")
_AFTER = re.compile(
    r"\s*(?:[（(][^（()）]{0,60}[）)])?"
    r"(?:的|等|各项|有关|相关|重点|工作|任务|精神|要求|目标|部署|全面|深入|有效|在我[省市区县]){0,6}(?:得到)?(?:贯彻|落实|落地|落细)"
)


@dataclass(frozen=True, slots=True)
class _Named:
    title: str
    number: str
    start: int
    end: int


def read_citations(
    text: str,
    *,
    openings: Sequence[tuple[int, int]],
    own: tuple[str, ...] = (),
    own_number: str | None = None,
    skip: Sequence[tuple[int, int]] = (),
) -> tuple[Citation, ...]:
    """Return the documents a text names, each once, with its 文号 when one stands beside it.

    A verb of documents.yaml before the name (or 《…》落实 after it) says how; it counts for the whole document only within
    ``openings`` (stretches of the text), elsewhere it is a mention. ``own`` are titles of the document itself, which it does not cite.
    """
    mine = {bare(title) for title in own if title}
    found: dict[tuple[str, str], Citation] = {}
    above: tuple[_Named, str] | None = None
    for named in sorted([*_titled(text), *_numbered(text)], key=lambda n: n.start):
        relation = "mentions"
        if any(start <= named.start < end for start, end in skip):
            continue
        if any(start <= named.start < end for start, end in openings):
            relation = _relation(text, named, above)
            above = (named, relation)
        if (named.title and bare(named.title) in mine) or (own_number and named.number == own_number):
            continue
        key = (named.title, named.number)
        if key not in found or found[key].relation == "mentions" and relation != "mentions":
            found[key] = Citation(named.title, named.number, relation, Place(start=named.start, end=named.end))
    return tuple(_merged(list(found.values())))


def _merged(cites: list[Citation]) -> list[Citation]:
    """A name without its 文号, or a 文号 without its name, gives way where both stand together elsewhere, and its relation stays."""
    whole = [c for c in cites if c.title and c.number]
    best = {(bare(c.title), c.number): c for c in whole}
    kept: list[tuple[str, str] | Citation] = []
    for cite in cites:
        keys = [k for k in best if (k == (bare(cite.title), cite.number)) or (not cite.number and k[0] == bare(cite.title))]
        keys += [k for k in best if not cite.title and k[1] == cite.number]
        if not keys:
            kept.append(cite)
            continue
        key = keys[0]
        if key not in kept:
            kept.append(key)
        if best[key].relation == "mentions" and cite.relation != "mentions":
            best[key] = replace(best[key], relation=cite.relation)
    return [best[k] if isinstance(k, tuple) else k for k in kept]


def _titled(text: str) -> list[_Named]:
    short = {hit[1] for hit in _ABBREVIATED.finditer(text)}
    rules, found = words("documents"), []
    for start, end in _spans(text):
        title = text[start + 1 : end - 1]
        number = _beside(text, start, end)
        if title in short or (title in rules["genres"] and len(title) <= 2) or any(title.endswith(bad) for bad in rules["not_documents"]):
            continue
        if number or genre_of(title):
            found.append(_Named(title, number.number if number else "", start, end))
    return found


def _numbered(text: str) -> list[_Named]:
    """文号 that stand alone: in a sentence, and beside no 《》."""
    found = []
    for hit in all_numbers(text):
        before = text[max(0, hit.start - 3) : hit.start].rstrip("（( \u3000")
        after = text[hit.end : hit.end + 8]
        begin, stop = text.rfind("\n", 0, hit.start) + 1, text.find("\n", hit.end)
        line = text[begin : stop if stop >= 0 else len(text)]
        alone = re.fullmatch(r"[（(【]?.{0,6}[）)】]?", line.replace(text[hit.start : hit.end], "").strip()) is not None
        if not before.endswith("》") and not re.match(r"[）)]?(?:文件?)?(?:印发的|下发的)?《", after) and not alone:
            found.append(_Named("", hit.number, hit.start, hit.end))
    return found


def _beside(text: str, start: int, end: int) -> FoundNumber | None:
    """The 文号 in brackets right after a name, right after it without, or right before it."""
    bracket = _BRACKET.match(text, end)
    after = find_number(text, bracket.end() if bracket else end, here=True)
    joined = tuple(words("documents")["before_number"])
    if after and (bracket or not text.startswith(joined, end)):
        return after
    line = max(text.rfind(mark, 0, start) for mark in "\n。；》") + 1
    piece = text[line:start]
    before, at = None, 0
    while hit := find_number(piece, at):
        before, at = hit, hit.end
    if before and re.fullmatch(r"[）)]?\s*(?:号)?(?:文件?)?\s*(?:印发的?|下发的?)?", piece[before.end :]):
        return before
    return None


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the outermost 《…》 stretches that close within the paragraph."""
    spans, at = [], 0
    while (start := text.find("《", at)) >= 0:
        depth, end = 0, start
        while end < len(text) and end - start < 160 and text[end] != "\n":
            depth += (text[end] in _OPENERS) - (text[end] in _OPENERS.values())
            end += 1
            if depth == 0:
                spans.append((start, end))
                break
        at = max(end, start + 1)
    return spans


def _relation(text: str, named: _Named, above: tuple[_Named, str] | None) -> str:
    """The last citing verb between the name before (or the sentence's start) and this name; a list shares its verb."""
    begin = max(text.rfind(mark, 0, named.start) for mark in "。\n；;\t") + 1
    shares = above is not None and above[0].end > begin
    gap = text[above[0].end if shares and above else begin : named.start]
    gap = re.sub(r"^\s*[（(][^（()）]*[）)]", "", gap)
    hits = [(at, len(word), relation) for word, relation in _verbs() if (at := _last_verb(gap, word)) >= 0]
    if hits:
        at, length, relation = max(hits)
        tail = gap[at + length :]
        return relation if relation == "mentions" or _reaches(tail) else _after(text, named)
    if shares and above and _reaches(gap):
        return above[1] if above[1] != "mentions" else _after(text, named)
    return _after(text, named)


def _after(text: str, named: _Named) -> str:
    return "carries_out" if _AFTER.match(text, named.end) else "mentions"


def _last_verb(gap: str, word: str) -> int:
    """The last place of a verb; 印发的, 制定的 … before a name only say whose it is."""
    last = -1
    for hit in re.finditer(re.escape(word), gap):
        if not gap.startswith(("的", "了的", "实施的"), hit.end()):
            last = hit.start()
    return last


def _reaches(tail: str) -> bool:
    """Whether a verb reaches over these words: no clause lies between, only names, lists and 有关精神."""
    piece = re.split(r"[，,：:]", tail)[-1] if re.search(r"[，,：:]", tail) else ""
    rest = re.sub(r"以及|和|与|及|、|等|并|或|同时|中共|国家|\s", "", piece)
    return len(rest) == 0 or re.search(r"(?:院|委|厅|局|部|府|室|央|会|省|市|区|县)$", rest) is not None


def _verbs() -> tuple[tuple[str, str], ...]:
    rules = words("documents")
    return tuple((word, relation) for relation in ("carries_out", "based_on", "mentions") for word in rules[relation])
