"""From paragraphs to provisions: sections, clauses, items, lead-ins and sentences, with ids, headings and bracket notes.

Ids (product.md): a clause is *section . the clause's own number* (2.4), an item 2.4.1, a section's lead-in 2.0, a preamble 0.0,
a sentence 2.4.s1. Levels are taken from the marks a document uses, the outermost first: where a text has no 一、 the （一） are
clauses of section 0; in a statute 章 is the section and 条 the clause. 第一部分 is a section where no 一、 stands, or where 一、 begins
anew in each (then 一、 is the clause, （一） the item); over sections that run on it is a heading between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from loaders.blocks import Paragraph
from loaders.deadlines import DeadlineContext, find_deadlines
from loaders.deadlines.frequencies import find_frequencies
from loaders.outline.bracket_notes import NoteRules, take_notes
from loaders.outline.contents import contents_lines
from loaders.outline.glued import with_glued, with_sections
from loaders.outline.numbering import Depth, Mark, read_mark
from loaders.outline.sentences import DOT, split_sentences
from loaders.records import Place, Provision

Level = str
BETWEEN = "between"
"""A line that only stands over others (第一节 over articles, which are cited by chapter and number): it has no id and no words."""
STATUTE: dict[Depth, Level] = {
    "part": "section",
    "chapter": "section",
    "division": BETWEEN,
    "article": "clause",
    "clause": "item",
    "item": "subitem",
    "subitem": "subitem",
}
POLICY: dict[Depth, Level] = {
    "part": "section",
    "chapter": "section",
    "division": BETWEEN,
    "section": "section",
    "clause": "clause",
    "article": "clause",
    "item": "item",
    "subitem": "subitem",
    "circled": "subitem",
}
IN_PORTIONS: dict[Depth, Level] = {
    **POLICY,
    "portion": "section",
    "section": "clause",
    "clause": "item",
    "item": "subitem",
}
_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[ivxlc]+)\] ")
_OPENS = re.compile(r"。\s*$|(?:如下|以下|下列)[^。：:]{0,20}[：:]\s*$")
_SPACED = re.compile(r"(\S)[ \u3000]+(\S)")
_HEADING_STOPS = "，,；;：:"
_LONGEST_HEADING = 30
_SHORT_LINE = 24
_LONGEST_LINE = 60
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
    """The normalised text, what the document gives to its time limits, and actor names met elsewhere in it."""

    text: str
    context: DeadlineContext = DeadlineContext()
    known: frozenset[str] = frozenset()
    prefix: str = ""


def read_outline(paragraphs: Sequence[Paragraph], body: Body) -> tuple[Provision, ...]:
    """Return the provisions of a running text in order, () when it has no numbered part.

    ``body`` is the text the paragraphs stand in.
    """
    listed = contents_lines(paragraphs)
    marked = [(p, read_mark(p.text)) for p in paragraphs if p.number not in listed]
    levels = _levels(mark for _, mark in marked if mark)
    marked = with_sections(marked) if "decimal" in levels else with_glued(marked)
    if not any(mark and levels.get(mark.depth) in ("section", "clause", "item", "decimal") for _, mark in marked):
        return ()
    rules = NoteRules()
    parts = _parts(marked, levels)
    parents = {part.parent for part in parts}
    for part in parts:
        _settle_heading(part, body, has_parts=part.id in parents)
    provisions = [p for part in parts for p in _provisions(part, body, rules)]
    return tuple(_prefixed(p, body.prefix) for p in provisions) if body.prefix else tuple(provisions)


def _prefixed(p: Provision, prefix: str) -> Provision:
    return replace(p, id=f"{prefix}.{p.id}", parent=f"{prefix}.{p.parent}" if p.parent else None)


def _levels(marks: Iterable[Mark]) -> dict[Depth, Level]:
    """A text with 第X条 at paragraph starts is a statute; there 一、 under an article is an item."""
    found = list(marks)
    depths = [mark.depth for mark in found]
    if "portion" in depths:
        return _levels_in_portions(found)
    if depths.count("article") >= 3 and depths.count("article") > depths.count("section"):
        return {**STATUTE, "section": "item"}
    if depths.count("decimal") >= 3 and depths.count("section") == 0:
        return {**POLICY, "decimal": "decimal", "item": "section"}
    return POLICY


def _levels_in_portions(marks: Sequence[Mark]) -> dict[Depth, Level]:
    sections = [mark.value for mark in marks if mark.depth == "section"]
    if not sections:
        return {**POLICY, "portion": "section"}
    if len(set(sections)) < len(sections):
        return IN_PORTIONS
    return {**_levels(mark for mark in marks if mark.depth != "portion"), "portion": BETWEEN}


def _parts(marked: Sequence[tuple[Paragraph, Mark | None]], levels: dict[Depth, Level]) -> list[_Part]:
    parts: list[_Part] = []
    here: dict[Level, str] = {}
    seen: dict[str, int] = {}
    for paragraph, mark in marked:
        level = levels.get(mark.depth) if mark else None
        if level == BETWEEN:
            continue
        if mark is None or level in (None, "subitem"):
            if parts:
                _continue(parts, paragraph)
            continue
        if level == "decimal":
            parts.append(_decimal_part(paragraph, mark, seen))
            continue
        if level == "section":
            here = {}
        elif level == "clause":
            here.pop("item", None)
        parent = here.get("clause") or here.get("section") if level == "item" else here.get("section") if level == "clause" else None
        own = f"{parent}.{mark.value}" if parent else str(mark.value) if level == "section" else f"0.{mark.value}"
        own = _unique(own, seen)
        here[level or ""] = own
        parts.append(_part(own, level or "", parent, paragraph, mark))
    return parts


def _settle_heading(part: _Part, body: Body, *, has_parts: bool) -> None:
    """Take the opening phrase off the text and make it the heading, where it is one and something follows it.

    A section's heading stands by itself; a clause's needs text after it (in its paragraph, the next ones, or its items): a note is no text.
    """
    if not part.stretches:
        return
    start, end = part.stretches[0]
    length = _heading_length(body.text[start:end], part.level)
    if not length or (part.number or "").endswith("条"):  # an article of a statute has text, no heading
        return
    rest = [(a, b) for a, b in [(start + length, end), *part.stretches[1:]] if b > a]
    texts = take_notes(part.stretches, body, NoteRules())[1]
    if part.level != "section" and not has_parts and not any(b > start + length for _, b in texts):
        return
    part.heading = _SPACED.sub(r"\1\2", heading) if _SPACED.fullmatch(heading := _bare(body.text[start : start + length])) else heading
    part.stretches = rest


def _bare(words: str) -> str:
    return words.strip("。：:. \u3000\n")


def _part(own: str, level: Level, parent: str | None, paragraph: Paragraph, mark: Mark) -> _Part:
    stretches = [(paragraph.start + mark.end, paragraph.end)] if len(paragraph.text) > mark.end else []
    return _Part(own, level, parent, mark.published, paragraph.number, paragraph.start, stretches=stretches)


def _decimal_part(paragraph: Paragraph, mark: Mark, seen: dict[str, int]) -> _Part:
    """1.2 is clause 2 of section 1, 1.2.3 its item 3: the number is the id."""
    numbers = re.split(r"[.．]", mark.published.strip(".．、"))[:3]
    own = _unique(".".join(str(int(n)) for n in numbers), seen)
    parent = ".".join(str(int(n)) for n in numbers[:-1])
    return _part(own, "clause" if len(numbers) == 2 else "item", parent if parent in seen else None, paragraph, mark)


def _unique(own: str, seen: dict[str, int]) -> str:
    """A number met again gets -2, -3 …; ``seen`` counts how often each was met."""
    name, again = own, seen.get(own, 0)
    while name in seen:
        again += 1
        name = f"{own}-{again}"
    seen[own] = max(again, 1)
    seen.setdefault(name, 1)
    return name


def _continue(parts: list[_Part], paragraph: Paragraph) -> None:
    """A paragraph without a number goes on with the part before; after the end of the text (signature, date) it is left out."""
    if _DATE_LINE.fullmatch(paragraph.text.strip()) or _FOOTNOTE.match(paragraph.text):
        return
    parts[-1].stretches.append((paragraph.start, paragraph.end))


def _heading_length(line: str, level: Level) -> int:
    """Return how much of a part's first line may be its heading, end mark included; 0 when none of it.

    A section's is its whole line when that is one phrase of at most 60 characters, commas and all; a clause's whole line may have commas
    (（一）抓清洁，净化村庄环境) when it is short enough to be no line that a page cut off. Else it is the opening phrase up to 。 or ：
    when it has no ，；： inside and is at most 30 characters long.
    """
    stop = re.search(rf"[。：:]|{DOT}", line)
    phrase = line[: stop.start()] if stop else line
    if level == "section" and len(line) <= _LONGEST_LINE and not re.search("[。！？；;]", line.rstrip("。 \u3000")) and not _runs_on(line):
        return len(line)
    if level == "clause" and len(line) <= _SHORT_LINE and not re.search("[。！？；;：:（(]", line) and line.strip():
        return len(line)
    if not phrase.strip() or len(phrase) > _LONGEST_HEADING or any(mark in phrase for mark in _HEADING_STOPS):
        return 0
    return stop.end() if stop else len(line)


def _runs_on(line: str) -> bool:
    """一、指导思想：以…为指导 goes on after its heading."""
    hit = re.search(r"[：:]", line)
    return bool(hit and line[hit.end() :].strip())


def _provisions(part: _Part, body: Body, rules: NoteRules) -> list[Provision]:
    text = body.text
    notes, stretches = take_notes(part.stretches, body, rules)
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
        note="；".join(n.text for n in notes) or None,
        note_place=Place(start=notes[0].start, end=notes[-1].end, paragraph=part.paragraph) if notes else None,
        roles=tuple(dict.fromkeys(mention for n in notes for mention in n.roles)),
        deadlines=tuple(limit for n in notes for limit in n.deadlines),
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


def sentences_of(parent: str, stretches: Sequence[tuple[int, int]], body: Body, paragraph: int | None) -> list[Provision]:
    """Return the sentences of some stretches of the normalised text, numbered on through them."""
    text, context = body.text, body.context
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
    """Return the lead-in 0.0: the last paragraph with a full sentence before the first numbered part (为…，制定本办法。 现批复如下：)."""
    before = [p for p in paragraphs if first and p.end <= (first.place.start or 0) and _OPENS.search(p.text)]
    if not before:
        return None
    last = before[-1]
    return Provision("0.0", "lead_in", None, Place(start=last.start, end=last.end, paragraph=last.number), text=last.text)
