"""Of a document on its way in: how its limits and departments were understood, and what a reader remarked on, before anything is stored."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from loaders.account import place_in_words
from loaders.records import Deadline, Extraction
from ontology.labels import labels
from ui.frame import bracketed, lang, sign, word
from ui.marked import plain

SHOWN = 500


def show_understood(read: Extraction) -> None:
    """Draw the limits, the departments with their roles, and the findings of a document; what it has none of is said."""
    limits, actors, findings = _limits(read), _actors(read), _findings(read)
    for key, rows in (("ui/limits-read", limits), ("ui/actors-read", actors), ("ui/findings-read", findings)):
        with st.expander(f"{word(key)} {len(rows)}"):
            if rows:
                st.dataframe(rows[:SHOWN], hide_index=True, height=min(35 * len(rows) + 38, 360), alt=word(key))
            else:
                st.caption(plain(word("ui/none-read")))
            if len(rows) > SHOWN:
                st.caption(plain(word("ui/rows-cut", count=SHOWN)))


def _limits(read: Extraction) -> list[dict[str, str]]:
    found = [(row.row, row.deadline) for row in read.rows if row.deadline]
    found += [(p.id, one.deadline) for p in read.provisions for one in p.deadlines]
    return [
        {
            word("column/item"): own,
            word("column/quote"): deadline.raw,
            word("deadline-field/kind"): _label("deadline-kind", deadline.kind),
            word("column/date"): deadline.date or "",
            word("term/inferred"): _inferred(deadline),
        }
        for own, whole in found
        for deadline in (whole.parts or (whole,))
    ]


def _inferred(deadline: Deadline) -> str:
    return sign("；").join(f"{_label('deadline-field', one.field)}{bracketed(_label('rule', one.rule))}" for one in deadline.inferred)


def _actors(read: Extraction) -> list[dict[str, object]]:
    parts = [m for row in read.rows for m in row.roles] + [m for p in read.provisions for m in p.roles]
    counts = Counter((m.actor.name, m.role, m.actor.kind) for m in parts)
    return [
        {
            word("column/department"): name,
            word("column/role"): _label("role", role),
            word("column/actor_kind"): word("term/generic-actor") if kind == "generic" else "",
            word("column/count"): count,
        }
        for (name, role, kind), count in counts.most_common()
    ]


def _findings(read: Extraction) -> list[dict[str, str]]:
    language = lang()
    return [
        {
            word("column/severity"): word(f"severity/{one.severity}"),
            word("column/place"): place_in_words(one.place, language),
            word("column/message"): one.message.zh if language == "zh" else one.message.en,
            word("column/quote"): one.quote,
        }
        for one in read.findings
    ]


def _label(topic: str, code: str) -> str:
    return labels().get(f"{topic}/{code}", (code, code))[lang() == "en"]
