"""What a document says about itself: title, 文种, 文号, issuers, dates told apart, addressees, annexes, and the documents it names.

The head is what stands before the first numbered part or the first table. Each of its lines is read as one kind (label, number, red
head, addressee, signature, aside, sentence); what is left are lines of titles. The information block of a page (``facts``) fills what
the text lacks, and what contradicts the text is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.blocks import Paragraph, Table
from loaders.metadata.cites import read_citations
from loaders.metadata.dates import DATE, effective_day, iso_date
from loaders.metadata.facts import check_facts, head_facts, table_facts
from loaders.metadata.lines import is_annex_head, is_aside, read_annexes, said_value
from loaders.metadata.names import Signature, authority_names, issuers_of_title, read_addressees, read_signature, red_head
from loaders.metadata.numbers import FoundNumber, find_number, own_number
from loaders.metadata.titles import Titles, alike, is_title_line, read_titles
from loaders.outline.numbering import read_mark
from loaders.parts import Part, split_parts
from loaders.records import Finding, Metadata, Place
from loaders.words import words

__all__ = ["Head", "iso_date", "read_metadata"]


_LONGEST_HEAD = 120  # lines; a text without numbered parts is no head from end to end


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata, the numbers of the paragraphs that said it (they are no body text), and what a page contradicts."""

    meta: Metadata
    used: frozenset[int]
    findings: tuple[Finding, ...] = ()


def read_metadata(order: Sequence[Paragraph | Table], text: str, facts: Mapping[str, str] | None = None) -> Head:
    """Return what the document says about itself; ``facts`` are what a page's information block says of it."""
    paragraphs = [b for b in order if isinstance(b, Paragraph)]
    main, *annexed = split_parts(order)
    told, tables = table_facts(main.blocks)
    main = replace(main, blocks=tuple(b for b in main.blocks if b not in tables))
    opening = _opening(main.blocks) or _title_rows(order)
    front = opening[: min(_body_from(opening), _LONGEST_HEAD)]
    labels, label_lines = head_facts(front)
    number, number_lines = own_number(front)
    signature = read_signature(main.paragraphs)
    to_line, addressees = read_addressees(front)
    annexes = read_annexes(paragraphs)
    heads = [p for p in front if is_annex_head(p.text)]
    asides = _asides(paragraphs)
    made = [p for p in front if re.fullmatch(words("documents")["made_note"], p.text.strip())]
    red = next(((p, names) for p in front if (names := red_head(p.text))), None)
    other = {p.number for p in (*label_lines, *number_lines, *signature.lines, *heads, *asides, *made, *annexes.lines)}
    other |= {p.number for p in (to_line, red[0] if red else None) if p}
    titles = read_titles(_runs(front, other), [p for p in front if p.number not in other and not is_title_line(p)])
    number = number or _number_in_title(titles)
    meta, places = _metadata(titles, number, signature, red[1] if red else (), addressees, paragraphs, text)
    if not meta.issuers:
        meta = replace(meta, issuers=tuple(n for p in asides if not re.search("[:：]", p.text) for n in authority_names(p.text)))
    meta, findings = check_facts(meta, {**(facts or {}), **told, **labels}, text, places)
    openings = [(0, _opening_end(main.blocks, opening, titles))]
    openings += [_annex_opening(part) for part in annexed if any(alike(part.title, name) for name in titles.named)]
    own = tuple(t.name for t in (titles.title, titles.notice) if t) + titles.named
    cites = read_citations(text, openings=openings, own=own, own_number=meta.number, skip=[(p.start, p.end) for p in made])
    lines = {p.number for t in (titles.title, titles.notice) if t for p in t.lines} | _notice_lines(front, titles)
    return Head(
        replace(meta, cites=cites, attachments=annexes.listed),
        frozenset({n for n in other | lines if n > 0}),
        findings,
    )


def _notice_lines(front: Sequence[Paragraph], titles: Titles) -> set[int]:
    """The sentences of a notice that only passes the document on: they stand above its title and are no body of it."""
    if not titles.title or not any(alike(titles.title.name, name) for name in titles.named):
        return set()
    return {p.number for p in front if p.end <= titles.title.start}


def _asides(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines that are no body; above a printing date alone (2020年4月10日印发) stands who printed it."""
    found: list[Paragraph] = []
    for at, paragraph in enumerate(paragraphs):
        if is_aside(paragraph.text):
            above = paragraphs[at - 1] if at else None
            if above and DATE.match(paragraph.text.strip()) and authority_names(above.text):
                found.append(above)
            found.append(paragraph)
    return found


def _metadata(
    titles: Titles,
    number: FoundNumber | None,
    signature: Signature,
    red: tuple[str, ...],
    addressees: tuple[str, ...],
    paragraphs: Sequence[Paragraph],
    text: str,
) -> tuple[Metadata, dict[str, tuple[int, int]]]:
    """Put together what the text itself says, and where it says it."""
    title, notice = titles.title, titles.notice
    issuers, places = _issuers(titles, signature, red, number)
    written_on = iso_date(signature.date[0]) if signature.date else None
    rules = words("documents")
    effective_on, effective_at, inferred = effective_day(text, title.name if title else "", written_on, None)
    if title:
        places["title"] = (title.start, title.end)
    if number:
        places["number"] = (number.start, number.end)
    if signature.date:
        places["written_on"] = signature.date[1:]
    if effective_at:
        places["effective_on"] = effective_at
    return Metadata(
        title=_without_number(title.name) if title else "",
        title_place=Place(start=title.start, end=title.end, paragraph=title.lines[0].number or None) if title else None,
        number=number.number if number else None,
        genre=title.genre if title else "",
        issuers=issuers,
        written_on=written_on,
        effective_on=effective_on,
        addressees=addressees,
        status=said_value(paragraphs[:12], [rules["void"]]),
        disclosure=said_value(paragraphs, rules["disclosure"]),
        notice=notice.name if notice else "",
        inferred=inferred,
    ), places


def _issuers(
    titles: Titles, signature: Signature, red: tuple[str, ...], number: FoundNumber | None
) -> tuple[tuple[str, ...], dict[str, tuple[int, int]]]:
    """Who signed, else who stands in the red head or over the decree, else whom the notice's or the document's title begins with."""
    if signature.names:
        names = tuple(dict.fromkeys(name for name, _, _ in signature.names))
        return names, {"issuer": (signature.names[0][1], signature.names[-1][2])}
    decree = re.match(r"(.+)令第", number.number) if number else None
    if not red and decree:
        red = authority_names(decree[1])
    if red:
        return red, {}
    for title in (titles.notice, titles.title):
        if title and (names := issuers_of_title(title.name)):
            return names, {"issuer": (title.start, title.end)}
    return (), {}


def _runs(front: Sequence[Paragraph], other: set[int]) -> list[list[Paragraph]]:
    """Lines of titles, side by side ones together; any other line ends a run."""
    runs: list[list[Paragraph]] = [[]]
    for paragraph in front:
        if paragraph.number in other and paragraph.number > 0 or not is_title_line(paragraph):
            runs.append([])
        else:
            runs[-1].append(paragraph)
    return [run for run in runs if run]


def _title_rows(order: Sequence[Paragraph | Table]) -> list[Paragraph]:
    """Rows above the header of a sheet that hold one text: what a paper would print above the table."""
    table = next((b for b in order if isinstance(b, Table)), None)
    found: list[Paragraph] = []
    for row in table.rows[:6] if table else ():
        filled = [cell for cell in row if cell.text.strip()]
        if len({cell.text.strip() for cell in filled}) > 1:
            break
        if filled:
            found.append(Paragraph(filled[0].text, filled[0].start, number=0))
    return found


def _number_in_title(titles: Titles) -> FoundNumber | None:
    """A title copied with its 文号 behind it in brackets (…的意见（国发〔2016〕5号）)."""
    title = titles.title
    tail = title.name[len(_without_number(title.name)) :] if title else ""
    hit = find_number(tail.lstrip("（( ")) if tail else None
    return FoundNumber(hit.number, title.start, title.end) if hit and title else None


def _without_number(title: str) -> str:
    cut = re.sub(r"[（(][^（()）]*[）)]$", "", title) if title.endswith(("）", ")")) else title
    cut = re.sub(r"[（(](?=[^（()）]*[〔\[［(（][^（()）]*[〕\]］)）]\s*\d+\s*号[）)]$).*$", "", title) if cut == title else cut
    return cut.strip() if cut != title and find_number(title[len(cut) :]) else title


def _opening(blocks: Sequence[Paragraph | Table]) -> list[Paragraph]:
    """The paragraphs before the first table."""
    first_table = next((at for at, b in enumerate(blocks) if isinstance(b, Table)), len(blocks))
    return [b for b in blocks[:first_table] if isinstance(b, Paragraph)]


def _body_from(opening: Sequence[Paragraph]) -> int:
    return next((at for at, p in enumerate(opening) if (mark := read_mark(p.text)) and mark.depth != "item"), len(opening))


def _annex_opening(part: Part) -> tuple[int, int]:
    """The opening of an annex the notice passes on says what that document rests on."""
    opening = _opening(part.blocks)
    return (opening[0].start, _opening_end(part.blocks, opening, Titles())) if opening else (0, 0)


def _opening_end(blocks: Sequence[Paragraph | Table], opening: Sequence[Paragraph], titles: Titles) -> int:
    """Where the words end that say what the whole document rests on: before the first numbered part or the table.

    A statute says it in its first article; a text without parts in its first full sentence below the title.
    """
    body_from = _body_from(opening)
    for paragraph in opening[body_from : body_from + 4]:
        mark = read_mark(paragraph.text)
        if mark and mark.depth == "article" and mark.value == 1:
            return paragraph.end
    if body_from < len(opening):
        return opening[body_from].start
    table = next((b for b in blocks if isinstance(b, Table)), None)
    if table and table.rows and table.rows[0]:
        return table.rows[0][0].start
    below = (p for p in opening if "。" in p.text and (not titles.title or p.start >= titles.title.end))
    return next((p.end for p in below), 0)
