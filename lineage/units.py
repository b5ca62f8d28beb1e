"""The two sides of an alignment: the upper document's sentences, and the lower document's tasks with their pieces of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lineage.fold import Folded, fold_plain, fold_stretches
from lineage.upper_rows import as_upper
from loaders.actors.levels import addressed_levels
from loaders.outline.sentences import split_sentences
from loaders.records import Extraction, Provision, RoleMention

_PIECE_END = re.compile(r"[，,：:。；;！？!?\n]")
_SHORTEST_PIECE = 4
_CITED = re.compile(r"《([^《》]+)》|[\u4e00-\u9fff]{1,8}〔\d{4}〕\d+号")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between commas: first and last+1 index in the folded text of its unit."""

    begin: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A text to be matched. ``headings`` are the folded headings it stands under, outermost first, the last never empty; ``levels`` whom a
    sentence addresses; ``actors`` who takes a role in its clause or row; ``cites`` the folded titles and numbers of the documents it names.
    """

    id: str
    clause: str
    section: str
    order: int
    folded: Folded
    pieces: tuple[Piece, ...]
    headings: tuple[str, ...]
    levels: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


def upper_units(document: Extraction) -> list[Unit]:
    """Return every sentence of the upper document that stands under a number (the preamble is no duty), those of its rows too."""
    document = as_upper(document)
    by_id = {p.id: p for p in document.provisions}
    found: list[Unit] = []
    for p in document.provisions:
        if p.level == "sentence" and p.parent in by_id and p.parent != "0.0":
            clause = by_id[p.parent]
            section = _section(clause, by_id)
            headings = _headings(x.heading or "" for x in _chain(clause, by_id) if x.level != "task")
            span = (p.place.start or 0, p.place.end or 0)
            unit = _unit(p.id, clause.id, section, len(found), document.text, (span,), headings)
            found.append(replace(unit, levels=addressed_levels(p.text), actors=_names(clause.roles), cites=_cites(p.text)))
    return found


def lower_units(document: Extraction) -> list[Unit]:
    """Return the tasks: the rows of a table, else the lowest numbered parts of a running text."""
    if document.rows:
        return [_row_unit(document, at) for at in range(len(document.rows))]
    by_id = {p.id: p for p in document.provisions}
    stretches: dict[str, list[tuple[int, int]]] = {}
    for p in document.provisions:
        if p.level == "sentence" and p.parent in by_id and p.parent != "0.0":
            stretches.setdefault(p.parent, []).append((p.place.start or 0, p.place.end or 0))
    return [
        replace(
            _unit(
                i,
                i,
                _section(by_id[i], by_id),
                order,
                document.text,
                tuple(spans),
                _headings(x.heading or "" for x in _chain(by_id[i], by_id)),
            ),
            actors=_names(by_id[i].roles),
            cites=_cites("".join(document.text[start:end] for start, end in spans)),
        )
        for order, (i, spans) in enumerate(stretches.items())
    ]


def _row_unit(document: Extraction, at: int) -> Unit:
    row = document.rows[at]
    own = [name for name in ("measure", "sub_measure") if row.text(name)] or [name for name in ("task",) if row.text(name)]
    stretches = tuple((row.cells[name].place.start or 0, row.cells[name].place.end or 0) for name in own)
    headings = _headings(row.text(name) for name in ("task", "group") if name not in own)
    unit = _unit(row.row, headings[-1] if headings else "", headings[0] if headings else "", at, document.text, stretches, headings)
    return replace(unit, actors=_names(row.roles), cites=_cites("".join(document.text[start:end] for start, end in stretches)))


def _headings(texts: Iterable[str]) -> tuple[str, ...]:
    """Fold the headings a unit stands under; what has none of its own stands under the one above, so the last is never empty."""
    found = [fold_plain(text) for text in texts]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _names(roles: tuple[RoleMention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.actor.name for mention in roles if mention.actor.kind == "named"))


def _cites(text: str) -> tuple[str, ...]:
    """Return the folded titles in 《》 and the 文号 a text names."""
    return tuple(dict.fromkeys(folded for hit in _CITED.finditer(text) if len(folded := fold_plain(hit[1] or hit[0])) >= _SHORTEST_PIECE))


def _chain(p: Provision, by_id: dict[str, Provision]) -> list[Provision]:
    chain = [p]
    while chain[0].parent in by_id:
        chain.insert(0, by_id[chain[0].parent or ""])
    return chain


def _section(p: Provision, by_id: dict[str, Provision]) -> str:
    return _chain(p, by_id)[0].id


def _unit(
    own: str, clause: str, section: str, order: int, text: str, stretches: tuple[tuple[int, int], ...], headings: tuple[str, ...]
) -> Unit:
    sentences = [(start + a, start + b) for start, end in stretches for a, b in split_sentences(text[start:end])]
    folded = fold_stretches(text, tuple(sentences))
    return Unit(own, clause, section, order, folded, tuple(_pieces(text, sentences, folded)), headings)


def _pieces(text: str, sentences: list[tuple[int, int]], folded: Folded) -> list[Piece]:
    """Cut a folded text where the original has a comma or a sentence end; a very short piece joins the next."""
    found: list[Piece] = []
    begin, number, begin_number = 0, 0, 0
    for i in range(1, len(folded) + 1):
        last = i == len(folded)
        ends_sentence = not last and number + 1 < len(sentences) and folded.at[i] >= sentences[number + 1][0]
        between = "" if last else text[folded.at[i - 1] + 1 : folded.at[i]]
        if last or ends_sentence or (_PIECE_END.search(between) and i - begin >= _SHORTEST_PIECE):
            found.append(Piece(begin, i, begin_number))
            begin = i
        if ends_sentence:
            number += 1
            begin_number = number
    return found
