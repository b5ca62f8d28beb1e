"""A limit cell held against itself and its row's authorities: one body with two dates, a level the row does not ask anything of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.actors.levels import addressed_levels, told_level
from loaders.deadlines import read_deadline
from loaders.doubts.telling import at_cell, own
from loaders.records import Extraction, Finding, TaskRow
from loaders.tables.columns import fold
from loaders.words import words

_DAY = r"\d{1,2}月(?:\d{1,2}日|底|末|初)?|年?底|上半年|下半年|第?[一二三四1-4]季度"
_DATE = rf"(?:每年|[12]\d{{3}}年|当年|次年|翌年)?(?:{_DAY})(?:之?前|以前|内)?|[12]\d{{3}}年(?:之?前|以前)?"
_SAID = re.compile(rf"(?P<who>[一-鿿（()）]{{2,12}}?)(?:应|须|要|于|在|不迟于|最迟)?(?P<when>{_DATE})(?P<what>[^，,；;。、\n]*)")
_FULL = re.compile(r"[12]\d{3}年(?:\d{1,2}月(?:\d{1,2}日|底|末)?|底)(?:之?前|以前)")
_ASKED = re.compile("(?:按照?|根据|依照|依据)(?P<who>[一-鿿、]{2,24}?)(?:的)?(?:统一)?(?:要求|规定|部署|安排)")


def limit_part_doubts(document: Extraction) -> Iterator[Finding]:
    for row in document.rows:
        cell = own(row, "deadline")
        if not cell or not row.deadline:
            continue
        said = [hit for piece in re.split(r"[，,；;。、\n]", cell) if (hit := _SAID.fullmatch(fold(piece)))]
        pieces = [fold(piece) for piece in re.split(r"[，,；;。、\n]", cell) if len(fold(piece)) >= 2]
        for piece in sorted({piece for piece in pieces if pieces.count(piece) > 1}):
            zh, en = f"“{piece}”在同一时限中写了 {pieces.count(piece)} 次。", f"{piece} stands {pieces.count(piece)} times in one limit."
            yield at_cell("redundant-words", "warning", row, "deadline", (zh, en))
        if len(pieces) == 2 and all(_FULL.fullmatch(piece) for piece in pieces) and pieces[0] != pieces[1]:
            zh, en = "同一时限写了两个日期，没有说明各指何事。", "One limit with two dates, neither of which says what it is for."
            yield at_cell("deadline-differs", "info", row, "deadline", (zh, en))
        yield from _twice(row, said)
        yield from _not_asked(row, said)
        yield from _other_authority(row, cell)


def _twice(row: TaskRow, said: list[re.Match[str]]) -> Iterator[Finding]:
    """市局每年1月31日前，市局每年1月15日前: of two milestones (完成自查, 完成整改) each names its own deed."""
    for at, hit in enumerate(said):
        for other in said[:at]:
            if hit["who"] == other["who"] and hit["when"] != other["when"] and _deed(hit) == _deed(other):
                zh = f"“{hit['who']}”在同一时限中写了“{other['when']}”和“{hit['when']}”。"
                en = f"{hit['who']} has two dates in one limit: {other['when']} and {hit['when']}."
                yield at_cell("deadline-differs", "warning", row, "deadline", (zh, en))
                return


def _deed(hit: re.Match[str]) -> str:
    return re.sub("^(?:前|以前|之前)?(?:完成)?", "", hit["what"])


def _not_asked(row: TaskRow, said: list[re.Match[str]]) -> Iterator[Finding]:
    """县（区）局7月31日前 in a row whose 责任单位 is 市税务局."""
    unit = row.text("unit")
    asked = _levels(unit)
    if not asked or not asked <= set(words("levels")["ladder"]):
        return
    for hit in said:
        named = _levels(hit["who"])
        if len(named) == 1 and not named & asked:
            zh = f"时限写到“{hit['who']}”，本行的责任单位“{unit}”不含这一级。"
            en = f"The limit names {hit['who']}; the row asks something of {unit} only."
            yield at_cell("deadline-differs", "info", row, "deadline", (zh, en), None, [row.cells["unit"].place])
            return


def _other_authority(row: TaskRow, cell: str) -> Iterator[Finding]:
    """按照税务总局、省国税局要求 in the column, 按照税务总局要求 in the measure: the two name other authorities."""
    limit, asked = _ASKED.match(fold(cell)), [hit for field in ("measure", "sub_measure") for hit in _ASKED.finditer(fold(own(row, field)))]
    said = {name for hit in asked for name in hit["who"].split("、")}
    mine = set(limit["who"].split("、")) if limit else set()
    if mine and said and mine != said and (mine & said or len(asked) == 1) and all(map(_is_authority, mine | said)):
        zh = f"时限写按照“{'、'.join(sorted(mine))}”的要求，举措写的是“{'、'.join(sorted(said))}”。"
        en = f"The limit goes by what {', '.join(sorted(mine))} ask; the measure names {', '.join(sorted(said))}."
        yield at_cell("deadline-differs", "info", row, "deadline", (zh, en))


def _is_authority(name: str) -> bool:
    return bool(re.search("[局署委部厅府院]$", name))


def _levels(name: str) -> set[str]:
    """Return the levels a name or a list of them stands for; "all" among them where a class of every level is meant."""
    found = set(addressed_levels(fold(name)))
    for piece in re.split(r"[、，,；;\n]", fold(name)) if not found else ():
        level = told_level(piece).level or read_level(piece)
        found |= {level} if level else {"all"}
    return found


def read_level(name: str) -> str:
    """Return the level of a body named by its level alone (市局, 县（区）局), "" for any other."""
    limit = read_deadline(f"{name}2024年1月31日前")
    return next((one.level for one in ((limit, *limit.parts) if limit else ()) if one.level), "") or ""
