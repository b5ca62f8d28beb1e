"""People among bodies: 牵头单位及责任人 “区城管局 张某” names a body and a person, and a person is nobody's department.

Precision first: a name counts as a person's where its column is of people too (责任人), where a post stands beside it (局长 张建国),
where its given name was taken out (张某), or where three characters stand behind a body's whole name; it begins with a surname.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from loaders.actors.names import any_of, is_whole
from loaders.records import TaskRow
from loaders.words import words
from zhengmai.settings import rules_dir

_WORD = re.compile(r"[^\s、，,；;：:。/／|（()）【】\[\]]+")
_EMPTY = re.compile(r"[（(【\[]\s*[、，,；;：:/／]*\s*[)）】\]]")
_CHARACTER = "[\u4e00-\u9fff]"
_SHORTEST_BODY, _LONGEST = 3, 60  # characters of a word between marks
_BESIDE = " \t\r\n\u3000（(：:/／|"


def names_people(header: str) -> bool:
    """Whether a column's header says that people stand in it (责任单位及责任人)."""
    return any(word in header for word in words("people")["headers"])


def people_column(row: TaskRow, field: str) -> bool:
    """Whether the header over a row's field says that people stand in it."""
    cell = row.cells.get(field)
    said = cell.raw.strip() if cell else ""
    return any(names_people(header) and literal.strip() == said for header, literal in row.columns.items())


def without_people(text: str, *, named: bool = False) -> str:
    """Return a cell of the same length with its people blanked out, posts too, and brackets that held nobody else.

    ``named`` when the column is of people too.

    >>> without_people("区城管局 张建国", named=True).split(), without_people("区城管局（局长李四）").split()
    (['区城管局'], ['区城管局'])
    >>> without_people("文广旅局 张家口市")
    '文广旅局 张家口市'
    """
    found, kinds = list(text), _kinds(rules_dir())
    last: tuple[int, int, bool] | None = None  # the word before: where it stands, and whether it is a body's name
    for word in _WORD.finditer(text):
        at, end = word.span()
        behind = last is not None and last[2] and not text[last[1] : at].strip(_BESIDE)
        body = _body_of(word[0], kinds, named=named, behind=behind)
        if body is None:
            last = (at, end, is_whole(word[0]))
            continue
        found[at + body : end] = " " * (end - at - body)
        if last and not body and kinds.post.fullmatch(text[last[0] : last[1]]):
            found[last[0] : last[1]] = " " * (last[1] - last[0])
        last = (at, at + body, True) if body else None
    plain = "".join(found)
    while plain != text and (empty := _EMPTY.search(plain)):
        plain = plain[: empty.start()] + " " * len(empty[0]) + plain[empty.end() :]
    return plain


def blanked(text: str, plain: str) -> list[tuple[int, int]]:
    """Return the stretches that without_people took out of a text."""
    marks = "".join("x" if a != b else " " if a.isspace() else "-" for a, b in zip(text, plain, strict=True))
    return [hit.span() for hit in re.finditer("x(?:[x ]*x)?", marks)]


@dataclass(frozen=True, slots=True)
class _Kinds:
    """``sure`` is a person anywhere, ``long`` a name behind a body, ``name`` one where people are looked for, ``post`` what a person is."""

    sure: re.Pattern[str]
    long: re.Pattern[str]
    name: re.Pattern[str]
    post: re.Pattern[str]


def _body_of(word: str, kinds: _Kinds, *, named: bool, behind: bool) -> int | None:
    """Return how many characters of a word are a body's name, the rest being a person; None when nobody is."""
    if len(word) > _LONGEST or is_whole(word) or word in words("people")["not_people"]:
        return None
    cuts: list[int] = [0, *range(len(word) - 1, _SHORTEST_BODY - 1, -1)]
    for body in cuts:
        if body and not is_whole(word[:body]):
            continue
        looked_for = [kinds.sure]
        looked_for += [kinds.post] if body or named else []
        looked_for += [kinds.name] if named else [kinds.long] if behind and not body else []
        if any(pattern.fullmatch(word, body) for pattern in looked_for):
            return body
    return None


@lru_cache(maxsize=8)
def _kinds(_rules: Path) -> _Kinds:
    data = words("people")
    one, two = f"[{data['surnames']}]", any_of(data["surnames_of_two"])
    hidden, posts = any_of(data["hidden"]), f"(?:{any_of(data['posts'])})"
    name = rf"(?:{one}|{two})(?:{hidden}|{_CHARACTER}{{1,2}})"
    sure = rf"(?:{one}|{two})(?:{hidden})(?:{posts})?|{posts}+{name}|{name}{posts}"
    long = rf"{one}{_CHARACTER}{{2}}|(?:{two}){_CHARACTER}{{1,2}}"
    return _Kinds(*(re.compile(pattern) for pattern in (sure, long, name, f"{posts}+")))
