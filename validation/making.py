"""A finding from what a rule saw: the place, the words, the neighbours and the key that names it by its content."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from validation.findings import Engine, Origin, Related, ReportFinding, Severity
from validation.places import Places
from validation.spots import SPAN

Pair = tuple[str, str]
SHAPES_NS = "https://w3id.org/zhengmai/shapes#"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule saw: about which node, at which property and value; ``fault`` is the stretch of words that is wrong.

    ``evidence`` is the span in the source where it stands, where the node's own is too wide; ``words`` replaces the words of the node
    as quotation; ``related`` are nodes to look at beside it.
    """

    focus: str
    message: Pair
    path: str = ""
    value: str = ""
    fault: str = ""
    words: str = ""
    evidence: str = ""
    related: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: the rule's code, severity, texts, IRI, component and where it ran."""

    code: str
    severity: Severity
    expected: Pair
    fix: Pair
    rule: str
    component: str
    source: Origin
    engine: Engine


def make_finding(seen: Seen, voice: Voice, places: Places) -> ReportFinding:
    """Return the finding; its key is given later, when all are known."""
    document = places.document(seen.focus)
    spot = places.spots.spot(seen.focus, seen.path)
    quote = seen.words or ("" if "/id/finding/" in seen.focus else places.quote(seen.focus))  # a reader quotes what it means, or nothing
    span = SPAN.search(seen.evidence)
    start, end = (int(span[1]), int(span[2])) if span else (spot.start, spot.end)
    at = quote.find(seen.fault) if seen.fault and not span else -1
    return ReportFinding(
        code=voice.code,
        severity=voice.severity,
        focus=seen.focus,
        path=seen.path,
        value=seen.value,
        message_zh=seen.message[0],
        message_en=seen.message[1],
        document=document,
        document_title=places.title(document) if document else "",
        place_zh=places.place(seen.focus, "zh"),
        place_en=places.place(seen.focus, "en"),
        quote=quote,
        expected_zh=voice.expected[0],
        expected_en=voice.expected[1],
        fix_zh=voice.fix[0],
        fix_en=voice.fix[1],
        rule=voice.rule,
        component=voice.component,
        source=voice.source,
        table=spot.table,
        row=spot.row,
        column=spot.column,
        field=spot.field,
        notation=spot.notation,
        start=start,
        end=end,
        context=quote,
        marks=((at, at + len(seen.fault)),) if at >= 0 else (),
        related=tuple(related(node, places) for node in seen.related),
        engine=voice.engine,
        departments=places.departments(seen.focus),
    )


def related(node: str, places: Places) -> Related:
    """Return a neighbour to look at; a row or cell of a source stands for the task that was read from it."""
    task = places.spots.task_of_row(node.partition("/cell/")[0]) if "/row/" in node else ""
    spot = places.spots.spot(task or node)
    where = places.place(task or node, "zh"), places.place(task or node, "en")
    return Related(task or node, places.document(node), spot.notation, *where, places.quote(task or node))


def with_keys(findings: Iterable[ReportFinding], places: Places) -> tuple[ReportFinding, ...]:
    """Return the findings with their keys; those that say the same of the same words are numbered in their order.

    The key is made of the rule, the document and the words (of the row, the sentence, the value), never of a row number, so that it stays
    when rows are put in before it and is another one as soon as the words change.
    """
    met: Counter[str] = Counter()
    keyed = []
    for finding in findings:
        value = "" if finding.value.startswith(("http://", "https://")) else finding.value
        around = places.row_words(finding.focus) or ("" if finding.quote else finding.place_en)
        parts = (finding.code, finding.rule, finding.document, around, finding.field, finding.quote, value)
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
        met[key] += 1
        keyed.append(replace(finding, key=key if met[key] == 1 else f"{key}-{met[key]}"))
    return tuple(keyed)
