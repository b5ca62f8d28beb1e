"""The lists beside the links of a pair: sentences nobody takes up, tasks without a basis, tasks that ask for more than the upper text."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from queries.run import Answer, Row
from queries.writers import words
from ui.answers import ask, document_titles
from ui.evidence import show_ways
from ui.frame import bracketed, lang, word
from ui.marked import badges, marked, plain, side_by_side
from ui.tables import show_answer

GAPS, BASISLESS, BEYOND = "uncovered-provisions", "tasks-without-basis", "tasks-beyond-upper"
A_PAGE = 8


def show_gaps(pair: Row, kept: list[int] | None, gaps: Answer) -> None:
    """Draw the sentences no task was found for, each beside the nearest candidate that was turned down; ``kept`` are rows, None for all."""
    rows = list(range(len(gaps.rows))) if kept is None else kept
    st.markdown(f"**{plain(word('ui/gaps-found', count=len(rows), all=pair['sentences']))}**")
    if not rows:
        st.info(plain(word("ui/no-gaps")))
    texts = {str(row["task"]): str(row["task_text"] or "") for row in ask("list-tasks", {"document": str(pair["lower"])}).rows}
    page = st.pagination(-(-len(rows) // A_PAGE), key="trace-gaps") if len(rows) > A_PAGE else 1
    for at in rows[(page - 1) * A_PAGE : page * A_PAGE]:
        with st.container(border=True):
            st.html(_gap_html(gaps, at, texts))
            show_ways(gaps.rows[at], gaps.iris[at], key=f"gap-{at}", chain=False)


def ask_gaps(pair: Row) -> Answer:
    """Return the sentences of a pair no task was found for."""
    return ask(GAPS, {"upper": str(pair["upper"]), "lower": str(pair["lower"])})


def _gap_html(gaps: Answer, at: int, texts: dict[str, str]) -> str:
    titles = document_titles()
    said = {column.name: words(gaps.rows[at][column.name], column, lang()) for column in gaps.columns}
    facts = [said["reason"], f"{word('column/addressed_level')} {said['level']}" if said["level"] else ""]
    upper = f"{titles.get(said['upper'], said['upper'])} · {said['place']}"
    halves = [(f"{word('ui/upper-sentence')} {said['sentence']} {said['clause_number']}", marked(said["provision_text"], ""), upper)]
    if said["nearest_task"]:
        sure = bracketed(f"{word('column/confidence')} {said['confidence']}")
        nearest = f"{word('ui/nearest-turned-down')} {said['nearest_task']}{sure}"
        lower = titles.get(said["lower"], said["lower"])
        halves.append((nearest, marked(texts.get(said["nearest_task"], ""), ""), lower))
    else:
        facts.append(word("note/no-candidate"))
    return badges(facts) + side_by_side(*halves)


def show_basisless(pair: Row) -> None:
    """Draw the tasks no sentence of the upper document corresponds to."""
    found = ask(BASISLESS, {"upper": str(pair["upper"]), "lower": str(pair["lower"])})
    st.caption(plain(word("ui/basisless-note")))
    if found.rows:
        show_answer(found)
        return
    total = len(ask("list-tasks", {"document": str(pair["lower"])}).rows)
    st.info(plain(word("ui/no-basisless", all=total) if total else word("ui/no-task-table")))


def show_beyond(pair: Row) -> None:
    """Draw the tasks that go beyond the upper text: stricter, longer, or taking on what another level was asked."""
    found = ask(BEYOND, {"upper": str(pair["upper"]), "lower": str(pair["lower"])})
    show_answer(replace(found, query=replace(found.query, chart="table")))
