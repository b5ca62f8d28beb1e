"""督查台账: the tasks of one or several documents, each with what an office that follows them up must know, whole and by department.

What the document says, what was concluded from it and what the office writes down stand in columns of their own and never mix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lineage.tables.concordance import Row, concordance, pairs
from lineage.tables.reading import DOCUMENT, Held, Part, Role, ask, held, tasks
from queries.ids import code

if TYPE_CHECKING:
    from queries.meant import Asks

# Generic actors that may mean any department of their authority (相关处室, 其他部门, 各单位); 法制部门 names one.
MAY_BE_ANY = ("contextual", "residual", "universal")
NOBODY = ("authority-class", "to-be-determined", *MAY_BE_ANY)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look at: ``kind`` is a key of labels.csv, ``said`` a whole sentence in both languages ({} for the word alone)."""

    kind: str
    said: dict[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One task of the ledger. ``upper`` are the rows of the concordance it stands in (accepted and proposed), of every upper document."""

    document: Held
    task: Part
    upper: tuple[tuple[Held, Row], ...]
    has_upper: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """A department and its tasks: ``named`` with the roles it has in each, ``maybe`` with the words that may mean it (相关处室)."""

    actor: str
    name: str
    authority: str
    generic: bool
    named: tuple[tuple[Entry, tuple[Role, ...]], ...]
    maybe: tuple[tuple[Entry, tuple[Role, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The tasks of some documents, in their order, and the departments that have any, those with most named tasks first."""

    documents: tuple[Held, ...]
    entries: tuple[Entry, ...]
    departments: tuple[Department, ...]
    skips_level: bool
    graph_version: str


def ledger(store: Asks, documents: Sequence[str] = ()) -> Ledger:
    """Return the ledger of some documents by slug; of every document with a task table when none is named."""
    known = held(store)
    chosen = [slug for slug in (documents or known) if documents or ask(store, "tasks", document=DOCUMENT + slug)]
    entries: list[Entry] = []
    departments: list[Department] = []
    skips = False
    for slug in chosen:
        uppers = [pair for pair in pairs(store) if pair.lower.slug == slug and pair.verdict != "no"]
        skips = skips or any(pair.skips_level for pair in uppers)
        own = _entries(store, known[slug], [pair.upper.slug for pair in uppers])
        entries += own
        departments += _departments(store, slug, own)
    order = {slug: at for at, slug in enumerate(chosen)}
    departments.sort(key=lambda d: (order[d.named[0][0].document.slug], -len(d.named), d.name))
    return Ledger(tuple(known[slug] for slug in chosen), tuple(entries), tuple(departments), skips, store.version)


def _entries(store: Asks, document: Held, uppers: Sequence[str]) -> list[Entry]:
    rows: dict[str, list[tuple[Held, Row]]] = defaultdict(list)
    for upper in uppers:
        table = concordance(store, upper, [document.slug])
        for row in table.rows:
            if row.kind == "link" and row.lower:
                rows[row.lower.iri].append((table.upper, row))
    found = _found(store, document)
    return [
        Entry(document, task, tuple(rows[iri]), bool(uppers), (*found.get(iri, ()), *_concluded(task), *_compared(rows[iri])))
        for iri, task in tasks(store, document.slug).items()
    ]


def _found(store: Asks, document: Held) -> Mapping[str, Sequence[Remark]]:
    """What the readers found in the row, hints apart from those that only concern spelling."""
    found: dict[str, dict[str, Remark]] = defaultdict(dict)
    for row in ask(store, "remarks", document=document.iri):
        if code(row["severity"]) != "info" or code(row["type"]) in ("unnumbered-row", "year-missing"):
            remark = Remark(f"finding-type/{code(row['type'])}", {"zh": row["zh"], "en": row["en"]})
            found[row["task"]].setdefault(row["finding"], remark)
    return {task: list(remarks.values()) for task, remarks in found.items()}


def _concluded(task: Part) -> Iterable[Remark]:
    """Values that may come from a merged cell or may be truly empty."""
    doubtful = dict.fromkeys(role.role for role in task.roles if role.sure < 0.6)
    for role in doubtful:
        yield Remark(f"role/{role}", {})
    if any(limit.sure < 0.6 for limit in task.deadlines):
        yield Remark("column/deadline", {})


def _compared(rows: Sequence[tuple[Held, Row]]) -> Iterable[Remark]:
    """Where a task departs from its sentences, each once (a lead is compared once for each clause)."""
    seen = set()
    for _, row in rows:
        for one in (*row.differences, *([row.lead] if row.lead else [])):
            if not one.agrees and one.verdict != "upper-open" and one.reason["zh"] not in seen:
                seen.add(one.reason["zh"])
                yield Remark(f"direction/{one.direction}", one.reason)


def _departments(store: Asks, slug: str, entries: Sequence[Entry]) -> list[Department]:
    """Return who takes part by name, and beside each what names a class it may belong to."""
    actors: dict[str, dict[str, str]] = {}
    for row in ask(store, "actors", document=DOCUMENT + slug):
        actors.setdefault(row["actor"], row)
    found = []
    for actor, row in actors.items():
        kind: Literal["", "generic"] = "generic" if row["kind"] else ""
        if code(row["kind"]) in NOBODY:
            continue
        named = [(entry, mine) for entry in entries if (mine := _roles(entry, {actor}))]
        wide = {other for other, one in actors.items() if _may_mean(one, row)}
        maybe = [(entry, theirs) for entry in entries if not _roles(entry, {actor}) and (theirs := _roles(entry, wide))]
        if named:
            found.append(Department(actor, row["name"], row["authority"], bool(kind), tuple(named), tuple(maybe)))
    return found


def _may_mean(generic: Mapping[str, str], one: Mapping[str, str]) -> bool:
    """May the one be meant by the other: any department by 相关处室, a unit with a name by 政策制定部门 too (which has no function)."""
    if generic["authority"] != one["authority"]:
        return False
    kind = code(generic["kind"])
    return kind in MAY_BE_ANY or (kind == "functional" and not generic["function"] and not one["kind"])


def _roles(entry: Entry, actors: set[str]) -> tuple[Role, ...]:
    return tuple(role for role in entry.task.roles if role.actor in actors and role.role != "addressee")
