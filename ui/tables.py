"""An answer as people read it: a table with words for codes, the counts, the notes, and the files to take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from ontology.labels import labels
from queries.run import Answer, Value
from queries.saved import Column
from queries.style import Style
from queries.writers import WRITERS, words
from ui.answers import document_titles, picks
from ui.charts import show_chart
from ui.counts import of_whole
from ui.evidence import DOCUMENTS, decided_only, only_for_programs, show_evidence
from ui.frame import confirmed_only, lang, sign, word
from ui.marked import plain

SHOWN = 2000  # rows a page
FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def show_answer(answer: Answer) -> None:
    """Draw an answer with everything it needs to be understood and taken away."""
    answer = decided_only(answer)
    st.markdown(f"**{plain(counts_in_words(answer))}**")
    for note in answer.notes:
        st.info(plain(note[lang()]))
    if not answer.rows:
        _explain_nothing(answer)
    else:
        show_chart(answer)
        show_rows(answer, key=answer.query.name)
        _downloads(answer)
    st.caption(plain(word("ui/cite", query=answer.query.name, version=answer.query.version, graph=answer.graph_version)))
    _how_computed(answer)


@st.fragment
def _how_computed(answer: Answer) -> None:
    """Offer the query and what was put into it, drawn once somebody opens it: to colour it costs a browser half a second."""
    shown = st.expander(word("action/how-computed"), key=f"how-{answer.query.name}", on_change="rerun")
    if shown.open:
        with shown:
            st.code(answer.sparql.strip(), language="sparql")
            for name, term in answer.bound.items():
                st.text(f"{name} = {term}")


def _explain_nothing(answer: Answer) -> None:
    """Say what was looked for, and what an empty answer does and does not mean."""
    st.markdown(plain(word("ui/empty-why")))
    if answer.params:
        st.caption(plain(word("ui/asked-for")))
        st.markdown("\n".join(f"- {plain(said)}" for said in _asked(answer)))
    if confirmed_only():
        st.caption(plain(word("ui/empty-confirmed")))


def _asked(answer: Answer) -> list[str]:
    """Return each parameter as its form calls it, with the words its pick-list shows for what was given."""
    said = []
    for param in answer.query.params:
        if value := answer.params.get(param.name):
            shown = labels().get(f"{param.scheme or 'choice'}/{value}", (value, value))[lang() == "en"] if param.choices else value
            said.append(f"{param.description[lang()]}{sign('：')}{picks(param).get(value, shown)}")
    return said


def counts_in_words(answer: Answer) -> str:
    """Return 2 行（共 124）· 规则确认 2 · 人工确认 0 · 待复核 0.

    Of how many stands there where rows were left out, who decided where the question shows it.
    """
    rows = word("ui/rows", count=answer.counts["rows"])
    said = [of_whole(rows, answer.counts["all"]) if "all" in answer.counts else rows]
    said += [f"{word(f'counted/{key}')} {answer.counts[key]}" for key in ("rule", "person", "proposed") if key in answer.counts]
    return " · ".join(said)


@st.fragment
def show_rows(answer: Answer, *, key: str) -> None:
    """Draw the rows, empty columns left out; the row that is chosen is shown in full below, with the words it rests on."""
    pages = -(-len(answer.rows) // SHOWN)
    page = st.pagination(pages, key=f"page-{key}/{len(answer.rows)}") if pages > 1 else 1
    first = (page - 1) * SHOWN
    rows = answer.rows[first : first + SHOWN]
    columns = [column for column in answer.columns if any(row[column.name] is not None for row in rows) and not only_for_programs(column)]
    titles = document_titles()
    chosen = st.dataframe(
        {column.name: [_cell(row[column.name], column, titles) for row in rows] for column in columns},
        hide_index=True,
        column_config={column.name: _config(column, pinned=at == 0) for at, column in enumerate(columns)},
        on_select="rerun",
        selection_mode="single-row",
        key=f"rows-{key}" + (f"/{page}" if page > 1 else ""),
        height=min(35 * len(rows) + 38, 420),
        alt=answer.query.title[lang()],
    )
    if pages > 1:
        st.caption(plain(word("ui/rows-paged", first=first + 1, last=first + len(rows), all=len(answer.rows))))
    picked = [at for at in chosen.selection.rows if at < len(rows)]
    if picked:
        with st.container(border=True):
            show_evidence(answer, first + picked[0], titles)
    else:
        st.caption(plain(word("ui/choose-row")))


def _cell(value: Value, column: Column, titles: dict[str, str]) -> Value:
    if column.kind == "number":
        return value
    return titles.get(str(value), str(value)) if column.name in DOCUMENTS and value is not None else words(value, column, lang())


def _config(column: Column, *, pinned: bool) -> Any:
    title = word(column.label)
    if column.kind == "number":
        return st.column_config.NumberColumn(title, pinned=pinned)
    width: Literal["small", "medium", "large"] | None = (
        "large" if column.name.endswith(("_text", "_quote")) else "medium" if column.name in DOCUMENTS else None
    )
    return st.column_config.TextColumn(title, width=width, pinned=pinned)


def _downloads(answer: Answer) -> None:
    style = Style(lang(), bom=True)
    with st.container(horizontal=True):
        for form, mime in FILES.items():
            st.download_button(
                f"{word('action/download')} {form}",
                data=_written(answer, form, style),
                file_name=f"{answer.query.name}.{form}",
                mime=mime,
                on_click="ignore",
                key=f"download-{answer.query.name}-{form}",
                help=word("ui/download-help"),
            )


def _written(answer: Answer, form: str, style: Style) -> Callable[[], bytes]:
    """Return what writes the file once somebody asks for it."""
    return lambda: WRITERS[form](answer, style)
