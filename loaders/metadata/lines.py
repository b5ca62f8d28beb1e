"""Lines around the body: what is no body (抄送, 联系人, 此件公开发布), what they say, and the list of annexes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import Paragraph
from loaders.metadata.titles import clean_title, genre_of, is_title_line
from loaders.outline.numbering import number_value
from loaders.words import words

_ENTRY = re.compile(r"\s*(?:附件)?\s*(?P<number>[\d０-９]{1,2})\s*[.．、:：]?\s*(?P<title>[^\d.．、\s].*)")
_INNER = re.compile(r"(?<=[^\d.．])\s+(?=[\d０-９]{1,2}\s*[.．、]\s*\D)|(?<=[；;])\s*(?=[\d０-９]{1,2}\s*[.．、])")


@dataclass(frozen=True, slots=True)
class Annexes:
    """The annexes a document lists, and the lines of the list."""

    listed: tuple[dict[str, str], ...] = ()
    lines: tuple[Paragraph, ...] = ()


def is_aside(text: str) -> bool:
    """Whether a line is no body wherever it stands.

    >>> is_aside("（此件公开发布）"), is_aside("抄送：市委各部门。"), is_aside("推进此件工作")
    (True, True, False)
    """
    return any(re.fullmatch(pattern, text.strip()) for pattern in words("documents")["asides"])


def said_value(paragraphs: Sequence[Paragraph], patterns: Sequence[str]) -> str | None:
    """Return the first value the patterns find in a short line."""
    for paragraph in paragraphs:
        if len(paragraph.text) <= 80:
            for pattern in patterns:
                hit = re.search(pattern, paragraph.text)
                if hit:
                    return hit["value"]
    return None


def is_annex_head(text: str) -> bool:
    return re.fullmatch(words("documents")["annex_head"], text.strip()) is not None


def read_annexes(paragraphs: Sequence[Paragraph]) -> Annexes:
    """Return the annexes listed under 附件：, else those whose heads (附件1, a title below) follow in the file."""
    for at, paragraph in enumerate(paragraphs):
        hit = re.fullmatch(words("documents")["annex_list"], paragraph.text.strip(), re.S)
        if not hit or (not at and not _ENTRY.match(hit["rest"])):
            continue  # a file that begins with 附件：某县任务台账 is that annex, and lists none
        entries, lines = _list(hit["rest"], paragraphs[at + 1 :])
        if entries:
            return Annexes(_records(entries), (paragraph, *lines))
    return Annexes(_records(_heads(paragraphs)))


def _list(rest: str, below: Sequence[Paragraph]) -> tuple[list[str], list[Paragraph]]:
    """The titles of a list, one line or one line each; it ends where the numbers do not go on."""
    entries = [_title(part) for part in _INNER.split(rest) if part.strip()]
    numbered = bool(entries) and _ENTRY.match(rest) is not None
    if entries and not numbered:
        return [e for e in entries[:1] if 4 <= len(e) <= 120], []
    lines: list[Paragraph] = []
    for line in below:
        parts = [hit for part in _INNER.split(line.text.strip()) if (hit := _ENTRY.fullmatch(part))]
        if not parts or _number(parts[0]["number"]) != len(entries) + 1 or len(line.text) > 200 or "。" in line.text.rstrip("。"):
            break
        entries += [_title(part[0]) for part in parts]
        lines.append(line)
    return entries, lines


def _heads(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Titles below heads 附件1, 附件2 …; a file that begins with such a head is an annex itself and does not list it."""
    found: list[str] = []
    for at, paragraph in enumerate(paragraphs):
        if at and is_annex_head(paragraph.text):
            title = ""
            for line in paragraphs[at + 1 : at + 5]:
                if not is_title_line(line):
                    break
                title += clean_title(line.text)
                if genre_of(title) or title.endswith("表"):
                    break
            found.append(title)
    return [title for title in found if title]


def _title(entry: str) -> str:
    hit = _ENTRY.fullmatch(entry.strip())
    title = re.sub(words("documents")["annex_tail"], "", hit["title"] if hit else entry)
    title = clean_title(title).rstrip("。；;，,")
    return title[1:-1] if re.fullmatch(r"《[^《》]*》", title) else title


def _number(text: str) -> int:
    return number_value(unicodedata.normalize("NFKC", text))


def _records(titles: Sequence[str]) -> tuple[dict[str, str], ...]:
    return tuple({"id": f"a{at}", "title": title, "kind": _kind(title)} for at, title in enumerate(titles, 1) if title)


def _kind(title: str) -> str:
    """What an annex is by its title: a task table, a policy text, or something else."""
    if any(word in title for word in words("documents")["annex_tables"]):
        return "task_table"
    return "policy" if genre_of(title) and not title.endswith("表") else "other"
