"""承接链: a clause of an upper document and every task that carries its words, the shared words marked on both sides."""

from __future__ import annotations

import streamlit as st

from queries.catalogue import find_query
from queries.ids import full_id
from queries.run import Answer, Row
from queries.writers import words
from ui.answers import ask, document_titles, picks
from ui.form import pick
from ui.frame import lang, link_to, linked, word
from ui.marked import badges, marked, plain, side_by_side
from ui.tables import counts_in_words

QUESTION = "which-tasks-implement-clause"
SHOWN = 50


def show() -> None:
    st.title(word("page/trace"))
    st.caption(plain(word("note/link-means")))
    param = next(param for param in find_query(QUESTION).params if param.name == "clause")
    chosen = pick(word("ui/choose-clause"), picks(param), linked("clause"), "trace-clause")
    link_to({"clause": chosen})
    if not chosen:
        return
    answer = ask(QUESTION, {"clause": chosen})
    hint = f" · {plain(word('ui/marked'))}" if answer.rows else ""
    st.markdown(f"**{plain(counts_in_words(answer))}**{hint}")
    if not answer.rows:
        st.info(plain(word("ui/no-links")))
    for row in answer.rows[:SHOWN]:
        with st.container(border=True):
            st.html(link_html(answer, row))
    if len(answer.rows) > SHOWN:
        st.caption(plain(word("ui/rows-cut", count=SHOWN)))
    _uncovered(answer.params["clause"])


def link_html(answer: Answer, row: Row) -> str:
    """Return one link as safe HTML: its kind, confidence and status, then both texts."""
    said = {column.name: words(row[column.name], column, lang()) for column in answer.columns}
    titles = document_titles()
    shown = ("relation", "structure", "confidence", "status", "decided_by")
    facts = [f"{word(f'column/{name}')} {said[name]}" for name in shown if said[name]]
    upper = f"{word('ui/upper-sentence')} {said['sentence'] or said['clause']} {said['clause_number']}"
    lower = f"{word('ui/lower-task')} {said['task']}"
    return badges(facts) + side_by_side(
        (
            upper,
            marked(said["provision_text"], said["provision_quote"]),
            f"{titles.get(said['upper'], said['upper'])} · {said['provision_place']}",
        ),
        (
            lower,
            marked(said["task_text"], said["task_quote"]),
            f"{titles.get(said['lower'], said['lower'])} · {said['place']} · {said['task_place']}",
        ),
    )


def _uncovered(clause: str) -> None:
    """List the sentences of the clause that no task was found for, with the reason."""
    gaps = ask("uncovered-provisions")
    here = [
        row
        for row, iris in zip(gaps.rows, gaps.iris, strict=True)
        if (full := full_id(iris["clause"])) == clause or full.startswith(f"{clause}.")
    ]
    if not here:
        return
    st.subheader(word("ui/uncovered"))
    titles = document_titles()
    for row in here:
        said = {column.name: words(row[column.name], column, lang()) for column in gaps.columns}
        place = f"{titles.get(said['upper'], said['upper'])} · {said['place']}"
        facts = [said["reason"], said["level"], f"{word('term/lower')} {titles.get(said['lower'], said['lower'])}"]
        with st.container(border=True):
            st.html(badges(facts) + side_by_side((said["sentence"], marked(said["provision_text"], ""), place)))
