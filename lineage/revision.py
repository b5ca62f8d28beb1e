"""修订对照: what changed between two versions of a document, or between two builds: parts added, removed, moved, re-worded, with the words.

A part is first looked for by its very words (it may have another number now), then by its number, then by the words most like its own;
what is found by none was added or removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from lineage.fold import fold_plain
from lineage.tables.marks import Run
from lineage.tables.reading import Part, ask, held, joined, provisions, tasks
from queries.ids import code, full_id
from zhengmai.masking import mask_words

if TYPE_CHECKING:
    from loaders.records import Extraction
    from queries.meant import Asks

LIKE = 0.6
ROLES = ("lead", "responsible", "supporting", "joint", "publishing", "addressee")


@dataclass(frozen=True, slots=True)
class Unit:
    """A section, clause, item, sentence or task of one version. ``facts`` are roles and deadline as written, by role code or "deadline"."""

    document: str
    id: str
    level: str
    number: str
    words: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One part that is not the same: ``kind`` is added, removed, reworded, renumbered or facts (words as they were).

    ``facts`` are (role code or "deadline", before, after); the runs are both texts cut where they differ.
    """

    kind: str
    old: Unit | None
    new: Unit | None
    old_runs: tuple[Run, ...] = ()
    new_runs: tuple[Run, ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkChange:
    """A link that came, went, or stands differently: ids, and status with relation before and after ("" where there is none)."""

    task: str
    provision: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Everything that differs between an older and a newer state; ``same`` counts the parts that do not."""

    old: str
    new: str
    changes: tuple[Change, ...]
    links: tuple[LinkChange, ...]
    same: int

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


def units_of(extraction: Extraction, document: str = "") -> list[Unit]:
    """Return the parts of one document as read, certainly foreign words masked."""
    found = []
    hidden = [extraction.text[start:end] for start, end in extraction.masked]
    for row in extraction.rows:
        facts = {role: "、".join(m.actor.name for m in row.roles if m.role == role) for role in ROLES}
        facts["deadline"] = row.text("deadline")
        words = "\n".join(text for name in ("measure", "sub_measure") if (text := row.text(name))) or row.text("task")
        found.append(Unit(document, row.row, "task", row.number or "", mask_words(words, hidden), facts))
    for p in extraction.provisions:
        facts = {role: "、".join(m.actor.name for m in p.roles if m.role == role) for role in ROLES}
        facts["deadline"] = "；".join(one.deadline.raw for one in p.deadlines)
        words = p.text if p.level == "sentence" else p.heading or ""
        found.append(Unit(document, p.id, p.level.replace("_", "-"), p.number or "", mask_words(words, hidden), facts))
    return found


def units_in(store: Asks) -> list[Unit]:
    """Return the parts of every document of a build."""
    found = []
    for slug in held(store):
        table = [part for part in tasks(store, slug).values() if part.level == "task"]
        found += [_unit(slug, part) for part in (*table, *provisions(store, slug).values())]
    return found


def _unit(slug: str, part: Part) -> Unit:
    facts = {role: part.names(role) for role in ROLES} | {"deadline": joined(part.deadlines)}
    words = part.text if part.level in ("task", "sentence") else part.headings[-1] if part.headings else ""
    return Unit(slug, part.id, part.level, part.number, words, facts)


def revision(old: Sequence[Unit], new: Sequence[Unit], links: Iterable[LinkChange] = (), *, names: tuple[str, str] = ("", "")) -> Revision:
    """Return what differs between the parts of two versions, in the order of the newer one, what was removed where it stood."""
    pairs = _matched(old, new)
    changes: list[tuple[int, Change]] = []
    same, last = 0, -1
    at_new = {id(unit): at for at, unit in enumerate(new)}
    partner = {id(one): other for one, other in pairs}
    for unit in old:
        other = partner.get(id(unit))
        if other is None:
            changes.append((last, Change("removed", unit, None, (Run(unit.words, "dropped"),))))
            continue
        last = at_new[id(other)]
        change = _compared(unit, other)
        if change:
            changes.append((last, change))
        else:
            same += 1
    taken = {id(other) for _, other in pairs}
    changes += [(at, Change("added", None, unit, (), (Run(unit.words, "added"),))) for at, unit in enumerate(new) if id(unit) not in taken]
    ordered = tuple(change for _, change in sorted(changes, key=lambda one: one[0]))
    return Revision(*names, ordered, tuple(links), same)


def link_changes(old: Asks, new: Asks) -> list[LinkChange]:
    """Return the links of two builds that came, went, or stand differently."""
    before, after = _standing(old), _standing(new)
    return [
        LinkChange(*ends, before.get(ends, ""), after.get(ends, ""))
        for ends in sorted({*before, *after})
        if before.get(ends) != after.get(ends)
    ]


def touched_links(store: Asks, slug: str, changes: Iterable[Change]) -> list[LinkChange]:
    """Return the links of a build that rest on parts of a document which the newer version changed or lacks."""
    gone = {f"{slug}:{change.old.id}" for change in changes if change.old and change.kind in ("removed", "reworded")}
    return [LinkChange(*ends, status, "") for ends, status in sorted(_standing(store).items()) if gone & set(ends)]


def _standing(store: Asks) -> dict[tuple[str, str], str]:
    rows = ask(store, "all-links")
    return {(full_id(row["task"]), full_id(row["provision"])): f"{code(row['status'])} {code(row['relation'])}".strip() for row in rows}


def _matched(old: Sequence[Unit], new: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Pair parts of the same kind and document: by number and words, by words, by number, then by likeness."""
    pairs: list[tuple[Unit, Unit]] = []
    left, right = list(old), list(new)
    for key in (
        lambda unit: (unit.document, unit.level, unit.id, fold_plain(unit.words)),
        lambda unit: (unit.document, unit.level, fold_plain(unit.words)) if len(unit.words) > 3 else None,
    ):
        left, right = _pair_by(key, left, right, pairs)
    for one in list(left):
        options = [unit for unit in right if (unit.document, unit.level) == (one.document, one.level)]
        scored = [(_like(one.words, unit.words) + 0.2 * (unit.id == one.id), unit) for unit in options]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        same_empty = [unit for unit in options if unit.id == one.id and not (unit.words and one.words)]
        match = best[1] if best[0] >= LIKE else same_empty[0] if same_empty else None
        if match:
            pairs.append((one, match))
            left.remove(one)
            right.remove(match)
    return pairs


def _pair_by(key: object, left: list[Unit], right: list[Unit], pairs: list[tuple[Unit, Unit]]) -> tuple[list[Unit], list[Unit]]:
    assert callable(key)
    waiting: dict[object, list[Unit]] = {}
    for unit in right:
        if key(unit) is not None:
            waiting.setdefault(key(unit), []).append(unit)
    rest = []
    for unit in left:
        others = waiting.get(key(unit)) if key(unit) is not None else None
        if others:
            pairs.append((unit, others.pop(0)))
        else:
            rest.append(unit)
    taken = {id(other) for _, other in pairs}
    return rest, [unit for unit in right if id(unit) not in taken]


def _like(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(fold_plain(one), fold_plain(other)) / 100


def _compared(old: Unit, new: Unit) -> Change | None:
    names = dict.fromkeys((*old.facts, *new.facts))
    facts = tuple((name, a, b) for name in names if (a := old.facts.get(name, "")) != (b := new.facts.get(name, "")))
    if fold_plain(old.words) != fold_plain(new.words):
        return Change("reworded", old, new, *word_diff(old.words, new.words), facts)
    runs = ((Run(old.words),), (Run(new.words),))
    if facts:
        return Change("facts", old, new, *runs, facts)
    return Change("renumbered", old, new, *runs) if (old.id, old.number) != (new.id, new.number) else None


def word_diff(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return both texts cut where they differ; differences that one or two shared characters part are joined.

    >>> [run.text for run in word_diff("每年公开一次", "每季度公开一次")[1] if run.mark]
    ['季度']
    """
    codes: list[list[int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if codes and a - codes[-1][1] <= 1 and c - codes[-1][3] <= 1:
            codes[-1][1], codes[-1][3] = b, d
        else:
            codes.append([a, b, c, d])
    return _runs(old, [(a, b) for a, b, _, _ in codes], "dropped"), _runs(new, [(c, d) for _, _, c, d in codes], "added")


def _runs(text: str, spans: Sequence[tuple[int, int]], mark: str) -> tuple[Run, ...]:
    runs, at = [], 0
    for start, end in (*spans, (len(text), len(text))):
        runs += [Run(text[at:start]), Run(text[start:end], mark)]
        at = end
    return tuple(run for run in runs if run.text)
