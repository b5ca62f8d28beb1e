"""Labels of merged blocks as a dump leaves them: repeated at a page break, one character a line, names broken over lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from loaders.doubts.telling import at_cell, own, tables
from loaders.records import CellText, Extraction, Finding, TaskRow, Text2
from loaders.tables.columns import fold
from loaders.words import words

FIELDS = ("task", "group")
_LONG_LABEL = 8  # characters of a label of which one may be wrong
WRITTEN_OUT = 0.5  # share of rows with a label of their own from which a table writes them out
OFTEN = 3  # rows that write a label out before one that differs by a character is its slip
_BROKEN = re.compile(r"(?:[、，,]|或|和|及|与|以及)[ \u3000]*\n")
_VERTICAL = re.compile(r"\s*(?:[一-鿿“”]\s*\n\s*){4,}[一-鿿“”]\s*")


def label_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        last: dict[str, str] = {}
        above: dict[str, str] = {}
        for row in rows:
            for field in FIELDS:
                label = own(row, field)
                if not label:
                    above[field] = ""
                    continue
                if _VERTICAL.fullmatch(row.cells[field].raw):
                    said = "标题竖排，每行一字；已连读。", "The label is set one character a line; read as one."
                    yield at_cell("vertical-label", "info", row, field, said)
                if last.get(field) == fold(label) != above.get(field):  # a table that writes its labels in every row repeats nothing
                    said = (
                        "与上一段的标题相同，疑为换页重复；未另立一组。",
                        "The label of the block above again, as at a page break; no new group.",
                    )
                    yield at_cell("label-repeated", "info", row, field, said)
                last[field] = above[field] = fold(label)
            for field in ("lead", "responsible", "supporting", "unit"):
                if own(row, field) and _BROKEN.search(row.cells[field].raw):
                    said = "名单在连接词或顿号后断行。", "The list of names is broken after a mark or a joining word."
                    yield at_cell("broken-cell", "info", row, field, said)
        yield from _again(rows)
        yield from _slips(rows)
        yield from _unlabelled(rows)
        yield from _astray(rows)
        yield from _ends(rows)
        yield from _blank_lines(rows)
    yield from _notes(document)


def _again(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A label in two rows that follow each other, where a label is written at the head of its block only: one stands at the wrong row."""
    for field in FIELDS:
        if sum(bool(own(row, field)) for row in rows) > len(rows) * WRITTEN_OUT:
            continue
        for upper, lower in pairwise(rows):
            if own(upper, field) and fold(own(upper, field)) == fold(own(lower, field)):
                for row, other in ((upper, lower), (lower, upper)):
                    said = (
                        f"与第{other.row}项的标题相同，标题只应写在一组的首行。",
                        f"The label of row {other.row} again; a label stands at the first row of its block only.",
                    )
                    yield at_cell("label-repeated", "info", row, field, said, None, [other.cells[field].place])


def _slips(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A label written out once that differs by one character from one written out often (设施建没)."""
    for field in FIELDS:
        counts = Counter(fold(own(row, field)) for row in rows if own(row, field))
        usual = [other for other, count in counts.items() if count >= OFTEN and len(other) >= 4]
        above = ""
        for row in rows:
            label = fold(own(row, field))
            if len(label) >= 4 and len(label) < len(above) and above.startswith(label) and counts[label] == 1:
                said = f"标题不完整，疑为“{above}”。", f"Only the beginning of {above}, the label above."
                yield at_cell("typo-suspected", "warning", row, field, said)
            if differ := _one_apart(label, above):
                said = (
                    f"与上一段的标题只差一字（{differ[1]}／{differ[0]}），若是换页重复则有一处写错。",
                    f"One character apart from the label above ({differ[1]}, {differ[0]}); one is wrong if it repeats over the page.",
                )
                yield at_cell("typo-suspected", "info", row, field, said)
            above = label or above
            for right in usual if counts[label] == 1 else ():
                if len(label) == len(right) and sum(a != b for a, b in zip(label, right, strict=True)) == 1:
                    said = (
                        f"疑似错字：同栏 {counts[right]} 行写作“{right}”。",
                        f"Probably a wrong character: {counts[right]} rows say {right}.",
                    )
                    yield at_cell("typo-suspected", "warning", row, field, said)


def _one_apart(label: str, above: str) -> tuple[str, str] | None:
    """The characters in which two long labels differ, when it is one pair and no number (公示制度, 公开制度)."""
    differ = [pair for pair in zip(label, above, strict=False) if pair[0] != pair[1]]
    alone = len(label) == len(above) >= _LONG_LABEL and len(differ) == 1
    return differ[0] if alone and not set(differ[0]) & set("一二三四五六七八九十0123456789") else None


def _unlabelled(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Rows before the first label of their part, where nearly all rows of the table stand under one; told at the first of them."""
    for field, name in (("task", "主要任务"), ("group", "归组")):
        without = [bool(row.cells.get("measure")) and not row.text(field) for row in rows]
        if len(rows) < 8 or not 0 < sum(without) <= len(rows) // 10:
            continue
        columns = Counter(row.cells[field].place.column for row in rows if own(row, field))
        for at, row in enumerate(rows):
            if without[at] and not (at and without[at - 1]) and columns:
                said = (
                    f"本行没有“{name}”标题，同表其他各行都有。",
                    f"This row stands under no label ({field}), as the others of the table do.",
                )
                yield Finding("cell-blank", "info", replace(row.place, column=columns.most_common(1)[0][0]), "", Text2(*said))


def _astray(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """One row away from all others of its label, in a table whose labels otherwise keep together."""
    for field in FIELDS:
        labels = [fold(own(row, field)) for row in rows]
        if len(rows) < 8 or not all(labels) or not 2 <= len(set(labels)) < len(list(groupby(labels))) <= len(set(labels)) + 2:
            continue
        found = [at for at, label in enumerate(labels) if not _is_beside(labels, at) and labels.count(label) > 2 and _together(labels, at)]
        if len(found) == 1:
            row, label = rows[found[0]], labels[found[0]]
            said = f"“{label}”的其余各项都排在一起，只有本项不在那里。", f"All other rows of {label} stand together, this one elsewhere."
            yield at_cell("label-astray", "warning", row, field, said)


def _is_beside(labels: Sequence[str], at: int) -> bool:
    return labels[at] in (*labels[max(0, at - 1) : at], *labels[at + 1 : at + 2])


def _together(labels: Sequence[str], but: int) -> bool:
    """Return whether every label is one stretch once a row is left out."""
    rest = [label for at, label in enumerate(labels) if at != but]
    return len(list(groupby(rest))) == len(set(rest))


def _blank_lines(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Cells with blank lines inside or at their end, told once for the table."""
    field_of = {
        row.row: field for row in rows for field, cell in row.cells.items() if own(row, field) and re.search(r"\n[ \t]*\n", cell.raw)
    }
    found = [row for row in rows if row.row in field_of]
    if found:
        names = "、".join(row.row for row in found)
        said = f"第{names}项的单元格内有空行。", f"Rows {names} have cells with blank lines inside."
        yield at_cell("broken-cell", "info", found[0], field_of[found[0].row], said, None, [row.place for row in found[1:20]])


def _ends(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Measures that end without a mark where nearly all have one, or with one where nearly none has; told once where it is about half."""
    ends = {row.row: _end(own(row, "sub_measure") or own(row, "measure")) for row in rows if own(row, "measure") or own(row, "sub_measure")}
    count = Counter(bool(end) for end in ends.values())
    if len(ends) < 8 or not count[True] or not count[False]:
        return
    rare = count[True] < count[False]
    odd = [row for row in rows if row.row in ends and bool(ends[row.row]) is rare]
    field = {row.row: "sub_measure" if own(row, "sub_measure") else "measure" for row in odd}
    if len(odd) <= max(2, len(ends) // 10):
        for row in odd:
            said = ("句末有句号，同栏其他各行没有。", "Ends with a full stop, as hardly any other row does.")
            if not rare:
                said = ("句末缺标点，同栏其他各行都有。", "Ends without a mark, which nearly all other rows have.")
            yield at_cell("end-mark", "info", row, field[row.row], said, own(row, field[row.row])[-8:])
    else:
        said = (
            f"本栏 {count[True]} 行有句末标点，{count[False]} 行没有。",
            f"{count[True]} rows of this column end with a mark, {count[False]} do not.",
        )
        yield at_cell(
            "end-mark", "info", odd[0], field[odd[0].row], said, own(odd[0], field[odd[0].row])[-8:], [r.place for r in odd[1:20]]
        )


def _end(text: str) -> str:
    return text[-1] if text and text[-1] in "。；！？.;" else ""


def _notes(document: Extraction) -> Iterator[Finding]:
    """A note below the table that is a rule for its rows."""
    for note in document.footnotes:
        said = (
            "表下备注对各行有约束，已按规则处理空白单元格。",
            "The note below the table is a rule for its rows; blank cells are read by it.",
        )
        if re.search("没有明确|未明确|由.{2,20}(?:明确|确定)", note.value):
            yield Finding("table-note", "info", note.place, note.raw.strip()[:200], Text2(*said))
        yield from _roles_nowhere(document, note)
        yield from _explained(document, note)


def _roles_nowhere(document: Extraction, note: CellText) -> Iterator[Finding]:
    """A note that speaks of 督导部门 where no column is headed so, beside roles that are columns."""
    heads = "".join(name for name, _ in document.ingest.columns)
    held = any(hit[1] in heads for hit in re.finditer(words("doubts")["note_roles"], note.raw))
    for hit in re.finditer(words("doubts")["note_acts"], note.raw):
        if held and hit[1] not in heads and note.place.start is not None:
            said = f"表中没有“{hit[0]}”一栏。", f"The table has no column {hit[0]}."
            start = note.place.start + hit.start()
            yield Finding("reference-nowhere", "warning", replace(note.place, start=start, end=start + len(hit[0])), hit[0], Text2(*said))


def _explained(document: Extraction, note: CellText) -> Iterator[Finding]:
    """A note that says what the roles of the columns are: one of them twice and in two ways, or all but one."""
    heads = "".join(name for name, _ in document.ingest.columns)
    hits = list(re.finditer(words("doubts")["note_explains"], note.raw))
    roles = [hit["role"] for hit in hits]
    columns = [name for name in ("牵头", "责任", "配合", "协办", "参与") if name in heads]
    missing = [name for name in columns if name not in roles]
    if note.place.start is None or len(set(roles)) < 2:
        return
    twice = next((hit for at, hit in enumerate(hits) if hit["role"] in roles[:at]), None)
    if twice:
        lost = f"，而“{'、'.join(missing)}”没有说明" if missing else ""
        name = twice["words"]
        said = f"“{name}”在备注中说明了两次，说法不同{lost}。", f"The note explains {name} twice, in two ways."
        start = note.place.start + twice.start("words")
        place = replace(note.place, start=start, end=start + len(name))
        yield Finding("self-contradiction", "warning", place, name, Text2(*said))
    elif len(missing) == 1 and len(columns) > 2:
        said = f"备注说明了其他各栏的职责，没有说明“{missing[0]}”一栏。", f"The note explains the other roles, but not {missing[0]}."
        yield Finding("table-note", "info", note.place, note.raw.strip()[:200], Text2(*said))
