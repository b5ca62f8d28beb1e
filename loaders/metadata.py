"""What a document says about itself: title, 文种, 文号, issuer, dates, addressees, and the documents it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import Paragraph, Table
from loaders.numbering import number_value, read_mark
from loaders.records import Citation, Metadata, Place
from loaders.words import words

_YEAR = r"(?:[12]\d{3}|[１２][０-９]{3}|二[〇零○Ｏ0O][〇零○Ｏ0O一二三四五六七八九]{2})"
DATE = re.compile(
    rf"({_YEAR})\s*年\s*([\d０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*月\s*([\d０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日"
)
NUMBER = re.compile(r"([\u4e00-\u9fff]{1,14}?)\s*[〔\[［(（]\s*([12]\d{3}|[１２][０-９]{3})\s*[〕\]］)）]\s*第?\s*([\d０-９]{1,5})\s*号")
_TITLE_MARKS = re.compile(r"[。；;！？!?]")
_OPENERS = {"《": "》", "〈": "〉"}


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata, and the numbers of the paragraphs that said it (they are no body text)."""

    meta: Metadata
    used: frozenset[int]


def read_metadata(order: Sequence[Paragraph | Table], text: str) -> Head:
    """Return what the document says about itself."""
    paragraphs = [b for b in order if isinstance(b, Paragraph)]
    first_table = next((at for at, b in enumerate(order) if isinstance(b, Table)), len(order))
    opening = [b for b in order[:first_table] if isinstance(b, Paragraph)]
    body_from = next((at for at, p in enumerate(opening) if (mark := read_mark(p.text)) and mark.depth != "item"), len(opening))
    front = opening[:body_from]
    title = _title(front)
    signature = _signature(paragraphs)
    issuers = tuple(_signed_names(signature)) or _issuer_of_title(title.text if title else "")
    addressees = _addressees(front)
    used = {p.number for p in (title, *signature, addressees[0]) if p}
    used |= {p.number for p in front if re.fullmatch(r"附\s*件\s*[\d一二三四五六七八九十０-９]*\s*[:：]?", p.text)}
    name = clean_title(title.text) if title else ""
    return Head(
        Metadata(
            title=name,
            title_place=Place(start=title.start, end=title.end, paragraph=title.number) if title else None,
            number=_own_number(front),
            genre=_genre(name),
            issuers=issuers,
            written_on=_signed_on(signature),
            addressees=addressees[1],
            cites=tuple(c for c in read_citations(text, carries_until=_body_start(opening, body_from)) if bare(c.title) != bare(name)),
        ),
        frozenset(used),
    )


def bare(title: str) -> str:
    """Return a title without blanks, to compare."""
    return re.sub(r"\s", "", title)


def _body_start(opening: Sequence[Paragraph], body_from: int) -> int:
    """Only the words before the first numbered part say what the whole document rests on."""
    return opening[body_from].start if body_from < len(opening) else 0


def clean_title(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _title(front: Sequence[Paragraph]) -> Paragraph | None:
    """The title is the paragraph the notice names (现将《…》印发), else the last short line before the body that ends in a genre."""
    named = {bare(hit) for p in front for hit in re.findall(r"[印转]?[将发].{0,4}《(.+?)》", p.text)}
    candidates = [p for p in front if len(p.text) <= 80 and not _TITLE_MARKS.search(p.text) and not p.text.rstrip().endswith((":", "："))]
    for paragraph in candidates:
        if bare(paragraph.text) in named:
            return paragraph
    titled = [p for p in candidates if _genre(p.text)]
    if titled:
        return titled[0]
    longest = [p for p in candidates if len(p.text) >= 6 and not DATE.search(p.text) and not read_mark(p.text)]
    return longest[0] if longest else None


def _genre(title: str) -> str:
    plain = re.sub(r"[（(][^（()）]*[）)]\s*$", "", title).rstrip("》〉 ")
    return next((genre for genre in words("documents")["genres"] if plain.endswith(genre)), "")


def _signature(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """A line that is a date, and the short lines above it without any mark: who signed, and when."""
    for at, paragraph in enumerate(paragraphs):
        bare = paragraph.text.strip("（）() 　")
        hit = DATE.fullmatch(bare)
        if not hit:
            continue
        above: list[Paragraph] = []
        for earlier in reversed(paragraphs[max(0, at - 6) : at]):
            if len(earlier.text) > 40 or re.search(r"[，。；：:,;《》]", earlier.text) or not _is_authority(earlier.text):
                break
            above.insert(0, earlier)
        return [*above, paragraph]
    return []


def _is_authority(text: str) -> bool:
    return any(part and _ends_like_authority(part) for part in re.split(r"[\s　]+", text.strip()))


def _ends_like_authority(name: str) -> bool:
    rules = words("documents")
    return any(name.endswith(e) for e in rules["authority_endings"]) and not any(name.endswith(e) for e in rules["not_authority_endings"])


def _signed_names(signature: Sequence[Paragraph]) -> list[str]:
    return [name for p in signature[:-1] for name in re.split(r"[\s　]{2,}", p.text.strip()) if name]


def _signed_on(signature: Sequence[Paragraph]) -> str | None:
    return iso_date(signature[-1].text) if signature else None


def iso_date(text: str) -> str | None:
    """Return the first full date of a text as YYYY-MM-DD, None when there is none or it is no day of the calendar.

    >>> iso_date("二〇一七年四月二十七日")
    '2017-04-27'
    """
    import datetime

    hit = DATE.search(text)
    if not hit:
        return None
    year = "".join(str("〇一二三四五六七八九".index(c)) if c in "一二三四五六七八九" else "0" if c in "〇零○ＯO" else c for c in hit[1])
    try:
        return datetime.date(
            int(unicodedata.normalize("NFKC", year)), *(number_value(unicodedata.normalize("NFKC", hit[k])) for k in (2, 3))
        ).isoformat()
    except ValueError:
        return None


def _issuer_of_title(title: str) -> tuple[str, ...]:
    """The name of an authority at the start of a title (rule authority-from-title): the shortest that ends like one, at least 4 long."""
    rules = words("documents")
    for end in range(4, min(len(title), 30) + 1):
        name = title[:end]
        if not _ends_like_authority(name) or any(
            title.startswith(e, end - k) for e in rules["not_authority_endings"] for k in range(1, len(e))
        ):
            continue
        longer = next((title[: end + len(e)] for e in rules["authority_endings"] if title.startswith(e, end)), None)
        return (longer or name,)
    return ()


def _addressees(front: Sequence[Paragraph]) -> tuple[Paragraph | None, tuple[str, ...]]:
    """The line before the body that ends with a colon names who is written to (主送机关), one group between commas."""
    for paragraph in front:
        line = paragraph.text.strip()
        if (
            line.endswith((":", "："))
            and len(line) >= 4
            and not _TITLE_MARKS.search(line)
            and re.search(r"[各市省区县局委厅院位部门府]", line)
        ):
            return paragraph, tuple(part.strip() for part in re.split(r"[，,]", line[:-1]) if part.strip())
    return None, ()


def normal_number(name: str, year: str, number: str) -> str:
    return unicodedata.normalize("NFKC", f"{name}〔{year}〕{number}号")


def _own_number(front: Sequence[Paragraph]) -> str | None:
    """A line that is a 文号 and nothing else."""
    for paragraph in front:
        hit = NUMBER.fullmatch(paragraph.text.strip())
        if hit:
            return normal_number(*hit.groups())
    return None


def read_citations(text: str, *, carries_until: int) -> list[Citation]:
    """Return the documents a text names in 《》, each once, with its 文号 when one follows.

    A verb of documents.yaml before the name says how; it counts for the whole document only before ``carries_until``
    (the opening), later it is a mention.
    """
    rules = words("documents")
    found: dict[tuple[str, str], Citation] = {}
    for start, end in _titles(text):
        title = text[start + 1 : end - 1]
        if not _genre(title) or any(title.endswith(bad) for bad in rules["not_documents"]):
            continue
        hit = re.match(rf"\s*[（(]\s*({NUMBER.pattern})", text[end:])
        number = normal_number(*hit.groups()[1:4]) if hit else ""
        relation = _relation(text, start, rules) if start < carries_until else "mentions"
        found.setdefault((title, number), Citation(title, number, relation, Place(start=start, end=end)))
    return [c for c in found.values() if c.number or not any(o.number and o.title == c.title for o in found.values())]


def _titles(text: str) -> list[tuple[int, int]]:
    """Return the outermost 《…》 stretches that close within the paragraph."""
    spans, at = [], 0
    while (start := text.find("《", at)) >= 0:
        depth, end = 0, start
        while end < len(text) and end - start < 120 and text[end] != "\n":
            depth += (text[end] in _OPENERS) - (text[end] in _OPENERS.values())
            end += 1
            if depth == 0:
                spans.append((start, end))
                break
        at = max(end, start + 1)
    return spans


def _relation(text: str, at: int, rules: dict[str, list[str]]) -> str:
    """The last citing verb between the sentence's (or the verb phrase's) start and the name."""
    begin = max(text.rfind(mark, 0, at) for mark in "。\n；;") + 1
    before = text[begin:at]
    hits = [(before.rfind(word), relation) for relation in ("carries_out", "based_on") for word in rules[relation] if word in before]
    return max(hits)[1] if hits else "mentions"
