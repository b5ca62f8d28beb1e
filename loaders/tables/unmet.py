"""Columns whose header does not say which role they play: the cells under it do.

A table of one's own city may head its measures 怎么干, or tell them 类别 | 工作任务: there the finest-grained running text is the
measure. Only roles no other column has are given, and a header of people, progress or remarks (headers.yaml, ``aside``) never has one.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.tables.columns import ACTOR_ROLES, TEXT_ROLES, fold, header_role, is_aside, looks_like
from loaders.words import words

_SAMPLE = 60
_SENTENCE = 8  # letters a cell of running text has on average, at the least
_MOST_OF = 0.7  # share of the filled cells that must look like the role
_LEAST = 2  # filled cells to judge by


def settle(headers: Sequence[str], roles: Sequence[str | None], stretches: Sequence[Sequence[Sequence[str]]]) -> list[str | None]:
    """Return the roles, those that no header names given to the columns whose cells fit.

    ``headers`` are the words each column is looked up by, ``roles`` what they gave, ``stretches`` the cells of the columns under each.
    """
    cells = [[text.strip() for column in stretch for text in column if text.strip()][:_SAMPLE] for stretch in stretches]
    found = [None if _is_other(headers, at, role, cells[at]) else role for at, role in enumerate(roles)]
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
        _give_over(headers, found, cells)
    return found


def _give_over(headers: Sequence[str], roles: list[str | None], cells: Sequence[Sequence[str]]) -> None:
    """Of two columns headed as measures (工作目标 | 具体内容) the finer is the measure, and the other what heads it.

    Another one is finer when it says more, and in more different words than the first, or when the first is headed as an aim.
    """
    first = roles.index("measure")
    also = [at for at, header in enumerate(headers) if roles[at] is None and header_role(header) == "measure" and len(cells[at]) >= _LEAST]
    best = max(also, key=lambda at: (len(set(cells[at])), _length(cells[at])), default=None)
    if best is None or _length(cells[best]) < _length(cells[first]):
        return
    coarse = len(set(cells[first])) < _MOST_OF * len(set(cells[best]))
    if coarse or (fold(headers[first]).endswith(tuple(words("headers")["aims"])) and len(cells[best]) >= len(cells[first])):
        free = [role for role in ("task", "group") if role not in roles and (coarse or role == "task")]
        roles[first], roles[best] = (free[0] if free else None), "measure"


def counts_up(values: Sequence[str]) -> bool:
    """Whether a column holds the numbers of the rows: 1, 2, 3 …"""
    filled = [fold(text).strip("().、．") for text in values if text.strip()]
    return len(filled) >= _LEAST and filled == [str(number) for number in range(1, len(filled) + 1)]


def _is_other(headers: Sequence[str], at: int, role: str | None, texts: Sequence[str]) -> bool:
    """责任人 above names of people is no department; 进度安排 over columns of milestones (完成招标, 开工建设) is no time limit."""
    asked = (role in ACTOR_ROLES and fold(headers[at]).endswith("人")) or (role == "deadline" and list(headers).count(headers[at]) > 1)
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
    finer = len(set(cells[best])) > len(set(cells[task])) if best in texts else len(set(cells[best])) >= len(set(cells[task]))
    return best if finer and _length(cells[best]) >= _length(cells[task]) else None


def _length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def _share(role: str, texts: Sequence[str]) -> float:
    """How many of the filled cells look like the role, and like no actor where they are to be text."""
    if role == "measure":
        return sum(looks_like(role, text) > 0 for text in texts) / len(texts)
    other = [one for one in (*ACTOR_ROLES, "deadline") if one != role and not (role in ACTOR_ROLES and one in ACTOR_ROLES)]
    return sum(looks_like(role, text) > 0 >= max(looks_like(one, text) for one in other) for text in texts) / len(texts)
