"""A row of an answer and the words it rests on: both texts with what they share marked, the places, and the ways on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from html import escape

import streamlit as st

from ontology.labels import labels
from queries.ids import full_id
from queries.run import Answer, Row, Value
from queries.saved import Column
from queries.writers import words
from ui.frame import confirmed_only, go_link, lang, sign, word
from ui.marked import ONLY_LOWER, ONLY_UPPER, SHARED, badges, both_marked, marked, side_by_side

FACTS = ("relation", "structure", "confidence", "status", "decided_by", "method", "lead", "upper_lead", "reason", "level", "kind", "role")
DOCUMENTS = ("document", "lower", "upper", "other")  # columns whose ids are shown as titles
TASKS, PARTS = ("task", "nearest_task"), ("sentence", "clause", "provision")
TEXT_PAIR = ("task_text", "provision_text")
HIDDEN = {*FACTS, *TEXT_PAIR, "task_quote", "provision_quote", "features"}


def show_evidence(answer: Answer, at: int, titles: Mapping[str, str]) -> None:
    """Draw row ``at`` of an answer in full, with links to its source and its chain."""
    row, iris = answer.rows[at], answer.iris[at] if at < len(answer.iris) else {}
    st.html(evidence_html(answer, row, titles))
    if all(row.get(name) for name in TEXT_PAIR):
        show_legend()
    show_ways(row, iris, key=str(at))


def evidence_html(answer: Answer, row: Row, titles: Mapping[str, str]) -> str:
    """Return one row as safe HTML: facts, then both texts with the shared words marked, then whatever else it says."""
    columns = {column.name: column for column in answer.columns}
    said = {name: words(row[name], column, lang()) for name, column in columns.items()}
    facts = badges([f"{word(columns[name].label)} {said[name]}" for name in FACTS if said.get(name)])
    texts = ""
    if all(said.get(name) for name in TEXT_PAIR):
        upper, lower = both_marked(said["provision_text"], said.get("provision_quote", ""), said["task_text"], said.get("task_quote", ""))
        texts = side_by_side(
            (
                f"{word('ui/upper-sentence')} {_id(said, PARTS)} {said.get('clause_number', '')}",
                upper,
                _place(said, titles, "upper", "provision_place"),
            ),
            (f"{word('ui/lower-task')} {_id(said, TASKS)}", lower, _place(said, titles, "lower", "place", "task_place")),
        )
    else:
        texts = "".join(side_by_side((word(columns[name].label), marked(said[name], ""), "")) for name in TEXT_PAIR if said.get(name))
    rest = [
        (column, titles.get(said[name], said[name]) if name in DOCUMENTS else said[name])
        for name, column in columns.items()
        if said[name] and name not in HIDDEN and not only_for_programs(column) and not _in_texts(name, texts)
    ]
    return facts + texts + _rest(rest)


def only_for_programs(column: Column) -> bool:
    """Say whether a column holds what the one with the name says already; the files have it."""
    return column.kind == "id" and column.label == "column/actor"


def show_ways(row: Mapping[str, Value], iris: Mapping[str, str], *, key: str, chain: bool = True) -> None:
    """Draw the ways on from a row: to its task and its clause in the source, to the chain of its clause, to its department."""
    task = next((full_id(iris[name]) for name in TASKS if name in iris), None)
    if task is None and row.get("task") and row.get("document"):
        task = f"{row['document']}:{row['task']}"
    part = next((full_id(iris[name]) for name in PARTS if name in iris), None)
    clause = next((full_id(iris[name]) for name in ("clause", "provision", "sentence") if name in iris), None)
    with st.container(horizontal=True, key=f"ways-{key}"):
        if task and ":" in task:
            go_link(
                "compare",
                f"{word('action/show-source')}{sign('：')}{task.partition(':')[2]}",
                doc=task.partition(":")[0],
                at=task.partition(":")[2],
            )
        if part and ":" in part:
            go_link(
                "compare",
                f"{word('action/show-source')}{sign('：')}{part.partition(':')[2]}",
                doc=part.partition(":")[0],
                at=part.partition(":")[2],
            )
        if chain and clause and ":" in clause:
            go_link("trace", f"{word('page/trace')}{sign('：')}{clause.partition(':')[2]}", clause=clause)
        if row.get("department") and not row.get("actor_kind") and (actor := iris.get("actor", "").rpartition("/id/")[2]):
            go_link("departments", f"{word('page/departments')}{sign('：')}{row['department']}", department=actor)
        if not task and row.get("document") and isinstance(row["document"], str):
            go_link("compare", word("action/show-source"), doc=full_id(iris.get("document", row["document"])))


def features_html(features: str) -> str:
    """Return the scores a confidence rests on as a small table, each with its word; "" when there are none."""
    try:
        scores = json.loads(features)
    except ValueError:
        return ""
    return _listed([(word(f"feature/{name}") if f"feature/{name}" in labels() else name, f"{value:g}") for name, value in scores.items()])


def decided_only(answer: Answer) -> Answer:
    """Return the answer with only the links that people confirmed, when the visitor wants no others."""
    if not confirmed_only() or not (answer.query.column("status") and answer.query.column("decided_by")):
        return answer
    kept = [at for at, row in enumerate(answer.rows) if row["status"] == "accepted" and row["decided_by"] != "rule"]
    return replace(
        answer,
        rows=tuple(answer.rows[at] for at in kept),
        iris=tuple(answer.iris[at] for at in kept),
        counts={**answer.counts, "rows": len(kept), "all": len(answer.rows), "rule": 0, "person": len(kept), "proposed": 0},
    )


def show_legend() -> None:
    """Say what each mark in a text means."""
    pieces = [(SHARED, "mark/shared"), (ONLY_UPPER, "mark/only-upper"), (ONLY_LOWER, "mark/only-lower")]
    st.html('<div style="font-size:.9rem">' + "　".join(f"{tag}{escape(word(key))}</mark>" for tag, key in pieces) + "</div>")


def _id(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _place(said: Mapping[str, str], titles: Mapping[str, str], document: str, *places: str) -> str:
    slug = said.get(document, "")
    return " · ".join(part for part in (titles.get(slug, slug), *(said.get(name, "") for name in places)) if part)


def _in_texts(name: str, texts: str) -> bool:
    return bool(texts) and name in (*TASKS, *PARTS, "clause_number", "upper", "lower", "place", "task_place", "provision_place")


def _rest(rest: list[tuple[Column, str]]) -> str:
    return _listed([(word(column.label), value) for column, value in rest])


def _listed(pairs: list[tuple[str, str]]) -> str:
    lines = "".join(f'<dt style="font-weight:600">{escape(name)}</dt><dd style="margin:0">{escape(value)}</dd>' for name, value in pairs)
    style = "display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.2rem 1rem;margin:.6rem 0;overflow-wrap:anywhere"
    return f'<dl style="{style}">{lines}</dl>' if lines else ""
