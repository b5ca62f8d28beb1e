"""From paragraphs to provisions: sections, clauses, items, lead-ins and sentences, with ids, headings and bracket notes.

Ids (product.md): a clause is *section . the clause's own number* (2.4), an item 2.4.1, a section's lead-in 2.0, a preamble 0.0,
a sentence 2.4.s1. Levels are taken from the marks a document uses, the outermost first: where a text has no 一、 the （一） are
clauses of section 0; in a statute 章 is the section and 条 the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from loaders.blocks import Paragraph
from loaders.deadlines import DeadlineContext, find_deadlines
from loaders.frequencies import find_frequencies
from loaders.notes import find_note, is_note, read_note
from loaders.numbering import Depth, Mark, read_mark
from loaders.records import Place, Provision, RoleMention
from loaders.sentences import split_sentences

Level = str
STATUTE: dict[Depth, Level] = {
    "part": "section",
    "chapter": "section",
    "article": "clause",
    "clause": "item",
    "item": "subitem",
    "subitem": "subitem",
}
POLICY: dict[Depth, Level] = {
    "part": "section",
    "chapter": "section",
    "section": "section",
    "clause": "clause",
    "article": "clause",
    "item": "item",
    "subitem": "subitem",
    "circled": "subitem",
}
_HEADING_STOPS = "，,；;：:"
_LONGEST_HEADING = 30
_DATE_LINE = re.compile(r"[（(]?\s*(?:[12]\d{3}|[二一][〇零○Oo一二三四五六七八九]{3})\s*年.{1,6}月.{1,4}日\s*[）)]?")


@dataclass
class _Part:
    """A provision being read: its paragraphs' stretches of the normalised text."""

    id: str
    level: Level
    parent: str | None
    number: str | None
    paragraph: int
    start: int
    heading: str | None = None
    stretches: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Body:
    """The normalised text, the document's date (for dates without a year), and actor names met elsewhere in it."""

    text: str
    written_on: str | None = None
    known: frozenset[str] = frozenset()


def read_outline(paragraphs: Sequence[Paragraph], body: Body) -> tuple[Provision, ...]:
    """Return the provisions of a running text in order, () when it has no numbered part.

    ``body`` is the text the paragraphs stand in.
    """
    marked = [(p, read_mark(p.text)) for p in paragraphs]
    levels = _levels(mark for _, mark in marked if mark)
    if not any(mark and levels.get(mark.depth) in ("section", "clause", "item") for _, mark in marked):
        return ()
    parts = _parts(marked, levels)
    return tuple(p for part in parts for p in _provisions(part, body))


def _levels(marks: Iterable[Mark]) -> dict[Depth, Level]:
    """A text with 第X条 at paragraph starts is a statute; there 一、 under an article is an item."""
    depths = [mark.depth for mark in marks]
    if depths.count("article") >= 3 and depths.count("article") > depths.count("section"):
        return {**STATUTE, "section": "item"}
    return POLICY


def _parts(marked: Sequence[tuple[Paragraph, Mark | None]], levels: dict[Depth, Level]) -> list[_Part]:
    parts: list[_Part] = []
    here: dict[Level, str] = {}
    seen: set[str] = set()
    for paragraph, mark in marked:
        level = levels.get(mark.depth) if mark else None
        if mark is None or level in (None, "subitem"):
            if parts:
                _continue(parts, paragraph, seen)
            continue
        if level == "section":
            here = {}
        elif level == "clause":
            here.pop("item", None)
        parent = here.get("clause") or here.get("section") if level == "item" else here.get("section") if level == "clause" else None
        own = f"{parent}.{mark.value}" if parent else str(mark.value) if level == "section" else f"0.{mark.value}"
        own = _unique(own, seen)
        here[level or ""] = own
        part = _Part(own, level or "", parent, mark.published, paragraph.number, paragraph.start)
        body = paragraph.text[mark.end :]
        heading = _heading(body, level or "")
        part.heading = heading.strip("。：: \u3000") or None if heading else None
        start = paragraph.start + mark.end + len(heading or "")
        if text_after := paragraph.end - start:
            part.stretches.append((start, start + text_after))
        parts.append(part)
    return parts


def _unique(own: str, seen: set[str]) -> str:
    """A number met again gets -2, -3 …"""
    name, again = own, 1
    while name in seen:
        again += 1
        name = f"{own}-{again}"
    seen.add(name)
    return name


def _continue(parts: list[_Part], paragraph: Paragraph, seen: set[str]) -> None:
    """A paragraph without a number goes on with the part before; after the end of the text (signature, date) it is left out."""
    if _DATE_LINE.fullmatch(paragraph.text.strip()):
        return
    parts[-1].stretches.append((paragraph.start, paragraph.end))


def _heading(body: str, level: Level) -> str | None:
    """Return the opening words that are the heading, with their end mark; None when the part has none.

    A section's heading is its whole line when no sentence follows. A clause's is its opening phrase up to 。 or ： when it has no
    ，；： inside, is at most 30 characters long, and text follows.
    """
    stop = re.search(r"[。：:]", body)
    phrase = body[: stop.start()] if stop else body
    rest = body[stop.end() :] if stop else ""
    plain = len(phrase) <= _LONGEST_HEADING and not any(mark in phrase for mark in _HEADING_STOPS)
    if level == "section":
        if plain and (rest.strip() or not stop or stop[0] != "。"):
            return body[: stop.end()] if stop else body
        return body if not re.search("[。；;，,]", body) else (body if plain else None)
    return body[: stop.end()] if stop and plain and rest.strip() else (body if not stop and plain and body else None)


def _provisions(part: _Part, body: Body) -> list[Provision]:
    text = body.text
    note, note_place, roles, stretches = _note(part, text, body.known)
    words = "\n".join(text[a:b] for a, b in stretches)
    end = max([b for _, b in part.stretches] or [part.start])
    own = Provision(
        id=part.id,
        level=part.level,  # type: ignore[arg-type]
        parent=part.parent,
        place=Place(start=part.start, end=max(end, _line_end(text, part.start)), paragraph=part.paragraph),
        number=part.number,
        heading=part.heading,
        text=words if part.level != "section" else "",
        note=note,
        note_place=note_place,
        roles=roles,
    )
    if part.level != "section" or not words.strip():
        return [own, *sentences_of(part.id, stretches, body, part.paragraph)]
    lead = Provision(
        f"{part.id}.0", "lead_in", part.id, Place(start=stretches[0][0], end=stretches[-1][1], paragraph=part.paragraph), text=words
    )
    return [own, lead, *sentences_of(lead.id, stretches, body, part.paragraph)]


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _note(part: _Part, text: str, known: frozenset[str]) -> tuple[str | None, Place | None, tuple[RoleMention, ...], list[tuple[int, int]]]:
    """Take the bracket note off the end of a part's last stretch."""
    if not part.stretches:
        return None, None, (), []
    start, end = part.stretches[-1]
    hit = find_note(text[start:end])
    if not hit or not is_note(text[start + hit[1] : start + hit[2]]):
        return None, None, (), part.stretches
    outer, inner, inner_end, outer_end = (start + at for at in hit)
    note = text[inner:inner_end]
    tail = [(start, outer), (outer_end, end)]
    stretches = [*part.stretches[:-1], *((a, b) for a, b in tail if text[a:b].strip(" 。\u3000"))]
    return note, Place(start=inner, end=inner_end, paragraph=part.paragraph), read_note(note, known=known), stretches


def sentences_of(parent: str, stretches: Sequence[tuple[int, int]], body: Body, paragraph: int | None) -> list[Provision]:
    """Return the sentences of some stretches of the normalised text, numbered on through them."""
    text, context = body.text, DeadlineContext(written_on=body.written_on)
    spans = [(start + a, start + b) for start, end in stretches for a, b in split_sentences(text[start:end])]
    return [
        Provision(
            id=f"{parent}.s{order}",
            level="sentence",
            parent=parent,
            place=Place(start=start, end=end, paragraph=paragraph),
            text=text[start:end],
            deadlines=find_deadlines(text[start:end], context),
            frequencies=find_frequencies(text[start:end]),
        )
        for order, (start, end) in enumerate(spans, 1)
    ]


def preamble(paragraphs: Sequence[Paragraph], first: Provision | None) -> Provision | None:
    """Return the lead-in 0.0: the last paragraph with a full sentence before the first numbered part (为…，制定本办法。)."""
    before = [p for p in paragraphs if first and p.end <= (first.place.start or 0) and p.text.rstrip().endswith("。")]
    if not before:
        return None
    last = before[-1]
    return Provision("0.0", "lead_in", None, Place(start=last.start, end=last.end, paragraph=last.number), text=last.text)
