"""One document to records: a pure function of its bytes and of the word lists. Nothing is stored."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from loaders.account import left_over
from loaders.actors.marked import LeadMark, lead_mark
from loaders.actors.variants import name_variants
from loaders.blocks import Blocks, assemble
from loaders.deadlines import DeadlineContext, document_context
from loaders.doubts import doubts
from loaders.metadata.reading import read_metadata
from loaders.noise import noise_finding, noise_stripper, text_findings
from loaders.noise.injected import certain_spans
from loaders.noise.privacy import mask_blocks, mask_line, privacy_findings
from loaders.outline import Body, preamble, read_outline
from loaders.outline.bracket_notes import first_leads_rule
from loaders.parts import Part, split_parts
from loaders.read import LARGEST_BYTES, read_bytes, too_large
from loaders.records import CellText, Extraction, Finding, Ingest, Place, Provision, Skipped, SourceInfo, TaskRow, Text2
from loaders.tables import TableReading, read_table
from loaders.tables.lift import ready
from loaders.tables.owners import owners_above
from loaders.words import words
from zhengmai.errors import MissingFile, UnknownTable


def extract_file(path: Path) -> Extraction:
    """Return the records of one file.

    :raises MissingFile: when it is not there or not readable.
    :raises UnreadableSource: when it is empty, binary, cut short, or in no encoding we know.
    :raises UnknownTable: when all it holds is a table whose header names no column we know.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise too_large(str(path), path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise MissingFile(
            where=str(path),
            found=error.strerror or str(error),
            expected="a file that can be read",
            fix="check the path and its permissions",
            zh="找不到或无法打开该文件。",
        ) from error
    return extract_bytes(data, str(path))


def extract_bytes(data: bytes, where: str) -> Extraction:
    """Return the records of one document's bytes; ``where`` names it in messages. Raises as extract_file."""
    result = read_bytes(data, where)
    raw = ready(result.blocks)
    strip, symbols = noise_stripper(raw)
    blocks, personal = mask_blocks(assemble(raw, strip))
    head = read_metadata(blocks.order, blocks.text, {key: mask_line(said) for key, said in result.facts.items()})
    tables: list[TableReading] = []
    provisions: tuple[Provision, ...] = ()
    attachments: list[dict[str, str]] = []
    context = document_context(head.meta)
    rule, mark = first_leads_rule(blocks.text), lead_mark(blocks.text)
    used = head.used
    for part in split_parts(blocks.order):
        used |= part.heads
        found = _read_tables(part, context, first_leads=rule is not None, mark=mark)
        body = [p for p in part.paragraphs if p.number not in head.used]
        outline = read_outline(body, Body(blocks.text, context, prefix=part.id))
        opening = preamble(body, outline[0]) if outline and not part.id else None
        tables += found
        provisions = (*provisions, *((opening,) if opening else ()), *outline)
        if part.id:
            kind = "task_table" if found else "policy" if outline else "other"
            attachments.append({"id": part.id, "title": part.title, "kind": kind})
    rows = tuple(row for t in tables for row in t.rows)
    if not rows and not provisions:
        _refuse_unknown_table(blocks, where)
    findings = [
        *head.findings,
        *(Finding("reader-remark", r.severity, Place(), "", Text2(mask_line(r.zh), mask_line(r.en))) for r in result.remarks),
        *noise_finding(blocks.stripped, symbols),
        *text_findings(blocks),
        *privacy_findings(personal),
        *(f for t in tables for f in t.findings),
        *name_variants(rows, provisions),
        *_rule_finding(blocks, rule, tables),
        *_mark_finding(blocks, mark, rows),
        *_kind_findings(blocks, rows, provisions),
    ]
    read = Extraction(
        kind="mixed" if rows and provisions else "task_table" if rows else "policy" if provisions else "other",
        text=blocks.text,
        source=SourceInfo(Path(where).name, result.format, hashlib.sha256(data).hexdigest(), result.encoding),
        meta=replace(head.meta, attachments=_attachments(head.meta.attachments, attachments)),
        provisions=provisions,
        rows=rows,
        footnotes=(*(n for t in tables for n in t.footnotes), *_footnotes(blocks)),
        ingest=_account(tables, blocks, provisions, used),
        findings=tuple(findings),
        raw_runs=blocks.raw_runs,
        raw_length=result.raw_length,
        masked=certain_spans(findings),
    )
    return replace(read, findings=tuple(sorted(_once((*findings, *doubts(read))), key=_in_reading_order)))


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings without those that say the same of the same words: two rules may see one fault.

    Remarks about the whole file have no place and stay.
    """
    return list({(f.code, f.place, f.quote, f.related, f.message if f.place == Place() else None): f for f in reversed(findings)}.values())[
        ::-1
    ]


def _in_reading_order(finding: Finding) -> tuple[int, str, str]:
    return (finding.place.start if finding.place.start is not None else -1, finding.code, finding.quote)


def _read_tables(part: Part, context: DeadlineContext, *, first_leads: bool, mark: LeadMark | None) -> list[TableReading]:
    found: list[TableReading] = []
    owners = owners_above(part.blocks)
    for table in part.tables:
        reading = read_table(
            table,
            ordinal=len(found) + 1,
            context=context,
            prefix=part.id,
            first_leads=first_leads,
            mark=mark.mark if mark else "",
            owner=owners.get(table.number),
        )
        if reading and reading.rows:
            found.append(reading)
    return found


def _attachments(listed: Sequence[dict[str, str]], held: Sequence[dict[str, str]]) -> tuple[dict[str, str], ...]:
    """Attachments a notice lists, completed by those whose bodies are in the file."""
    found = {a["id"]: dict(a) for a in listed}
    for attachment in held:
        known = found.setdefault(attachment["id"], {"id": attachment["id"], "title": "", "kind": ""})
        known["kind"] = attachment["kind"]
        known["title"] = known["title"] or attachment["title"]
    return tuple(found.values())


def _refuse_unknown_table(blocks: Blocks, where: str) -> None:
    tables = [t for t in blocks.tables if len(t.rows) >= 2 and max(len(row) for row in t.rows) >= 3]
    if tables:
        header = [" ".join(cell.text.split())[:12] for cell in tables[0].rows[0]]
        raise UnknownTable(
            where=f"{where}, table {tables[0].number}, row 1",
            found="the header " + " | ".join(header[:10]),
            expected="a column for the task or measure and one for a department or a deadline (主要任务, 具体举措, 牵头部门, 完成时限 …)",
            fix="add the header's words to rules/headers.yaml in your workspace, under the role they mean",
            zh="表头无法识别：请在工作区 rules/headers.yaml 中补充该表头的用词。",
        )


def _footnotes(blocks: Blocks) -> tuple[CellText, ...]:
    """Paragraphs that start like a note (备注：…) belong to the table above them."""
    starts = tuple(words("headers")["notes"])
    return tuple(
        CellText(p.text, p.text, Place(start=p.start, end=p.end, paragraph=p.number))
        for p in blocks.paragraphs
        if blocks.tables and any(re.match(rf"{re.escape(word)}\s*[:：]", p.text) for word in starts)
    )


def _account(tables: Sequence[TableReading], blocks: Blocks, provisions: Sequence[Provision], used: frozenset[int]) -> Ingest:
    kept = sum(len(t.rows) for t in tables)
    skipped: list[Skipped] = [s for t in tables for s in t.skipped]
    left = left_over(blocks.paragraphs, used, [*(p.place for p in provisions), *(n.place for n in _footnotes(blocks))])
    return Ingest(
        rows_seen=sum(t.seen for t in tables),
        rows_kept=kept,
        skipped=tuple(skipped),
        tables_seen=len(blocks.tables),
        paragraphs_seen=len(blocks.paragraphs),
        paragraphs_used=len(blocks.paragraphs) - len(left),
        columns=tuple(column for t in tables for column in t.columns),
        paragraphs_left=left,
    )


def _rule_finding(blocks: Blocks, rule: tuple[int, int] | None, tables: Sequence[TableReading]) -> list[Finding]:
    """A rule stated once that gave rows their lead is shown with its words."""
    if rule is None or not any("responsible" in roles and "lead" not in roles for t in tables for roles in [[r for _, r in t.columns]]):
        return []
    zh, en = "按文中规则，责任单位栏列第一位者读作牵头。", "By this rule the first of the responsible departments was read as the lead."
    return [Finding("lead-by-rule", "info", Place(*rule), blocks.text[slice(*rule)], Text2(zh, en))]


def _mark_finding(blocks: Blocks, mark: LeadMark | None, rows: Sequence[TaskRow]) -> list[Finding]:
    """A mark that gave rows their lead is shown with the words that say what it means."""
    if mark is None or not any(mark.mark in cell.value for row in rows for cell in row.cells.values()):
        return []
    zh, en = f"按文中说明，标有{mark.mark}的单位读作牵头。", f"As the document says, those marked {mark.mark} were read as the leads."
    return [Finding("lead-by-rule", "info", Place(mark.start, mark.end), blocks.text[mark.start : mark.end], Text2(zh, en))]


def _kind_findings(blocks: Blocks, rows: Sequence[TaskRow], provisions: Sequence[Provision]) -> list[Finding]:
    if rows or provisions:
        return []
    return [
        Finding(
            "no-known-structure",
            "warning",
            Place(start=0, end=len(blocks.text)),
            "",
            Text2(
                "既未发现任务表，也未发现编号条目：按普通段落收录。",
                "Neither a task table nor numbered provisions were found: kept as plain paragraphs.",
            ),
        )
    ]
