"""Who leads and who answers, where the roles contradict each other or name nobody: rows, and the bracket notes of clauses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.actors.people import blanked, people_column, without_people
from loaders.doubts.telling import at_cell, at_provision, at_text, own, tables
from loaders.records import Actor, Extraction, Finding, Provision, RoleMention, Severity, TaskRow, Text2
from loaders.tables.columns import fold
from loaders.words import words

FIELDS = ("lead", "responsible", "supporting")
_NOTE = r"[（(][^（）()\n]{0,60}(?:牵头|落实|负责|配合|承办|汇总)[^（）()\n]{0,30}[）)]?\s*$"
_DOES = "牵头|落实|负责|会同|配合|参与|承办|协办|汇总|主办|责任|实施"
_SHARED_OUT = re.compile(r"等?(?:按照?(?:各自)?职责(?:分工)?|按照?分工)(?:分别)?$")  # …、某局按职责分工负责
_BETWEEN = r"[、，,；;()（）\s]|牵头|落实|负责|会同|配合|参与|承办"
MOST_OF = 0.7
SEVERAL, UNNAMED, BOTH, PERSON = "several-leads", "lead-unnamed", "role-conflict", "person-in-role"


def role_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        for row in rows:
            yield from _row(row)
        yield from _alone(rows)
        yield from _top(rows)
    yield from _notes(document)


def _row(row: TaskRow) -> Iterator[Finding]:
    leads, answering, helping = (_names(row.roles, role) for role in ("lead", "responsible", "supporting"))
    if own(row, "supporting"):
        for name in sorted(helping & (leads | answering)):
            said = f"“{name}”既是牵头或责任部门，又列为配合部门。", f"{name} leads or is responsible, and is listed as supporting too."
            yield at_cell(BOTH, "warning", row, "supporting", said, name)
            for field in ("lead", "responsible"):  # either may be the wrong one
                if name in fold(own(row, field)):
                    yield at_cell(BOTH, "info", row, field, said, name, [row.cells["supporting"].place])
    for field in FIELDS:
        cell = own(row, field)
        bodies = without_people(cell, named=people_column(row, field)) if cell else cell
        if people := [cell[a:b].strip() for a, b in blanked(cell, bodies)]:
            told = "、".join(people)
            said = f"“{told}”按人名、职务理解，不作为单位。", f"{told} is taken for a person or a post, not for a body."
            yield at_cell(PERSON, "info", row, field, said, people[0])
        names = [fold(name) for name in re.split(r"[、，,\s]+", own(row, field)) if name]
        for name in sorted({name for name in names if names.count(name) > 1}):
            said = f"“{name}”在同一栏写了 {names.count(name)} 次。", f"{name} stands {names.count(name)} times in one cell."
            yield at_cell(BOTH, "warning", row, field, said, name)
        if (mark := re.search(r"^[、，,；;]|[、，,；;]$|[、，,；;]{2}", own(row, field))) and names:
            said = f"名单的开头或末尾多了“{mark[0]}”，或缺了名称。", f"The list has a {mark[0]} too many, or a name too few."
            yield at_cell("list-mark", "info", row, field, said)
        marks = sorted(set(re.findall(r"[、，,；;+＋&]", re.sub(r"[（(][^（()）]*[）)]", "", own(row, field)))))
        mark = re.search(r"(?<=[一-鿿])[/／|。.+＋&](?=[一-鿿])", own(row, field))
        if len(marks) > 1 and not mark:
            said = f"名单中混用“{'”“'.join(marks)}”。", f"The list mixes {' and '.join(marks)}."
            yield at_cell("list-mark", "info", row, field, said)
        if mark and names:
            said = f"名单用了“{mark[0]}”，通常用顿号。", f"The list uses {mark[0]} where 、 is usual."
            yield at_cell("list-mark", "info", row, field, said)
    if own(row, "lead") and len(leads) > 1:
        said = f"有 {len(leads)} 个牵头部门，未分主次。", f"{len(leads)} departments lead, none of them first."
        yield at_cell(SEVERAL, "info", row, "lead", said)
    mentions = [m.actor for m in row.roles if m.role == "lead"]
    if mentions and all(_is_vague(actor) for actor in mentions):  # in a column of its own, or as 牵头：有关单位 among other roles
        column = next((one for one in FIELDS if any(actor.name in fold(own(row, one)) for actor in mentions)), "")
        if column:
            said = "牵头部门没有具体写明。", "The lead is not named."
            severity: Severity = "warning" if column != "lead" and "牵头" in own(row, column) else "info"
            yield at_cell(UNNAMED, severity, row, column, said, None if column == "lead" else mentions[0].name)


def _alone(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A row without a lead, or without anyone responsible, where nearly all rows of its table have one."""
    for field, zh, en in (
        ("measure", "举措", "measure"),
        ("lead", "牵头部门", "lead"),
        ("responsible", "责任部门", "responsible department"),
        ("deadline", "完成时限", "deadline"),
    ):
        having = [row for row in rows if own(row, field)]
        without = [row for row in rows if field in row.cells and not own(row, field) and not (field == "measure" and _has_measure(row))]
        if len(rows) >= 8 and 0 < len(without) <= len(rows) // 10:
            for row in without:
                told = f"同表 {len(having)} 行填有{zh}，本行空白。", f"{len(having)} rows of the table name a {en}; this one is blank."
                column = Counter(one.cells[field].place.column for one in having).most_common(1)[0][0]
                severity = "warning" if field not in row.inherited else "info"  # what was taken from above may be meant
                yield Finding("cell-blank", severity, replace(row.place, column=column), "", Text2(*told))  # type: ignore[arg-type]


def _top(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Rows at the top of a table that have nothing in a column most others fill: the first cell of a merged block was left out."""
    for field, zh, en in (
        ("unit", "责任单位", "unit"),
        ("lead", "牵头部门", "lead"),
        ("responsible", "责任部门", "responsible department"),
    ):
        filled = [bool(row.text(field)) for row in rows]
        if len(rows) >= 8 and not filled[0] and sum(filled) >= MOST_OF * len(rows):
            column = Counter(row.cells[field].place.column for row in rows if own(row, field)).most_common(1)[0][0]
            said = f"表首各行没有{zh}，同表 {sum(filled)} 行都有。", f"The first rows name no {en}; {sum(filled)} others of the table do."
            yield Finding("cell-blank", "info", replace(rows[0].place, column=column), "", Text2(*said))


def _has_measure(row: TaskRow) -> bool:
    return "measure" in row.inherited or bool(row.text("sub_measure"))


def _notes(document: Extraction) -> Iterator[Finding]:
    clauses = [p for p in document.provisions if p.level in ("clause", "item")]
    noted = [p for p in clauses if p.roles]
    for section in (p for p in document.provisions if p.level == "section" and p.roles):
        yield from _twice(document, section)
    if len(noted) < 5:
        return
    for clause in noted:
        yield from _note(document, clause)
    level = Counter(p.level for p in noted).most_common(1)[0][0]
    without = [p for p in clauses if p.level == level and not p.roles and not _around(p, noted)]
    if len(without) <= len(noted):
        for clause in without:
            unread = _unread_note(document, clause)
            if unread:
                yield unread
                continue
            alone = len(without) <= max(2, len(noted) // 10) and not _closes(clause)
            said = "本条没有写明责任部门，其他条目多有。", "No responsible department is noted here, as most clauses do."
            yield at_provision("note-missing", "warning" if alone else "info", clause, said)
    yield from _unlike(noted, document)
    yield from _verbless(noted, document)


def _closes(clause: Provision) -> bool:
    """A closing clause (加强组织领导) binds everybody and seldom names anyone."""
    return any(word in (clause.heading or clause.text[:20]) for word in words("stock")["closing"])


def _unread_note(document: Extraction, clause: Provision) -> Finding | None:
    """A bracket at the end that speaks of leading or carrying out, but names nobody we can read."""
    start, end = clause.place.start, max((p.place.end or 0 for p in (clause, *_parts(document, clause))), default=0)
    line_end = document.text.find("\n", end)
    hit = re.search(_NOTE, document.text[start or 0 : line_end if line_end >= 0 else None])
    if start is None or not hit:
        return None
    said = "括注里没有读出部门或机关的名称。", "No department or authority could be read from this note."
    return at_text("unknown-actor", "warning", document, start + hit.start(), start + hit.end(), said)


def _parts(document: Extraction, clause: Provision) -> list[Provision]:
    return [p for p in document.provisions if p.parent == clause.id]


def _around(clause: Provision, noted: list[Provision]) -> bool:
    """A note may stand on the parts of a clause, or on the clause around it."""
    return any(p.parent == clause.id or clause.parent == p.id for p in noted)


def _twice(document: Extraction, clause: Provision) -> Iterator[Finding]:
    labels = re.findall(r"[一-鿿]{2,8}(?=[:：])", clause.note or "")
    said_once = (clause.note or "").partition("。")[0] if len(labels) == len(set(labels)) else ""  # a label used again begins another note
    names = (_SHARED_OUT.sub("", str(name)) for name in re.split(_BETWEEN, said_once))
    written = [name for name in names if len(name) >= 3]
    for name in sorted({name for name in written if written.count(name) > 1}):
        said = f"“{name}”在同一括注里写了 {written.count(name)} 次。", f"{name} stands {written.count(name)} times in one note."
        yield _at_note(BOTH, document, clause, said, "warning")


def _note(document: Extraction, clause: Provision) -> Iterator[Finding]:
    yield from _twice(document, clause)
    leads = [m.actor for m in clause.roles if m.role == "lead"]
    answering = [m.actor for m in clause.roles if m.role in ("responsible", "joint")]
    if len(leads) > 1:
        said = f"有 {len(leads)} 个牵头部门，未分主次。", f"{len(leads)} departments lead, none of them first."
        yield _at_note(SEVERAL, document, clause, said)
    if not leads and answering and all(actor.kind == "generic" for actor in answering):
        names = "、".join(actor.name for actor in answering)
        said = f"没有牵头部门，责任只写“{names}”。", f"No lead, and the only responsible are {names}."
        yield _at_note(UNNAMED, document, clause, said)


def _unlike(noted: list[Provision], document: Extraction) -> Iterator[Finding]:
    """One note that gives an actor another role than the notes with the same lead do (会同各司局落实, once 各司局落实)."""
    forms: dict[tuple[str, str], Counter[str]] = {}
    for clause in noted:
        for lead, other, role in _pairs(clause):
            forms.setdefault((lead, other), Counter())[role] += 1
    for clause in noted:
        for lead, other, role in _pairs(clause):
            usual, count = forms[lead, other].most_common(1)[0]
            if role != usual and count >= 4 and forms[lead, other][role] == 1:
                said = f"“{other}”在此与其他 {count} 处写法不同。", f"{other} is noted here in another way than {count} times elsewhere."
                yield _at_note("note-unlike", document, clause, said)


def _verbless(noted: list[Provision], document: Extraction) -> Iterator[Finding]:
    """A note that names departments and does not say what they do, where nearly all others say it."""
    silent = [clause for clause in noted if clause.note and not re.search(_DOES, clause.note)]
    for clause in silent if len(silent) <= len(noted) // 10 else ():
        said = "括注只有名称，没有写明牵头、落实等职责。", "The note has names only; it does not say who leads or carries out."
        yield _at_note("note-unlike", document, clause, said)


def _pairs(clause: Provision) -> list[tuple[str, str, str]]:
    leads = [m.actor.name for m in clause.roles if m.role == "lead"]
    return [(lead, m.actor.name, m.role) for lead in leads[:1] for m in clause.roles if m.role in ("joint", "responsible", "supporting")]


def _at_note(code: str, document: Extraction, clause: Provision, said: tuple[str, str], severity: Severity = "info") -> Finding:
    place = clause.note_place
    if place and place.start is not None and place.end is not None:
        return at_text(code, severity, document, place.start, place.end, said)
    return at_provision(code, severity, clause, said, clause.note or "")


def _names(roles: tuple[RoleMention, ...], role: str) -> set[str]:
    return {name for m in roles if m.role == role for name in (m.actor.alternatives or (m.actor.name,)) if not _is_rest(name)}


def _is_rest(name: str) -> bool:
    return any(word in name for word in words("doubts")["rest"])


def _is_vague(actor: Actor) -> bool:
    if re.fullmatch(words("doubts")["named_by_act"], actor.name):
        return True
    return actor.kind == "generic" and actor.generic_kind in ("contextual", "residual", "universal", "to-be-determined")
