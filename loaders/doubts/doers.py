"""A body of which the measure says that it acts, and that has no role in its row: 区审计局对……开展专项审计, led by 区商务局."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from loaders.actors.authorities import is_subsequence
from loaders.actors.names import is_whole
from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Extraction, Finding, TaskRow
from loaders.tables.columns import fold
from loaders.words import words

ROLES = ("lead", "responsible", "supporting")
LEAST = 5  # rows with names before one without is worth a look
FEW = 4  # rows of a table; more are its way of writing
_OPENS = r"(?:^|(?<=[。；;，,\n]))\s*(?:[（(]?\d{1,2}[）).、．]|[①-⑳])?\s*(?:由)?"
_BODY = r"(?:省|自治区|市|州|盟|区|县|旗)(?:委|政府)?[一-鿿]{1,12}?(?:局|委员会|委|办公室|办|厅|中心|总队|支队|大队|分局|联|总工会|学校)"


def doer_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        if sum(bool(row.roles) for row in rows) < LEAST:
            continue
        short = Counter(_core(m.actor.name) for row in rows for m in row.roles)
        found = [(row, field, name) for row in rows for field, name in _acting(row) if not _answers(row, name)]
        for row, field, name in found if len(found) <= FEW else ():
            yield from _told(row, field, name, short[_core(name)])


def _acting(row: TaskRow) -> list[tuple[str, str]]:
    """Return the bodies that act in a row's own words, with the column."""
    said: list[tuple[str, str]] = []
    for field in ("measure", "sub_measure"):
        for hit in _pattern().finditer(own(row, field)):
            if is_whole(hit[1]) and hit[1] not in [name for _, name in said]:
                said.append((field, hit[1]))
    return said


def _answers(row: TaskRow, name: str) -> bool:
    """Return whether a body has a role in the row, perhaps by a longer or shorter name, or within a class (各有关部门)."""
    core = _core(name)
    named = "".join(fold(row.text(field)) for field in ROLES)
    actors = [actor for m in row.roles for actor in (m.actor.name, *m.actor.alternatives)]
    if not actors or any(m.actor.kind == "generic" for m in row.roles):
        return True
    return core in named or any(_core(actor) in name or is_subsequence(*sorted((core, _core(actor)), key=len)) for actor in actors)


def _core(name: str) -> str:
    return re.sub("^(?:省|自治区|市|州|盟|区|县|旗)(?=.{2})|(?:局|委员会|委|办公室|办|厅|中心)$", "", fold(name))


def _told(row: TaskRow, field: str, name: str, elsewhere: int) -> Iterator[Finding]:
    column = next((one for one in ROLES if own(row, one)), "")
    said = (
        f"举措写明由“{name}”办理，它却不在本行的牵头、责任或配合单位中" + (f"（同表其他 {elsewhere} 行有）。" if elsewhere else "。"),
        f"The measure has {name} act, which neither leads, answers nor supports in this row.",
    )
    if column:
        yield at_cell("role-conflict", "info", row, column, said, None, [row.cells[field].place])
    yield at_cell("role-conflict", "info", row, field, said, name, [row.cells[column].place] if column else ())


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{_OPENS}({_BODY})(?={words('doubts')['acts']})")
