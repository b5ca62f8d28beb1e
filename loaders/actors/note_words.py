"""The words of loaders/words/roles.yaml in the shapes the note grammar needs."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache

from loaders.actors.names import any_of
from loaders.records import RoleCode
from loaders.words import words
from zhengmai.settings import WORKSPACE_VARIABLE

MARKS = "，,；;。！!？?：:"


@dataclass(frozen=True, slots=True)
class NoteWords:
    """``token`` finds whatever may steer the reading; its group names are the kinds of tokens."""

    token: re.Pattern[str]
    deadline: re.Pattern[str]
    annotation: re.Pattern[str]
    adverb: re.Pattern[str]
    opener: re.Pattern[str]
    tail: re.Pattern[str]
    label_roles: dict[str, RoleCode]
    verb_roles: dict[str, RoleCode]
    strong: frozenset[str]
    not_notes: tuple[str, ...]
    first_leads: re.Pattern[str]
    date_lead: re.Pattern[str]
    statement: re.Pattern[str]
    person: re.Pattern[str]


def note_words() -> NoteWords:
    """Return the words, a workspace's additions included."""
    return _note_words(os.environ.get(WORKSPACE_VARIABLE))


@cache
def _note_words(workspace: str | None) -> NoteWords:
    """``workspace`` is only the key."""
    data = words("roles")
    stems, nouns, before = any_of([*data["labels"]]), any_of(data["label_nouns"]), any_of(data["label_modifiers"])
    verbs = any_of([*data["verbs"], *data["weak_verbs"]])
    stop, tails = any_of(data["not_a_verb_before"]), any_of([*data["tails"], *data["verbs"], *data["weak_verbs"]])
    more = rf"(?:[（(][^（()）]{{0,40}}[)）](?:{nouns})?|(?:[及和、/或与]|以及)(?:{stems})?(?:{nouns})?)"
    joint = "|".join(f"{word}(?!{any_of(data['joint_words'][word])})" for word in sorted(data["joint_words"], key=len, reverse=True))
    by_words, by_whose, by_what, by_more = (any_of(data[name]) for name in ("by_words", "by_whose", "by_what", "by_more"))
    by = f"(?:{by_words})(?:{by_whose})?的?(?:工作|部门|法定)?(?:{by_what})(?:{by_more}){{0,2}}"
    person = "".join(f"(?:{any_of(data[f'person_label_{part}'])}){mark}" for part, mark in (("stems", "?"), ("levels", "?"), ("nouns", "")))
    return NoteWords(
        token=re.compile(
            rf"(?P<deadline_label>[【\[［]?(?:{any_of(data['deadline_labels'])})(?:[】\]］][:：]?|[:：]))"
            rf"|(?P<other_label>[【\[［]?(?:{any_of(data['other_labels'])}|{person})(?:[】\]］][:：]?|[:：]))"
            rf"|(?P<label>[【\[［]?(?:{before})?(?P<stem>{stems})(?:{nouns})?{more}{{0,3}}(?:[】\]］][:：]?|[:：]))"
            rf"|(?P<open_label>(?P<open_stem>{stems})(?:单位|部门|司局|处室|科室))"
            rf"|(?P<as_role>(?:{any_of(data['as_words'])})(?:{before})?(?P<as_stem>{stems})(?:{nouns}))"
            rf"|(?P<verb>(?:{verbs})(?!{stop}))"
            rf"|(?P<joint>{joint})"
            rf"|(?P<comma>[，,])|(?P<stop>[；;。！!？?])"
        ),
        deadline=re.compile(
            rf"(?:“?十[一二三四五]五”?|(?:[0-9]{{2,4}}|[二〇○零一]{{4}})年|[0-9一二三四五六七八九十]{{1,3}}[月日个]"
            rf"|[0-9]{{1,3}}个?工作日|{any_of(data['deadline_starts'])})[^，,；;。]{{0,60}}"
        ),
        annotation=re.compile(rf"[（(]\s*(?:为|主要)?(?P<stem>{stems})(?:{nouns}|负责|落实)?\s*[)）]"),
        adverb=re.compile(rf"(?:{by}|{any_of(data['adverbs'])})$"),
        opener=re.compile(rf"(?:{any_of(data['openers'])})"),
        tail=re.compile(rf"(?:{tails}|{any_of(data['adverbs'])}|[、和及并与])*"),
        label_roles=dict(data["labels"]),
        verb_roles={**data["weak_verbs"], **data["verbs"]},
        strong=frozenset(data["verbs"]),
        not_notes=tuple(data["not_notes"]),
        first_leads=re.compile(any_of(data["first_leads_words"])),
        statement=re.compile(any_of(data["statements"])),
        person=re.compile(rf"(?:{person})[:：]"),
        date_lead=re.compile(r"(?=[0-9])(?:[0-9]{2,4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?[底末初份]?(?:之前|以前|前|内|起|期间)?"),
    )
