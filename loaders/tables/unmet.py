"""Columns whose header does not say which role they play: the cells under it do.

A table of one's own city may head its measures 怎么干, or tell them 类别 | 工作任务: there the finest-grained running text is the
measure. Only roles no other column has are given, and a header of people, progress or remarks (headers.yaml, ``aside``) never has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.tables.columns import ACTOR_ROLES, TEXT_ROLES, fold, header_halves, header_role, is_aside, is_person, looks_like
from loaders.words import words

_SAMPLE = 60
_SENTENCE = 8  # letters a cell of running text has on average, at the least
_MOST_OF = 0.7  # share of the filled cells that must look like the role
_TWICE = 2  # times as many letters make words no better parted than a short name its measure
_LEAST = 2  # filled cells to judge by


def settle(headers: Sequence[str], roles: Sequence[str | None], stretches: Sequence[Sequence[Sequence[str]]]) -> list[str | None]:
    """Return the roles, those that no header names given to the columns whose cells fit.

    ``headers`` are the words each column is looked up by, ``roles`` what they gave, ``stretches`` the cells of the columns under each.
    """
    cells = [[text.strip() for column in stretch for text in column if text.strip()][:_SAMPLE] for stretch in stretches]
    two = [_of_two(header, role, texts) for header, role, texts in zip(headers, roles, cells, strict=True)]
    two = [role if role == roles[at] or role not in roles else None for at, role in enumerate(two)]
    found = [None if _is_other(headers, at, role, cells[at]) else role for at, role in enumerate(two)]
    unmet = [at for at, role in enumerate(found) if role is None and header_role(headers[at]) is None and not is_aside(headers[at])]
    unmet = [at for at in unmet if len(cells[at]) >= _LEAST]
    if "number" not in found:
        _give("number", next((at for at in unmet if counts_up(cells[at])), None), found)
    if "deadline" not in found:
        _give("deadline", next((at for at in unmet if found[at] is None and _share("deadline", cells[at]) >= _MOST_OF), None), found)
    if not set(found) & {"lead", "responsible"}:
        _give("responsible", next((at for at in unmet if found[at] is None and _share("responsible", cells[at]) >= _MOST_OF), None), found)
    if "measure" not in found:
        _give("measure", _finest(headers, found, cells, unmet), found)
    else:
        _exchange(headers, found, cells)
    return found


def _exchange(headers: Sequence[str], roles: list[str | None], cells: Sequence[Sequence[str]]) -> None:
    """Of several columns headed as measures (工作目标 | 具体措施) take the finest; what it is taken from heads it.

    Another one is finer when it says more, in more different words; else its header decides (措施 before 内容, before 目标), or its place.
    Words that come again are labels (工作举措 above 具体内容), and any column of twice their length and more different words is finer.
    """
    first = roles.index("measure")
    length, words_of = _length(cells[first]), [len(set(texts)) for texts in cells]
    most = [1.0 if words_of[first] < len(cells[first]) and _length(texts) >= _TWICE * length else _MOST_OF for texts in cells]
    rivals = [
        at for at, header in enumerate(headers) if roles[at] is None and header_role(header) == "measure" and len(cells[at]) >= _LEAST
    ]
    finer = [words_of[first] < most[at] * words_of[at] and _length(cells[at]) >= length for at in range(len(headers))]
    best = max([first, *rivals], key=lambda at: (finer[at], _rank(headers[at]), words_of[at], -at))
    if best == first or words_of[best] < words_of[first]:
        return
    free = next((role for role in ("task", "group") if role not in roles and (finer[best] or role == "task" and first < best)), None)
    roles[best], roles[first] = "measure", free


def _rank(header: str) -> int:
    ranks = words("headers")["finest"]
    return next((len(ranks) - at for at, ends in enumerate(ranks) if any(word in fold(header) for word in ends)), 0)


def _of_two(header: str, role: str | None, texts: Sequence[str]) -> str | None:
    """整改措施及责任单位 over running text is the measure, whatever it was taken for; over names it is theirs."""
    told = next((half for half in header_halves(header) if half in TEXT_ROLES), None)
    return told if told and role in ACTOR_ROLES and texts and _share(role, texts) < 1 - _MOST_OF else role


def counts_up(values: Sequence[str]) -> bool:
    """Whether a column holds the numbers of the rows: 1, 2, 3 …"""
    filled = [fold(text).strip("().、．") for text in values if text.strip()]
    return len(filled) >= _LEAST and filled == [str(number) for number in range(1, len(filled) + 1)]


def _is_other(headers: Sequence[str], at: int, role: str | None, texts: Sequence[str]) -> bool:
    """责任人 above names of people is no department; 进度安排 over columns of milestones (完成招标, 开工建设) is no time limit."""
    asked = (role in ACTOR_ROLES and is_person(headers[at])) or (role == "deadline" and list(headers).count(headers[at]) > 1)
    return role is not None and asked and len(texts) >= _LEAST and _share(role, texts) < 1 - _MOST_OF


def _give(role: str, at: int | None, roles: list[str | None]) -> None:
    if at is not None:
        roles[at] = role


def _finest(headers: Sequence[str], roles: Sequence[str | None], cells: Sequence[Sequence[str]], unmet: Sequence[int]) -> int | None:
    """Return the column that says most beside the task's, in as many different words at least; None when the task's says most itself."""
    task = next((at for at, role in enumerate(roles) if role == "task"), None)
    named = [at for at, header in enumerate(headers) if at != task and roles[at] in (None, "group") and header_role(header) in TEXT_ROLES]
    texts = [at for at in unmet if roles[at] is None and _length(cells[at]) >= _SENTENCE and _share("measure", cells[at]) >= _MOST_OF]
    candidates = [at for at in (*named, *texts) if len(cells[at]) >= _LEAST]
    if task is None:
        return max(texts, key=lambda at: _length(cells[at]), default=None)
    if not candidates:
        return None
    best = max(candidates, key=lambda at: (len(set(cells[at])), _length(cells[at])))
    finer, long = len(set(cells[best])) - len(set(cells[task])), _length(cells[best]) >= _TWICE * _length(cells[task])
    if finer < 0 or finer == 0 and best in texts and not long:
        return None
    return best if _length(cells[best]) >= _length(cells[task]) else None


def _length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _share(role: str, texts: Sequence[str]) -> float:
    """How many of the filled cells look like the role, and like no actor where they are to be text."""
    if role == "measure":
        return sum(looks_like(role, text) > 0 for text in texts) / len(texts)
    other = [one for one in (*ACTOR_ROLES, "deadline") if one != role and not (role in ACTOR_ROLES and one in ACTOR_ROLES)]
    return sum(looks_like(role, text) > 0 >= max(looks_like(one, text) for one in other) for text in texts) / len(texts)
