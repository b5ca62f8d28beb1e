"""The ledger as a page for people: the whole on the first sheet, then a sheet a department, its named tasks first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lineage.tables.ledger import Department, Entry, Ledger
from lineage.tables.page import Cell, Column, Page, Sheet, cell
from lineage.tables.progress import FIELDS, Progress, keys_of, lost
from lineage.tables.reading import Held, Role, joined
from lineage.tables.words import cited, task_name, understood, word
from ontology.labels import Language

SAID_AS = {"footnote-default-support": "rule/footnote-default-support"}  # a name no cell holds says where it comes from


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    entry: Entry
    key: str
    progress: tuple[str, ...]
    involved: str
    lang: Language
    alone: bool


def ledger_page(
    table: Ledger,
    lang: Language,
    *,
    progress: Mapping[tuple[str, str], Progress] | None = None,
    department: str = "",
    compact: bool = False,
    alone: bool = False,
    left_out: tuple[str, str] = ("", ""),
) -> Page:
    """Return the ledger for a writer.

    :param progress: what the office has written down, from ``read_progress``.
    :param department: only the sheets of departments of this name; the whole and all of them when "".
    :param compact: the columns that fit a landscape page, and the first sheet alone.
    :param alone: the reader chose one document, which the notices name: its title is not said again in every row.
    """
    known = progress or {}
    keys = dict(zip((entry.task.iri for entry in table.entries), keys_of(table.entries), strict=True))

    def sheet(name: str, title: str, tasks: Sequence[tuple[Entry, str]], extra: tuple[str, ...] = ()) -> Sheet:
        names = [*(_COMPACT if compact else _FULL)]
        if extra:
            names.insert(1, "involved")
        lines = [
            _line(number, entry, keys[entry.task.iri], known, involved, lang, alone) for number, (entry, involved) in enumerate(tasks, 1)
        ]
        rows = tuple(tuple(_CELLS[name](line) for name in names) for line in lines)
        documents = dict.fromkeys(entry.document for entry, _ in tasks)
        notices = (*_notices(documents, table.skips_level, lang), *extra, *(one for one in (left_out[lang == "en"],) if one))
        return Sheet(name, title, notices, tuple(_column(name, lang) for name in names), rows, frozen=0 if compact else 3)

    title = word("table/ledger", lang)
    wanted = [one for one in table.departments if not department or department == one.name]
    sheets = [] if department else [sheet(title, title, [(entry, "") for entry in table.entries])]
    if department or not compact:
        sheets += [sheet(_name(one, table), f"{one.authority}{one.name}\n{title}", *_of(one, lang)) for one in wanted]
    return Page(title, tuple(sheets), _facts(table, known, lang), lang, word("table/notes", lang))


def _line(
    number: int, entry: Entry, key: str, known: Mapping[tuple[str, str], Progress], involved: str, lang: Language, alone: bool
) -> _Line:
    found = known.get((entry.document.slug, key))
    return _Line(number, entry, key, found.fields if found else ("",) * len(FIELDS), involved, lang, alone)


def _name(one: Department, table: Ledger) -> str:
    same = sum(other.name == one.name for other in table.departments)
    return f"{one.name} {one.authority}" if same > 1 else one.name


def _of(one: Department, lang: Language) -> tuple[list[tuple[Entry, str]], tuple[str, ...]]:
    """Return a department's tasks with how it takes part in each, and what its sheet says above them."""
    named = [(entry, "、".join(dict.fromkeys(word(f"role/{role.role}", lang) for role in roles))) for entry, roles in one.named]
    maybe = [(entry, _maybe(roles, lang)) for entry, roles in one.maybe]
    counted = word("note/department", lang).format(named=len(named), maybe=len(maybe))
    return [*named, *maybe], (counted, *([word("note/department-generic", lang)] if one.generic else []))


def _maybe(roles: Sequence[Role], lang: Language) -> str:
    names = "、".join(dict.fromkeys(role.name for role in roles))
    return f"{word('term/may-concern', lang)}（{names}）"


def _notices(documents: Iterable[Held], skips_level: bool, lang: Language) -> tuple[str, ...]:
    colon = "：" if lang == "zh" else ": "
    said = [f"{word('ledger-column/task_source', lang)}{colon}{cited(document)}" for document in documents]
    said.append(word("note/ledger", lang))
    if skips_level:
        said.append(f"{word('term/skips-level', lang)}{colon}{word('note/skips-level', lang)}")
    return tuple(said)


def _facts(table: Ledger, known: Mapping[tuple[str, str], Progress], lang: Language) -> tuple[tuple[str, str], ...]:
    gone = lost(known, table.entries)
    said = [
        *((word("ledger-column/task_source", lang), cited(document)) for document in table.documents),
        (word("ui/graph-version", lang), table.graph_version),
        (word("term/counted-tasks", lang), str(len(table.entries))),
        (word("note/title", lang), word("note/actor-names", lang)),
        (word("table/how-to-edit", lang), word("note/edit-ledger", lang)),
    ]
    said += [
        (word("note/progress-lost", lang), f"{one.document} {one.task}：{' / '.join(text for text in one.fields if text)}") for one in gone
    ]
    return tuple(said)


def _who(line: _Line, *roles: str) -> Cell:
    said = []
    for role in line.entry.task.roles:
        if role.role in roles:
            said.append(f"{role.name}（{word(SAID_AS[role.rule], line.lang)}）" if role.rule in SAID_AS else role.name)
    return cell("、".join(dict.fromkeys(said)))


def _content(line: _Line) -> Cell:
    task = line.entry.task
    return cell("\n".join(part for part in (" › ".join(task.headings), task.text) if part))


def _upper(line: _Line) -> Cell:
    entry, lang = line.entry, line.lang
    said = []
    for document, row in entry.upper:
        open_ = f"（{word('status/proposed', lang)}）" if row.status == "proposed" else ""
        where = f"{row.clause.number or row.clause.id} " if row.clause else ""
        several = f"《{document.title}》" if len({held.slug for held, _ in entry.upper}) > 1 else ""
        said.append(f"{several}{where}{row.upper.text if row.upper else ''}{open_}")
    if said:
        return cell("\n".join(said))
    return cell(word("term/no-upper-found" if entry.has_upper else "term/upper-not-held", lang), "unmatched")


def _remarks(line: _Line) -> Cell:
    said = []
    for remark in line.entry.remarks:
        text, name = remark.said.get(line.lang, ""), word(remark.kind, line.lang)
        said.append(
            (f"〔{name}〕{text}" if line.lang == "zh" else f"[{name}] {text}") if text else f"{name}{word('term/doubtful', line.lang)}"
        )
    return cell("\n".join(said))


def _written(at: int) -> Callable[[_Line], Cell]:
    return lambda line: cell(line.progress[at])


_CELLS: dict[str, Callable[[_Line], Cell]] = {
    "no": lambda line: cell(str(line.number)),
    "involved": lambda line: cell(line.involved),
    "task_source": lambda line: cell(
        ("" if line.alone else cited(line.entry.document, short=True)) + task_name(line.entry.task, line.lang)
    ),
    "task_content": _content,
    "lead": lambda line: _who(line, "lead"),
    "responsible": lambda line: _who(line, "responsible", "joint", "publishing"),
    "supporting": lambda line: _who(line, "supporting"),
    "deadline_raw": lambda line: cell(joined(line.entry.task.deadlines) or word("term/not-filled", line.lang)),
    "deadline_parsed": lambda line: cell(understood(line.entry.task.deadlines, line.lang)),
    "frequency": lambda line: cell(joined(line.entry.task.frequencies)),
    "upper_text": _upper,
    "remarks": _remarks,
    **{name: _written(at) for at, name in enumerate(FIELDS)},
    "document": lambda line: cell(line.entry.document.slug),
    "task": lambda line: cell(line.entry.task.id),
    "key": lambda line: cell(line.key),
}
_FULL = (
    "no", "task_source", "task_content", "lead", "responsible", "supporting", "deadline_raw", "deadline_parsed", "frequency", "upper_text",
    "remarks", *FIELDS, "document", "task", "key",
)  # fmt: skip
_COMPACT = ("no", "task_source", "task_content", "lead", "responsible", "supporting", "deadline_raw", "frequency", "remarks", *FIELDS)
_WIDTHS = {
    "no": 4, "involved": 9, "task_source": 14, "task_content": 34, "lead": 10, "responsible": 12, "supporting": 12, "deadline_raw": 13,
    "deadline_parsed": 13, "frequency": 10, "upper_text": 30, "remarks": 20, "progress": 14, "state": 8, "proof": 10, "contact": 8,
    "note": 10, "document": 10, "task": 6, "key": 10,
}  # fmt: skip
_HIDDEN = ("document", "task", "key")


def _column(name: str, lang: Language) -> Column:
    choices = tuple(word("ledger-state/choices", lang).split("|")) if name == "state" else ()
    label = name if name in _HIDDEN else word(f"ledger-column/{name}", lang)
    return Column(name, label, _WIDTHS[name], name in FIELDS, choices, name in _HIDDEN, name in ("no", "state"))
