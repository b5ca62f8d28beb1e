"""The title of a document: over several lines, the notice's or that of the document the notice only transmits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.actors.places import locate
from loaders.blocks import Paragraph
from loaders.metadata.dates import DATE
from loaders.metadata.names import authority_names, issuers_of_title
from loaders.outline.numbering import read_mark
from loaders.words import words

_MARKS = re.compile(r"[。；;！？!?]")
_LONGEST_LINE, _LONGEST_TITLE = 100, 160
_BREADCRUMB = re.compile(r"^[•·●▪◦]|\s[>＞»]\s|[\u4e00-\u9fff]\s*(?:>|＞|»|>>)\s*[\u4e00-\u9fff]")  # a page's menu, not a title
_EDITION = re.compile(r"[（(【\[][^（()）】\]]*(?:试行|暂行|草案|稿|修订|修正|年|版|摘要|节选)[^（()）】\]]*[）)】\]]")
_TAIL = re.compile(r"\s*[（(【\[][^（()）】\]]*[）)】\]]\s*$")
_PASSES_ON = re.compile(r"(?:印发|下发|发布|公布|颁布)(?P<what>.+?)的(?:通知|公告|决定|命令|函|通告)\s*$")
_NEWS = re.compile(r"^(?P<who>.{4,60}?)\s*印发\s*《(?P<what>.+)》$")
_SENT = re.compile(
    r"(?:现将|将)[^。《]{0,30}《(?P<what>.+?)》[^。《]{0,40}(?:印发|下发|发布|公布)"
    r"|《(?P<also>[^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》[^。《]{0,60}(?:现|特此)?(?:予以)?(?:印发|下发|发布|公布)"
)
_LIKE_ENOUGH = 86.0
_ANNEX = re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[:：]\s*(?=\S{6})")
_SITE_TAG = re.compile(r"^(?:【[^【】]{2,12}】|\[[\u4e00-\u9fff]{2,12}\]|“[^“”]{2,12}” )\s*(?=\S{6})")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, where it stands (``start`` to ``end``, its line breaks inside), and the lines it takes."""

    name: str
    start: int
    end: int
    lines: tuple[Paragraph, ...]

    @property
    def genre(self) -> str:
        return genre_of(self.name)


@dataclass(frozen=True, slots=True)
class Titles:
    """The document's title, and the title of the notice that only transmits it."""

    title: Title | None = None
    notice: Title | None = None
    named: tuple[str, ...] = ()


def read_titles(runs: Sequence[Sequence[Paragraph]], sentences: Sequence[Paragraph]) -> Titles:
    """Return the titles found in the head: ``runs`` are its lines without sentence marks, side by side ones together.

    A notice that has no numbered part of its own and passes on one document whose title stands below it gives way to that document.
    """
    found = [t for run in runs for t in _run_titles(run)]
    first = next((t for t in found if t.genre or _NEWS.match(t.name)), None)
    named = _passed_on(first.name if first else "", sentences)
    others = [t for t in found if t is not first and t.genre]
    if first is None or not any(alike(first.name, name) for name in named):
        inner = next((t for t in others if any(alike(t.name, name) for name in named)), None)
        if inner and (first is None or len(named) == 1 and inner.start > first.start):
            return Titles(inner, first, named)
    news = _NEWS.match(first.name) if first else None
    if first and news and authority_names(news["who"]):
        at = first.name.rfind("《") + 1
        return Titles(Title(first.name[at:-1], first.start, first.end, first.lines), first, named)
    if first:
        return Titles(first, None, named)
    longest = [t for t in found if len(t.name) >= 6 and not authority_names(t.name)]
    return Titles(longest[0] if longest else None, None, named)


def is_title_line(paragraph: Paragraph) -> bool:
    """Whether a line may be (a part of) a title: short, no sentence mark, no colon at its end, no date, no number before it."""
    text = paragraph.text.strip()
    if _EDITION.fullmatch(text):
        return not DATE.search(text)
    if any(re.fullmatch(pattern, text, re.I) for pattern in words("pages")["never"]):
        return False
    return (
        0 < len(text) <= _LONGEST_LINE
        and not _MARKS.search(text)
        and not text.endswith((":", "：", "，", ","))
        and not DATE.search(text)
        and not _BREADCRUMB.search(text)
        and not read_mark(text)
        and re.search(r"[\u4e00-\u9fff]\s*[\u4e00-\u9fff]", text) is not None
    )


def genre_of(title: str) -> str:
    """Return the 文种 a title ends with, an edition in brackets left out; "" when it ends with none.

    >>> genre_of("某省三年行动计划（2018—2020年）"), genre_of("工作顺利")
    ('行动计划', '')
    """
    plain = title.strip()
    while (cut := _TAIL.sub("", plain)) != plain:
        plain = cut
    plain = plain.rstrip("》〉 ")
    return next((str(genre) for genre in words("documents")["genres"] if plain.endswith(genre)), "")


def clean_title(text: str) -> str:
    """Return a title on one line, without 【规范性文件】 or 附件： before it; one with a blank after each letter is joined."""
    plain = _SITE_TAG.sub("", _ANNEX.sub("", re.sub(r"\s+", " ", text).strip()))
    return plain.replace(" ", "") if re.fullmatch(r"(?:\S )+\S", plain) and len(plain) > 6 else plain


def bare(title: str) -> str:
    """Return a title without blanks, marks of quotation and width, to compare.

    >>> bare("《关于 A 的意见》(试行)")
    '关于A的意见试行'
    """
    return re.sub(r"[\s《》〈〉“”\"'‘’（）()\[\]【】〔〕—\-－–、，,·]", "", unicodedata.normalize("NFKC", title))


def alike(one: str, other: str) -> bool:
    """Whether two titles name one document: equal, one the end of the other, or nearly equal, the year and the place moved."""
    from rapidfuzz import fuzz

    a, b = bare(one), bare(other)
    if not a or not b or re.findall(r"\d{4}", a) != re.findall(r"\d{4}", b):
        return False
    if a == b or (min(len(a), len(b)) >= 8 and (a.endswith(b) or b.endswith(a))):
        return True
    return len(a) >= 8 and len(b) >= 8 and fuzz.token_ratio(" ".join(a), " ".join(b)) >= _LIKE_ENOUGH and genre_of(one) == genre_of(other)


def named_in(notice: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return the documents a notice passes on, named in its title or its sentences; ``notice`` is the whole of it."""
    title = next((p.text for p in notice if is_title_line(p) and _PASSES_ON.search(p.text)), "")
    return _passed_on(title, notice)


def _passed_on(title: str, sentences: Sequence[Paragraph]) -> tuple[str, ...]:
    """The documents a notice passes on, named in its title or its sentences."""
    found: list[str] = []
    hit = _PASSES_ON.search(re.sub(r"\s", "", title))
    if hit:
        inside = _outer(hit["what"])
        found += inside or [hit["what"]]
    for paragraph in sentences:
        for sent in _SENT.finditer(paragraph.text):
            found += _outer(sent[0]) or [sent["what"] or sent["also"] or ""]
    return tuple(dict.fromkeys(name for name in found if len(bare(name)) >= 4))


def _outer(text: str) -> list[str]:
    """The outermost 《…》 of a text."""
    found, depth, begin = [], 0, 0
    for at, char in enumerate(text):
        if char in "《〈":
            if depth == 0:
                begin = at + 1
            depth += 1
        elif char in "》〉" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[begin:at])
    return found


def _run_titles(run: Sequence[Paragraph]) -> list[Title]:
    """Cut a run of lines where a new title begins, and join each piece up to its last line that ends in a genre."""
    pieces: list[list[Paragraph]] = []
    for line in run:
        if pieces and not _starts_new(pieces[-1], line):
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return [title for piece in pieces if (title := _joined(piece))]


def _starts_new(piece: Sequence[Paragraph], line: Paragraph) -> bool:
    above, text = piece[-1].text.strip(), line.text.strip()
    if _EDITION.fullmatch(text):
        return False
    goes_on = re.match(r"关于|印发|转发|批转|公布|发布", text) is not None
    only_names = all(authority_names(p.text) for p in piece)
    if only_names:
        dated = re.match(r"[12]\d{3}(?:[—－-][12]\d{3})?年", text) is not None and bool(genre_of(text))
        return not goes_on and not dated and not authority_names(text)
    whole = "".join(p.text.strip() for p in piece)
    if whole.count("《") > whole.count("》"):
        return False
    if genre_of(text) and not goes_on and re.search("关于|印发", text) and issuers_of_title(text):
        return True  # a whole title, whatever stands above it: a page's menu
    place = locate(text)
    own_start = (
        goes_on or re.match(r"[12]\d{3}年", text) is not None or bool(authority_names(text)) or (place is not None and place.start == 0)
    )
    return own_start and (bool(genre_of(above)) or len(whole) > _LONGEST_TITLE)


def _joined(piece: Sequence[Paragraph]) -> Title | None:
    lines = list(piece)
    last = next((at for at in range(len(lines) - 1, -1, -1) if genre_of(_one_line(lines[: at + 1]))), None)
    if last is not None:
        while last + 1 < len(lines) and _EDITION.fullmatch(lines[last + 1].text.strip()):
            last += 1
        lines = lines[: last + 1]
    name = _one_line(lines)
    if not name or len(name) > _LONGEST_TITLE:
        return None
    return Title(name, lines[0].start, lines[-1].end, tuple(lines))


def _one_line(lines: Sequence[Paragraph]) -> str:
    """Lines of a title follow without a blank, the names of joint issuers with one."""
    text = ""
    for at, line in enumerate(lines):
        between = " " if at and authority_names(lines[at - 1].text) and authority_names(line.text) else ""
        text += between + clean_title(line.text)
    return clean_title(text)
