"""A deadline cell held against its own row: another date or duration in the measure, 前 or 内 left out, more than time, not time at all."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from loaders.deadlines import find_deadlines, find_frequencies
from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Deadline, Extraction, Finding, Severity, TaskRow
from loaders.tables.columns import fold, is_actor_cell
from loaders.words import words

_POINT = r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年底|\d+个?(?:工作日|小时|日|天|月)|月\d{1,2}日"
_LENGTH = r"\d+个?(?:工作日|小时|分钟|日|天|周|月|季度|年)"
_AFTER = re.compile(rf"([^\d]{{4,40}}?)({_LENGTH})")
_DEED = re.compile(rf"(?<!\d)({_LENGTH})(?:以|之)?内([一-鿿]{{4,20}})")
_TURNED = {"前": "后", "后": "前"}
_SAME_EVENT = 0.6  # of the shorter one's pairs of letters, for two events to be one: 决定之日 is 作出行政许可决定之日
DEED_PAIRS = 6  # pairs of characters a deed in a deadline has at least before it is held against other rows
OFTEN = 5  # rows that say the same
WORDY, FEWER = 12, 3  # characters of a limit that fewer rows need to say before another character is a slip
LONG = 8  # characters of what is to be done; 完成第一次公示 is a milestone


def deadline_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        for row in rows:
            if own(row, "deadline") and row.deadline:
                yield from _row(row)
            elif row.deadline and "deadline" in row.inherited and "deadline" not in row.doubtful:  # a cell merged over the wrong rows
                yield from _differs(row, row.deadline, _measure(row))
        yield from _of_another(rows)
        yield from _misspelt(rows)
        yield from _end_marks(rows)


def _row(row: TaskRow) -> Iterator[Finding]:
    deadline = row.deadline
    assert deadline
    measure = _measure(row)
    cell = own(row, "deadline")
    if deadline.kind == "not-a-deadline":
        if not is_actor_cell(cell):  # a department in this column is a mismatch, told by columns.py
            said = "“完成时限”一栏的文字未能读作时限。", "The words in the deadline column could not be read as a time limit."
            yield at_cell("deadline-unreadable", "warning", row, "deadline", said)
        return
    yield from _differs(row, deadline, measure)
    folded, folded_measure = fold(cell), fold(measure)
    for hit in re.finditer(_POINT, folded):
        tail = re.search(re.escape(hit[0]) + "(之前|以前|前|以内|之内|内)", folded_measure)
        if tail and not re.match("之?以?[前内]", folded[hit.end() :]) and not re.search(rf"[前内].{{0,4}}{re.escape(hit[0])}", folded):
            zh = f"举措中写“{tail[0]}”，时限栏少“{tail[1]}”字。"
            yield at_cell(
                "deadline-wording", "info", row, "deadline", (zh, f"The measure says {tail[0]}; the column leaves out {tail[1]}.")
            )
            break
    if sum(len(fold(words)) for words in _outcomes(deadline)) >= LONG:
        said = "时限栏写进了任务内容，不只是时间。", "The deadline column holds words of the task, not only time."
        yield at_cell("deadline-with-task", "info", row, "deadline", said)


def _misspelt(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A deadline met once that differs by one Chinese character from one met often (持续开殿)."""
    counts = Counter(fold(own(row, "deadline")) for row in rows if own(row, "deadline"))
    usual = [words for words, count in counts.items() if count >= (OFTEN if len(words) < WORDY else FEWER) and len(words) >= 3]
    for row in rows:
        cell = fold(own(row, "deadline"))
        for right in usual if counts[cell] == 1 else ():
            differ = [(a, b) for a, b in zip(cell, right, strict=False) if a != b]
            if len(cell) == len(right) and len(differ) == 1 and all("一" <= char <= "鿿" for char in differ[0]):
                said = f"疑似错字：同栏 {counts[right]} 行写作“{right}”。", f"Probably a wrong character: {counts[right]} rows say {right}."
                yield at_cell("typo-suspected", "warning", row, "deadline", said)
            elif len(cell) >= 2 and cell != right and right.startswith(cell) and not re.search(r"\d", cell):
                said = f"不完整，同栏 {counts[right]} 行写作“{right}”。", f"Only the beginning of {right}, as {counts[right]} rows say."
                yield at_cell("typo-suspected", "warning", row, "deadline", said)


def _measure(row: TaskRow) -> str:
    return "。".join(filter(None, (row.text("measure"), row.text("sub_measure"))))


def _differs(row: TaskRow, deadline: Deadline, measure: str) -> Iterator[Finding]:
    """Dates and durations of the measure that the column contradicts: of the same kind, and none of them the same."""
    stated = _atoms(deadline)
    found = [(found, _atoms(found.deadline)) for found in find_deadlines(measure)]
    for kind in ("date", "duration", "yearly"):
        mine = {value for name, value in stated if name == kind}
        theirs = [(entry.deadline.raw, value) for entry, atoms in found for name, value in atoms if name == kind]
        other = [raw for raw, value in theirs if not any(_same(value, one) for one in mine)]
        if mine and other and (len(other) == len(theirs) or len({value for _, value in theirs}) == len(mine)):
            raw = other[0]
            yield from _contradicted(row, "warning", deadline, raw)
            return
    dates = [entry for entry, atoms in found if any(name in ("date", "duration") for name, _ in atoms)]
    if deadline.kind == "ongoing" and dates and not re.search(words("doubts")["not_the_task"], measure):
        raw = dates[0].deadline.raw
        # 持续开展，……15个工作日内公示: a limit inside what goes on; a day of the calendar ends it
        severity: Severity = "info" if all(name == "duration" for _, atoms in found for name, _ in atoms) else "warning"
        yield from _contradicted(row, severity, deadline, raw)
        return
    yield from _exchanged(row, deadline, measure)
    yield from _same_trigger(row, deadline, measure)
    yield from _begun_otherwise(row, deadline, [entry.deadline for entry, _ in found])
    yield from _seldom(row, deadline, measure)


def _contradicted(row: TaskRow, severity: Severity, deadline: Deadline, raw: str) -> Iterator[Finding]:
    """Tell the deadline's cell, and the words of the measure as the other side of it: either may be the wrong one."""
    said = (
        f"时限栏写“{deadline.raw.strip()}”，与举措不一致：举措中写“{raw}”。",
        f"The column says {deadline.raw.strip()}, which differs from the measure: {raw}.",
    )
    fields = [field for field in ("measure", "sub_measure") if raw in own(row, field)]
    yield at_cell("deadline-differs", severity, row, "deadline", said, None, [row.cells[field].place for field in fields])
    for field in fields:
        other = f"与时限栏（{deadline.raw.strip()}）不一致。", f"Differs from the deadline column ({deadline.raw.strip()})."
        yield at_cell("deadline-differs", "info", row, field, other, raw, [row.cells["deadline"].place] if "deadline" in row.cells else ())


def _same_trigger(row: TaskRow, deadline: Deadline, measure: str) -> Iterator[Finding]:
    """制定或修改相关标准后1个月内 in the column, 制定或修改相关标准后1年内 or 制定或修改相关标准前1个月内 in the measure."""
    hit = _AFTER.match(fold(deadline.raw))
    if not hit:
        return
    turned = hit[1][:-1] + _TURNED.get(hit[1][-1], "")
    same, other = (re.search(re.escape(trigger) + rf"({_LENGTH})", fold(measure)) for trigger in (hit[1], turned))
    if same and same[1] != hit[2]:
        yield from _contradicted(row, "warning", deadline, same[0])
    elif other and not same and turned != hit[1][:-1]:
        yield from _contradicted(row, "warning", deadline, other[0])


def _begun_otherwise(row: TaskRow, deadline: Deadline, found: Sequence[Deadline]) -> Iterator[Finding]:
    """收到申请之日起7个工作日内 in the column, 作出决定之日起7个工作日内 in the measure: as long, but counted from something else."""
    if not deadline.offset or not deadline.triggers:
        return
    alike = [other for other in found if other.offset == deadline.offset and other.triggers]
    mine = _pairs(fold(deadline.triggers[0]))
    shares = [len(mine & theirs) / max(1, min(len(mine), len(theirs))) for other in alike if (theirs := _pairs(fold(other.triggers[0])))]
    if shares and max(shares) < _SAME_EVENT:
        yield from _contradicted(row, "info", deadline, alike[0].raw)


def _exchanged(row: TaskRow, deadline: Deadline, measure: str) -> Iterator[Finding]:
    """在24小时内发布 in the column where the measure gives the same deed 5个小时."""
    asked = {hit[2]: hit for hit in _DEED.finditer(fold(measure))}
    for hit in _DEED.finditer(fold(own(row, "deadline"))):
        there = asked.get(hit[2])
        if there and there[1].replace("个", "") != hit[1].replace("个", ""):
            yield from _contradicted(row, "warning", deadline, there[0])
            return


def _of_another(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A deadline that names a deed of which its own row says nothing, and another row does: copied from there."""
    deeds = [_pairs(fold("".join(_outcomes(row.deadline)))) if row.deadline else frozenset() for row in rows]
    pairs = [_pairs(fold(_measure(row))) for row in rows]
    often = Counter(deeds)
    said_at: defaultdict[str, list[int]] = defaultdict(list)
    for at, (asked, due) in enumerate(zip(pairs, deeds, strict=True)):
        for pair in asked | due:
            said_at[pair].append(at)
    for at, row in enumerate(rows):
        deed = deeds[at] - _pairs(fold(row.text("task") + row.text("group"))) if own(row, "deadline") else frozenset()
        # 完成第一次公示 is a milestone of many
        if often[deeds[at]] > 2 or len(deed) < DEED_PAIRS or len(deed & pairs[at]) > len(deed) // 6:
            continue
        others = Counter(other for pair in deed for other in said_at[pair] if other != at)
        found = min(others, key=lambda other: (-others[other], other), default=at)
        if found != at and others[found] * 2 > len(deed) and len(deed & pairs[found]) * 3 >= len(deed):
            best = rows[found]
            said = (
                f"时限栏所说的事不见于本行，而见于第{best.row}项。",
                f"This row says nothing of the deed named in its deadline; row {best.row} does.",
            )
            yield at_cell("deadline-differs", "warning", row, "deadline", said, related=[best.place])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if re.fullmatch("[一-鿿]{2}", text[at : at + 2]))


def _seldom(row: TaskRow, deadline: Deadline, measure: str) -> Iterator[Finding]:
    """每季度 in the column where the measure says 每年, or the other way round."""
    every = deadline.recurs.every if deadline.recurs else ""
    asked = [one for one in find_frequencies(measure) if one.every]
    if every and asked and every not in {one.every for one in asked}:
        yield from _contradicted(row, "info", deadline, asked[0].raw)


def _atoms(deadline: Deadline) -> set[tuple[str, str]]:
    """Return what a limit says, part by part; a date whose year a rule guessed is month and day alone."""
    found: set[tuple[str, str]] = set()
    if deadline.date:
        guessed = not re.search(r"\d{4}\s*年|\d{4}[-./]", deadline.raw)
        found.add(("date", deadline.date[4:] if guessed else deadline.date))
    if deadline.offset:
        offset = deadline.offset
        found.add(("duration", f"{offset.duration}{'w' if offset.working_days else ''}{f' day {offset.day}' if offset.day else ''}"))
    if deadline.recurs and deadline.recurs.month:
        found.add(("yearly", f"{deadline.recurs.month}-{deadline.recurs.day or 0}"))
    return found.union(*(_atoms(part) for part in deadline.parts)) if deadline.parts else found


def _same(one: str, other: str) -> bool:
    """A date without its year is held against month and day alone."""
    return one == other or (one.startswith("-") != other.startswith("-") and one.endswith(other[-6:]) and other.endswith(one[-6:]))


def _outcomes(deadline: Deadline) -> list[str]:
    return [words for words in (deadline.outcome, *(part.outcome for part in deadline.parts)) if words]


def _end_marks(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Where nearly every deadline of a table has no 。 at its end, those that have one stand out."""
    filled = [row for row in rows if own(row, "deadline")]
    marked = [row for row in filled if own(row, "deadline").endswith(("。", "；", "，", "、"))]
    if len(filled) >= 8 and 0 < len(marked) <= len(filled) // 5:
        for row in marked:
            mark = own(row, "deadline")[-1]
            said = f"句末有“{mark}”，同栏其他各行没有。", f"Ends with {mark}, as no other row of the column does."
            yield at_cell("end-mark", "info", row, "deadline", said)
