"""Who is to do what: responsibility notes in brackets (X牵头，会同Y落实) and the cells of role columns.

Choices: each actor has one role; when named twice the lead counts, else what was said first. A plain list without verb or
label is responsible when all its names are whole ("A，B"), else it is no note. 负责 in a lead column says lead, as its header does.
指导 and 督促 are supporting, 统筹 and 主办 lead. Time limits inside a note give no role; note_limits offers them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from loaders.actors import split_actors
from loaders.actors.flat_text import FlatText, bracket_spans, flatten
from loaders.actors.note_grammar import Reading, actors_of, walk
from loaders.actors.note_tokens import tokens
from loaders.actors.note_words import note_words
from loaders.actors.pieces import whole_at
from loaders.deadlines import read_deadline
from loaders.records import RoleCode, RoleMention
from zhengmai.settings import rules_dir

_ROUND, _SQUARE = "（(〔﹝", "【[［"
_AFTER_NOTE = "。；;.，,、 \t\r\n\u3000\u00a0"
_MOST_BRACKETS = 6
_SENTENCE_ENDS = "。！？；!?;"


def read_note(text: str, *, known: frozenset[str] = frozenset(), first_leads: bool = False) -> tuple[RoleMention, ...]:
    """Return the roles a note gives (the words inside its brackets, or a phrase such as a cell), each actor once.

    :param known: whole names met elsewhere in the document.
    :param first_leads: the document rules 列第一位者为牵头单位; then the first of a plain list leads.
    """
    return _roles_of(text, known, first_leads, rules_dir())


@lru_cache(maxsize=4096)  # offices repeat their notes word for word
def _roles_of(text: str, known: frozenset[str], first_leads: bool, _rules: Path) -> tuple[RoleMention, ...]:
    text = _unwrapped(text)
    flat = flatten(text)
    reading = walk(flat, known)
    explicit = any(said.role for said in reading.said)
    kept = [said for said in reading.said if said.role or explicit or _all_whole(flat, said.start, said.end, known)]
    mentions = [RoleMention(role or "responsible", actor) for said in kept for actor, role in actors_of(text, flat, said, known)]
    return _once(_first_leads(mentions) if first_leads or reading.first_leads else mentions)


def read_role_text(
    text: str, *, default_role: RoleCode, known: frozenset[str] = frozenset(), first_leads: bool = False
) -> tuple[RoleMention, ...]:
    """Return the roles of a role column's cell: the column's own, unless labels, verbs or （牵头） inside the cell say another."""
    text = _unwrapped(text)
    flat = flatten(text)
    reading = walk(flat, known)
    said = [pair for part in reading.said for pair in actors_of(text, flat, part, known)]
    lead_inside = any(role == "lead" for _, role in said)
    others: RoleCode = "responsible" if default_role == "lead" and lead_inside else default_role
    if default_role == "lead" and not lead_inside:
        said = [(actor, None if role == "responsible" else role) for actor, role in said]
    mentions = [RoleMention(role or others, actor) for actor, role in said]
    return _once(_first_leads(mentions) if first_leads or reading.first_leads else mentions)


def note_limits(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of a note stand that set time limits (完成时限：2024年底前 → the place of 2024年底前), in order."""
    return _limits_of(text, rules_dir())


@lru_cache(maxsize=4096)
def _limits_of(text: str, _rules: Path) -> tuple[tuple[int, int], ...]:
    text = _unwrapped(text)
    flat = flatten(text)
    found: list[tuple[int, int]] = []
    for span in sorted(walk(flat, frozenset()).deadlines):
        first, last = flat.source_span(*span)
        words = text[first:last]
        lead = len(words) - len(words.lstrip(_AFTER_NOTE + "：:"))
        if bare := words.strip(_AFTER_NOTE + "：:"):
            found.append((first + lead, first + lead + len(bare)))
    return tuple(found)


def is_time_note(text: str) -> bool:
    """Return whether the words inside a bracket, or of a line, are a labelled time limit and nothing else (完成时限：2024年底前)."""
    flat = flatten(text)
    first = next(tokens(flat), None)
    return bool(first and first.kind == "deadline_label" and first.start == 0 and not walk(flat, frozenset()).said)


def is_person_note(text: str) -> bool:
    """Return whether a line says nothing but which person answers for it (领办领导：张某某)."""
    flat = flatten(text)
    return bool(note_words().person.match(flat.text)) and not is_note(text)


def is_note(text: str) -> bool:
    """Return whether the words inside a bracket give somebody a role; 以下统称…, 境, 中办发〔2016〕8号 and plain lists do not."""
    return _is_note(text, rules_dir())


@lru_cache(maxsize=4096)
def _is_note(text: str, _rules: Path) -> bool:
    flat = flatten(text)
    if not flat.text or flat.text.startswith(note_words().not_notes):
        return False
    reading = walk(flat, frozenset())
    roles = [said for said in reading.said if said.role]
    return bool(roles) and (reading.labelled or reading.strong and not reading.loose and _only_roles(reading))


def find_note(text: str) -> tuple[int, int, int, int] | None:
    """Return the responsibility note that ends a clause: where its bracket, its words, the words' end and the bracket's end stand.

    Brackets that follow one another at the end are tried from the last; one that only holds a list of names counts after 。 only.
    """
    _, opening = bracket_spans(text)
    end = len(text)
    for _ in range(_MOST_BRACKETS):
        while end and text[end - 1] in _AFTER_NOTE:
            end -= 1
        start = opening.get(end)
        if start is None or text[start] not in _ROUND + _SQUARE:
            return None
        if _notes_at(text, start, end):
            return start, start + 1, end - 1, end
        end = start
    return None


def find_notes(text: str) -> tuple[tuple[int, int, int, int], ...]:
    """Return every responsibility note of a text, in order, as find_note does, and every labelled time limit in brackets."""
    brackets = ((start, end) for start, end in bracket_spans(text)[0] if text[start] in _ROUND + _SQUARE)
    found = ((start, end) for start, end in brackets if _notes_at(text, start, end) or is_time_note(text[start + 1 : end - 1]))
    return tuple((start, start + 1, end - 1, end) for start, end in found)


def roles_json(mentions: Iterable[RoleMention]) -> list[dict[str, str]]:
    """Return the roles in the shape of ``zhengmai parse note`` and of a provision's ``roles``."""
    return [{"role": mention.role, "actor": mention.actor.name, "kind": mention.actor.kind} for mention in mentions]


def _unwrapped(text: str) -> str:
    """Blank out a bracket around the whole, so that offsets stay."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if last - first < 2 or text[first] not in _ROUND + _SQUARE or bracket_spans(text)[1].get(last) != first:
        return text
    return f"{text[:first]} {text[first + 1 : last - 1]} {text[last:]}"


def _notes_at(text: str, start: int, end: int) -> bool:
    inner = text[start + 1 : end - 1]
    if text[start] in _SQUARE:
        return is_note(inner) and walk(flatten(inner), frozenset()).labelled
    if is_note(inner):
        return True
    before = text[max(0, start - 40) : start].rstrip()
    return before.endswith(tuple(_SENTENCE_ENDS)) and _plain_list(inner)


def _plain_list(text: str) -> bool:
    """Whether a bracket holds nothing but whole names, with a limit behind them at most (市住建局、市发改委，2025年3月底前)."""
    flat = flatten(text)
    if flat.text.startswith(note_words().not_notes):
        return False
    reading = walk(flat, frozenset())
    if not reading.said or not all(_is_limit(flat.text[start:end]) for start, end in reading.deadlines):
        return False
    return all(part.role is None and _all_whole(flat, part.start, part.end, frozenset()) for part in reading.said)


def _is_limit(words: str) -> bool:
    """Whether words behind names say by when; a bare 2024年3月 may be the date of something."""
    limit = read_deadline(words.strip(_AFTER_NOTE + "，,：:"))
    return limit is not None and (limit.boundary == "notLaterThan" or limit.kind == "ongoing")


def _all_whole(flat: FlatText, start: int, end: int, known: frozenset[str]) -> bool:
    """Whether every name of a plain list is whole; a level or a bare noun (境, 室) is not."""
    actors = split_actors(flat.text[start:end], known=known)
    return bool(actors) and all(whole_at(part, 0, len(part.text), known) for part in (flatten(actor.name) for actor in actors))


def _only_roles(reading: Reading) -> bool:
    return all(said.role for said in reading.said)


def _first_leads(mentions: list[RoleMention]) -> list[RoleMention]:
    """Let the first responsible actor lead when nobody does."""
    if any(mention.role == "lead" for mention in mentions):
        return mentions
    first = next((index for index, mention in enumerate(mentions) if mention.role == "responsible"), None)
    return [replace(mention, role="lead") if index == first else mention for index, mention in enumerate(mentions)]


def _once(mentions: list[RoleMention]) -> tuple[RoleMention, ...]:
    """Keep each actor once, where it stands first; a later 牵头 overrides."""
    kept: dict[str, RoleMention] = {}
    for mention in mentions:
        before = kept.get(mention.actor.name)
        if before is None or mention.role == "lead" and before.role != "lead":
            kept[mention.actor.name] = replace(mention, actor=before.actor) if before else mention
    return tuple(kept.values())
