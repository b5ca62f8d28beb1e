"""专题查询: choose a question, fill its form, read the answer. The link holds the question and what was asked."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st

from ontology.labels import labels
from queries.catalogue import find_query
from queries.saved import SavedQuery
from ui.answers import ask, catalogue
from ui.counts import of_whole
from ui.form import ask_form
from ui.frame import begin_with, errors_in_words, lang, link_to, linked, tell, word
from ui.marked import plain
from ui.narrow import filters
from ui.tables import show_answer
from zhengmai.workspace import current_workspace

PICK_LIST = "pick-list"  # questions that fill the forms; listed only when looked for
PARAM = "p."  # before the name of a parameter in the link


def show() -> None:
    st.title(word("page/topics"))
    queries, broken = catalogue()
    for error in broken:
        tell(error)
    asked = linked("query")
    given = {name.removeprefix(PARAM): value for name, value in st.query_params.to_dict().items() if name.startswith(PARAM)}
    left, right = st.columns([1, 3], gap="large")
    with left, filters("topics", "ui/other-questions") if asked else nullcontext():
        search, tag, chosen = _choose(queries, asked)
    if chosen != asked:
        given = {}
    with right, errors_in_words():
        if chosen is None:
            st.info(plain(word("ui/choose-question")))
        else:
            given = _question(find_query(chosen, current_workspace().queries_dir), given)
    link_to({"query": chosen, "q": search, "tag": tag, **{PARAM + name: value for name, value in given.items()}})


def _choose(queries: tuple[SavedQuery, ...], asked: str | None) -> tuple[str, str | None, str | None]:
    begin_with("search", (linked("q") or "")[:100])
    search = st.text_input(word("ui/search-questions"), max_chars=100, key="search", help=word("ui/search-questions-help")).strip()
    tags = sorted({tag for query in queries for tag in query.tags})
    begin_with("tag", linked("tag", tags))
    tag = st.selectbox(
        word("ui/tag"), tags, index=None, format_func=_tag, placeholder=word("ui/all"), key="tag", help=word("ui/filter-help")
    )
    fitting = {
        query.name: query
        for query in queries
        if (tag in query.tags if tag else search or query.competency_question != PICK_LIST or query.name == asked) and _fits(query, search)
    }
    if not fitting:
        st.info(plain(word("ui/no-question-found")))
        return search, tag, asked
    key = f"question/{tag}/{search}"
    begin_with(key, asked if asked in fitting else None)
    st.caption(plain(of_whole(word("ui/questions-found", count=len(fitting)), len(queries))))
    with st.container(height=560 if len(fitting) > 18 else "content", border=False):
        chosen = st.radio(
            word("page/topics"),
            list(fitting),
            index=None,
            format_func=lambda name: plain(fitting[name].title[lang()]),
            key=key,
            label_visibility="collapsed",
            help=word("ui/topics-help"),
        )
    return search, tag, chosen or asked


def _question(query: SavedQuery, given: dict[str, str]) -> dict[str, str]:
    """Draw a question with its form and, once asked, its answer; return what was asked."""
    st.subheader(plain(query.title[lang()]))
    st.markdown(plain(query.summary[lang()]))
    st.caption(plain(query.description[lang()]))
    sent = ask_form(query, given) if query.params else {}
    if sent is not None:
        given = sent
    if sent is not None or given or not any(param.required for param in query.params):
        with errors_in_words():
            show_answer(ask(query.name, given))
    return given


def _fits(query: SavedQuery, search: str) -> bool:
    said = (query.name, *(text[lang] for text in (query.title, query.summary, query.description) for lang in ("zh", "en")), *query.tags)
    return all(part in " ".join(said).lower() for part in search.lower().split())


def _tag(tag: str) -> str:
    return labels().get(f"tag/{tag}", (tag, tag))[lang() == "en"]
