"""Which column of a table plays which role: header synonyms first, content where the header does not settle it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from loaders.actors import split_actors
from loaders.deadlines import read_deadline
from loaders.noise.encoding import comparable
from loaders.words import words

TEXT_ROLES = ("task", "group", "measure", "sub_measure")
ACTOR_ROLES = ("lead", "responsible", "supporting", "unit")
ROLES = ("number", *TEXT_ROLES, *ACTOR_ROLES, "deadline")
_NUMBER = re.compile(r"[（(]?(?:\d{1,4}(?:[.\-—]\d{1,3}){0,3}|[一二三四五六七八九十百]{1,5}|[①-⑳])[)）]?[.．、]?")


@lru_cache(maxsize=16384)  # labels, departments and headers come again in every row
def fold(text: str) -> str:
    """Return a text without blanks, full-width forms folded: to compare, never to show."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", comparable(text)))


def header_role(text: str) -> str | None:
    """Return the role a header cell's words stand for, None when we do not know them.

    >>> header_role("牵头 部门"), header_role("市级牵头单位（部门）"), header_role("联系电话")
    ('lead', 'lead', None)
    """
    plain = re.sub(r"\(.*?\)|（.*?）", "", fold(text))
    plain = plain or fold(text).strip("()")
    for settled in (fold(text), plain):
        if settled in _exact():
            return _exact()[settled]
    for role, synonyms in _synonyms():
        if plain in synonyms:
            return role
    if is_aside(plain):
        return None
    if 2 <= len(plain) <= 12:
        for role, long in _long_synonyms():
            if plain.endswith(long) or plain.startswith(long):
                return role
        for role, nouns in words("headers")["endings"].items():
            if plain.endswith(tuple(nouns)):
                return str(role)
        for role, begins in words("headers")["begins"].items():
            if plain.endswith(tuple(words("headers")["bodies"])) and any(word in plain for word in begins):
                return str(role)
    return None


def header_halves(header: str) -> tuple[str, ...]:
    """Return the roles of a header that names two things of different kinds (整改措施及责任单位, 责任单位和完成时限), () for any other."""
    halves = [header_role(half) for half in re.split("[及和与、/]", fold(header)) if half]
    return tuple(role for role in halves if role) if len(halves) == 2 and None not in halves and halves[0] != halves[1] else ()


def is_person(header: str) -> bool:
    """Whether a header is of people (责任人): beside one of bodies for the same role it is no department's."""
    plain = fold(header)
    return plain.endswith(("人", "人员")) and not any(body in plain for body in ("单位", "部门", "科室"))


def is_aside(header: str) -> bool:
    """Whether a header is of a column that says nothing of the task: people in charge, overseers, progress, remarks."""
    plain = fold(header)
    return plain.startswith(tuple(words("headers")["aside"])) or plain.endswith(tuple(words("headers")["aside"]))


@cache
def _synonyms() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((role, frozenset(fold(s) for s in listed)) for role, listed in words("headers")["roles"].items())


@cache
def _long_synonyms() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Those that a longer header may begin or end with."""
    return tuple((role, tuple(name for name in names if len(name) >= 3)) for role, names in _synonyms())


@cache
def _exact() -> dict[str, str | None]:
    """Headers whose role a researcher has settled, before any rule; None: not used."""
    settled = words("headers").get("exact") or {}
    return {fold(str(header)): role for header, role in settled.items() if role is None or role in ROLES}


def header_roles(cells: Sequence[str]) -> list[str | None]:
    """Return the role of each header cell; a role met twice goes to the first, ``also`` moves 责任单位 aside for 责任部门."""
    roles = [header_role(cell) for cell in cells]
    bodies = {role for role, cell in zip(roles, cells, strict=True) if role and not is_person(cell)}
    roles = [None if role in bodies and role in ACTOR_ROLES and is_person(cell) else role for role, cell in zip(roles, cells, strict=True)]
    also = {fold(k): v for k, v in words("headers")["also"].items()}
    for at, role in enumerate(roles):
        other = also.get(fold(cells[at]))
        if role and other and roles.count(role) > 1 and other not in roles:
            roles[at] = other
    taken: set[str] = set()
    for at, role in enumerate(roles):
        if role is None:
            continue
        if role in taken:
            roles[at] = "group" if role == "task" and "group" not in taken else None
        taken.add(role)
    return roles


def is_header(cells: Sequence[str]) -> bool:
    """Is this the header of a task table: what is to be done, and who or by when, in short cells?

    Names such as 项目 or 类别 are weak: they make a task table only with who and when, or with those who are given the work beside a second
    column of words (项目名称, 主要内容) or of bodies (牵头, 配合); beside 金额, 得分 or 电话 only with all of these.
    """
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < 2 or max(len(fold(cell)) for cell in filled) > 30:
        return False
    found = {role for cell in filled for role in (header_role(cell), *header_halves(cell)) if role}
    who, when = found & set(ACTOR_ROLES), "deadline" in found
    what = [cell for cell in filled if {header_role(cell), *header_halves(cell)} & {"task", "measure", "group"}]
    other = any(word in fold(cell) for cell in filled for word in words("headers")["other_tables"])
    strong = any(fold(cell) in _exact() or any(word in fold(cell) for word in words("headers")["strong"]) for cell in what)
    if strong:
        return bool(who or when) and not (other and not who)
    given = any(word in fold(cell) for cell in filled if header_role(cell) in ACTOR_ROLES for word in words("headers")["given_work"])
    told = given and (len(what) >= 2 or len(who) >= 2)
    return bool(what and who) and (when and told if other else when or told)


def looks_like(role: str | None, text: str) -> float:
    """Return how well a cell's words fit a role, from -2 (not at all) to 2."""
    plain = text.strip()
    if role == "number":
        return 2.0 if _NUMBER.fullmatch(fold(plain)) else 0.2 if not plain else -2.0
    if not plain:
        return 0.0
    if role == "deadline":
        return 1.5 if _is_deadline(plain) else -1.0
    if role in ACTOR_ROLES:
        return 1.5 if is_actor_cell(plain) else -1.5
    if role in TEXT_ROLES:
        if _NUMBER.fullmatch(fold(plain)):
            return -1.0
        return -0.6 if is_actor_cell(plain) or (len(plain) < 20 and _is_deadline(plain)) else 1.0
    return 0.0


@cache
def _is_deadline(text: str) -> bool:
    found = read_deadline(text)
    return found is not None and found.kind != "not-a-deadline"


@cache
def is_actor_cell(text: str) -> bool:
    """A cell of actors holds only short names that end like departments, offices or authorities."""
    names = [re.sub(r"[（(].*?[)）]", "", a.name) for a in split_actors(text)]
    return (
        bool(names)
        and not any(_COUNTED.search(n) for n in names)
        and all(len(n) <= 30 and (_ACTOR_END.search(n) or n.endswith(_endings())) for n in names)
    )


_COUNTED = re.compile(r"\d[余多]?[处所站队组个家]$")  # 改扩建幼儿园3所
_ACTOR_END = re.compile(
    r"(?:[处司局办室厅部委院会组科队站所校团社署馆市区县镇乡]|处室|街道|街镇|司局|系统|机构|共青团|领导|负责人|人员|专班)(?:等)?$"
)


def _endings() -> tuple[str, ...]:
    """Endings of names, from actors.yaml, without those that also end other words."""
    names = words("actors")
    return tuple(word for word in names["endings"] if len(word) > 1 and word not in names["loose_endings"])


def assign(cells: Sequence[str], columns: Sequence[str | None]) -> list[int | None]:
    """Lay a row's cells on the table's columns, in order, where their numbers differ.

    :returns: For each cell the index of its column; None for a cell that has no column of its own (it stands after its
        neighbour's column, e.g. a sub-measure). A column may stay empty (its cell is merged into its left neighbour).
    """
    rows, cols = len(cells), len(columns)
    worst = -1e9
    best = [[worst] * (cols + 1) for _ in range(rows + 1)]
    step: dict[tuple[int, int], str] = {}
    best[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(cols + 1):
            here = best[i][j]
            if here == worst:
                continue
            options = []
            if i < rows and j < cols:
                options.append((i + 1, j + 1, here + looks_like(columns[j], cells[i]), "match"))
            if j < cols:
                options.append((i, j + 1, here - _empty_cost(columns[j]), "empty"))
            if i < rows and j > 0 and columns[j - 1] == "measure":
                options.append((i + 1, j, here - 0.9 + 0.3 * looks_like("measure", cells[i]), "extra"))
            for a, b, value, move in options:
                if value > best[a][b] + 1e-9:
                    best[a][b] = value
                    step[a, b] = move
    laid: list[int | None] = [None] * rows
    i, j = rows, cols
    while (i, j) != (0, 0):
        how = step.get((i, j))
        if how is None:
            return list(range(min(rows, cols))) + [None] * (rows - min(rows, cols))
        if how == "match":
            i, j = i - 1, j - 1
            laid[i] = j
        elif how == "empty":
            j -= 1
        else:
            i -= 1
    return laid


def _empty_cost(role: str | None) -> float:
    """A group column is the likeliest to be merged away, a measure the least."""
    return {"group": 0.7, "sub_measure": 0.3, "task": 1.0, "supporting": 1.2, None: 0.8}.get(role, 1.6)
