"""A task table as an upper document: its rows read as provisions, so that a county's plan can be held against its city's table.

A row stands for a clause, the sentences of its measures for sentences (``27.s1``), its main task and group for the headings above it.
Offsets, roles and time limits are the row's own. A document that is no table, or that has running text
of its own beside it, stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lineage.fold import fold_plain
from loaders.deadlines import find_deadlines
from loaders.deadlines.frequencies import find_frequencies
from loaders.outline.sentences import split_sentences
from loaders.records import CellText, Extraction, FoundDeadline, Place, Provision, TaskRow
from loaders.tables.groups import Group, groups_of, keys_of

ROW_MARK, GROUP_MARK = "row-", "group-"
_MEASURES = ("measure", "sub_measure")
MUCH_MORE = 2  # a notice's few numbered words above the table it sends out are less than half of it


def as_upper(document: Extraction) -> Extraction:
    """Return a document with the rows of its task tables among its provisions; the same one when it has none, or was read so already.

    An opinion with its table of tasks stays as it is too: its running text is the upper text.
    """
    if not document.rows or any(p.level == "task" for p in document.provisions):
        return document
    said = fold_plain("\n".join(p.text for p in document.provisions if p.level == "sentence" and p.parent != "0.0"))
    own = {row.cells[name].place: row.text(name) for row in document.rows for name in _own_fields(row)}
    if said and len(fold_plain("".join(own.values()))) < MUCH_MORE * len(said):
        return document  # the running text is what is carried out; the table under it shares the work out
    taken = {p.id for p in document.provisions}
    mark = ROW_MARK if taken & {row.row for row in document.rows} else ""
    found = [*document.provisions, *_provisions(document, said, mark)]
    return replace(document, provisions=tuple(found)) if len(found) > len(document.provisions) else document


class UpperViews(Mapping[str, Extraction]):
    """Documents by slug as they serve above, each read so when it is first asked for."""

    def __init__(self, corpus: Mapping[str, Extraction]) -> None:
        self._corpus = corpus
        self._read: dict[str, Extraction] = {}

    def __getitem__(self, slug: str) -> Extraction:
        if slug not in self._read:
            self._read[slug] = as_upper(self._corpus[slug])
        return self._read[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._corpus)

    def __len__(self) -> int:
        return len(self._corpus)


def row_of(provision: str) -> str:
    """Return the row a provision of level task stands for; a mark keeps it apart from a section of the same number."""
    return provision.removeprefix(ROW_MARK)


def group_of(provision: str) -> str:
    """Return the number of the group that a provision of level group stands for."""
    return provision.removeprefix(GROUP_MARK)


def _provisions(document: Extraction, said: str, mark: str) -> Iterator[Provision]:
    groups = groups_of(document.rows)
    told: set[str] = set()
    seen: set[Place] = set()
    for row in document.rows:
        cells = [row.cells[name] for name in _own_fields(row) if row.cells[name].place not in seen]
        seen.update(cell.place for cell in cells)
        sentences = [s for s in _sentences(document.text, cells) if fold_plain(document.text[s[0] : s[1]]) not in said or not said]
        if not sentences:
            continue
        above = [groups[key] for key in keys_of(row) if key is not None]
        for group in above:
            if group.number not in told:
                told.add(group.number)
                yield _group(group)
        yield _row(row, mark, above)
        for number, (start, end) in enumerate(sentences, 1):
            yield _sentence(document.text, row, mark, number, start, end)


def _own_fields(row: TaskRow) -> tuple[str, ...]:
    return tuple(name for name in _MEASURES if row.text(name)) or (("task",) if row.text("task") else ())


def _sentences(text: str, cells: list[CellText]) -> Iterator[tuple[int, int]]:
    for cell in cells:
        start, end = cell.place.start or 0, cell.place.end or 0
        yield from ((start + a, start + b) for a, b in split_sentences(text[start:end]))


def _group(group: Group) -> Provision:
    parent = f"{GROUP_MARK}{group.parent}" if group.parent else None
    return Provision(f"{GROUP_MARK}{group.number}", "group", parent, group.cells[0].place, heading=group.heading)


def _row(row: TaskRow, mark: str, above: list[Group]) -> Provision:
    lead = row.cells.get("lead")
    named = lead is not None and any(mention.role == "lead" for mention in row.roles)
    return Provision(
        id=f"{mark}{row.row}",
        level="task",
        parent=f"{GROUP_MARK}{above[-1].number}" if above else None,
        place=row.place,
        number=row.number,
        note=lead.value if lead and named else None,
        note_place=lead.place if lead and named else None,
        roles=row.roles if named else (),
    )


def _sentence(text: str, row: TaskRow, mark: str, number: int, start: int, end: int) -> Provision:
    """A sentence with the limits in its words and the row's own, which stands in another cell; offsets count from the sentence."""
    words = text[start:end]
    limits = list(find_deadlines(words))
    cell = row.cells.get("deadline")
    if row.deadline and cell and cell.value:
        limits.append(FoundDeadline((cell.place.start or 0) - start, (cell.place.end or 0) - start, row.deadline))
    place = replace(row.place, start=start, end=end)
    own = f"{mark}{row.row}"
    return Provision(f"{own}.s{number}", "sentence", own, place, text=words, deadlines=tuple(limits), frequencies=find_frequencies(words))
