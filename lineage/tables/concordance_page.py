"""The concordance as a page for people: every column in a workbook, the ones an office prints in a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lineage.review.pairs import ReviewPair
from lineage.review.records import DECISIONS, REASONS, RELATIONS, Kind
from lineage.review.table import ends
from lineage.tables.concordance import Concordance, Pair, Row, decided
from lineage.tables.page import Cell, Column, Page, Sheet, cell
from lineage.tables.reading import Held, Part
from lineage.tables.words import cited, compared, limits, only_one_side, place, task_name, word
from ontology.labels import Language
from ontology.terms import SCHEMES


@dataclass(frozen=True, slots=True)
class _Line:
    """One row with what its cells are made from."""

    number: int
    row: Row
    lang: Language
    review: dict[str, str]
    over_level: bool = False


def concordance_page(
    table: Concordance,
    lang: Language,
    *,
    review: Iterable[ReviewPair] = (),
    compact: bool = False,
    left_out: tuple[str, str] = ("", ""),
) -> Page:
    """Return the table for a writer.

    :param review: the pairs as reviewers meet them, from ``lineage.review.pairs.read_pairs``: with them the table has what
        ``review import`` needs to take it back.
    :param compact: the columns that fit a landscape page, upper and lower side in one cell where that reads well.
    :param left_out: what an export left out, in Chinese and English, to be said on the page.
    """
    desks = {(pair.lower, pair.upper): pair for pair in review}
    names = [*_COMPACT] if compact else [*_FULL, *(("skips_level",) if table.skips_level else ()), *(_REVIEW if desks else ())]
    if len(table.pairs) == 1:
        names.remove("lower_document")
    columns = tuple(_column(name, lang) for name in names)
    over = {pair.lower.slug for pair in table.pairs if pair.skips_level}
    lines = [_Line(n, row, lang, _item(row, table, desks), row.document.slug in over) for n, row in enumerate(table.rows, 1)]
    rows = tuple(tuple(_CELLS[name](line) for name in names) for line in lines)
    title = word("table/concordance", lang)
    notices = (*_notices(table, lang), *(one for one in (left_out[lang == "en"],) if one))
    sheet = Sheet(title, title, notices, columns, rows, frozen=0 if compact else 2)
    return Page(title, (sheet,), _facts(table, lang), lang, word("table/notes", lang))


def _notices(table: Concordance, lang: Language) -> tuple[str, ...]:
    counts, colon, semicolon = table.counts, *(("：", "；") if lang == "zh" else (": ", "; "))
    said = [f"{word(key, lang)}{colon}{cited(document)}" for key, document in _documents(table)]
    links = " · ".join(f"{word(f'counted/{key}', lang)} {counts[key]}" for key in ("rule", "person", "proposed"))
    others = [f"{word('term/counted-gaps', lang)} {counts['gap']}"]
    if counts["unmatched"]:
        others.append(f"{word('term/counted-tasks-without-upper', lang)} {counts['unmatched']}")
    said.append(semicolon.join((links, *others)))
    if table.skips_level:
        levels = {level for pair in table.pairs for level in pair.missing_levels}
        missing = "、".join(word(f"level/{level}", lang) for level in SCHEMES["level"] if level in levels)
        said.append(f"{word('term/skips-level', lang)}{f'（{missing}）' if missing else ''}{colon}{word('note/skips-level', lang)}")
    said += [_without_basis(pair, lang) for pair in table.pairs if pair.verdict != "yes"]
    said.append(word("note/link-means", lang))
    return tuple(said)


def _without_basis(pair: Pair, lang: Language) -> str:
    reasons = [reason for reason in pair.reasons if reason.isascii() == (lang == "en")]
    return f"{pair.lower.title}：{word(f'basis/{pair.verdict}', lang)} {' '.join(reasons)}".strip()


def _facts(table: Concordance, lang: Language) -> tuple[tuple[str, str], ...]:
    return (
        *((word(key, lang), cited(document)) for key, document in _documents(table)),
        (word("ui/graph-version", lang), table.graph_version),
        *((word(f"counted/{key}", lang), str(table.counts[key])) for key in ("rule", "person", "proposed")),
        (word("status/rejected", lang), str(table.rejected)),
        (word("table/how-to-read", lang), word("note/marks", lang)),
        (word("table/how-to-edit", lang), word("note/edit", lang)),
        *((word("note/title", lang), notice) for notice in _notices(table, lang)[len(table.pairs) + 2 :]),
        (word("note/title", lang), word("note/actor-names", lang)),
    )


def _documents(table: Concordance) -> list[tuple[str, Held]]:
    return [("term/upper", table.upper), *(("term/lower", pair.lower) for pair in table.pairs)]


def _item(row: Row, table: Concordance, desks: Mapping[tuple[str, str], ReviewPair]) -> dict[str, str]:
    """Return what ``review import`` knows a row by, {} when its pair is not on the desk."""
    pair = desks.get((row.document.slug, table.upper.slug))
    kind: Kind = "link" if row.kind == "link" else "gap" if row.kind == "gap" else "no-basis"
    item = pair.item(kind, row.lower.id if row.lower else "", row.upper.id if row.upper else "") if pair else None
    if not pair or not item:
        return {}
    subject, object_ = ends(item, pair)
    sources = {"subject_source": f"doc:{pair.lower}", "object_source": f"doc:{pair.upper}"}
    return {"subject_id": subject, "object_id": object_, "content_key": item.key, **sources}


def _relation(line: _Line) -> Cell:
    row = line.row
    return cell(word(f"relation-type/{row.relation}", line.lang), row.relation) if row.kind == "link" else cell("")


def _result(line: _Line) -> Cell:
    """The relation, or that none was found: for pages that nobody sends back."""
    return _relation(line) if line.row.kind == "link" else _status(line)


def _status(line: _Line) -> Cell:
    row = line.row
    if row.kind != "link":
        return cell(word("term/gap" if row.kind == "gap" else "term/no-upper-found", line.lang), row.kind)
    return cell(word(f"counted/{decided(row)}", line.lang), decided(row))


def _difference(line: _Line) -> Cell:
    row, lang = line.row, line.lang
    if row.kind != "gap":
        found = [*row.differences, *([row.lead] if row.lead else [])]
        return cell("\n".join(compared(one, lang) for one in found if not one.agrees))
    said = word(f"gap-reason/{row.reason}", lang)
    if row.nearest:
        sure = f" {row.nearest_confidence:g}" if row.nearest_confidence else ""
        said += f"\n{word('column/nearest_task', lang)}{'：' if lang == 'zh' else ': '}{task_name(row.nearest, lang)}{sure}"
    else:
        said += f"\n{word('note/no-candidate', lang)}"
    return cell(said)


def _lead(part: Part | None) -> str:
    return part.names("lead") if part else ""


def _both(upper: str, lower: str, lang: Language) -> Cell:
    """Return the upper and the lower side of something in one cell."""
    marks = ("上级：", "本级：") if lang == "zh" else ("upper: ", "lower: ")
    return cell("\n".join(f"{mark}{text}" for mark, text in zip(marks, (upper, lower), strict=True) if text))


def _clause(line: _Line) -> Cell:
    clause = line.row.clause
    heading = clause.headings[-1] if clause and clause.headings else ""
    return cell(f"{clause.number or clause.id} {heading}".strip() if clause else "")


def _known_by(name: str) -> Callable[[_Line], Cell]:
    return lambda line: cell(line.review.get(name, ""))


_KEYS = ("subject_id", "object_id", "content_key", "subject_source", "object_source")
_CELLS: dict[str, Callable[[_Line], Cell]] = {
    "no": lambda line: cell(str(line.number)),
    "clause_number": _clause,
    "clause": lambda line: cell(line.row.clause.id if line.row.clause else ""),
    "sentence": lambda line: cell(line.row.upper.id if line.row.upper and line.row.upper.level == "sentence" else ""),
    "provision_text": lambda line: Cell(line.row.upper_runs),
    "lower_document": lambda line: cell(line.row.document.title),
    "task_number": lambda line: cell(task_name(line.row.lower, line.lang)),
    "task": lambda line: cell(line.row.lower.id if line.row.lower else ""),
    "task_text": lambda line: Cell(line.row.lower_runs),
    "relation": _relation,
    "structure": lambda line: cell(word(f"structure/{line.row.structure}", line.lang) if line.row.structure else ""),
    "difference": _difference,
    "wording": lambda line: cell(only_one_side(line.row.upper_runs, line.row.lower_runs, line.lang)),
    "lead_match": lambda line: cell(word(f"lead-match/{line.row.lead.verdict}", line.lang) if line.row.lead else ""),
    "upper_lead": lambda line: cell(_lead(line.row.clause)),
    "lower_lead": lambda line: cell(_lead(line.row.lower)),
    "upper_deadline": lambda line: cell(limits(line.row.upper, line.lang)),
    "lower_deadline": lambda line: cell(limits(line.row.lower, line.lang)),
    "status": _status,
    "confidence": lambda line: cell("" if line.row.confidence is None else f"{line.row.confidence:g}"),
    "upper_place": lambda line: cell(place(line.row.upper.place, line.lang) if line.row.upper else ""),
    "lower_place": lambda line: cell(place(line.row.lower.place, line.lang) if line.row.lower else ""),
    "skips_level": lambda line: cell(word("note/skips-level", line.lang) if line.over_level else ""),
    "result": _result,
    "decision": lambda line: cell(""),
    "gap_reason": lambda line: cell(word(f"gap-reason/{line.row.reason}", line.lang) if line.row.reason else ""),
    "comment": lambda line: cell(""),
    **{name: _known_by(name) for name in _KEYS},
    "leads": lambda line: _both(_lead(line.row.clause), _lead(line.row.lower), line.lang),
    "deadlines": lambda line: _both(limits(line.row.upper, line.lang), limits(line.row.lower, line.lang), line.lang),
}
_WIDTHS = {
    "no": 4, "clause_number": 14, "clause": 6, "sentence": 8, "provision_text": 30, "lower_document": 16, "task_number": 9, "task": 6,
    "task_text": 30, "relation": 8, "structure": 7, "difference": 20, "wording": 20, "upper_lead": 10, "lower_lead": 10, "lead_match": 8,
    "upper_deadline": 12, "lower_deadline": 12, "status": 8, "confidence": 7, "upper_place": 12, "lower_place": 12, "decision": 8,
    "gap_reason": 10, "comment": 14, "subject_id": 12, "object_id": 12, "content_key": 12, "subject_source": 12,
    "object_source": 12, "skips_level": 14, "result": 8, "leads": 12, "deadlines": 13,
}  # fmt: skip
_FULL = (
    "no", "clause_number", "clause", "sentence", "provision_text", "lower_document", "task_number", "task", "task_text", "relation",
    "structure", "difference", "wording", "upper_lead", "lower_lead", "lead_match", "upper_deadline", "lower_deadline", "status",
    "confidence", "upper_place", "lower_place",
)  # fmt: skip
_REVIEW = ("decision", "gap_reason", "comment", *_KEYS)
_COMPACT = (
    "no", "clause_number", "provision_text", "lower_document", "task_number", "task_text", "result", "difference", "leads", "deadlines",
    "status",
)  # fmt: skip
_CENTRED = {"no", "clause", "sentence", "task", "task_number", "relation", "result", "structure", "status", "confidence", "lead_match"}


_CHOICES = {"relation": ("relation-type", RELATIONS), "decision": ("decision", DECISIONS), "gap_reason": ("gap-reason", REASONS)}


def _column(name: str, lang: Language) -> Column:
    topic, codes = _CHOICES.get(name, ("", ()))
    return Column(
        name=name,
        label=word(f"review-column/{name}" if name in _REVIEW else f"column/{name}", lang),
        width=_WIDTHS[name],
        editable=name in ("relation", "decision", "gap_reason", "comment"),
        choices=tuple(word(f"{topic}/{code}", lang) for code in codes),
        hidden=name in _KEYS,
        centred=name in _CENTRED,
    )
